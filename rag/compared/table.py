"""A comparison as CSV: one line for each row, safe to open in a spreadsheet. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence

from rag.compared.sheets import STATUS_WORDS, Quote, Report, Sheet, SheetRow
from rag.exports import shown_only

COLUMNS = (
    "row", "topic", "status", "a_document", "a_pages", "a_quote", "a_marked", "b_document", "b_pages", "b_quote",
    "b_marked", "difference", "reason", "reason_pages",
)  # fmt: skip


def to_csv(report: Report) -> str:
    """The rows of every pair of documents; several quotes of a cell are divided by a line's end."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for sheet in report.sheets:
        for row in sheet.rows:
            writer.writerow([shown_only(cell) for cell in _cells(sheet, row)])
    return file.getvalue()


def _cells(sheet: Sheet, row: SheetRow) -> Iterator[str]:
    yield from (str(row.number), row.topic, STATUS_WORDS[row.status])
    yield from (sheet.a_name, _places(row.a), _texts(row.a), _marked(row.a))
    yield from (sheet.b_name, _places(row.b), _texts(row.b), _marked(row.b))
    yield from (row.difference, _texts(row.reason), _places(row.reason))


def _places(quotes: Sequence[Quote]) -> str:
    return "; ".join(quote.place for quote in quotes)


def _texts(quotes: Sequence[Quote]) -> str:
    return "\n".join(quote.text for quote in quotes)


def _marked(quotes: Sequence[Quote]) -> str:
    return "; ".join(words for quote in quotes for words, marked in quote.runs if marked)
