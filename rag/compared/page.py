"""A comparison as one HTML page: a redline in two columns. Pure.

The page fetches nothing, runs nothing and says so to the browser; every word of a document is escaped.
"""

from collections.abc import Iterator, Sequence
from html import escape

from rag.compared.brief import cell
from rag.compared.sheets import CHECKED, LEGEND, STATUS_WORDS, Quote, Report, Sheet, SheetRow, TopicLine, summary
from rag.compared.style import STYLE, hiding
from rag.marking import Kind

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def to_html(report: Report) -> str:
    """A report as a page that stands alone."""
    statuses = [s for s in STATUS_WORDS if any(row.status == s for sheet in report.sheets for row in sheet.rows)]
    return "\n".join((*_head(report.title, statuses), *_body(report, statuses), "</body>", "</html>", ""))


def _head(title: str, statuses: list[str]) -> Iterator[str]:
    yield from ("<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">')
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>{STYLE}{hiding(statuses)}</style>"
    yield from ("</head>", "<body>")


def _body(report: Report, statuses: list[str]) -> Iterator[str]:
    yield f"<header><h1>{escape(report.title)}</h1>"
    yield '<dl class="documents">'
    for name, title in zip(report.names, report.titles, strict=True):
        yield f"<dt>{escape(name)}</dt><dd>{escape(title)}</dd>"
    yield f'</dl><p class="soft">{escape(LEGEND)} <del>Struck</del>: in the first alone. '
    yield "<ins>Underlined</ins>: in the second alone. <mark>Highlighted</mark>: in one of two different texts.</p>"
    yield "</header>"
    yield from _filter(statuses)
    yield "<main>"
    if report.topics:
        yield from _topics(report)
    for number, sheet in enumerate(report.sheets, start=1):
        yield from _sheet(sheet, f"pair-{number}")
    yield f'</main><footer class="soft"><p>{escape(CHECKED)}</p></footer>'


def _filter(statuses: list[str]) -> Iterator[str]:
    if len(statuses) < 2:
        return
    yield "<fieldset><legend>Show rows that are</legend>"
    for status in statuses:
        yield f'<label><input type="checkbox" id="show-{status}" checked> {STATUS_WORDS[status]}</label>'
    yield "</fieldset>"


def _sheet(sheet: Sheet, identity: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{identity}"><h2 id="{identity}">{escape(sheet.title)}</h2>'
    yield f"<p>{escape(summary(sheet))}</p>"
    for row in sheet.rows:
        yield from _row(sheet, row)
    yield "</section>"


def _row(sheet: Sheet, row: SheetRow) -> Iterator[str]:
    yield f'<article class="row-{row.status}"><h3>{row.number}. {escape(row.topic)}</h3>'
    yield f'<p class="status {row.status}">{STATUS_WORDS[row.status]}</p>'
    if row.difference:
        yield f"<p>{escape(row.difference)}</p>"
    if row.a or row.b:
        yield '<div class="sides">'
        yield from _side(sheet.a_name, row.a, "del" if row.versions else "mark")
        yield from _side(sheet.b_name, row.b, "ins" if row.versions else "mark")
        yield "</div>"
    if row.reason:
        yield f"<details open><summary>Why, in the words of {escape(row.reason_name)}</summary>"
        yield from (_figure(quote, "") for quote in row.reason)
        yield "</details>"
    yield "</article>"


def _side(name: str, quotes: Sequence[Quote], tag: str) -> Iterator[str]:
    yield f'<div class="side"><h4>{escape(name)}</h4>'
    yield from (_figure(quote, tag) for quote in quotes)
    if not quotes:
        yield '<p class="soft">no quote</p>'
    yield "</div>"


def _figure(quote: Quote, tag: str) -> str:
    words = "".join(_piece(text, kind, tag) for text, kind in quote.pieces)
    return f"<figure><blockquote>“{words}”</blockquote><figcaption>{escape(quote.where)}</figcaption></figure>"


def _piece(text: str, kind: Kind | None, tag: str) -> str:
    return f'<{tag} class="{kind}">{escape(text)}</{tag}>' if kind and tag else escape(text)


def _topics(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="topics"><h2 id="topics">By topic</h2><div class="scroll" tabindex="0"><table>'
    yield "<thead><tr>" + "".join(f'<th scope="col">{escape(name)}</th>' for name in ("Topic", *report.names))
    yield "</tr></thead><tbody>"
    for line in report.topics:
        cells = "".join(_cell(line, column) for column in range(len(line.cells)))
        yield f'<tr><th scope="row">{escape(line.topic)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
    if report.topics_left_out:
        yield f"<p>{report.topics_left_out} more topics were left out by the limit.</p>"
    yield "</section>"


def _cell(line: TopicLine, column: int) -> str:
    status, words, quote = cell(line, column)
    badge = f'<span class="status {status}">{words}</span><br>' if status else ""
    return f"<td>{badge}{escape(quote)}</td>"
