"""One page of a document with the quoted words marked: a picture of a PDF page, or the text of a text file."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from corpus.answers import Citation
from corpus.library import Library
from corpus.records import Document, Page
from ingest.formats.pdf import draw_page, quote_boxes, word_boxes
from views.desk import DRAWING
from views.highlight import highlight, marked_text
from views.words import page_name, place, plain, shortened

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = {"Small": 560, "Medium": 800, "Large": 1120}
_AROUND = 1500  # characters of a text file shown on each side of a quote
_STATE = "reader"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader shows: a citation, and the page turned to."""

    citation: Citation
    page: int


def open_reader(library: Library, citation: Citation) -> None:
    """Open the cited page in a window over the view."""
    st.session_state[_STATE] = Reading(citation, citation.page)
    st.dialog(plain(shortened(citation.title, 140)), width="large")(draw_reader)(library)


def draw_reader(library: Library) -> None:
    """Draw the page that the session has turned to."""
    reading: Reading = st.session_state[_STATE]
    entry = library.catalog.entry(reading.citation.document_id)
    if entry is None:
        st.warning("This document is no longer in the library. The quote was:")
        st.text(reading.citation.quote)
        return
    if entry.document.media == "pdf":
        _draw_pdf(library, entry.document, reading)
    else:
        _draw_text(library, reading.citation)


def _draw_pdf(library: Library, document: Document, reading: Reading) -> None:
    pages = library.pages(document.id)
    width = _draw_controls(reading, len(pages))
    page = library.page_map(document.id).page(reading.page)
    citation = reading.citation
    on_cited_page = page.number == citation.page
    where = page_name(page.number, page.label, of=len(pages))
    st.caption(plain(f"{where} · {citation.section}" if citation.section and on_cited_page else where))
    picture, marked = picture_of(library, document, page, citation if on_cited_page else None, width)
    if picture is None:
        st.warning("The original file is not kept in the library, so its page cannot be drawn. Its text:")
    else:
        with st.container(border=True, width="content"):
            st.image(picture, width=width, output_format="PNG", alt=f"{where}, as printed")
    if on_cited_page and not marked:
        st.info("Where the quote is printed on this page is not known; it is marked in the page's text below.")
        st.html(marked_text(page.text, citation.page_start, citation.page_end, around=len(page.text)))
    elif picture is None:
        st.text(page.text)


def picture_of(
    library: Library, document: Document, page: Page, citation: Citation | None, width: int
) -> "tuple[Image | None, bool]":
    """A picture of a PDF page, the citation's words marked, and whether they could be marked.

    Args:
        library: keeps the original file.
        document: a PDF.
        page: of the document.
        citation: on that page; None to mark nothing.
        width: of the picture in pixels.

    Raises:
        SourceError: if the kept file can no longer be read.
    """
    original = library.original(document)
    if original is None:
        return None, False
    with DRAWING:
        picture = draw_page(original, page.number, width_pixels=width)
        if citation is None:
            return picture, False
        start, end = citation.page_start, citation.page_end
        boxes = (
            word_boxes(page, start, end) if page.words else quote_boxes(original, page.number, page.runs, start, end)
        )
    return highlight(picture, boxes), bool(boxes)


def _draw_controls(reading: Reading, last: int) -> int:
    """Buttons to turn pages and a choice of width; returns the width in pixels."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _turn_button("Previous page", ":material/chevron_left:", reading.page - 1, last)
        _turn_button("Next page", ":material/chevron_right:", reading.page + 1, last)
        if reading.page != reading.citation.page:
            st.button("Back to the quote", on_click=_turn_to, args=(reading.citation.page,), key="reader-back")
        size = st.segmented_control(
            "Size", list(WIDTHS), default="Medium", required=True, label_visibility="collapsed", key="reader-size"
        )
    return WIDTHS[size or "Medium"]


def _turn_button(label: str, icon: str, page: int, last: int) -> None:
    out = not 1 <= page <= last
    st.button(label, icon=icon, disabled=out, on_click=_turn_to, args=(page,), key=f"reader-{label}")


def _turn_to(page: int) -> None:
    st.session_state[_STATE] = replace(st.session_state[_STATE], page=page)


def _draw_text(library: Library, citation: Citation) -> None:
    page = library.page_map(citation.document_id).page(citation.page)
    where = place(citation)
    st.caption(plain(f"{where} · {citation.section}" if citation.section else where))
    st.html(marked_text(page.text, citation.page_start, citation.page_end, around=_AROUND))
