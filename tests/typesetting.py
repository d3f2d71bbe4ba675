"""Breaks marked-up words into printed lines and fills columns with them; release_factory.py draws the result.

All measures are points (1/72 inch). A small model of a word processor: greedy lines, footnotes at the foot of
the column that calls them, and a footnote that does not fit goes on at the foot of the next column.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reportlab.pdfbase.pdfmetrics import stringWidth

Style = Literal["roman", "bold", "italic", "call"]
FACES: Mapping[Style, str] = {
    "roman": "Times-Roman",
    "bold": "Times-Bold",
    "italic": "Times-Italic",
    "call": "Times-Roman",
}
CALL_SCALE = 0.66  # a superscript number against the words around it
NOTE_GAP = 14.0  # between the words and the footnotes, with the short rule in the middle
_MARKUP = re.compile(r"(\*\*.+?\*\*|\^\d+\^|_.+?_)")
_CONSONANT_PAIRS = ("ch", "gh", "ph", "qu", "sh", "th", "wh")
_VOWELS = "aeiouy"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style."""

    text: str
    style: Style = "roman"

    def width(self, size: float) -> float:
        """Printed width where the words around it have ``size``."""
        scale = CALL_SCALE if self.style == "call" else 1.0
        return float(stringWidth(self.text, FACES[self.style], size * scale))


Word = tuple[Run, ...]
_LINE_END: Word = (Run("|"),)


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of paragraph is set.

    Attributes:
        first: indent of the first line.
        rest: indent of the other lines.
        label_at: indent of the label (a number or a bullet); ``None`` runs it into the words.
        style: of words without marks.
        label_style: of the label.
        leading: line height; ``None`` means that of the look.
        centred: between the column's edges.
    """

    first: float = 0.0
    rest: float = 0.0
    label_at: float | None = None
    style: Style = "roman"
    label_style: Style = "roman"
    leading: float | None = None
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """The measures of one kind of print on a Letter page (612 x 792)."""

    size: float
    leading: float
    note_size: float
    note_leading: float
    columns: int
    width: float
    gutter: float
    left: float
    top: float
    bottom: float
    hyphens: bool
    shapes: Mapping[str, Shape]

    def column_x(self, n: int) -> float:
        """Left edge of column ``n``, counted from 0."""
        return self.left + n * (self.width + self.gutter)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line and where it comes from.

    Attributes:
        runs: its words, calls included.
        owner: index of its paragraph, or number of its footnote.
        calls: numbers of the footnotes called in it.
        join: what the line's end stands for: ``" "``, ``""`` after a hyphen of the word itself, ``"-"`` after
            a hyphen that is there only because the line ends.
        right: strings that end at a distance from the column's left edge.
        keep: it must not be the last line of a column.
        fresh: it begins a page.
    """

    runs: tuple[Run, ...]
    owner: int
    size: float
    leading: float
    indent: float
    join: str
    calls: tuple[int, ...] = ()
    label: Run | None = None
    label_at: float = 0.0
    right: tuple[tuple[float, str], ...] = ()
    keep: bool = False
    fresh: bool = False

    @property
    def text(self) -> str:
        """The words as a reader would say them: without calls and dot leaders."""
        words = "".join(run.text for run in self.runs if run.style != "call")
        ends = [text.strip(" .") for _, text in self.right]
        return " ".join(part for part in (self.label.text if self.label else "", words, *ends) if part)


@dataclass(slots=True)
class Column:
    """What one column holds, while it is being filled."""

    body: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)

    def free(self, look: Look) -> float:
        """Height left between the words and the footnotes."""
        used = sum(line.leading for line in self.body + self.notes) + (NOTE_GAP if self.notes else 0.0)
        return look.top - look.bottom - used


def join_lines(lines: Iterable[Line]) -> str:
    """Undo the breaking: the paragraph, with words that were cut at a line end made whole."""
    text, join = "", ""
    for line in lines:
        text = (text[:-1] if join == "-" else text + join) + line.text
        join = line.join
    return text


def set_words(text: str, shape: Shape, look: Look, *, label: str = "", owner: int, note: bool = False) -> list[Line]:
    """Set one paragraph (or one footnote) as lines of the look's width."""
    size, leading = (look.note_size, look.note_leading) if note else (look.size, shape.leading or look.leading)
    if label and shape.label_at is None:
        text, label = f"{label} {text}", ""
    queue = _words(text, shape.style)[::-1]
    lines: list[Line] = []
    while queue:
        indent = shape.rest if lines else shape.first
        words, join = _fill_line(queue, look.width - indent, size, hyphens=look.hyphens)
        runs = _spaced(words)
        if shape.centred:
            indent = (look.width - sum(run.width(size) for run in runs)) / 2
        calls = tuple(int(run.text) for run in runs if run.style == "call")
        mark = Run(label, shape.label_style) if label and not lines else None
        lines.append(Line(runs, owner, size, leading, indent, join, calls, mark, shape.label_at or 0.0))
    return lines


def fill_columns(lines: Sequence[Line], notes: Mapping[int, Sequence[Line]], look: Look) -> list[Column]:
    """Put lines into columns, each with the footnotes that it calls.

    A call and the first two lines of its footnote always share a column; the rest of a long footnote may not.

    Raises:
        ValueError: if a line does not fit even into an empty column.
    """
    columns, carried = [Column()], list[Line]()
    for n, line in enumerate(lines):
        called = [notes[number] for number in line.calls]
        room = _note_room(columns[-1], lines, n, called, look)
        while room < 0 or (line.fresh and columns[-1].body):
            if not columns[-1].body and not columns[-1].notes:
                raise ValueError(f"no empty column holds the line {line.text!r} with its footnotes")
            columns.append(Column(notes=carried))
            carried = []
            room = _note_room(columns[-1], lines, n, called, look)
        printed = [note_line for note in called for note_line in note]
        columns[-1].body.append(line)
        columns[-1].notes += printed[:room]
        carried = carried + printed[room:]
    if carried:
        columns.append(Column(notes=carried))
    return columns


def _note_room(column: Column, lines: Sequence[Line], n: int, called: Sequence[Sequence[Line]], look: Look) -> int:
    """How many footnote lines fit below line ``n``; -1 if the line, or what it drags along, does not fit."""
    free = column.free(look) - lines[n].leading
    while lines[n].keep and n + 1 < len(lines):
        n += 1
        free -= lines[n].leading
    if free < 0:
        return -1
    if not called:
        return 0
    room = int((free - (0.0 if column.notes else NOTE_GAP)) // look.note_leading)
    last = len(called[-1])
    least = sum(map(len, called)) - last + (last if last < 5 else 2)
    return room if room >= least else -1


def _words(text: str, style: Style) -> list[Word]:
    """Split marked-up text at spaces; a word may hold several styles."""
    words: list[list[Run]] = [[]]
    for part in _MARKUP.split(text):
        bare, its_style = part, style
        if _MARKUP.fullmatch(part):
            its_style = {"*": "bold", "^": "call", "_": "italic"}[part[0]]  # type: ignore[assignment]
            bare = part.strip("*^_")
        for n, piece in enumerate(bare.split(" ")):
            if n:
                words.append([])
            if piece:
                words[-1].append(Run(piece, its_style))
    return [tuple(word) for word in words if word]


def _fill_line(queue: list[Word], room: float, size: float, *, hyphens: bool) -> tuple[list[Word], str]:
    """Take words from the end of ``queue`` until the line is full; also say what its end stands for."""
    line: list[Word] = []
    while queue:
        word = queue.pop()
        if word == _LINE_END:
            return line, " "
        gap = Run(" ").width(size) if line else 0.0
        needed = gap + sum(run.width(size) for run in word)
        if needed <= room:
            line.append(word)
            room -= needed
            continue
        head, tail, join = _cut(word, room - gap, size, hyphens=hyphens)
        if not line and not head:  # wider than the column: let it stick out
            return [word], " "
        line += [part for part in (head,) if part]
        queue += [part for part in (tail,) if part]
        return line, join
    return line, " "


def _cut(word: Word, room: float, size: float, *, hyphens: bool) -> tuple[Word, Word, str]:
    """Cut a word where it has a hyphen, or may get one, so that its head fits; else the head is empty."""
    text, style = word[0].text, word[0].style
    for k in range(len(text) - 2, 1, -1):
        hard = text[k - 1] == "-" and text[k - 2].isalpha() and text[k].isalpha()
        if hard or (hyphens and _syllable(text, k)):
            head = Run(text[:k] if hard else text[:k] + "-", style)
            if head.width(size) <= room:
                return (head,), (Run(text[k:], style), *word[1:]), "" if hard else "-"
    return (), word, " "


def _syllable(text: str, k: int) -> bool:
    """May a hyphen go before letter ``k``? Rough, but never inside a number or near a word's edge."""
    letters = k >= 3 and text[:k].isalpha() and len(text) >= k + 3 and text[k : k + 3].isalpha()
    return letters and text[k] not in _VOWELS and text[k + 1] in _VOWELS and text[k - 1 : k + 1] not in _CONSONANT_PAIRS


def _spaced(words: Sequence[Word]) -> tuple[Run, ...]:
    """Words with spaces between them, neighbours of one style merged."""
    runs: list[Run] = []
    for n, word in enumerate(words):
        for m, run in enumerate(word):
            text = " " + run.text if n and not m else run.text
            if runs and runs[-1].style == run.style:
                runs[-1] = Run(runs[-1].text + text, run.style)
            else:
                runs.append(Run(text, run.style))
    return tuple(runs)
