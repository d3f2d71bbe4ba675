"""A comparison as a Word document: real headings, a table for each provision, struck and underlined words."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rag.compared.brief import cell
from rag.compared.sheets import CHECKED, LEGEND, STATUS_WORDS, Quote, Report, Sheet, SheetRow, summary

_RED, _BLUE, _SOFT = "B3261E", "1F4E9E", "57606A"
_HEAD_SHADE = "E8ECF1"
_SHADES = {
    "changed": "FFF4D6", "added": "E3F5E6", "removed": "FDECEB", "unchanged": "F4F6F8", "not_addressed": "F4F6F8",
}  # fmt: skip


def to_docx(report: Report) -> bytes:
    """A report as the bytes of a .docx file."""
    import docx

    document = docx.Document()
    _describe(document, report)
    document.add_heading(report.title, level=0)
    for name, title in zip(report.names, report.titles, strict=True):
        document.add_paragraph(f"{name}: {title}" if name != title else name, style="List Bullet")
    _legend(document)
    if report.topics:
        _topics(document, report)
    for sheet in report.sheets:
        _sheet(document, sheet)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: Any, report: Report) -> None:
    from docx.shared import Cm

    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.language = report.title[:255], "reglens", "", "en-US"
    facts.created = facts.modified = datetime.now(UTC).replace(tzinfo=None)
    part = document.sections[0]
    part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Cm(2)
    foot = part.footer.paragraphs[0]
    foot.text = f"Compared: {' → '.join(report.names)}. {CHECKED}"
    _looks(foot.runs[0], size=8, colour=_SOFT)


def _legend(document: Any) -> None:
    paragraph = document.add_paragraph(f"{LEGEND} ")
    _looks(paragraph.add_run("Struck and red"), colour=_RED, strike=True)
    paragraph.add_run(": in the first alone. ")
    _looks(paragraph.add_run("Underlined and blue"), colour=_BLUE, underline=True)
    paragraph.add_run(": in the second alone. ")
    _looks(paragraph.add_run("Bold"), bold=True)
    paragraph.add_run(": in one of two different texts.")


def _sheet(document: Any, sheet: Sheet) -> None:
    document.add_heading(sheet.title, level=1)
    document.add_paragraph(summary(sheet))
    for row in sheet.rows:
        document.add_heading(f"{row.number}. {row.topic}", level=2)
        _row(document, sheet, row)


def _row(document: Any, sheet: Sheet, row: SheetRow) -> None:
    """A table: what became of it; the two documents; their quotes; the reason."""
    table = document.add_table(rows=3 if row.a or row.b else 1, cols=2, style="Table Grid")
    top = table.cell(0, 0).merge(table.cell(0, 1))
    _shade(top, _SHADES[row.status])
    paragraph = top.paragraphs[0]
    _looks(paragraph.add_run(STATUS_WORDS[row.status].capitalize()), bold=True)
    if row.difference:
        paragraph.add_run(f": {row.difference}")
    if row.a or row.b:
        for column, name in enumerate((sheet.a_name, sheet.b_name)):
            head = table.cell(1, column)
            _shade(head, _HEAD_SHADE)
            _looks(head.paragraphs[0].add_run(name), bold=True)
        _quotes(table.cell(2, 0), row.a, "old" if row.versions else "other")
        _quotes(table.cell(2, 1), row.b, "new" if row.versions else "other")
    if row.reason:
        cells = table.add_row().cells
        why = cells[0].merge(cells[1])
        _looks(why.paragraphs[0].add_run(f"Why, in the words of {row.reason_name}"), bold=True)
        _quotes(why, row.reason, "other", first=False)


def _quotes(box: Any, quotes: Sequence[Quote], look: str, *, first: bool = True) -> None:
    """Quotes, each with its place below it; the first takes the paragraph that a cell comes with."""
    if not quotes:
        _looks(box.paragraphs[0].add_run("no quote"), colour=_SOFT)
    for number, quote in enumerate(quotes):
        paragraph = box.paragraphs[0] if first and not number else box.add_paragraph()
        paragraph.add_run("“")
        for words, marked in quote.runs:
            run = paragraph.add_run(words)
            if marked:
                _mark(run, look)
        paragraph.add_run("”")
        _looks(box.add_paragraph().add_run(quote.where), size=8.5, colour=_SOFT)


def _mark(run: Any, look: str) -> None:
    if look == "old":
        _looks(run, colour=_RED, strike=True)
    elif look == "new":
        _looks(run, colour=_BLUE, underline=True)
    else:
        _looks(run, bold=True)


def _topics(document: Any, report: Report) -> None:
    document.add_heading("By topic", level=1)
    table = document.add_table(rows=1, cols=len(report.names) + 1, style="Table Grid")
    for head, name in zip(table.rows[0].cells, ("Topic", *report.names), strict=True):
        _shade(head, _HEAD_SHADE)
        _looks(head.paragraphs[0].add_run(name), bold=True, size=9)
    for line in report.topics:
        cells = table.add_row().cells
        _looks(cells[0].paragraphs[0].add_run(line.topic), bold=True, size=9)
        for column in range(len(line.cells)):
            paragraph = cells[column + 1].paragraphs[0]
            _, status, quote = cell(line, column)
            if status:
                _looks(paragraph.add_run(f"{status} " if quote else status), bold=True, size=9)
            _looks(paragraph.add_run(quote), size=9)
    if report.topics_left_out:
        document.add_paragraph(f"{report.topics_left_out} more topics were left out by the limit.")


def _looks(
    run: Any,
    *,
    bold: bool = False,
    strike: bool = False,
    underline: bool = False,
    size: float | None = None,
    colour: str | None = None,
) -> None:
    from docx.shared import Pt, RGBColor

    run.bold, run.font.strike, run.underline = bold or None, strike or None, underline or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _shade(box: Any, colour: str) -> None:
    """Fill a cell; the library has no call for it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    box._tc.get_or_add_tcPr().append(shading)
