"""Sections of a document: where each heading stands, its number, level and path. Pure.

What says that something is a heading is weighed together: the file's bookmarks and its
printed table of contents (``named.py``, ``contents.py``), how it is set (``typography.py``,
``extent.py``, ``candidates.py``), and whether its number continues the numbering
(``sequence.py``, ``numbered.py``). Captions, items of reports and sections of rules and laws
are known by their wording (``standing.py``, ``items.py``, ``laws.py``).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.pagemap import PageMap, fold
from corpus.records import Kind, Section
from ingest.outline.blocks import body_blocks, without_span
from ingest.outline.candidates import find_candidates
from ingest.outline.contents import find_contents
from ingest.outline.heading import Heading, clean_title
from ingest.outline.items import item_headings
from ingest.outline.laws import law_headings
from ingest.outline.named import Names, bookmarked
from ingest.outline.numbered import numbered_headings
from ingest.outline.standing import standing_headings
from ingest.outline.unnumbered import named_headings, titled_headings
from ingest.readout import Mark, Readout

_KNOWN_ALONE = ("§", "SEC.", "Part ", "Item ")


def find_sections(page_map: PageMap, readout: Readout, kind: Kind) -> tuple[Section, ...]:
    """The headed parts of a document's body, in order; text before the first heading belongs to none.

    Args:
        page_map: of the document.
        readout: what its format says of headings (marks, else bookmarks) and its tables.
        kind: of the document.
    """
    if readout.marks:
        return tuple(_sections([_marked(page_map, mark) for mark in readout.marks], page_map))
    return tuple(_sections(_headings(page_map, readout, kind), page_map))


def _headings(page_map: PageMap, readout: Readout, kind: Kind) -> list[Heading]:
    text, blocks = page_map.text, body_blocks(page_map)
    contents = find_contents(text, blocks)
    if contents is not None:
        blocks = without_span(blocks, contents.start, contents.end)
    sources = bookmarked(readout.bookmarks), contents.names if contents else ()
    names = Names([*sources[0], *sources[1]])
    if kind is Kind.STATUTE:
        return law_headings(page_map, blocks, names)
    candidates = find_candidates(page_map, blocks, names)
    if kind is Kind.COMPANY_REPORT:
        items = item_headings(page_map, blocks, names)
        return _merged(items, named_headings(candidates, items, sources))
    standing = standing_headings(text, blocks)
    numbered = numbered_headings(candidates, standing)
    named = named_headings(candidates, numbered, sources)
    titled = titled_headings(page_map, blocks, standing, numbered, readout.tables)
    return _merged(numbered, named, standing, titled)


def _marked(page_map: PageMap, mark: Mark) -> Heading:
    start = page_map.offset_on_page(mark.page, mark.start)
    return Heading(start, start + mark.end - mark.start, mark.number, fold(mark.heading), mark.level)


def _merged(*sources: Sequence[Heading]) -> list[Heading]:
    """All headings in order; where two begin at the same place the earlier source's stands, and none overlap."""
    chosen: dict[int, Heading] = {}
    for source in sources:
        for heading in source:
            chosen.setdefault(heading.start, heading)
    kept: list[Heading] = []
    for heading in sorted(chosen.values(), key=lambda h: h.start):
        if not kept or heading.start >= kept[-1].end:
            kept.append(heading)
    return kept


def _sections(headings: Sequence[Heading], page_map: PageMap) -> Iterable[Section]:
    headings = [replace(heading, text=clean_title(heading, page_map.text)) for heading in headings]
    ends = [*(h.start for h in headings[1:]), page_map.notes_start][: len(headings)]
    above: list[Heading] = []
    for heading, end in zip(headings, ends, strict=True):
        above = [h for h in above if h.level < heading.level] + [heading]
        path = _path(above)
        stop = max(min(end, page_map.notes_start), heading.end)
        yield Section(
            heading.number.strip(". "), heading.text, len(above), path, heading.start, stop,
            page_map.page_of(heading.start), page_map.page_of(max(stop - 1, heading.start)),
        )  # fmt: skip


def _path(chain: Sequence[Heading]) -> str:
    """As "II.A.2 › Retail Customer"; sections of rules and laws and items of reports are known by their own number."""
    heading = chain[-1]
    if not heading.number:
        return heading.text
    if heading.number.startswith(_KNOWN_ALONE):
        return f"{heading.number} › {heading.text}"
    numbers = [h.number.strip("().") for h in chain if h.number and not h.number.startswith(_KNOWN_ALONE)]
    return f"{(', ' if ' ' in numbers[0] else '.').join(numbers)} › {heading.text}"


def ancestors(sections: Sequence[Section]) -> list[tuple[Section, ...]]:
    """For each section, the sections it lies in, outermost first, itself last."""
    chains: list[tuple[Section, ...]] = []
    above: tuple[Section, ...] = ()
    for section in sections:
        above = (*(s for s in above if s.level < section.level), section)
        chains.append(above)
    return chains


def section_at(sections: Sequence[Section], offset: int) -> int | None:
    """Index of the section that holds ``offset``, or None before the first."""
    index = bisect_right([s.start for s in sections], offset) - 1
    return index if index >= 0 else None
