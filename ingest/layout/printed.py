"""Characters of a page in, printed lines out. Pure: it asks a :class:`Glyphs` for boxes and fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Protocol

_LINE_END = "\r\n"
_BROKEN_WORD = "\ufffe"  # what pdfium puts where a word was hyphenated at a line's end
_BLANKS = dict.fromkeys((0x00, 0x09, 0x0A, 0x0D, 0xA0, 0x2028), " ")
_CLEAN = _BLANKS | {0x02: "-", 0xAD: "-", 0xF0B7: "•", 0xF0A7: "•"}
_NOTE_START = re.compile(r"(\d{1,4}|\*{1,3}|[†‡])\s*(?=\S)")
_MARK = re.compile(r"\d+|\*{1,3}|[†‡]")
_ENDS_IN_FIGURE = re.compile(r".*(?:[\d)%—–*-]\.?|\bn/?[am])", re.IGNORECASE | re.DOTALL)
_LEADERS = ("....", ". . . .")
_FIGURE = re.compile(r"(?:^|\s)[$(]{0,2}\d[\d,.]*[)%]{0,2}\s(?=\S)")
_BLANK = re.compile(r"\s+")
_BETWEEN_CALLS = "0123456789*†‡(), "  # what stands between a word and the last of its calls
_SMALL = 0.85  # a raised number is at most this part of its neighbours' height
_RAISED = 0.15  # and stands higher by at least this part
_SAME_LINE = 0.3  # boxes of one line overlap by at least this part of their height
_APART = 0.12  # words are apart by at least this part of the height
_TIGHTEST = 0.2  # the average character takes at least this part of the height
_WIDE = 0.9  # a gap between two cells of a row is at least this part of the line's height
_LOOSE = 0.4  # the part of the height that the average character takes
_LOOSER = 1.15  # and more by this factor where there may be gaps
_LONG = 20
_LEAST_HEIGHT = 0.5  # points; some fonts state none
_TABLE_ROWS = 8  # on a page with so many rows of cells any line may be one
_CELL_WORDS = 8  # the first cell of which has so many words at most

Rectangle = tuple[float, float, float, float]


class Glyphs(Protocol):
    """The characters of one page in the order of the file."""

    @property
    def text(self) -> str:
        """One character for each glyph; lines end with CR LF."""
        ...

    def box(self, index: int) -> Rectangle:
        """Left, bottom, right and top in points from the page's lower left corner, ascent and descent included."""
        ...

    def font(self, index: int) -> str:
        """Name of its font."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """White space inside a line, from ``left`` to ``right`` in points; ``line.text[start:end]`` is blank."""

    start: int
    end: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page.

    Attributes:
        text: its characters, one for each character of the PDF from ``first_char`` on.
        left, bottom, right, top: in points from the page's lower left corner.
        height: of its characters' boxes in points (the larger of first and last).
        font: name of the font of its first character, "" when it differs from the last's.
        raised: number or mark that stands raised at its beginning ("12"), else "".
        broken: its last word continues in the next line.
        gaps: all white space in it, when some of it is wide enough to part two cells.
        calls: (offset in ``text``, number or mark) of what stands raised after a word.
    """

    text: str
    first_char: int
    left: float
    bottom: float
    right: float
    top: float
    height: float
    font: str
    raised: str
    broken: bool
    gaps: tuple[Gap, ...] = ()
    calls: tuple[tuple[int, str], ...] = ()

    def beside(self, line: "Line") -> bool:
        """Whether the next line in the order of the file stands behind this one in the same printed row."""
        if line.left < self.right - 2:
            return False
        return min(self.top, line.top) - max(self.bottom, line.bottom) > 0.5 * min(self.height, line.height)

    def goes_on_in(self, line: "Line") -> bool:
        """Whether another line begins where this one ends: pdfium takes some words apart."""
        return line.left - self.right < _APART * self.height

    def is_call_beside(self, line: "Line") -> bool:
        """Whether this line is, or begins with, a number or mark raised behind the words of another."""
        if self.raised or not _MARK.fullmatch(self.text):
            return bool(self.raised)
        return self.height < _SMALL * line.height and self.bottom > line.bottom + _RAISED * line.height


@dataclass(frozen=True, slots=True)
class RawPage:
    """Lines of a page in the order of the file; sizes in points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """Characters of one printed line, and the boxes of the first and the last of them."""

    text: str
    first_char: int
    first: Rectangle
    last: Rectangle
    broken: bool

    @property
    def height(self) -> float:
        return max(self.first[3] - self.first[1], self.last[3] - self.last[1])

    @property
    def looseness(self) -> float:
        """The part of the height that the average character takes; more where there are gaps."""
        return (self.last[2] - self.first[0]) / max(self.height * len(self.text), 1.0)


def printed_lines(glyphs: Glyphs) -> list[Line]:
    """The lines of a page in the order of the file; blank ones are left out."""
    text = glyphs.text
    spans: list[_Span] = []
    start = 0
    for run in re.split(f"{_LINE_END}|{_BROKEN_WORD}", text):
        end = start + len(run)
        broken = text[end : end + 1] == _BROKEN_WORD
        if run.strip():
            spans += _spans(glyphs, run.translate(_CLEAN), start, broken=broken)
        start = end + (1 if broken else len(_LINE_END))
    looseness = sorted(span.looseness for span in spans if len(span.text) > _LONG)
    plain = looseness[len(looseness) // 4] if looseness else _LOOSE
    rows = [_may_hold_cells(glyphs, span, _LOOSER * plain) for span in spans]
    tabular = sum(rows) >= _TABLE_ROWS
    return [
        _line(glyphs, span, cells=row or (tabular and _begins_with_cell(glyphs, span)))
        for span, row in zip(spans, rows, strict=True)
    ]


def _spans(glyphs: Glyphs, run: str, start: int, *, broken: bool) -> Iterator[_Span]:
    """The printed lines of a run of characters: pdfium misses a line's end here and there."""
    start += len(run) - len(run.lstrip())
    text = run.strip()
    first, last = glyphs.box(start), glyphs.box(start + len(text) - 1)
    if not _is_suspect(first, last, len(text)):
        yield _Span(text, start, first, last, broken)
        return
    for low, end in pairwise([0, *_missed_ends(glyphs, text, start), len(text)]):
        part = text[low:end].rstrip()
        at = start + low + len(part) - len(part.lstrip())
        part = part.lstrip()
        ends_line = end == len(text)
        hyphen = not ends_line and bool(re.search(r"[A-Za-z]-$", part))
        part = part[: len(part) - hyphen]
        if part:
            box = last if ends_line else glyphs.box(at + len(part) - 1)
            yield _Span(part, at, first if low == 0 else glyphs.box(at), box, broken=broken if ends_line else hyphen)


def _is_suspect(first: Rectangle, last: Rectangle, count: int) -> bool:
    """Whether the ends of a run are not of one line, or so many characters cannot stand between them."""
    height = max(first[3] - first[1], last[3] - last[1])
    overlap = min(first[3], last[3]) - max(first[1], last[1])
    return overlap < _SAME_LINE * height or (count > _LONG and last[2] - first[0] < _TIGHTEST * height * count)


def _missed_ends(glyphs: Glyphs, text: str, start: int) -> list[int]:
    """Where the characters of a run go to another height; nowhere when they are set from bottom to top."""
    cuts: list[int] = []
    line = glyphs.box(start)
    for index in range(1, len(text)):
        if text[index].isspace():
            continue
        box = glyphs.box(start + index)
        height = max(box[3] - box[1], line[3] - line[1])
        if min(box[3], line[3]) - max(box[1], line[1]) >= _SAME_LINE * height:
            continue
        if index == 1 and abs(box[0] - line[0]) < _SAME_LINE * height:
            return []
        cuts.append(index)
        line = box
    return cuts


def _line(glyphs: Glyphs, span: _Span, *, cells: bool) -> Line:
    text, first = span.text, span.first_char
    base = _base(glyphs, span)
    boxes = (span.first, base, span.last)
    height = max(base[3] - base[1], _LEAST_HEIGHT)
    raised = _raised(span, base)
    font, last_font = glyphs.font(first), glyphs.font(first + len(text) - 1)
    return Line(
        text, first, span.first[0], min(box[1] for box in boxes), span.last[2], max(box[3] for box in boxes), height,
        font=font if font == last_font else "",
        raised=raised, broken=span.broken,
        gaps=_gaps(glyphs, text, first, height) if cells else (),
        calls=tuple(_calls(glyphs, span, base)),
    )  # fmt: skip


def _base(glyphs: Glyphs, span: _Span) -> Rectangle:
    """The box of a full-size character of a line, which may begin and end with raised ones."""
    ends = [span.first, span.last]
    if mark := _NOTE_START.match(span.text):
        ends.append(glyphs.box(span.first_char + mark.end()))
    return max(ends, key=lambda box: box[3] - box[1])


def _raised(span: _Span, base: Rectangle) -> str:
    """The footnote number at the beginning of a line: smaller than the words after it, and higher."""
    mark, height = _NOTE_START.match(span.text), base[3] - base[1]
    small = span.first[3] - span.first[1] < _SMALL * height
    return mark[1] if mark and small and span.first[1] > base[1] + _RAISED * height else ""


def _may_hold_cells(glyphs: Glyphs, span: _Span, loose: float) -> bool:
    """Whether a line may be a row of cells; asking for the boxes of all its words is what reading a page costs."""
    if span.looseness > loose or _ENDS_IN_FIGURE.fullmatch(span.text[-4:]) or any(d in span.text for d in _LEADERS):
        return True
    return any(_is_wide(glyphs, span, match.end() - 1, match.end()) for match in _FIGURE.finditer(span.text))


def _begins_with_cell(glyphs: Glyphs, span: _Span) -> bool:
    """Whether one of the first words of a line is far from the next."""
    return any(_is_wide(glyphs, span, *match.span()) for match in islice(_BLANK.finditer(span.text), _CELL_WORDS))


def _is_wide(glyphs: Glyphs, span: _Span, start: int, end: int) -> bool:
    """Whether the white space from ``start`` to ``end`` may part two cells."""
    left, right = glyphs.box(span.first_char + start - 1)[2], glyphs.box(span.first_char + end)[0]
    return right - left >= _WIDE * span.height


def _gaps(glyphs: Glyphs, text: str, first: int, height: float) -> tuple[Gap, ...]:
    gaps = tuple(
        Gap(m.start(), m.end(), glyphs.box(first + m.start() - 1)[2], glyphs.box(first + m.end())[0])
        for m in _BLANK.finditer(text)
    )
    return gaps if any(gap.right - gap.left >= _WIDE * height for gap in gaps) else ()


def _calls(glyphs: Glyphs, span: _Span, base: Rectangle) -> Iterator[tuple[int, str]]:
    """Numbers and marks that are smaller than the line and stand higher: "customers.12", "2017.65"."""
    height = base[3] - base[1]

    def is_raised(index: int) -> bool:
        _, bottom, _, top = glyphs.box(span.first_char + index)
        return top - bottom < _SMALL * height and bottom > base[1] + _RAISED * height

    for match in _MARK.finditer(span.text):
        start = end = match.end()
        while start > match.start() and is_raised(start - 1):
            start -= 1
        word = len(span.text[:start].rstrip(_BETWEEN_CALLS)) - 1
        if start < end and word >= 0 and not is_raised(word) and "⁄" not in span.text[start - 1 : end + 1]:
            yield start, span.text[start:end]
