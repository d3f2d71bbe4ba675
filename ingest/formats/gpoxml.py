"""Elements of the Federal Register's and the eCFR's XML, as blocks in reading order. Pure.

Tags as in the user guides of the Government Publishing Office (FR-XML, CFR-XML and ECFR-XML,
github.com/usgpo/bulk-data). ``HD SOURCE`` is HED, HD1, HD2, …; ``SU`` before ``FTREF`` calls the
footnote ``FTNT``; ``PRTPAGE P`` is where a printed page begins, and has no ``P`` inside a footnote.
"""

import re
from collections.abc import Iterator

from corpus.pagemap import fold
from ingest.formats.flow import Block, Call, Inline, NewPage, Note, Paragraph, heading_number, superscript
from ingest.formats.gpotable import table_blocks
from ingest.formats.grid import grid_blocks
from ingest.formats.markup import Element

_INLINE = frozenset(
    ("E", "SU", "FTREF", "PRTPAGE", "I", "B", "U", "AC", "FR", "LI", "XREF", "STRONG", "EM", "SUP", "SUB", "A")
)
_SKIPPED = frozenset(
    (
        "CNTNTS", "UNITNAME", "EDITOR", "EAR", "FRDOCBP", "NOPRINTSUBJECT", "NOPRINTEONOTES", "FTREF", "FDSYS",
        "HEADER", "GID", "MID",
    )
)  # fmt: skip
_PICTURES = frozenset(("GPH", "MATH", "IMG"))
_RUN_IN = frozenset(("AGY", "ACT", "SUM", "DATES", "EFFDATE", "ADD", "FURINF", "PREAMHD"))
_LABELLED = frozenset(("AUTH", "SOURCE", "NOTE", "EDNOTE", "CROSSREF"))  # their heads are no headings
_DIVISIONS = frozenset(("CHAPTER", "SUBCHAP", "PART", "SUBPART", "SUBJGRP", *(f"DIV{n}" for n in range(1, 10))))
_HEAD = re.compile(r"HD\d?|HED\d?|HEAD")
_NOTE_NUMBER = re.compile(r"\s*(\d{1,4}|\*{1,3}|[†‡])\s*")


class Walk:
    """Gathers the blocks of an element.

    Args:
        issue: it holds several documents, so that the subject of each heads its own headings.
        cell: it is a cell of a table.
        without: is left out.

    Attributes:
        pictures: forms, charts and formulas that are only named in the file.
    """

    def __init__(self, *, issue: bool = False, cell: bool = False, without: Element | None = None) -> None:
        self.pictures = 0
        self._issue, self._cell, self._without = issue, cell, without
        self._blocks: list[Block] = []
        self._inlines: list[Inline] = []
        self._above: list[str] = []
        self._head: Paragraph | None = None
        self._begun = self._after_type = False
        self._pages: list[NewPage] = []

    def blocks(self, root: Element) -> list[Block]:
        """All below ``root``. Text before the first marked page stands on the one before it."""
        self._above = [root.tag]
        stack: list[Element | str | Call | _End] = list(reversed(list(_children(root))))
        while stack:
            node = stack.pop()
            if isinstance(node, _End):
                self._leave(node.element)
            elif not isinstance(node, Element):
                self._add(node)
            elif node.tag in _PICTURES:
                self.pictures += 1
            elif node.tag not in _SKIPPED and node is not self._without and self._enter(node):
                stack.append(_End(node))
                stack += reversed(list(_children(node)))
        self._flush(root.tag)
        self._release()
        return [*self._pages, *self._blocks]

    def _enter(self, element: Element) -> bool:
        """Begin an element; whether to go on with what is in it."""
        tag = element.tag
        if tag in _INLINE:
            return self._enter_inline(element)
        self._flush(self._above[-1])
        if self._above[-1] == "FEDREG" and tag in ("VOL", "NO", "DATE"):
            return False
        if tag in ("GPOTABLE", "TABLE", "FTNT", "STARS"):
            self._release()
            self._blocks += _whole(element)
            return False
        self._above.append(tag)
        return True

    def _enter_inline(self, element: Element) -> bool:
        if element.tag == "PRTPAGE":
            self._turn(element.get("P"))
        elif element.tag in ("SU", "SUP") or (element.tag == "E" and element.get("T") == "51"):
            raised = superscript(element.text())
            self._add(f" {raised}" if self._cell else raised)
            return False
        elif _is_type(element):
            self._set_apart()
        elif element.tag == "LI":
            self._add(" ")
        return True

    def _leave(self, element: Element) -> None:
        if element.tag in _INLINE:
            self._after_type = _is_type(element)
            return
        self._flush(element.tag, element.get("SOURCE"))
        self._above.pop()
        if element.tag in _RUN_IN | _LABELLED | {"SECTION"}:
            self._release()

    def _add(self, text: str | Call) -> None:
        if isinstance(text, str):
            text = text.replace("\n", " ")
            self._begun = self._begun or not text.isspace()
            if self._after_type and (text[:1].isalnum() or text[:1] == "("):
                text = f" {text}"
        self._after_type = False
        self._inlines.append(text)

    def _set_apart(self) -> None:
        """In files before about 2014 no blank parts a change of type from the words around it."""
        last = self._inlines[-1] if self._inlines else ""
        if isinstance(last, str) and last and (last[-1].isalnum() or last[-1] in ");:,."):
            self._inlines.append(" ")

    def _turn(self, label: str) -> None:
        if not label:
            self._add(" ")
            return
        if self._begun and not self._pages and label.isdigit():
            self._pages = [NewPage(str(int(label) - 1))]
        elif not self._pages:
            self._pages = [NewPage()]
        self._inlines.append(NewPage(label))

    def _flush(self, tag: str, source: str = "") -> None:
        """End the paragraph that is the text of an element with this tag."""
        inlines, self._inlines = tuple(self._inlines), []
        if not any(isinstance(i, Call) or (isinstance(i, str) and i.strip()) for i in inlines):
            self._blocks += [i for i in inlines if isinstance(i, NewPage)]
            return
        head, self._head = self._head, None
        if head and tag in ("SUBJECT", "RESERVED"):
            self._blocks.append(Paragraph((*head.inlines, " ", *inlines), head.level, head.number))
        elif head and not _HEAD.fullmatch(tag):
            self._blocks.append(Paragraph(head.inlines, head.level, head.number, (" ", *inlines)))
        else:
            self._blocks += [head] if head else []
            self._paragraph(tag, source, inlines)

    def _paragraph(self, tag: str, source: str, inlines: tuple[Inline, ...]) -> None:
        around = set(self._above[:-1]) if self._above[-1:] == [tag] else set(self._above)
        level = 0 if around & (_LABELLED | {"CONTENTS"}) else self._level(tag, source)
        text = fold("".join(i for i in inlines if isinstance(i, str)))
        if tag == "SECTNO":
            self._head = Paragraph(inlines, level, text)
        elif _HEAD.fullmatch(tag):
            heading = Paragraph(inlines, level, heading_number(text))
            if self._above[-2:-1] and self._above[-2] in _RUN_IN | _LABELLED:
                self._head = heading
            else:
                self._blocks.append(heading)
        else:
            self._blocks.append(Paragraph(inlines, level))

    def _level(self, tag: str, source: str) -> int:
        """Level of a heading: the document, then parts and subparts of rules, then HED, HD1, HD2 and so on."""
        divisions = max(1, sum(above in _DIVISIONS for above in self._above))
        if tag == "SUBJECT" and "PREAMB" in self._above:
            return int(self._issue)
        if tag == "SECTNO":
            return self._issue + divisions + 1
        if not _HEAD.fullmatch(tag):
            return 0
        below = re.search(r"\d", source if tag == "HD" else tag)
        return self._issue + divisions + (int(below[0]) if below else 0)

    def _release(self) -> None:
        if self._head:
            self._blocks.append(self._head)
            self._head = None


class _End:
    """Stands in the stack of a walk where an element ends."""

    def __init__(self, element: Element) -> None:
        self.element = element


def _whole(element: Element) -> list[Block]:
    """Blocks of an element that is read as one."""
    if element.tag == "FTNT":
        return [_note(element)]
    if element.tag == "STARS":
        return [Paragraph(("* * * * *",))]
    return list(table_blocks(element, _words) if element.tag == "GPOTABLE" else grid_blocks(element, _words))


def _children(element: Element) -> Iterator[Element | str | Call]:
    """What is in an element, raised numbers that call a footnote as calls."""
    for position, child in enumerate(element.children):
        if isinstance(child, Element) and child.tag in ("SU", "E") and _before_call_mark(element, position):
            yield from (Call(number) for number in re.findall(r"\d{1,4}|\*{1,3}|[†‡]", child.text()))
        else:
            yield child


def _before_call_mark(element: Element, position: int) -> bool:
    after = (node for node in element.children[position + 1 :] if isinstance(node, Element) or node.strip())
    mark = next(after, None)
    return isinstance(mark, Element) and mark.tag == "FTREF"


def _is_type(element: Element) -> bool:
    """Whether it is a change of type, not a raised or lowered letter."""
    return element.tag == "E" and element.get("T") not in ("51", "52")


def _note(element: Element) -> Note:
    printed = element.find("SU")
    blocks = Walk(without=printed).blocks(element)
    inlines = [i for b in blocks if isinstance(b, Paragraph) for i in ("\n", *b.inlines) if not isinstance(i, NewPage)]
    number = _NOTE_NUMBER.fullmatch(printed.text()) if printed else None
    return Note(number[1] if number else fold(printed.text()) if printed else "", tuple(inlines))


def _words(element: Element) -> str:
    """The words of a cell."""
    blocks = Walk(cell=True).blocks(element)
    inlines = [i for b in blocks if isinstance(b, Paragraph) for i in (*b.inlines, *b.run_in, " ")]
    return fold("".join(i.number if isinstance(i, Call) else i for i in inlines if not isinstance(i, NewPage)))
