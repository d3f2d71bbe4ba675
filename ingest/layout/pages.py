"""Printed lines in, readable pages out: furniture, footnotes, paragraphs, tables, printed page numbers.

Pure: no files. Each stage has a module: what is furniture, the printed numbers, what is a
note, the reading order, the tables, the paragraphs; here they are put one behind the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Page
from corpus.structure import Table
from ingest.formats.pdf import RawPdf
from ingest.layout.furniture import find_furniture
from ingest.layout.hyphens import Words, read_words
from ingest.layout.notelines import Body, margin_lines, measure_body, note_lines
from ingest.layout.pagelabels import printed_labels
from ingest.layout.pagetext import PageText, cell_text, write_rows
from ingest.layout.paragraphs import Measures, measure, text_rows, write_paragraphs
from ingest.layout.printed import Line, RawPage
from ingest.layout.readingorder import file_columns, in_reading_order
from ingest.layout.tables import Grid, find_tables


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Pages of text, and the tables on them in order."""

    pages: tuple[Page, ...]
    tables: tuple[Table, ...]


def lay_out(pdf: RawPdf) -> LaidOut:
    """Turn a PDF's lines into pages of text.

    Running heads and page numbers become ``furniture``; footnotes and notes in the margin are
    moved behind the body of their page; lines are joined by a newline, paragraphs by a blank
    line, and words that were broken at a line's end are whole again. A row of a table is one line.
    """
    furniture = find_furniture(pdf.pages)
    labels = printed_labels(pdf.pages, furniture)
    words = read_words(pdf.pages)
    body = measure_body(pdf.pages)
    margins = margin_lines(pdf.pages, furniture, body)
    pages: list[Page] = []
    tables: list[Table] = []
    open_note = False
    for raw in pdf.pages:
        aside = furniture[raw.number]
        margin = margins.get(raw.number, [])
        notes = note_lines(raw, aside.union(margin), body, open_note=open_note)
        open_note = bool(notes)
        declared = pdf.labels[raw.number - 1] if pdf.labels else None
        label = labels.get(raw.number) or declared or None
        page, found = _compose(raw, label, _Roles(aside, notes, margin), words, body)
        pages.append(page)
        tables += found
    return LaidOut(tuple(pages), tuple(tables))


@dataclass(frozen=True, slots=True)
class _Roles:
    """Indices of the lines of a page that are not its body."""

    furniture: set[int]
    notes: set[int]
    margin: list[int]


def _compose(raw: RawPage, label: str | None, roles: _Roles, words: Words, body: Body) -> tuple[Page, list[Table]]:
    text = PageText()
    others = roles.furniture.union(roles.notes, roles.margin)
    in_order = in_reading_order([line for i, line in enumerate(raw.lines) if i not in others])
    tables = _write_body(text, raw.number, in_order, words, body.pitch)
    body_chars, calls = text.length, tuple(text.calls)
    foot = text_rows([raw.lines[i] for i in sorted(roles.notes)])
    margin = text_rows([raw.lines[i] for i in roles.margin])
    for rows, measures in ((foot, measure(foot)), (margin, Measures(body.pitch, body.pitch, raw.width))):
        if rows:
            text.blank("\n\n" if text.length else "")
            write_paragraphs(text, rows, words, measures)
    furniture = tuple(raw.lines[i].text for i in sorted(roles.furniture))
    page = Page(raw.number, label, text.text, body_chars, furniture, tuple(text.runs), calls)
    return page, tables


def _write_body(text: PageText, number: int, lines: Sequence[Line], words: Words, pitch: float) -> list[Table]:
    tables: list[Table] = []
    blocks = [block if isinstance(block, Grid) else text_rows(block) for block in _blocks(lines)]
    measures = measure([row for block in blocks if not isinstance(block, Grid) for row in block], pitch)
    for block in blocks:
        text.blank("\n\n" if text.length else "")
        if isinstance(block, Grid):
            start = text.length
            write_rows(text, block.rows, words)
            rows = tuple(tuple(cell_text(cell, words) for cell in row) for row in block.rows)
            tables.append(Table(number, start, text.length, rows, block.caption))
        else:
            write_paragraphs(text, block, words, measures)
    return tables


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line] | Grid]:
    """Lines and tables in reading order; a table stands where its first line stands."""
    grids = [grid for column in file_columns(lines) for grid in find_tables(column)]
    grid_of = {id(line): grid for grid in grids for line in grid.lines}
    written: set[int] = set()
    held: list[Line] = []
    for line in lines:
        grid = grid_of.get(id(line))
        if grid is None:
            held.append(line)
        elif id(grid) not in written:
            written.add(id(grid))
            if held:
                yield held
            held = []
            yield grid
    if held:
        yield held
