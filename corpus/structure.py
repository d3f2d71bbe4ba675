"""What a text is made of besides its sections: footnotes, tables, references. Imports nothing of ours.

Offsets are 0-based and half-open, page numbers 1-based.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note of a document and the places that call it.

    Attributes:
        number: as printed: "12", "*".
        start: offset in the document's text of its number.
        end: one past its last character; a note that runs over a page break is one span.
        page: on which it begins.
        calls: offsets in the document's text at which its number is called, in order; empty
            when no call was found.
    """

    number: str
    start: int
    end: int
    page: int
    calls: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and cells printed on one page; a table that goes on over the page is one record a page.

    Attributes:
        page: on which it stands.
        start: offset of its first character in the stored text of that page.
        end: one past its last character there.
        rows: the cells of each row from left to right, white space folded; an empty cell is "".
            Every row has as many cells as the table has columns.
        caption: the line that names it, or "".
    """

    page: int
    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


class ReferenceKind(StrEnum):
    """What a reference refers to."""

    CFR = "cfr"
    RULE = "rule"
    USC = "usc"
    STATUTE = "statute"
    RELEASE = "release"
    FILE = "file"
    FEDERAL_REGISTER = "federal_register"
    SECTION = "section"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text that refers to another.

    Attributes:
        kind: of what it refers to.
        start: offset in the document's text.
        end: one past its last character.
        target: what it refers to, in one spelling: "17 CFR 242.611(a)(1)", "Rule 15c3-5(c)",
            "15 U.S.C. 78o(b)", "Exchange Act section 15(b)", "34-51808", "S7-07-18",
            "83 FR 21574", "II.C.4", "12".
        points_to: of a section or a footnote of the same document, the offset at which it
            begins; None when it was not found, or lies elsewhere.
        pinpoint: the place in the target that is meant, where one is named: "21575", "n. 343".
    """

    kind: ReferenceKind
    start: int
    end: int
    target: str
    points_to: int | None = None
    pinpoint: str = ""
