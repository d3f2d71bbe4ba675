"""What a document asks the public: its numbered and bulleted requests for comment, and those in running text.

An item counts as a request where a sentence before it, in its section, asks for comment, or the
section's heading does. A number that is printed is kept; items behind bullets are counted, anew
in every section.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.answers import Citation
from corpus.library import Library
from corpus.records import Voice
from corpus.sentences import readable, split_sentences
from rag.align import Outline, Part
from rag.cite import cite

_ADVERB = r"(?:also|and|in particular|now|again|hereby|further|\w+ly)"
_ASKS = re.compile(
    r"\b(?:we|commission|board|bureau|department|corporation|administration|staff|occ|fdic|agencies|agency|treasury)"
    rf"(?: (?:are|is|{_ADVERB}))*,?(?: (?:requesting|seeking|soliciting|inviting|welcoming|asking for|encouraging"
    r"|requests?|seeks?|solicits?|invites?|welcomes?|encourages?|asks? for)){1,2}(?: and (?:encourage|invite))?s?"
    r"(?: (?!not\b)[\w-]+){0,6}? (?:comments?|views|input|feedback|commenters?|(?:interested )?persons?)\b"
    r"|\bcomments? (?:is|are) (?:also |specifically |particularly )?(?:requested|sought|solicited|invited)\b"
    r"|\b(?:we|commission) (?:is |are )?(?:\w+ )?interested in (?:\w+ )?comments?\b"
    r"|\bcommenters are (?:asked|encouraged|invited|requested)\b|\bwe (?:\w+ )?ask (?:that )?commenters\b"
    r"|^(?:if (?:so|not|yes|no)\b[^.?]{0,60} )?please (?:also )?(?:comment|discuss|describe|explain|provide|specify"
    r"|identify|address)\b",
    re.IGNORECASE,
)
_ASKING = ("request", "seek", "solicit", "invit", "welcom", "ask", "encourag", "interested", "please", "sought")
_PERHAPS = re.compile(r"comment|please|views|input|feedback|persons?\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\bthe foregoing (?:comment|view)s|"
    r"\bcomments? (?:below|above)\b|\bas (?:noted|discussed) above, we (?:request|seek)"
    r"|\bcommenters?\b[^.?]{0,60}\b(?:state|suggest|recommend|urg|ask|argu|encourag)ed\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\b(?:requests? for (?:\w+ ){0,2}comments?|solicitation of comments?|questions? for comment)", re.IGNORECASE
)
_MARK = re.compile(
    r"^[ \t]*(?:(?P<bullet>[•●▪■◦])|(?:(?:Question|Request for Comment|Q)[ .#]*)?"
    r"(?:\((?P<bracketed>\d{1,3})\)|(?P<number>\d{1,3})[.):]))[ \t\n]+(?=\S)",
    re.MULTILINE,
)
_BREAK = re.compile(r"\n[ \t]*\n")
_CLOSED = re.compile(r"[.?!:;][”’\"')\]]*\s*\d{0,4}\s*$")
_LONGEST_JUMP = 3


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that the public is asked.

    Attributes:
        number: as printed, or counted within the section where bullets stand; None in running text.
        printed: whether the number is printed.
        text: on one line, without the mark in front.
        citation: the words, or their part on the first page.
        continued: the rest of a request that runs over a page.
    """

    number: int | None
    printed: bool
    text: str
    section: str
    citation: Citation
    continued: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or an item of a list, with offsets in the document's text.

    Attributes:
        number: printed in front of it, 0 for a bullet, None for a paragraph.
        body: where its words begin, behind the mark.
    """

    number: int | None
    start: int
    body: int
    end: int


def find_requests(library: Library, outline: Outline) -> list[Request]:
    """Every request for comment of a document in order; footnotes and tables of contents ask nothing."""
    found = []
    for part in outline.parts:
        if part.voice in (Voice.RULE_TEXT, Voice.FRONT_MATTER):
            continue
        for block, number in requests_of(outline.text, part):
            citations = cite(library, outline.document, block.body, block.end, part.path, Voice.REQUEST_FOR_COMMENT)
            if citations and all(c.verified for c in citations):
                text = readable(outline.text[block.body : block.end])
                printed = bool(block.number)
                found.append(Request(number, printed, text, part.path, citations[0], citations[1:]))
    return found


def requests_of(text: str, part: Part) -> Iterator[tuple[Block, int | None]]:
    """The requests in one section, each with its number.

    Args:
        text: of the document.
        part: of the document; only its own text is read, not the sections under it.
    """
    asked = _HEADING.search(part.heading) is not None or part.voice is Voice.REQUEST_FOR_COMMENT
    open_list = counted = 0
    blocks = blocks_of(text, part.body, part.end)
    for n, block in enumerate(blocks):
        words = text[block.body : block.end]
        if block.number is None:
            leads = n + 1 < len(blocks) and blocks[n + 1].number is not None
            asks = [s for s in _asking(text, block, anything=asked) if not (leads and s.end == block.end)]
            yield from ((sentence, None) for sentence in asks)
            open_list = leads and _asks(words) and words.rstrip().endswith((":", ","))
            asked = asked or _asks(words)
        elif open_list or _asks(words) or (asked and "?" in words):
            counted += block.number == 0
            yield block, block.number or counted


def blocks_of(text: str, start: int, end: int) -> list[Block]:
    """Paragraphs and items of ``text[start:end]``; one torn by a page's end is whole, sub-items stay in their item."""
    cuts = sorted({start, *(m.end() for m in _BREAK.finditer(text, start, end))} | _marks(text, start, end))
    blocks: list[Block] = []
    for low, high in zip(cuts, [*cuts[1:], end], strict=True):
        if not text[low:high].strip():
            continue
        block = _block(text, low, high)
        if blocks and _goes_on(text, blocks[-1], block):
            blocks[-1] = replace(blocks[-1], end=block.end)
        else:
            blocks.append(block)
    return blocks


def _marks(text: str, start: int, end: int) -> set[int]:
    """Where items begin; a number at a line's start that continues no count is none."""
    found: set[int] = set()
    last = 0
    for mark in _MARK.finditer(text, start, end):
        number = int(mark["number"] or mark["bracketed"] or 0)
        if mark["bullet"] or number == 1 or last < number <= last + _LONGEST_JUMP or _begins(text, mark.start()):
            found.add(mark.start())
            last = number or last
    return found


def _begins(text: str, at: int) -> bool:
    return _BREAK.search(text[max(at - 3, 0) : at]) is not None


def _block(text: str, low: int, high: int) -> Block:
    while low < high and text[low].isspace():
        low += 1
    while low < high and text[high - 1].isspace():
        high -= 1
    mark = _MARK.match(text, low, high)
    if mark is None:
        return Block(None, low, low, high)
    return Block(int(mark["number"] or mark["bracketed"] or 0), low, mark.end(), high)


def _goes_on(text: str, before: Block, block: Block) -> bool:
    """Whether a block belongs to the one before it: torn by a page's end, or a bullet under a number."""
    if before.number and block.number == 0:
        return True
    torn = not _CLOSED.search(text[before.start : before.end]) and text[block.start].islower()
    return block.number is None and torn


def _asking(text: str, block: Block, *, anything: bool) -> Iterator[Block]:
    """Sentences of a paragraph that ask; questions count only where the section asks for comment."""
    for sentence in split_sentences(text[block.start : block.end]):
        low, high = block.start + sentence.start, block.start + sentence.end
        words = " ".join(text[low:high].split())
        if (_asks(words) and not words.endswith(":")) or (anything and words.endswith("?")):
            yield Block(None, low, low, high)


def _asks(words: str) -> bool:
    lower = words.lower()
    if not any(stem in lower for stem in _ASKING) or _PERHAPS.search(words) is None:
        return False
    words = " ".join(words.split())
    return _ASKS.search(words) is not None and not _ELSEWHERE.search(words)
