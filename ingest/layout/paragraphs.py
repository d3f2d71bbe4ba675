"""Printed lines joined to text: rows, broken words, paragraphs. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.layout.hyphens import Words
from ingest.layout.pagetext import PageText
from ingest.layout.printed import Line

_ITEM = re.compile(r"^(?:[•●▪]|\(?(?:[A-Za-z]|[ivx]{1,5}|\d{1,3})\)\s|[–—]\s)")
_ITEM_MAY_FOLLOW = re.compile(r"(?:[.:;,?”—]|[;,] (?:and|or))$")
_SENTENCE_END = re.compile(r"[.?!:][”’)\]]?(?:\d{1,4})?$")


@dataclass(frozen=True, slots=True)
class TextRow:
    """Fragments that stand side by side: pdfium begins a new line at a raised footnote number."""

    lines: tuple[Line, ...]
    left: float
    right: float
    bottom: float
    font: str
    text: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Distances in points: between lines on this page, at most between lines of one paragraph, and the right edge."""

    usual: float
    widest: float
    right_edge: float


def measure(rows: Sequence[TextRow], pitch: float = 0.0) -> Measures:
    """How the rows of a page are set.

    Args:
        rows: in reading order.
        pitch: usual distance of two lines of the document in points; 0 when not known.
    """
    gaps = [gap for above, below in pairwise(rows) if (gap := above.bottom - below.bottom) > 2]
    usual = median(gaps) if gaps else 0.0
    return Measures(usual, max(usual, pitch), max((row.right for row in rows), default=0.0))


def write_paragraphs(text: PageText, rows: Sequence[TextRow], words: Words, measures: Measures) -> None:
    """Write rows, with a blank line between paragraphs and broken words whole.

    Args:
        text: what is written to.
        rows: in reading order.
        words: of the document.
        measures: :func:`measure` of their page.
    """
    for number, row in enumerate(rows):
        following = rows[number + 1].lines[0] if number + 1 < len(rows) else None
        for position, (line, neighbour) in enumerate(zip(row.lines, [*row.lines[1:], following], strict=True)):
            if position:
                text.write_behind(line, row.lines[position - 1])
            else:
                text.write(line)
            if neighbour is None:
                text.blank("-" if line.broken else "")
            elif line.broken:
                text.blank(words.mend(line.text, neighbour.text))
            elif neighbour is not following:
                text.blank("" if line.goes_on_in(neighbour) or neighbour.is_call_beside(line) else " ")
            else:
                before = rows[number - 1] if number else None
                text.blank("\n\n" if _ends_paragraph(before, row, rows[number + 1], measures) else "\n")


def text_rows(lines: Sequence[Line]) -> list[TextRow]:
    """Lines in reading order, those that are fragments of one printed row together."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and rows[-1][-1].beside(line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(row) for row in rows]


def _row(lines: Sequence[Line]) -> TextRow:
    first = lines[0]
    if len(lines) == 1:
        return TextRow((first,), first.left, first.right, first.bottom, first.font, first.text)
    parts = [a.text + ("" if a.goes_on_in(b) else " ") for a, b in pairwise(lines)]
    fonts = {line.font for line in lines}
    return TextRow(
        tuple(lines), first.left, max(line.right for line in lines), max(lines, key=lambda x: len(x.text)).bottom,
        font=fonts.pop() if len(fonts) == 1 else "", text="".join([*parts, lines[-1].text]),
    )  # fmt: skip


def _ends_paragraph(before: TextRow | None, row: TextRow, following: TextRow, measures: Measures) -> bool:
    gap = row.bottom - following.bottom
    ended = bool(_SENTENCE_END.search(row.text))
    if gap < -measures.usual:  # up to the next column: only the wording can tell
        return ended
    if gap > 1.4 * measures.widest or (ended and gap > 1.4 * measures.usual) or following.lines[0].raised:
        return True
    if _ITEM.match(following.text) and _ITEM_MAY_FOLLOW.search(row.text):
        return True
    if _font_changes(row, following):
        return True
    if following.left > row.left + 8:
        return not (_ITEM.match(row.text) or row.lines[0].raised)
    short = row.right < 0.75 * measures.right_edge
    dedent = following.left < row.left - 8
    if dedent and before is not None and abs(before.left - row.left) < 2:
        return ended or short
    return ended and short and not dedent


def _font_changes(row: TextRow, following: TextRow) -> bool:
    """A heading in bold ends where the roman type begins; a bullet's own font means nothing."""
    fonts = row.font, following.font
    return fonts[0] != fonts[1] and all(font and "Symbol" not in font for font in fonts)
