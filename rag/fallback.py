"""The answer that is given where nothing of a language model's reply can be shown."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.answers import Answer
from corpus.usage import Usage
from rag.answer import AnswerSettings, answer
from rag.careful import CarefulRetriever
from rag.scope import Scope

NOTHING_HELD = "Nothing that {model} said passed the check"
NOT_READABLE = "The reply of {model} could not be read"
NO_ANSWER = "{model} found no answer in what it read"


def fall_back(
    why: str,
    question: str,
    retriever: CarefulRetriever,
    settings: AnswerSettings,
    scope: Scope | None,
    *,
    model: str,
    usage: Usage,
    dropped: Sequence[tuple[str, str]] = (),
) -> Answer:
    """The documents' own sentences in place of a model's, and a notice that says so.

    Args:
        why: what became of the model's reply, a sentence without its full stop.
        question: in the user's words.
        retriever: finds passages that do not speak to a model.
        settings: how much is read and shown.
        scope: which documents are asked.
        model: as the user named it.
        usage: what it took.
        dropped: its statements, with the reasons.
    """
    found = answer(question, retriever, settings, scope)
    end = "and the documents' own sentences do not answer it either." if found.abstained else (
        "so this answer is made of the documents' own sentences."
    )  # fmt: skip
    return replace(
        found.noting(f"{why}, {end}"),
        model=model,
        dropped=tuple(dropped),
        searched=found.searched | {"answered_by": "extractive"},
        timings_ms=found.timings_ms | {"model": usage.model_ms, "total": found.timings_ms["total"] + usage.model_ms},
        usage=usage,
    )
