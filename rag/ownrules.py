"""Which rules a release proposes or adopts, and sentences that tell what another rule requires today. Pure."""

import re
from collections import Counter
from collections.abc import Iterable

_KEY = r"\d[\w–-]*"
_LAID_DOWN = re.compile(
    r"\b(?:adopt(?:ed|ing)|propos(?:ed|ing)|new|final|amend(?:ing|ments?|ed)?(?: to)?)\s+"
    rf"(?:(?:the|(?:Exchange|Securities|Advisers) Act|paragraphs? \S+ of)\s+)*Rules?\s+(?P<key>{_KEY})",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"\bRules? (?P<key>{_KEY})(?:\(\w{{1,5}}\))*,? (?:\w+ly |also )?"
    r"(?:requires?|prohibits?|permits?|allows?|obligates?|provides?)\b"
)
_CODE = re.compile(rf"§\s*\d+\.(?P<key>{_KEY})")
_LEAST = 2


def rules_laid_down(text: str, paragraphs: Iterable[str]) -> frozenset[str]:
    """Numbers of the rules that a release lays down: "1002", "17a-3".

    Args:
        text: of the release; a rule that it calls proposed, adopted, new or amended at least twice is its own.
        paragraphs: names of the paragraphs of its rule text: "§ 240.17a-3(a)".
    """
    counted = Counter(_plain(m["key"]) for m in _LAID_DOWN.finditer(text))
    printed = {_plain(m["key"]) for name in paragraphs for m in _CODE.finditer(name)}
    return frozenset(key for key, count in counted.items() if count >= _LEAST) | printed


def tells_another_rule(sentence: str, own: frozenset[str]) -> bool:
    """Whether a sentence says what a rule requires that is none of ``own``; never where ``own`` is empty."""
    named = [_plain(m["key"]) for m in _TELLS.finditer(sentence)]
    return bool(own and named) and own.isdisjoint(named)


def _plain(key: str) -> str:
    return key.replace("–", "-").strip("-")
