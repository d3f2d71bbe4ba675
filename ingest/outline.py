"""Sections of a document: where each heading stands, its number, level and path. Pure.

A heading is believed when the file's bookmarks or its printed table of contents name it,
or when its number continues the numbering so far ("B." after "A.", "1." below it). A line
that merely begins like a heading ("A. for reference") is neither.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.pagemap import PageMap, fold
from corpus.records import Kind, Section
from ingest.numbering import Numbering, read_number
from ingest.readout import Bookmark, Mark, Readout

MAX_HEADING_CHARS = 240
_TOC_LINE = re.compile(r"(?:\.\s?){4,}\s*[ivxlc\d]{1,5}$")
_MARK_ONLY = re.compile(r"[\s(§]*(?:\w{1,5}[.)]\s*)?")  # what may stand before a heading's words in its line
_TOC_TITLE = re.compile(r"^\s*table of contents:?\s*$", re.IGNORECASE)
_FRONT = re.compile(
    r"^(AGENCY|ACTION|SUMMARY|DATES?|ADDRESSES|FOR FURTHER INFORMATION,? CONTACT|SUPPLEMENTARY INFORMATION) ?:"
)
_UNNUMBERED = re.compile(
    r"^(?:Text of (?:the )?(?:Proposed|Final|Adopted|Rule)\b.{0,60}|List of Subjects.{0,60}|Statutory Authority.{0,60}"
    r"|Executive Summary|Exhibit [A-Z\d].{0,60}|Appendix [A-Z\d].{0,60}|PART \d{3}\s?[-–—].{0,120})$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^(?:PART\s+[IVX]{1,4}\b.{0,60}|Item\s+\d{1,2}[A-C]?\.?(?:\s*[-–—:.])?\s+\S.{0,120})$", re.IGNORECASE
)
_RULE = re.compile(r"^§+\s?(\d{3}\.\d+[\w–-]*(?:\([a-zA-Z0-9]+\))*)\s+([A-Z].{2,150})")
_LAW = re.compile(r"^(?:(TITLE|Subtitle)\s+([IVXLC]+|[A-Z])\s?[-–—].{2,120}|(SEC)\. (\d{1,4}[A-Z]?)\. [A-Z].{2,160})$")


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    number: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    opens_paragraph: bool
    closes_paragraph: bool


def find_sections(page_map: PageMap, readout: Readout, kind: Kind) -> tuple[Section, ...]:
    """The headed parts of a document's body, in order; text before the first heading belongs to none.

    Args:
        page_map: of the document.
        readout: what its format says of headings: marks, else bookmarks.
        kind: of the document.
    """
    if readout.marks:
        return tuple(_sections([_marked(page_map, mark) for mark in readout.marks], page_map))
    lines = _body_lines(page_map)
    named = _at_bookmarks(page_map, readout.bookmarks)
    numbered = [] if named else _numbered(lines, _toc_titles(lines), kind)
    taken = {h.start for h in named + numbered}
    headings = named + numbered + [h for h in _standing(lines, kind) if h.start not in taken]
    return tuple(_sections(_without_contents(sorted(headings, key=lambda h: h.start)), page_map))


def _marked(page_map: PageMap, mark: Mark) -> _Heading:
    start = page_map.offset_on_page(mark.page, mark.start)
    return _Heading(start, start + mark.end - mark.start, mark.number, fold(mark.heading), mark.level)


def _body_lines(page_map: PageMap) -> list[_Line]:
    body = page_map.text[: page_map.notes_start]
    page_starts = {piece.start for piece in page_map.pieces(0, len(body))} if body.strip() else set()
    lines: list[_Line] = []
    offset = 0
    rows = body.split("\n")
    for position, row in enumerate(rows):
        text = row.strip()
        if text:
            opens = position == 0 or not rows[position - 1].strip() or offset in page_starts
            closes = position + 1 == len(rows) or not rows[position + 1].strip()
            start = offset + row.index(text[0])
            lines.append(_Line(start, start + len(text), text, opens, closes))
        offset += len(row) + 1
    return lines


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _at_bookmarks(page_map: PageMap, bookmarks: Sequence[Bookmark]) -> list[_Heading]:
    """Each bookmark's words, found on its page; one whose words do not stand there is left out."""
    found: list[_Heading] = []
    low = 0
    for mark in bookmarks:
        number = read_number(mark.title)
        title = mark.title[number.length :].strip() if number else mark.title
        for wanted in (mark.title, title):
            if (span := _find_on_page(page_map, mark.page, wanted, low)) is not None:
                found.append(_Heading(*span, number.printed if number else "", fold(title), mark.level))
                low = span[1]
                break
    return found


def _find_on_page(page_map: PageMap, number: int, title: str, low: int) -> tuple[int, int] | None:
    wanted = _letters(title)
    if not wanted or not 1 <= number <= len(page_map.pages):
        return None
    body = page_map.page(number).text[: page_map.page(number).body_chars]
    positions = [i for i, c in enumerate(body.lower()) if c.isalnum()]
    letters = "".join(body[i].lower() for i in positions)
    at = letters.find(wanted)
    while at >= 0:
        start, end = positions[at], positions[at + len(wanted) - 1] + 1
        offset = page_map.offset_on_page(number, start)
        if _MARK_ONLY.fullmatch(body[:start].rpartition("\n")[2]) and offset >= low:
            return offset, offset + end - start
        at = letters.find(wanted, at + 1)
    return None


def _toc_titles(lines: Sequence[_Line]) -> set[str]:
    """Titles that a printed table of contents lists, reduced to letters."""
    begin = next((i for i, line in enumerate(lines) if _TOC_TITLE.match(line.text)), None)
    if begin is None:
        return set()
    titles: dict[str, None] = {}
    for line in lines[begin + 1 : begin + 400]:
        number = read_number(line.text)
        title = _letters(_TOC_LINE.sub("", line.text[number.length :] if number else line.text))
        if len(line.text) > 200 or title in titles:  # running text, or the first heading itself
            break
        titles[title] = None
    return {title for title in titles if len(title) > 4}


def _numbered(lines: Sequence[_Line], titles: set[str], kind: Kind) -> list[_Heading]:
    found: list[_Heading] = []
    numbering = Numbering()
    for line in lines:
        number = read_number(line.text)
        text = line.text[number.length :].strip() if number else line.text
        if not line.opens_paragraph or _TOC_LINE.search(line.text) or not _looks_like_heading(text):
            continue
        listed = _letters(text) in titles
        if number is None:
            if listed and line.closes_paragraph:
                found.append(_Heading(line.start, line.end, "", fold(text), 1 if text.isupper() else 2))
        elif (line.closes_paragraph or listed) and (level := numbering.accept(number, listed=listed)):
            found.append(_Heading(line.start, line.end, number.printed, fold(text), level))
    return found if kind is not Kind.COMPANY_REPORT else []


def _looks_like_heading(text: str) -> bool:
    if not 2 < len(text) <= MAX_HEADING_CHARS or not (text[0].isupper() or text[0] in "“\"'§"):
        return False
    if text.endswith((";", ",", ":")) or re.search(r"[a-z]{3}\. [A-Z]", text):
        return False
    return not (text.endswith(".") and len(text.split()) > 12)


def _standing(lines: Sequence[_Line], kind: Kind) -> list[_Heading]:
    """Headings that are known by their wording: parts of a release, items of a report, sections of a rule."""
    found = []
    for line in lines:
        if not line.opens_paragraph and kind is not Kind.COMPANY_REPORT:
            continue
        if match := _FRONT.match(line.text):
            found.append(_Heading(line.start, line.start + match.end(), "", match[1].title(), 1))
        elif match := _RULE.match(line.text):
            title = match[2].split(". ")[0].rstrip(".")
            found.append(_Heading(line.start, line.start + match.start(2) + len(title), f"§ {match[1]}", title, 2))
        elif kind is Kind.STATUTE and (match := _LAW.match(line.text)):
            level = 1 if match[1] == "TITLE" else 2 if match[1] else 3
            found.append(_Heading(line.start, line.end, match[4] or "", fold(line.text), level))
        elif line.closes_paragraph and _UNNUMBERED.match(line.text):
            found.append(_Heading(line.start, line.end, "", fold(line.text), 1))
        elif kind is Kind.COMPANY_REPORT and _ITEM.match(line.text) and not line.text.endswith((",", ";")):
            level = 1 if line.text[:4].upper() == "PART" else 2
            found.append(_Heading(line.start, line.end, "", fold(line.text), level))
    return found


def _without_contents(headings: Sequence[_Heading]) -> list[_Heading]:
    """Leave out the entries of a table of contents: five or more headings with nothing between them."""
    kept: list[_Heading] = []
    run: list[_Heading] = []
    for heading in headings:
        if run and heading.start - run[-1].end > 40:
            kept += run if len(run) < 5 else run[-1:]
            run = []
        run.append(heading)
    return kept + (run if len(run) < 5 else run[-1:])


def _sections(headings: Sequence[_Heading], page_map: PageMap) -> Iterable[Section]:
    ends = [*(h.start for h in headings[1:]), page_map.notes_start][: len(headings)]
    above: list[_Heading] = []
    for heading, end in zip(headings, ends, strict=True):
        above = [h for h in above if h.level < heading.level] + [heading]
        numbers = ".".join(h.number.strip("().") for h in above if h.number and not h.number.startswith("§"))
        if heading.number.startswith("§"):
            numbers = heading.number
        path = f"{numbers} › {heading.text}" if numbers and heading.number else heading.text
        stop = max(min(end, page_map.notes_start), heading.end)
        yield Section(
            heading.number.strip(". "), heading.text, heading.level, path, heading.start, stop,
            page_map.page_of(heading.start), page_map.page_of(max(stop - 1, heading.start)),
        )  # fmt: skip


def ancestors(sections: Sequence[Section]) -> list[tuple[Section, ...]]:
    """For each section, the sections it lies in, outermost first, itself last."""
    chains: list[tuple[Section, ...]] = []
    above: tuple[Section, ...] = ()
    for section in sections:
        above = (*(s for s in above if s.level < section.level), section)
        chains.append(above)
    return chains


def section_at(sections: Sequence[Section], offset: int) -> int | None:
    """Index of the section that holds ``offset``, or None before the first."""
    index = bisect_right([s.start for s in sections], offset) - 1
    return index if index >= 0 else None
