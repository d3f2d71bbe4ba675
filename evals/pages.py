"""Page retrieval: are the pages that answer a question among the first few we show?

Truth is keyed by document and page, so a ranking of passages becomes one of pages: every
page of a passage in order, each page at its first occurrence. A passage that runs over a
page break therefore takes two places, and cannot win by being long. Plain BM25, plain vectors
and their reciprocal rank fusion are measured over the same pages.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import SourceError
from corpus.library import READY, Library
from corpus.records import Chunk, Passage
from evals.datasets import PageQuestion, document_stem
from evals.fusion import plain_rankings, reciprocal_rank_fusion
from evals.metrics import bootstrap_interval, paired_difference, recall_at_k
from evals.report import rounded
from rag.retrieve import RetrievalSettings, Retriever
from rag.scope import Scope

DEPTHS = (1, 5, 10, 20)
SIDES = ("shared", "single")
OURS, BASELINES = "ours", ("bm25", "dense", "rrf")
_PASSAGES = 100


class Ingest(Protocol):
    """Brings files into the library in a folder; given by whoever knows how files are read."""

    def __call__(self, folder: Path, paths: list[Path], *, words_only: bool = False) -> object:
        """Ingest ``paths`` into the library in ``folder``, which is made when it is not there.

        With ``words_only`` no model is loaded: enough, and much faster, to measure what was read.
        """
        ...


def find_pdfs(folder: Path) -> list[Path]:
    """The PDFs of a folder, in order.

    Raises:
        SourceError: if there are none.
    """
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf") if folder.is_dir() else []
    if not found:
        raise SourceError(f"there are no PDF files in {folder}", remedy="name their folder with --pdfs")
    return found


def evaluate_pages(
    library: Library,
    questions: Sequence[PageQuestion],
    settings: RetrievalSettings | None = None,
    progress: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Ask every question, over the whole library and within the right documents only.

    Returns:
        The JSON contract of ``eval pages``. ``single`` is the recall within the documents
        that hold the evidence; a question whose documents are not in the library scores 0 in
        both, and they are listed under ``missing_documents``. ``baselines`` holds the same for
        plain BM25, plain vectors and their reciprocal rank fusion, ``ours_minus`` the paired
        differences.
    """
    began = time.perf_counter()
    searches = _Searches(library, settings)
    documents = documents_by_stem(library)
    rows = []
    for question in questions:
        rows.append(_row(question, searches, documents))
        progress()
    missing = sorted({stem for q in questions for stem, _ in q.pages if stem not in documents})
    return {side: _recalls(rows, OURS, side) for side in SIDES} | {
        "n_questions": len(rows),
        "ci95": {side: _intervals(rows, side) for side in SIDES},
        "baselines": {name: {side: _recalls(rows, name, side) for side in SIDES} for name in BASELINES},
        "ours_minus": {name: {side: _gains(rows, name, side) for side in SIDES} for name in BASELINES},
        "n_documents": len(library.documents()),
        "missing_documents": missing,
        "questions": [_shown(row) for row in rows],
        "seconds": round(time.perf_counter() - began, 3),
    }


def documents_by_stem(library: Library) -> dict[str, str]:
    """Id of the document that answers for each file stem."""
    found = {}
    for entry in library.entries():
        if entry.state == READY:
            for source in (entry.document.source, *library.catalog.sources_of(entry.document.id)):
                found[document_stem(source)] = entry.document.id
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """One question.

    Attributes:
        recalls: by name and side, at each of ``DEPTHS``.
        first: the first pages that we found over all documents.
    """

    id: str
    gold: tuple[str, ...]
    recalls: dict[tuple[str, str], list[float]]
    first: list[str]


class _Searches:
    """What we search with, and what it is measured against, as rankings of pages."""

    def __init__(self, library: Library, settings: RetrievalSettings | None) -> None:
        self._library = library
        self._retriever = Retriever(library, settings)

    def pages(self, question: str, only: tuple[str, ...] = ()) -> dict[str, list[str]]:
        """Pages by what found them, best first; in these documents, or in all."""
        ours = self._retriever.search(question, _PASSAGES, Scope(documents=only))
        bm25, dense = map(self._pages_of, plain_rankings(self._library, question, _PASSAGES, only or None))
        fused = reciprocal_rank_fusion((bm25, dense))
        return {OURS: pages_of(ours.passages), "bm25": bm25, "dense": dense, "rrf": fused}

    def _pages_of(self, ranking: Sequence[str]) -> list[str]:
        chunks = self._library.catalog.chunks_by_id(ranking)
        return _chunk_pages(chunks[chunk_id] for chunk_id in ranking if chunk_id in chunks)


def _row(question: PageQuestion, searches: _Searches, documents: dict[str, str]) -> _Row:
    gold = {_page_key(documents.get(stem, f"missing {stem}"), page): 1.0 for stem, page in question.pages}
    scope = tuple(dict.fromkeys(documents[stem] for stem, _ in question.pages if stem in documents))
    found = {"shared": searches.pages(question.question)}
    found["single"] = searches.pages(question.question, scope) if scope else {name: [] for name in found["shared"]}
    recalls = {
        (name, side): [recall_at_k(pages, gold, k) for k in DEPTHS]
        for side, rankings in found.items()
        for name, pages in rankings.items()
    }
    return _Row(question.id, tuple(gold), recalls, found["shared"][OURS][:5])


def _shown(row: _Row) -> dict[str, Any]:
    recalls = {side: row.recalls[OURS, side] for side in SIDES}
    return {"id": row.id} | recalls | {"first_pages": row.first, "gold_pages": list(row.gold)}


def pages_of(passages: Iterable[Passage]) -> list[str]:
    """The pages on which passages stand, "document id:page", best first and each once."""
    return _chunk_pages(passage.chunk for passage in passages)


def _chunk_pages(chunks: Iterable[Chunk]) -> list[str]:
    pages = (_page_key(c.document_id, number) for c in chunks for number in range(c.first_page, c.last_page + 1))
    return list(dict.fromkeys(pages))


def _page_key(document_id: str, page: int) -> str:
    return f"{document_id}:{page}"


def _at(rows: Sequence[_Row], name: str, side: str, depth: int) -> list[float]:
    return [row.recalls[name, side][depth] for row in rows]


def _recalls(rows: Sequence[_Row], name: str, side: str) -> dict[str, float]:
    return {f"recall@{k}": rounded(sum(_at(rows, name, side, n)) / len(rows)) for n, k in enumerate(DEPTHS)}


def _intervals(rows: Sequence[_Row], side: str) -> dict[str, list[float]]:
    return {f"recall@{k}": bootstrap_interval(_at(rows, OURS, side, n)).as_json() for n, k in enumerate(DEPTHS)}


def _gains(rows: Sequence[_Row], name: str, side: str) -> dict[str, dict[str, object]]:
    return {
        f"recall@{k}": paired_difference(_at(rows, OURS, side, n), _at(rows, name, side, n)).as_json()
        for n, k in enumerate(DEPTHS)
    }
