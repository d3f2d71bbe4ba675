"""The main path: a question in, a cited answer out, or an honest abstention.

Read this file first. The answer is made of sentences that stand in the documents; a
language model, where the user names one, may word it instead (``rag/generate.py``), and
passes the same check.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import ConfigError
from corpus.records import Answer, Citation, Claim
from corpus.sentences import readable
from rag.cite import cite
from rag.evidence import Evidence, gather, pick
from rag.retrieve import Found, Retriever, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSettings:
    """Part of table ``[rag]`` of the settings file.

    Attributes:
        read_passages: passages that are read for an answer.
        max_sentences: sentences that an extractive answer shows.
        min_support: how well the best sentence must fit, 0 to 1, below which there is no answer.

    Raises:
        ConfigError: on a value that is out of range.
    """

    read_passages: int = 20
    max_sentences: int = 4
    min_support: float = 0.5

    def __post_init__(self) -> None:
        if self.read_passages < 1 or self.max_sentences < 1 or not 0 <= self.min_support <= 1:
            raise ConfigError(
                f"read_passages={self.read_passages}, max_sentences={self.max_sentences}, "
                f"min_support={self.min_support} cannot be used",
                remedy="the first two are 1 or more, min_support lies between 0 and 1",
            )


EXTRACTIVE = "extractive"
_NEAREST = 3


def answer(
    question: str, retriever: Retriever, settings: AnswerSettings | None = None, scope: Scope | None = None
) -> Answer:
    """Answer with sentences from the documents, each with its verified citation.

    Args:
        question: in the user's words.
        retriever: where passages come from.
        settings: how much is read and shown.
        scope: which documents are asked.
    """
    settings = settings or AnswerSettings()
    began = time.perf_counter()
    found, evidence = read(question, retriever, settings, scope)
    chosen = pick(evidence, settings.max_sentences) if supported(evidence, settings) else []
    claims = tuple(_claim(e, retriever) for e in chosen)
    claims = tuple(c for c in claims if c.citations and all(citation.verified for citation in c.citations))
    timings = found.timings_ms | {"total": (time.perf_counter() - began) * 1000}
    return finish(question, claims, found, evidence, retriever, EXTRACTIVE, timings)


def read(
    question: str, retriever: Retriever, settings: AnswerSettings, scope: Scope | None
) -> tuple[Found, list[Evidence]]:
    """Passages and their sentences, best first.

    Where the documents that the question names do not answer it, all documents are read;
    ``found.searched`` says so.
    """
    found = retriever.search(question, settings.read_passages, scope)
    evidence = gather(found, retriever.library)
    if supported(evidence, settings) or not found.query.documents:
        return found, evidence
    wider = retriever.search(question, settings.read_passages, scope, widen=True)
    wider_evidence = gather(wider, retriever.library)
    return (wider, wider_evidence) if supported(wider_evidence, settings) else (found, evidence)


def supported(evidence: Sequence[Evidence], settings: AnswerSettings) -> bool:
    """Whether one of the sentences that would be shown carries enough of the question."""
    return any(e.support >= settings.min_support for e in pick(evidence, settings.max_sentences))


def _claim(evidence: Evidence, retriever: Retriever) -> Claim:
    return Claim(readable(evidence.text), quote_evidence(evidence, retriever))


def quote_evidence(evidence: Evidence, retriever: Retriever) -> tuple[Citation, ...]:
    """Citations for one sentence: one for each page it stands on."""
    passage = evidence.passage
    chunk = passage.chunk
    return cite(retriever.library, passage.document, evidence.start, evidence.end, chunk.section, chunk.voice)


def finish(
    question: str,
    claims: tuple[Claim, ...],
    found: Found,
    evidence: Sequence[Evidence],
    retriever: Retriever,
    model: str,
    timings_ms: dict[str, float],
    dropped: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """An answer of these claims; without any, an abstention that shows what came nearest."""
    nearest: list[Citation] = []
    if not claims:
        for item in pick(evidence, _NEAREST):
            nearest += quote_evidence(item, retriever)
    best = max((e.support for e in evidence), default=0.0)
    searched = found.searched | {"passages_read": len(found.passages), "best_support": round(best, 3)}
    return Answer(question, claims, not claims, searched, tuple(nearest), model, dropped, timings_ms)
