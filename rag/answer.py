"""The main path: a question in, a cited answer out, or an honest abstention.

Read this file first. The answer is made of sentences that stand in the documents; a
language model, where the user names one, may word it instead (``rag/generate.py``), and
passes the same check.
"""

import time
from dataclasses import dataclass, replace

from corpus.errors import ConfigError
from corpus.records import Answer, Citation, Claim
from corpus.sentences import readable
from rag.cite import cite_passage
from rag.evidence import Evidence, gather, pick
from rag.query import Query
from rag.quoting import quoted
from rag.retrieve import Found, Retriever
from rag.scope import Scope
from rag.support import support


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSettings:
    """Part of table ``[rag]`` of the settings file.

    Attributes:
        read_passages: passages that are read for an answer.
        max_sentences: sentences that an extractive answer shows.
        broad_sentences: the same, of a question that asks for an explanation or a procedure.
        min_support: how likely an answer must be, 0 to 1, below which there is none.

    Raises:
        ConfigError: on a value that is out of range.
    """

    read_passages: int = 20
    max_sentences: int = 4
    broad_sentences: int = 10
    min_support: float = 0.4

    def __post_init__(self) -> None:
        counts = (self.read_passages, self.max_sentences, self.broad_sentences)
        if min(counts) < 1 or not 0 <= self.min_support <= 1:
            raise ConfigError(
                f"read_passages={self.read_passages}, max_sentences={self.max_sentences}, "
                f"broad_sentences={self.broad_sentences}, min_support={self.min_support} cannot be used",
                remedy="the first three are 1 or more, min_support lies between 0 and 1",
            )

    def sentences_for(self, query: Query) -> int:
        """How many sentences an extractive answer to this question shows."""
        return self.broad_sentences if query.broad else self.max_sentences


EXTRACTIVE = "extractive"
_NEAREST = 3
_INSIDE = 12  # passages of the nearest document, where an explanation is asked for


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
    read_in = read(question, retriever, settings, scope)
    found, evidence = read_in.found, read_in.evidence
    wanted = settings.sentences_for(found.query) if read_in.suffices(settings) else 0
    chosen = pick(evidence, wanted, broad=found.query.broad)
    claims = tuple(_claim(e, retriever) for e in chosen)
    claims = tuple(c for c in claims if c.citations and all(citation.verified for citation in c.citations))
    timings = found.timings_ms | {"total": (time.perf_counter() - began) * 1000}
    return finish(question, claims, read_in, retriever, EXTRACTIVE, timings)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for a question.

    Attributes:
        evidence: sentences of the passages, best first.
        support: the chance that they answer the question, 0 to 1.
    """

    found: Found
    evidence: tuple[Evidence, ...]
    support: float

    def suffices(self, settings: AnswerSettings) -> bool:
        """Whether there is something to quote, and reason enough to quote it."""
        return bool(self.evidence) and self.support >= settings.min_support


def read(question: str, retriever: Retriever, settings: AnswerSettings, scope: Scope | None) -> Reading:
    """Passages and their sentences, best first.

    Where the documents that the question names do not answer it, all documents are read;
    ``found.searched`` says so.
    """
    found = retriever.search(question, settings.read_passages, scope)
    if found.query.broad and found.passages:
        found = _deepen(question, found, retriever, scope or Scope())
    reading = reading_of(found, retriever)
    if reading.suffices(settings) or not reading.found.query.documents:
        return reading
    wider = reading_of(retriever.search(question, settings.read_passages, scope, widen=True), retriever)
    return wider if wider.suffices(settings) else reading


def _deepen(question: str, found: Found, retriever: Retriever, scope: Scope) -> Found:
    """Besides what was found, more of the document that comes nearest: an explanation stands together."""
    nearest = max(found.passages, key=lambda passage: passage.cosine or 0.0).document
    inside = retriever.search(question, _INSIDE, replace(scope, documents=(nearest.id,)))
    known = {passage.chunk.id for passage in found.passages}
    more = tuple(passage for passage in inside.passages if passage.chunk.id not in known)
    return replace(found, passages=found.passages + more)


def reading_of(found: Found, retriever: Retriever) -> Reading:
    """The sentences of what was found, and whether they will do."""
    named = quoted(found, retriever.library)
    evidence = named or gather(found, retriever.library)
    chance = 1.0 if named else support(found.query.topic, found.passages, retriever.library)
    return Reading(found, tuple(evidence), chance)


def _claim(evidence: Evidence, retriever: Retriever) -> Claim:
    return Claim(readable(evidence.text), quote_evidence(evidence, retriever), evidence.because)


def quote_evidence(evidence: Evidence, retriever: Retriever) -> tuple[Citation, ...]:
    """Citations for one sentence: one for each page it stands on."""
    return cite_passage(retriever.library, evidence.passage, evidence.start, evidence.end)


def finish(
    question: str,
    claims: tuple[Claim, ...],
    reading: Reading,
    retriever: Retriever,
    model: str,
    timings_ms: dict[str, float],
    dropped: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """An answer of these claims; without any, an abstention that shows what came nearest."""
    nearest: list[Citation] = []
    if not claims:
        for item in pick(reading.evidence, _NEAREST):
            nearest += quote_evidence(item, retriever)
    found = reading.found
    searched = found.searched | {"passages_read": len(found.passages), "best_support": round(reading.support, 3)}
    return Answer(question, claims, not claims, searched, tuple(nearest), model, dropped, timings_ms)
