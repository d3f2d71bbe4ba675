"""Passage retrieval on a benchmark in BEIR form: what we search with, beside plain BM25, plain vectors and both.

Every passage becomes one document of one page and one chunk, so the same library, the same
indexes and the same retriever are measured that answer questions. Plain BM25 looks at the
words of the bodies only; the third baseline fuses it with the vectors by reciprocal ranks.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import LibraryError
from corpus.library import READY, Library
from corpus.pagemap import fold
from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Passage, Voice, owner_of
from evals.datasets import BeirPassage, BeirSet
from evals.fusion import plain_rankings, reciprocal_rank_fusion
from evals.metrics import MEASURES, bootstrap_interval, paired_difference, per_query
from evals.prepared import PreparedQueries
from evals.report import rounded
from rag.retrieve import RetrievalSettings, Retriever

BASELINES = ("bm25", "dense", "rrf")
DEPTH = 100  # passages asked for; the measures look at the first 10
_BATCH = 1000
Progress = Callable[[str, int], None]
"""Called with ("passages", n) as passages are stored and ("queries", 1) for each query."""


@dataclass(frozen=True, slots=True)
class Rankings:
    """Passage ids, best first, by query, of four ways to search.

    Attributes:
        seconds: by stage.
    """

    fused: dict[str, list[str]] = field(default_factory=dict)
    bm25: dict[str, list[str]] = field(default_factory=dict)
    dense: dict[str, list[str]] = field(default_factory=dict)
    rrf: dict[str, list[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def evaluate_retrieval(
    library: Library,
    benchmark: BeirSet,
    settings: RetrievalSettings | None = None,
    progress: Progress = lambda what, count: None,
) -> dict[str, Any]:
    """Store the passages that are not there yet, ask every judged query, and measure.

    Args:
        library: empty, or kept from an earlier run on the same benchmark.
        benchmark: passages, queries and judgements.
        settings: of the retriever.
        progress: is told what is done.

    Returns:
        The JSON contract of ``eval retrieval``.

    Raises:
        LibraryError: if the library holds documents that are not of this benchmark.
    """
    began = time.perf_counter()
    stored = store_passages(library, benchmark.passages, progress)
    indexed = time.perf_counter()
    rankings = rank(library, benchmark, settings, progress)
    searched = time.perf_counter()
    report = _measured(benchmark, rankings)
    seconds = {"index": indexed - began, "search": searched - indexed, "measure": time.perf_counter() - searched}
    seconds |= {"total": sum(seconds.values())} | {f"search_{stage}": s for stage, s in rankings.seconds.items()}
    empty = sum(not passage.text.strip() for passage in benchmark.passages)
    counts = {"n_passages": len(benchmark.passages), "empty_passages": empty, "newly_stored": stored}
    return report | counts | {"notes": list(benchmark.notes), "seconds": {k: round(v, 3) for k, v in seconds.items()}}


def _measured(benchmark: BeirSet, rankings: Rankings) -> dict[str, Any]:
    values = {
        name: {measure: per_query(run, benchmark.qrels, function) for measure, function in MEASURES.items()}
        for name, run in (("fused", rankings.fused), *((name, getattr(rankings, name)) for name in BASELINES))
    }
    means = {name: {m: rounded(v.mean()) for m, v in found.items()} for name, found in values.items()}
    gains = {
        other: {m: paired_difference(v, values[other][m]).as_json() for m, v in values["fused"].items()}
        for other in BASELINES
    }
    return means["fused"] | {
        "n_queries": len(benchmark.qrels),
        "ci95": {m: bootstrap_interval(v).as_json() for m, v in values["fused"].items()},
        **{name: means[name] for name in BASELINES},
        "fused_minus": gains,
    }


def store_passages(library: Library, passages: Sequence[BeirPassage], progress: Progress) -> int:
    """Bring passages with text into the library; those that are there already cost nothing.

    Returns:
        How many were stored.
    """
    wanted = {document_id(passage): passage for passage in passages if passage.text.strip()}
    present = {entry.document.id: entry.state for entry in library.entries()}
    if foreign := len(present.keys() - wanted.keys()):
        raise LibraryError(
            f"the library in {library.folder} holds {foreign} documents that are not passages of this benchmark",
            remedy="name an empty folder with --library, or leave the option out",
        )
    missing = [passage for identity, passage in wanted.items() if present.get(identity) != READY]
    with library.writing():
        for batch in _batches(missing, _BATCH):
            library.add([as_document(passage) for passage in batch], lambda count: progress("passages", count))
    return len(missing)


def document_id(passage: BeirPassage) -> str:
    """First 16 hex digits of the sha256 over the passage's id, title and text."""
    return _sha256(passage)[:16]


def _sha256(passage: BeirPassage) -> str:
    return hashlib.sha256("\0".join((passage.id, passage.title, passage.text)).encode()).hexdigest()


def as_document(passage: BeirPassage) -> ParsedDocument:
    """A passage with text as a document of one page and one chunk."""
    identity, text = document_id(passage), passage.text
    document = Document(
        id=identity, sha256=_sha256(passage), source=passage.id, title=passage.title, kind=Kind.OTHER, media="txt"
    )
    chunk = Chunk(identity, 0, len(text), 1, 1, "", Voice.PREAMBLE, text)
    return ParsedDocument(document, (Page(1, None, text, len(text)),), (), (chunk,))


def rank(
    library: Library, benchmark: BeirSet, settings: RetrievalSettings | None, progress: Progress = lambda what, n: None
) -> Rankings:
    """Ask every query, four ways.

    What several passages say in the same words is shown once by the retriever. In the ranking the
    others follow the one that is shown at once: copies in the order of the corpus, then what is
    nearly a copy.
    """
    with_text = [passage for passage in benchmark.passages if passage.text.strip()]
    names = {document_id(passage): passage.id for passage in with_text}
    copies: dict[str, list[str]] = {}
    for passage in with_text:
        copies.setdefault(fold(passage.text).lower(), []).append(passage.id)
    found = Rankings()
    began = time.perf_counter()
    texts = list(benchmark.queries.values())
    ours, plain = (PreparedQueries(e, texts) for e in (library.embedder.questions, library.embedder))
    found.seconds["embed"] = time.perf_counter() - began
    retriever = Retriever(library, settings, ours)
    for query, text in benchmark.queries.items():
        result = retriever.search(text, DEPTH)
        for stage, ms in result.timings_ms.items():
            found.seconds[stage] = found.seconds.get(stage, 0.0) + ms / 1000
        ranked = (same for p in result.passages for same in _with_copies(p, names, copies))
        found.fused[query] = list(dict.fromkeys(ranked))
        rankings = plain_rankings(library, text, DEPTH, embedder=plain)
        found.bm25[query], found.dense[query] = ([names[owner_of(i)] for i in ranking] for ranking in rankings)
        found.rrf[query] = reciprocal_rank_fusion((found.bm25[query], found.dense[query]))
        progress("queries", 1)
    return found


def _with_copies(passage: Passage, names: Mapping[str, str], copies: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield names[passage.chunk.document_id]
    yield from copies[fold(passage.chunk.text).lower()]
    yield from (names[place.document_id] for place in passage.also_in)


def _batches(items: Sequence[BeirPassage], size: int) -> Iterator[Sequence[BeirPassage]]:
    for low in range(0, len(items), size):
        yield items[low : low + size]
