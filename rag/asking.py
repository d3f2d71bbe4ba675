"""Who answers: sentences of the documents, or a language model that the user names."""

from collections.abc import Callable
from dataclasses import replace

from corpus.records import Answer
from rag.answer import EXTRACTIVE, answer
from rag.answersettings import AnswerSettings, Length
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
    ask = answerer_at_length(retriever, settings, model)
    return lambda question, scope: ask(question, scope, 0)


def answerer_at_length(
    retriever: Retriever, settings: AnswerSettings, model: str = EXTRACTIVE
) -> Callable[[str, Scope, int], Answer]:
    """The same, of which a longer answer can be asked: the number says how often it was.

    Args:
        retriever: where passages come from.
        settings: how much is read and shown.
        model: as :func:`answerer` takes it.

    Raises:
        ModelError: if the model cannot be had; nothing is sent yet.
    """
    if model == EXTRACTIVE:
        return lambda question, scope, more: answer(question, retriever, longer(settings, more), scope)
    from rag.generate import answer_with_model
    from rag.models import load_chat

    chat = load_chat(model)
    return lambda question, scope, more: answer_with_model(question, retriever, chat, longer(settings, more), scope)


def longer(settings: AnswerSettings, more: int) -> AnswerSettings:
    """Settings for a longer answer: a full one when it is asked for once, ``more`` times as many sentences after."""
    if more == 0:
        return settings
    return replace(
        settings,
        length=Length.FULL,
        max_sentences=settings.max_sentences * more,
        broad_sentences=settings.broad_sentences * more,
    )
