"""Places where a heading could stand, how far it would go, and what speaks for it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.pagemap import PageMap, fold
from ingest.blocks import Block
from ingest.named import NamedHeading, Names, letters
from ingest.numbering import Number, read_number
from ingest.typography import capital_share, first_sentence, heading_weight, run_on_title

_LONGEST = 420
_NAMED = 6.0
_NUMBER_NOT_PRINTED = 2.0
_RUN_IN = -0.5
_RUN_ON = -2.0
_WITHIN_BLOCK = -1.5
_GLUED = -0.5
_AFTER_BLANK = -2.0
_BROKEN_OFF = -3.0
_IN_A_LIST = -2.5

_CONTEXT = 24
_GLUED_NUMBER = re.compile(
    r"(?<![A-Za-z(])(?:(?:[IVXLC]{1,7}|[A-Z]|[a-z]|[ivx]{1,4}|\d{1,2})\.(?=\s?[A-Z“\"‘\[(])"
    r"|\((?:[A-Za-z]|[ivx]{1,4}|\d{1,2})\)(?=\s?[A-Z“\"]))"
)
_ENDED = re.compile(r"[.?!:;>][”\"’)\]]*\s*(?:<SUP>)?\s*(?:\d{1,4}\s{0,4})?$")
_FIRST_BELOW = re.compile(r"(?<=[\w.)”\"’])(\s*)(A|1|a|i|I)\.\s(?=[A-Z“\"])")
_CITED_BY_LETTER = re.compile(
    r"\b(?:Regulations?|Rules?|Schedules?|Forms?|Append(?:ix|ices)|Parts?|Items?|Sections?|Class|Exhibits?|Titles?|Phase|Annex"
    r"|Tables?|Figures?|Proposals?|Alternatives?|Options?|Groups?|Tiers?|Steps?|Questions?|Articles?|Chapters?|Sub\w+|Series"
    r"|Instructions?|Notes?|Category|Level|Type|Model|Vitamin|Paragraphs?|[A-Z])$"
)
_LEADERS = re.compile(r"(?:[.…]\s?){4,}\s*[ivxlc\d]{0,5}$")
_UNFINISHED = re.compile(r"(?:[-–—,/]|\b(?:of|and|the|to|for|in|on|with|or|by|from|an|under|that|as|at|its|their))$")
_LIST_GOES_ON = re.compile(r"(?::|;(?: and| or)?)\s*\d{0,4}$")
_CLOSING = re.compile(r"[)\]”\"’?!]*")
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
        name: by which bookmarks or table of contents name it.
        printed: whether its number is printed where it stands.
    """

    start: int
    end: int
    number: Number | None
    title: str
    weight: float
    name: NamedHeading | None = None
    printed: bool = True


def find_candidates(page_map: PageMap, blocks: Sequence[Block], names: Names) -> list[Candidate]:
    """Candidates in the order of the text; the same words may be offered more than once."""
    found: list[Candidate] = []
    for position, block in enumerate(blocks):
        before = blocks[position - 1] if position else None
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        named = list(_named_in(page_map, block, names))
        unnamed = list(_unnamed_in(page_map.text, block, before, following))
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
        if alone or (number and (_AFTER_TITLE.match(text, end) or run_on_title(text[title:]) == end - title)):
            end += len(_CLOSING.match(text, end)[0])
            taken = end
            printed = number is not None or name.number is None
            weight = _NAMED if printed else _NUMBER_NOT_PRINTED
            yield Candidate(start, end, number or name.number, fold(text[title:end]), weight, name, printed)


def _unnamed_in(text: str, block: Block, before: Block | None, following: Block | None) -> Iterator[Candidate]:
    """Numbers at the beginning of a paragraph, at the beginning of its lines, and glued to its sentences."""
    if _LEADERS.search(text[block.start : block.end]):
        return
    taken = block.start
    if number := read_number(text, block.start):
        context = _context_weight(text, before, block) if before is not None else 0.0
        for candidate in _headings_at(text, block.start, block.end, number, following):
            taken = candidate.end if candidate.weight > 0 else taken
            yield _weighed(candidate, context)
    for (_, above_end), (start, end) in zip(block.lines, block.lines[1:], strict=False):
        if start >= taken and _ENDED.search(text[max(above_end - _CONTEXT, 0) : above_end]) and (n := read_number(text, start)):
            for candidate in _headings_at(text, start, end, n, None):
                taken = candidate.end if candidate.weight > 0 else taken
                yield _weighed(candidate, _WITHIN_BLOCK)
    for match in _GLUED_NUMBER.finditer(text, taken + 1, block.end):
        start = match.start()
        if start < taken:
            continue
        if _ENDED.search(text[max(start - _CONTEXT, block.start) : start]) and (n := read_number(text, start)):
            weight = _AFTER_BLANK if text[start - 1].isspace() else _GLUED
            for candidate in _headings_at(text, start, block.end, n, None):
                taken = candidate.end if candidate.weight > 0 else taken
                yield _weighed(candidate, weight)


def _weighed(candidate: Candidate, weight: float) -> Candidate:
    return replace(candidate, weight=candidate.weight + weight)


def _context_weight(text: str, before: Block, block: Block) -> float:
    """What the paragraph before says against a heading: it stops in mid-sentence, or leads to a list."""
    tail = text[max(before.start, before.end - 120) : before.end]
    if _LIST_GOES_ON.search(tail) and before.end - before.start > 60:
        return _IN_A_LIST
    if _ENDED.search(tail) or capital_share(tail) >= 0.6:
        return 0.0
    return _BROKEN_OFF if block.after_break or before.end - before.start > 200 else 0.0


def _headings_at(text: str, start: int, end: int, number: Number, following: Block | None) -> Iterator[Candidate]:
    """The heading with this number, and first headings below it that are glued to its title."""
    title = start + number.length
    if end - title <= _LONGEST:
        for below in _FIRST_BELOW.finditer(text, title + 1, end):
            inner = read_number(text, below.start(2))
            if inner is not None and _is_apart(text, title, below):
                yield from _one_heading(text, start, below.start(), number, None)
                yield from _headings_at(text, below.start(2), end, inner, following)
                return
    yield from _one_heading(text, start, end, number, following)


def _is_apart(text: str, title: int, below: re.Match[str]) -> bool:
    """Whether what looks like a first number within a title is one, not the end or the number of the word before."""
    before = text[title : below.start()]
    if letters(text[below.end() : below.end() + len(before)]) == letters(before):  # said twice on the spot
        return True
    if below[1]:
        return _CITED_BY_LETTER.search(before) is None
    word = re.search(r"[A-Za-z]+$", before)
    if word is None:
        return not before[-1].isdigit() or not below[2].isdigit()
    return not below[2].islower() or re.search(rf"\b{word[0]}\b", text[below.end() :] + text[:title]) is not None


def _one_heading(text: str, start: int, end: int, number: Number, following: Block | None) -> Iterator[Candidate]:
    """As far as its paragraph goes, its first sentence goes, or its title case goes."""
    title = start + number.length
    words = fold(text[title : min(end, title + 2 * _LONGEST)])
    length, weight = len(words), heading_weight(words)
    sentence = first_sentence(words)
    if sentence is not None and sentence <= _LONGEST:
        length, weight = sentence, heading_weight(words[:sentence]) + _RUN_IN
    elif end - title > _LONGEST:
        weight = -9.0
    if weight < 1.0 and (run_on := run_on_title(words)) is not None:
        cut = heading_weight(words[:run_on]) + _RUN_ON
        length, weight = (run_on, cut) if cut > weight else (length, weight)
    stop = _offset_of(text, title, length)
    if following is not None and stop == end and _UNFINISHED.search(words):
        stop = _joined_end(text, end, following)
    yield Candidate(start, stop, number, fold(text[title:stop]), weight)


def _offset_of(text: str, start: int, folded_length: int) -> int:
    """The offset at which the first ``folded_length`` characters of the folded text end."""
    piece = text[start : start + 3 * folded_length + 60]
    count = len(fold(piece)[:folded_length].replace(" ", ""))
    for match in re.finditer(r"\S", piece):
        count -= 1
        if count == 0:
            return start + match.end()
    return start


def _joined_end(text: str, end: int, following: Block) -> int:
    """The end of a heading that goes on in the next paragraph: a title that broke off there."""
    rest = text[following.start : following.end]
    short = following.end - following.start <= 120 and following.start - end <= 3
    return following.end if short and read_number(rest) is None and capital_share(rest) >= 0.6 else end
