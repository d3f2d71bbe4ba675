"""What kind of document it is, from the words of its ACTION line, its title or its summary. Pure.

An action that changes an earlier document keeps that document's kind: the correction of a final rule is a
final rule, the reopening of a comment period on a proposal a proposed rule. What it does to the other is
lineage (statements.py).
"""

import re

from corpus.pagemap import fold
from corpus.records import Kind

_ACTIONS = (
    (Kind.CONCEPT_RELEASE, r"concept release|advance notice of proposed|\banprm?\b"),
    (Kind.OTHER, r"\bpropos\w+ (?:[\w-]+ ){0,3}(?:order|collection)\b"),
    (Kind.ORDER, r"\border\b"),
    (Kind.PROPOSED_RULE, r"propos|re-?proposal|\bnprm\b"),
    (Kind.FINAL_RULE, r"final|adopt|interim|temporary rule|(?:correcting|technical) amendment|direct rule"),
    (
        Kind.INTERPRETATION,
        r"interpret|guidance|policy statement|statement of policy|accounting bulletin|commission statement",
    ),
)
_SRO = re.compile(r"\W*(?:self-regulatory organizations?|joint industry plans?)\s*[;:,]", re.IGNORECASE)
_NOTICES = re.compile(
    r"(?:^\W*|;\s*)notice of (?!proposed rulemaking)|^\W*(?:applications? for|deregistration|submission for"
    r"|proposed (?:collection|order)|privacy act|reopening of comment period for (?:notice|order)|list of rules"
    r"|regulatory flexibility agenda)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?:^|[;,:.]\s*)(?:amendments? to )?order\s+(?:\w+ly\s+)?(?!handling|routing)(?:\w+ing\b|under\b|pursuant\b|of\b)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\W*(?:requests? for (?:public )?comments?|concept release|advance notice of proposed)", re.IGNORECASE
)
_LATER = re.compile(
    r";\s*(?:further )?(?:delay|extension|postponement) of (?:the )?(?:effective|compliance)", re.IGNORECASE
)
_DEED = re.compile(
    r"""\b(?:is|are)\s+(?:(?:also|hereby|now|today|jointly|further|re)\s*-?\s*)*
    (proposing|reproposing|adopting|readopting|amending|revising|updating|rescinding|eliminating|correcting|delaying
    |extending|withdrawing|reissuing|(?:re)?opening|making|issuing|publishing|seeking|requesting|soliciting)\b
    |\b(proposes)\s+(?=to\b|new\b|an?\b|rules?\b|amendments?\b)
    |\b(corrects|(?:makes|contains)\s+(?:[a-z]+\s+){0,3}corrections?)\b
    |\bpublished\s+a\s+document\s+[^.]{0,80}\b(adopting|proposing)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OBJECT_CHARS = 200
_KINDS_OF_VERBS = {
    Kind.PROPOSED_RULE: ("proposing", "reproposing", "opening", "reopening", "proposes"),
    Kind.FINAL_RULE: (
        "adopting", "readopting", "amending", "revising", "updating", "rescinding", "eliminating", "delaying",
    ),
}  # fmt: skip
_KIND_OF_VERB = {verb: kind for kind, verbs in _KINDS_OF_VERBS.items() for verb in verbs}
_OBJECTS = (
    (Kind.OTHER, r"^\s*to\s+issue\s+an?\s+order"),
    (Kind.PROPOSED_RULE, r"\bpropos(?:al|ed|ing)\b"),
    (Kind.CONCEPT_RELEASE, r"\bconcept\s+release"),
    (Kind.INTERPRETATION, r"\b(?:interpretation|interpretive|guidance|statement)"),
    (Kind.FINAL_RULE, r"\b(?:final\s+rules?|rules?|amendments?|forms?|(?:compliance|effective)\s+dates?)\b"),
)


def kind_of_action(action: str) -> Kind | None:
    """The kind that an ACTION line names, by its first clause that names one."""
    if _ASKING.match(action):
        return Kind.CONCEPT_RELEASE
    for clause in fold(action).split(";"):
        for kind, pattern in _ACTIONS:
            if re.search(pattern, clause.strip(), re.IGNORECASE):
                return kind
    return None


def kind_of_words(title: str, summary: str) -> Kind | None:
    """The kind that a title tells, else what the first sentences say that the agency does."""
    title, summary = fold(title), fold(summary)
    if _SRO.match(title):
        return Kind.SRO_FILING
    if _NOTICES.search(title):
        return Kind.OTHER
    if _ASKING.match(title):
        return Kind.CONCEPT_RELEASE
    if _ORDER.search(title):
        return Kind.ORDER
    return _kind_of_deed(summary) or (Kind.FINAL_RULE if _LATER.search(title) else None)


def _kind_of_deed(summary: str) -> Kind | None:
    """By the first verb that says what the agency does, or where that leaves it open, by what it is done to."""
    deed = _DEED.search(summary)
    if deed is None or deed.lastindex is None:
        return None
    verb = deed[deed.lastindex].lower()
    what = summary[deed.end() : deed.end() + _OBJECT_CHARS].split(". ")[0]
    kind = next((kind for kind, named in _OBJECTS if re.search(named, what, re.IGNORECASE)), None)
    if verb.startswith(("correct", "makes", "contains")):
        return Kind.PROPOSED_RULE if kind is Kind.PROPOSED_RULE else Kind.FINAL_RULE
    if kind is Kind.OTHER:
        return kind
    return _KIND_OF_VERB.get(verb, kind)
