"""The body of a document as paragraphs of printed lines, with offsets. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.pagemap import PageMap


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it is stored: what stands between blank lines or page breaks.

    Attributes:
        start, end: of its characters in the document's text, without white space at the ends.
        lines: (start, end) of each printed line, likewise.
        after_break: no blank line stands before it, only a page break.
    """

    start: int
    end: int
    lines: tuple[tuple[int, int], ...]
    after_break: bool


def body_blocks(page_map: PageMap) -> list[Block]:
    """The paragraphs of the body, in order; one that runs over a page break is two."""
    body = page_map.text[: page_map.notes_start]
    pages = {piece.start for piece in page_map.pieces(0, len(body))} if body.strip() else set()
    blocks: list[Block] = []
    held: list[tuple[int, int]] = []
    after_break = False
    for offset, row in _rows(body):
        text = row.strip()
        start = offset + row.index(text[0]) if text else offset
        new_page = start in pages or offset in pages
        if held and (not text or new_page):
            blocks.append(Block(held[0][0], held[-1][1], tuple(held), after_break))
            held = []
        if text:
            if not held:
                after_break = new_page
            held.append((start, start + len(text)))
    if held:
        blocks.append(Block(held[0][0], held[-1][1], tuple(held), after_break))
    return blocks


def _rows(body: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for row in body.split("\n"):
        yield offset, row
        offset += len(row) + 1


def without_span(blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """The paragraphs without the lines that lie in a span."""
    kept = []
    for block in blocks:
        lines = tuple(line for line in block.lines if line[1] <= start or line[0] >= end)
        if len(lines) == len(block.lines):
            kept.append(block)
        elif lines:
            kept.append(Block(lines[0][0], lines[-1][1], lines, block.after_break))
    return kept
