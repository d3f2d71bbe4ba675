"""`reglens ask` as a conversation: questions from the terminal, the thread they belong to, what was asked."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus.contracts import answer_json
from corpus.errors import ReglensError
from corpus.library import Library
from rag.conversation import Conversation
from rag.conversing import AskAtLength, Reply, reply
from rag.printing import print_answer, print_asked
from rag.scope import Scope
from rag.thread import keep_turn, load_thread

_INVITATION = "Ask a question. An empty line or Ctrl-D ends."


def typed_questions(first: str | None) -> Iterator[str]:
    """The question that was given, then those that are typed, until an empty line or the end of the input."""
    if sys.stdin.isatty():
        import_history()
    print(_INVITATION, file=sys.stderr, flush=True)
    if first is not None:
        yield first
    while True:
        try:
            line = input("> " if sys.stdin.isatty() else "")
        except EOFError:
            return
        if not line.strip():
            return
        yield line.strip()


def import_history() -> None:
    """Let the arrow keys bring back earlier questions, where the system can."""
    try:
        import readline  # noqa: F401  importing it is what gives input() a history
    except ImportError:
        return


def converse(
    questions: Iterator[str],
    library: Library,
    ask: AskAtLength,
    scope: Scope,
    *,
    thread: Path | None,
    go_on: bool,
    show: Callable[[Reply], None],
) -> bool:
    """Answer questions that may lean on those before them.

    Args:
        questions: as they come.
        library: is asked.
        ask: answers.
        scope: that the user chose.
        thread: file that the turns are read from and kept in; None keeps none.
        go_on: whether the next question is read after an error, which is then only printed.
        show: is given every reply.

    Returns:
        Whether a question was not answered.

    Raises:
        ReglensError: if the thread, or without ``go_on`` a question, cannot be worked on.
    """
    conversation = load_thread(thread) if thread else Conversation()
    unanswered = False
    for question in questions:
        try:
            found = reply(question, conversation, ask, scope, library.documents())
        except ReglensError as error:
            if not go_on:
                raise
            print(f"reglens: {error}", file=sys.stderr)
            continue
        show(found)
        conversation, unanswered = found.conversation, unanswered or found.answer.abstained
        if thread and conversation.last:
            keep_turn(thread, conversation.last)
    return unanswered


def reply_json(found: Reply) -> dict[str, Any]:
    """An answer with the question as typed, the question as asked, and, where they differ, why."""
    resolved = found.resolved
    said = {"question": resolved.question, "asked": resolved.asked}
    because = {"asked_because": resolved.why} if resolved.changed else {}
    return said | because | {name: value for name, value in answer_json(found.answer).items() if name != "question"}


def print_reply(found: Reply) -> None:
    """The question that was asked, where it is not the one typed, and the answer."""
    if found.resolved.changed:
        print_asked(found.resolved.asked, found.resolved.why)
    print_answer(found.answer)
