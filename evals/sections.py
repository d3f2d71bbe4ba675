"""Place retrieval: is a place that answers a question among the first few passages we show?

A question is answered by any one of its gold places, so what is called recall@k here is
success@k: 1 when one of the first ``k`` passages hits one of them, 0 otherwise. A passage hits
a place in its document when it lies in that section or below it, overlaps that footnote, or
stands on that page. What is shown as "also in" is shown, and hits as well; the questions that
only this finds are listed. Plain BM25 (words of the bodies), plain vectors and their
reciprocal rank fusion are measured over the same chunks. What we wrote ourselves (notes, rule
cards, the question bank) is left out of all four: it answers some of the questions, but is
nobody's gold.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import NotInLibrary
from corpus.library import Library
from corpus.records import Chunk, Passage
from corpus.search import OUR_WRITING
from evals.fusion import plain_rankings, reciprocal_rank_fusion
from evals.gold_places import KINDS, WORDINGS, GoldPlace, PlaceQuestion
from evals.metrics import bootstrap_interval, paired_difference
from evals.report import rounded
from rag.retrieve import RetrievalSettings, Retriever
from rag.scope import Scope

SHOWN = 10
_DEPTH = 100  # of the rankings that are fused
_FILINGS = Scope(without_kinds=OUR_WRITING)
OURS, BASELINES = "ours", ("bm25", "dense", "rrf")
Values = NDArray[np.float64]
Ranks = Sequence[int | None]


def evaluate_sections(
    library: Library,
    questions: Sequence[PlaceQuestion],
    settings: RetrievalSettings | None = None,
    progress: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Ask every question of the whole library.

    A question of which no document is there counts as missed. ``missing_places`` lists the gold
    places that no chunk of a document that is there can hit.

    Returns:
        The JSON contract of ``eval retrieval`` without a folder; see the module for its terms.
    """
    began = time.perf_counter()
    places = Places(library)
    retriever = Retriever(library, settings)
    rows = []
    for question in questions:
        rows.append(_row(question, places, retriever))
        progress()
    ranks = {name: [row.ranks[name] for row in rows] for name in (OURS, *BASELINES)}
    ours = _measures(ranks[OURS])
    return _means(ours) | {
        "measure": "success: one gold place among the first k passages",
        "n_questions": len(rows),
        "ci95": {name: bootstrap_interval(values).as_json() for name, values in ours.items()},
        "by_kind": _by(rows, [row.question.kind for row in rows], KINDS),
        "by_wording": _by(rows, [row.question.wording for row in rows], WORDINGS),
        "baselines": {name: _means(_measures(ranks[name])) for name in BASELINES},
        "ours_minus": {name: _gains(ours, _measures(ranks[name])) for name in BASELINES},
        "missing_documents": places.missing,
        "missing_places": [str(gold) for gold in _once(questions) if not places.exists(gold)],
        "only_also_in": [row.question.id for row in rows if row.ranks[OURS] and not row.own_rank],
        "questions": [row.as_json() for row in rows],
        "seconds": round(time.perf_counter() - began, 3),
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """One question.

    Attributes:
        ranks: rank of the first passage that hits, by what searched; None when none does.
        own_rank: the same of ours, without the places shown as "also in".
        first: where our first passages stand.
    """

    question: PlaceQuestion
    ranks: dict[str, int | None]
    own_rank: int | None
    first: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        about = {"id": self.question.id, "kind": self.question.kind, "wording": self.question.wording}
        return about | {"rank": self.ranks, "gold": [str(g) for g in self.question.gold], "first": list(self.first)}


class Places:
    """What gold places are in a library.

    Attributes:
        missing: names of documents that are not there, in the order they were asked for.
    """

    def __init__(self, library: Library) -> None:
        self.missing: list[str] = []
        self._library = library
        self._ids: dict[str, str | None] = {}

    def hit(self, chunk: Chunk, gold: GoldPlace) -> bool:
        """Whether a chunk holds a gold place or a part of it."""
        if self._id(gold.document) != chunk.document_id:
            return False
        if gold.page:
            return chunk.first_page <= gold.page <= chunk.last_page
        if gold.section:
            return lies_in(chunk.section, gold.section)
        notes = self._library.catalog.footnotes_numbered(chunk.document_id, [gold.footnote])
        return any(note.start < chunk.end and note.end > chunk.start for note in notes)

    def exists(self, gold: GoldPlace) -> bool:
        """Whether any chunk can hit a place; a place of a document that is not there counts as one that is."""
        identity = self._id(gold.document)
        return identity is None or any(self.hit(chunk, gold) for chunk in self._library.chunks(identity))

    def _id(self, name: str) -> str | None:
        if name not in self._ids:
            try:
                self._ids[name] = self._library.find(name).id
            except NotInLibrary:
                self._ids[name] = None
                self.missing.append(name)
        return self._ids[name]


def lies_in(section: str, gold: str) -> bool:
    """Whether a section, by its path, is the one meant or lies below it.

    Numbers are compared, "II.A.2 › Costs" with "II.A" or "II.A.2"; whole paths, where the one
    that is meant is given by a heading.
    """
    if section == gold or section.startswith(f"{gold} › "):
        return True
    number, named, _ = section.partition(" › ")
    return bool(named) and " › " not in gold and number.startswith((f"{gold}.", f"{gold}("))


def _row(question: PlaceQuestion, places: Places, retriever: Retriever) -> _Row:
    library = retriever.library
    passages = retriever.search(question.question, SHOWN, _FILINGS).passages
    filings = {i for i, document in library.documents().items() if document.kind not in OUR_WRITING}
    bm25, dense = plain_rankings(library, question.question, _DEPTH, filings)
    rankings = {"bm25": bm25, "dense": dense, "rrf": reciprocal_rank_fusion((bm25, dense))}
    shown = [[chunk] for chunk in (passage.chunk for passage in passages)]
    ranks = {name: _rank(_chunks(library, ids), question, places) for name, ids in rankings.items()}
    ours = _rank([_chunks_of(library, passage) for passage in passages], question, places)
    return _Row(question, {OURS: ours, **ranks}, _rank(shown, question, places), tuple(map(_where, passages)))


def _chunks(library: Library, ids: Sequence[str]) -> list[list[Chunk]]:
    found = library.catalog.chunks_by_id(ids[:SHOWN])
    return [[found[i]] if i in found else [] for i in ids[:SHOWN]]


def _chunks_of(library: Library, passage: Passage) -> list[Chunk]:
    """A passage's own chunk, and those it is shown to stand in as well."""
    others = library.catalog.chunks_by_id([place.chunk_id for place in passage.also_in])
    return [passage.chunk, *others.values()]


def _rank(shown: Sequence[Sequence[Chunk]], question: PlaceQuestion, places: Places) -> int | None:
    for rank, chunks in enumerate(shown, start=1):
        if any(places.hit(chunk, gold) for chunk in chunks for gold in question.gold):
            return rank
    return None


def _where(passage: Passage) -> str:
    document = passage.document
    name = document.release_numbers[0] if document.release_numbers else document.title
    return f"{name} {passage.chunk.section} p. {passage.chunk.first_page}"


def _once(questions: Iterable[PlaceQuestion]) -> list[GoldPlace]:
    return list(dict.fromkeys(gold for question in questions for gold in question.gold))


def _measures(ranks: Ranks) -> dict[str, Values]:
    """Values by measure, one for each question."""
    return {
        "recall@3": np.array([float(rank is not None and rank <= 3) for rank in ranks]),
        f"recall@{SHOWN}": np.array([float(rank is not None) for rank in ranks]),
        f"mrr@{SHOWN}": np.array([1 / rank if rank else 0.0 for rank in ranks]),
    }


def _means(values: dict[str, Values]) -> dict[str, float]:
    return {name: rounded(found.mean()) for name, found in values.items()}


def _gains(ours: dict[str, Values], theirs: dict[str, Values]) -> dict[str, dict[str, Any]]:
    return {name: paired_difference(values, theirs[name]).as_json() for name, values in ours.items()}


def _by(rows: Sequence[_Row], groups: Sequence[str], known: Sequence[str]) -> dict[str, dict[str, float]]:
    """Means of each group that has questions, and how many it has."""
    found = {}
    for name in known:
        ranks = [row.ranks[OURS] for row, group in zip(rows, groups, strict=True) if group == name]
        if ranks:
            found[name] = {"n": len(ranks), **_means(_measures(ranks))}
    return found
