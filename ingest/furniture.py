"""Running heads, page numbers and production lines told from text; printed page numbers. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.paragraphs import beside
from ingest.printed import RawPage

_EDGE_LINES = 3
_SAME_HEIGHT_POINTS = 6.0
_BARE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—\s]*([A-Z]{1,2}-)?(\d{1,4}|[ivxlc]{1,7})[-–—\s]*(?:of\s+\d+)?", re.IGNORECASE
)
_GPO = re.compile(r"^(VerDate\b|Jkt \d|\S+ on \S+ with [A-Z]+)")
_NUMBER = re.compile(r"\d[\d,]*|\b[ivxlc]+\b", re.IGNORECASE)


def find_furniture(pages: Sequence[RawPage]) -> dict[int, set[int]]:
    """Line indices by page: what is repeated near the upper or lower edge, and bare page numbers there."""
    repeated = _repeated(pages)
    found: dict[int, set[int]] = defaultdict(set)
    for page in pages:
        for _, indices in _edges(page):
            for index in indices:  # from the edge inwards, up to the first line that is text
                if index not in repeated[page.number]:
                    break
                found[page.number].add(index)
        found[page.number] |= {i for i, line in enumerate(page.lines) if _GPO.match(line.text)}
    return found


def _edges(page: RawPage) -> tuple[tuple[str, list[int]], tuple[str, list[int]]]:
    """Indices of the lines nearest to the upper and to the lower edge, without the calls of notes in them."""
    lines = page.lines
    calls = {i + 1 for i, (a, b) in enumerate(pairwise(lines)) if beside(a, b) and b.is_call_beside(a)}
    order = sorted((i for i in range(len(lines)) if i not in calls), key=lambda i: -lines[i].top)
    return ("top", order[:_EDGE_LINES]), ("bottom", order[::-1][:_EDGE_LINES])


def _repeated(pages: Sequence[RawPage]) -> dict[int, set[int]]:
    """Lines at an edge that stand there, numbers aside, on several pages."""
    at_edge: dict[tuple[str, str], list[tuple[int, int, float]]] = defaultdict(list)
    for page in pages:
        for side, indices in _edges(page):
            for index in indices:
                line = page.lines[index]
                if not line.raised:  # "12 See supra note 7." stands at many a page's foot
                    at_edge[side, _shape(line.text)].append((page.number, index, line.bottom))
    needed = max(3, min(len(pages) // 20, 10))
    repeated: dict[int, set[int]] = defaultdict(set)
    for (_, shape), places in at_edge.items():
        for number, index, bottom in places:
            alike = [b for _, _, b in places if shape == "#" or abs(b - bottom) <= _SAME_HEIGHT_POINTS]
            if len(alike) >= needed:
                repeated[number].add(index)
    return repeated


def _shape(text: str) -> str:
    """A line with its numbers taken out; a page number alone is "#"."""
    if _BARE_NUMBER.fullmatch(text.strip()):
        return "#"
    return re.sub(r"\d+", "#", " ".join(text.split()))


def printed_labels(pages: Sequence[RawPage], furniture: dict[int, set[int]]) -> dict[int, str]:
    """Printed page numbers: the number in a piece of furniture that counts with the pages."""
    series: dict[tuple[str, int], list[tuple[int, str, int]]] = defaultdict(list)
    for page in pages:
        for index in sorted(furniture.get(page.number, set())):
            text = " ".join(page.lines[index].text.split())
            if _GPO.match(text):
                continue
            for position, match in enumerate(_NUMBER.finditer(text)):
                if (value := _value(match[0])) is not None:
                    label = _BARE_NUMBER.fullmatch(text)
                    printed = (label[1] or "") + match[0] if label else match[0]
                    kind = "roman" if not match[0][0].isdigit() else "arabic"
                    series[_shape(text) + kind, position].append((page.number, printed, value))
    labels: dict[int, str] = {}
    for places in sorted(series.values(), key=len):
        steps = Counter(value - number for number, _, value in places)
        counting = {step for step, count in steps.items() if count >= 2 or len(places) == 1 == len(pages)}
        values = {value for _, _, value in places}
        if len(values) > 1:
            labels |= {number: printed for number, printed, value in places if value - number in counting}
    return labels


def _value(printed: str) -> int | None:
    """The number that is printed, arabic or lower-case roman."""
    if printed[0].isdigit():
        return int(printed.replace(",", ""))
    digits = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    values = [digits[c] for c in printed.lower()]
    total = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return total if total > 0 else None
