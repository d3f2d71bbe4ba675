"""The text of one page while it is written, and where each stretch of it stands in the PDF."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.layout.cells import Piece, without_leaders
from ingest.layout.hyphens import Words
from ingest.layout.printed import Line
from ingest.layout.tableheads import GridCell, GridRow


class PageText:
    """Lines and cells written one after another.

    Attributes:
        runs: see :class:`corpus.records.Page`.
        calls: see :class:`corpus.records.Page`.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.runs: list[tuple[int, int]] = []
        self.calls: list[tuple[int, str]] = []

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._parts)

    def write(self, line: Line, start: int = 0, end: int | None = None) -> None:
        """Write ``line.text[start:end]``."""
        end = len(line.text) if end is None else end
        self.runs.append((self.length, line.first_char + start))
        self.calls += [(self.length + at - start, mark) for at, mark in line.calls if start <= at < end]
        self._append(line.text[start:end])

    def write_behind(self, line: Line, before: Line, start: int = 0, end: int | None = None) -> None:
        """Write what stands behind another line in its row; it may be, or begin with, the call of a note."""
        if line.is_call_beside(before):
            self.calls.append((self.length, line.raised or line.text))
        self.write(line, start, end)

    def blank(self, text: str) -> None:
        """Write what is not printed: blanks and line ends."""
        self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


def write_rows(text: PageText, rows: Sequence[GridRow], words: Words) -> None:
    """Write each row of a table as one line; a head over several columns is written once."""
    for number, row in enumerate(rows):
        if number:
            text.blank("\n")
        written: set[int] = set()
        for cell in row:
            pieces = [piece for piece in cell if id(piece) not in written]
            if pieces and written:
                text.blank(" ")
            _write_cell(text, pieces, words)
            written |= {id(piece) for piece in pieces}


def _write_cell(text: PageText, pieces: Sequence[Piece], words: Words) -> None:
    for position, piece in enumerate(pieces):
        before = pieces[position - 1] if position else None
        if before is not None:
            text.blank(_between(before, piece, words))
        if before is None or before.line is piece.line:
            text.write(piece.line, piece.start, piece.end)
        else:
            text.write_behind(piece.line, before.line, piece.start, piece.end)


def cell_text(cell: GridCell, words: Words) -> str:
    """A cell's words, white space folded, without the dots that lead to the next cell."""
    parts = [piece.text + _between(piece, below, words) for piece, below in pairwise(cell)]
    joined = " ".join("".join([*parts, *(piece.text for piece in cell[-1:])]).split())
    return without_leaders(joined)


def _between(piece: Piece, following: Piece, words: Words) -> str:
    if piece.line.broken and piece.end == len(piece.line.text) and following.line is not piece.line:
        return words.mend(piece.text, following.text)
    return piece.joint(following)
