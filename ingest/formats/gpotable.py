"""Tables of the Federal Register's XML: GPOTABLE. Pure.

``BOXHD`` holds the heads of the columns, each ``CHED`` with its level ``H``: a head of level
2 stands under the one of level 1 before it. A ``ROW`` holds ``ENT`` cells; ``A="1"`` lets one
run over one more column. ``COLS`` counts the columns (FR-XML and CFR-XML user guides of
the Government Publishing Office, github.com/usgpo/bulk-data).
"""

import re
from collections.abc import Callable, Iterator

from ingest.formats.flow import Block, NewPage, Paragraph, Rows
from ingest.formats.markup import Element

_MAX_COLUMNS = 100
CellText = Callable[[Element], str]


def table_blocks(table: Element, text_of: CellText) -> Iterator[Block]:
    """A table, cut where a page begins, and the notes below it as paragraphs.

    Args:
        table: a GPOTABLE.
        text_of: the words of a cell, white space folded.
    """
    parts = [child for child in table.children if isinstance(child, Element)]
    caption = " ".join(text_of(part) for part in parts if part.tag == "TTITLE")
    if caption:
        yield Paragraph((caption,))
    held: list[list[str]] = []
    for part in parts:
        if page := _page(part):
            yield from _rows(held, table, caption)
            held = []
            yield page
        if part.tag == "BOXHD":
            held += _heads(part, text_of)
        elif part.tag == "ROW":
            held.append(_row(part, text_of))
        elif part.tag != "TTITLE" and (words := text_of(part)):
            yield from _rows(held, table, caption)
            held = []
            yield Paragraph((words,))
    yield from _rows(held, table, caption)


def _page(element: Element) -> NewPage | None:
    marks = (e for e in element.elements() if e.tag == "PRTPAGE" and e.get("P"))
    mark = next(marks, None)
    return NewPage(mark.get("P")) if mark else None


def _heads(box: Element, text_of: CellText) -> list[list[str]]:
    """The heads as rows, one for each level; a head stands in the first of its columns."""
    heads = [child for child in box.children if isinstance(child, Element) and child.tag == "CHED"]
    levels = [_digits(head.get("H")) or 1 for head in heads]
    rows: list[list[str]] = [[] for _ in range(max(levels, default=0))]
    column = 0
    for position, (head, level) in enumerate(zip(heads, levels, strict=True)):
        row = rows[level - 1]
        row += [""] * (column - len(row))
        row.append(text_of(head))
        last_of_branch = position + 1 == len(levels) or levels[position + 1] <= level
        column += last_of_branch
    return rows


def _row(row: Element, text_of: CellText) -> list[str]:
    cells: list[str] = []
    for cell in row.children:
        if isinstance(cell, Element) and cell.tag == "ENT" and len(cells) < _MAX_COLUMNS:
            cells.append(text_of(cell))
            cells += [""] * min(_digits(cell.get("A")), _MAX_COLUMNS - len(cells))
    return cells


def _rows(held: list[list[str]], table: Element, caption: str) -> Iterator[Block]:
    """The rows gathered so far, all of one length; a table of a single column is a box of text."""
    rows = [row for row in held if any(row)]
    if not rows:
        return
    columns = max(min(_digits(table.get("COLS")), _MAX_COLUMNS), *(len(row) for row in rows))
    if columns == 1:
        for (words,) in rows:
            yield Paragraph((words,))
    else:
        yield Rows(tuple(tuple(row + [""] * (columns - len(row))) for row in rows), caption)


def _digits(value: str) -> int:
    """The number in an attribute such as "1" or "L02"; 0 when there is none."""
    match = re.search(r"\d{1,3}", value)
    return int(match[0]) if match else 0
