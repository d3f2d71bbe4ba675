"""The printed table of contents: where it stands, and the headings that it names. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pagemap import fold
from ingest.outline.blocks import Block
from ingest.outline.named import NamedHeading, Names, letters, name_of
from ingest.outline.numbering import read_number
from ingest.outline.typography import capital_share

_TITLE = re.compile(
    r"^\W*(?:table of contents|contents|index)\W*$|table of contents for this act\s+is as follows:$", re.IGNORECASE
)
_LEADERS = re.compile(r"\s*(?:[.…·_]\s?){3,}\s*(?:[A-Z]-)?[ivxlc\d]{0,5}$")
_FEW_LEADERS = re.compile(r"\s*\.{2,}\s*\d{1,4}$")
_BARE_PAGE = re.compile(r"\s+(?:[A-Z]-)?\d{1,4}$")
_ONLY_PAGE = re.compile(r"(?:[.…·_]\s?)*\s*(?:[A-Z]-)?(?:\d{1,4}|[ivxlc]{1,5})")
_COLUMN_HEAD = re.compile(r"^pages?(?: no\.?| number)?$", re.IGNORECASE)
_MARKER = re.compile(
    r"^(?:[IVXLC]{1,7}|[A-Z]|[a-z]{1,4}|\d{1,2})[.\t]|^\(\w{1,4}\)|^(?:Sec|SEC|Item|ITEM|PART|Part|TITLE|Subtitle)\b"
)
_LONGEST_LINE = 250
_FEWEST = 3
_SAMPLE = 16
_LONGEST_TITLE = 120
_PROSE_LINES = 3
_PROSE_CHARS = 150
_LONGEST_WRAP = 4
_BODY_HEADINGS = 4  # before the first prose of the body


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents.

    Attributes:
        start: offset of its title.
        end: one past its last line.
        names: the headings it lists, in order.
    """

    start: int
    end: int
    names: tuple[NamedHeading, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed line: ``text`` is what it says without leaders and page number, which ``paged`` says it had."""

    end: int
    text: str
    paged: bool


def find_contents(text: str, blocks: Sequence[Block]) -> Contents | None:
    """The first table of contents that lists at least three headings."""
    lines = [(start, end, position) for position, block in enumerate(blocks) for start, end in block.lines]
    for n, (start, end, position) in enumerate(lines):
        if _is_title(text, blocks[position], start, end):
            rows = list(_rows(text, blocks, lines[n + 1 :]))
            entries = _joined(rows)
            names = tuple(name_of(entry) for entry, _ in entries)
            if len(names) >= _FEWEST and _is_borne_out(names, text, lines[n + 1 + len(rows) :]):
                return Contents(start, entries[-1][1], names)
    return None


def _is_title(text: str, block: Block, start: int, end: int) -> bool:
    """Whether a line says, alone or with those above it in its paragraph, that the contents follow."""
    above = max(block.start, end - _LONGEST_TITLE)
    return bool(_TITLE.search(text[start:end]) or _TITLE.search(fold(text[above:end])))


def _is_borne_out(names: Sequence[NamedHeading], text: str, lines: Sequence[tuple[int, int, int]]) -> bool:
    """Whether the text goes on to print at least a third of the headings; a cover page lists none."""
    lookup, printed = Names(names), set()
    for start, _, _ in lines:
        number = read_number(text, start)
        found = lookup.at(text, start + (number.length if number else 0), page=0, symbol="")
        if found is not None:
            printed.add(found[0].letters)
    return 3 * len(printed) >= len({name.letters for name in names})


def _rows(text: str, blocks: Sequence[Block], lines: Sequence[tuple[int, int, int]]) -> Iterator[_Row]:
    """The lines that belong to the table: up to prose, or to the first heading of the body."""
    held: list[_Row] = []
    strip = _page_pattern([text[max(start, end - _LONGEST_LINE) : end] for start, end, _ in lines[:_SAMPLE]])
    for n, (start, end, position) in enumerate(lines):
        if _is_prose(text, blocks[position]):
            break
        printed = fold(text[start:end])
        if _COLUMN_HEAD.match(printed):
            continue
        row = _row(end, printed, strip)
        if held and _repeats(row, held):
            ahead = lines[n + 1 : n + 1 + _BODY_HEADINGS]
            prose = any(_is_prose(text, blocks[position]) for _, _, position in ahead)
            if prose or name_of(row.text).number or _goes_on_repeating(text, ahead, held):
                break
        held.append(row)
    yield from _without_first_heading(held, paged=strip is not None)


def _row(end: int, printed: str, strip: re.Pattern[str] | None) -> _Row:
    if strip is None:
        return _Row(end, printed, paged=False)
    if _ONLY_PAGE.fullmatch(printed):
        return _Row(end, "", paged=True)
    match = strip.search(printed) or (
        _MARKER.match(printed) and (_FEW_LEADERS.search(printed) or _BARE_PAGE.search(printed))
    )
    return _Row(end, printed[: match.start()] if match else printed, paged=match is not None)


def _page_pattern(lines: Sequence[str]) -> re.Pattern[str] | None:
    """How its lines end in page numbers: after leaders, bare, or not at all (None)."""
    for pattern, least in ((_LEADERS, _FEWEST), (_BARE_PAGE, len(lines) // 2 + 1)):
        if sum(bool(pattern.search(fold(line))) for line in lines) >= least:
            return pattern
    return None


def _is_prose(text: str, block: Block) -> bool:
    lines = [text[start:end] for start, end in block.lines]
    if any(len(line) > _LONGEST_LINE for line in lines):
        return True
    if len(lines) < _PROSE_LINES or block.end - block.start < _PROSE_CHARS:
        return False
    entries = sum(bool(_MARKER.match(line) or _LEADERS.search(line) or _BARE_PAGE.search(line)) for line in lines)
    return entries == 0 and capital_share(text[block.start : block.end]) < 0.6


def _repeats(row: _Row, held: Sequence[_Row]) -> bool:
    """Whether this is the first heading of the body: what the table lists first, or its second where that is unique."""
    here, first = name_of(row.text), name_of(held[0].text)
    if not row.paged and here.letters == first.letters and (here.number is not None or here.title == first.title):
        return True
    return len(held) > 1 and _is_keyed(row.text) and letters(row.text) == letters(held[1].text)


def _goes_on_repeating(text: str, ahead: Sequence[tuple[int, int, int]], held: Sequence[_Row]) -> bool:
    """Whether the next line is the table's second: a statement may follow at once, and no prose."""
    following = [letters(text[start:end]) for start, end, _ in ahead[:1]]
    return len(held) > 1 and following == [letters(held[1].text)]


def _is_keyed(text: str) -> bool:
    return bool(re.match(r"(?:Sec|SEC)\w*\. ?\d", text))


def _without_first_heading(rows: list[_Row], *, paged: bool) -> list[_Row]:
    """Leave out what follows the table: lines after its last page number, else the "I." and "A." before the text."""
    if paged:
        last = max((n for n, row in enumerate(rows) if row.paged), default=-1)
        return _until_gap(rows[: last + 1])
    while rows and (number := name_of(rows[-1].text).number) and any(r.value == 1 for r in number.readings):
        rows = rows[:-1]
    return rows


def _until_gap(rows: list[_Row]) -> list[_Row]:
    """Up to the first stretch of lines without page numbers that is too long for one entry."""
    since = 0
    for n, row in enumerate(rows):
        since = 0 if row.paged else since + 1
        if since > _LONGEST_WRAP:
            return rows[: n - since + 1]
    return rows


def _joined(rows: Sequence[_Row]) -> list[tuple[str, int]]:
    """Entries and the offset at which each ends; one that was printed over several lines is whole again."""
    paged = any(row.paged for row in rows)
    marked = sum(bool(_MARKER.match(row.text)) for row in rows)
    all_marked = marked >= 0.7 * len(rows)
    entries: list[tuple[str, int]] = []
    ended = True
    for row in rows:
        begins = bool(_MARKER.match(row.text))
        goes_on = entries and not begins and ((paged and not ended) or (all_marked and not row.paged))
        if goes_on:
            entries[-1] = f"{entries[-1][0]} {row.text}".strip(), row.end
        elif row.text:
            entries.append((row.text, row.end))
        ended = row.paged
    return entries
