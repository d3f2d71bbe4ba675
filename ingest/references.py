"""References that a text makes: rules, sections, releases, footnotes, with offsets and targets. Pure."""

from collections.abc import Sequence

from corpus.pagemap import PageMap
from corpus.records import Section
from corpus.structure import Footnote, Reference


def find_references(
    page_map: PageMap, sections: Sequence[Section], footnotes: Sequence[Footnote]
) -> tuple[Reference, ...]:
    """Every reference in a document's text, in order."""
    return ()
