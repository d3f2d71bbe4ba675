"""The text of one page while it is written, and where each stretch of it stands in the PDF."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.cells import Piece
from ingest.hyphens import Words
from ingest.printed import Line
from ingest.tableheads import GridCell, GridRow


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
        self.blank(line.text[start:end])

    def blank(self, text: str) -> None:
        """Write what is not printed: blanks and line ends."""
        self._parts.append(text)
        self.length += len(text)

    def call(self, mark: str) -> None:
        """Note that what is written next calls a note."""
        self.calls.append((self.length, mark))


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
            for position, piece in enumerate(pieces):
                if position:
                    text.blank(_between(pieces[position - 1], piece, words))
                text.write(piece.line, piece.start, piece.end)
            written |= {id(piece) for piece in pieces}


def cell_text(cell: GridCell, words: Words) -> str:
    """A cell's words, white space folded, without the dots that lead to the next cell."""
    parts = [piece.text + _between(piece, below, words) for piece, below in pairwise(cell)]
    joined = " ".join("".join([*parts, *(piece.text for piece in cell[-1:])]).split())
    return re.sub(r"\s*(?:\.\s?){2,}$", "", joined)


def _between(piece: Piece, following: Piece, words: Words) -> str:
    if piece.line.broken and piece.end == len(piece.line.text) and following.line is not piece.line:
        return words.mend(piece.text, following.text)
    return piece.before(following)
