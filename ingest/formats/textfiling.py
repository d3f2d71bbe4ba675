"""Filings that are plain text with a few tags, as EDGAR took them until about 2001, as drafts. Pure.

``<PAGE>`` stands where a page begins. Between ``<TABLE>`` and ``</TABLE>`` a line of ``<S>`` and
``<C>`` marks where the columns of a table begin (EDGAR Filer Manual, volume II, appendix A).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus.pagemap import fold
from ingest.formats.flow import NewPage, Rows
from ingest.formats.htmlnotes import Draft, DraftBlock
from ingest.formats.pageedges import find_page_edges

_PAGE = re.compile(r"\f|^[ \t]*<PAGE>[ \t]*", re.MULTILINE | re.IGNORECASE)
_TABLE = re.compile(r"^[ \t]*<TABLE>(.*?)(?:</TABLE>|\Z)", re.MULTILINE | re.IGNORECASE | re.DOTALL)
_STOP = re.compile(r"<[SC]>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:TABLE|CAPTION|S|C|R|FN|F\d{1,2}|PAGE)>", re.IGNORECASE)
_RULE = re.compile(r"[\s=_-]*")
_NUMBER_LINE = re.compile(r"\s*[-–]?\s*(?:[A-Z]{1,2}-)?(?:\d{1,4}|[ivxlc]{1,7})\s*[-–]?[ \t]*\n")
_LEADER = re.compile(r"\s*\.(?:\s?\.){2,}\s*$")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": " "}


def is_paged_text(text: str) -> bool:
    """Whether a text marks its pages with ``<PAGE>``."""
    return len(re.findall(r"^[ \t]*<PAGE>", text, re.MULTILINE | re.IGNORECASE)) > 1


def filing_drafts(text: str) -> list[DraftBlock]:
    """Pages, paragraphs and tables; page numbers and running heads are furniture."""
    drafts: list[DraftBlock] = []
    for page in _PAGE.split(text):
        drafts += [NewPage(), *_page_drafts(page)]
    return find_page_edges(drafts)


def _page_drafts(page: str) -> Iterator[DraftBlock]:
    number = _NUMBER_LINE.match(page)  # most filers left no blank line below it
    low = number.end() if number else 0
    yield from [Draft((number[0],))] if number else []
    for table in _TABLE.finditer(page):
        yield from _paragraphs(page[low : table.start()])
        yield from _table(table[1])
        low = table.end()
    yield from _paragraphs(page[low:])


def _paragraphs(text: str) -> Iterator[DraftBlock]:
    for paragraph in _BLANK_LINE.split(_plain(text)):
        if not _RULE.fullmatch(paragraph):
            yield Draft((paragraph,))


def _plain(text: str) -> str:
    text = _TAG.sub("", text)
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _table(text: str) -> Iterator[DraftBlock]:
    """A table whose columns are marked, its heads above it as lines; another as lines."""
    lines = text.split("\n")
    marked = next((n for n, line in enumerate(lines) if _STOP.search(line)), None)
    stops = [match.start() for match in _STOP.finditer(lines[marked])] if marked is not None else []
    if marked is None or len(stops) < 2:
        yield from _paragraphs(text)
        return
    yield from _paragraphs("\n".join(lines[:marked]))
    first = _STOP.sub(lambda match: " " * len(match[0]), lines[marked])
    rows = [_cells(_plain(line), stops) for line in (first, *lines[marked + 1 :]) if not _RULE.fullmatch(_plain(line))]
    if rows:
        yield Rows(tuple(rows))


def _cells(line: str, stops: list[int]) -> tuple[str, ...]:
    """The cells of a line: what two blanks part, by the column in which it ends."""
    cells = [""] * len(stops)
    for match in re.finditer(r"\S+(?: \S+)*", line.expandtabs()):
        column = max(bisect_right(stops, match.end() - 1) - 1, 0) if match.start() >= stops[1] - 1 else 0
        cells[column] = _LEADER.sub("", fold(f"{cells[column]} {match[0]}"))
    return tuple(cells)
