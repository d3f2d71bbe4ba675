"""Who answers: sentences of the documents, or a language model that the user names."""

from collections.abc import Callable
from dataclasses import replace

from corpus.errors import ConfigError
from corpus.records import Answer
from rag.answer import EXTRACTIVE, AnswerSettings, answer
from rag.events import Step
from rag.retrieve import Retriever
from rag.scope import Scope

Ask = Callable[[str, Scope], Answer]


def answerer(
    retriever: Retriever,
    settings: AnswerSettings,
    model: str = EXTRACTIVE,
    *,
    agent: bool = False,
    tell: Callable[[Step], None] = lambda step: None,
) -> Ask:
    """What answers a question within a scope.

    Args:
        retriever: where passages come from.
        settings: how much is read and shown.
        model: "extractive", or a chat model as :func:`rag.models.load_chat` takes it.
        agent: let the model look into the library itself; each question is a conversation of its own.
        tell: is told each look.

    Raises:
        ModelError: if the model cannot be had; nothing is sent yet.
        ConfigError: if an agent is asked for without a model, or the settings file holds a mistake.
    """
    if model == EXTRACTIVE:
        if agent:
            raise ConfigError(
                "an agent needs a language model", remedy="name one, e.g. --model openai:gpt-5 or --model ollama:llama3"
            )
        return lambda question, scope: answer(question, retriever, settings, scope)
    from rag.models import load_chat
    from rag.pricing import load_price

    chat, price = load_chat(model), load_price(model)
    if agent:
        from rag.agent import Agent
        from rag.settings import load_agent_settings

        worker = Agent(retriever, chat, load_agent_settings(), settings, price)
        return lambda question, scope: worker.ask(question, scope, tell=tell)
    from rag.generate import answer_with_model

    def ask(question: str, scope: Scope) -> Answer:
        found = answer_with_model(question, retriever, chat, settings, scope)
        return replace(found, usage=price.of(found.usage) if found.usage else None)

    return ask
