"""The view that sets two documents side by side, provision by provision."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from corpus.answers import Citation
from corpus.library import OUR_WRITING, Library
from corpus.records import Document
from views.desk import Desk
from views.reader import open_reader
from views.rows import STATUSES, filter_rows
from views.sources import draw_card
from views.words import counted, document_name, plain, shortened

if TYPE_CHECKING:
    from rag.compare import Comparison, Row

_RESULT = "comparison"
_PER_PAGE = 10


def draw(desk: Desk) -> None:
    """Draw the choice of two documents, and the comparison made last."""
    st.set_page_config(layout="wide")
    st.title("Compare two documents")
    documents = {i: d for i, d in desk.library.documents().items() if d.kind not in OUR_WRITING}
    if len(documents) < 2:
        st.info("A comparison needs two documents. Add them in the view Library.")
        return
    _draw_form(desk, documents)
    comparison: Comparison | None = st.session_state.get(_RESULT)
    if comparison is not None:
        _draw_comparison(desk.library, comparison)


def _draw_form(desk: Desk, documents: dict[str, Document]) -> None:
    ids = sorted(documents, key=lambda i: (documents[i].title.lower(), documents[i].issued or ""))
    names = {i: document_name(documents[i]) for i in ids}
    with st.form("compare"):
        a = _choose("Earlier document", ids, names, "compare-a")
        b = _choose("Later document", ids, names, "compare-b")
        topic = st.text_input(
            "Topic", placeholder="All topics; or for example: definition of retail customer", key="compare-topic"
        )
        sent = st.form_submit_button("Compare", type="primary", icon=":material/compare_arrows:")
    if not sent:
        return
    if a is None or b is None or a == b:
        st.warning("Choose two different documents.")
        return
    with st.spinner("Comparing; two long releases take a minute or more…"):
        st.session_state[_RESULT] = desk.compare(documents[a], documents[b], topic.strip() or None)


def _choose(label: str, ids: Sequence[str], names: dict[str, str], key: str) -> str | None:
    return st.selectbox(
        label, ids, index=None, format_func=lambda i: names.get(i, i), placeholder="Choose one", key=key,
        persist_state="session",
    )  # fmt: skip


@st.fragment
def _draw_comparison(library: Library, comparison: "Comparison") -> None:
    a, b = comparison.a, comparison.b
    st.subheader(f"{_short(a)} → {_short(b)}")
    counts = Counter(row.status for row in comparison.rows)
    known = [status for status in STATUSES if counts[status]]
    statuses = st.pills(
        "Show",
        known,
        selection_mode="multi",
        format_func=lambda s: f"{STATUSES[s][0]} ({counts[s]})",
        key=f"compare-statuses-{a.id}-{b.id}",
    )
    words = st.text_input("Containing the words", key=f"compare-words-{a.id}-{b.id}")
    rows = filter_rows(comparison.rows, statuses, words)
    st.caption(f"{counted(len(rows), 'row')} of {len(comparison.rows)}")
    if not rows:
        st.info("No row fits." if comparison.rows else "Nothing was found that the two documents share or change.")
        return
    pages = -(-len(rows) // _PER_PAGE)
    page = st.pagination(pages, key=f"compare-page-{pages}") if pages > 1 else 1
    opened = None
    for number, row in enumerate(rows[(page - 1) * _PER_PAGE : page * _PER_PAGE]):
        opened = _draw_row(library, comparison, row, f"row-{page}-{number}") or opened
    if opened is not None:
        open_reader(library, opened)


def _draw_row(library: Library, comparison: "Comparison", row: "Row", key: str) -> Citation | None:
    """Draw one row; return the citation whose page is asked for."""
    name, colour = STATUSES[row.status]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(row.topic)}**", width="content")
            st.badge(name, color=colour)
        if row.difference:
            st.text(row.difference)
        left, right = st.columns(2)
        with left:
            found = _draw_side(library, comparison.a, row.a, f"{key}-a")
        with right:
            found = _draw_side(library, comparison.b, row.b, f"{key}-b") or found
        if row.reason:
            with st.expander(f"Why: {counted(len(row.reason), 'quote')}"):
                found = _draw_cards(library, row.reason, f"{key}-why") or found
    return found


def _draw_side(library: Library, document: Document, citations: Sequence[Citation], key: str) -> Citation | None:
    st.caption(_short(document))
    if not citations:
        st.caption("*no quote on this side*")
    return _draw_cards(library, citations, key)


def _draw_cards(library: Library, citations: Sequence[Citation], key: str) -> Citation | None:
    documents = library.documents()
    opened = None
    for number, citation in enumerate(citations):
        if draw_card(citation, documents, f"{key}-{number}", title=False):
            opened = citation
    return opened


def _short(document: Document) -> str:
    """A document's release number, or the beginning of its title; as Markdown."""
    return plain(document.release_numbers[0] if document.release_numbers else shortened(document.title, 60))
