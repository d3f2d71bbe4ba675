"""The force of an obligation: what its modal words amount to, and how to say it in a clause. Pure."""

import re
from enum import StrEnum

_PARTICIPLES = (
    "required", "obliged", "obligated", "permitted", "allowed", "prohibited", "forbidden", "excused",
    "expected", "able",
)  # fmt: skip
_FORBIDS = re.compile(
    r"^(?:shall|must|may|can|will) not$|\bcannot\b|\b(?<!not )(?:prohibited|forbidden)\b"
    r"|\b(?:is|be) not (?:permitted|allowed)\b|\bnot be (?:permitted|allowed|able)\b"
)
_FREES = re.compile(
    r"^(?:may|can)\b|\bnot (?:be )?(?:required|obligated|obliged|prohibited|forbidden)\b|\b(?:permitted|allowed)\b"
    r"|\bnot (?:need|have) to\b|(?<!not )(?<!not be )\bexcused\b"
)
_ADVISES = re.compile(r"^(?:still |also |similarly |therefore )?(?:wish to|consider|want to)\b", re.IGNORECASE)
_AS_PROPOSED = {
    "shall": "would be required to", "must": "would be required to", "shall not": "would not be permitted to",
    "must not": "would not be permitted to", "may not": "would not be permitted to", "may": "would be permitted to",
    "will": "would", "will be required": "would be required to", "is required": "would be required to",
    "will be prohibited": "would be prohibited from", "will be permitted": "would be permitted to",
    "is obligated": "would be required to", "is prohibited": "would be prohibited from",
    "is permitted": "would be permitted to", "will need to": "would need to", "is excused": "would be excused from",
    "is expected": "would be expected to", "will have to": "would have to",
    "needs to": "would need to", "has to": "would have to",
}  # fmt: skip
_ACTS = re.compile(r"^((?:\w+ly )?[a-z]+s(?:, [a-z]+s)*(?:,? (?:and|or) [a-z]+s)?)(?= )")
_DOES = re.compile(r"\b[a-z]+s\b")


class Force(StrEnum):
    """What an obligation lays on someone; an estimate only says what they would spend."""

    DUTY = "duty"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"
    ADVICE = "advice"
    ESTIMATE = "estimate"


def force_of(modality: str, action: str) -> Force:
    """What a modality amounts to: "is not required" permits, "may consider" and "should" advise.

    Args:
        modality: as :class:`rag.obligations.Duty` names it, e.g. ``would be required``.
        action: what follows it.
    """
    if modality in ("would", "will", "would take"):
        return Force.ESTIMATE
    if (
        modality.startswith("should")
        or modality.endswith("expected")
        or (modality == "may" and _ADVISES.search(action))
    ):
        return Force.ADVICE
    if _FORBIDS.search(modality):
        return Force.PROHIBITION
    return Force.PERMISSION if _FREES.search(modality) else Force.DUTY


def in_words(modality: str, action: str, *, proposed: bool = False) -> str:
    """Force and action as one clause: "is required" and "disclose" are joined by "to".

    Args:
        modality: of the obligation.
        action: of the obligation.
        proposed: say what would be so if the proposal is adopted: "would be required to disclose".
    """
    action = (
        _ACTS.sub(lambda m: _DOES.sub(lambda verb: _base(verb[0]), m[1]), action) if modality == "shall" else action
    )
    if proposed and modality in _AS_PROPOSED:
        return f"{_AS_PROPOSED[modality]} {action}"
    link = {"prohibited": "from", "forbidden": "from", "excused": "from"}.get(modality.rpartition(" ")[2], "to")
    return f"{modality} {link} {action}" if modality.endswith(_PARTICIPLES) else f"{modality} {action}"


def caused(verb: str, *, negated: bool, tense: str) -> str:
    """The modality of whom a rule requires, permits or prohibits something: "is required", "would not be permitted".

    Args:
        verb: of the rule, in lower case, with its auxiliaries: ``would require``, ``permits``.
        negated: whether it does not.
        tense: ``would``, ``will`` or ``is``.
    """
    words = {"requir": "required", "oblig": "required", "mandat": "required", "prohibit": "prohibited",
             "forbid": "prohibited", "excus": "excused", "expect": "expected", "bar": "prohibited"}  # fmt: skip
    said = next((said for stem, said in words.items() if stem in verb), "permitted")
    no = "not " if negated else ""
    return f"is {no}{said}" if tense == "is" else f"{tense} {no}be {said}"


def plain_modal(modal: str) -> str:
    """A modal phrase without adverbs, in the singular: "are also required to" is ``is required``."""
    skipped = (
        "also",
        "generally",
        "still",
        "each",
        "then",
        "instead",
        "first",
        "only",
        "thus",
        "therefore",
        "now",
        "specifically",
    )
    text = " ".join(word for word in modal.lower().split() if word not in skipped)
    text = re.sub(r"^are ", "is ", text)
    text = re.sub(r"^(?:need|have) to$", lambda m: {"need to": "needs to", "have to": "has to"}[m[0]], text)
    return text if re.search(r"(?:needs?|have|has) to$", text) else re.sub(r" (?:to|from)$", "", text)


def denied(modality: str) -> str:
    """A modality with "not" in it: ``shall not``, ``would not be permitted``; one that is denied already stays."""
    first, _, rest = modality.partition(" ")
    return modality if rest.startswith("not") else " ".join(filter(None, (first, "not", rest)))


def _base(verb: str) -> str:
    """A verb in the third person without its ending; a word that only ends like one stays."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return verb[:-2]
    return verb if verb.endswith(("ss", "us", "is")) else verb[:-1]
