"""The files of a library read again, with the reader and the settings of today."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from corpus.catalog import OUTDATED
from corpus.errors import DiskFull, NotInLibrary, SourceError
from corpus.library import Library
from corpus.records import Document, ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.report import BY_USER, Failure, Report, Stop, Stored
from ingest.sources import MEDIA, Source
from ingest.worker import AHEAD_CHUNKS, Limits, parse_all

Progress = Callable[[str, int], None]


def reread(
    library: Library,
    settings: ChunkSettings,
    only: Sequence[str] = (),
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Progress = lambda what, count: None,
) -> Report:
    """Read the originals again; call it inside ``library.writing()``.

    What answers and what does not stays as it was. A file that can no longer be read leaves its
    document as it is. If the library was cut with other settings, its documents do not answer
    until they are read again, so that the two are never mixed; a run that is stopped is gone on
    with by the next.

    Args:
        library: to work on.
        settings: how documents are cut.
        only: ids of the documents to read; empty for all.
        limits: of what reading one may cost.
        progress: is told how far it is.

    Returns:
        A report whose ``replaced`` are the documents that were read again.

    Raises:
        IndexMismatch: if ``only`` is given and the library was cut with other settings.
        NotInLibrary: if ``only`` names a file that could not be read.
    """
    report = Report()
    if only:
        library.claim_chunking(settings.fingerprint)
    else:
        library.change_chunking(settings.fingerprint)
    chosen = set(only or library.catalog.ids_in_state(OUTDATED))
    documents = [d for d in library.catalog.documents() if not chosen or d.id in chosen]
    if missing := set(only) - {document.id for document in documents}:
        raise NotInLibrary(
            f"{', '.join(sorted(missing))} could not be read when it was ingested", remedy="ingest the file again"
        )
    run = _Rereading(library, documents, report, progress)
    try:
        with report.timing("total"):
            run.read_all(settings, limits)
    except KeyboardInterrupt:
        report.stopped = BY_USER
    except DiskFull as error:
        report.stopped = Stop(error.problem, error.remedy)
    report.not_reached = [document.source for document in run.undone.values()]
    return report


class _Rereading:
    def __init__(self, library: Library, documents: Sequence[Document], report: Report, progress: Progress) -> None:
        self._library, self._report, self._progress = library, report, progress
        self.undone = {document.id: document for document in documents}

    def read_all(self, settings: ChunkSettings, limits: Limits) -> None:
        documents = list(self.undone.values())
        sources = [self._source(document) for document in documents]
        batch: list[ParsedDocument] = []
        with closing(parse_all(sources, settings, limits)) as outcomes:
            for document, (_, outcome) in zip(documents, outcomes, strict=True):
                if isinstance(outcome, ParsedDocument) and outcome.document.id != document.id:
                    outcome = SourceError("its file is not the one that was ingested", remedy="ingest it again")
                if isinstance(outcome, SourceError):
                    self._fail(document, outcome)
                    continue
                batch.append(outcome)
                if sum(len(parsed.chunks) for parsed in batch) >= AHEAD_CHUNKS:
                    self._store(batch)
                    batch = []
        self._store(batch)

    def _source(self, document: Document) -> Source:
        kept = self._library.original(document)
        source = Source(
            kept or Path(document.source), document.media, document.title, document.source, dict(document.listed)
        )
        return replace(source, media=MEDIA.get(Path(source.file_name).suffix.lower(), document.media))

    def _store(self, batch: Sequence[ParsedDocument]) -> None:
        added = self._library.add(batch, lambda n: self._progress("chunks", n), again=True)
        self._report.truncated += added.truncated
        for parsed in batch:
            document = self.undone.pop(parsed.document.id)
            self._report.replaced.append(Stored(document.source, document.id))
            self._report.notes += [(document.source, note) for note in parsed.document.notes]
            self._report.pages += len(parsed.pages)
            self._report.chunks += len(parsed.chunks)
            self._progress("file", 1)

    def _fail(self, document: Document, error: SourceError) -> None:
        self.undone.pop(document.id)
        self._report.failed.append(Failure(document.source, error.problem, error.remedy))
        self._progress("file", 1)
