"""Sentences that oblige, forbid or permit: who must do what, by when, above which threshold. Pure.

English grammar, not a list of names, finds the actor: the noun phrase in front of the
modal verb. What a sentence does not say stays None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.actors import find_agent, find_bearer, find_subject, name_actor
from rag.binding import is_obligation
from rag.causing import caused_act, caused_modality, find_cause
from rag.conditions import stated_condition
from rag.force import denied, plain_modal
from rag.limits import stated_cost, stated_deadline, stated_threshold

__all__ = ["Duty", "is_obligation", "read_burden", "read_duties", "read_duty"]


@dataclass(frozen=True, slots=True)
class Duty:
    """What one sentence lays on someone. A part that the sentence does not state is None.

    Attributes:
        actor: who, as printed, without an article in front.
        modality: the force, e.g. ``shall``, ``must not``, ``may``, ``would be required``.
        action: what, from the verb to the end of its clause, at most 300 characters.
        deadline: by when, or how often.
        threshold: above or below which amount, share or count.
        cost: dollars or hours that the sentence puts on it.
        condition: if, unless, where or when what.
    """

    actor: str | None
    modality: str
    action: str
    deadline: str | None
    threshold: str | None
    cost: str | None
    condition: str | None = None


_SOFT = r"(?:(?:also|generally|still|then|each|only|thus|therefore|now|first|specifically|instead) )?"
_MODAL = re.compile(
    rf"\b(?P<modal>(?:must|shall|should|may) {_SOFT}not\b"
    rf"|(?:would|will|can|may|shall|should) {_SOFT}not {_SOFT}be (?:permitted|allowed|required|obligated|prohibited) "
    r"(?:to|from)\b"
    rf"|(?:is|are|(?:would|will) {_SOFT}be) (?:not )?{_SOFT}(?:required|prohibited|permitted|obligated|obliged"
    r"|forbidden|allowed) (?:to|from)\b"
    rf"|(?:would|will) {_SOFT}not be able to\b"
    rf"|(?:would|will) {_SOFT}(?:need|have) to\b|(?:do|does|would|will) not (?:need|have) to\b"
    r"|(?<!not )(?:needs?|ha(?:ve|s)) to\b"
    r"|(?:must|shall|(?:should|may)(?! (?:an?|the|any|such|each|it|they|we) ))\b(?![’']))",
    re.IGNORECASE,
)
_BINDS_PERHAPS = re.compile(
    r"requir|prohibit|permit|oblig|forbid|allow|excus|expect|\bable to\b"
    r"|\b(?:must|shall|should|may)\b|\b(?:needs?|have|has) to\b",
    re.IGNORECASE,
)
_DELIBERATES = re.compile(
    r"\b(?:whether|which|what|how|why|whom)(?: (?:an?|the|any|each|such|certain|all|other))? ?$|"
    r"\b(?:steps?|factors?|components|practices|services|activit(?:y|ies)|situations?|circumstances|measures?"
    r"|information"
    r"|items|methods?|ways?|times?|periods?|extent|conflicts?|types?|products?|processes|records|elements|procedures"
    r"|disclosures?|documents?|areas|criteria|conditions|data|points?|fees?|prices?)(?: that| which)?"
    r"(?: (?:an?|the|any|each|such|all|these|other|certain))* ?$",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|unless|even if)(?: (?:an?|the|any|each|such))? ?$", re.IGNORECASE)
_STANDS_FOR = re.compile(r"\b(?:it|they)(?: also| then)? ?$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:that|which|who) ?$", re.IGNORECASE)
_LABEL = re.compile(r"^[\s“]*(?:\(\w{1,5}\)\s*|[A-Z][\w’, -]{2,70}?\.\s+(?=[A-Z(]))*")
_SPENDS = re.compile(
    r"\b(?P<modal>would|will) (?:\w+ )?(?:incur|spend|need|take|require|expend|bear|pay|face"
    r"|have (?=[^,;]{0,40}(?:burden|cost)))\b(?=(?:(?!\bwe )[^;]){0,90}?\d)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_LINK = re.compile(r",?[”\"]? (?:to|from),? ?$")
_TAKES = re.compile(
    r"\bwould (?:also )?take (?P<actor>[^.;\d]{3,120}?),? (?:approximately |about "
    r"|an average of )?\d",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r";\s|\.\s*\d*$|\.\s+(?=[A-Z(])|\?|, nor\b|(?:,| and) (?:adopted |proposed |new )?(?:Rule|paragraph) [\d(]"
    r"|, (?!and |or |but |that |which |including |as |in |for |with )(?:[\w’-]+ ){1,5}(?:would|will|must|shall"
    r"|should|may) "
    r"|, (?:it|they|this) (?:is|are|has|have) |,? rather than requir"
    r"|,\s+(?:because|although|while|since|however|which|but(?! (?:in )?no(?:t)?\b))\b"
)
_ASIDE = re.compile(r"^,? (?:however|therefore|for example|at a minimum|as applicable|in turn|accordingly|also),? ")
_TELLS = re.compile(r"\b(?:means?|includes?|is defined (?:as|to)|refers? to)\b")
_MOST = 300


def read_duty(sentence: str) -> Duty | None:
    """The first duty, prohibition or permission that a sentence states, or None; see :func:`read_duties`."""
    return next(read_duties(sentence), None)


def read_duties(sentence: str) -> Iterator[Duty]:
    """The duties, prohibitions and permissions that a sentence states, one a clause.

    Of a verb of causing ("the rule would require broker-dealers to disclose") the object is the
    actor, of a modal verb the subject. Where no clause names its actor, the first one is told
    without. What is only weighed ("whether dealers should") or described ("the steps that
    dealers should take") is no duty.
    """
    text = _LABEL.sub("", " ".join(sentence.split()), count=1)
    nameless: Duty | None = None
    at, found = 0, False
    if not _BINDS_PERHAPS.search(text):
        return
    while (clause := _next_clause(text, at)) is not None:
        duty, at = clause
        if duty is None or not duty.action:
            continue
        if duty.actor is not None:
            found = True
            yield duty
        nameless = nameless or duty
    if not found and nameless is not None:
        yield nameless


def read_burden(sentence: str) -> Duty | None:
    """What a sentence says someone would spend: "each of 40 respondents would spend 120 hours"; None without a cost."""
    text = " ".join(sentence.split())
    cost = stated_cost(text)
    if cost and (taken := _TAKES.search(text)) and (actor := name_actor(taken["actor"])):
        return replace(_duty("", actor, "would take", text[taken.end("actor") :]), cost=cost)
    match = _SPENDS.search(text) if cost else None
    if match is None:
        return None
    actor = find_subject(text[: match.start()]) or find_bearer(text[match.end() :])
    if actor is None:
        return None
    duty = _duty(text[: match.start()], actor, match["modal"].lower(), text[match.end("modal") :])
    return replace(duty, cost=cost)


def _next_clause(text: str, at: int) -> tuple[Duty | None, int] | None:
    """The duty of the first clause from ``at`` on that might state one, and where to read on."""
    match, modal = find_cause(text, at), _MODAL.search(text, at)
    if match is None or (modal is not None and modal.start() < match.start()):
        return _of_modal(text, at, modal) if modal else None
    reading = caused_act(text, match)
    if reading is None:
        return None, match.end("verb")
    actor, action = reading
    modality = caused_modality(text, match)
    lead = text[at : match.start()]
    inserted = text[match.end("verb") : action]
    between = inserted[inserted.index(",") :] if "," in inserted[len(actor or "") :] else ""
    duty = _duty(lead[: lead.rfind(",") + 1], actor, modality, text[action:], between=_LINK.sub("", between))
    return duty, action + _clause_chars(text[action:])


def _of_modal(text: str, at: int, match: re.Match[str]) -> tuple[Duty | None, int]:
    before = text[at : match.start()]
    soft = match["modal"].lower().startswith(("should", "may"))
    actor = find_subject(before) or (None if soft else find_agent(text[match.end() :]))
    pronoun = _STANDS_FOR.search(before)
    start = pronoun.start() if pronoun else before.rfind(actor) if actor and actor in before else len(before)
    if _TELLS.search(before) or (_is_weighed(before, start) if actor else _RELATIVE.search(before)):
        return None, match.end()
    between = "" if pronoun else before[start + len(actor or "") :]
    modality = plain_modal(match["modal"])
    if actor and actor.lower().startswith("no "):  # "no dealer shall ring" is told as "dealer shall not ring"
        actor, modality = actor[3:], denied(modality)
    lead = before[: start if actor else before.rfind(",") + 1]
    duty = _duty(lead, actor, modality, text[match.end() :], between=between)
    if duty.actor is None:
        return duty, match.end()
    return duty, match.end() + _clause_chars(text[match.end() :])


def _is_weighed(before: str, start: int) -> bool:
    """Whether a clause only weighs what is to be done, or describes what or who may or should do something.

    Args:
        before: the sentence up to the modal verb.
        start: where the actor, or the pronoun for it, begins in it.
    """
    clause = before[:start]
    return any(p.search(text) for p, text in ((_DELIBERATES, clause), (_IF, clause), (_RELATIVE, before)))


def _duty(before: str, actor: str | None, modality: str, rest: str, *, between: str = "") -> Duty:
    """A duty whose facts stand in its own clause or lead up to it."""
    rest = _ASIDE.sub("", rest)
    action = rest[: _clause_chars(rest)].strip(" ,;:.")
    whole = _BRACKETS.sub(lambda m: "_" * len(m[0]), before)
    lead = before[max(whole.rfind(";"), whole.rfind("(")) + 1 :]
    scope = f"{lead}; {between}; {action}"
    condition = stated_condition(lead, between, action)
    if len(action) > _MOST:
        action = action[:_MOST].rsplit(" ", 1)[0] + " …"
    return Duty(actor, modality, action, stated_deadline(scope), stated_threshold(scope), None, condition)


def _clause_chars(rest: str) -> int:
    """How many characters of a sentence belong to the clause it begins with."""
    end = _CLAUSE_END.search(rest)
    return end.start() if end else len(rest)
