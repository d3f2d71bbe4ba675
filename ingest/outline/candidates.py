"""Places where a heading could stand, how far it would go, and what speaks for it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.pagemap import PageMap, fold
from ingest.outline.blocks import Block
from ingest.outline.extent import headings_at, is_printed
from ingest.outline.named import NamedHeading, Names
from ingest.outline.numbering import Number, read_number
from ingest.outline.typography import capital_share, run_on_title

_NAMED = 6.0
_NUMBER_NOT_PRINTED = 2.0
_WITHIN_BLOCK = -1.5
_GLUED = -0.5
_AFTER_BLANK = -1.5
_BROKEN_OFF = -3.0
_IN_A_LIST = -2.5
_CONTEXT = 24
_AHEAD = 200
_LONGEST_TITLE = 250
_LEAST_PROSE = 200

_GLUED_NUMBER = re.compile(
    r"(?<![A-Za-z(])(?:(?:[IVXLC]{1,7}|[A-Z]|[a-z]|[ivx]{1,4}|(?<!\d)\d{1,2})\.(?=\s?[A-Z“\"‘\[(])"
    r"|\((?:[A-Za-z]|[ivx]{1,4}|\d{1,2})\)(?=\s?[A-Z“\"]))"
)
_CALL_AND_NUMBER = re.compile(r"(?<![\d.,$])(\d{0,3})(\d{2})\.(?=\s?[A-Z“\"])")
_ENDED = re.compile(r"[.?!:;>][”\"’)\]]*\s*(?:<SUP>)?\s*(?:\d{1,4}\s{0,4})?$")
_LEADERS = re.compile(r"(?:[.…]\s?){4,}\s*[ivxlc\d]{0,5}$")
_LIST_GOES_ON = re.compile(r"(?::|;(?: and| or)?)\s*\d{0,4}$")
_NAME = re.compile(r"\b[A-Z][a-z]+$")
_LINE_REST = re.compile(r"[\W\d]*$")
_AFTER_TITLE = re.compile(r"\s?[.:?](?:\s|$)|\s?[—–]|\.\S")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible heading.

    Attributes:
        start: offset of its number, or of its title where none is printed.
        end: one past its title.
        number: as printed or, where none is, as the table of contents gives it.
        title: its words, white space folded.
        weight: what speaks for a heading, numbering aside; below 0 what speaks against it.
        alone: nothing follows it in its paragraph.
        name: by which bookmarks or table of contents name it.
        printed: whether its number is printed where it stands.
    """

    start: int
    end: int
    number: Number | None
    title: str
    weight: float
    alone: bool
    name: NamedHeading | None = None
    printed: bool = True


def find_candidates(page_map: PageMap, blocks: Sequence[Block], names: Names) -> list[Candidate]:
    """Candidates in the order of the text; the same words may be offered more than once."""
    found: list[Candidate] = []
    printed = is_printed(blocks)
    for position, block in enumerate(blocks):
        before = blocks[position - 1] if position else None
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        named = list(_named_in(page_map, block, names))
        unnamed = list(_unnamed_in(page_map.text, block, before, following, printed=printed))
        covered = [(c.start, c.end) for c in named]
        found += sorted(
            named + [c for c in unnamed if not any(low <= c.start < high for low, high in covered)],
            key=lambda c: c.start,
        )
    return found


def _named_in(page_map: PageMap, block: Block, names: Names) -> Iterator[Candidate]:
    """Lines of a paragraph that begin with a name."""
    text = page_map.text
    taken = block.start
    for start, _ in block.lines:
        if start < taken:
            continue
        number = read_number(text, start)
        title = start + number.length if number else start
        match = names.at(text, title, page_map.page_of(start), number.symbol if number else "")
        if match is None:
            continue
        name, end = match
        line_end = next(stop for _, stop in block.lines if stop >= min(end, block.lines[-1][1]))
        alone = bool(_LINE_REST.fullmatch(text[end : max(line_end, end)]))
        if alone or (
            number and (_AFTER_TITLE.match(text, end) or run_on_title(text[title : end + _AHEAD]) == end - title)
        ):
            taken = end
            printed = number is not None or name.number is None
            weight = _NAMED if printed else _NUMBER_NOT_PRINTED
            yield Candidate(start, end, number or name.number, fold(text[title:end]), weight, alone, name, printed)


def _unnamed_in(
    text: str, block: Block, before: Block | None, following: Block | None, *, printed: bool
) -> Iterator[Candidate]:
    """Numbers at the beginning of a paragraph, at the beginning of its lines, and glued to its sentences."""
    if _LEADERS.search(text[max(block.start, block.end - _AHEAD) : block.end]):
        return
    taken = block.start
    for start, weight in sorted(_places(text, block, before).items()):
        number = read_number(text, start)
        if number is None or start < taken:
            continue
        lines = [(max(low, start), high) for low, high in block.lines if high > start]
        below = following if start == block.start else None
        certain = start == block.start or not (number.symbol.isdigit() and text[start - 1].isdigit())
        for found in headings_at(text, lines, number, below, printed=printed):
            taken = found.end if found.weight > 0 and certain else taken
            yield Candidate(found.start, found.end, found.number, found.title, found.weight + weight, alone=found.alone)


def _places(text: str, block: Block, before: Block | None) -> dict[int, float]:
    """Offsets at which a heading could begin, and what the words before speak for it (above 0) or against it."""
    places = {
        start: _AFTER_BLANK if text[start - 1].isspace() else _GLUED
        for start in _glued(text, block)
        if _ENDED.search(text[max(start - _CONTEXT, block.start) : start])
    }
    for (above, above_end), (start, _) in pairwise(block.lines):
        if _ENDED.search(text[max(above_end - _CONTEXT, block.start) : above_end]) or read_number(text, above):
            places[start] = _WITHIN_BLOCK
    places[block.start] = _context_weight(text, before, block) if before is not None else 0.0
    return places


def _glued(text: str, block: Block) -> Iterator[int]:
    """Where numbers stand within a paragraph; "8092." may be note 809 and heading 2, or note 80 and heading 92."""
    for match in _GLUED_NUMBER.finditer(text, block.start + 1, block.end):
        yield match.start()
    for match in _CALL_AND_NUMBER.finditer(text, block.start + 1, block.end):
        yield from (match.end(2) - count for count in (1, 2) if count < len(match[1] + match[2]))


def _context_weight(text: str, before: Block, block: Block) -> float:
    """What the paragraph before says against a heading: it stops in mid-sentence, or leads to a list."""
    tail = text[max(before.start, before.end - 120) : before.end]
    if _LIST_GOES_ON.search(tail) and before.end - before.start > 60:
        return _IN_A_LIST
    length = before.end - before.start
    if _ENDED.search(tail):
        return 0.0
    if capital_share(tail) >= 0.6:  # a heading, or the end of a citation; "Kenneth" is followed by "A. Bertsch"
        broken_off = length > _LONGEST_TITLE and _NAME.search(tail) is not None
    else:
        broken_off = block.after_break or length > _LEAST_PROSE
    return _BROKEN_OFF if broken_off else 0.0
