"""Sentences that oblige, forbid or permit: who must do what, by when, above which threshold. Pure.

English grammar, not a list of names, finds the actor: the noun phrase in front of the
modal verb. What a sentence does not say stays None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.actors import find_agent, find_bearer, find_subject, name_actor
from rag.binding import is_obligation
from rag.conditions import stated_condition
from rag.force import caused, denied, plain_modal
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


_SOFT = r"(?:(?:also|generally|still|then|each|only|thus|therefore|now|specifically|instead) )?"
_MODAL = re.compile(
    rf"\b(?P<modal>(?:must|shall|should|may) {_SOFT}not\b"
    rf"|(?:would|will|can|may|shall|should) {_SOFT}not {_SOFT}be (?:permitted|allowed|required|obligated|prohibited) "
    r"(?:to|from)\b"
    rf"|(?:is|are|(?:would|will) {_SOFT}be) (?:not )?{_SOFT}(?:required|prohibited|permitted|obligated|obliged"
    r"|forbidden|allowed) (?:to|from)\b"
    rf"|(?:would|will) {_SOFT}(?:need|have) to\b|(?:do|does|would|will) not (?:need|have) to\b"
    r"|(?:must|shall|(?:should|may)(?! (?:an?|the|any|such|each|it|they|we) ))\b(?![’']))",
    re.IGNORECASE,
)
_MUCH = r"(?:(?:also|not only|generally|specifically|explicitly|expressly|separately|further|therefore|already) )*"
_CAUSE = re.compile(
    rf"\b(?P<not>(?:would|does|do|did|will|shall|should|is|are) {_MUCH}not (?:per se |[a-z]+ly )?|without |never )?"
    rf"(?P<verb>(?:would |will |shall |to )?{_MUCH}(?:effectively |appropriately )?"
    r"(?:requir|prohibit|permit|oblig|forbid|allow|obligat)(?:e|es|s|ing)?) "
    r"(?P<actor>(?!that\b)(?:[^.;:()]|\([^()]{1,80}\)){3,160}?),? "
    r"[“\"]?(?P<link>to|from),? (?=\S)",
    re.IGNORECASE,
)
_CAUSE_THAT = re.compile(
    rf"\b(?P<not>(?:would|does|do|will) not )?(?P<verb>(?:would |will )?{_MUCH}requir(?:e|es|ing)) that "
    r"(?P<clause>\S.+)",
    re.IGNORECASE | re.DOTALL,
)
_BINDS_PERHAPS = re.compile(
    r"requir|prohibit|permit|oblig|forbid|allow|\b(?:must|shall|should|may)\b|\b(?:need|have) to\b", re.IGNORECASE
)
_TWO_VERBS = re.compile(
    r"\b(?:requir|prohibit|permit|oblig|forbid|allow)\w*\b|\b(?:is|are|be|was|were) \w+$", re.IGNORECASE
)
_MIGHT = re.compile(
    r"\b(?:may|might|could|can|likely|inappropriately|unnecessarily|potentially"
    r"|not (?:\w+ )?(?:proposing|adopting|intend\w*|mean\w*))\s+(?:to )?$",
    re.IGNORECASE,
)
_NOT_LIST = re.compile(r"\bnot\b(?:, [^:;.]{1,30})? ?:")  # what follows the colon is denied, item by item
_ONLY_READ = re.compile(r"\b(?:construed|interpreted|understood|read|taken|appear\w*|seem\w*) $")
_ENACTS = re.compile(r"\b(?:propos|adopt|amend|final|rule\b|obligation\b)", re.IGNORECASE)
_ALLOWS = re.compile(
    r"\b(?:rules?|regulations?|amend\w*|except\w*|exempt\w*|paragraphs?|provisions?|definitions?|standards?|proposal"
    r"|requirements?|obligations?|approach|orders?|form|act|section|polic(?:y|ies)|propos\w+|adopt\w+|which|would|will"
    r"|it|commission)\b",
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
    r"\b(?P<modal>would|will) (?:\w+ )?(?:incur|spend|need|take|require|expend|bear|pay|face|have)\b(?=[^;]{0,90}?\d)",
    re.IGNORECASE,
)
_LINK = re.compile(r",?[”\"]? (?:to|from),? ?$")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_ADVERB = re.compile(r" \w+ly$")
_INSERTED = re.compile(r"(?P<actor>[^,;:.()]{3,80}), [“\"]?[^;]{3,300}?,[”\"]? (?:to|from) (?=[a-z“])")
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
    matches = [m for m in (p.search(text, at) for p in (_CAUSE_THAT, _CAUSE, _MODAL)) if m is not None]
    if not matches:
        return None
    match = min(matches, key=lambda m: m.start())
    if match.re is _MODAL:
        return _of_modal(text, at, match)
    reading = _that_clause(text, match) if match.re is _CAUSE_THAT else _caused_clause(text, match)
    if reading is None:
        return None, match.end("verb")
    actor, action = reading
    modality = caused(match["verb"].lower(), negated=_is_denied(text, match), tense=_tense(match))
    lead = text[at : match.start()]
    inserted = text[match.end("verb") : action]
    between = inserted[inserted.index(",") :] if "," in inserted[len(actor) :] else ""
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
    duty = _duty(before[:start], actor, modality, text[match.end() :], between=between)
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


def _caused_clause(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    if not _enacts(match, text):
        return None
    named = _IN_BRACKETS.sub("", match["actor"])
    actor = None if _TWO_VERBS.search(named) else name_actor(_ADVERB.sub("", named))
    if actor is not None:
        return actor, match.end()
    inserted = _INSERTED.match(text, match.start("actor"))
    actor = name_actor(inserted["actor"]) if inserted else None
    return (actor, inserted.end()) if inserted and actor else None


def _that_clause(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    """Actor and start of the action of "require that each dealer keep a log"; None where a modal verb follows."""
    words = match["clause"].split(" ")
    if words[0].lower() in _OPENS_ASIDE:
        return None
    for n in range(1, min(len(words), 12)):
        actor = name_actor(" ".join(words[:n]))
        if actor is not None and name_actor(" ".join(words[: n + 1])) is None:
            begins = match.start("clause") + len(" ".join(words[:n])) + 1
            plain = words[n].isalpha() and words[n].islower() and words[n] not in _NO_ACTION
            plain = plain and not words[n].endswith(_NOUN_ENDS) and words[n + 1 : n + 2] != ["be"]
            return (actor, begins) if plain else None
    return None


_OPENS_ASIDE = ("if", "when", "where", "for", "in", "once", "until", "upon", "before", "prior", "to", "with", "unless")
_NOUN_ENDS = ("ing", "ata", "ation", "ations")
_NO_ACTION = (
    "must", "shall", "should", "may", "will", "would", "can", "is", "are", "was", "were", "of", "in", "for", "with",
    "to", "and", "or", "that", "who", "which", "has", "have", "had", "under", "at", "by", "on", "as",
)  # fmt: skip


def _duty(before: str, actor: str | None, modality: str, rest: str, *, between: str = "") -> Duty:
    """A duty whose facts stand in its own clause or lead up to it."""
    rest = _ASIDE.sub("", rest)
    action = rest[: _clause_chars(rest)].strip(" ,;:.")
    lead = before[max(before.rfind(";"), before.rfind("(")) + 1 :]
    scope = f"{lead}; {between}; {action}"
    condition = stated_condition(lead, between, action)
    if len(action) > _MOST:
        action = action[:_MOST].rsplit(" ", 1)[0] + " …"
    return Duty(actor, modality, action, stated_deadline(scope), stated_threshold(scope), None, condition)


def _clause_chars(rest: str) -> int:
    """How many characters of a sentence belong to the clause it begins with."""
    end = _CLAUSE_END.search(rest)
    return end.start() if end else len(rest)


def _is_denied(text: str, match: re.Match[str]) -> bool:
    return bool(match["not"]) or _NOT_LIST.search(text[: match.start()]) is not None


def _tense(match: re.Match[str]) -> str:
    words = f"{match['verb']} {match['not'] or ''}".lower()
    return "would" if "would" in words else "will" if "will" in words else "is"


def _enacts(match: re.Match[str], text: str) -> bool:
    """Whether a verb of causing is the rule's: "requiring firms to" alone may be anyone's idea."""
    verb, before = match["verb"].lower(), text[: match.start()]
    if _ONLY_READ.search(text[: match.start("verb")]) or _MIGHT.search(before):
        return False
    if re.search(r"permit|allow", verb) and not _ALLOWS.search(before[-100:] + verb):
        return False
    return not (verb.endswith("ing") or verb.startswith("to ")) or _ENACTS.search(before) is not None
