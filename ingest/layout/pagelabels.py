"""Printed page numbers. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.layout.furniture import BARE_NUMBER, PRODUCTION_LINE, shape_of
from ingest.layout.printed import RawPage

_NUMBER = re.compile(r"\d[\d,]*|\b[ivxlc]+\b", re.IGNORECASE)
_SAME_HEIGHT_POINTS = 12.0


def printed_labels(pages: Sequence[RawPage], furniture: dict[int, set[int]]) -> dict[int, str]:
    """Printed page numbers: the number in a piece of furniture that counts with the pages.

    A bare number that goes on with those of its neighbours at their height, as on the first
    page of an issue of the Federal Register, is one too; its line is added to ``furniture``.
    """
    labels = _counting(pages, furniture)
    for page in pages:
        if page.number not in labels and (found := _beside_a_neighbour(page, pages, furniture, labels)):
            index, labels[page.number] = found
            furniture[page.number].add(index)
    return labels


def _beside_a_neighbour(
    page: RawPage, pages: Sequence[RawPage], furniture: dict[int, set[int]], labels: dict[int, str]
) -> tuple[int, str] | None:
    for step in (1, -1):
        label = labels.get(page.number + step, "")
        if not label.isdigit():
            continue
        neighbour = pages[page.number + step - 1]
        heights = [line.bottom for i, line in enumerate(neighbour.lines) if i in furniture[neighbour.number]]
        for index, line in enumerate(page.lines):
            near = any(abs(line.bottom - height) <= _SAME_HEIGHT_POINTS for height in heights)
            if line.text == str(int(label) - step) and near:
                return index, line.text
    return None


def _counting(pages: Sequence[RawPage], furniture: dict[int, set[int]]) -> dict[int, str]:
    series: dict[tuple[str, int], list[tuple[int, str, int]]] = defaultdict(list)
    for page in pages:
        for index in sorted(furniture.get(page.number, set())):
            text = " ".join(page.lines[index].text.split())
            if PRODUCTION_LINE.match(text):
                continue
            label = BARE_NUMBER.fullmatch(text)
            numbers = [(label[1], label[2])] if label else [("", match[0]) for match in _NUMBER.finditer(text)]
            for position, (prefix, number) in enumerate(numbers):
                if (value := _value(number)) is not None:
                    kind = "arabic" if number[0].isdigit() else "roman"
                    series[shape_of(text) + kind, position].append((page.number, prefix + number, value))
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
