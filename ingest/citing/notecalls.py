"""The places in a document's body that call its footnotes. Pure.

Readers name the calls that a file raises or tags (``Page.calls``). The others are told by
how they stand ("…, as proposed.12 The") and by their order: calls count upwards, and no
note is called pages away from where it stands.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.pagemap import PageMap
from corpus.structure import Footnote
from ingest.citing.sequences import Candidate, Costs, heaviest_chain

_GIVEN, _SET_APART, _GLUED, _SPACED, _WEAK = 8.0, 4.0, 3.0, 2.0, 0.8
_SAME_PAGE, _NEXT_PAGE = 1.0, 0.5
_COSTS = Costs(skip=0.02, most_skip=0.5)
_WINDOW_CHARS = 24
_DIGITS = re.compile(r"(?<![\d$])(?<!\d,)[1-9]\d{0,3}(?![\d%]|[.,]\d|-\w|/\d)")
_BRACKETS = {"\\": "\\/", "[": "]", "{": "}"}
_CLOSING = r"[”\"’')\]‖]"  # U+2016: how some files' fonts name a closing quotation mark
_GLUED_TO = re.compile(rf"[A-Za-z%)\]”’]\s?[.,;:?!]{_CLOSING}*$|{_CLOSING}$|[A-Za-z][a-z]{{2}}$")
_AFTER_POINT = re.compile(rf"[\w%)\]”\"’]\s?[.,;:?!]{_CLOSING}*\s{{1,2}}$|{_CLOSING}\s{{1,2}}$|[—–]$|\S\s\s$")
_AFTER_WORD = re.compile(r"[\w)]\s$")
_ENDS_NUMBER = re.compile(r"[\s.,;:)”’\"'—–\]]|$")
_SENTENCE_AFTER = re.compile(r"\s+[A-Z“\"(]|\s*\n\s*\n|\s*$")
_BLANK_LOST = re.compile(r"[($]|[a-z]{3}")  # "… as proposed. 12therefore"
_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]\.\s?[A-Z]|No|Nos|pp?|nn?|Rel|Vol|Art|Sec|Secs|Ch|ch|Fed|Reg|Stat|Pub|Cong|Sess|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Corp|v|approx)\.|§+)\s?$"
)
_GOES_ON = re.compile(
    r"\b(?:Rules?|Sections?|Items?|Parts?|Forms?|Notes?|Footnotes?|Tables?|Exhibits?|Schedules?|Articles?|Questions?"
    r"|Titles?|Chapters?|Paragraphs?|Pages?|Steps?|Phases?|Tiers?|Levels?|Figures?|Appendix|Instructions?|a|an|the|of|to"
    r"|in|on|at|by|for|from|or|and|with|than|over|under|between|about|approximately|least|most|is|are|was|were|all|only"
    r"|every|each|another|those|these|its|next|first|last|through|within|after|before|some|nearly|around|additional"
    rf"|fiscal|exceeds?|per|until|up|minus|plus|times|roughly|other|{_MONTH})\s$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(
    r"\s(?:CFR|C\.F\.R|U\.\s?S\.\s?C|FR\b|Fed\.|Stat\.|F\.\dd|percent|per cent|[mbtr]+illion|hundred|thousand|basis"
    r"|points?|business|calendar|trading|days?|months?|years?|hours?|minutes?|seconds?|shares?|commenters?|comment|letters?"
    r"|firms|brokers?|broker-dealers|issuers|funds|advisers|companies|registrants|respondents|entities|exchanges|pages?"
    rf"|{_MONTH})\b"
)


def link_calls(page_map: PageMap, notes: Sequence[Footnote]) -> tuple[Footnote, ...]:
    """The notes with the offsets of their calls; a note whose call was not found keeps none."""
    given = _given_calls(page_map)
    calls: dict[int, set[int]] = defaultdict(set)
    for offset, index in _chained(page_map, notes, given):
        calls[index].add(offset)
    chained = {offset for offsets in calls.values() for offset in offsets}
    for offset, number in given.items():  # a call outside the order: the same note again
        again = _on_its_page(page_map, notes, offset, number) if offset not in chained else None
        if again is not None:
            calls[again].add(offset)
    for offset, index in _signs(page_map, notes):
        calls[index].add(offset)
    return tuple(replace(note, calls=tuple(sorted(calls[index]))) for index, note in enumerate(notes))


def _given_calls(page_map: PageMap) -> dict[int, str]:
    """Calls in the body that the reader named, by offset in the document's text."""
    return {
        page_map.offset_on_page(page.number, offset): number
        for page in page_map.pages
        for offset, number in page.calls
        if offset < page.body_chars
    }


def _chained(page_map: PageMap, notes: Sequence[Footnote], given: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """(offset of a call, index of its note), each note once, in the order that explains most."""
    by_number: dict[str, list[int]] = defaultdict(list)
    for index, note in enumerate(notes):
        by_number[note.number].append(index)
    at_the_end = len({note.page for note in notes}) == 1
    candidates = []
    for offset, number, weight in _candidates(page_map, given, by_number):
        page = page_map.page_of(offset)
        for index in by_number[number]:
            away = notes[index].page - page
            if away in (0, 1) or (away > 0 and at_the_end):
                near = {0: _SAME_PAGE, 1: _NEXT_PAGE}.get(away, 0.0)
                candidates.append(Candidate(offset, index + 1, weight + near))
    _, chain = heaviest_chain(candidates, _COSTS)
    yield from ((member.offset, member.value - 1) for member in chain)


def _candidates(
    page_map: PageMap, given: Mapping[int, str], numbers: Container[str]
) -> Iterator[tuple[int, str, float]]:
    """Offset, number and weight of whatever may call a note."""
    text = page_map.text
    for match in _DIGITS.finditer(text, 0, page_map.notes_start):
        start, end = match.span()
        if match[0] in numbers and start not in given:
            weight = _weight(text[max(start - _WINDOW_CHARS, 0) : start], text[end : end + _WINDOW_CHARS])
            if weight > 0:
                yield start, match[0], weight
    for offset, number in given.items():
        if number in numbers:
            yield offset, number, _GIVEN


def _weight(before: str, after: str) -> float:
    """How much speaks for a call between these words; 0 when it cannot be one."""
    if (after[:1] and after[0] in _BRACKETS.get(before[-1:], "")) or (before.endswith("  ") and after.startswith("  ")):
        return _SET_APART
    if _ABBREVIATION.search(before):
        return 0.0
    if _GLUED_TO.search(before) and _ENDS_NUMBER.match(after):
        return _GLUED
    return 0.0 if _UNIT_AFTER.match(after) else _spaced_weight(before, after)


def _spaced_weight(before: str, after: str) -> float:
    if before[-1:] == ".":  # "$5,000.382 The": an amount or a year, a full stop and a call
        return _WEAK if _SENTENCE_AFTER.match(after) else 0.0
    if _AFTER_POINT.search(before):
        return _SPACED if _ENDS_NUMBER.match(after) else _WEAK if _BLANK_LOST.match(after) else 0.0
    between_words = _AFTER_WORD.search(before) and _ENDS_NUMBER.match(after)
    return _WEAK if between_words and not _GOES_ON.search(before) else 0.0


def _on_its_page(page_map: PageMap, notes: Sequence[Footnote], offset: int, number: str) -> int | None:
    """The note of this number on the page of its call; the only one anywhere, if it stands later."""
    alike = [index for index, note in enumerate(notes) if note.number == number]
    page = page_map.page_of(offset)
    here = [index for index in alike if notes[index].page == page]
    if here:
        return here[0]
    return alike[0] if len(alike) == 1 and notes[alike[0]].page > page else None


def _signs(page_map: PageMap, notes: Sequence[Footnote]) -> Iterator[tuple[int, int]]:
    """Calls by a sign, on the page of its note and before it."""
    for index, note in enumerate(notes):
        if note.number.isdigit():
            continue
        page = page_map.page(note.page)
        sign = re.escape(note.number)
        pattern = rf"(?<=[\w.,;:?!)\]”’\"])\s?(?<![*†‡]){sign}(?![*†‡\w]|\s\*)"
        if found := re.search(pattern, page.text[: page.body_chars]):
            yield page_map.offset_on_page(note.page, found.end() - len(note.number)), index
