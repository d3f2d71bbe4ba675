"""Headings that are known by their wording: captions, items of a report, sections of a rule or a law. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pagemap import fold
from corpus.records import Kind
from ingest.blocks import Block

_FRONT = re.compile(
    r"(AGENCY|ACTION|SUMMARY|(?:EFFECTIVE |COMPLIANCE )?DATES?|ADDRESSES|FOR FURTHER INFORMATION,? CONTACT"
    r"|SUPPLEMENTARY INFORMATION) ?:"
)
_UNNUMBERED = re.compile(
    r"(?:Text of (?:the )?(?:Proposed|Final|Adopted|Rule)\b.{0,60}|List of Subjects.{0,60}|Statutory Authority.{0,60}"
    r"|Executive Summary|Exhibit [A-Z\d].{0,60}|Appendix [A-Z\d].{0,60}|PART \d{3}\s?[-–—].{0,120})$",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?:PART\s+[IVX]{1,4}\b.{0,60}|Item\s+\d{1,2}[A-C]?\.?(?:\s*[-–—:.])?\s+\S.{0,120})$", re.IGNORECASE
)
_RULE = re.compile(r"§+\s?(\d{3}\.\d+[\w–-]*(?:\([a-zA-Z0-9]+\))*)\s+([A-Z].{2,150})")
_LAW = re.compile(r"(?:(TITLE|Subtitle)\s+([IVXLC]+|[A-Z])\s?[-–—].{2,120}|(SEC)\. (\d{1,4}[A-Z]?)\. [A-Z].{2,160})$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was found: offsets in the document's text, its number as printed, its level from 1."""

    start: int
    end: int
    number: str
    text: str
    level: int


def standing_headings(text: str, blocks: Sequence[Block], kind: Kind) -> list[Heading]:
    """Every heading of a standing form, in order."""
    if kind is Kind.COMPANY_REPORT:
        return list(_items(text, blocks))
    if kind is Kind.STATUTE:
        return list(_laws(text, blocks))
    return [heading for block in blocks if (heading := _of_release(text, block)) is not None]


def _of_release(text: str, block: Block) -> Heading | None:
    if match := _FRONT.match(text, block.start, block.end):
        return Heading(block.start, match.end(), "", match[1].title(), 1)
    first_start, first_end = block.lines[0]
    if match := _RULE.match(text, first_start, first_end):
        title = match[2].split(". ")[0].rstrip(".")
        return Heading(block.start, match.start(2) + len(title), f"§ {match[1]}", title, 2)
    if len(block.lines) == 1 and _UNNUMBERED.match(text, block.start, block.end):
        return Heading(block.start, block.end, "", fold(text[block.start : block.end]), 1)
    return None


def _items(text: str, blocks: Sequence[Block]) -> Iterator[Heading]:
    for block in blocks:
        for start, end in block.lines:
            if _ITEM.match(text, start, end) and text[end - 1] not in ",;":
                level = 1 if text[start : start + 4].upper() == "PART" else 2
                yield Heading(start, end, "", fold(text[start:end]), level)


def _laws(text: str, blocks: Sequence[Block]) -> Iterator[Heading]:
    for block in blocks:
        start, end = block.start, block.end
        words = fold(text[start:end])
        if match := _LAW.match(words):
            level = 1 if match[1] == "TITLE" else 2 if match[1] else 3
            yield Heading(start, end, match[4] or "", words, level)
