"""Around every view: its errors, the settings in force, and what to do while there is no library."""

from collections.abc import Callable

import streamlit as st

from corpus.errors import ReglensError
from corpus.settings import library_folder
from views.adding import draw_adding, start_shipped
from views.desk import Desk, answerer, open_desk
from views.words import counted, plain, problem


def framed(draw: Callable[[Desk], None]) -> Callable[[], None]:
    """A view that opens the library first and shows an error with its remedy."""

    def drawn() -> None:
        try:
            desk = open_desk()
            if desk is None:
                draw_without_library()
            else:
                _draw_settings(desk)
                draw(desk)
        except ReglensError as error:
            st.error(problem(error))

    return drawn


def draw_without_library() -> None:
    """Say how a library comes to be, and offer to make one."""
    st.title("There is no library yet")
    st.markdown(
        "reglens answers from a library: the releases, filings and notes that you give it. "
        "It is a folder on this machine."
    )
    st.caption(plain(f"Answers: {answerer()}"))
    st.subheader("Begin with what comes with reglens")
    st.markdown("Short reference notes on market microstructure, and cards of major rules.")
    if st.button("Make a library of these", type="primary", icon=":material/library_add:"):
        start_shipped()
        st.rerun()
    st.subheader("Or add documents of your own")
    draw_adding(None)
    st.caption("Many files or whole folders are read faster from a terminal:")
    st.code("reglens ingest PATH...", language=None)
    st.caption(plain(f"The library will lie in {library_folder()}; REGLENS_LIBRARY names another folder."))


def _draw_settings(desk: Desk) -> None:
    with st.sidebar:
        settings = {
            "Answers": answerer(),
            "Search": f"by words and by meaning ({desk.library.embedder.name})",
            "Library": f"{counted(len(desk.library.documents()), 'document')} in {desk.library.folder}",
        }
        for name, value in settings.items():
            st.caption(f"**{name}**  \n{plain(value)}")
