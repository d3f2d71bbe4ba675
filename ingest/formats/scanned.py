"""Words read on a picture in, printed lines in reading order out. Pure.

The lines are of the same kind as a PDF's own, so that running heads, footnotes and
paragraphs are told by the same layout code.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from ingest.formats.ocr import Word
from ingest.layout.printed import Gap, Line, RawPage

_MIN_COLUMN = 0.18  # of the page's width
_MIN_COLUMN_LINES = 6
_MIN_FILLED = 0.7  # of a column's width, by its lines on average; the label column of a table is ragged
_MIN_GUTTER = 0.008  # of the page's width
_SAME_ROW = 0.5  # of the lower line's height
_SMALL = 0.85  # a raised number is at most this part of its neighbour's height
_NUMBER = re.compile(r"\d{1,4}|\*{1,3}|[†‡]")

WordBox = tuple[int, int, float, float, float, float]
"""Index of a word's first character, one past its last, and its box: see :class:`corpus.records.Page`."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A line as the reader found it, and the rectangle around its words."""

    words: tuple[Word, ...]
    left: float
    top: float
    right: float
    bottom: float


def scanned_page(
    number: int, lines: Sequence[Sequence[Word]], width: float, height: float
) -> tuple[RawPage, tuple[WordBox, ...]]:
    """A page as the PDF reader would give it, and the boxes of its words.

    Args:
        number: of the page.
        lines: words of each line, in any order.
        width: of the page in points.
        height: of the page in points.
    """
    strips = [_strip(words) for words in lines if words]
    printed: list[Line] = []
    boxes: list[WordBox] = []
    offset = 0
    for row in _reading_order(strips):
        words = [word for strip in row for word in strip.words]
        line = _line(words, offset, width, height)
        for word in words:
            left, top, right, bottom = (round(edge, 4) for edge in (word.left, word.top, word.right, word.bottom))
            boxes.append((offset, offset + len(word.text), left, top, right, bottom))
            offset += len(word.text) + 1
        printed.append(line)
        offset += 1
    return RawPage(number, width, height, tuple(printed)), tuple(boxes)


def _strip(words: Sequence[Word]) -> _Strip:
    return _Strip(
        tuple(words), min(w.left for w in words), min(w.top for w in words),
        max(w.right for w in words), max(w.bottom for w in words),
    )  # fmt: skip


def _line(words: Sequence[Word], first_char: int, width: float, height: float) -> Line:
    text = " ".join(word.text for word in words)
    broken = bool(re.search(r"[a-z]-$", text))
    first, last = words[0], words[-1]
    raised = len(words) > 1 and _NUMBER.fullmatch(first.text) and _height(first) < _SMALL * _height(words[1])
    return Line(
        text[:-1] if broken else text, first_char,
        left=first.left * width, bottom=height * (1 - max(word.bottom for word in words)),
        right=last.right * width, top=height * (1 - min(word.top for word in words)),
        height=height * max(map(_height, words)),
        font="", raised=first.text if raised else "", broken=broken, gaps=tuple(_gaps(words, width)),
    )  # fmt: skip


def _gaps(words: Sequence[Word], width: float) -> Iterator[Gap]:
    """The blanks between words, which may part cells of a table."""
    end = 0
    for word, following in pairwise(words):
        end += len(word.text)
        yield Gap(end, end + 1, word.right * width, following.left * width)
        end += 1


def _height(word: Word) -> float:
    return word.bottom - word.top


def _reading_order(strips: Sequence[_Strip]) -> list[list[_Strip]]:
    """Rows of strips in reading order: columns one after the other, in each from top to bottom (XY-cut).

    Nagy and Seth, "Hierarchical representation of optically scanned documents" (ICPR 1984);
    a cut between columns is made only where both sides look like columns of prose.
    """
    if cut := _gutter(strips):
        left = [strip for strip in strips if strip.right <= cut]
        right = [strip for strip in strips if strip.right > cut]
        return _reading_order(left) + _reading_order(right)
    rows = _rows(strips)
    for number in range(1, len(rows)):
        above = [strip for row in rows[:number] for strip in row]
        below = [strip for row in rows[number:] for strip in row]
        if _gutter(below) or (number >= _MIN_COLUMN_LINES and _gutter(above)):
            return _reading_order(above) + _reading_order(below)
    return rows


def _gutter(strips: Sequence[_Strip]) -> float:
    """Where a white strip from top to bottom parts two columns; 0.0 if none does."""
    edge = 0.0
    for strip in sorted(strips, key=lambda s: s.left):
        if edge and strip.left - edge >= _MIN_GUTTER:
            cut = (strip.left + edge) / 2
            sides = [s for s in strips if s.right <= cut], [s for s in strips if s.right > cut]
            if all(_is_column(side) or _gutter(side) for side in sides):
                return cut
        edge = max(edge, strip.right)
    return 0.0


def _is_column(strips: Sequence[_Strip]) -> bool:
    if len(strips) < _MIN_COLUMN_LINES:
        return False
    width = max(s.right for s in strips) - min(s.left for s in strips)
    return width >= _MIN_COLUMN and fmean(s.right - s.left for s in strips) >= _MIN_FILLED * width


def _rows(strips: Sequence[_Strip]) -> list[list[_Strip]]:
    """Strips that stand side by side, from top to bottom and from left to right."""
    rows: list[list[_Strip]] = []
    for strip in sorted(strips, key=lambda s: (s.top + s.bottom) / 2):
        row = rows[-1] if rows else []
        overlap = min((min(strip.bottom, s.bottom) - max(strip.top, s.top) for s in row), default=-1.0)
        lower = min(s.bottom - s.top for s in [*row, strip])
        if row and overlap > _SAME_ROW * lower:
            row.append(strip)
        else:
            rows.append([strip])
    return [sorted(row, key=lambda s: s.left) for row in rows]
