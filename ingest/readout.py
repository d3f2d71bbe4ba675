"""What a reader makes of a file, whatever its format: the border between formats and structure."""

from dataclasses import dataclass

from corpus.records import Page
from corpus.structure import Table
from ingest.facts.metadata import Facts


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's own outline; ``level`` from 1, ``page`` from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading that the format itself marks; ``level`` from 1.

    Attributes:
        page: on which it stands.
        start: offset in that page's text of all that belongs to it, such as Markdown's "##".
        end: one past its last character.
        heading: its words, without its number.
        number: as printed ("II.", "§ 240.15l-1"), or "".
    """

    page: int
    start: int
    end: int
    heading: str
    level: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Readout:
    """Pages and what the format says of them.

    Attributes:
        bookmarks: the file's outline.
        marks: headings that the format marks, in order; where there are any, no others are looked for.
        tables: in order, by page.
        facts: what the file states about the document, in its text or in its own fields.
        notes: what could not be read, in words for the user.
    """

    pages: tuple[Page, ...]
    facts: Facts
    bookmarks: tuple[Bookmark, ...] = ()
    marks: tuple[Mark, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
