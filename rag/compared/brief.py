"""A cell of the table by topics: the first quote, not too long, and how many more there are. Pure."""

from collections.abc import Sequence

from rag.compared.sheets import Quote

NOTHING = "not addressed"
_MOST_CHARS = 280


def brief(quotes: Sequence[Quote]) -> str:
    """The first quote with its place; "not addressed" where there is none."""
    if not quotes:
        return NOTHING
    words = quotes[0].text
    if len(words) > _MOST_CHARS:
        words = words[:_MOST_CHARS].rsplit(" ", 1)[0] + " …"
    more = len(quotes) - 1
    return f"“{words}” ({quotes[0].place}" + (f"; {more} more quote{'s' if more > 1 else ''})" if more else ")")
