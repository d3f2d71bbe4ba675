"""Whether two texts say the same in nearly the same words. Pure.

Two texts are alike when their sets of five-word shingles overlap (Broder 1997,
doi:10.1109/SEQUEN.1997.666900) and no word in which they differ carries weight of its own: a
number, a "may" for a "shall", a "not", another name or another paragraph make another
statement, however alike the rest is. White space, case and footnote numbers do not count.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

Shingle = tuple[str, ...]

_LENGTH = 5
ALIKE = 0.8
_WORD = re.compile(r"\(\w{1,4}\)|[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_NOTE_REFERENCE = re.compile(r"\b([Nn]otes? |nn?\.\s?)\d+(?:\s?(?:[-–,]|and)\s?\d+)*")
_NUMBER = re.compile(r"\d+(?=[\s—–]|$)")
_BEFORE_CALL = re.compile(r"(?:[.,;:?!”\"’')\]]\s|[^\d\s][.,;:?!”\"’')\]]|[a-z])$")
_OPENS_NOTE = re.compile(r"^\s*\d{1,4}(?=\s)", re.MULTILINE)
_BEGINS_SENTENCE = re.compile(r"(?:^|[.?!:;•]|\n)[\s”\"’')\]]*[(“\"‘'\[]?$")
_WEIGHTY = frozenset({
    "shall", "must", "may", "might", "can", "could", "will", "would", "should", "need", "required", "permitted",
    "prohibited", "not", "no", "never", "neither", "nor", "none", "nothing", "without", "cannot", "unless",
    "except", "only", "if", "and", "or", "all", "any", "each", "every", "some", "more", "less", "fewer",
    "least", "most", "minimum", "maximum", "above", "below", "under", "over", "before", "after", "earlier",
    "later", "increase", "increased", "decrease", "decreased", "buy", "sell", "purchase", "sale", "bid",
    "offer", "long", "short", "half", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "ninety", "hundred",
    "thousand", "million", "billion", "first", "second", "third", "fourth", "fifth", "once", "twice", "daily",
    "weekly", "monthly", "quarterly", "annually", "day", "days", "week", "weeks", "month", "months", "year",
    "years", "hour", "hours", "minutes", "seconds",
})  # fmt: skip
_TURNS_ROUND = ("un", "non", "in", "im", "dis", "ir")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text that count when it is compared.

    Attributes:
        text: without footnote numbers.
        words: in small letters, in order; numbers and paragraph labels ("(a)") are words.
        shingles: every five words in a row.
    """

    text: str
    words: tuple[str, ...]
    shingles: frozenset[Shingle]

    def names(self, places: Iterable[int]) -> set[str]:
        """Those of the words at these places that are written like names: with a capital letter within a sentence."""
        found = list(_WORD.finditer(self.text))
        return {self.words[n] for n in places if _is_name(self.text, found[n])}


def words_of(text: str, note_calls: Collection[str] = (), *, footnotes: bool = False) -> Words:
    """Read a text for comparison.

    Args:
        text: as printed.
        note_calls: numbers of the footnotes that it calls, which are left out.
        footnotes: it is made of footnotes, whose own numbers are left out as well.
    """
    printed = _NOTE_REFERENCE.sub(r"\1", text)
    if footnotes:
        printed = _OPENS_NOTE.sub("", printed)
    if note_calls:
        printed = _without_calls(printed, note_calls)
    words = tuple(word.lower() for word in _WORD.findall(printed))
    return Words(printed, words, frozenset(zip(*(words[n:] for n in range(_LENGTH)), strict=False)))


def _without_calls(text: str, numbers: Collection[str]) -> str:
    """Leave out these numbers behind a mark, or glued to a mark or word: "orders. 54 The", "orders.54", "orders54"."""

    def shown(number: re.Match[str]) -> str:
        at = number.start()
        called = number[0] in numbers and _BEFORE_CALL.search(text[max(at - 2, 0) : at])
        return "" if called else number[0]

    return _NUMBER.sub(shown, text)


def _is_name(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - 4, 0) : match.start()]
    return match[0][0].isupper() and not _BEGINS_SENTENCE.search(before)


def are_alike(a: Words, b: Words) -> bool:
    """Whether two texts say the same: they share eight in ten of all shingles, and differ in no word of weight."""
    shared = a.shingles & b.shingles
    if not shared or len(shared) < ALIKE * len(a.shingles | b.shingles):
        return False
    return not _differ(a, _free(a, shared), b, _free(b, shared))


def holds(a: Words, b: Words) -> bool:
    """Whether the first text holds nearly all that the second says; what it says before and behind does not count."""
    shared = a.shingles & b.shingles
    if not shared or len(shared) < ALIKE * len(b.shingles):
        return False
    free = _free(a, shared)
    covered = [n for n in range(len(a.words)) if n not in free]
    return not _differ(a, [n for n in free if covered[0] < n < covered[-1]], b, _free(b, shared))


def repeats(a: Words, b: Words) -> bool:
    """Whether the words of the second stand in the first, one after the other."""
    length = len(b.words)
    starts = (n for n, word in enumerate(a.words) if word == b.words[0]) if length else ()
    return any(a.words[n : n + length] == b.words for n in starts)


def _free(text: Words, shared: Collection[Shingle]) -> list[int]:
    """Places of the words that no shared shingle covers: those in which the texts differ."""
    places, words, covered_to = [], text.words, 0
    for n in range(len(words)):
        if words[n : n + _LENGTH] in shared:
            covered_to = n + _LENGTH
        if n >= covered_to:
            places.append(n)
    return places


def _differ(a: Words, in_a: Sequence[int], b: Words, in_b: Sequence[int]) -> bool:
    if _weighty(a, in_a) != _weighty(b, in_b):
        return True
    only_a, only_b = {a.words[n] for n in in_a}, {b.words[n] for n in in_b}
    if any(prefix + word in only_b for word in only_a for prefix in _TURNS_ROUND):
        return True
    if any(prefix + word in only_a for word in only_b for prefix in _TURNS_ROUND):
        return True
    return bool(a.names(in_a) - only_b) and bool(b.names(in_b) - only_a)


def _weighty(text: Words, places: Iterable[int]) -> Counter[str]:
    return Counter(
        w
        for w in (text.words[n] for n in places)
        if w in _WEIGHTY or w[0] == "(" or w[0].isdigit() or w.endswith(("n't", "n’t"))
    )
