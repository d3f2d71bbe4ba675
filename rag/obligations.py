"""Sentences that oblige, forbid or permit: who must do what, by when, above which threshold. Pure.

English grammar, not a list of names, finds the actor: the noun phrase in front of the
modal verb. What a sentence does not say stays None.
"""

import re
from dataclasses import dataclass, replace

from rag.actors import find_subject, name_actor
from rag.limits import stated_cost, stated_deadline, stated_threshold

_NOT_BINDING = re.compile(
    r"\b(?:not|never|without|no|neither|nor|rather than)\s+(?:\w+\s+){0,3}?(?:required|mandat\w*|obligat\w*"
    r"|oblig(?:ed|ation)|impos\w*"
    r"|compulsory|prescriptive|binding|need to|have to|necessary)\b|\bnon-mandatory\b|\b(?:are"
    r"|is) (?:encouraged|recommended|invited|welcome)\b"
    r"|\b(?:might|could|may) (?:consider|choose|opt|wish|find|want|decide|elect|benefit)\b|\bit (?:is"
    r"|would be) (?:recommended|advisable|good practice|beneficial)\b",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"\b(?:shall|must)\b|\b(?:is|are|be|been|being|was|were|it is) (?:\w+ly |still |also |only )?(?:required"
    r"|obliged|obligated|mandated|bound|prohibited|forbidden|"
    r"barred|restricted)\b|\b(?:may|can) (?:not|only)\b|\bcannot\b|\brequires? (?:\w+[ ,-]+){0,8}?(?:to|that"
    r"|payment|consent|approval)\b"
    r"|\bwill require\b|\b(?:mandates|obliges)\b|\bonly permitted\b|\bprohibit(?:s|ed)?\b"
    r"|\b(?:need|needs|has|have|had) to\b|\b(?:is|are) (?:not )?to be\b|\bwill not be (?:considered|permitted"
    r"|accepted|allowed)\b"
    r"|\b(?:is|are) (?:responsible for|expected to|subject to|not permitted|not allowed|mandatory)\b"
    r"|\bit is prohibited\b"
    r"|\b(?:mandatory|compulsory)\b|\bobligations?\b|\bno person (?:may|shall)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:shall|must)\b|\b(?:is|are) (?:still |also )?(?:required|prohibited|obliged|obligated)\b", re.IGNORECASE
)


def is_obligation(sentence: str) -> bool:
    """Whether a sentence binds someone: a duty or a prohibition, not a permission and not advice."""
    text = " ".join(sentence.split())
    if not _BINDING.search(text):
        return False
    rest = _NOT_BINDING.sub(" ", text)
    return _STRONG.search(rest) is not None or (rest == text)


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
    """

    actor: str | None
    modality: str
    action: str
    deadline: str | None
    threshold: str | None
    cost: str | None


_MODAL = re.compile(
    r"\b(?P<modal>(?:must|shall|should|may)(?: also| only| generally| each| then| instead)? not\b"
    r"|(?:would|will|can|may|shall|should)(?: also| generally)? not be (?:permitted|allowed|required) to\b"
    r"|(?:is|are|would be|will be) (?:also |generally |still )?(?:not )?(?:required|prohibited|permitted"
    r"|obligated|obliged|forbidden)"
    r" (?:to|from)\b|(?:would|will) (?:also |generally |still )?(?:need|have) to\b|(?:must|shall|should"
    r"|may)\b(?![’']))",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?P<not>(?:would|does|do|did|will|shall|should|is|are) not (?:per se |[a-z]+ly )?|without |never )?"
    r"(?P<verb>(?:would |will |shall |to )?(?:also |specifically |explicitly |expressly |generally )?"
    r"(?:requir|prohibit|permit|oblig|forbid|allow)(?:e|es|s|ing)?) (?P<actor>[^.;:()]{3,160}?),? (?P<link>to"
    r"|from),? (?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NOT_LIST = re.compile(r"\bnot\b(?:, [^:;.]{1,30})? ?:")  # what follows the colon is denied, item by item
_ONLY_READ = re.compile(r"\b(?:construed|interpreted|understood|read|taken|appear\w*|seem\w*) $")
_ENACTS = re.compile(r"\b(?:propos|adopt|amend|final|rule\b|obligation\b)", re.IGNORECASE)
_LABEL = re.compile(r"^[\s“]*(?:\(\w{1,5}\)\s*|[A-Z][\w’, -]{2,70}?\.\s+(?=[A-Z(]))*")
_SPENDS = re.compile(
    r"\b(?P<modal>would|will) (?:\w+ )?(?:incur|spend|need|take|require|expend|bear|pay|face|have)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r";\s|\.\s*\d*$|\.\s+(?=[A-Z(])|,\s+(?:because|although|while|since|but|however|which)\b|\?")
_ASIDE = re.compile(r"^,? (?:however|therefore|for example|at a minimum|as applicable|in turn|accordingly|also),? ")
_MOST = 300


def read_duty(sentence: str) -> Duty | None:
    """The duty, prohibition or permission that a sentence states, or None.

    A verb of causing ("the rule would require broker-dealers to disclose") is read before
    a modal verb, because its object is the actor.
    """
    text = _LABEL.sub("", " ".join(sentence.split()), count=1)
    for match in _CAUSE.finditer(text):
        actor = name_actor(match["actor"])
        if actor is not None and _enacts(match, text):
            negated = (match["not"] or "").lower() or _NOT_LIST.search(text[: match.start()]) is not None
            return _duty(text, actor, _caused(match["verb"].lower(), negated), match["rest"])
    first: Duty | None = None
    for match in _MODAL.finditer(text):
        duty = _duty(text, find_subject(text[: match.start()]), _plain(match["modal"]), text[match.end() :])
        if duty.actor is not None and duty.action:
            return duty
        first = first or duty
    return first


def read_burden(sentence: str) -> Duty | None:
    """What a sentence says someone would spend: "each of 40 respondents would spend 120 hours"; None without a cost."""
    text = " ".join(sentence.split())
    cost = stated_cost(text)
    match = _SPENDS.search(text) if cost else None
    actor = find_subject(text[: match.start()]) if match else None
    if match is None or actor is None:
        return None
    duty = _duty(text, actor, match["modal"].lower(), text[match.end("modal") :])
    return replace(duty, cost=cost)


def _duty(text: str, actor: str | None, modality: str, rest: str) -> Duty:
    rest = _ASIDE.sub("", rest)
    end = _CLAUSE_END.search(rest)
    action = rest[: end.start()] if end else rest
    action = action.strip(" ,;:.")
    if len(action) > _MOST:
        action = action[:_MOST].rsplit(" ", 1)[0] + " …"
    return Duty(actor, modality, action, stated_deadline(text), stated_threshold(text), None)


def _enacts(match: re.Match[str], text: str) -> bool:
    """Whether a verb of causing is the rule's: "requiring firms to" alone may be anyone's idea."""
    verb = match["verb"].lower()
    if _ONLY_READ.search(text[: match.start("verb")]):
        return False
    return not (verb.endswith("ing") or verb.startswith("to ")) or _ENACTS.search(text[: match.start()]) is not None


def _caused(verb: str, negated: str | bool) -> str:
    words = {"requir": "required", "oblig": "required", "prohibit": "prohibited", "forbid": "prohibited"}
    stem = next((s for s in words if s in verb), "")
    be = "would be" if "would" in f"{verb} {negated}" else "is"
    return f"{be} {'not ' if negated else ''}{words.get(stem, 'permitted')}".replace("would be not", "would not be")


def _plain(modal: str) -> str:
    words = [
        w for w in modal.lower().split() if w not in ("also", "generally", "still", "each", "then", "instead", "only")
    ]
    text = " ".join(words)
    text = re.sub(r"^are ", "is ", text)
    return text if re.search(r"(?:need|have) to$", text) else re.sub(r" (?:to|from)$", "", text)
