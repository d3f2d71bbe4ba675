"""A question within a conversation: filled in, asked of the documents it is about, and remembered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from corpus.answers import Answer
from corpus.records import Document
from rag.conversation import Conversation, Resolved, turn_of
from rag.followup import resolve
from rag.scope import Scope

AskAtLength = Callable[[str, Scope, int], Answer]
"""Answers a question within a scope; the number says how often a longer answer was asked for."""
_WIDENED = "the documents of the answer before do not answer this; searched the others, too"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, the question that it answers, and the conversation that goes on from it."""

    resolved: Resolved
    answer: Answer
    conversation: Conversation


def reply(
    question: str, conversation: Conversation, ask: AskAtLength, scope: Scope, documents: Mapping[str, Document]
) -> Reply:
    """Answer a question that may lean on those before it.

    The documents of the answer before are preferred where a follow-up names none: where they
    do not answer, the whole scope is asked, and ``answer.searched["relaxed"]`` says so.
    Documents that the user chose are never left.

    Args:
        question: as the user typed it.
        conversation: so far.
        ask: answers a question.
        scope: that the user chose.
        documents: of the library, by id.
    """
    resolved = resolve(question, conversation, documents)
    preferred = tuple(i for i in resolved.documents or () if i in documents)
    if preferred and not scope.documents:
        answer = ask(resolved.asked, replace(scope, documents=preferred), resolved.more)
        if answer.abstained:
            answer = _widened(ask(resolved.asked, scope, resolved.more))
    else:
        answer = ask(resolved.asked, scope, resolved.more)
    return Reply(resolved, answer, conversation.after(turn_of(resolved, answer, documents)))


def _widened(answer: Answer) -> Answer:
    relaxed = answer.searched.get("relaxed")
    said = [_WIDENED, *(relaxed if isinstance(relaxed, list) else [])]
    return replace(answer, searched=answer.searched | {"relaxed": said})
