"""Lines put into the order in which a person reads them, where the file's order is another. Pure.

Most files draw a page as it is read, column after column. Some draw columns row by row;
they are told by the strip between the columns that hardly a row crosses. Some draw the
columns from right to left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.layout.printed import Line

_NEXT_COLUMN = 8.0  # a line that stands this many heights above the one before it begins a column
_ROWS = 8  # so many rows at least are set side by side on a page in columns
_APART = 1.0  # columns are apart by at least so many heights of a line
_CROSSED = 0.2  # and at most this part of the rows crosses the strip between them
_FILLED = 0.75  # lines of prose fill at least this part of their column
_WORDS = re.compile(r"[A-Za-z]{2,}")


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Lines of the body of a page, given in the order of the file: each column from top to bottom.

    A line over all columns parts what is above it from what is below.
    """
    strip = _strip(lines)
    if strip is None:
        return [line for column in _from_the_left(list(file_columns(lines))) for line in column]
    low, high = strip
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in (part for whole in lines for part in _parted(whole, low, high)):
        if line.right <= high and line.left < low:
            left.append(line)
        elif line.left >= low:
            right.append(line)
        else:
            ordered += [*in_reading_order(left), *in_reading_order(right), line]
            left, right = [], []
    return [*ordered, *in_reading_order(left), *in_reading_order(right)]


def file_columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines in the order of the file, cut where it jumps up to the top of a column."""
    held: list[Line] = []
    for line in lines:
        if held and line.bottom - held[-1].top > _NEXT_COLUMN * line.height:
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _from_the_left(columns: list[list[Line]]) -> list[list[Line]]:
    """Columns of prose that stand side by side, the left one first; all others where the file has them."""
    if len(columns) < 2:
        return columns
    proses = [[line for line in column if _is_prose(line.text)] for column in columns]
    order = list(range(len(columns)))
    for _ in range(sum(len(prose) >= _ROWS for prose in proses)):
        for place in range(len(order) - 1):
            if _is_right_of(proses[order[place]], proses[order[place + 1]]):
                order[place : place + 2] = order[place + 1], order[place]
    return [columns[number] for number in order]


def _is_right_of(column: Sequence[Line], other: Sequence[Line]) -> bool:
    if min(len(column), len(other)) < _ROWS or max(x.right for x in other) > min(x.left for x in column):
        return False
    overlap = min(column[0].top, other[0].top) - max(column[-1].bottom, other[-1].bottom)
    return overlap > 0.5 * min(column[0].top - column[-1].bottom, other[0].top - other[-1].bottom)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Words that stand side by side: white space from ``left`` to ``right``, and where the right ones end."""

    left: float
    right: float
    end: float


def _strip(lines: Sequence[Line]) -> tuple[float, float] | None:
    """The strip between two columns of prose that the file draws row by row, in points."""
    pairs = list(_side_by_side(lines))
    if len(pairs) < _ROWS:
        return None
    middle = median(pair.right for pair in pairs)
    low = max((pair.left for pair in pairs if pair.left < middle), default=middle)
    high = min((pair.right for pair in pairs if pair.right > low), default=low)
    parted = [pair for pair in pairs if pair.left <= low and pair.right >= high]
    crossing = sum(line.left < low and line.right > high for line in lines) - len(parted)
    if high <= low or len(parted) < _ROWS or crossing > _CROSSED * len(parted):
        return None
    first, last = min(line.left for line in lines), max(line.right for line in lines)
    filled = median((pair.left - first) / (low - first) for pair in parted)
    reached = median((pair.end - high) / (last - high) for pair in parted)
    return (low, high) if min(filled, reached) >= _FILLED else None


def _side_by_side(lines: Sequence[Line]) -> Iterator[_Pair]:
    """Words that stand on one height, of one line or of two that follow each other."""
    for number, line in enumerate(lines):
        for gap in line.gaps:
            wide = gap.right - gap.left >= _APART * line.height
            if wide and _is_prose(line.text[: gap.start]) and _is_prose(line.text[gap.end :]):
                yield _Pair(gap.left, gap.right, line.right)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or not line.beside(following) or following.left - line.right < _APART * line.height:
            continue
        if _is_prose(line.text) and _is_prose(following.text):
            yield _Pair(line.right, following.left, following.right)


def _is_prose(text: str) -> bool:
    return len(_WORDS.findall(text)) >= 3


def _parted(line: Line, low: float, high: float) -> Iterator[Line]:
    """A line cut at its white space over the strip."""
    for gap in line.gaps:
        if gap.left <= low and gap.right >= high:
            end, start = gap.start, gap.end
            yield replace(
                line, text=line.text[:end], right=gap.left, broken=False,
                gaps=tuple(g for g in line.gaps if g.end <= end), calls=tuple(c for c in line.calls if c[0] < end),
            )  # fmt: skip
            yield replace(
                line, text=line.text[start:], first_char=line.first_char + start, left=gap.right, raised="",
                gaps=tuple(replace(g, start=g.start - start, end=g.end - start) for g in line.gaps if g.start >= start),
                calls=tuple((at - start, mark) for at, mark in line.calls if at >= start),
            )  # fmt: skip
            return
    yield line
