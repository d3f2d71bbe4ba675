"""Paragraphs, tables and notes of a marked-up file in reading order, laid out as pages of text. Pure.

Readers of HTML and XML say what a file holds as a list of blocks; ``lay_blocks`` makes pages
of it as the PDF reader does: paragraphs parted by a blank line, one row of a table on a line,
footnotes behind the body of the page that calls them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus.pagemap import fold
from corpus.records import Page
from corpus.structure import Table
from ingest.outline.numbering import read_number
from ingest.readout import Mark

CELL_GAP = "  "
_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u2000-\u200a\u202f\u3000]+")
_AT_BREAK = re.compile(r" *\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Call:
    """The number of a footnote where the text calls it, as printed."""

    number: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page begins; ``label`` is the number printed on it, None where none is known."""

    label: str | None = None


Inline = str | Call | NewPage


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a newline ends a printed line, every other white space is a blank.

    Attributes:
        inlines: its text; of a heading, number included.
        level: of a heading, from 1; 0 for no heading.
        number: with which the heading's text begins ("§ 240.15l-1"), or "".
        run_in: what follows a heading in the same paragraph.
    """

    inlines: tuple[Inline, ...]
    level: int = 0
    number: str = ""
    run_in: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; every row has as many cells as the others."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, without its number in the text."""

    number: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A running head or a page number."""

    text: str


Block = Paragraph | Rows | Note | Furniture | NewPage


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Pages and what stands on them, in order."""

    pages: tuple[Page, ...]
    marks: tuple[Mark, ...]
    tables: tuple[Table, ...]

    @property
    def body(self) -> str:
        """The bodies of all pages, a newline between them."""
        return "\n".join(page.text[: page.body_chars] for page in self.pages)


def lay_blocks(blocks: Iterable[Block]) -> LaidOut:
    """Turn blocks into pages.

    A page without anything on it is not kept. A note goes to the page that first calls its
    number since that number last had a note, else it stays where it stands.
    """
    sheet = _Sheet(None)
    sheets = [sheet]
    marks: list[Mark] = []
    called: dict[str, _Sheet] = {}
    for block in blocks:
        if isinstance(block, NewPage):
            sheet = _turn(sheets, block)
        elif isinstance(block, Paragraph):
            sheet = _lay_paragraph(block, sheets, marks, called)
        elif isinstance(block, Rows):
            sheet.add_table(block, len(sheets))
        elif isinstance(block, Furniture):
            sheet.furniture.append(block.text)
        else:
            called.pop(block.number, sheet).notes.append(_note_text(block))
    kept = sheets if len(sheets) == 1 or not sheets[-1].empty else sheets[:-1]
    pages = tuple(sheet.page(number) for number, sheet in enumerate(kept, start=1))
    return LaidOut(pages, tuple(marks), tuple(table for sheet in kept for table in sheet.tables))


@dataclass(slots=True)
class _Sheet:
    """A page in the making."""

    label: str | None
    parts: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    calls: list[tuple[int, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.parts or self.notes or self.furniture)

    def add(self, text: str) -> int:
        """Append a paragraph; returns the offset at which it begins."""
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start

    def add_table(self, table: Rows, number: int) -> None:
        lines = [CELL_GAP.join(cell for cell in row if cell) for row in table.rows]
        start = self.add("\n".join(lines))
        self.tables.append(Table(number, start, self.length, table.rows, table.caption))

    def page(self, number: int) -> Page:
        body = "".join(self.parts)
        text = "\n\n".join([body, *self.notes]) if body else "\n\n".join(self.notes)
        return Page(number, self.label, text, len(body), tuple(self.furniture), calls=tuple(self.calls))


def _turn(sheets: list[_Sheet], page: NewPage) -> _Sheet:
    """Begin a page, unless the one begun last is still empty."""
    if sheets[-1].empty:
        sheets[-1].label = page.label or sheets[-1].label
    else:
        sheets.append(_Sheet(page.label))
    return sheets[-1]


def _lay_paragraph(paragraph: Paragraph, sheets: list[_Sheet], marks: list[Mark], called: dict[str, _Sheet]) -> _Sheet:
    """Set a paragraph, over as many pages as it runs; a heading is marked on the page where it begins."""
    unmarked = paragraph.level > 0
    for page, inlines in _by_page((*paragraph.inlines, *paragraph.run_in)):
        if page is not None:
            _turn(sheets, page)
        text, calls = _set(inlines)
        if not text:
            continue
        start = sheets[-1].add(text)
        sheets[-1].calls += [(start + offset, number) for offset, number in calls]
        for _, number in calls:
            called.setdefault(number, sheets[-1])
        if unmarked:
            marks += _mark(paragraph, start, len(text), len(sheets))
            unmarked = False
    return sheets[-1]


def _by_page(inlines: Sequence[Inline]) -> Iterator[tuple[NewPage | None, list[str | Call]]]:
    """Inlines by the page they stand on; the first lot stands on the page that is open."""
    page: NewPage | None = None
    held: list[str | Call] = []
    for inline in inlines:
        if isinstance(inline, NewPage):
            yield page, held
            page, held = inline, []
        else:
            held.append(inline)
    yield page, held


def _mark(paragraph: Paragraph, start: int, length: int, page: int) -> list[Mark]:
    """The mark of a heading whose paragraph was set from ``start`` on, if it has words."""
    lots = [text for _, inlines in _by_page(paragraph.inlines) if (text := _set(inlines)[0])]
    words = fold(" ".join(lots)).removeprefix(paragraph.number).strip().rstrip(":")
    if not words:
        return []
    return [Mark(page, start, start + min(len(lots[0]), length), words, paragraph.level, paragraph.number)]


def _set(inlines: Sequence[str | Call]) -> tuple[str, list[tuple[int, str]]]:
    """The text of inlines, white space folded, and (offset, number) of its calls."""
    line = _Line()
    for inline in inlines:
        if isinstance(inline, Call):
            line.call(inline.number)
        else:
            line.add(inline)
    return "".join(line.parts).rstrip(), line.calls


@dataclass(slots=True)
class _Line:
    """A paragraph in the making."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    calls: list[tuple[int, str]] = field(default_factory=list)
    _behind_call: bool = False

    def add(self, text: str) -> None:
        """Append text, white space folded; a word does not fuse with the number of a call before it."""
        text = _AT_BREAK.sub("\n", _BLANKS.sub(" ", text))
        if text.startswith("\n"):
            self._strip()
        if not self.parts or self.parts[-1][-1].isspace():
            text = text.lstrip()
        elif self._behind_call and text[:1].isalnum():
            text = f" {text}"
        self._append(text)

    def call(self, number: str) -> None:
        """Append a call directly behind the word it is set on, as in print, but apart from a figure."""
        self._strip()
        self._append(" " if self.parts and self.parts[-1][-1].isdigit() else "")
        self.calls.append((self.length, number))
        self._append(number)
        self._behind_call = True

    def _append(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)
            self._behind_call = False

    def _strip(self) -> None:
        """Take the white space off the end."""
        while self.parts and self.parts[-1][-1].isspace():
            kept = self.parts[-1].rstrip()
            self.length -= len(self.parts[-1]) - len(kept)
            self.parts[-1:] = [kept] if kept else []


def _note_text(note: Note) -> str:
    words = [i.number if isinstance(i, Call) else i for i in note.inlines if not isinstance(i, NewPage)]
    return f"{note.number} {_set(words)[0]}".strip()


_SECTION_NUMBER = re.compile(r"§+\s*\d[\w.]*(?:[–-]\w[\w.]*)*")


def heading_number(text: str) -> str:
    """The number that a heading begins with: "§ 240.15z-1", "II.", or ""."""
    section, other = _SECTION_NUMBER.match(text), read_number(text)
    return section[0] if section else other.printed if other else ""


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(text: str) -> str:
    """Raised figures as the characters that look so, that "10⁶" may not read as 106; other text as it is."""
    return text.translate(_RAISED) if text.strip().isdecimal() else text
