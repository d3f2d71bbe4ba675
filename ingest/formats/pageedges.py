"""Running heads and page numbers of a page-wise HTML or text file. Pure.

Where a file is cut into printed pages, what is repeated at their edges is furniture, and the
number in it that counts with the pages is the page's label.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.formats.flow import Furniture, NewPage
from ingest.formats.htmlnotes import Draft, DraftBlock

_EDGE = 2  # paragraphs
_MAX_CHARS = 160
_BARE = re.compile(r"(?:page\s+)?[-–—\s]*([A-Z]{1,2}-)?(\d{1,4}|[ivxlc]{1,7})[-–—\s]*(?:of\s+\d+)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}|\b[ivxlc]{1,7}\b")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def find_page_edges(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """The same blocks, page breaks with the printed number of the page that begins, running heads as furniture."""
    pages = _pages(blocks)
    if len(pages) < 2:
        return list(blocks)
    edges = _repeated(pages)
    labels = _labels(pages, edges)
    found: list[DraftBlock] = []
    for number, page in enumerate(pages):
        found.append(NewPage(labels.get(number)))
        for position, block in enumerate(page):
            found.append(Furniture(block.text) if position in edges[number] and isinstance(block, Draft) else block)
    return found


def _pages(blocks: Sequence[DraftBlock]) -> list[list[DraftBlock]]:
    pages: list[list[DraftBlock]] = [[]]
    for block in blocks:
        if isinstance(block, NewPage):
            pages.append([])
        else:
            pages[-1].append(block)
    return [page for page in pages if page]


def _edges(page: Sequence[DraftBlock]) -> list[tuple[str, int]]:
    """(side, position) of the short paragraphs nearest to the upper and the lower edge."""
    drafts = [n for n, block in enumerate(page) if isinstance(block, Draft) and len(block.text) <= _MAX_CHARS]
    near = [("top", n) for n in drafts[:_EDGE] if n < _EDGE]
    return near + [("bottom", n) for n in drafts[-_EDGE:] if n >= len(page) - _EDGE]


def _text(page: Sequence[DraftBlock], position: int) -> str:
    block = page[position]
    return block.text if isinstance(block, Draft) else ""


def _shape(text: str) -> str:
    return "#" if _BARE.fullmatch(text) else re.sub(r"\d+", "#", text)


def _repeated(pages: Sequence[Sequence[DraftBlock]]) -> dict[int, set[int]]:
    """Positions by page of what stands at that edge of many pages, numbers aside; bare numbers are not among them."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for side, position in _edges(page):
            places[side, _shape(_text(page, position))].append((number, position))
    needed = max(3, len(pages) // 10)
    found: dict[int, set[int]] = defaultdict(set)
    for (_, shape), at in places.items():
        if shape != "#" and len(at) >= needed:
            for number, position in at:
                found[number].add(position)
    return found


def _labels(pages: Sequence[Sequence[DraftBlock]], edges: dict[int, set[int]]) -> dict[int, str]:
    """Printed numbers by page: those in furniture, or alone at an edge, that count with the pages.

    A number that stands alone and counts is furniture too, and is added to ``edges``. Where two
    numbers of a page count, the one farther down is printed; the other is EDGAR's own count.
    """
    labels: dict[int, str] = {}
    for places in sorted(_number_series(pages, edges).values(), key=len):
        steps = Counter(value - number for number, _, _, value in places)
        counting = {step for step, count in steps.items() if count >= 2}
        if len({value for *_, value in places}) > 1:
            kept = [place for place in places if place[3] - place[0] in counting]
            labels |= {number: printed for number, _, printed, _ in kept}
            for number, position, *_ in kept:
                edges[number].add(position)
    return labels


def _number_series(
    pages: Sequence[Sequence[DraftBlock]], edges: dict[int, set[int]]
) -> dict[tuple[str, str, int], list[tuple[int, int, str, int]]]:
    """Numbers at the edges that may count, those of one kind and place together: (page, position, printed, value)."""
    series: dict[tuple[str, str, int], list[tuple[int, int, str, int]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for side, position in _edges(page):
            text = _text(page, position)
            if bare := _BARE.fullmatch(text):
                printed = (bare[1] or "") + bare[2]
                series[f"{bare[1]}#{bare[2].isdigit()}", side, 0].append((number, position, printed, _value(bare[2])))
            elif position in edges[number]:
                for nth, match in enumerate(_NUMBER.finditer(text)):
                    series[_shape(text), side, nth].append((number, position, match[0], _value(match[0])))
    return series


def _value(printed: str) -> int:
    """The number, arabic or roman."""
    if printed.isdigit():
        return int(printed)
    values = [_ROMAN[c] for c in printed.lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
