"""Columns of a table, told from where its figures stand. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.layout.cells import Cell, Row

_LABEL_INDENT = 4.0  # labels are indented by at most this many heights of a line


@dataclass(frozen=True, slots=True)
class Column:
    """A strip of a page in points, from ``left`` (of its currency signs) to ``right``.

    ``figure_left`` is the left edge without currency signs.
    """

    left: float
    right: float
    figure_left: float

    def holds(self, cell: Cell) -> bool:
        """Whether a cell stands at least in part in it, currency signs aside."""
        return min(self.right, cell.right) > max(self.figure_left, cell.figure_left)

    def shares(self, cell: Cell) -> float:
        """Points that it has in common with a cell; less than 0 is their distance."""
        return min(self.right, cell.right) - max(self.left, cell.left)


def merge_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    """From left to right; those that overlap become one."""
    merged: list[Column] = []
    for column in sorted(columns, key=lambda c: c.figure_left):
        if merged and column.figure_left < merged[-1].right:
            last = merged[-1]
            left, right = min(last.left, column.left), max(last.right, column.right)
            merged[-1] = Column(left, right, last.figure_left)
        else:
            merged.append(column)
    return tuple(merged)


def figure_columns(row: Row) -> list[Column]:
    """A column for each figure of a row."""
    return [Column(cell.left, cell.right, cell.figure_left) for cell in row.figures]


def table_columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns beside the labels, from rows that hold figures.

    Figures make columns where they overlap, and so do words behind the label. Figures that
    stand where other rows have their labels are labels ("2024" above "Thereafter").
    """
    figures = merge_columns(column for row in rows for column in figure_columns(row))
    words = [
        Column(cell.left, cell.right, cell.left)
        for row in rows
        for cell in row.cells[1:]
        if not cell.is_value and not _parts_figures(cell, rows, figures)
    ]
    columns = merge_columns([*figures, *words])
    labels = [row.label.left for row in rows if row.label is not None]
    indent = _LABEL_INDENT * rows[0].height
    if len(columns) > 1 and labels and columns[0].left < min(labels) + indent:
        return columns[1:]
    return columns


def _parts_figures(cell: Cell, rows: Sequence[Row], figures: Sequence[Column]) -> bool:
    """Whether words span columns in which some row has a figure each: they are no column."""
    spanned = [column for column in figures if column.holds(cell)]
    if len(spanned) < 2:
        return False
    return any(sum(any(column.holds(f) for f in row.figures) for column in spanned) > 1 for row in rows)
