"""The rows of a table as a reader takes them: a label over two lines is one label. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.layout.cells import Cell, Row
from ingest.layout.columns import Column
from ingest.layout.tableheads import GridCell, GridRow, head_rows, heads

_NEAR = 1.3  # lines of one label are at most so many usual distances of rows apart
_TIGHT = 0.93  # and surely of one label when closer than this part of it
_HALF = 0.75  # figures set between the two lines of their label are nearer than this to both
_GOES_ON = re.compile(r"(?:[,–—-]|\b(?:and|or|of|the|to|in|for|by|with|on|from))$")


def grid_rows(head: Sequence[Row], body: Sequence[Row], columns: Sequence[Column]) -> tuple[GridRow, ...]:
    """Every row of a table from top to bottom, with a cell for the labels (if there are any) and for each column."""
    top, labels = _head_and_labels(head, columns)
    groups = _body_groups([*labels, *body], columns, _usual(body))
    rows = [*head_rows(top, columns), *(_body_row(group, columns) for group in groups)]
    labelled = any(row[0] for row in rows)
    return tuple(row if labelled else row[1:] for row in rows)


def _usual(body: Sequence[Row]) -> float:
    gaps = [above.bottom - below.bottom for above, below in pairwise(body) if above.figures and below.figures]
    return median(gaps) if gaps else 1.2 * body[0].height


def _place(cell: Cell, columns: Sequence[Column]) -> int:
    """Index of the column that a cell stands in; -1 for the labels."""
    before = cell.left < columns[0].left - 0.5 * cell.pieces[0].line.height
    if before and not (cell.is_value and columns[0].holds(cell)):
        return -1
    shared = [column.shares(cell) for column in columns]
    return shared.index(max(shared))


def _head_and_labels(head: Sequence[Row], columns: Sequence[Column]) -> tuple[list[Row], list[Row]]:
    """The rows over the columns, and the labels below them that belong to the body."""
    last = max((i for i, row in enumerate(head) if heads(row, columns)), default=-1)
    while 0 <= last < len(head) - 1 and head[last].bottom - head[last + 1].bottom < 0.95 * head[last + 1].height:
        last += 1
    return list(head[: last + 1]), list(head[last + 1 :])


def _body_row(group: Sequence[Row], columns: Sequence[Column]) -> GridRow:
    cells: list[GridCell] = [()] * (len(columns) + 1)
    for row in group:
        for cell in row.cells:
            cells[_place(cell, columns) + 1] += cell.pieces
    return tuple(cells)


def _body_groups(rows: Sequence[Row], columns: Sequence[Column], usual: float) -> list[list[Row]]:
    """Rows of figures and labels; lines of one label, and of one cell of words, are together."""
    limit = min(columns[0].left, max((_label_right(row, columns) for row in rows), default=columns[0].left))
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _joins(groups[-1], row, columns, usual, limit):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _label(row: Row, columns: Sequence[Column]) -> Cell | None:
    return row.cells[0] if _place(row.cells[0], columns) < 0 else None


def _label_right(row: Row, columns: Sequence[Column]) -> float:
    label = _label(row, columns)
    return label.right if label is not None else 0.0


def _joins(group: Sequence[Row], row: Row, columns: Sequence[Column], usual: float, limit: float) -> bool:
    above = group[-1]
    distance = above.bottom - row.bottom
    label, label_above = _label(row, columns), _label(above, columns)
    if label is None:
        if row.figures:  # set between the lines of its label
            return not any(r.figures for r in group) and distance < _HALF * usual
        return distance <= usual and _is_next_line(group, row, columns)
    if row.figures and any(r.figures for r in group):
        return False
    if label_above is None:
        return len(group) > 1 and not row.figures and distance < _HALF * usual
    return _wraps(label_above, label, distance, usual, limit)


def _is_next_line(group: Sequence[Row], row: Row, columns: Sequence[Column]) -> bool:
    """Whether every cell stands under words of the group, as the next line of them."""
    words = {_place(cell, columns) for r in group for cell in r.cells if not cell.is_value}
    return all(_place(cell, columns) in words for cell in row.cells)


def _wraps(label: Cell, following: Cell, distance: float, usual: float, limit: float) -> bool:
    """Whether a label goes on in the label of the next line."""
    if label.text.endswith(":") or following.left < label.left - 2:
        return False
    if label.pieces[-1].line.broken:
        return True
    first = following.text.split()[0]
    width = (following.right - following.left) / max(len(following.text), 1) * (len(first) + 1)
    full = label.right + width > limit
    tight = distance < _TIGHT * usual
    hanging = following.left > label.left + 2
    lower = first[0].islower() or bool(_GOES_ON.search(label.text))
    return distance < _NEAR * usual and ((full and (lower or hanging or tight)) or (tight and lower))
