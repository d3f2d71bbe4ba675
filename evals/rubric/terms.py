"""Words of a rubric point in a text, compared by their stems. Pure.

Articles and punctuation do not count, but "not" and "no" do. A term stands where its stems
stand side by side and in order.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from corpus.questions import Point, PointKind

Stems = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})
_DENIALS = frozenset({"not", "no", "never", "neither", "nor", "cannot", "without", "t"})
_DENIAL_REACH = 3  # words before a contradiction in which a denial takes it back
_EMPTY = frozenset({
    "about", "all", "also", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by", "can", "do",
    "does", "each", "for", "from", "had", "has", "have", "how", "if", "in", "into", "is", "it", "its", "may", "more",
    "most", "of", "on", "one", "or", "other", "over", "so", "such", "than", "that", "their", "them", "then", "there",
    "these", "they", "this", "those", "to", "under", "up", "use", "was", "were", "what", "when", "where", "which",
    "while", "who", "will", "with", "would",
})  # fmt: skip


def groups_stated(point: Point, sentence: Stems) -> float:
    """Share of a point's groups of terms of which one alternative stands in the sentence, 0 to 1.

    For a contradiction, an alternative that is denied ("it is not true that …") does not stand.
    """
    undenied = point.kind is PointKind.CONTRADICTION
    stated = [any(_stands(stems(term), sentence, undenied=undenied) for term in group) for group in point.terms]
    return sum(stated) / len(stated)


class Rarity:
    """How telling words are, judged by the statements in which they occur.

    Args:
        statements: the words of each; what a word is, the caller decides.
    """

    def __init__(self, statements: Iterable[Iterable[str]]) -> None:
        rows = [frozenset(statement) for statement in statements]
        self._seen = Counter(word for row in rows for word in row)
        self._count = len(rows)

    def of(self, word: str) -> float:
        """The logarithm of how many statements there are for one that has the word."""
        return math.log((self._count + 1) / (self._seen[word] + 0.5))


def share_stated(statement: Stems, sentence: Stems, rarity: Rarity) -> float:
    """Share of the telling words of a statement that stand in the sentence, rare ones counting more, 0 to 1."""
    wanted = telling(statement)
    total = sum(map(rarity.of, wanted))
    return sum(map(rarity.of, wanted & set(sentence))) / total if total else 0.0


@lru_cache(maxsize=8192)
def telling(statement: Stems) -> frozenset[str]:
    """The stems of a statement without those of words that every sentence has."""
    return frozenset(statement) - _EMPTY_STEMS


def _stands(term: Stems, sentence: Stems, *, undenied: bool) -> bool:
    size = len(term)
    for first in range(len(sentence) - size + 1):
        if sentence[first : first + size] == term:
            before = sentence[max(first - _DENIAL_REACH, 0) : first]
            if not (undenied and _DENIALS.intersection(before)):
                return True
    return False


@lru_cache(maxsize=8192)
def stems(text: str) -> Stems:
    """The stems of a text's words, in order, without articles."""
    words = _WORD.findall(text.lower().replace("’", "'").replace("'s ", " "))
    return tuple(stem(word) for word in words if word not in _ARTICLES)


def stem(word: str) -> str:
    """A lower-case word without its inflection.

    Endings -s, -es, -ed, -ing, -ly and a last -e are taken off while at least three letters
    stay, a doubled consonant before them is made single and a last y becomes i: "quotes",
    "quoted" and "quoting" become "quot". Derived nouns keep their own stem ("information").
    """
    while (shorter := _shortened(word)) != word:
        word = shorter
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def _shortened(word: str) -> str:
    if word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            rest = word.removesuffix(ending) + instead
            if len(rest) >= 3 and re.search(r"[aeiouy]", rest):
                return rest[:-1] if ending in ("ed", "ing") and re.search(r"([^aeioulsz])\1$", rest) else rest
    return word


_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""), ("e", ""))
_EMPTY_STEMS = frozenset(stem(word) for word in _EMPTY)
