"""Headings without a number: those that the document names itself, and titles that stand above prose. Pure.

Federal Register print heads the parts of a short preamble by titles alone ("Background",
"Proposed Design Changes"). In a release that numbers its parts such a line is no more than a
run of emphasis, and is left in the text.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from corpus.pagemap import PageMap, fold
from corpus.structure import Table
from ingest.outline.blocks import Block
from ingest.outline.candidates import Candidate
from ingest.outline.heading import Heading
from ingest.outline.named import NamedHeading, letters
from ingest.outline.numbered import as_heading
from ingest.outline.standing import DISCUSSION, FIRST_CAPTION, is_rule
from ingest.outline.typography import capital_share, heading_weight, is_capitals

_LEAST_WEIGHT = 1.0
_MOST_LINES = 3
_MOST_CHARS = 110
_LEAST_PROSE_CHARS = 40
_LEVEL = 2
_NOTHING_BETWEEN = 4


def named_headings(
    candidates: Sequence[Candidate], numbered: Sequence[Heading], sources: Sequence[Sequence[NamedHeading]]
) -> list[Heading]:
    """Headings that are named so, and no oftener than they are named.

    Args:
        candidates: in the order of the text.
        numbered: headings that were found with their number, in order; they use up names.
        sources: what the bookmarks name, and what the table of contents names.
    """
    left: Counter[str] = Counter()
    for names in sources:
        left |= Counter(name.letters for name in names)
    left.subtract(letters(heading.text) for heading in numbered)
    found = []
    for candidate in candidates:
        name = candidate.name
        if candidate.number is not None or name is None or left[name.letters] <= 0:
            continue
        if name.page is not None or heading_weight(candidate.title) >= _LEAST_WEIGHT:
            left[name.letters] -= 1
            level = name.level or (1 if is_capitals(candidate.title) else _below(numbered, candidate.start))
            found.append(as_heading(candidate, level))
    return found


def _below(numbered: Sequence[Heading], offset: int) -> int:
    """The level under the last numbered heading before ``offset``."""
    index = bisect_right([heading.start for heading in numbered], offset) - 1
    return numbered[index].level + 1 if index >= 0 else _LEVEL


def titled_headings(
    page_map: PageMap,
    blocks: Sequence[Block],
    standing: Sequence[Heading],
    numbered: Sequence[Heading],
    tables: Sequence[Table],
) -> list[Heading]:
    """Titles, at level 2, in the discussion of each document of the file that numbers no part of its discussion.

    Args:
        page_map: of the document.
        blocks: of its body, without the table of contents.
        standing: headings that are known by their wording, in order.
        numbered: headings that were found with their number.
        tables: of the document; a line that heads a table is no title of a part.
    """
    found: list[Heading] = []
    rows = [(page_map.offset_on_page(t.page, t.start), page_map.offset_on_page(t.page, t.end - 1)) for t in tables]
    for heading in standing:
        if heading.text == DISCUSSION:
            later = [h.start for h in standing if h.start > heading.start and (is_rule(h) or h.text == FIRST_CAPTION)]
            end = min(later, default=page_map.notes_start)
            if not any(heading.start < h.start < end for h in numbered):
                found += [h for h in _titles(page_map.text, blocks, heading.start, end) if not _heads_table(h, rows)]
    return found


def _heads_table(heading: Heading, rows: Sequence[tuple[int, int]]) -> bool:
    return any(start - _NOTHING_BETWEEN <= heading.end and heading.start <= end for start, end in rows)


def _titles(text: str, blocks: Sequence[Block], start: int, end: int) -> list[Heading]:
    found = []
    for before, block, following in zip(blocks, blocks[1:], blocks[2:], strict=False):
        words = fold(text[block.start : block.end])
        if start <= block.start < end and len(block.lines) <= _MOST_LINES and _is_title(words):
            prose = fold(text[following.start : following.end])
            if _ends_prose(text[before.start : before.end]) and _is_prose(prose, under=words):
                found.append(Heading(block.start, block.end, "", words, _LEVEL))
    return found


def _is_title(words: str) -> bool:
    if not 3 < len(words) <= _MOST_CHARS or not words[0].isupper():
        return False
    ends_open = words[-1] in ".,;:–—-" or sum(c.isdigit() for c in words) > 0.2 * len(words)
    return not ends_open and (capital_share(words) >= 0.9 or is_capitals(words))


def _ends_prose(words: str) -> bool:
    return words[-1] in '.:?!)”’"' or len(words) <= _MOST_CHARS


def _is_prose(words: str, *, under: str) -> bool:
    """Whether a title can stand above these words; a line of capitals also heads tables, and needs more of them."""
    opens = words[0].isupper() or words[0] in '“‘"(•'
    in_capitals = 2 * sum(c.isupper() for c in under) > sum(c.isalpha() for c in under)
    least = _LEAST_PROSE_CHARS * (2 if in_capitals else 1)
    return opens and len(words) >= least and capital_share(words) < 0.8
