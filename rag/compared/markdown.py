"""A comparison as Markdown: a section for each provision, struck and bold words. Pure."""

import re
from collections.abc import Iterator, Sequence

from rag.compared.brief import cell
from rag.compared.sheets import CHECKED, LEGEND, STATUS_WORDS, Quote, Report, Sheet, SheetRow, TopicLine, summary

_SPECIAL = re.compile(r"([\\`*_\[\]#|~!$@{}]|:(?=//)|(?<=www)\.|^[-+](?=\s))")
_ITEM = re.compile(r"^(\d{1,9})([.)])(?=\s)")


def to_markdown(report: Report) -> str:
    """A report as Markdown; nothing in a document can be markup, a link or a picture in it."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    folded = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ITEM.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", folded))


def _lines(report: Report) -> Iterator[str]:
    yield from (f"# {escaped(report.title)}", "")
    for name, title in zip(report.names, report.titles, strict=True):
        yield f"- {escaped(name)}: {escaped(title)}" if name != title else f"- {escaped(name)}"
    yield from ("", f"{LEGEND} ~~Struck~~: in the earlier alone. **Bold**: in the later alone. {CHECKED}", "")
    if report.topics:
        yield from _topics(report)
    for sheet in report.sheets:
        yield from _sheet(sheet, headed=len(report.sheets) > 1)


def _sheet(sheet: Sheet, *, headed: bool) -> Iterator[str]:
    if headed:
        yield from (f"## {escaped(sheet.title)}", "")
    yield from (summary(sheet), "")
    level = "###" if headed else "##"
    for row in sheet.rows:
        yield from (f"{level} {row.number}. {escaped(row.topic)}", "")
        yield from _row(sheet, row)


def _row(sheet: Sheet, row: SheetRow) -> Iterator[str]:
    difference = f": {escaped(row.difference)}" if row.difference else ""
    yield from (f"**{STATUS_WORDS[row.status].capitalize()}**{difference}", "")
    if row.a or row.b:
        yield from _side(sheet.a_name, row.a, "~~" if row.versions else "**")
        yield from _side(sheet.b_name, row.b, "**")
    for quote in row.reason:
        yield from (f"Why ({escaped(row.reason_name)}, {escaped(quote.where)}):", "", _quoted(quote, ""), "")


def _side(name: str, quotes: Sequence[Quote], sign: str) -> Iterator[str]:
    if not quotes:
        yield from (f"{escaped(name)}: no quote", "")
    for quote in quotes:
        yield from (f"{escaped(name)}, {escaped(quote.where)}:", "", _quoted(quote, sign), "")


def _quoted(quote: Quote, sign: str) -> str:
    return "> “" + "".join(_marked(words, sign if marked else "") for words, marked in quote.runs) + "”"


def _marked(words: str, sign: str) -> str:
    """Words between signs, with the white space about them left outside, where Markdown wants it."""
    inner = escaped(words)
    if not inner:
        return " "
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() else ""
    return f"{before}{sign}{inner}{sign}{after}"


def _topics(report: Report) -> Iterator[str]:
    yield from ("## By topic", "")
    yield "| Topic | " + " | ".join(escaped(name) for name in report.names) + " |"
    yield "|---" * (len(report.names) + 1) + "|"
    for line in report.topics:
        cells = [_cell(line, column) for column in range(len(line.cells))]
        yield f"| {escaped(line.topic)} | " + " | ".join(cells) + " |"
    yield ""
    if report.topics_left_out:
        yield from (f"{report.topics_left_out} more topics were left out by the limit.", "")


def _cell(line: TopicLine, column: int) -> str:
    _, status, quote = cell(line, column)
    return " ".join(filter(None, (status and f"**{status}**", escaped(quote))))
