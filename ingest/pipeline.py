"""Files into the library: hash, parse, store, and a report that forgets none."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import SourceError
from corpus.library import FAILED, READY, REPLACED, Library
from corpus.models import sha256_of
from corpus.records import Document, Kind, ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.reading import document_id
from ingest.sources import Source
from ingest.worker import Limits, parse_all

_BATCH_CHUNKS = 2000


@dataclass(frozen=True, slots=True)
class Stored:
    """A file and the document it became."""

    source: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, why, and what to do."""

    source: str
    reason: str
    remedy: str


@dataclass(slots=True)
class Report:
    """What became of every file of one run.

    Attributes:
        replaced: changed files; the earlier version no longer answers.
        truncated: chunks longer than the embedding model reads.
        notes: what could not be read inside files that were ingested.
        seconds: wall-clock time by stage.
    """

    new: list[Stored] = field(default_factory=list)
    unchanged: list[Stored] = field(default_factory=list)
    replaced: list[Stored] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    pages: int = 0
    chunks: int = 0
    truncated: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to ``seconds[stage]``."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began


Progress = Callable[[str, int], None]
"""Called with ("file", 1) for each file that is dealt with and ("chunks", n) as chunks are embedded."""


def ingest(
    library: Library,
    sources: Sequence[Source],
    settings: ChunkSettings,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Progress = lambda what, count: None,
) -> Report:
    """Bring files into the library.

    The same bytes cost nothing the second time. A changed file becomes a new document
    and the old one stops answering. A bad file is recorded with its reason.

    Raises:
        LibraryError: if another process is writing, or the library's chunks were cut
            with other settings.
    """
    report = Report()
    with library.writing(), report.timing("total"):
        library.claim_chunking(settings.fingerprint)
        wanted: list[Source] = []
        for source in sources:
            with report.timing("hash"):
                known = _known(library, source)
            if known is not None:
                library.catalog.set_source(source.name, known)
                report.unchanged.append(Stored(source.name, known))
                progress("file", 1)
            else:
                wanted.append(source)
        _store_all(library, wanted, settings, limits, report, progress)
    return report


def _known(library: Library, source: Source) -> str | None:
    """Id of the document if these very bytes are in the library and answer from this path."""
    if not source.path.is_file():
        return None
    identity = document_id(sha256_of(source.path))
    entry = library.catalog.entry(identity)
    if entry is None or entry.state != READY:
        return None
    previous = library.catalog.source(source.name)
    return identity if previous in (None, identity) else None


def _store_all(
    library: Library,
    sources: Sequence[Source],
    settings: ChunkSettings,
    limits: Limits,
    report: Report,
    progress: Progress,
) -> None:
    batch: list[ParsedDocument] = []
    paths = {source.name: source.path for source in sources}
    outcomes = parse_all(sources, settings, limits)
    while True:
        with report.timing("parse"):
            item = next(outcomes, None)
        if item is None:
            break
        source, outcome = item
        if isinstance(outcome, SourceError):
            _record_failure(library, source, outcome, report)
            progress("file", 1)
        else:
            batch.append(outcome)
            if sum(len(p.chunks) for p in batch) >= _BATCH_CHUNKS:
                _store(library, batch, paths, report, progress)
                batch = []
    if batch:
        _store(library, batch, paths, report, progress)


def _store(
    library: Library,
    batch: Sequence[ParsedDocument],
    paths: Mapping[str, Path],
    report: Report,
    progress: Progress,
) -> None:
    earlier = {p.document.source: library.catalog.source(p.document.source) for p in batch}
    unique = {p.document.id: p for p in batch}
    with report.timing("keep"):
        for parsed in unique.values():
            library.keep_original(parsed.document, paths[parsed.document.source])
    with report.timing("index"):
        report.truncated += library.add(list(unique.values()), lambda n: progress("chunks", n))
    for parsed in batch:
        document = parsed.document
        library.catalog.set_source(document.source, document.id)
        report.notes += [(document.source, note) for note in document.notes]
        stored = Stored(document.source, document.id)
        old = earlier[document.source]
        if unique[document.id] is not parsed:
            report.unchanged.append(stored)
        elif old not in (None, document.id) and _retire(library, old, document.id):
            report.replaced.append(stored)
        else:
            report.new.append(stored)
        if unique[document.id] is parsed:
            report.pages += len(parsed.pages)
            report.chunks += len(parsed.chunks)
        progress("file", 1)


def _retire(library: Library, old: str | None, new: str) -> bool:
    """Let the earlier version stop answering, unless another file still holds it."""
    entry = library.catalog.entry(old) if old else None
    if entry is None or entry.state == FAILED or library.catalog.sources_of(entry.document.id):
        if entry is not None and entry.state == FAILED:
            library.catalog.drop(entry.document.id)
        return False
    if entry.state != REPLACED:
        library.replace(entry.document.id, new)
    return True


def _record_failure(library: Library, source: Source, error: SourceError, report: Report) -> None:
    path = source.name
    try:
        sha256 = sha256_of(source.path)
    except OSError:
        sha256 = hashlib.sha256(f"unreadable: {path}".encode()).hexdigest()
    document = Document(
        id=document_id(sha256),
        sha256=sha256,
        source=path,
        title=source.label or source.file_name,
        kind=Kind.OTHER,
        media=source.media,
    )
    library.add_failed(document, error.problem, error.remedy)
    report.failed.append(Failure(path, error.problem, error.remedy))
