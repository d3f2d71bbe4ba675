"""Questions to passages: BM25 and vectors, fused, ranked anew, named places first, duplicates folded."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.errors import ConfigError
from corpus.library import Library
from corpus.places import Place
from corpus.records import Chunk, Document, Passage
from rag.companies import is_report
from rag.defined import definitions, lift
from rag.everyday import Lexicon
from rag.exact import Pins, pin, pins
from rag.folding import fold_duplicates
from rag.follow import Followed, follow
from rag.fusing import favour, fuse
from rag.nearness import with_cosines
from rag.query import Query, analyse
from rag.rank import RANKED, Candidate, Ranker, learned
from rag.reports import ReportPages
from rag.scope import Scope, allowed_in, filters
from rag.turns import by_parts

_IN_REPORTS = 0.5  # share of the cosine in companies' reports, which neither the encoder nor the ranker was taught
_READ_AT_ONCE = 64  # chunks fetched in one go


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """Part of table ``[rag]`` of the settings file.

    Attributes:
        depth: chunks taken from each retriever before fusion.
        meaning_weight: share of the cosine in the fused score, 0 to 1.
        ranker: put the best of the fused list in the order of the learned ranker.

    Raises:
        ConfigError: on a value that is out of range.
    """

    depth: int = 200
    meaning_weight: float = 0.4
    ranker: bool = True

    def __post_init__(self) -> None:
        if self.depth < 1 or not 0 <= self.meaning_weight <= 1:
            raise ConfigError(
                f"depth={self.depth}, meaning_weight={self.meaning_weight} cannot be used",
                remedy="set depth to 1 or more and meaning_weight between 0 and 1",
            )


@dataclass(frozen=True, slots=True)
class Found:
    """Passages, best first, and an account of the search.

    Attributes:
        searched: documents looked through, filters, and in plain words what was named and not found or relaxed.
        exact: what the question names exactly, and where it stands.
        followed: places that the first passages point at, best first.
    """

    query: Query
    passages: tuple[Passage, ...]
    searched: dict[str, object]
    timings_ms: dict[str, float] = field(default_factory=dict)
    exact: Pins = field(default_factory=Pins)
    followed: tuple[Followed, ...] = ()


class Retriever:
    """Searches one library.

    Args:
        library: is searched.
        settings: how.
        embedder: of questions, in place of the library's own; its vectors must be of the same model.
        ranker: of the best candidates, in place of the learned one.
    """

    def __init__(
        self,
        library: Library,
        settings: RetrievalSettings | None = None,
        embedder: Embedder | None = None,
        ranker: Ranker | None = None,
    ) -> None:
        self.library = library
        self.settings = settings or RetrievalSettings()
        self.embedder = embedder or library.embedder.questions
        self._ranker = ranker or learned(library)
        self._reports = ReportPages(library)
        self._lexicon = Lexicon(library.terms)

    def search(self, question: str, k: int, scope: Scope | None = None, *, widen: bool = False) -> Found:
        """The ``k`` best passages.

        Args:
            question: in the user's words.
            k: how many.
            scope: where to look.
            widen: do not keep to the documents that the question names; said in ``searched``.

        Raises:
            NotInLibrary: if the scope names a document or release that is not there.
        """
        timings: dict[str, float] = {}
        scope = scope or Scope()
        documents = self.library.documents()
        with _timed(timings, "plan"):
            query = analyse(question, documents.values())
            allowed = allowed_in(self.library, documents, scope)
        with _timed(timings, "exact"):
            exact = pins(query, self.library, allowed)
        narrowed = query.documents & allowed if query.documents and not widen else allowed
        relaxed = [*query.relaxed, *exact.missing]
        if widen and query.reason:
            relaxed.append(f"{query.reason} did not answer; searched the rest of the library, too")
        rank = partial(self._ranked, k=k, scope=scope, documents=documents, timings=timings)
        passages = by_parts(partial(rank, narrowed=narrowed), query, exact, k)
        if query.documents and not passages and not widen:
            relaxed.append(f"nothing was found for {query.reason}; searched the other documents")
            narrowed = allowed
            passages = by_parts(partial(rank, narrowed=narrowed), query, exact, k)
        searched: dict[str, object] = {
            "documents": len(narrowed),
            "filters": filters(scope, query),
            "relaxed": relaxed,
        }
        with _timed(timings, "follow"):
            within = {i: documents[i] for i in allowed}
            followed = follow(query.topic, query.words, passages, self.library, within, scope.voices)
        return Found(query, tuple(passages), searched, timings, exact, followed)

    def search_to_answer(self, question: str, k: int, scope: Scope | None = None, *, widen: bool = False) -> Found:
        """The same, each passage with its cosine by the library's own model: what the answerer was fitted on."""
        found = self.search(question, k, scope, widen=widen)
        timings = dict(found.timings_ms)
        with _timed(timings, "cosines"):
            passages = with_cosines(found.query.topic, found.passages, self.library)
        return replace(found, passages=passages, timings_ms=timings)

    def _ranked(
        self,
        query: Query,
        exact: Pins,
        *,
        k: int,
        scope: Scope,
        narrowed: Collection[str],
        documents: Mapping[str, Document],
        timings: dict[str, float],
    ) -> list[Passage]:
        only = None if len(narrowed) == len(documents) else narrowed
        depth = max(self.settings.depth, k) * (5 if scope.voices else 1)
        reports = all(i in documents and is_report(documents[i]) for i in narrowed)
        with _timed(timings, "words"):
            terms = () if reports else self._lexicon.terms_of_art(query.topic)
            by_words = self.library.search_words(" ".join([query.words, *terms]), depth, only)
        with _timed(timings, "embed"):
            vector = self.library.embedder.embed_query(query.topic) if reports else self._vector(query.topic, terms)
        with _timed(timings, "meaning"):
            by_meaning = self._with_cosines(by_words, self.library.search_meaning(vector, depth, only), vector)
        with _timed(timings, "terms"):
            defined = definitions(query, self.library, by_words, only)
        with _timed(timings, "fuse"):
            fused = fuse(by_words, by_meaning, _IN_REPORTS if reports else self.settings.meaning_weight)
        with _timed(timings, "rank"):
            bm25, cosine, held = dict(by_words), dict(by_meaning), dict[str, Chunk]()
            if self.settings.ranker and not reports:
                fused = self._ranked_anew(query, fused, bm25, cosine, held)
            fused = lift(favour(fused, query.mentioned), defined)
            fused = pin(self._reports.rank(fused, query, documents, narrowed), exact.chunk_ids)
        with _timed(timings, "fold"):
            named = query.documents | query.mentioned
            return self._passages(fused, bm25, cosine, held, k, scope, documents, named)

    def _vector(self, question: str, terms: Sequence[str]) -> NDArray[np.float32]:
        """Of a question; half way to it with the terms of art for its everyday words, where it has such."""
        vector = self.embedder.embed_query(question)
        if not terms:
            return vector
        both = vector + self.embedder.embed_query(f"{question} ({'; '.join(terms)})")
        unit: NDArray[np.float32] = both / np.linalg.norm(both)
        return unit

    def _ranked_anew(
        self,
        query: Query,
        fused: Sequence[tuple[str, float]],
        bm25: Mapping[str, float],
        cosine: Mapping[str, float],
        held: dict[str, Chunk],
    ) -> list[tuple[str, float]]:
        """The best of the fused list in the ranker's order; each place in the list keeps its score."""
        scores, tail = dict(fused[:RANKED]), fused[RANKED:]
        candidates = [
            Candidate(chunk, bm25.get(chunk.id, 0.0), cosine.get(chunk.id, 0.0), scores[chunk.id])
            for chunk in self._chunks(list(scores), held)
        ]
        order = self._ranker(query.words, candidates)
        return [*((c.chunk.id, s) for c, s in zip(order, (c.fused for c in candidates), strict=True)), *tail]

    def _with_cosines(
        self,
        by_words: Sequence[tuple[str, float]],
        by_meaning: Sequence[tuple[str, float]],
        vector: NDArray[np.float32],
    ) -> list[tuple[str, float]]:
        """The second ranking, and the cosines of what only the first one found, nearest first."""
        near = {chunk_id for chunk_id, _ in by_meaning}
        others = self.library.vectors([chunk_id for chunk_id, _ in by_words if chunk_id not in near])
        cosines = [(chunk_id, float(row @ vector)) for chunk_id, row in others.items()]
        return sorted([*by_meaning, *cosines], key=lambda item: -item[1])

    def _passages(
        self,
        fused: Sequence[tuple[str, float]],
        bm25: Mapping[str, float],
        cosine: Mapping[str, float],
        held: dict[str, Chunk],
        k: int,
        scope: Scope,
        documents: Mapping[str, Document],
        named: Collection[str],
    ) -> list[Passage]:
        """Attach chunks to scores; what several places say in the same words is shown once."""
        scores = dict(fused)
        there = self._chunks([chunk_id for chunk_id, _ in fused], held)
        wanted = (c for c in there if c.document_id in documents and (not scope.voices or c.voice in scope.voices))
        passages: list[Passage] = []
        for found in fold_duplicates(wanted, k, documents, named):
            kept = self._place(found.kept, documents)
            also_in = tuple(self._place(chunk, documents) for chunk in found.others)
            found_by = bm25.get(kept.chunk_id), cosine.get(kept.chunk_id)
            owner, score = documents[kept.document_id], scores[found.best.id]
            passages.append(Passage(found.kept, owner, kept.page_label, score, *found_by, also_in))
        return passages

    def _chunks(self, chunk_ids: Sequence[str], held: dict[str, Chunk]) -> Iterator[Chunk]:
        """Chunks in this order, read as they are needed if not held yet; some go while a question is worked on."""
        for low in range(0, len(chunk_ids), _READ_AT_ONCE):
            batch = chunk_ids[low : low + _READ_AT_ONCE]
            held |= self.library.catalog.chunks_by_id([chunk_id for chunk_id in batch if chunk_id not in held])
            yield from (held[chunk_id] for chunk_id in batch if chunk_id in held)

    def _place(self, chunk: Chunk, documents: Mapping[str, Document]) -> Place:
        owner, page = documents[chunk.document_id], chunk.first_page
        label = self.library.catalog.page_label(owner.id, page)
        return Place(chunk.id, owner.id, owner.title, page, label, chunk.section)


@contextmanager
def _timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + (time.perf_counter() - began) * 1000
