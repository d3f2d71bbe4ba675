"""Running heads, page numbers and production lines told from text. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.printed import RawPage

_EDGE_LINES = 3
_SAME_HEIGHT_POINTS = 6.0
_CONSECUTIVE_PAGES = 3
BARE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—\s]*((?:[A-Z]{1,4}-)?(?:\d{1,2}-)?)(\d{1,6}|[ivxlc]{1,7})[-–—\s]*(?:of\s+\d+)?", re.IGNORECASE
)
PRODUCTION_LINE = re.compile(r"^(VerDate\b|Jkt \d|\S+ on \S+ with [A-Z]+|[EG][A-Z]\d\d[A-Z]{2}\d\d\.\d{3})")
_DATE = re.compile(r"\D{0,12}[A-Z][a-z]+ \d{1,2}, \d{4}\W*")
_NOTE = re.compile(r"^\(|^\d+ [A-Z]|(?<!Reserved)\.$")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands near an edge."""

    page: int
    index: int
    bottom: float
    text: str


def find_furniture(pages: Sequence[RawPage]) -> dict[int, set[int]]:
    """Line indices by page.

    What is repeated near the upper or lower edge, bare page numbers there, the production
    lines of the Government Publishing Office, and what stands upright along an upright page.
    """
    found = {page.number: _along(page) for page in pages}
    edges = {page.number: _edges(page, found[page.number]) for page in pages}
    repeated = _repeated(pages, edges)
    for page in pages:
        for indices in edges[page.number].values():
            for index in indices:  # from the edge inwards, up to the first line that is text
                if index not in repeated[page.number]:
                    break
                found[page.number].add(index)
    return found


def _along(page: RawPage) -> set[int]:
    turned = {i for i, line in enumerate(page.lines) if line.top - line.bottom > 2.5 * max(line.height, 4.0)}
    if len(turned) > 0.5 * len(page.lines):
        turned = set()  # a page that is read from the side
    return turned | {i for i, line in enumerate(page.lines) if PRODUCTION_LINE.match(line.text)}


def _edges(page: RawPage, along: set[int]) -> dict[str, list[int]]:
    """Indices of the lines nearest to the upper and to the lower edge, without the calls of notes in them."""
    lines = page.lines
    calls = {i + 1 for i, (a, b) in enumerate(pairwise(lines)) if b.is_call_beside(a) and a.beside(b)}
    order = sorted((i for i in range(len(lines)) if i not in calls | along), key=lambda i: -lines[i].top)
    return {"top": order[:_EDGE_LINES], "bottom": order[::-1][:_EDGE_LINES]}


def _repeated(pages: Sequence[RawPage], edges: dict[int, dict[str, list[int]]]) -> dict[int, set[int]]:
    """Lines at an edge that stand there, numbers aside, on several pages."""
    needed = max(3, min(len(pages) // 20, 10))
    repeated: dict[int, set[int]] = defaultdict(set)
    for (side, shape), places in _by_shape(pages, edges).items():
        found = _alike(places, needed, free=shape == "#" or side == "bottom")
        counted = _on_consecutive_pages(places) if side == "bottom" and "#" in shape else ()
        for place in (*found, *counted):
            repeated[place.page].add(place.index)
    return repeated


def _by_shape(pages: Sequence[RawPage], edges: dict[int, dict[str, list[int]]]) -> dict[tuple[str, str], list[_Place]]:
    at_edge: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for page in pages:
        for side, indices in edges[page.number].items():
            for index in indices:
                line = page.lines[index]
                if not line.raised:  # "12 See supra note 7." stands at many a page's foot
                    at_edge[side, shape_of(line.text)].append(_Place(page.number, index, line.bottom, line.text))
    return at_edge


def _alike(places: Sequence[_Place], needed: int, *, free: bool) -> Sequence[_Place]:
    """Places of which enough stand at the same height; all of them when, once found, the height is free."""
    heights = sorted(place.bottom for place in places)

    def alike(place: _Place) -> int:
        low, high = place.bottom - _SAME_HEIGHT_POINTS, place.bottom + _SAME_HEIGHT_POINTS
        return bisect_right(heights, high) - bisect_left(heights, low)

    found = [place for place in places if alike(place) >= needed]
    return places if found and free else found


def _on_consecutive_pages(places: Sequence[_Place]) -> Iterator[_Place]:
    """Lines with a number at the foot of pages that follow each other, unless they are dates or notes."""
    places = [place for place in places if not _DATE.fullmatch(place.text) and not _NOTE.search(place.text)]
    on_pages = {place.page for place in places}
    for place in places:
        runs = (range(place.page - back, place.page - back + _CONSECUTIVE_PAGES) for back in range(_CONSECUTIVE_PAGES))
        if any(all(page in on_pages for page in run) for run in runs):
            yield place


def shape_of(text: str) -> str:
    """A line with its numbers taken out; a page number alone is "#"."""
    if BARE_NUMBER.fullmatch(text.strip()):
        return "#"
    return re.sub(r"\d+", "#", " ".join(text.split()))
