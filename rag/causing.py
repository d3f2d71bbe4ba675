"""Verbs of causing: a rule requires, prohibits, permits or excuses someone, who is the verb's object. Pure."""

import re

from rag.actors import name_actor
from rag.force import caused

_STEMS = ("requir", "prohibit", "permit", "oblig", "forbid", "allow", "excus", "expect")
_MUCH = r"(?:(?:also|not only|generally|specifically|explicitly|expressly|separately|further|therefore|already) )*"
_CAUSE = re.compile(
    rf"\b(?P<not>(?:would|does|do|did|will|shall|should|is|are) {_MUCH}not (?:per se |[a-z]+ly )?|without |never )?"
    rf"(?P<verb>(?:would |will |shall |to )?{_MUCH}(?:effectively |appropriately )?"
    r"(?:(?:requir|prohibit|permit|oblig|forbid|allow|obligat|excus)(?:e|es|s|ing)?"
    r"|(?:(?:an?|the|new) )+(?:requirement|obligation) (?:for|on)"
    r"|(?:(?<=we )|(?<=commission ))(?:also |additionally |generally |further )?expects?)) "
    r"(?P<actor>(?!that\b)(?:[^.;:()]|\([^()]{1,80}\)){3,160}?),? "
    r"[“\"]?(?P<link>to|from)[,:]? (?:\(\w{1,3}\) )?(?=\S)",
    re.IGNORECASE,
)
_CAUSE_THAT = re.compile(
    rf"\b(?P<not>(?:would|does|do|will) not )?(?P<verb>(?:would |will )?{_MUCH}requir(?:e|es|ing)) that "
    r"(?P<clause>\S.+)",
    re.IGNORECASE | re.DOTALL,
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
_PROPOSES = re.compile(r"\b(?:is|are) (?:also |further )?proposing\b", re.IGNORECASE)
_LAYS = re.compile(r"\b(?:adopt|propos|impos|includ|add|establish|contain)\w* $", re.IGNORECASE)
_ENACTS = re.compile(r"\b(?:propos|adopt|amend|final|rule\b|obligation\b)", re.IGNORECASE)
_ALLOWS = re.compile(
    r"\b(?:rules?|regulations?|amend\w*|except\w*|exempt\w*|paragraphs?|provisions?|definitions?|standards?|proposal"
    r"|requirements?|obligations?|approach|orders?|form|act|section|polic(?:y|ies)|propos\w+|adopt\w+|which|would|will"
    r"|it|commission)\b",
    re.IGNORECASE,
)
_BE_DONE = re.compile(
    r"(?:(?!(?:if|when|where|is|are|was|were|must|shall|may|will|would)\b)[\w’-]+ ){1,7}(?P<act>be \w+)"
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_ADVERB = re.compile(r" \w+ly$")
_INSERTED = re.compile(
    r"(?P<actor>[^,;:.()]{3,80}), [“\"]?[^;]{3,300}?,[”\"]? (?:to|from)(?::? \(\w{1,3}\))? (?=[a-z“])"
)
_OPENS_ASIDE = ("if", "when", "where", "for", "in", "once", "until", "upon", "before", "prior", "to", "with", "unless")
_NOUN_ENDS = ("ing", "ata", "ation", "ations")
_NO_ACTION = (
    "must", "shall", "should", "may", "will", "would", "can", "is", "are", "was", "were", "of", "in", "for", "with",
    "to", "and", "or", "that", "who", "which", "has", "have", "had", "under", "at", "by", "on", "as",
)  # fmt: skip


def find_cause(text: str, at: int) -> re.Match[str] | None:
    """The first verb of causing from ``at`` on with its object, whether or not it states a duty."""
    rest = text[at:].lower()
    if not any(stem in rest for stem in _STEMS):
        return None
    matches = [m for m in (_CAUSE_THAT.search(text, at), _CAUSE.search(text, at)) if m is not None]
    return min(matches, key=lambda m: m.start(), default=None)


def caused_act(text: str, match: re.Match[str]) -> tuple[str | None, int] | None:
    """Who is caused to act, and where the words for the act begin; None where the verb states no duty.

    Of "requires that a log be kept" nobody is named.

    Args:
        text: of the sentence.
        match: as :func:`find_cause` found it.
    """
    if match.re is not _CAUSE_THAT:
        return _caused_clause(text, match)
    done = _BE_DONE.match(match["clause"])
    return _that_clause(text, match) or ((None, match.start("clause") + done.start("act")) if done else None)


def caused_modality(text: str, match: re.Match[str]) -> str:
    """The force for whom a verb of causing has as its object: "is required", "would not be permitted"."""
    return caused(match["verb"].lower(), negated=_is_denied(text, match), tense=_tense(text, match))


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
        if words[n : n + 1] in (["or"], ["and"]):
            continue
        if actor is not None and name_actor(" ".join(words[: n + 1])) is None:
            begins = match.start("clause") + len(" ".join(words[:n])) + 1
            has = words[n] == "have" and words[n + 1 : n + 2] in (["a"], ["an"], ["the"])
            plain = words[n].isalpha() and words[n].islower() and (has or words[n] not in _NO_ACTION)
            plain = plain and not words[n].endswith(_NOUN_ENDS) and words[n + 1 : n + 2] != ["be"]
            return (actor, begins) if plain else None
    return None


def _is_denied(text: str, match: re.Match[str]) -> bool:
    return bool(match["not"]) or _NOT_LIST.search(text[: match.start()]) is not None


def _tense(text: str, match: re.Match[str]) -> str:
    words = f"{match['verb']} {match['not'] or ''}".lower()
    if words.startswith("to ") and _PROPOSES.search(text[: match.start()]):
        return "would"
    return "would" if "would" in words else "will" if "will" in words else "is"


def _enacts(match: re.Match[str], text: str) -> bool:
    """Whether a verb of causing is the rule's: "requiring firms to" alone may be anyone's idea."""
    verb, before = match["verb"].lower(), text[: match.start()]
    if verb.endswith(("requirement for", "requirement on", "obligation for", "obligation on")):
        return _LAYS.search(before) is not None
    if _ONLY_READ.search(text[: match.start("verb")]) or _MIGHT.search(before):
        return False
    if re.search(r"permit|allow", verb) and not _ALLOWS.search(before[-100:] + verb):
        return False
    return not (verb.endswith("ing") or verb.startswith("to ")) or _ENACTS.search(before) is not None
