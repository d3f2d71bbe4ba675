"""Footnotes and the places that call them. Pure."""

from corpus.pagemap import PageMap
from corpus.structure import Footnote


def find_footnotes(page_map: PageMap) -> tuple[Footnote, ...]:
    """Every numbered note of a document, in order, linked to its calls."""
    return ()
