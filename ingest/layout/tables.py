"""Tables found in the rows of a page: where they begin and end, their columns, heads and captions. Pure.

A table is told by figures that stand in columns. A false table is worse than none: a table
of contents, prose in columns, a list and the axis of a chart are left as text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.layout.cells import Row, may_hold_figures, rows_of
from ingest.layout.columns import Column, figure_columns, merge_columns, table_columns
from ingest.layout.printed import Line
from ingest.layout.tableheads import GridRow, heads
from ingest.layout.tablerows import grid_rows

_FAR = 2.7  # rows further apart than this many usual distances are not of one table
_NEAR = 1.3  # the next row is at most so many usual distances away
_SET_ALIKE = 1.15  # and a label that runs over the figures' columns, so many from both its neighbours
_RECENT_ROWS = 40  # what is usual is told from so many rows before
_HEAD_FAR = 2.8  # a head is at most so many heights of a line above what it heads
_NEXT_LINE = 1.3  # and the next line of a cell so many below the one before
_CENTRED_POINTS = 8.0  # a title stands over the middle of its table within so much
_CAPTION_LINES = 4
_CAPTION_CHARS = 160
_LABEL_CHARS = 60  # a sentence in one cell that is longer is no label
_ITEM = re.compile(r"(?:part|item|note|section|exhibit|chapter|appendix|article|schedule|sec\.|title)\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:\w+ )?consolidated\b|statements? of\b|balance sheets?$|table \d+\b", re.IGNORECASE)
_EXHIBIT = re.compile(r"[*†+‡#]*\(?\d{1,3}\.\d{1,3}(?:\.\d{1,2})?\)?[*†+‡#]*(?:\s|$)")
_SENTENCE = re.compile(r"[a-z0-9)]\.(?:\s+[A-Z]|$)")
_PROSE_END = re.compile(r"[a-z)”\"](?<!\bInc)(?<!\bCorp)(?<!\bCo)(?<!\bLtd)\.$")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is printed.

    Attributes:
        lines: all that belongs to it.
        rows: head and body, each with as many cells as there are columns.
    """

    lines: tuple[Line, ...]
    rows: tuple[GridRow, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows ``first`` to ``last`` with figures in the same columns, and all between them."""

    first: int
    last: int


def find_tables(lines: Sequence[Line]) -> list[Grid]:
    """The tables among lines that follow each other down a page or a column of it, from top to bottom."""
    rows = rows_of(lines) if may_hold_figures(lines) else []
    grids: list[Grid] = []
    above = 0
    for block in (_with_last_lines(rows, block) for block in _blocks(rows)):
        if (grid := _grid(rows, block, above)) is not None:
            grids.append(grid)
            above = block.last + 1
    return grids


def _blocks(rows: Sequence[Row]) -> list[_Block]:
    """Rows of figures that follow each other and share columns."""
    blocks: list[_Block] = []
    columns: tuple[Column, ...] = ()
    for index, row in enumerate(rows):
        own = figure_columns(row)
        if not own and not (columns and _is_total(row, columns)):
            continue
        if blocks and _goes_on(rows, blocks[-1], columns, index):
            blocks[-1] = _Block(blocks[-1].first, index)
            columns = merge_columns([*columns, *own])
        elif own:
            blocks.append(_Block(index, index))
            columns = merge_columns(own)
    return blocks


def _is_total(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row is one figure without a label, which ends in line with those of a column above."""
    (cell, *others) = row.cells
    return not others and cell.is_value and any(abs(column.right - cell.right) < row.height for column in columns)


def _goes_on(rows: Sequence[Row], block: _Block, columns: Sequence[Column], index: int) -> bool:
    """Whether the row with this index belongs to the table that the block has begun."""
    row = rows[index]
    recent = rows[max(block.first, block.last - _RECENT_ROWS) : block.last + 1]
    gaps = [above.bottom - below.bottom for above, below in pairwise(recent)]
    usual = median(gaps) if gaps else 1.2 * row.height
    inside = sum(any(column.holds(cell) for column in columns) for cell in row.figures or row.cells)
    sparse = len(row.figures) <= 0.5 * len(columns)  # "Equity securities: 37 %", the only figure of its column
    next_row = index == block.last + 1 and rows[block.last].bottom - row.bottom <= _NEAR * usual
    if inside < 0.5 * min(len(row.figures), len(columns)) and not (sparse and next_row):
        return False
    between = rows[block.last : index + 1]
    if any(a.bottom - b.bottom > max(_FAR * usual, 3 * b.height) for a, b in pairwise(between)):
        return False
    return all(
        _is_next_line(r, between[: i + 1]) or _is_label(r, columns, usual, between[i], between[i + 2])
        for i, r in enumerate(between[1:-1])
    )


def _is_next_line(row: Row, above: Sequence[Row]) -> bool:
    """Whether every cell of a row is the next line of words in the rows above."""
    if above[-1].bottom - row.bottom > _NEXT_LINE * row.height:
        return False
    words = [cell for r in above for cell in r.cells if not cell.is_value]
    return all(any(min(w.right, c.right) > max(w.left, c.left) for w in words) for c in row.cells)


def _with_last_lines(rows: Sequence[Row], block: _Block) -> _Block:
    """The block with the lines that its last row goes on in."""
    last = block.last
    while last + 1 < len(rows) and _is_next_line(rows[last + 1], rows[block.last : last + 1]):
        row, below = rows[last], rows[last + 1]
        begins = below.left <= row.left + row.height and not below.text[0].islower()
        if begins and not row.cells[0].pieces[-1].line.broken:
            break  # as likely the words that follow the table
        last += 1
    return _Block(block.first, last)


def _is_label(row: Row, columns: Sequence[Column], usual: float, above: Row, below: Row) -> bool:
    """Whether a row without figures is a label inside a table: left of the figures, or set like their rows."""
    if len(row.cells) > 1 or row.left > columns[0].left - row.height:
        return False
    if row.right <= columns[0].left:
        return True
    near = max(above.bottom - row.bottom, row.bottom - below.bottom) <= _SET_ALIKE * usual
    return near and not _PROSE_END.search(row.text)


def _grid(rows: Sequence[Row], block: _Block, above: int) -> Grid | None:
    body = rows[block.first : block.last + 1]
    columns = table_columns([row for row in body if row.figures])
    top = _head_top(rows, block, above, columns)
    head = rows[top : block.first]
    if not _is_table(body, head, columns):
        return None
    table_rows = grid_rows(head, body, columns)
    if sum(map(_is_prose, table_rows)) > 1:
        return None
    lines = {id(p.line): p.line for row in (*head, *body) for cell in row.cells for p in cell.pieces}
    return Grid(tuple(lines.values()), table_rows, _caption(rows, top, above))


def _is_prose(row: GridRow) -> bool:
    """Whether a row is a sentence in one cell: cells of words were not told apart."""
    filled = [cell for cell in row if cell]
    text = " ".join(piece.text for piece in filled[0])
    return len(filled) == 1 and len(text) > _LABEL_CHARS and bool(_SENTENCE.search(text))


def _is_side_label(row: Row, columns: Sequence[Column]) -> bool:
    return len(row.cells) == 1 and row.right <= columns[0].left


def _head_top(rows: Sequence[Row], block: _Block, above: int, columns: Sequence[Column]) -> int:
    """Index of the first row of the head; that of the first figures when there is none."""
    top = candidate = block.first
    left = min(row.left for row in rows[block.first : block.last + 1])
    while candidate > above:
        row, below = rows[candidate - 1], rows[candidate]
        far = row.bottom - below.bottom > _HEAD_FAR * max(row.height, below.height)
        if far or _PROSE_END.search(row.text):
            break
        if not _is_side_label(row, columns):
            if _is_title(row, left, columns) or not heads(row, columns):
                break
            top = candidate - 1
        candidate -= 1
    while top > above and _leads_in(rows[top - 1], rows[top], columns, headless=top == block.first):
        top -= 1
    return top


def _is_title(row: Row, left: float, columns: Sequence[Column]) -> bool:
    """Whether a row stands over the middle of the whole table, labels included, or is worded as a title."""
    if _titled(row):
        return True
    middle = (row.left + row.right) / 2
    whole, beside = (left + columns[-1].right) / 2, (columns[0].left + columns[-1].right) / 2
    if any(row.left >= c.left - row.height and row.right <= c.right + row.height for c in columns):
        return False
    return len(row.cells) == 1 and abs(middle - whole) < min(abs(middle - beside), _CENTRED_POINTS)


def _titled(row: Row) -> bool:
    return len(row.cells) <= 2 and bool(_TITLE.match(row.cells[0].text))


def _leads_in(row: Row, below: Row, columns: Sequence[Column], *, headless: bool) -> bool:
    """Whether a label belongs to the rows below: "Current assets:", or the first line of a head beside the columns."""
    distance = (row.bottom - below.bottom) / max(row.height, below.height)
    if not _is_side_label(row, columns):
        return False
    return distance <= 1.6 and row.text.endswith(":") if headless else distance < 0.95


def _is_table(body: Sequence[Row], head: Sequence[Row], columns: Sequence[Column]) -> bool:
    rows = [row for row in body if row.figures]
    if _is_contents(rows, columns) or _is_exhibit_list(rows):
        return False
    over = max((_headed(row, columns) for row in head), default=0)
    if len(rows) == 1:
        return over >= 2 and len(rows[0].figures) >= 2
    labelled = sum(_is_labelled(row, columns) for row in rows)
    if len(columns) == 1:
        return len(rows) >= 3 and labelled >= 0.7 * len(rows) and _stands_apart(rows)
    return labelled >= 0.5 * len(rows) or over >= 2


def _is_labelled(row: Row, columns: Sequence[Column]) -> bool:
    first = row.cells[0]
    return first.is_period or len(row.cells) > len(row.figures) or first.left < columns[0].left - row.height


def _headed(row: Row, columns: Sequence[Column]) -> int:
    """Columns that have a cell of their own in a row of the head."""
    held = [[i for i, column in enumerate(columns) if column.shares(cell) > 0] for cell in row.cells]
    return len({numbers[0] for numbers in held if len(numbers) == 1})


def _stands_apart(rows: Sequence[Row]) -> bool:
    """Whether the only column of figures is far from the labels, or dots lead to it."""
    apart = [row.cells[-2].has_leaders or row.cells[-1].left - row.cells[-2].right > 2 * row.height for row in rows]
    return sum(apart) >= 0.7 * len(rows)


def _is_contents(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether the last cells are page numbers: whole numbers that only grow, behind headings or leaders."""
    numbers = [row.cells[-1].text for row in rows]
    if not all(re.fullmatch(r"\d{1,3}|[ivxlc]+|[A-Z]-?\d{1,3}", n) for n in numbers) or len(columns) > 2:
        return False
    values = [int(n) for n in numbers if n.isdigit()]
    growing = all(a <= b for a, b in pairwise(values))
    named = sum(bool(_ITEM.match(row.text)) or row.cells[max(len(row.cells) - 2, 0)].has_leaders for row in rows)
    return growing and (len(rows) >= 4 or named >= 0.3 * len(rows))


def _is_exhibit_list(rows: Sequence[Row]) -> bool:
    """Whether the rows are numbered as exhibits are: "10.12", and describe them."""
    numbered = sum(row.label is not None and bool(_EXHIBIT.match(row.text)) for row in rows)
    return numbered >= 0.5 * len(rows)


def _caption(rows: Sequence[Row], top: int, above: int) -> str:
    """The title lines right above a table; or the line that leads to it, with a colon at its end."""
    lines: list[str] = []
    low = top
    while low > above and len(lines) < _CAPTION_LINES:
        row, below = rows[low - 1], rows[low]
        far = (1.7 if lines else 4.0) * max(row.height, below.height)
        text = row.text
        parted = len(row.cells) > 1 and not _titled(row)
        if row.bottom - below.bottom > far or parted or len(text) > _CAPTION_CHARS:
            break
        if text.endswith((":", ";")) or _PROSE_END.search(text):
            if not lines and text.endswith(":") and text[0].isupper():
                return text
            break
        lines.append(text)
        low -= 1
    return " ".join(reversed(lines))
