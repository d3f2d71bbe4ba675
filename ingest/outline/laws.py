"""Headings of a statute: titles, subtitles, parts and sections, as the Statutes at Large print them. Pure."""

import re
from collections.abc import Iterator, Sequence

from corpus.pagemap import PageMap, fold
from ingest.outline.blocks import Block
from ingest.outline.heading import Heading
from ingest.outline.named import Names
from ingest.outline.typography import capital_share, is_capitals

_DIVISION = re.compile(r"(TITLE|Subtitle|SUBTITLE|PART|CHAPTER) ([IVXLC]+|[A-Z]|\d{1,2})\s?[-–—]\s?(?=\S)")
_SECTION = re.compile(r"SEC(?:TION|\.) (\d{1,4})([A-Z]?)\. (?=[A-Z])")
_ORDER = ("TITLE", "SUBTITLE", "CHAPTER", "PART")
_LONGEST = 300
_SHORT_LINE = 70


def law_headings(page_map: PageMap, blocks: Sequence[Block], names: Names) -> list[Heading]:
    """Headings in order. What an amendment inserts into another law stands in quotes and is none of them.

    Args:
        page_map: of the document.
        blocks: of its body, without the table of contents.
        names: what the table of contents lists; it tells where a long heading ends.
    """
    text = page_map.text
    found: list[Heading] = []
    open_divisions: list[str] = []
    last_section = (0, "")
    for position, block in enumerate(blocks):
        for start, _ in block.lines:
            if match := _DIVISION.match(text, start):
                kind = match[1].upper()
                open_divisions = [d for d in open_divisions if _ORDER.index(d) < _ORDER.index(kind)] + [kind]
                number, level = f"{match[1]} {match[2]}", len(open_divisions)
            elif (match := _SECTION.match(text, start)) and (int(match[1]), match[2]) > last_section:
                last_section = int(match[1]), match[2]
                number, level = f"SEC. {match[1]}{match[2]}", len(open_divisions) + 1
            else:
                continue
            end = _end(page_map, start, match.end(), blocks[position : position + 4], names)
            found.append(Heading(start, end, number, fold(text[match.end() : end]).rstrip("."), level))
    return found


def _end(page_map: PageMap, start: int, title: int, blocks: Sequence[Block], names: Names) -> int:
    """Where a heading ends: as the table of contents says, else with the last line that is set like its first."""
    text = page_map.text
    if (named := names.at(text, start, page_map.page_of(start), symbol="")) is not None:
        return named[1]
    lines = [line for block in blocks for line in block.lines if line[1] > title]
    end = lines[0][1]
    capitals = is_capitals(text[title:end])
    for low, high in _following(text, lines):
        line = text[low:high]
        alike = is_capitals(line) if capitals else capital_share(line) >= 0.9 and high - low < _SHORT_LINE
        if not alike or text[end - 1] == "." or high - title > _LONGEST:
            break
        end = high
    return end


def _following(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for low, high in lines[1:]:
        if _DIVISION.match(text, low) or _SECTION.match(text, low) or text[low] in "(‘“":
            return
        yield low, high
