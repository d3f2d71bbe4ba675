"""Headings without a number, known by their setting alone: a title in a paragraph of its own above prose. Pure.

Federal Register print heads the parts of a short preamble so ("Background", "Proposed Design
Changes"). In a release that numbers its parts such a line is no more than a run of emphasis,
and is left in the text.
"""

from collections.abc import Sequence

from corpus.pagemap import fold
from ingest.blocks import Block
from ingest.heading import Heading
from ingest.typography import capital_share, is_capitals

_MOST_LINES = 3
_MOST_CHARS = 110
_LEAST_PROSE_CHARS = 40
_LEVEL = 2


def titled_headings(text: str, blocks: Sequence[Block], start: int, end: int) -> list[Heading]:
    """Titles between two offsets, at level 2."""
    return [
        Heading(block.start, block.end, "", fold(text[block.start : block.end]), _LEVEL)
        for before, block, following in zip(blocks, blocks[1:], blocks[2:], strict=False)
        if start <= block.start < end
        and _is_title(fold(text[block.start : block.end]), len(block.lines))
        and _ends_prose(text[before.start : before.end])
        and _is_prose(fold(text[following.start : following.end]), under=fold(text[block.start : block.end]))
    ]


def _is_title(words: str, lines: int) -> bool:
    if lines > _MOST_LINES or not 3 < len(words) <= _MOST_CHARS or not words[0].isupper():
        return False
    ends_open = words[-1] in ".,;:–—-" or sum(c.isdigit() for c in words) > 0.2 * len(words)
    return not ends_open and (capital_share(words) >= 0.9 or is_capitals(words))


def _ends_prose(words: str) -> bool:
    return words[-1] in ".:?!)”’\"" or len(words) <= _MOST_CHARS


def _is_prose(words: str, *, under: str) -> bool:
    """Whether a title can stand above these words; a line of capitals also heads tables, and needs more of them."""
    opens = words[0].isupper() or words[0] in "“‘\"(•"
    least = _LEAST_PROSE_CHARS * (2 if is_capitals(under) else 1)
    return opens and len(words) >= least and capital_share(words) < 0.8
