"""A cell of the table by topics: what became of it, the first quote, how many more there are. Pure."""

from collections.abc import Sequence

from rag.compared.sheets import STATUS_WORDS, Quote, TopicLine

_MOST_CHARS = 280
_NOT_ADDRESSED = "not_addressed"


def cell(line: TopicLine, column: int) -> tuple[str, str, str]:
    """What a document says of a topic.

    Returns:
        The status against the document before, ``not_addressed`` where nothing was found, and "" for a first
        document or where nothing was found before; the words for it; and the quote in brief, "" where there is none.
    """
    quotes = line.cells[column]
    status = line.statuses[column - 1] if column else ""
    if status == _NOT_ADDRESSED and quotes:
        status = ""
    if not status and not quotes:
        status = _NOT_ADDRESSED
    return status, STATUS_WORDS.get(status, ""), _brief(quotes)


def _brief(quotes: Sequence[Quote]) -> str:
    if not quotes:
        return ""
    words = quotes[0].text
    if len(words) > _MOST_CHARS:
        words = words[:_MOST_CHARS].rsplit(" ", 1)[0] + " …"
    more = len(quotes) - 1
    return f"“{words}” ({quotes[0].place}" + (f"; {more} more quote{'s' if more > 1 else ''})" if more else ")")
