"""Tables as HTML sets them: spans, spacer columns, signs in cells of their own; and which of them are tables. Pure.

Filings set much that is no table with ``<table>``: bullets, headings, whole pages. And in a real
table "$", "1,234" and ")" mostly stand in three cells, with empty columns between the years.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.pagemap import fold
from ingest.formats.flow import CELL_GAP, Block, Paragraph, Rows
from ingest.formats.markup import Element

_MAX_COLUMNS = 400
_MAX_BRIDGE = 4  # columns; a wider cell is a head over several columns and joins none
_PROSE_CHARS = 300
_BEFORE = re.compile(r"(?:[A-Z]{0,3}[$€£¥])?\s*\(?")
_BEHIND = re.compile(r"\)?\s*(?:%|bps|pts)?\s*\)?")
_FIGURE = re.compile(
    r"(?:[A-Z]{0,3}[$€£¥])?\s*[(–—-]?\s*(?:[$€£¥]\s*)?\d[\d,.]*\s*\)?\s*(?:%|x|bps|pts)?\s*\)?|[–—-]+|N/?[AM]"
)
_MARKER = re.compile(
    r"[•·●▪■□☐☒◦*o–—§-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlIVXL]{1,5})[.)]|(?:Item|Part|Section)\s+\w{1,5}\.?", re.I
)


class Shape(Enum):
    """What a table is: rows of data, lines of text (a bullet and its words), or a frame around prose."""

    DATA = "data"
    LINES = "lines"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a cell, and how many columns and rows it spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell that is not empty, in the columns from ``left`` to before ``right``."""

    text: str
    left: int
    right: int


def table_rows(table: Element) -> list[list[Element]]:
    """The cells of a table's rows, without those of tables inside it."""
    rows: list[list[Element]] = []
    stack = [child for child in reversed(table.children) if isinstance(child, Element)]
    while stack:
        element = stack.pop()
        tag = element.tag.lower()
        if tag == "tr":
            rows.append([c for c in element.children if isinstance(c, Element) and c.tag.lower() in ("td", "th")])
        elif tag not in ("table", "caption"):
            stack += [child for child in reversed(element.children) if isinstance(child, Element)]
    return rows


def cell_of(element: Element, text: str) -> Cell:
    """A cell with its spans."""
    return Cell(text, _span(element, "colspan"), _span(element, "rowspan"))


def _span(element: Element, name: str) -> int:
    value = element.get(name) or element.get(name.upper())
    return min(max(int(value), 1), _MAX_COLUMNS) if value.strip().isdecimal() else 1


def grid_blocks(table: Element, words: Callable[[Element], str]) -> Iterator[Block]:
    """A table that is known to be one; a single column is text."""
    rows = read_rows([[cell_of(cell, words(cell)) for cell in row] for row in table_rows(table)])
    caption = next((words(c) for c in table.children if isinstance(c, Element) and c.tag.lower() == "caption"), "")
    yield from [Paragraph((caption,))] if caption else []
    if rows and len(rows[0]) > 1:
        yield Rows(rows, caption)
    else:
        yield from (Paragraph((row[0],)) for row in rows)


def read_rows(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    """Rows of equal length without empty rows and columns; a figure is whole, with its sign and its bracket."""
    placed = [row for row in map(_with_signs, _place(rows)) if row]
    group_of = _columns(placed)
    filled = Counter(column for row in placed for cell in row for column in range(cell.left, cell.right))
    lines = []
    for row in placed:
        line = [""] * (max(group_of, default=-1) + 1)
        for cell in row:
            best = max(range(cell.left, cell.right), key=lambda c: (filled[c] > 1, -c))
            line[group_of[best]] = f"{line[group_of[best]]} {cell.text}".strip()
        lines.append(line)
    used = [g for g in range(max(group_of, default=-1) + 1) if any(line[g] for line in lines)]
    return tuple(tuple(line[g] for g in used) for line in lines)


def _place(rows: Sequence[Sequence[Cell]]) -> list[list[_Placed]]:
    """Cells in their columns; a cell that spans rows keeps its columns from the rows below."""
    busy: dict[int, int] = {}
    placed: list[list[_Placed]] = []
    for number, row in enumerate(rows):
        column, line = 0, []
        for cell in row:
            while busy.get(column, 0) > number:
                column += 1
            column = min(column, _MAX_COLUMNS - 1)  # what stands farther right joins the last column
            right = min(column + cell.columns, _MAX_COLUMNS)
            if text := fold(cell.text):
                line.append(_Placed(text, column, right))
            busy |= dict.fromkeys(range(column, right), number + cell.rows)
            column = right
        placed.append(line)
    return placed


def _with_signs(row: Sequence[_Placed]) -> list[_Placed]:
    """A row with "$", "(" and ")%" joined to the figures they belong to."""
    joined: list[_Placed] = []
    for cell in row:
        before = joined[-1] if joined else None
        if before and _belong_together(before.text, cell.text):
            joined[-1] = _Placed(before.text + cell.text, before.left, cell.right)
        else:
            joined.append(cell)
    return joined


def _belong_together(before: str, text: str) -> bool:
    """Whether two neighbouring cells hold one figure: "$" and "(12", or "(12" and ")%"."""
    if _BEFORE.fullmatch(before):
        return bool(re.match(r"[\d(.–—-]", text))
    return bool(_BEHIND.fullmatch(text) and re.search(r"[\d)]$", before))


def _columns(rows: Sequence[Sequence[_Placed]]) -> list[int]:
    """For each printed column, the number of the column of meaning it belongs to.

    Neighbours are one column when one of them is always empty or a cell runs over both, and
    no row has two cells in them.
    """
    width = max((cell.right for row in rows for cell in row), default=0)
    grid = [[-1] * width for _ in rows]
    bridged: set[int] = set()
    for line, row in zip(grid, rows, strict=True):
        for number, cell in enumerate(row):
            line[cell.left : cell.right] = [number] * (cell.right - cell.left)
            if cell.right - cell.left <= _MAX_BRIDGE:
                bridged.update(range(cell.left, cell.right - 1))
    group_of: list[int] = []
    held: list[int] = []
    for column in range(width):
        here = [line[column] for line in grid]
        empty = all(number < 0 for number in here) or all(number < 0 for number in held)
        clash = any(a >= 0 and b >= 0 and a != b for a, b in zip(held, here, strict=bool(held)))
        if column and (empty or column - 1 in bridged) and not clash:
            held = [max(a, b) for a, b in zip(held, here, strict=True)]
            group_of.append(group_of[-1])
        else:
            held = here
            group_of.append(group_of[-1] + 1 if group_of else 0)
    return group_of


def shape_of(rows: Sequence[Sequence[str]], *, headed: bool) -> Shape:
    """What a table is.

    Args:
        rows: of :func:`read_rows`.
        headed: it has a caption or header cells.
    """
    if not rows or len(rows[0]) == 1:
        return Shape.PROSE
    longest = max(len(cell) for row in rows for cell in row)
    if all(_MARKER.fullmatch(row[0]) or not row[0] for row in rows) and len(rows[0]) == 2:
        return Shape.LINES
    if len(rows) == 1:
        return Shape.LINES if longest <= _PROSE_CHARS or _MARKER.fullmatch(rows[0][0]) else Shape.PROSE
    others = [cell for row in rows for cell in row[1:] if cell]
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in others)
    if headed or figures >= 0.3 * len(others) or longest <= _PROSE_CHARS:
        return Shape.DATA
    return Shape.PROSE


def line_of(row: Sequence[str]) -> str:
    """A row on one line."""
    return CELL_GAP.join(cell for cell in row if cell)
