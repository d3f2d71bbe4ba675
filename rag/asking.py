"""Who answers: sentences of the documents, or a language model that the user names."""

import uuid
from collections.abc import Callable
from dataclasses import replace

from corpus.answers import Answer
from corpus.errors import ConfigError
from rag.answer import EXTRACTIVE, answer
from rag.answersettings import AnswerSettings, Length
from rag.conversing import AskAtLength
from rag.events import Step
from rag.retrieve import Retriever
from rag.scope import Scope

Ask = Callable[[str, Scope], Answer]
Tell = Callable[[Step], None]


def answerer(
    retriever: Retriever,
    settings: AnswerSettings,
    model: str = EXTRACTIVE,
    *,
    agent: bool = False,
    tell: Tell = lambda step: None,
) -> Ask:
    """What answers a question within a scope; no question knows of another.

    Args:
        retriever: where passages come from.
        settings: how much is read and shown.
        model: "extractive", or a chat model as :func:`rag.models.load_chat` takes it.
        agent: let the model look into the library itself.
        tell: is told each look of an agent.

    Raises:
        ModelError: if the model cannot be had; nothing is sent yet.
        ConfigError: if an agent is asked for without a model, or the settings file holds a mistake.
    """
    if agent:
        return _agent(retriever, settings, model, tell, thread=None)
    ask = answerer_at_length(retriever, settings, model)
    return lambda question, scope: ask(question, scope, 0)


def answerer_at_length(
    retriever: Retriever,
    settings: AnswerSettings,
    model: str = EXTRACTIVE,
    *,
    agent: bool = False,
    tell: Tell = lambda step: None,
) -> AskAtLength:
    """The same for a conversation: a longer answer can be asked for, and the number says how often it was.

    An agent knows the earlier questions and what it looked up for them.
    Arguments and errors are those of :func:`answerer`.
    """
    if agent:
        remembering = _agent(retriever, settings, model, tell, thread=uuid.uuid4().hex)
        return lambda question, scope, more: remembering(question, scope)
    if model == EXTRACTIVE:
        return lambda question, scope, more: answer(question, retriever, longer(settings, more), scope)
    from rag.generate import answer_with_model
    from rag.models import load_chat
    from rag.modelsettings import load_model_settings

    chat, price = load_chat(model), load_model_settings(model)

    def ask(question: str, scope: Scope, more: int) -> Answer:
        found = answer_with_model(question, retriever, chat, longer(settings, more), scope)
        return replace(found, usage=price.of(found.usage) if found.usage else None)

    return ask


def _agent(retriever: Retriever, settings: AnswerSettings, model: str, tell: Tell, thread: str | None) -> Ask:
    """An agent in one conversation, or in a new one with every question."""
    if model == EXTRACTIVE:
        raise ConfigError(
            "an agent needs a language model", remedy="name one, e.g. --model openai:gpt-5 or --model ollama:llama3"
        )
    from rag.agent import Agent
    from rag.models import load_chat
    from rag.modelsettings import load_model_settings
    from rag.settings import load_agent_settings

    worker = Agent(retriever, load_chat(model), load_agent_settings(), settings, load_model_settings(model))
    return lambda question, scope: worker.ask(question, scope, thread, tell)


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
