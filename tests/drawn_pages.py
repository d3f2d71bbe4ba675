"""Turns marked-up text into pages and keeps the truth about them; release_factory.py draws the result."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tests.typesetting import Line, Look, Run, fill_columns, join_lines, set_words

MARKS = {
    "#": "heading1",
    "##": "heading2",
    "###": "heading3",
    "####": "heading4",
    "!": "title",
    "-": "bullet",
}
IN_CONTENTS = 3  # levels of heading that the printed contents and the bookmarks show


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """What one page shows.

    Attributes:
        number: 1-based.
        label: as in the PDF's page labels or, if it has none, as printed; ``None`` if neither.
        body: paragraphs, headings, contents lines and table rows in reading order, as far as they stand on
            this page; without footnote calls and dot leaders. A word cut by a line end inside the page is
            whole; one cut by the page's end is not.
        notes: footnotes, as far as they stand on this page; the first part begins with the number.
        running_head: the line above the body.
        footer: the line below it: a page number, or the Federal Register's "VerDate" line.
        calls: numbers of the footnotes called in ``body``.
    """

    number: int
    label: str | None
    body: tuple[str, ...]
    notes: tuple[str, ...]
    running_head: str | None
    footer: str | None
    calls: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnHeading:
    """A heading: its printed number (``"II."``, ``"Item 1A."``), words, level from 1, and 1-based page."""

    number: str
    text: str
    level: int
    page: int
    in_bookmarks: bool

    @property
    def title(self) -> str:
        """Number and words, as printed and as in the bookmarks."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class DrawnParagraph:
    """A whole paragraph (or heading, or row), wherever the page ends.

    Attributes:
        text: with words and sentences that cross a line or page made whole; without footnote calls.
        kind: ``para``, ``lead`` (begins with a bold word), ``title``, ``heading1`` to ``heading4``,
            ``bullet``, ``question``, ``contents1`` to ``contents3``, ``centre`` or ``row``.
        section: numbers of the headings above it, e.g. ``"II.B.2.a"``; ``""`` before the first.
        first_page: 1-based.
        last_page: 1-based, inclusive.
    """

    text: str
    kind: str
    section: str
    first_page: int
    last_page: int


@dataclass(frozen=True, slots=True)
class DrawnNote:
    """A whole footnote; ``first_page`` is also the page of its call. Pages are 1-based and inclusive."""

    number: int
    text: str
    first_page: int
    last_page: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph before it is set.

    Attributes:
        kind: see ``DrawnParagraph.kind``.
        label: its number or bullet, or ``""``.
        text: its words, marked up; of a row also the cells, separated by ``;``.
        fresh: it begins a page.
        points_to: of a contents line, the index of the heading's block.
    """

    kind: str
    label: str
    text: str
    fresh: bool = False
    points_to: int = -1

    @property
    def level(self) -> int:
        """1 to 4 for a heading, 0 for anything else."""
        return int(self.kind[-1]) if self.kind.startswith("heading") else 0


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands around the body of one page: its label, the line above, the line below."""

    label: str | None
    head: str | None
    footer: str | None


def parse(text: str, *, with_notes: bool = True) -> tuple[list[Block], dict[int, str]]:
    """Read the marks described in quiet_hours.py; footnotes are numbered from 1 in the order of calls."""
    notes: dict[int, str] = {}

    def call(match: re.Match[str]) -> str:
        if not with_notes:
            return ""
        notes[len(notes) + 1] = match[1]
        return f"^{len(notes)}^"

    blocks: list[Block] = []
    questions, fresh = 0, False
    for source in text.strip().split("\n\n"):
        words = re.sub(r"\[\[(.+?)\]\]", call, " ".join(source.split()))
        mark, _, rest = words.partition(" ")
        questions = questions + 1 if mark == "?" else 0
        if mark == "@page":
            fresh = True
            continue
        blocks.append(replace(_block(mark, rest, words, questions), fresh=fresh))
        fresh = False
    return _with_contents(blocks), notes


def _block(mark: str, rest: str, words: str, question: int) -> Block:
    """Make the block that a mark stands for."""
    if mark.startswith("#"):
        found = re.match(r"(Item \d+\w?\.|\S+) (.+)", rest)
        return Block(MARKS[mark], found[1], found[2]) if found else Block(MARKS[mark], "", rest)
    if mark == "?":
        return Block("question", f"{question}.", rest)
    if mark in ("@contents", "@row", "@centre"):
        return Block(mark[1:], "", rest)
    if words.startswith("**"):
        return Block("lead", "", words)
    return Block(MARKS[mark], "•" if mark == "-" else "", rest) if mark in MARKS else Block("para", "", words)


def _with_contents(blocks: list[Block]) -> list[Block]:
    """Replace ``@contents`` by a line for each heading; the first heading after it begins a page."""
    at = next((n for n, block in enumerate(blocks) if block.kind == "contents"), None)
    if at is None:
        return blocks
    listed = [n for n, block in enumerate(blocks) if 1 <= block.level <= IN_CONTENTS]
    lines = [Block("centre", "", "TABLE OF CONTENTS")]
    for n in listed:
        target = n + len(listed)
        lines.append(Block(f"contents{blocks[n].level}", blocks[n].label, blocks[n].text, points_to=target))
    return [*blocks[:at], *lines, replace(blocks[at + 1], fresh=True), *blocks[at + 2 :]]


class Layout:
    """Blocks set as pages, and what is true of them.

    Attributes:
        pages: the columns of each page.
    """

    def __init__(
        self, blocks: Sequence[Block], notes: Mapping[int, str], look: Look, contents: Mapping[int, str]
    ) -> None:
        self.blocks, self.look = blocks, look
        lines = [line for n in range(len(blocks)) for line in self._set(n, contents)]
        set_notes = {
            n: set_words(text, look.shapes["note"], look, label=str(n), owner=n, note=True) for n, text in notes.items()
        }
        columns = fill_columns(lines, set_notes, look)
        self.pages = [columns[n : n + look.columns] for n in range(0, len(columns), look.columns)]

    def _set(self, n: int, contents: Mapping[int, str]) -> list[Line]:
        """Set one block; see ``Line``."""
        block, look = self.blocks[n], self.look
        label, *cells = (block.text.split(" ; ")) if block.kind == "row" else (block.text,)
        lines = set_words(label, look.shapes[block.kind], look, label=block.label, owner=n)
        if cells:
            stops = (look.width - 90.0 * k for k in reversed(range(len(cells))))
            lines[-1] = replace(lines[-1], right=tuple(zip(stops, cells, strict=True)))
        if block.points_to >= 0 and look.columns == 1:
            lines[-1] = self._with_leader(lines[-1], contents.get(block.points_to, "0"))
        fresh = block.fresh and look.columns == 1
        keep = block.level > 0 or block.kind in ("centre", "title")
        return [replace(line, keep=keep, fresh=fresh and not k) for k, line in enumerate(lines)]

    def _with_leader(self, line: Line, page: str) -> Line:
        """Fill the rest of a contents line with dots and a page number."""
        used = line.indent + sum(run.width(line.size) for run in line.runs)
        tail = f" {page}"
        dots = (self.look.width - used - Run(tail).width(line.size)) // Run(".").width(line.size)
        return replace(line, right=((self.look.width, "." * max(int(dots) - 1, 2) + tail),))

    def body_lines(self, page: int) -> list[Line]:
        """Lines of a page (1-based) in reading order, footnotes left out."""
        return [line for column in self.pages[page - 1] for line in column.body]

    def note_lines(self, page: int) -> list[Line]:
        """Lines of the footnotes of a page (1-based)."""
        return [line for column in self.pages[page - 1] for line in column.notes]

    def drawn_pages(self, furniture: Sequence[Furniture]) -> tuple[DrawnPage, ...]:
        """Tell what each page shows."""
        return tuple(
            DrawnPage(
                n,
                around.label,
                tuple(join_lines(part) for _, part in groupby(self.body_lines(n), lambda line: line.owner)),
                tuple(join_lines(part) for _, part in groupby(self.note_lines(n), lambda line: line.owner)),
                around.head,
                around.footer,
                tuple(number for line in self.body_lines(n) for number in line.calls),
            )
            for n, around in enumerate(furniture, start=1)
        )

    def headings(self, *, in_bookmarks: bool) -> tuple[DrawnHeading, ...]:
        """List the headings; levels past ``IN_CONTENTS`` have no bookmark."""
        spans = self.spans()
        return tuple(
            DrawnHeading(block.label, block.text, block.level, spans[n][1], in_bookmarks and block.level <= IN_CONTENTS)
            for n, block in enumerate(self.blocks)
            if block.level
        )

    def spans(self, *, notes: bool = False) -> dict[int, tuple[str, int, int]]:
        """Whole text, first and last page of each block, or of each footnote, by its owner."""
        where: dict[int, list[tuple[int, Line]]] = {}
        for page in range(1, len(self.pages) + 1):
            for line in self.note_lines(page) if notes else self.body_lines(page):
                where.setdefault(line.owner, []).append((page, line))
        return {
            owner: (join_lines(line for _, line in found), found[0][0], found[-1][0]) for owner, found in where.items()
        }

    def paragraphs(self) -> tuple[DrawnParagraph, ...]:
        """List every block with the section it stands in."""
        path: list[str] = []
        spans, found = self.spans(), []
        for n, block in enumerate(self.blocks):
            if block.level:
                path = [*path[: block.level - 1], block.label.rstrip(".")]
            text, first, last = spans[n]
            found.append(DrawnParagraph(text, block.kind, ".".join(path), first, last))
        return tuple(found)

    def drawn_notes(self) -> tuple[DrawnNote, ...]:
        """List every footnote."""
        return tuple(DrawnNote(number, *span) for number, span in self.spans(notes=True).items())
