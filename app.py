"""The page: ``streamlit run app.py``, or ``reglens chat``. Draws what the packages return; decides nothing."""


def main() -> None:
    """Draw the view that the user is on."""
    import streamlit as st

    from views import ask, compare, impact, library
    from views.frame import framed
    from views.highlight import mark

    st.set_page_config(page_title="reglens", page_icon=mark(), layout="centered")
    pages = [
        st.Page(framed(ask.draw), title="Ask", icon=":material/forum:", url_path="ask", default=True),
        st.Page(framed(compare.draw), title="Compare", icon=":material/compare_arrows:", url_path="compare"),
        st.Page(framed(impact.draw), title="Impact", icon=":material/checklist:", url_path="impact"),
        st.Page(framed(library.draw), title="Library", icon=":material/library_books:", url_path="library"),
    ]
    st.navigation(pages).run()


# Parsing runs in processes of its own, and each of them imports this file again.
if __name__ == "__main__":
    main()
