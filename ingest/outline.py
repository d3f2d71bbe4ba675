"""Sections of a document: where each heading stands, its number, level and path. Pure.

What says that something is a heading is weighed together: the file's bookmarks and its
printed table of contents (``named.py``, ``contents.py``), how it is set (``typography.py``,
``candidates.py``), and whether its number continues the numbering (``sequence.py``). Captions,
items of reports and sections of rules are known by their wording (``standing.py``).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.pagemap import PageMap, fold
from corpus.records import Kind, Section
from ingest.blocks import Block, body_blocks, without_span
from ingest.candidates import Candidate, find_candidates
from ingest.contents import find_contents
from ingest.heading import Heading, clean_title
from ingest.items import item_headings
from ingest.laws import law_headings
from ingest.named import NamedHeading, Names, bookmarked, letters
from ingest.readout import Mark, Readout
from ingest.sequence import Step, continue_numbering
from ingest.standing import DISCUSSION, FIRST_CAPTION, is_rule, rule_text_starts, standing_headings
from ingest.titles import titled_headings
from ingest.typography import heading_weight, is_capitals

_LISTING_RUN = 6
_LISTING_GAP = 40
_NEVER = -4.0  # more than a number that fits between its neighbours can outweigh
_NOTHING_BETWEEN = 4
_LEAST_UNNUMBERED = 1.0
_KNOWN_ALONE = ("§", "SEC.")


def find_sections(page_map: PageMap, readout: Readout, kind: Kind) -> tuple[Section, ...]:
    """The headed parts of a document's body, in order; text before the first heading belongs to none.

    Args:
        page_map: of the document.
        readout: what its format says of headings: marks, else bookmarks.
        kind: of the document.
    """
    if readout.marks:
        return tuple(_sections([_marked(page_map, mark) for mark in readout.marks], page_map))
    text, blocks = page_map.text, body_blocks(page_map)
    names = bookmarked(readout.bookmarks)
    if contents := find_contents(text, blocks):
        blocks = without_span(blocks, contents.start, contents.end)
        names += contents.names
    if kind is Kind.STATUTE:
        return tuple(_sections(law_headings(text, blocks, Names(names)), page_map))
    candidates = _said_once(find_candidates(page_map, blocks, Names(names)))
    if kind is Kind.COMPANY_REPORT:
        items = item_headings(text, blocks, Names(names))
        return tuple(_sections(_merged(items, _unnumbered(candidates, items, names)), page_map))
    standing = standing_headings(text, blocks)
    numbered = _numbered_by_zone(_without_listing(candidates), standing)
    unnumbered = _unnumbered(candidates, numbered, names)
    titled = _titled(page_map, blocks, standing, numbered)
    return tuple(_sections(_merged(numbered, unnumbered, standing, titled), page_map))


def _marked(page_map: PageMap, mark: Mark) -> Heading:
    start = page_map.offset_on_page(mark.page, mark.start)
    return Heading(start, start + mark.end - mark.start, "", fold(mark.heading), mark.level)


def _without_listing(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out tables of contents that say not what they are: many candidates with nothing between them.

    The last is kept: it is the first heading of the text.
    """
    runs: list[list[Candidate]] = []
    end = -_LISTING_GAP
    for candidate in candidates:
        if candidate.weight > _NEVER:
            if candidate.start - end >= _LISTING_GAP:
                runs.append([])
            if candidate.start >= end:  # else it lies within the words of the one before
                end = candidate.end
            runs[-1].append(candidate)
    return [c for run in runs for c in (run if _count_apart(run) < _LISTING_RUN else run[-1:])]


def _count_apart(run: Sequence[Candidate]) -> int:
    """How many candidates of a run do not overlap."""
    count, end = 0, 0
    for candidate in run:
        if candidate.start >= end:
            count, end = count + 1, candidate.end
    return count


def _numbered_by_zone(candidates: Sequence[Candidate], standing: Sequence[Heading]) -> list[Heading]:
    """Numbered headings: the release's own, and those within each part or section of its rule text.

    In rule text "(a) General." begins a paragraph of the rule; only what stands alone is a heading.
    """
    starts = rule_text_starts(standing, [(c.start, c.title) for c in candidates])
    if not starts:
        return _numbered(candidates)
    found = _numbered([c for c in candidates if c.start < starts[0].start])
    for start, end in pairwise([*starts, None]):
        zone = [c for c in candidates if c.alone and c.start >= start.start and (end is None or c.start < end.start)]
        found += [replace(heading, level=heading.level + start.level) for heading in _numbered(zone)]
    return found


def _numbered(candidates: Sequence[Candidate]) -> list[Heading]:
    """The candidates that continue the numbering, with its levels."""
    printed = Counter(_key(c) for c in candidates if c.printed)
    able = [c for c in candidates if c.number is not None and (c.printed or not printed[_key(c)])]
    steps = [Step(c.number.readings if c.number else (), c.weight, named=c.name is not None) for c in able]
    levels = continue_numbering(steps)
    return [_heading(able[index], level) for index, level in sorted(levels.items())]


def _said_once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Some texts repeat headings on the spot: "A. Rules 1. Background 1. Background"."""
    kept: list[Candidate] = []
    said: set[tuple[str, str]] = set()
    end = 0
    for candidate in candidates:
        if candidate.start - end > _NOTHING_BETWEEN:
            said = set()
        if _key(candidate) not in said:
            kept.append(candidate)
        said.add(_key(candidate))
        end = candidate.end
    return kept


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.number.symbol if candidate.number else "", letters(candidate.title)


def _heading(candidate: Candidate, level: int) -> Heading:
    number = candidate.number.printed if candidate.number else ""
    return Heading(candidate.start, candidate.end, number, candidate.title, level)


def _unnumbered(
    candidates: Sequence[Candidate], numbered: Sequence[Heading], names: Sequence[NamedHeading]
) -> list[Heading]:
    """Headings that stand without a number: named so, and no oftener than they are named."""
    left = Counter(name.letters for name in names)
    left.subtract(letters(heading.text) for heading in numbered)
    found = []
    for candidate in candidates:
        if candidate.number is not None or candidate.name is None or left[candidate.name.letters] <= 0:
            continue
        if candidate.name.page is not None or heading_weight(candidate.title) >= _LEAST_UNNUMBERED:
            left[candidate.name.letters] -= 1
            level = candidate.name.level or (1 if is_capitals(candidate.title) else _below(numbered, candidate.start))
            found.append(_heading(candidate, level))
    return found


def _titled(
    page_map: PageMap, blocks: Sequence[Block], standing: Sequence[Heading], numbered: Sequence[Heading]
) -> list[Heading]:
    """Titles in the discussion of each document of the file that numbers no part of its discussion."""
    found: list[Heading] = []
    for heading in standing:
        if heading.text == DISCUSSION:
            later = [h.start for h in standing if h.start > heading.start and (is_rule(h) or h.text == FIRST_CAPTION)]
            end = min(later, default=page_map.notes_start)
            if not any(heading.start < h.start < end for h in numbered):
                found += titled_headings(page_map.text, blocks, heading.start, end)
    return found


def _below(numbered: Sequence[Heading], offset: int) -> int:
    """The level under the last numbered heading before ``offset``."""
    index = bisect_right([heading.start for heading in numbered], offset) - 1
    return numbered[index].level + 1 if index >= 0 else 2


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
            heading.number.strip(". "), heading.text, heading.level, path, heading.start, stop,
            page_map.page_of(heading.start), page_map.page_of(max(stop - 1, heading.start)),
        )  # fmt: skip


def _path(chain: Sequence[Heading]) -> str:
    """ "II.A.2 › Retail Customer", "Part I, Item 1A › Risk Factors"; a section of a rule or law is known without its part."""
    heading = chain[-1]
    if not heading.number or heading.number == heading.text:
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
