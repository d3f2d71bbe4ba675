"""Who answers: sentences of the documents, or a language model that the user names."""

from collections.abc import Callable

from corpus.records import Answer
from rag.answer import EXTRACTIVE, AnswerSettings, answer
from rag.retrieve import Retriever
from rag.scope import Scope

Ask = Callable[[str, Scope], Answer]


def answerer(retriever: Retriever, settings: AnswerSettings, model: str = EXTRACTIVE) -> Ask:
    """What answers a question within a scope.

    Args:
        retriever: where passages come from.
        settings: how much is read and shown.
        model: "extractive", or a chat model as :func:`rag.models.load_chat` takes it.

    Raises:
        ModelError: if the model cannot be had; nothing is sent yet.
    """
    if model == EXTRACTIVE:
        return lambda question, scope: answer(question, retriever, settings, scope)
    from rag.generate import answer_with_model
    from rag.models import load_chat

    chat = load_chat(model)
    return lambda question, scope: answer_with_model(question, retriever, chat, settings, scope)
