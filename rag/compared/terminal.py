"""A comparison as text: bold and struck words on a terminal, ``[-…-]`` and ``{+…+}`` anywhere else."""

import io
import shutil
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.printable import printable
from rag.compared.brief import cell
from rag.compared.sheets import LEGEND, STATUS_WORDS, Quote, Report, Sheet, SheetRow, summary

if TYPE_CHECKING:
    from rich.text import Text

_WIDEST = 110
_COLOURS = {
    "changed": "yellow", "added": "green", "removed": "red", "unchanged": "blue", "not_addressed": "bright_black",
}  # fmt: skip
_STYLES = {"old": "bold strike red", "new": "bold green", "other": "bold"}
_SIGNS = {"old": ("[-", "-]"), "new": ("{+", "+}"), "other": ("*", "*")}


def to_text(report: Report, *, styled: bool = False, width: int | None = None) -> str:
    """A report as lines.

    Args:
        report: what is shown.
        styled: write for a terminal, with colours; else with signs about the words that are marked.
        width: columns; the terminal's, at most 110, if None.
    """
    from rich.console import Console

    file = io.StringIO()
    columns = width or min(shutil.get_terminal_size().columns, _WIDEST)
    console = Console(
        file=file, width=columns, force_terminal=styled, color_system="standard" if styled else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for text, indent in _lines(report, styled=styled):
        for line in text.wrap(console, columns - indent) or [text]:
            line.rstrip()
            console.print(_text(" " * indent) + line, no_wrap=True, crop=False, overflow="ignore")
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def _lines(report: Report, *, styled: bool) -> Iterator[tuple["Text", int]]:
    yield _text(report.title, "bold"), 0
    for name, title in zip(report.names, report.titles, strict=True):
        if name != title:
            yield _text(f"{name}: {title}"), 2
    if report.topics:
        yield from _topics(report)
    for sheet in report.sheets:
        yield from _sheet(sheet, styled=styled, headed=len(report.sheets) > 1)


def _sheet(sheet: Sheet, *, styled: bool, headed: bool) -> Iterator[tuple["Text", int]]:
    yield _text(""), 0
    if headed:
        yield _text(sheet.title, "bold"), 0
    yield _text(summary(sheet)), 0
    if any(piece[1] for row in sheet.rows for quote in (*row.a, *row.b) for piece in quote.pieces):
        yield _text(LEGEND + ("" if styled else " [-only first-] {+only second+} *one of them, of other texts*")), 0
    for row in sheet.rows:
        yield _text(""), 0
        yield from _row(sheet, row, styled=styled)
    if sheet.left_out:
        yield _text(f"\n{sheet.left_out} more rows were left out by the limit."), 0


def _row(sheet: Sheet, row: SheetRow, *, styled: bool) -> Iterator[tuple["Text", int]]:
    head = _text(f"{row.number}. ", "bold")
    head.append(STATUS_WORDS[row.status].upper(), f"bold {_COLOURS[row.status]}")
    head.append(f"  {row.topic}", "bold")
    yield head, 0
    if row.difference:
        yield _text(row.difference), 3
    if row.a or row.b:
        yield from _side(sheet.a_name, row.a, "old" if row.versions else "other", styled=styled)
        yield from _side(sheet.b_name, row.b, "new" if row.versions else "other", styled=styled)
    for quote in row.reason:
        yield _text(f"Why ({row.reason_name}, {quote.where}):", "italic"), 3
        yield _quoted(quote, "other", styled=styled), 5


def _side(name: str, quotes: Sequence[Quote], look: str, *, styled: bool) -> Iterator[tuple["Text", int]]:
    if not quotes:
        yield _text(f"{name}: no quote", "dim"), 3
    for quote in quotes:
        yield _text(f"{name}, {quote.where}", "cyan"), 3
        yield _quoted(quote, look, styled=styled), 5


def _quoted(quote: Quote, look: str, *, styled: bool) -> "Text":
    text = _text("“")
    before, after = ("", "") if styled else _SIGNS[look]
    for words, marked in quote.runs:
        if marked:
            text.append(f"{before}{words}{after}", _STYLES[look])
        else:
            text.append(words)
    text.append("”")
    return text


def _topics(report: Report) -> Iterator[tuple["Text", int]]:
    yield _text(f"\n{len(report.topics)} topics over {len(report.names)} documents", "bold"), 0
    for number, line in enumerate(report.topics, start=1):
        yield _text(f"\n{number}. {line.topic}", "bold"), 0
        for step, name in enumerate(report.names):
            _, status, quote = cell(line, step)
            yield _text(f"{name}: {', '.join(filter(None, (status, quote)))}"), 3
    if report.topics_left_out:
        yield _text(f"\n{report.topics_left_out} more topics were left out by the limit."), 0


def _text(words: str, style: str = "") -> "Text":
    from rich.text import Text

    return Text(printable(words), style=style)
