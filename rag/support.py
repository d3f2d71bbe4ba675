"""How likely it is that what was found answers the question. Decides whether there is an answer at all.

A logistic model of four signs: how near the nearest passage is in meaning; how much of the
question's words, rare ones counting more, the passage that holds most of them holds; how many
words the question has, because a long question is never matched whole; and whether the thing
that is asked for ("What *penalty* does …", "How many *bitcoins* must …") is named by any
passage. How the weights came about, and how often they err: docs/decisions/0004.
"""

import math
import re
from collections.abc import Sequence

from corpus.library import Library
from corpus.records import Passage
from rag.evidence import terms_around

_COSINE, _COVERAGE, _LENGTH, _BIAS = 11.0, 7.5, 2.4, -15.1
_THING_MISSING = -4.0
_SHORT = 6  # words; a shorter question is not asked for more
_THING = re.compile(
    r"\b(?:what|which|how many|how much)\s+((?:(?!the\b|an?\b)[\w’'-]+\s+){0,2}?(?!the\b|an?\b)[\w’'-]+)\s+"
    r"(?:does|do|did|must|may|can|could|is|are|was|were|would|will|should|shall|has|have|had|of)\b",
    re.IGNORECASE,
)
_ANY_THING = frozenset({
    "amount", "date", "day", "degree", "difference", "extent", "factor", "fact", "fraction", "kind", "level", "month",
    "much", "number", "one", "part", "percent", "percentage", "point", "proportion", "reason", "section", "share",
    "sort", "step", "thing", "time", "two", "type", "value", "way", "week", "year",
})  # fmt: skip


def support(question: str, passages: Sequence[Passage], library: Library, doubt: float = 0.0) -> float:
    """The chance, 0 to 1, that the passages answer the question; 0 when there are none.

    Args:
        question: without the titles that say where to look.
        passages: that were found for it.
        library: knows how rare words are.
        doubt: what a premise that they do not bear out adds to the sum of signs; see rag/premise.py.
    """
    rarity = library.rarity(library.terms(question))
    total = sum(rarity.values())
    if not passages or not total:
        return 0.0
    held = [terms_around(passage, library) for passage in passages]
    cosine = max(passage.cosine or 0.0 for passage in passages)
    coverage = max(sum(rarity[term] for term in terms & rarity.keys()) for terms in held) / total
    sum_of_signs = (
        _COSINE * cosine + _COVERAGE * coverage + _LENGTH * math.log(1 + max(len(rarity), _SHORT)) + _BIAS + doubt
    )
    if _things(question, library) - set().union(*held):
        sum_of_signs += _THING_MISSING
    return 1 / (1 + math.exp(-sum_of_signs))


def _things(question: str, library: Library) -> set[str]:
    """Index terms of what is asked for by name: "discount" in "What discount does Rule 610 grant?"."""
    words = [word for match in _THING.finditer(question) for word in match[1].lower().split()]
    return set(library.terms(" ".join(word for word in words if word.removesuffix("s") not in _ANY_THING)))
