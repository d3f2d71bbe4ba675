"""Which words, numbers, dates and modal verbs differ between two quotes. Pure.

Two quotes that are versions of one text are compared word by word. Two that are not share
little but their subject: of them only the dates, the modal verbs and the numbers of something (days,
dollars, percent) that the other does not hold are marked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["word", "number", "date", "modal"]

ALIKE = 0.5
"""Share of words in common, in order, from which two quotes count as versions of one text."""

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_TOKEN = re.compile(
    rf"(?P<date>\b{_MONTH} \d{{1,2}}, ?\d{{4}}\b|\b\d{{1,2}} {_MONTH},? \d{{4}}\b|\b{_MONTH} \d{{4}}\b"
    rf"|\b{_MONTH} \d{{1,2}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b)"
    r"|(?P<call>(?<=[.,;:”\"’)])(?<!\d[.,:])\d{1,4}(?=\s|$)|(?<=[.;”’)] )\d{1,4}(?=\s*$|\s+[A-Z“]))"
    r"|(?P<list>(?<=\()\d{1,2}(?=\)))"
    r"|(?P<number>[$€£]?\d[\w.,:/-]*\w%?|[$€£]?\d%?"
    r"|\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty-five"
    r"|sixty|ninety)\b)"
    r"|(?P<modal>\b(?i:(?:shall|must|may|should|will|would|can|could)(?: not)?|cannot|required|prohibited|permitted)\b)"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[’'-](?=[^\W\d_]))*|§+)"
)
_UNIT = re.compile(
    r"[ -](?:business |calendar |trading )?(?:second|minute|hour|day|week|month|quarter|year|percent|million|billion"
    r"|cent|dollar|share|basis point)s?\b"
)
_AMOUNT = re.compile(r"[$€£%]|\d,\d{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one quote that the other side does not have.

    Attributes:
        quote: which quote of the side it lies in, from 0.
        start: 0-based offset in that quote; ``end`` is one past the last character.
    """

    quote: int
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Marks:
    """What differs between two sides.

    Attributes:
        versions: the two are versions of one text, and every word that differs is marked.
    """

    old: tuple[Mark, ...]
    new: tuple[Mark, ...]
    versions: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, with whether it counts alone, outside versions of one text: dates, words of duty, amounts with a unit."""

    key: str
    mark: Mark
    counts_alone: bool


def mark(old: Sequence[str], new: Sequence[str]) -> Marks:
    """Mark what differs between the quotes of two sides; case, white space and punctuation do not count.

    Args:
        old: quotes of the one side, in order; they are read as one text.
        new: quotes of the other side. Where a side has none, nothing is marked.
    """
    before, after = list(_tokens(old)), list(_tokens(new))
    matcher = SequenceMatcher(None, [t.key for t in before], [t.key for t in after], autojunk=False)
    if not before or not after:
        return Marks((), (), versions=False)
    if matcher.ratio() < ALIKE:
        return Marks(_only_in(before, after), _only_in(after, before), versions=False)
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    left = [_joined(before[a1:a2], old) for _, a1, a2, _, _ in changed]
    right = [_joined(after[b1:b2], new) for _, _, _, b1, b2 in changed]
    return Marks(tuple(m for part in left for m in part), tuple(m for part in right for m in part), versions=True)


def pieces(quote: str, marks: Iterable[Mark]) -> Iterator[tuple[str, Kind | None]]:
    """A quote cut at its marks, in order: text and the kind of its mark, None where it is not marked.

    Raises:
        ValueError: if the marks overlap, or reach past the quote.
    """
    at = 0
    for found in sorted(marks, key=lambda m: m.start):
        if not at <= found.start < found.end <= len(quote):
            raise ValueError(f"mark [{found.start}, {found.end}) does not fit a quote of {len(quote)} characters")
        if at < found.start:
            yield quote[at : found.start], None
        yield quote[found.start : found.end], found.kind
        at = found.end
    if at < len(quote):
        yield quote[at:], None


def _tokens(quotes: Sequence[str]) -> Iterator[_Token]:
    """Words of the quotes with where they stand; the calls of footnotes are left out."""
    for number, quote in enumerate(quotes):
        for found in _TOKEN.finditer(quote):
            kind = found.lastgroup
            if kind == "call" and not _YEAR.fullmatch(found[0]):
                continue
            key = " ".join(found[0].lower().replace("’", "'").split())
            yield _Token(key, Mark(number, found.start(), found.end(), _kind(kind)), _counts_alone(kind, found))


def _counts_alone(kind: str | None, found: re.Match[str]) -> bool:
    if kind == "number":
        return bool(_AMOUNT.search(found[0]) or _UNIT.match(found.string, found.end()))
    return kind in ("date", "modal")


def _kind(group: str | None) -> Kind:
    kinds: dict[str | None, Kind] = {"date": "date", "modal": "modal", "word": "word"}
    return kinds.get(group, "number")


def _only_in(these: Sequence[_Token], others: Sequence[_Token]) -> tuple[Mark, ...]:
    """Marks of the numbers, dates and modal verbs that the others do not hold."""
    known = {t.key for t in others}
    return tuple(t.mark for t in these if t.counts_alone and t.key not in known)


def _joined(tokens: Sequence[_Token], quotes: Sequence[str]) -> Iterator[Mark]:
    """Marks of a run of tokens; neighbouring words become one mark with the white space between them."""
    last: Mark | None = None
    for token in tokens:
        found = token.mark
        if last is None:
            last = found
        elif _neighbours(last, found, quotes):
            last = Mark(last.quote, last.start, found.end, "word")
        else:
            yield last
            last = found
    if last is not None:
        yield last


def _neighbours(one: Mark, other: Mark, quotes: Sequence[str]) -> bool:
    if one.quote != other.quote or (one.kind, other.kind) != ("word", "word"):
        return False
    return not any(letter.isalnum() for letter in quotes[one.quote][one.end : other.start])
