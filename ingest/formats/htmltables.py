"""A table of an HTML page as rows of data, as lines of text, or as the prose that it frames. Pure."""

from collections.abc import Sequence

from corpus.pagemap import fold
from ingest.formats.flow import NewPage, Rows, superscript
from ingest.formats.grid import Shape, cell_of, read_rows, shape_of
from ingest.formats.htmlnotes import Draft, DraftBlock, Raised, Token
from ingest.formats.markup import Element

Row = Sequence[tuple[Element, list[DraftBlock]]]
"""Cells of a row, each with what stands in it."""


def set_table(rows: Sequence[Row], *, caption: str, headed: bool) -> list[DraftBlock]:
    """What a table is to a reader.

    Args:
        rows: its cells.
        caption: that its element has, or "".
        headed: it has a caption or header cells.
    """
    contents = [block for row in rows for _, blocks in row for block in blocks]
    if any(isinstance(block, NewPage | Rows) for block in contents):  # a frame around tables or pages
        return contents
    data = read_rows([[cell_of(cell, _words(blocks)) for cell, blocks in row] for row in rows])
    shape = shape_of(data, headed=headed)
    if shape is Shape.DATA:
        return [Rows(data, caption)]
    if shape is Shape.PROSE:
        return contents
    return [block for row in rows for block in _line(row)]


def _line(row: Row) -> list[DraftBlock]:
    """A row on one line, and after it what a cell holds beyond its first paragraph."""
    firsts = [blocks[0] for _, blocks in row if blocks and isinstance(blocks[0], Draft)]
    tokens: list[Token] = []
    for draft in firsts:
        tokens += [" ", *draft.tokens] if tokens else draft.tokens
    names = frozenset(name for draft in firsts for name in draft.names)
    level = max((draft.level for draft in firsts), default=0)
    line: list[DraftBlock] = [Draft(tuple(tokens), level, names=names)] if tokens else []
    return line + [block for _, blocks in row for block in blocks[1:]]


def _words(blocks: Sequence[DraftBlock]) -> str:
    """Words of a cell."""
    return fold(" ".join("".join(map(_shown, block.tokens)) for block in blocks if isinstance(block, Draft)))


def _shown(token: Token) -> str:
    """A token as text; a raised figure stands apart from the word before it."""
    if isinstance(token, Raised):
        return f" {superscript(token.text)}"
    return token if isinstance(token, str) else ""
