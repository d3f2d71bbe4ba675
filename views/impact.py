"""The view of what a document would make whom do, by when, above which threshold and at what cost."""

from typing import TYPE_CHECKING

import streamlit as st

from corpus.library import OUR_WRITING, Library
from views.desk import Desk
from views.rows import FACTS, filter_obligations, obligation_csv, obligation_table, who
from views.sources import draw_citations
from views.words import counted, document_name, plain

if TYPE_CHECKING:
    from rag.impact import Impact, Obligation

_RESULT = "impact-found"


def draw(desk: Desk) -> None:
    """Draw the choice of a document, and the obligations found last."""
    st.set_page_config(layout="wide")
    st.title("Who must do what")
    documents = {i: d for i, d in desk.library.documents().items() if d.kind not in OUR_WRITING}
    if not documents:
        st.info("There is no release or filing in the library yet. Add one in the view Library.")
        return
    ids = sorted(documents, key=lambda i: documents[i].title.lower())
    names = {i: document_name(documents[i]) for i in ids}
    with st.form("impact"):
        chosen = st.selectbox(
            "Document", ids, index=None, format_func=lambda i: names.get(i, i), placeholder="Choose one",
            key="impact-document", persist_state="session",
        )  # fmt: skip
        sent = st.form_submit_button("Find obligations", type="primary", icon=":material/checklist:")
    if sent and chosen is None:
        st.warning("Choose a document.")
    elif sent and chosen is not None:
        with st.spinner("Reading the document…"):
            st.session_state[_RESULT] = (names[chosen], desk.find_obligations(documents[chosen]))
    if found := st.session_state.get(_RESULT):
        _draw_impact(desk.library, *found)


@st.fragment
def _draw_impact(library: Library, name: str, impact: "Impact") -> None:
    st.subheader(plain(name))
    if not impact.obligations:
        st.info("No sentence of this document was found that would make anyone do something.")
    else:
        _draw_obligations(library, impact)
    if impact.sections:
        with st.expander(f"{counted(len(impact.sections), 'section')} on costs, dates and effects"):
            draw_citations(library, [s.citation for s in impact.sections], "impact-sections", numbered=False)


def _draw_obligations(library: Library, impact: "Impact") -> None:
    obligations = _filtered(impact)
    st.caption(f"{counted(len(obligations), 'obligation')} of {len(impact.obligations)}")
    if not obligations:
        st.info("No obligation fits.")
        return
    picked = st.dataframe(
        obligation_table(obligations), hide_index=True, on_select="rerun", selection_mode="single-row",
        column_config={"Who": st.column_config.TextColumn(width=200), "What": st.column_config.TextColumn(width=380)},
        key=f"impact-table-{impact.document.id}-{hash(tuple(o.citation.start for o in obligations))}",
        alt="Obligations",
    )  # fmt: skip
    rows = picked["selection"]["rows"]
    if not rows:
        st.caption("Choose a row, at its left edge, to see the sentence it comes from.")
    for row in rows:
        found = obligations[row]
        draw_citations(library, [found.citation, *found.continued], f"impact-{row}", numbered=False)
    st.download_button(
        "Download as CSV",
        obligation_csv(obligations),
        "obligations.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def _filtered(impact: "Impact") -> "list[Obligation]":
    """Draw the filters; the obligations that pass them."""
    key = impact.document.id
    actors = sorted({who(o) for o in impact.obligations})
    modalities = sorted({o.modality for o in impact.obligations})
    left, right = st.columns(2)
    of_actors = left.multiselect("Who", actors, placeholder="Anyone", key=f"impact-actors-{key}")
    of_modalities = right.multiselect("Force", modalities, placeholder="Any", key=f"impact-modalities-{key}")
    facts = left.pills("Only those that state a", FACTS, selection_mode="multi", key=f"impact-facts-{key}")
    words = right.text_input("Containing the words", key=f"impact-words-{key}")
    return filter_obligations(impact.obligations, of_actors, of_modalities, facts, words)
