"""Page retrieval: are the pages that answer a question among the first few we show?

Truth is keyed by document and page, so a ranking of passages becomes one of pages: every
page of a passage in order, each page at its first occurrence. A passage that runs over a
page break therefore takes two places, and cannot win by being long.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import SourceError
from corpus.library import READY, Library
from corpus.records import Passage
from evals.datasets import PageQuestion, document_stem
from evals.metrics import bootstrap_interval, recall_at_k
from evals.report import rounded
from rag.retrieve import RetrievalSettings, Retriever, Scope

DEPTHS = (1, 5, 10, 20)
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
        both, and they are listed under ``missing_documents``.
    """
    began = time.perf_counter()
    retriever = Retriever(library, settings)
    documents = documents_by_stem(library)
    rows = []
    for question in questions:
        rows.append(_row(question, retriever, documents))
        progress()
    missing = sorted({stem for q in questions for stem, _ in q.pages if stem not in documents})
    return {
        "shared": _recalls(rows, "shared"),
        "single": _recalls(rows, "single"),
        "n_questions": len(rows),
        "ci95": {side: _intervals(rows, side) for side in ("shared", "single")},
        "n_documents": len(library.documents()),
        "missing_documents": missing,
        "questions": rows,
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


def _row(question: PageQuestion, retriever: Retriever, documents: dict[str, str]) -> dict[str, Any]:
    gold = {_page_key(documents.get(stem, f"missing {stem}"), page): 1.0 for stem, page in question.pages}
    scope = tuple(dict.fromkeys(documents[stem] for stem, _ in question.pages if stem in documents))
    shared = pages_of(retriever.search(question.question, _PASSAGES).passages)
    within = pages_of(retriever.search(question.question, _PASSAGES, Scope(documents=scope)).passages) if scope else []
    return {
        "id": question.id,
        "shared": [recall_at_k(shared, gold, k) for k in DEPTHS],
        "single": [recall_at_k(within, gold, k) for k in DEPTHS],
        "first_pages": shared[:5],
        "gold_pages": list(gold),
    }


def pages_of(passages: Iterable[Passage]) -> list[str]:
    """The pages on which passages stand, "document id:page", best first and each once."""
    pages = (
        _page_key(p.chunk.document_id, number)
        for p in passages
        for number in range(p.chunk.first_page, p.chunk.last_page + 1)
    )
    return list(dict.fromkeys(pages))


def _page_key(document_id: str, page: int) -> str:
    return f"{document_id}:{page}"


def _recalls(rows: Sequence[dict[str, Any]], side: str) -> dict[str, float]:
    return {f"recall@{k}": rounded(sum(row[side][n] for row in rows) / len(rows)) for n, k in enumerate(DEPTHS)}


def _intervals(rows: Sequence[dict[str, Any]], side: str) -> dict[str, list[float]]:
    return {f"recall@{k}": bootstrap_interval([row[side][n] for row in rows]).as_json() for n, k in enumerate(DEPTHS)}
