"""The view of what is in the library: every file with its state, adding files, and removing them."""

from collections.abc import Sequence

import streamlit as st

from corpus.catalog import OUTDATED, REMOVING, RESTORING, Entry
from corpus.errors import ReglensError
from corpus.library import FAILED, INDEXING, READY, REPLACED
from corpus.records import Document
from views.adding import draw_adding
from views.desk import Desk
from views.words import counted, document_name, kind_name, problem

_STATES = {
    READY: "ready",
    FAILED: "failed",
    REPLACED: "replaced by a newer version",
    INDEXING: "not finished; the next writer finishes it",
    RESTORING: "being read again",
    OUTDATED: "waits to be read again (reglens reread)",
    REMOVING: "being removed",
}


def draw(desk: Desk) -> None:
    """Draw the table, the notes, the upload form and the removal."""
    st.set_page_config(layout="wide")
    st.title("Library")
    entries = desk.library.entries()
    ready = [e for e in entries if e.state == READY]
    pages, passages = sum(e.pages for e in ready), sum(e.chunks for e in ready)
    st.caption(
        f"{counted(len(ready), 'document')} that can be asked: "
        f"{counted(pages, 'page')}, {counted(passages, 'passage')}."
    )
    if entries:
        _draw_table(entries)
        _draw_problems(entries)
    st.subheader("Add documents")
    draw_adding(desk)
    if entries:
        st.subheader("Remove a document")
        _draw_removal(desk, entries)


def _draw_table(entries: Sequence[Entry]) -> None:
    rows = [
        {
            "Title": e.document.title,
            "Kind": kind_name(e.document.kind),
            "Release": ", ".join(e.document.release_numbers),
            "Date": e.document.issued or e.document.published or "",
            "Pages": e.pages,
            "Passages": e.chunks,
            "State": _STATES.get(e.state, e.state),
            "Reason": e.reason,
        }
        for e in entries
    ]
    columns = [name for name in rows[0] if name != "Reason" or any(e.reason for e in entries)]
    st.dataframe(
        rows,
        hide_index=True,
        column_order=columns,
        column_config={"Title": st.column_config.TextColumn(width=380), "Date": st.column_config.TextColumn(width=100)},
        alt="Documents of the library",
    )


def _draw_problems(entries: Sequence[Entry]) -> None:
    failed = [e for e in entries if e.state == FAILED]
    notes = [(e.document, note) for e in entries for note in e.document.notes]
    if failed:
        with st.expander(f"{counted(len(failed), 'file')} could not be read", icon=":material/error:"):
            for entry in failed:
                st.text(f"{entry.document.title}: {entry.reason}\n→ {entry.remedy}")
    if notes:
        with st.expander(f"{counted(len(notes), 'note')} on parts that could not be read"):
            for document, note in notes:
                st.text(f"{document.title}: {note}")


@st.fragment
def _draw_removal(desk: Desk, entries: Sequence[Entry]) -> None:
    names = {e.document.id: document_name(e.document) for e in entries}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Document", list(names), index=None, format_func=lambda i: names.get(i, i), placeholder="Choose one"
        )
        asked = st.button("Remove…", disabled=chosen is None, icon=":material/delete:")
    if asked and chosen is not None:
        document = next(e.document for e in entries if e.document.id == chosen)
        st.dialog("Remove this document?")(draw_confirmation)(desk, document)


def draw_confirmation(desk: Desk, document: Document) -> None:
    """Draw what would be removed, and the button that removes it."""
    st.text(document_name(document))
    st.markdown("It and its original file are removed from the library. The file you added it from is not touched.")
    if st.button("Remove it", type="primary"):
        try:
            with desk.library.writing():
                desk.library.remove(document.id)
        except ReglensError as error:
            st.error(problem(error))
            return
        st.rerun()
