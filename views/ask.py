"""The view for questions: what was asked before, the answers with their citations, and the input below them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from corpus.answers import Answer
from corpus.errors import ReglensError
from corpus.records import Document, Kind
from rag import conversation
from rag.conversing import Reply
from rag.scope import Scope
from views.adding import draw_adding
from views.desk import Desk, answerer
from views.sources import draw_citations
from views.suggestions import suggest
from views.words import counted, document_name, kind_name, plain, problem, searched

_TURNS, _SUGGESTED, _DOCUMENTS, _KINDS = "turns", "suggested", "ask-documents", "ask-kinds"
_MAX_QUESTION_CHARS = 2000
_USER, _REGLENS = ":material/person:", ":material/gavel:"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of this session, and what became of it.

    Attributes:
        answer: None while there is none: it is being worked on, was stopped, or failed.
        asked: the question that was asked in its place, and why, where it followed up; else "".
        remembered: what later questions may lean on.
        failure: why it failed, as Markdown.
    """

    question: str
    scope: Scope
    answer: Answer | None = None
    failure: str = ""
    asked: str = ""
    remembered: conversation.Turn | None = None


def draw(desk: Desk) -> None:
    """Draw the conversation and the input."""
    documents = desk.library.documents()
    turns: list[Turn] = st.session_state.setdefault(_TURNS, [])
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.title("Ask the documents", width="content")
        if turns:
            st.button("New conversation", icon=":material/add_comment:", on_click=turns.clear)
    with st.bottom:
        draw_scope(documents)
        typed = st.chat_input("Ask a question", max_chars=_MAX_QUESTION_CHARS, submit_mode="disable")
    question = typed or st.session_state.pop(_SUGGESTED, None)
    if question:
        turns.append(Turn(question, _scope(documents)))
    for number, turn in enumerate(turns[:-1]):
        with st.expander(plain(turn.question)):
            _draw_turn(desk, turn, number)
    with st.empty().container():  # one slot: the answer before last leaves it at once
        if question:
            _work(desk, turns)
        elif turns:
            _draw_turn(desk, turns[-1], len(turns) - 1)
        else:
            _draw_beginning(desk, documents)


def _work(desk: Desk, turns: list[Turn]) -> None:
    """Answer the last question and keep the answer; what is stopped on the way stays in the list, unanswered."""
    turn = turns[-1]
    with st.chat_message("user", avatar=_USER):
        st.text(turn.question)
    with st.chat_message("assistant", avatar=_REGLENS), st.status("Searching and reading…", expanded=True):
        if len(turns) == 1:
            st.caption("The first question also loads the model, which takes some seconds.")
        try:
            turns[-1] = _answered(turn, desk.ask(turn.question, _conversation(turns), turn.scope))
        except ReglensError as error:
            turns[-1] = replace(turn, failure=problem(error))
    st.rerun()


def _conversation(turns: list[Turn]) -> conversation.Conversation:
    return conversation.Conversation(tuple(turn.remembered for turn in turns if turn.remembered))


def _answered(turn: Turn, found: Reply) -> Turn:
    resolved = found.resolved
    asked = f"Asked as: {resolved.asked} ({resolved.why})" if resolved.changed else ""
    return replace(turn, answer=found.answer, asked=asked, remembered=found.conversation.last)


def _draw_turn(desk: Desk, turn: Turn, number: int) -> None:
    with st.chat_message("user", avatar=_USER):
        st.text(turn.question)
        if turn.asked:
            st.caption(plain(turn.asked))
    with st.chat_message("assistant", avatar=_REGLENS):
        if turn.failure:
            st.error(turn.failure)
        elif turn.answer is None:
            st.info("This question was stopped before it was answered.")
            st.button("Ask it again", key=f"again-{number}", on_click=_suggest, args=(turn.question,))
        elif turn.answer.abstained:
            _draw_abstention(desk, turn.answer, f"turn-{number}")
        else:
            _draw_answer(desk, turn.answer, f"turn-{number}")


def _draw_answer(desk: Desk, answer: Answer, key: str) -> None:
    for notice in answer.notices:
        st.info(plain(notice))
    for line in answer.text.split("\n"):
        st.text(line)
    st.caption(plain(searched(answer)) + f" Answered by: {plain(answer.model)}.")
    draw_citations(desk.library, [c for claim in answer.claims for c in claim.citations], key)
    if answer.dropped:
        count = counted(len(answer.dropped), "statement")
        with st.expander(f"{count} dropped: the documents do not carry what was said"):
            for claim, reason in answer.dropped:
                st.text(f"{claim}\n({reason})")


def _draw_abstention(desk: Desk, answer: Answer, key: str) -> None:
    st.warning(f"**No answer.** {plain(answer.text)}", icon=":material/search_off:")
    st.caption(plain(searched(answer)))
    if answer.nearest:
        st.markdown("What came nearest, though it does not answer the question:")
        draw_citations(desk.library, answer.nearest, key, numbered=False)
    st.caption(
        "Try words that the documents use, choose the documents to ask, "
        "or add the document that would answer, in the view Library."
    )


def _draw_beginning(desk: Desk, documents: Mapping[str, Document]) -> None:
    if not documents:
        st.info("There is nothing to ask yet.")
        draw_adding(desk)
        return
    st.markdown(
        f"Every answer quotes the {counted(len(documents), 'document')} in the library, word for word, "
        "with the page it stands on. What they do not answer is not answered."
    )
    questions = suggest(documents.values())
    if questions:
        st.caption("For example:")
    for number, question in enumerate(questions):
        st.button(
            plain(question), key=f"suggested-{number}", on_click=_suggest, args=(question,), icon=":material/help:"
        )


def _suggest(question: str) -> None:
    st.session_state[_SUGGESTED] = question


@st.fragment
def draw_scope(documents: Mapping[str, Document]) -> None:
    """Draw the choice of documents and the answerer's name. A click in here does not stop a running answer."""
    names = {i: document_name(d) for i, d in sorted(documents.items(), key=lambda item: item[1].title.lower())}
    kinds = sorted({d.kind for d in documents.values()}, key=kind_name)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label = f"Asking {_scope_name(_scope(documents), len(documents))}"
        with st.popover(label, icon=":material/filter_list:", width="content"):
            st.multiselect(
                "Documents to ask",
                list(names),
                format_func=names.__getitem__,
                key=_DOCUMENTS,
                placeholder="All documents",
                persist_state="session",
            )
            st.multiselect(
                "Kinds to ask",
                kinds,
                format_func=kind_name,
                key=_KINDS,
                placeholder="All kinds",
                persist_state="session",
            )
        st.caption(plain(f"Answers: {answerer()}"), width="content")


def _scope(documents: Mapping[str, Document]) -> Scope:
    chosen = tuple(i for i in st.session_state.get(_DOCUMENTS, ()) if i in documents)
    return Scope(documents=chosen, kinds=tuple(Kind(k) for k in st.session_state.get(_KINDS, ())))


def _scope_name(scope: Scope, total: int) -> str:
    chosen = counted(len(scope.documents), "document") if scope.documents else f"all {counted(total, 'document')}"
    return f"{chosen} of {counted(len(scope.kinds), 'kind')}" if scope.kinds else chosen
