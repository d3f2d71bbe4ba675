"""A language model words the answer; every statement it makes is checked before anyone sees it.

The model reads numbered passages and must quote them; ``rag/guard.py`` keeps what its quotes
carry. Where nothing is kept, the documents' own sentences answer, and the answer says so.
The model is asked only when the passages come near enough to the question for an
extractive answer: weak evidence costs nothing and ends in an abstention.
"""

import time
from dataclasses import dataclass, replace
from typing import Any

from corpus.answers import Answer
from corpus.printable import printable
from corpus.usage import Usage
from rag.answer import finish
from rag.answersettings import AnswerSettings
from rag.careful import CarefulRetriever
from rag.fallback import NO_ANSWER, NOT_READABLE, NOTHING_HELD, fall_back
from rag.guard import Checked, Shown, check_claims, read_reply, unreadable
from rag.models import ChatModel
from rag.prompt import RETRY, SYSTEM, prompt_of
from rag.reading import Reading, read
from rag.retrieve import Retriever
from rag.scope import Scope


def answer_with_model(
    question: str,
    retriever: Retriever,
    model: ChatModel,
    settings: AnswerSettings | None = None,
    scope: Scope | None = None,
) -> Answer:
    """Answer in the model's words, each claim with verified quotes; else in the documents', or abstain.

    Args:
        question: in the user's words.
        retriever: where passages come from.
        model: is asked once, and once more when its reply cannot be read.
        settings: how much is read, and how near it must come.
        scope: which documents are asked.

    Raises:
        ModelError: if the model gives no reply.
    """
    settings = settings or AnswerSettings()
    began = time.perf_counter()
    careful = CarefulRetriever(retriever)
    reading = read(question, careful, settings, scope)
    if not reading.suffices(settings):
        return _finished(question, Checked(), reading, careful, model, Usage(), began)
    shown = _shown(reading)
    reply = _ask(model, prompt_of(question, list(shown.passages.values()), retriever.library, shown.because))
    if reply.error is None:
        checked = check_claims(reply.claims, shown, retriever.library)
    else:
        checked = Checked((), unreadable(reply.text, reply.error))
    if checked.kept or not checked.dropped:
        return _finished(question, checked, reading, careful, model, reply.usage, began)
    why = NOTHING_HELD if reply.error is None else NOT_READABLE
    found = fall_back(
        why.format(model=model.name), question, careful, settings, scope,
        model=model.name, usage=reply.usage, dropped=checked.dropped,
    )  # fmt: skip
    return replace(found, searched=found.searched | _counts(reply.usage))


def _shown(reading: Reading) -> Shown:
    """What was found, and after it what that refers to, numbered from 1."""
    found = reading.found.passages
    known = {passage.chunk.id for passage in found}
    followed = [item for item in reading.found.followed if item.passage.chunk.id not in known]
    because = {item.passage.chunk.id: item.because_in_answer for item in followed}
    referred = {item.passage.chunk.id: item.passage for item in followed}
    return Shown(dict(enumerate((*found, *referred.values()), start=1)), because)


def _finished(
    question: str,
    checked: Checked,
    reading: Reading,
    retriever: CarefulRetriever,
    model: ChatModel,
    usage: Usage,
    began: float,
) -> Answer:
    found = replace(reading.found, searched=reading.found.searched | _counts(usage))
    timings = found.timings_ms | ({"model": usage.model_ms} if usage.model_calls else {})
    timings["total"] = (time.perf_counter() - began) * 1000
    answer = finish(
        question, checked.kept, replace(reading, found=found), retriever, model.name, timings, checked.dropped
    )
    silent = usage.model_calls and answer.abstained
    notices = (f"{NO_ANSWER.format(model=model.name)}.",) if silent else ()
    return replace(answer.noting(*notices), usage=usage)


def _counts(usage: Usage) -> dict[str, object]:
    asked = {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens} if usage.model_calls else {}
    return {"model_calls": usage.model_calls, **asked}


@dataclass(frozen=True, slots=True)
class _Reply:
    """What the model answered: its claims as it gave them, or why they cannot be read."""

    claims: tuple[Any, ...]
    text: str
    error: str | None
    usage: Usage


def _ask(model: ChatModel, prompt: str) -> _Reply:
    began = time.perf_counter()
    spent: list[tuple[int | None, int | None]] = []
    claims: tuple[Any, ...] = ()
    error: str | None = None
    text = ""
    for _ in range(2):
        asked = prompt if error is None else f"{prompt}\n\n{RETRY.format(error=error)}"
        completion = model.complete(SYSTEM, asked)
        spent.append((completion.input_tokens, completion.output_tokens))
        text = printable(completion.text)
        try:
            claims, error = read_reply(text), None
            break
        except ValueError as problem:
            error = str(problem)
    read_tokens, written = (None if None in column else sum(column) for column in zip(*spent, strict=True))
    took_ms = (time.perf_counter() - began) * 1000
    return _Reply(claims, text, error, Usage(len(spent), 0, read_tokens, written, took_ms))
