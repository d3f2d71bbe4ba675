"""Scores an answer against rubric points. Pure: no language model, the same verdict every time.

A point is expressed where one or two neighbouring sentences hold one alternative of every
group of its terms. Words are compared by their stems, in order and side by side; articles
and punctuation do not count, but "not" and "no" do. What this cannot see is written in the
limits: an answer that uses a point's words to deny it earns the point, unless the denial is
one of the question's contradictions; and a point in words that no alternative foresaw is missed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.questions import Point, PointKind

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})
_DENIALS = frozenset({"not", "no", "never", "neither", "nor", "cannot", "without", "t"})
_DENIAL_REACH = 3  # words before a contradiction in which a denial takes it back
_MAX_WINDOW = 2  # neighbouring sentences


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer expresses a point.

    Attributes:
        evidence: the sentence, or the two neighbouring ones, that earned it; "" when not expressed.
    """

    point: Point
    expressed: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts on one answer, in the order of the points."""

    verdicts: tuple[Verdict, ...]

    def coverage(self, kind: PointKind) -> float | None:
        """Share of the points of a kind that are expressed, 0 to 1; None when there are none."""
        of_kind = [v.expressed for v in self.verdicts if v.point.kind is kind]
        return sum(of_kind) / len(of_kind) if of_kind else None

    @property
    def contradictions(self) -> tuple[Verdict, ...]:
        """The contradictions that the answer states."""
        return tuple(v for v in self.verdicts if v.point.kind is PointKind.CONTRADICTION and v.expressed)


def score(points: Sequence[Point], sentences: Sequence[str]) -> Score:
    """Judge an answer; a sentence that states a contradiction earns no other point.

    Args:
        points: of one question.
        sentences: of the answer, in its order.
    """
    stems = [_stems(sentence) for sentence in sentences]
    windows = list(_windows(len(sentences)))
    verdicts: dict[str, Verdict] = {}
    tainted: set[int] = set()
    for point in sorted(points, key=lambda p: p.kind is not PointKind.CONTRADICTION):
        denies = point.kind is PointKind.CONTRADICTION
        usable = windows if denies else [w for w in windows if tainted.isdisjoint(w)]
        window = next((w for w in usable if _expresses([stems[i] for i in w], point, undenied=denies)), None)
        if denies and window:
            tainted.update(window)
        evidence = " ".join(sentences[i] for i in window) if window else ""
        verdicts[point.id] = Verdict(point, window is not None, evidence)
    return Score(tuple(verdicts[point.id] for point in points))


def _windows(count: int) -> Iterator[tuple[int, ...]]:
    """Single sentences first, so that the shortest evidence is named."""
    for size in range(1, _MAX_WINDOW + 1):
        for first in range(count - size + 1):
            yield tuple(range(first, first + size))


def _expresses(window: Sequence[tuple[str, ...]], point: Point, *, undenied: bool) -> bool:
    return all(
        any(_stands(_stems(term), sentence, undenied=undenied) for term in group for sentence in window)
        for group in point.terms
    )


def _stands(term: tuple[str, ...], sentence: tuple[str, ...], *, undenied: bool) -> bool:
    size = len(term)
    for first in range(len(sentence) - size + 1):
        if sentence[first : first + size] == term:
            before = sentence[max(first - _DENIAL_REACH, 0) : first]
            if not (undenied and _DENIALS.intersection(before)):
                return True
    return False


@lru_cache(maxsize=8192)
def _stems(text: str) -> tuple[str, ...]:
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
