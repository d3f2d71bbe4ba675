"""Printed lines in, readable pages out: furniture, footnotes, paragraphs, printed page numbers.

Pure: no files. Lines stay in the order of the file, which is the reading order in the
releases, statutes and company reports tried (one and three columns).
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.records import Page
from ingest.paragraphs import beside, join_lines, vocabulary
from ingest.pdf import Line, RawPage, RawPdf

_EDGE_LINES = 3
_SAME_HEIGHT_POINTS = 6.0
_BARE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—\s]*([A-Z]{1,2}-)?(\d{1,4}|[ivxlc]{1,7})[-–—\s]*(?:of\s+\d+)?", re.IGNORECASE
)
_GPO = re.compile(r"^(VerDate\b|Jkt \d|\S+ on \S+ with [A-Z]+)")
_NUMBER = re.compile(r"\d[\d,]*|\b[ivxlc]+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Placed:
    line: Line
    role: str  # "body", "note" or "furniture"


def lay_out(pdf: RawPdf) -> tuple[Page, ...]:
    """Turn a PDF's lines into pages of text.

    Running heads and page numbers become ``furniture``; footnotes are moved behind the
    body of their page; lines are joined by a newline, paragraphs by a blank line, and
    words that were broken at a line's end are whole again.
    """
    furniture = _find_furniture(pdf.pages)
    labels = _printed_labels(pdf.pages, furniture)
    words = vocabulary(pdf.pages)
    body = _measure_body(pdf.pages)
    pages, open_note = [], False
    for page in pdf.pages:
        placed = _place(page, furniture.get(page.number, set()), body, open_note=open_note)
        open_note = any(p.role == "note" for p in placed)
        declared = pdf.labels[page.number - 1] if pdf.labels else None
        pages.append(_compose(page.number, labels.get(page.number) or declared or None, placed, words, body.pitch))
    return tuple(pages)


def _find_furniture(pages: Sequence[RawPage]) -> dict[int, set[int]]:
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
    """Indices of the lines nearest to the upper and to the lower edge."""
    order = sorted(range(len(page.lines)), key=lambda i: -page.lines[i].top)
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
        heights = sorted(bottom for _, _, bottom in places)
        for number, index, bottom in places:
            low = bisect_left(heights, bottom - _SAME_HEIGHT_POINTS)
            high = bisect_right(heights, bottom + _SAME_HEIGHT_POINTS)
            if (len(places) if shape == "#" else high - low) >= needed:
                repeated[number].add(index)
    return repeated


def _shape(text: str) -> str:
    """A line with its numbers taken out; a page number alone is "#"."""
    if _BARE_NUMBER.fullmatch(text.strip()):
        return "#"
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _printed_labels(pages: Sequence[RawPage], furniture: dict[int, set[int]]) -> dict[int, str]:
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


@dataclass(frozen=True, slots=True)
class _Body:
    """How the body of a document is set, in points."""

    height: float
    pitch: float


def _measure_body(pages: Sequence[RawPage]) -> _Body:
    """The commonest character height, and the commonest distance between two lines of it."""
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            heights[round(line.height * 2) / 2] += len(line.text)
    height = heights.most_common(1)[0][0] if heights else 12.0
    gaps = Counter(
        round(above.bottom - below.bottom)
        for page in pages
        for above, below in pairwise(page.lines)
        if 4 < above.bottom - below.bottom < 40 and abs(below.height - height) < 1
    )
    return _Body(height, float(gaps.most_common(1)[0][0]) if gaps else 1.2 * height)


def _place(page: RawPage, furniture: set[int], body: _Body, *, open_note: bool) -> list[_Placed]:
    """Give every line of a page its role."""
    roles = ["furniture" if i in furniture else "body" for i in range(len(page.lines))]
    for column in _columns(page, roles):
        for i in column[_notes_start(page.lines, column, body, open_note=open_note) :]:
            roles[i] = "note"
    return [_Placed(line, role) for line, role in zip(page.lines, roles, strict=True)]


def _columns(page: RawPage, roles: Sequence[str]) -> list[list[int]]:
    """Indices of the lines of each column, from top to bottom; one column unless the page is set in several."""
    indices = [i for i, role in enumerate(roles) if role == "body"]
    narrow = [i for i in indices if page.lines[i].right - page.lines[i].left < 0.36 * page.width]
    thirds: dict[int, list[int]] = defaultdict(list)
    for i in indices:
        thirds[int(1.5 * (page.lines[i].left + page.lines[i].right) / page.width)].append(i)
    if len(thirds) < 3 or len(narrow) < 0.8 * len(indices) or min(map(len, thirds.values())) < 8:
        return [sorted(indices, key=lambda i: -page.lines[i].bottom)]
    return [sorted(column, key=lambda i: -page.lines[i].bottom) for column in thirds.values()]


def _notes_start(page: Sequence[Line], column: Sequence[int], body: _Body, *, open_note: bool) -> int:
    """Position in ``column`` of its first footnote line; ``len(column)`` when it has none.

    Footnotes begin with a raised number and run to the foot of the column. A note carried
    over from the page before has no number; it is set smaller, or tighter, than the body.
    """
    lines = [page[i] for i in column]
    starts = [n for n, i in enumerate(column) if page[i].raised and not (i > 0 and beside(page[i - 1], page[i]))]
    first = next((n for n in starts if _all_notes(lines[n:], body)), len(lines))
    if open_note:
        while first > 0 and _is_note_like(lines, first - 1, body):
            first -= 1
    return first


def _all_notes(lines: Sequence[Line], body: _Body) -> bool:
    """Whether everything down to the foot of the column looks like footnotes."""
    if all(line.height < 0.95 * body.height for line in lines if not line.raised):
        return True
    gaps = [above.last_bottom - below.bottom for above, below in pairwise(lines)]
    if body.pitch > 1.4 * body.height:  # a double-spaced body above single-spaced notes
        return all(gap < 0.95 * body.pitch for gap in gaps)
    return all(line.height < 1.05 * body.height for line in lines) and all(g < 1.9 * body.pitch for g in gaps)


def _is_note_like(lines: Sequence[Line], index: int, body: _Body) -> bool:
    line = lines[index]
    if line.height < 0.95 * body.height:
        return True
    neighbour = lines[index + 1] if index + 1 < len(lines) else lines[index - 1] if index else None
    tight = neighbour is not None and abs(line.bottom - neighbour.bottom) < 0.75 * body.pitch
    return tight and body.pitch > 1.4 * body.height


def _compose(number: int, label: str | None, placed: Sequence[_Placed], words: set[str], pitch: float) -> Page:
    body, runs = join_lines([p.line for p in placed if p.role == "body"], words, pitch)
    notes, note_runs = join_lines([p.line for p in placed if p.role == "note"], words)
    furniture = tuple(p.line.text for p in placed if p.role == "furniture")
    if not notes:
        return Page(number, label, body, len(body), furniture, tuple(runs))
    gap = "\n\n" if body else ""
    start = len(body) + len(gap)
    shifted = [(offset + start, char) for offset, char in note_runs]
    return Page(number, label, body + gap + notes, len(body), furniture, tuple(runs + shifted))
