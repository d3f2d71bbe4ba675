"""The head of a table: which columns each of its cells stands over, and which lines are one head. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.layout.cells import Cell, Piece, Row
from ingest.layout.columns import Column

GridCell = tuple[Piece, ...]
GridRow = tuple[GridCell, ...]
"""One cell for each column, () where nothing is printed; a head over several columns is repeated in each."""

_STACKED = 1.3  # lines of one head are at most this many heights apart
_LOOSELY_STACKED = 2.0  # and where no head stands over several columns, this many
_LABEL_STACKED = 1.0  # and a line of the head over the labels this many
_WORDS_STACKED = 1.2  # words of one head this many; what is further apart are two heads
_FIT_POINTS = 4.0  # a head stands over the middle, or ends or begins with its column, within so much
_BESIDE = 3.0  # and is at most so many heights beside the columns
_CHARS = 80  # a row of one cell that is longer is no head


_PERIOD = re.compile(r"\b(?:years?|months?|weeks?|quarters?|ended|ending|(?:19|20)\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Span:
    """A cell of a head over the columns ``low`` to ``high - 1``; over the labels, -1 to 0."""

    cell: Cell
    low: int
    high: int

    @property
    def is_wide(self) -> bool:
        return self.high - self.low > 1


@dataclass(frozen=True, slots=True)
class _HeadRow:
    row: Row
    spans: tuple[_Span, ...]

    @property
    def over(self) -> tuple[_Span, ...]:
        """The cells that are not over the labels."""
        return tuple(span for span in self.spans if span.low >= 0)


def heads(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row without figures stands over the columns: at most its first cell is beside them."""
    low, high = columns[0].left - _BESIDE * row.height, columns[-1].right + _BESIDE * row.height
    if len(row.cells) == 1:
        worded = len(row.text) <= _CHARS and not row.text.endswith(":")
        return worded and row.left >= low and _middle(row.cells[0]) <= high
    over = sum(low <= _middle(cell) <= high for cell in row.cells)
    beside = sum(cell.right <= columns[0].left and _middle(cell) < low for cell in row.cells)
    return over > 0 and over + beside == len(row.cells) and beside <= 1


def head_rows(rows: Sequence[Row], columns: Sequence[Column]) -> list[GridRow]:
    """The rows of a head, with a cell for the labels and one for each column; lines of one head are one row."""
    groups: list[list[_HeadRow]] = []
    for number, row in enumerate(rows):
        made = _HeadRow(row, tuple(_spans(rows, number, columns)))
        if groups and _is_stacked(groups[-1][-1], made):
            groups[-1].append(made)
        else:
            groups.append([made])
    return [_grid_row(group, len(columns)) for group in groups]


def _spans(rows: Sequence[Row], number: int, columns: Sequence[Column]) -> Iterator[_Span]:
    over = [(cell, *_under(cell, columns)) for cell in rows[number].cells]
    below = rows[number + 1] if number + 1 < len(rows) else None
    for position, (cell, low, high) in enumerate(over):
        before = max(over[position - 1][2], 0) if position else 0
        after = over[position + 1][1] if position + 1 < len(over) else len(columns)
        bounds = min(before, low), max(after, high)
        if low < 0:
            yield _Span(cell, low, high)
        elif high - low > 1:
            yield _widest(cell, low, high, bounds, columns)
        else:
            alone = bounds == (0, len(columns)) != (low, high)
            whole = _Span(cell, *bounds)
            yield (
                whole
                if alone and _heads_all(cell, rows, number, columns)
                else _from_one(cell, low, bounds, below, columns)
            )


def _under(cell: Cell, columns: Sequence[Column]) -> tuple[int, int]:
    """The columns under a cell, or the nearest one; -1 to 0 for the labels."""
    height = cell.pieces[0].line.height
    if cell.right <= columns[0].left and _middle(cell) < columns[0].left - _BESIDE * height:
        return -1, 0
    shared = [column.shares(cell) for column in columns]
    under = [i for i, points in enumerate(shared) if points > 0] or [shared.index(max(shared))]
    return under[0], under[-1] + 1


def _heads_all(cell: Cell, rows: Sequence[Row], number: int, columns: Sequence[Column]) -> bool:
    """Whether the only cell of a row heads all columns: it names their unit, or their period over their middle."""
    miss = _miss(cell, 0, len(columns), columns)
    if cell.text.startswith("("):
        return number == 0 or miss <= 2 * _FIT_POINTS
    if number + 1 == len(rows) or miss > _FIT_POINTS:
        return False
    below = rows[number + 1]
    apart = rows[number].bottom - below.bottom > _WORDS_STACKED * max(rows[number].height, below.height)
    several = sum(c.right > columns[0].left for c in below.cells) > 1
    return several and (apart or bool(_PERIOD.search(cell.text)))


def _from_one(cell: Cell, place: int, bounds: tuple[int, int], below: Row | None, columns: Sequence[Column]) -> _Span:
    """The span of a cell that touches one column only: that column, unless it stands over the middle of several."""
    own = _Span(cell, place, place + 1)
    under = below.cells if below is not None else ()
    if (
        below is None
        or _fits(cell, columns[place])
        or any(abs(_middle(c) - _middle(cell)) <= _FIT_POINTS for c in under)
    ):
        return own
    low, high = bounds
    spans = [(a, b) for a in range(low, place + 1) for b in range(place + 1, high + 1) if b - a > 1]
    fitting = [(b - a, a, b) for a, b in spans if _miss(cell, a, b, columns) <= _FIT_POINTS]
    return _Span(cell, *min(fitting)[1:]) if fitting else own


def _widest(cell: Cell, low: int, high: int, bounds: tuple[int, int], columns: Sequence[Column]) -> _Span:
    """The widest span of columns around ``low`` to ``high`` over whose middle the cell stands about as well."""
    spans = [(a, b) for a in range(bounds[0], low + 1) for b in range(high, bounds[1] + 1)]
    misses = [_miss(cell, a, b, columns) for a, b in spans]
    fitting = [span for span, miss in zip(spans, misses, strict=True) if miss <= min(misses) + _FIT_POINTS]
    return _Span(cell, *max(fitting, key=lambda span: span[1] - span[0]))


def _middle(cell: Cell) -> float:
    return (cell.left + cell.right) / 2


def _miss(cell: Cell, low: int, high: int, columns: Sequence[Column]) -> float:
    """Points between the middles of a cell and of a span of columns."""
    return abs((columns[low].left + columns[high - 1].right) / 2 - _middle(cell))


def _fits(cell: Cell, column: Column) -> bool:
    """Whether a cell stands over the middle of a column, or ends or begins with it."""
    middle = (column.left + column.right) / 2
    misses = (_middle(cell) - middle, cell.right - column.right, cell.left - column.left)
    return min(map(abs, misses)) <= _FIT_POINTS


def _is_stacked(above: _HeadRow, below: _HeadRow) -> bool:
    """Whether two rows of a head are lines of the same heads, not a head over several and these under it."""
    distance = (above.row.bottom - below.row.bottom) / max(above.row.height, below.row.height)
    if not above.over or not below.over:
        return distance <= _LABEL_STACKED
    wide = [sum(span.is_wide for span in row.over) for row in (above, below)]
    if not any(wide):
        return distance <= _LOOSELY_STACKED
    mixed = wide[0] < len(above.over) / 2 and wide[1] < len(below.over) / 2
    return mixed and distance <= _STACKED


def _grid_row(group: Sequence[_HeadRow], columns: int) -> GridRow:
    cells: list[GridCell] = [()] * (columns + 1)
    for row in group:
        for span in row.spans:
            for place in range(span.low + 1, span.high + 1):
                cells[place] += span.cell.pieces
    return tuple(cells)
