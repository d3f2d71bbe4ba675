"""Citations as cards: where the quote stands, who speaks, how the source stands, the quote, and its page."""

from collections.abc import Mapping, Sequence

import streamlit as st

from corpus.answers import Citation
from corpus.errors import ReglensError
from corpus.library import Library
from corpus.records import Document
from views.reader import open_reader
from views.words import place, plain, problem, status_colour, voice_name


@st.fragment
def draw_citations(library: Library, citations: Sequence[Citation], key: str, *, numbered: bool = True) -> None:
    """Draw citations below each other. A click in here does not stop an answer that is being worked on.

    Args:
        library: holds the cited documents.
        citations: in the order of their numbers.
        key: tells these cards from others on the page.
        numbered: whether they are called [1], [2] in a text above.
    """
    documents = library.documents()
    opened = None
    for number, citation in enumerate(citations, start=1):
        if draw_card(citation, documents, f"{key}-{number}", number if numbered else None):
            opened = citation
    if opened is not None:
        try:
            open_reader(library, opened)
        except ReglensError as error:
            st.error(problem(error))


def draw_card(
    citation: Citation, documents: Mapping[str, Document], key: str, number: int | None = None, *, title: bool = True
) -> bool:
    """Draw one citation; return whether its page is asked for."""
    document = documents.get(citation.document_id)
    with st.container(border=True, gap="xsmall"):
        heading = f"**[{number}]** " if number is not None else ""
        if title:
            st.markdown(f"{heading}**{plain(citation.title)}**")
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(plain(place(citation)), width="content")
            st.badge(plain(citation.status), color=status_colour(citation.status))
            st.badge(plain(voice_name(citation, document.kind if document else None)), color="gray")
            if not citation.verified:
                st.badge("quote not found on its page", color="red")
            label = "Show the page" if citation.line is None else "Show in the text"
            asked = st.button(label, key=f"{key}-open", icon=":material/menu_book:", type="tertiary")
        if citation.section:
            st.caption(plain(citation.section))
        st.text(f"“{citation.quote}”")
    return asked
