"""How far a heading goes that begins at a number: to the end of its paragraph, line, sentence or title. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.pagemap import fold
from ingest.outline.blocks import Block
from ingest.outline.named import letters
from ingest.outline.numbering import Number, read_number
from ingest.outline.typography import capital_share, first_sentence, heading_weight, is_capitals, run_on_title

_LONGEST = 420
_LONGEST_PRINTED_LINE = 250  # characters; a longer line is a paragraph that was never broken
_RUN_IN = -0.5
_RUN_ON = -2.0
_NEVER = -9.0
_GOES_ON = -2.5
_LONG_TITLE = 14  # words; a longer one may hold a sentence
_MOST_LINES = 5
_FULL_LINE = 45  # characters; a title that goes on in the next paragraph fills its line
_REPEATED = 24
_CLOSED = ".:;?!”"
_FIRST_BELOW = re.compile(r"(?<=[\w.)”\"’])(\s*)([A1aiI])\.\s(?=[A-Z“\"])")
_CITED = re.compile(
    r"\b(?:Regulation|Rule|Schedule|Form|Appendix|Part|Item|Section|Class|Exhibit|Title|Phase|Annex|Table|Figure"
    r"|Proposal|Alternative|Option|Group|Tier|Step|Question|Article|Chapter|Sub\w+|Series|Instruction|Note|Category"
    r"|Level|Type|Model|Paragraph|[A-Z])$"
)
_UNFINISHED = re.compile(r"(?:[-–—,/]|\b(?:of|and|the|to|for|in|on|with|or|by|from|an|under|that|as|at|its|their))$")


@dataclass(frozen=True, slots=True)
class Extent:
    """A heading as far as it could go.

    Attributes:
        start: offset of its number.
        end: one past its title.
        number: with which it begins.
        title: its words, white space folded.
        weight: what its form says for it, or below 0 against it.
        alone: nothing follows it in its paragraph.
    """

    start: int
    end: int
    number: Number
    title: str
    weight: float
    alone: bool


def is_printed(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs were broken into printed lines, as in a PDF; a text file has them unbroken."""
    lengths = [high - low for block in blocks for low, high in block.lines]
    return sum(length > _LONGEST_PRINTED_LINE for length in lengths) < 0.02 * len(lengths)


def headings_at(
    text: str, lines: Sequence[tuple[int, int]], number: Number, following: Block | None, *, printed: bool
) -> Iterator[Extent]:
    """The heading with this number, and first headings below it that run on in its title ("II. RulesA. Scope").

    Args:
        text: of the document.
        lines: offsets of its first line, from the number on, and of those that follow in the paragraph.
        number: that stands at the beginning of the first line.
        following: the next paragraph, unless another heading separates the two.
        printed: see :func:`is_printed`.
    """
    start, end = lines[0][0], lines[-1][1]
    title = start + number.length
    if end - title <= _LONGEST:
        for below in _FIRST_BELOW.finditer(text, title + 1, end):
            inner = read_number(text, below.start(2))
            if inner is not None and _is_apart(text, title, below, end):
                yield _extent(text, _cut(lines, start, below.start()), number, None, printed=printed)
                yield from headings_at(text, _cut(lines, below.start(2), end), inner, following, printed=printed)
                return
    yield _extent(text, lines, number, following, printed=printed)


def _cut(lines: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [(max(low, start), min(high, end)) for low, high in lines if low < end and high > start]


def _is_apart(text: str, title: int, below: re.Match[str], end: int) -> bool:
    """Whether what looks like a first number within a title is one, not the end or the number of the word before."""
    before = text[title : below.start()]
    repeated = letters(text[below.end() : min(below.end() + _REPEATED, end)])
    if repeated and repeated in letters(text[max(title - _LONGEST, 0) : below.start()]):  # said twice on the spot
        return True
    if below[1]:
        return _CITED.search(before) is None
    word = re.search(r"[A-Za-z]+$", before)
    if word is None:
        return not before[-1].isdigit() or not below[2].isdigit()
    if not below[2].islower():
        return True
    whole = re.compile(rf"\b{word[0]}\b", re.IGNORECASE)
    return whole.search(text, below.end()) is not None or whole.search(text, 0, title) is not None


def _extent(
    text: str, lines: Sequence[tuple[int, int]], number: Number, following: Block | None, *, printed: bool
) -> Extent:
    start, end = lines[0][0], lines[-1][1]
    title = start + number.length
    words = fold(text[title : min(end, title + 2 * _LONGEST)])
    stop, weight = end, heading_weight(words) if end - title <= _LONGEST else _NEVER
    if printed and (line_end := _short_line_end(text, title, lines)) is not None:
        stop, weight = line_end, heading_weight(fold(text[title:line_end])) + _RUN_IN
    elif (sentence := first_sentence(words)) is not None and sentence <= _LONGEST:
        stop, weight = _offset_of(text, title, sentence), heading_weight(words[:sentence]) + _RUN_IN
    long = fold(text[title:stop]).count(" ") >= _LONG_TITLE
    run_on = run_on_title(words, sure=weight >= 1.0) if weight < 1.0 or long else None
    if run_on is not None and (cut := heading_weight(words[:run_on]) + _RUN_ON) > min(weight, 0.0):
        stop, weight = _offset_of(text, title, run_on), cut
    alone = stop == end
    if alone and following is not None:
        stop = _joined_end(text, words, stop, following, printed=printed)
        weight = heading_weight(fold(text[title:stop])) if stop > end else weight
        if stop == end and text[following.start].islower():
            weight += _GOES_ON
    return Extent(start, stop, number, fold(text[title:stop]), weight, alone)


def _short_line_end(text: str, title: int, lines: Sequence[tuple[int, int]]) -> int | None:
    """The end of the line on which a title stops short and a sentence begins below it, or None."""
    lengths = [high - low for low, high in lines]
    for count, longest in zip(range(1, len(lines)), accumulate(lengths, max), strict=False):
        end = lines[count - 1][1]
        heading, prose = fold(text[title:end]), fold(text[lines[count][0] : lines[min(count + 1, len(lines) - 1)][1]])
        stops_short = lengths[count - 1] < 0.8 * max(longest, lengths[count])
        begins = prose[0].isupper() or prose[0] in '“"('
        if count > _MOST_LINES or first_sentence(heading) is not None:
            return None
        if capital_share(heading) >= 0.6 and (
            read_number(text, lines[count][0]) is not None
            or (is_capitals(heading) and not text[slice(*lines[count])].isupper())
        ):
            return end
        if stops_short and begins and capital_share(prose) < 0.6 <= capital_share(heading):
            return None if _UNFINISHED.search(heading) else end
    return None


def _offset_of(text: str, start: int, folded_length: int) -> int:
    """The offset at which the first ``folded_length`` characters of the folded text end."""
    piece = text[start : start + 3 * folded_length + 60]
    count = len(fold(piece)[:folded_length].replace(" ", ""))
    for match in re.finditer(r"\S", piece):
        count -= 1
        if count == 0:
            return start + match.end()
    return start


def _joined_end(text: str, words: str, end: int, following: Block, *, printed: bool) -> int:
    """The end of a title that goes on in the next paragraph: one that broke off, or filled its printed line."""
    rest = fold(text[following.start : following.end])
    full = printed and len(words) >= _FULL_LINE and len(following.lines) < _MOST_LINES
    if not (full or _UNFINISHED.search(words)) or words[-1] in _CLOSED or len(rest) > _LONGEST - len(words):
        return end
    alike = capital_share(rest) >= 0.7 and is_capitals(words) == is_capitals(rest)
    goes_on = alike and read_number(rest) is None and rest[0].isalpha() and rest[-1] not in ":;,"
    return following.end if goes_on and first_sentence(rest) is None else end
