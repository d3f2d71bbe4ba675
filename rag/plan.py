"""How a question is read: what kind of answer it asks for, its parts, the documents it names. Pure."""

import re

from corpus.answers import Asked, Plan
from rag.query import Query

_MEASURES = r"(?:threshold|cost|percentage|amount|fee|cap|increment|limit|rate|size)s?"
_ITEMS = (
    r"(?:exceptions?|exemptions?|exclusions?|requirements?|components?|elements?|factors?|types|kinds|categories|criteria"
    r"|conditions|examples|steps|prongs|obligations|duties)"
)
_KINDS = (
    (
        Asked.COMPARISON,
        r"\b(?:compare[ds]?|contrast|differences?\s+between|differ(?:s|ent)?\s+from|distinguish\w*)\b"
        r"|\b(?:versus|vs\.?|as opposed to)\b"
        r"|\bhow (?:does|do|did|is|are)\b.*\bdiffer\b",
    ),
    (Asked.REASON, r"^\s*why\b|\b(?:reasons?|rationale)\b"),
    (
        Asked.DATE,
        r"^\s*(?:when|by when)\b|\b(?:what|which) (?:date|year|day)|\bdeadline|how long|(?:compliance|\w+ive) date",
    ),
    (Asked.FORMULA, r"\b(?:formula|equation)s?\b|\bhow (?:is|are|do you|would you)\b.*\b(?:calculat|comput)\w*"),
    (
        Asked.PROCEDURE,
        r"\bhow (?:would|can|could|should|do) (?:you|one|we|i)\b|\b(?:procedures?|process|steps)\b.*\b(?:for|to|of)\b",
    ),
    (
        Asked.LIST,
        rf"^\s*(?:list|name|enumerate)\b|\b(?:what|which)\s+(?:are\s+)?(?:the\s+)?(?:[\w-]+\s+){{0,2}}{_ITEMS}\b",
    ),
    (Asked.THRESHOLD, rf"\bhow (?:much|many)\b|\b{_MEASURES}\b"),
    (Asked.DEFINITION, r"\bdefin\w+|\bmeans?\b|\bmeaning\b"),
    (Asked.OBLIGATION, r"\b(?:must|required?|requires?|requirements?|obligat\w+|have to|prohibit\w*|shall)\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


def asked_of(query: Query) -> Asked:
    """What kind of answer a question asks for; the first kind that its words show."""
    kind = next((kind for kind, pattern in _PATTERNS if pattern.search(query.text)), Asked.FACT)
    return Asked.DEFINITION if query.subject and kind in (Asked.FACT, Asked.OBLIGATION) else kind


def plan_of(query: Query) -> Plan:
    """How the question was read, for whoever reads the answer."""
    return Plan(asked_of(query), query.parts, tuple(sorted(query.documents or query.mentioned)))
