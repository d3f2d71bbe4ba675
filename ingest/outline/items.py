"""Parts and items of a company's report: "PART I", "Item 1A. Risk Factors" (Forms 10-K and 10-Q). Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from corpus.pagemap import PageMap, fold
from ingest.outline.blocks import Block
from ingest.outline.extent import headings_at
from ingest.outline.heading import Heading
from ingest.outline.named import Names
from ingest.outline.numbering import Number
from ingest.outline.typography import capital_share

_PART = re.compile(r"(PART|Part)\s+(I{1,3}V?)\b[.:]?(?:\s*[-–—]+)?\s*")
_ITEM = re.compile(r"(?:ITEM|Item)S?\s+(\d{1,2}(?:\.\d\d|[A-C])?)\b\s?[.:]?(?:\s*[-–—]+)?\s+(?=[A-Z\[“\"])")
_NOTHING = re.compile(r"(?:None|Not (?:applicable|required))\b", re.IGNORECASE)
_ENDS_IN_PAGE = re.compile(r"\D\s+\d{1,3}$")
_LISTING_RUN = 4
_LONGEST_PART = 60
_WITHIN_PARAGRAPH = 2.0
_NAMED = 6.0


def item_headings(page_map: PageMap, blocks: Sequence[Block], names: Names) -> list[Heading]:
    """Headings in order, parts at level 1 and items at level 2; what only lists or cites items is left out.

    Args:
        page_map: of the document.
        blocks: of its body, without the table of contents.
        names: what bookmarks and table of contents list; they tell where a long title ends.
    """
    followers: list[Block | None] = [*blocks[1:], None]
    found = [
        heading
        for block, following in zip(blocks, followers, strict=False)
        for heading in _in_block(page_map, block, following, names)
    ]
    return list(_within_parts(_in_order(_without_listings(page_map.text, found))))


def _within_parts(headings: Sequence[Heading]) -> Iterator[Heading]:
    """Items numbered with their part, "Part I, Item 1A"; a part without a title is known by its number alone."""
    part = ""
    for heading in headings:
        if heading.level == 1:
            part = f"{heading.number}, "
            yield heading if heading.text else replace(heading, number="", text=heading.number)
        else:
            yield replace(heading, number=f"{part}{heading.number}")


def _in_block(page_map: PageMap, block: Block, following: Block | None, names: Names) -> Iterator[Heading]:
    text, taken = page_map.text, block.start
    for position, (start, end) in enumerate(block.lines):
        if start < taken or _ENDS_IN_PAGE.search(text[start:end]):
            continue
        if (match := _PART.match(text, start)) and end - start <= _LONGEST_PART:
            title = text[match.end() : end].strip()
            if not title or capital_share(title) == 1.0:
                yield Heading(start, end, f"Part {match[2]}", title, 1)
        elif match := _ITEM.match(text, start):
            needed = 0.0 if _opens(text, block, position) else _WITHIN_PARAGRAPH
            number = Number(f"Item {match[1]}", match[1], match.end() - start, ())
            lines = list(takewhile(lambda line: not _NOTHING.match(text, *line), block.lines[position:]))
            extent = next(headings_at(text, lines, number, following, printed=True))
            if (named := names.at(text, start, page_map.page_of(start), symbol="")) is not None:
                extent = replace(extent, end=named[1], title=fold(text[match.end() : named[1]]), weight=_NAMED)
            if extent.weight > needed:
                taken = extent.end
                yield Heading(start, extent.end, number.printed, extent.title.rstrip(". "), 2)


def _opens(text: str, block: Block, position: int) -> bool:
    """Whether a line begins a paragraph, or follows a line that ended one."""
    if position == 0:
        return True
    low, high = block.lines[position - 1]
    return text[high - 1] in ".:" or high - low <= _LONGEST_PART


def _without_listings(text: str, found: Sequence[Heading]) -> list[Heading]:
    """Leave out tables of contents that were not known as such: items with no word between them."""
    kept: list[Heading] = []
    run: list[Heading] = []
    for heading in found:
        if run and any(c.isalpha() for c in text[run[-1].end : heading.start]):
            kept += run if len(run) < _LISTING_RUN else []
            run = []
        run.append(heading)
    return kept + (run if len(run) < _LISTING_RUN else [])


def _in_order(found: Sequence[Heading]) -> list[Heading]:
    """The longest run of items that count upwards within their part; the others are cited, not begun."""
    best: list[tuple[int, int]] = []  # length of the best run that ends here, position before it
    keys = _keys(found)
    for n, key in enumerate(keys):
        before = max((m for m in range(n) if keys[m] < key), key=lambda m: best[m][0], default=-1)
        best.append((best[before][0] + 1 if before >= 0 else 1, before))
    position = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    chosen: list[Heading] = []
    while position >= 0:
        chosen.append(found[position])
        position = best[position][1]
    return chosen[::-1]


def _keys(found: Sequence[Heading]) -> list[tuple[int, int, str]]:
    """(part, item, its number) of each heading; a part itself comes before its items."""
    part, keys = 0, []
    for heading in found:
        if heading.level == 1:
            part = ("Part I", "Part II", "Part III", "Part IV").index(heading.number) + 1
            keys.append((part, 0, ""))
        else:
            number = heading.number.removeprefix("Item ")
            digits = re.match(r"\d+", number)
            keys.append((part, int(digits[0]) if digits else 0, number))
    return keys
