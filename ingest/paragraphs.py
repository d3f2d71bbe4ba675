"""Printed lines joined to text: rows, broken words, paragraphs. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.pdf import Line, RawPage

_ITEM = re.compile(r"^(?:[•●▪]|\(?(?:[A-Za-z]|[ivx]{1,5}|\d{1,3})\)\s|[–—]\s)")
_ITEM_MAY_FOLLOW = re.compile(r"(?:[.:;,?”—]|[;,] (?:and|or))$")
_SENTENCE_END = re.compile(r"[.?!:][”’)\]]?(?:\d{1,4})?$")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class _Row:
    """Fragments that stand side by side: pdfium begins a new line at a raised footnote number."""

    lines: tuple[Line, ...]

    @property
    def left(self) -> float:
        return self.lines[0].left

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def bottom(self) -> float:
        return max(self.lines, key=lambda line: len(line.text)).bottom

    @property
    def last_bottom(self) -> float:
        return min(line.last_bottom for line in self.lines)

    @property
    def font(self) -> str:
        fonts = {line.font for line in self.lines}
        return fonts.pop() if len(fonts) == 1 else ""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def join_lines(lines: Sequence[Line], words: set[str], pitch: float = 0.0) -> tuple[str, list[tuple[int, int]]]:
    """Join lines by a newline and paragraphs by a blank line; make broken words whole.

    Args:
        lines: in reading order.
        words: :func:`vocabulary` of the document.
        pitch: usual distance of two lines of the document in points; 0 when not known.

    Returns:
        The text, and for each line (offset in the text, index of its first character in the PDF).
    """
    rows = _rows(lines)
    ends = _paragraph_ends(rows, pitch)
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    offset = 0
    for number, row in enumerate(rows):
        following = rows[number + 1].lines[0] if number + 1 < len(rows) else None
        for line, neighbour in zip(row.lines, [*row.lines[1:], following], strict=True):
            runs.append((offset, line.first_char))
            if neighbour is None:
                end = ""
            elif line.broken:
                end = _mend(line.text, neighbour.text, words)
            elif neighbour is not following:
                end = "" if _is_raised(neighbour) else " "
            else:
                end = "\n\n" if ends[number] else "\n"
            parts += [line.text, end]
            offset += len(line.text) + len(end)
    return "".join(parts), runs


def vocabulary(pages: Sequence[RawPage]) -> set[str]:
    """Words and hyphenated compounds that stand unbroken somewhere in the document, in lower case."""
    return {w.lower() for page in pages for line in page.lines for w in _WORD.findall(line.text)}


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[list[Line]] = []
    for line in lines:
        if rows and beside(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_Row(tuple(row)) for row in rows]


def beside(line: Line, following: Line) -> bool:
    """Whether two lines in the order of the file are fragments of one printed row."""
    overlap = min(line.top, following.top) - max(line.last_bottom, following.bottom)
    return following.left >= line.right - 2 and overlap > 0.5 * min(line.height, following.height)


def _is_raised(line: Line) -> bool:
    return bool(line.raised) or line.text.isdigit()


def _mend(text: str, following: str, words: set[str]) -> str:
    """What joins a word broken at a line's end: "con" + "cerning", but "broker" + "-" + "dealer"."""
    head, tail = re.search(r"[A-Za-z]*$", text), re.match(r"[A-Za-z]*", following)
    left, right = (head[0] if head else "").lower(), (tail[0] if tail else "").lower()
    if not left or not right or f"{left}-{right}" in words:
        return "-"
    if left + right in words:
        return ""
    return "-" if left in words and right in words else ""


def _paragraph_ends(rows: Sequence[_Row], pitch: float) -> list[bool]:
    """For each row, whether the next one begins a paragraph."""
    gaps = [gap for above, below in pairwise(rows) if (gap := above.last_bottom - below.bottom) > 2]
    usual = median(gaps) if gaps else 0.0
    measures = _Measures(usual, max(usual, pitch), max((row.right for row in rows), default=0.0))
    return [
        i + 1 == len(rows) or _ends_paragraph(rows[i - 1] if i else None, row, rows[i + 1], measures)
        for i, row in enumerate(rows)
    ]


@dataclass(frozen=True, slots=True)
class _Measures:
    """Distances in points: between lines on this page, at most between lines of one paragraph, and the right edge."""

    usual: float
    widest: float
    right_edge: float


def _ends_paragraph(before: _Row | None, row: _Row, following: _Row, measures: _Measures) -> bool:
    gap = row.last_bottom - following.bottom
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


def _font_changes(row: _Row, following: _Row) -> bool:
    """A heading in bold ends where the roman type begins; a bullet's own font means nothing."""
    fonts = row.font, following.font
    return fonts[0] != fonts[1] and all(font and "Symbol" not in font for font in fonts)
