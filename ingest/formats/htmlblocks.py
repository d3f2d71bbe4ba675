"""Elements of an HTML page as drafts of paragraphs, tables and page breaks, in reading order. Pure.

What a browser would not show is left out. Known by their classes: the printed pages and the
rule sections of federalregister.gov (its stylesheets are public: github.com/usnationalarchives).
"""

import re
from dataclasses import dataclass, replace

from corpus.pagemap import fold
from ingest.formats.flow import NewPage, heading_number
from ingest.formats.grid import table_rows
from ingest.formats.htmlnotes import Draft, DraftBlock, Raised, Token
from ingest.formats.htmltables import set_table
from ingest.formats.markup import Element

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "ul", "xbrl", "page",
    )
)  # fmt: skip
_UNSEEN = frozenset(
    (
        "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio",
        "video", "select", "button", "input", "textarea", "nav", "map", "ix:header", "ix:hidden", "img",
    )
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAK = re.compile(r"(?:page-)?break-(before|after)\s*:\s*(?:always|page|left|right)", re.IGNORECASE)
_RAISED = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top)|position\s*:\s*relative[^\"]*?\btop\s*:\s*-", re.IGNORECASE
)
_NOTE_LINK = re.compile(r"foot|ftn|\bfn|endnote|edn", re.IGNORECASE)
_LINKED_NUMBER = re.compile(r"\s*\[?\d{1,4}\]?\s*")
_CHROME = frozenset(
    ("unprinted-element", "unprinted-element-wrapper", "fr-seal-block", "back", "back_to_top", "sr-only")
)
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x2060, 0xFEFF, 0xAD))
_MAX_RAISED = 12  # characters
_MAX_NESTING = 12  # tables inside tables; what is deeper is read as text


@dataclass(frozen=True, slots=True)
class _End:
    """Stands in the stack of a walk where an element ends."""

    element: Element


class Walk:
    """Gathers drafts.

    Args:
        targets: names to which a footnote's number leads.
        register: the page is one of federalregister.gov, whose headings have ids such as "h-12", and
            whose numbered lists show no numbers.
        depth: of tables around it.

    Attributes:
        pictures: images that are named in the file.
    """

    def __init__(self, targets: frozenset[str], *, register: bool = False, depth: int = 0) -> None:
        self.pictures = 0
        self._targets, self._register, self._depth = targets, register, depth
        self._drafts: list[DraftBlock] = []
        self._tokens: list[Token] = []
        self._names: set[str] = set()
        self._inside: list[str] = []
        self._lists: list[int] = []
        self._pre = 0
        self._marker = ""
        self._section_number = ""

    def drafts(self, root: Element) -> list[DraftBlock]:
        """All that is to be seen below ``root``."""
        stack: list[Element | str | _End] = list(reversed(root.children))
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                self._add(node)
            elif isinstance(node, _End):
                self._leave(node.element)
            elif self._enter(node):
                stack.append(_End(node))
                stack += reversed(node.children)
        self._flush()
        return self._drafts

    def _enter(self, element: Element) -> bool:
        """Begin an element; whether to go on with what is in it."""
        classes = set(element.get("class").split())
        if label := _printed_page(element, classes):
            self._tokens.append(NewPage(label))
            return False
        self.pictures += element.tag == "img"
        if element.tag in _UNSEEN or classes & _CHROME or "hidden" in element.attributes:
            return False
        style = element.get("style")
        if _HIDDEN.search(style):
            return False
        if element.tag in _BLOCKS:
            return self._enter_block(element, style)
        if element.tag == "br":
            self._break_line()
            return False
        self._name(element)
        return not self._raise(element, style)

    def _enter_block(self, element: Element, style: str) -> bool:
        tag = element.tag
        self._flush()
        if tag == "page" or "before" in _BREAK.findall(style):
            self._drafts.append(NewPage())
        self._name(element)
        if (name := element.get("id")) in self._targets and name:
            self._inside.append(name)
        if tag == "table" and self._depth < _MAX_NESTING:
            self._table(element)
            self._leave(element)
            return False
        if tag in ("ul", "ol", "menu", "dir"):
            start = element.get("start")
            self._lists.append((int(start) if start.isdecimal() else 1) if tag == "ol" else 0)
        elif tag == "li" and self._lists:
            self._marker = self._next_marker()
        self._pre += tag == "pre"
        return True

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if tag not in _BLOCKS:
            return
        self._flush(element)
        if tag in ("ul", "ol", "menu", "dir") and self._lists:
            self._lists.pop()
        self._pre -= tag == "pre"
        if self._inside[-1:] == [element.get("id")]:
            self._inside.pop()
        if "after" in _BREAK.findall(element.get("style")):
            self._drafts.append(NewPage())

    def _next_marker(self) -> str:
        """What a browser sets before the item of a list that begins."""
        number = self._lists[-1]
        if not number:
            return "• "
        self._lists[-1] += 1
        return "" if self._register else f"{number}. "

    def _name(self, element: Element) -> None:
        """Remember a name that a footnote's number leads to, while nothing stands before it in its paragraph."""
        if not any(isinstance(t, Raised) or (isinstance(t, str) and t.strip()) for t in self._tokens):
            self._names |= {element.get("id"), element.get("name")} & self._targets

    def _break_line(self) -> None:
        """End the printed line; a second break in a row ends the paragraph."""
        solid = [t for t in self._tokens if not isinstance(t, str) or t == "\n" or t.strip()]
        if solid[-1:] == ["\n"]:
            self._flush()
        else:
            self._tokens.append("\n")

    def _raise(self, element: Element, style: str) -> bool:
        """Take a raised or linked number as one token."""
        raised = element.tag == "sup" or bool(_RAISED.search(style))
        if not raised and not (element.tag == "a" and element.get("href").startswith("#")):
            return False
        text = element.text().translate(_INVISIBLE)
        link = element.find("a")
        target = link.get("href").removeprefix("#") if link and link.get("href").startswith("#") else ""
        linked = _NOTE_LINK.search(f"{target} {element.get('class')}") and _LINKED_NUMBER.fullmatch(text)
        if len(text) > _MAX_RAISED or not text.strip() or not (raised or linked):
            return False
        for part in element.elements():
            self._name(part)
        self._tokens.append(Raised(text.strip(), target))
        return True

    def _add(self, text: str) -> None:
        text = text.translate(_INVISIBLE)
        if self._pre:
            first, *others = re.split(r"\n[ \t]*\n", text)
            self._tokens.append(first)
            for other in others:
                self._flush()
                self._tokens.append(other)
        else:
            self._tokens.append(re.sub(r"\s+", " ", text))

    def _flush(self, element: Element | None = None) -> None:
        """End the paragraph; ``element`` is the one that ends with it."""
        tokens, self._tokens = tuple(self._tokens), []
        if not any(isinstance(t, Raised) or (isinstance(t, str) and t.strip()) for t in tokens):
            self._drafts += [t for t in tokens if isinstance(t, NewPage)]
            return
        marker, self._marker = self._marker, ""
        draft = Draft((marker, *tokens) if marker else tokens, names=frozenset(self._names))
        draft = replace(draft, inside=self._inside[-1] if self._inside else "")
        self._names = set()
        self._drafts += self._headed(draft, element)

    def _headed(self, draft: Draft, element: Element | None) -> list[DraftBlock]:
        """A draft as a heading where its element is one; the number of a rule section waits for its subject."""
        tag, classes = (element.tag, element.get("class").split()) if element else ("", [])
        if "sectno-reference" in classes:
            self._section_number = draft.text
            return []
        number, self._section_number = self._section_number, ""
        if number and "section-subject" in classes:
            return [Draft((number, " ", *draft.tokens), 3, number)]
        before: list[DraftBlock] = [Draft((number,))] if number else []
        if element and re.fullmatch(r"h[1-6]", tag) and (not self._register or is_register_heading(element)):
            draft = replace(draft, level=int(tag[1]), number=heading_number(draft.text))
        return [*before, draft]

    def _table(self, table: Element) -> None:
        caption = next((c for c in table.children if isinstance(c, Element) and c.tag == "caption"), None)
        self._drafts += self._inner(caption) if caption else []
        rows = [[(cell, self._inner(cell)) for cell in row] for row in table_rows(table)]
        headed = any(element.tag in ("th", "caption") for element in table.elements())
        self._drafts += set_table(rows, caption=fold(caption.text()) if caption else "", headed=headed)

    def _inner(self, element: Element) -> list[DraftBlock]:
        walk = Walk(self._targets, register=self._register, depth=self._depth + 1)
        drafts = walk.drafts(element)
        self.pictures += walk.pictures
        return drafts


def _printed_page(element: Element, classes: set[str]) -> str:
    """The number of the printed page that begins at an element of federalregister.gov, or ""."""
    if not any(name.replace("_", "-").startswith("printed-page") for name in classes):
        return ""
    marks = (e.get("data-page") or e.get("id").removeprefix("page-") for e in element.elements())
    stated = next((mark for mark in marks if mark), "") or re.sub(r"\D", "", element.text())
    return stated if stated.isalnum() else ""


def is_register_heading(element: Element) -> bool:
    """Whether a heading has an id as federalregister.gov gives them to the headings of a document."""
    return bool(re.fullmatch(r"h-\d+|addresses", element.get("id")))


def note_targets(root: Element) -> frozenset[str]:
    """Names that links with a number as their text lead to."""
    links = (e for e in root.elements() if e.tag == "a" and e.get("href").startswith("#"))
    return frozenset(
        link.get("href")[1:] for link in links if _LINKED_NUMBER.fullmatch(link.text()) and len(link.get("href")) > 1
    )
