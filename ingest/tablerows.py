"""The rows of a table as a reader takes them: labels over two lines, heads over several columns. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.cells import Cell, Piece, Row
from ingest.columns import Column

GridCell = tuple[Piece, ...]
GridRow = tuple[GridCell, ...]
"""One cell for each column, () where nothing is printed; a head over several columns is repeated in each."""

_STACKED = 1.3  # lines of one head are at most this many heights apart
_LOOSELY_STACKED = 2.0  # and where no head stands over several columns, this many
_TIGHT = 0.93  # lines of one label are closer than this part of the distance of rows
_HALF = 0.75  # figures set between the two lines of their label are nearer than this to both
_FIT_POINTS = 4.0
_HEAD_CHARS = 80
_GOES_ON = re.compile(r"(?:[,–—-]|\b(?:and|or|of|the|to|in|for|by|with|on|from))$")


def grid_rows(head: Sequence[Row], body: Sequence[Row], columns: Sequence[Column]) -> tuple[GridRow, ...]:
    """Every row of a table from top to bottom, with a cell for the labels (if there are any) and for each column."""
    heads, labels = _head_and_labels(head, columns)
    usual = _usual(body)
    groups = [*_head_groups(heads, columns), *_body_groups([*labels, *body], columns, usual)]
    labelled = any(_place(cell, columns) < 0 for group in groups for row in group for cell in row.cells)
    head_count = len(_head_groups(heads, columns))
    rows = [
        _head_row(group, columns) if number < head_count else _body_row(group, columns)
        for number, group in enumerate(groups)
    ]
    return tuple(row if labelled else row[1:] for row in rows)


def heads(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row without figures stands over the columns: at most its first cell is beside them."""
    low, high = columns[0].left - 3 * row.height, columns[-1].right + 3 * row.height
    if len(row.cells) == 1:
        worded = len(row.text) <= _HEAD_CHARS and not row.text.endswith(":")
        return worded and row.left >= low and _middle(row.cells[0]) <= high
    over = sum(low <= _middle(cell) <= high for cell in row.cells)
    beside = sum(cell.right <= columns[0].left and _middle(cell) < low for cell in row.cells)
    return over > 0 and over + beside == len(row.cells) and beside <= 1


def _middle(cell: Cell) -> float:
    return (cell.left + cell.right) / 2


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


def _head_groups(rows: Sequence[Row], columns: Sequence[Column]) -> list[list[Row]]:
    """Rows of a head whose cells are stacked word over word are one."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _stacked(groups[-1][-1], row, columns):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _stacked(row: Row, below: Row, columns: Sequence[Column]) -> bool:
    """Whether two rows of a head are lines of the same heads, not a head over several and these under it."""
    distance = (row.bottom - below.bottom) / max(row.height, below.height)
    spans, spans_below = list(_spans(row, columns)), list(_spans(below, columns))
    if not spans or not spans_below:  # a line of the head over the labels
        return distance <= 1.0
    wide = [sum(high - low > 1 for _, low, high in s) for s in (spans, spans_below)]
    if not any(wide):
        return distance <= _LOOSELY_STACKED
    mixed = wide[0] < len(spans) / 2 and wide[1] < len(spans_below) / 2
    return mixed and distance <= _STACKED


def _spans(row: Row, columns: Sequence[Column]) -> Iterator[tuple[Cell, int, int]]:
    """Each cell of a head with the columns ``low`` to ``high - 1`` that it stands over."""
    over = [(cell, *seed) for cell in row.cells if (seed := _under(cell, columns)) is not None]
    for number, (cell, low, high) in enumerate(over):
        alone = len(over) == 1 and (cell.text.startswith("(") or _miss(cell, low, high, columns) > _FIT_POINTS)
        if high - low <= 1 and not alone:
            yield cell, low, high
            continue
        before = min(low, over[number - 1][2]) if number else 0
        after = max(high, over[number + 1][1]) if number + 1 < len(over) else len(columns)
        yield cell, *_centred(cell, low, high, before, after, columns)


def _under(cell: Cell, columns: Sequence[Column]) -> tuple[int, int] | None:
    """The columns under a cell, or the nearest one; None for a label."""
    if cell.right <= columns[0].left and _middle(cell) < columns[0].left - 3 * cell.pieces[0].line.height:
        return None
    shared = [column.shares(cell) for column in columns]
    under = [i for i, points in enumerate(shared) if points > 0] or [shared.index(max(shared))]
    return under[0], under[-1] + 1


def _miss(cell: Cell, low: int, high: int, columns: Sequence[Column]) -> float:
    """Points between the middles of a cell and of a span of columns."""
    return abs((columns[low].left + columns[high - 1].right) / 2 - _middle(cell))


def _centred(cell: Cell, low: int, high: int, before: int, after: int, columns: Sequence[Column]) -> tuple[int, int]:
    """The widest span of columns around ``low`` to ``high`` over whose middle the cell stands."""
    spans = [(a, b) for a in range(before, low + 1) for b in range(high, after + 1)]
    misses = [_miss(cell, a, b, columns) for a, b in spans]
    if high - low <= 1 and min(misses) > 2 * _FIT_POINTS:
        return low, high
    fitting = [span for span, miss in zip(spans, misses, strict=True) if miss <= min(misses) + _FIT_POINTS]
    return max(fitting, key=lambda span: span[1] - span[0])


def _head_row(group: Sequence[Row], columns: Sequence[Column]) -> GridRow:
    cells: list[GridCell] = [()] * (len(columns) + 1)
    for row in group:
        spans = {id(cell): (low, high) for cell, low, high in _spans(row, columns)}
        for cell in row.cells:
            low, high = spans.get(id(cell), (-1, 0))
            for place in range(low + 1, high + 1):
                cells[place] += cell.pieces
    return tuple(cells)


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
        return distance <= usual and _goes_on_below(group, row, columns)
    if row.figures and any(r.figures for r in group):
        return False
    if label_above is None:
        return len(group) > 1 and not row.figures and distance < _HALF * usual
    return _wraps(label_above, label, distance, usual, limit)


def _goes_on_below(group: Sequence[Row], row: Row, columns: Sequence[Column]) -> bool:
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
    return distance < 1.3 * usual and ((full and (lower or hanging or tight)) or (tight and lower))
