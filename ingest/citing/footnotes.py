"""Footnotes cut out of a document's note part and linked to the places that call them. Pure.

Notes are numbered through a document, or anew in each of its parts. So the beginnings of
notes are the heaviest rising chain of numbers at the beginnings of lines, and calls are
found in the same way (:mod:`ingest.citing.notecalls`). Notes that are marked with a sign (* † ‡)
stand on the page that calls them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.pagemap import PageMap
from corpus.structure import Footnote
from ingest.citing.notecalls import link_calls
from ingest.citing.sequences import Candidate, Costs, heaviest_chain

_NUMBER = r"(?P<number>[1-9]\d{0,3})"
_STYLES = tuple(
    re.compile(rf"(?:(?P<line>^[ \t]*)|(?P<inside>[.?!][”\"’')\]]*[ \t]+)){printed}", re.MULTILINE)
    for printed in (
        rf"{_NUMBER}(?=\s|[A-Z“\"‘(\[§])",
        rf"{_NUMBER}\.(?=\s)",
        rf"\[(?:FN)?{_NUMBER}\]",
        rf"\{{{_NUMBER}\}}",
        rf"\\{_NUMBER}[\\/]",
        rf"{_NUMBER}/(?=\s)",
    )
)
_SIGN = re.compile(r"^[ \t]*(?P<number>\*{1,3}|†{1,2}|‡)(?=\s?[A-Z“\"(])", re.MULTILINE)
_NO_NOTE_AFTER = re.compile(
    r"\s+(?:CFR|C\.F\.R|U\.?\s?S\.?\s?C|F\.?R\.?\b|Fed\.|Stat\.|F\.\s?\dd|S\.\s?Ct|Cong\.|Del\.|percent|per cent|%"
    r"|[mb]illion|(?:business |calendar |trading )?(?:days?|months?|years?|hours?|minutes?)\b)"
)
_NO_NOTE_BEFORE = re.compile(
    r"(?:\b(?:notes?|footnotes?|nn?\.|sections?|parts?|rules?|items?|paragraphs?|chapters?|articles?|forms?|pages?|at|and"
    r"|or|to|of|through|Nos?\.|pp?\.|vol\.|Vol\.|Release|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)|[&–—,$-])\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!:;][”\"’')\]]*\s*$")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*$")
_LOOK_BACK_CHARS = 16
_PARAGRAPH, _LINE_AFTER_SENTENCE, _LINE, _INSIDE = 4.0, 2.5, 0.7, 0.7
_COSTS = Costs(skip=0.6, most_skip=3.0, restart=6.0)


def find_footnotes(page_map: PageMap) -> tuple[Footnote, ...]:
    """Every footnote of a document, in order, linked to its calls.

    A number that does not continue the sequence begins no note: a line "12 months later"
    within note 8, and "15 U.S.C. 78a" within note 14, belong to these notes. A new series
    may begin at 1.
    """
    if page_map.notes_start == len(page_map.text):
        return ()
    page_starts = {piece.start for piece in page_map.pieces(page_map.notes_start, len(page_map.text))}
    begins = _numbered(page_map, page_starts) + _signed(page_map)
    return link_calls(page_map, tuple(_cut(page_map, sorted(begins))))


def _cut(page_map: PageMap, begins: list[tuple[int, str]]) -> Iterator[Footnote]:
    """Each note ends where the next begins."""
    end_of_text = (len(page_map.text), "")
    for (start, number), (stop, _) in pairwise([*begins, end_of_text]):
        end = start + len(page_map.text[start:stop].rstrip())
        yield Footnote(number, start, end, page_map.page_of(start))


def _numbered(page_map: PageMap, page_starts: set[int]) -> list[tuple[int, str]]:
    """Offset and number of every numbered note, in the one way of printing that explains most."""
    text, chains = page_map.text, []
    for style in _STYLES:
        candidates = []
        for match in style.finditer(text, page_map.notes_start):
            if (weight := _weight(text, match, page_starts)) > 0:
                start = match.end("line") if match["line"] is not None else match.end("inside")
                candidates.append(Candidate(start, int(match["number"]), weight))
        chains.append(heaviest_chain(candidates, _COSTS))
    _, chain = max(chains, key=lambda scored: scored[0])
    return [(member.offset, str(member.value)) for member in chain]


def _weight(text: str, match: re.Match[str], page_starts: set[int]) -> float:
    """How much speaks for a note's beginning here; 0 when it cannot be one."""
    if _NO_NOTE_AFTER.match(text, match.end()):
        return 0.0
    if match["line"] is None:
        return 0.0 if _NO_NOTE_BEFORE.search(_before(text, match.end("inside"))) else _INSIDE
    before = _before(text, match.start())
    if match.start() in page_starts or _BLANK_LINE.search(before):
        return _PARAGRAPH
    if _NO_NOTE_BEFORE.search(before):
        return 0.0
    return _LINE_AFTER_SENTENCE if _SENTENCE_END.search(before) else _LINE


def _before(text: str, offset: int) -> str:
    return text[max(offset - _LOOK_BACK_CHARS, 0) : offset]


def _signed(page_map: PageMap) -> list[tuple[int, str]]:
    matches = _SIGN.finditer(page_map.text, page_map.notes_start)
    return [(match.start("number"), match["number"]) for match in matches]
