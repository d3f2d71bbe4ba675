"""Footnotes at the foot of a page told from its body. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.printed import Line, RawPage

_MARGIN_SIZE = 0.85  # notes in the margin are set in type of at most this part of the body's
_MARGIN_PAGES = 5  # and stand on so many pages at least
_BODY_LINES = 8  # a body has so many lines at least
_COLUMN_WIDTH = 1.08  # a line of one column takes less than this part of an equal share of the page
_NOTE_PITCH = 1.5  # lines of notes are at most this many heights apart


@dataclass(frozen=True, slots=True)
class Body:
    """How the body of a document is set, in points."""

    height: float
    pitch: float


def measure_body(pages: Sequence[RawPage]) -> Body:
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
    return Body(height, float(gaps.most_common(1)[0][0]) if gaps else 1.2 * height)


def margin_lines(pages: Sequence[RawPage], furniture: dict[int, set[int]], body: Body) -> dict[int, list[int]]:
    """Indices by page of the lines in small type beside the body, from top to bottom, where a document has such notes.

    The Statutes at Large have them: "12 USC 5381.", "Deadline."
    """
    found = {page.number: _beside_body(page, furniture[page.number], body) for page in pages}
    pages_with = sum(map(bool, found.values()))
    return found if pages_with >= max(_MARGIN_PAGES, 0.1 * len(pages)) else {}


def _beside_body(page: RawPage, furniture: set[int], body: Body) -> list[int]:
    lines = page.lines
    indices = [i for i in range(len(lines)) if i not in furniture]
    small = [i for i in indices if lines[i].height < _MARGIN_SIZE * body.height]
    text = [lines[i] for i in indices if lines[i].height >= 0.95 * body.height and len(lines[i].text) > 20]
    if len(text) < _BODY_LINES or not small:
        return []
    left, right = min(line.left for line in text), max(line.right for line in text)
    beside = [i for i in small if lines[i].right < left - 2 or lines[i].left > right + 2]
    return sorted(beside, key=lambda i: -lines[i].bottom)


def note_lines(page: RawPage, furniture: set[int], body: Body, *, open_note: bool) -> set[int]:
    """Indices of the lines of a page that are footnotes.

    Args:
        page: lines in the order of the file.
        furniture: indices of lines that are neither.
        body: :func:`measure_body` of the document.
        open_note: the page before ended with a footnote, which may go on here.
    """
    notes: set[int] = set()
    for column in _columns(page, furniture):
        notes |= set(column[_notes_start(page.lines, column, body, open_note=open_note) :])
    return notes


def _columns(page: RawPage, furniture: set[int]) -> list[list[int]]:
    """Indices of the lines of each column, from top to bottom; one column unless the page is set in three or two."""
    indices = [i for i in range(len(page.lines)) if i not in furniture]
    for count in (3, 2):
        columns: dict[int, list[int]] = defaultdict(list)
        for i in indices:
            columns[int(count * (page.lines[i].left + page.lines[i].right) / (2 * page.width))].append(i)
        narrow = [i for i in indices if page.lines[i].right - page.lines[i].left < _COLUMN_WIDTH * page.width / count]
        if len(columns) >= count and len(narrow) >= 0.8 * len(indices) and min(map(len, columns.values())) >= 8:
            return [sorted(column, key=lambda i: -page.lines[i].bottom) for column in columns.values()]
    return [sorted(indices, key=lambda i: -page.lines[i].bottom)]


def _notes_start(page: Sequence[Line], column: Sequence[int], body: Body, *, open_note: bool) -> int:
    """Position in ``column`` of its first footnote line; ``len(column)`` when it has none.

    Footnotes begin with a raised number and run to the foot of the column. A note carried
    over from the page before has no number; it is set smaller, or tighter, than the body.
    """
    lines = [page[i] for i in column]
    starts = [n for n, i in enumerate(column) if page[i].raised and not (i > 0 and page[i - 1].beside(page[i]))]
    first = next((n for n in starts if _all_notes(lines[n:], body)), len(lines))
    if open_note:
        while first > 0 and _is_note_like(lines, first - 1, body):
            first -= 1
    return first


def _all_notes(lines: Sequence[Line], body: Body) -> bool:
    """Whether everything down to the foot of the column looks like footnotes."""
    if all(line.height < 0.95 * body.height for line in lines if not line.raised):
        return True
    gaps = [above.bottom - below.bottom for above, below in pairwise(lines) if not below.raised]
    if body.pitch > 1.4 * body.height:  # a double-spaced body above single-spaced notes
        return all(gap < 0.95 * body.pitch for gap in gaps)
    return all(line.height < 1.05 * body.height for line in lines) and all(g < 1.9 * body.pitch for g in gaps)


def _is_note_like(lines: Sequence[Line], index: int, body: Body) -> bool:
    """Whether a line above the notes that begin on this page is the rest of one from the page before."""
    line = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else None
    if below is not None and line.bottom - below.bottom > _NOTE_PITCH * line.height:
        return False
    if line.height < 0.95 * body.height:
        return True
    neighbour = below if below is not None else lines[index - 1] if index else None
    tight = neighbour is not None and abs(line.bottom - neighbour.bottom) < 0.75 * body.pitch
    return tight and body.pitch > 1.4 * body.height
