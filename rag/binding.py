"""Whether a sentence binds someone. Pure."""

import re

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
