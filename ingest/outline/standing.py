"""Headings of a release that are known by their wording: captions, lists of subjects, sections of rules. Pure."""

import re
from collections.abc import Iterator, Sequence

from corpus.pagemap import fold
from ingest.outline.blocks import Block
from ingest.outline.extent import headings_at
from ingest.outline.heading import Heading
from ingest.outline.numbering import Number

FIRST_CAPTION = "Agency"
CONTACT_CAPTION = "For Further Information"
DISCUSSION = "Supplementary Information"
_FRONT = re.compile(
    r"(AGENCY|ACTION|SUMMARY|(?:EFFECTIVE |COMPLIANCE )?DATES?|ADDRESSES|FOR FURTHER INFORMATION,? CONTACT"
    r"|SUPPLEMENTARY INFORMATION) ?:"
)
_FRONT_IN_ANY_CASE = re.compile(_FRONT.pattern, re.IGNORECASE)
_UNNUMBERED = re.compile(
    r"Text of (?:the )?(?:Proposed|Final|Adopted|Rule)\b.{0,60}|List of Subjects.{0,60}|Statutory Authority.{0,60}"
    r"|Executive Summary|(?:Exhibit|Appendix) (?-i:[A-Z]|\d{1,2})\b.{0,60}",
    re.IGNORECASE,
)
_PART = re.compile(r"PART \d{1,4}\s?[-–—].{2,120}", re.IGNORECASE)
_RULE = re.compile(r"§+\s?(\d{1,3}\.\d+[\w–-]*(?:\([a-zA-Z0-9]+\))*)\s+(?=[A-Z\[])")
_LEADS_TO_RULES = re.compile(
    r"list of subjects|text of (?:the )?(?:proposed|final|adopted|rules?|amend)|statutory (?:authority|basis)",
    re.IGNORECASE,
)
_MOST_LINES = 3
_MOST_WORDS = 30


def standing_headings(text: str, blocks: Sequence[Block]) -> list[Heading]:
    """Every heading of a standing form, in order."""
    followers: list[Block | None] = [*blocks[1:], None]
    return [h for block, following in zip(blocks, followers, strict=False) for h in _in_block(text, block, following)]


def rule_text_starts(headings: Sequence[Heading], titles: Sequence[tuple[int, str]]) -> list[Heading]:
    """The parts and sections that begin rule text: those after a heading that leads to it ("List of Subjects").

    Args:
        headings: of standing forms, in order.
        titles: offset and words of everything that could be a heading.
    """
    leads = [start for start, title in titles if _LEADS_TO_RULES.search(title)]
    leads += [h.start for h in headings if _LEADS_TO_RULES.match(h.text)]
    first = min(leads, default=None)
    return [h for h in headings if first is not None and h.start > first and is_rule(h)]


def is_rule(heading: Heading) -> bool:
    """Whether it heads a part or a section of the Code of Federal Regulations."""
    return heading.number.startswith("§") or _PART.fullmatch(heading.text) is not None


def _in_block(text: str, block: Block, following: Block | None) -> Iterator[Heading]:
    for start, end in block.lines:
        pattern = _FRONT_IN_ANY_CASE if start == block.start and text[start].isupper() else _FRONT
        if match := pattern.match(text, start, end):
            yield Heading(start, match.end(), "", match[1].title(), 1)
    words = fold(text[block.start : block.end][:400])
    if match := _RULE.match(text, block.start):
        number = Number(f"§ {match[1]}", match[1], match.end() - block.start, ())
        extent = next(headings_at(text, block.lines, number, following, printed=True))
        if len(extent.title.split()) <= _MOST_WORDS:
            yield Heading(block.start, extent.end, number.printed, extent.title.rstrip(". "), 2)
    elif len(block.lines) <= _MOST_LINES and (_UNNUMBERED.fullmatch(words) or _PART.fullmatch(words)):
        yield Heading(block.start, block.end, "", words, 1)
