"""Printed lines cut at wide gaps, and laid side by side in rows: what tables are found in. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.printed import Gap, Line

_CUT = 0.9  # a gap of this part of the line's height parts two cells
_CUT_VALUES = 0.35  # and of this part, two figures
_CUT_LEADERS = 0.15  # and behind dots that lead to a figure
_EVEN = 0.6  # in a justified line the narrowest gap is at least this part of the widest
_SAME_ROW = 0.6  # boxes of one row overlap by at least this part of the lower one's height
_CLOSE = 2.0  # "%" stands at most this many heights behind its figure

_LONGEST_FIGURE = 48

_CURRENCY = r"(?:[A-Z]{0,3}[$€£¥₩₹])"
_MARKS = r"(?:\s?\(\w{1,2}\)|\s?[*†‡])*"
_NUMBER = (
    rf"[(\[]?\s?[-–—+]?\s?{_CURRENCY}?\s?[(\[]?[-–—]?\s?(?:\d[\d,]*(?:\.\d+)?|\.\d+)\s?"
    r"(?:%|x|¢|bps|[mbt]il\.|[mb]illion|trillion)?\s?[)\]]?\s?%?"
)
_FIGURE = re.compile(
    r"(?:(?:up to|about|approximately|less than|more than|at least) )?[<>~±]?\s?"
    rf"{_NUMBER}(?:\s?(?:[-–—]|to)\s?{_NUMBER})?\.?{_MARKS}",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(rf"[(]?{_CURRENCY}?\s?[-–—]+\s?%?[)]?%?{_MARKS}|\*+|n/?[am]\.?|nil", re.IGNORECASE)
_PERIOD = re.compile(rf"(?:(?:FY|Q[1-4])\s?)?(?:19|20)\d\d(?:\s?[-–—]\s?(?:(?:19|20)?\d\d)?)?{_MARKS}", re.IGNORECASE)
_OPENS = re.compile(rf"[(\[]?{_CURRENCY}\s?[(\[]?|[(\[]")
_CLOSES = re.compile(r"[)\]%]+\.?")
_LEADERS = re.compile(r"\s*(?:\.\s?){2,}$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line: ``line.text[start:end]``, printed from ``left`` to ``right`` (points)."""

    line: Line
    start: int
    end: int
    left: float
    right: float

    @property
    def text(self) -> str:
        """Its characters."""
        return self.line.text[self.start : self.end]

    def joint(self, following: "Piece") -> str:
        """What parts it from the next piece of its row: nothing when pdfium took a word apart."""
        if following.line is self.line or not self.line.beside(following.line):
            return " "
        return "" if self.line.goes_on_in(following.line) else " "


@dataclass(frozen=True, slots=True)
class Cell:
    """Pieces that belong together, in reading order.

    Attributes:
        left: edge in points, as are the others.
        figure_left: without a currency sign, which may be set far from its figure.
        text: its words, without the dots that lead to the next cell.
        is_value: it is a figure, or a sign that there is none.
        is_period: it is a year or some, which may head a column.
        has_leaders: dots lead from it to the next cell.
    """

    pieces: tuple[Piece, ...]
    left: float
    right: float
    figure_left: float
    text: str
    is_value: bool
    is_period: bool
    has_leaders: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one height of a page (or of a column of it), from left to right.

    Attributes:
        figures: its figures that are no label: not a first one that stands alone or before
            words; none when all are years, which head columns.
    """

    cells: tuple[Cell, ...]
    bottom: float
    height: float
    figures: tuple[Cell, ...]

    @property
    def left(self) -> float:
        """Left edge in points."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Right edge in points."""
        return max(cell.right for cell in self.cells)

    @property
    def label(self) -> Cell | None:
        """Its first cell, when it is not only figures."""
        return None if len(self.figures) == len(self.cells) else self.cells[0]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(cell.text for cell in self.cells)


def is_value(text: str) -> bool:
    """Whether a text is a figure such as "$ 1,234", "(5)", "12.5 %", "$4 bil.", or a sign for none ("—", "n/a")."""
    if len(text) > _LONGEST_FIGURE or text.count("(") != text.count(")"):
        return False
    return bool(_FIGURE.fullmatch(text) or _NO_FIGURE.fullmatch(text))


def without_leaders(text: str) -> str:
    """A text without the dots that lead to the next cell."""
    return _LEADERS.sub("", text) if text.endswith(("..", ". .")) else text


def may_hold_figures(lines: Sequence[Line]) -> bool:
    """Whether there may be rows of figures among lines; a quick look that spares most pages of prose the rest."""
    return any(line.gaps or is_value(line.text) for line in lines)


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The rows that lines of one column make, from top to bottom, whatever order they are given in."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -(line.top + line.bottom)):
        if rows and _same_row(_tallest(rows[-1]), line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(row) for row in rows]


def _same_row(line: Line, other: Line) -> bool:
    overlap = min(line.top, other.top) - max(line.bottom, other.bottom)
    return overlap >= _SAME_ROW * min(line.top - line.bottom, other.top - other.bottom)


def _tallest(lines: Sequence[Line]) -> Line:
    return max(lines, key=lambda line: line.height)


def _row(lines: Sequence[Line]) -> Row:
    pieces = sorted((piece for line in lines for piece in _pieces(line)), key=lambda piece: piece.left)
    reference = _tallest(lines)
    cells = tuple(_cells(pieces))
    return Row(cells, reference.bottom, reference.height, _figures(cells))


def _figures(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    found = tuple(cell for cell in cells if cell.is_value)
    if len(found) == 1 and found[0] is cells[0]:
        return ()
    return found if any(not cell.is_period for cell in found) else ()


def _pieces(line: Line) -> Iterator[Piece]:
    """A line cut at its wide gaps."""
    low, left = 0, line.left
    if not line.gaps or _is_justified(line):
        yield Piece(line, 0, len(line.text), left, line.right)
        return
    ends = [gap.start for gap in line.gaps[1:]] + [len(line.text)]
    for gap, end in zip(line.gaps, ends, strict=False):
        if _parts_cells(line, low, gap, end):
            yield Piece(line, low, gap.start, left, gap.left)
            low, left = gap.end, gap.right
    yield Piece(line, low, len(line.text), left, line.right)


def _is_justified(line: Line) -> bool:
    """Whether words, not cells, are spread over the line: all gaps are about as wide."""
    widths = [gap.right - gap.left for gap in line.gaps]
    if len(widths) < 4 or min(widths) < _EVEN * max(widths):
        return False
    return sum(is_value(word) for word in line.text.split()) < 0.5 * len(widths)


def _parts_cells(line: Line, low: int, gap: Gap, end: int) -> bool:
    width = (gap.right - gap.left) / line.height
    if width >= _CUT:
        return True
    before, after = line.text[low : gap.start], line.text[gap.end : end]
    if width >= _CUT_LEADERS and _LEADERS.search(before):
        return True
    return width >= _CUT_VALUES and is_value(before) and (is_value(after) or bool(_OPENS.fullmatch(after)))


def _cells(pieces: Iterable[Piece]) -> Iterator[Cell]:
    """Pieces joined to cells: "$" with the figure behind it, "%" and ")" with the figure before."""
    held: list[Piece] = []
    for piece in pieces:
        if held and not _belongs(held[-1], piece):
            yield _cell(held)
            held = []
        held.append(piece)
    if held:
        yield _cell(held)


def _cell(pieces: Sequence[Piece]) -> Cell:
    printed = "".join([*(a.text + a.joint(b) for a, b in pairwise(pieces)), pieces[-1].text])
    text = without_leaders(printed)
    value = is_value(text)
    signed = len(pieces) > 1 and _OPENS.fullmatch(pieces[0].text)
    return Cell(
        tuple(pieces), pieces[0].left, max(piece.right for piece in pieces), pieces[1 if signed else 0].left, text,
        is_value=value, is_period=value and bool(_PERIOD.fullmatch(text)), has_leaders=len(text) < len(printed),
    )  # fmt: skip


def _belongs(piece: Piece, following: Piece) -> bool:
    if not piece.joint(following):
        return True
    if _OPENS.fullmatch(piece.text):
        return is_value(following.text)
    if _CLOSES.fullmatch(following.text):
        return is_value(piece.text + ")") and following.left - piece.right < _CLOSE * piece.line.height
    if following.left - piece.right >= _CUT_VALUES * piece.line.height or _OPENS.fullmatch(following.text):
        return False
    return not (is_value(piece.text) and is_value(following.text))
