"""The text of a document, and which page every character of it stands on.

A page of a release holds body text and, below it, footnotes. The document's text is the
bodies of all pages in order, then the footnotes of all pages in order, so that a sentence
that runs over a page break is not cut by the footnotes in between.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.records import Page


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span that lies on one page.

    ``document_text[start:end] == page.text[page_start:page_end]``.
    """

    page: int
    start: int
    end: int
    page_start: int
    page_end: int


class PageMap:
    """A document's text and its pages.

    Attributes:
        text: all of it; one newline between two bodies or two pages' footnotes,
            two between body and footnotes. These separators belong to no page.
        notes_start: where the footnotes begin; ``len(text)`` when there are none.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = tuple(pages)
        self._by_number = {page.number: page for page in self.pages}
        parts: list[str] = []
        self._runs: list[Piece] = []
        bodies = ((page.number, 0, page.text[: page.body_chars]) for page in self.pages)
        offset = self._append(bodies, parts, 0)
        self.notes_start = offset
        notes = [(p.number, *_notes(p)) for p in self.pages if p.body_chars < len(p.text)]
        if notes:
            parts.append("\n\n")
            self.notes_start = offset + 2
            self._append(notes, parts, offset + 2)
        self.text = "".join(parts)
        self._starts = [run.start for run in self._runs]

    def _append(self, texts: Iterable[tuple[int, int, str]], parts: list[str], offset: int) -> int:
        first = True
        for number, page_start, text in texts:
            if not first:
                parts.append("\n")
                offset += 1
            first = False
            parts.append(text)
            if text:
                run = Piece(number, offset, offset + len(text), page_start, page_start + len(text))
                self._runs.append(run)
            offset += len(text)
        return offset

    def page(self, number: int) -> Page:
        """The page with this physical number (from 1)."""
        return self._by_number[number]

    def page_of(self, offset: int) -> int:
        """Physical number of the page that holds ``text[offset]``; a separator counts to the page before it."""
        return self._runs[max(bisect_right(self._starts, offset) - 1, 0)].page

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """Cut ``[start, end)`` at page borders; white space at the cuts is left out.

        Raises:
            ValueError: if the span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span [{start}, {end}) is not inside 0..{len(self.text)}")
        found = []
        for run in self._runs[max(bisect_right(self._starts, start) - 1, 0) :]:
            if run.start >= end:
                break
            low, high = max(start, run.start), min(end, run.end)
            while low < high and self.text[low].isspace():
                low += 1
            while low < high and self.text[high - 1].isspace():
                high -= 1
            if low < high:
                shift = run.page_start - run.start
                found.append(Piece(run.page, low, high, low + shift, high + shift))
        return tuple(found)

    def offset_on_page(self, number: int, page_offset: int) -> int:
        """Offset in the document's text of ``page(number).text[page_offset]``.

        Raises:
            ValueError: if the page has no such character.
        """
        for run in self._runs:
            if run.page == number and run.page_start <= page_offset < run.page_end:
                return run.start + page_offset - run.page_start
        raise ValueError(f"page {number} has no character {page_offset}")


def _notes(page: Page) -> tuple[int, str]:
    """Where a page's footnotes begin in its text, and the footnotes."""
    notes = page.text[page.body_chars :].lstrip()
    return len(page.text) - len(notes), notes


def fold(text: str) -> str:
    """Every run of white space as one blank, none at the ends."""
    return " ".join(text.split())
