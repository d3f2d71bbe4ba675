"""Files into the library: look at each, parse what is new, store it; and a report that forgets none."""

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from corpus.catalog import READY, REPLACED
from corpus.disk import MARGIN_BYTES
from corpus.errors import DiskFull, SourceError
from corpus.library import Library
from corpus.models import sha256_of
from corpus.records import Document, Kind, ParsedDocument
from corpus.settings import fingerprint
from ingest.chunks import ChunkSettings
from ingest.folders import special_kind
from ingest.reading import document_id
from ingest.report import BY_USER, Failure, Report, Stop, Stored
from ingest.sources import Source
from ingest.worker import AHEAD_CHUNKS, GivenUp, Limits, parse_all

__all__ = ["Failure", "Progress", "Report", "Stored", "ingest", "look_at"]

Progress = Callable[[str, int], None]
"""Called with ("file", 1) for each file that is dealt with and ("chunks", n) as chunks are embedded."""

_GROWTH_PDF, _GROWTH_TEXT = 6, 11
_CHANGED = SourceError("it was changed while it was being read", remedy="ingest it again when it is whole")


def ingest(
    library: Library,
    sources: Sequence[Source],
    settings: ChunkSettings,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    progress: Progress = lambda what, count: None,
    retry_failed: bool = False,
    wait_s: float = 0.0,
    waiting: Callable[[str], None] = lambda holder: None,
) -> Report:
    """Bring files into the library.

    The same bytes cost nothing the second time. A changed file becomes a new document
    and the old one stops answering. A bad file is recorded with its reason. A run that is
    stopped by Ctrl-C or a full disk ends with a report, too.

    Args:
        library: to write to.
        sources: the files.
        settings: how documents are cut.
        limits: of what reading one may cost.
        progress: is told how far it is.
        retry_failed: try those again, too, that hung or crashed the parser last time and have not changed.
        wait_s: how long to wait for another process that is writing, in seconds.
        waiting: is told for whom, if there is a wait.

    Raises:
        LibraryError: if another process is writing, or the library's chunks were cut
            with other settings.
    """
    run = _Run(library, sources, settings, limits, progress)
    report = run.report
    try:
        with (
            report.timing("total"),
            library.writing(wait_s=wait_s, waiting=waiting, progress=lambda n: progress("chunks", n)) as repaired,
        ):
            report.repaired = repaired
            library.claim_chunking(settings.fingerprint)
            run.store_all(run.look_at_all(retry_failed=retry_failed))
    except KeyboardInterrupt:
        report.stopped = BY_USER
    except DiskFull as error:
        needed = _room_needed([sources[position] for position in run.undone])
        report.stopped = Stop(error.problem, error.remedy.replace("free space", f"free at least {needed >> 20} MiB"))
    report.not_reached = [sources[position].name for position in sorted(run.undone)]
    return report


class _Run:
    """One ingest. Files are known by their position among the sources.

    Attributes:
        undone: files that are in none of the report's lists yet.
    """

    def __init__(
        self,
        library: Library,
        sources: Sequence[Source],
        settings: ChunkSettings,
        limits: Limits,
        progress: Progress,
    ) -> None:
        self._library, self._settings, self._limits, self._progress = library, settings, limits, progress
        self._names = [source.name for source in sources]
        self._sources = [replace(source, path=Path(os.path.normpath(source.path.absolute()))) for source in sources]
        self.undone = set(range(len(sources)))
        self.report = Report()

    def look_at_all(self, *, retry_failed: bool) -> dict[tuple[str, str], list[int]]:
        """Deal with the files that need no parsing; the others by (sha256, media), which makes twins one."""
        wanted: dict[tuple[str, str], list[int]] = {}
        for position, source in enumerate(self._sources):
            try:
                with self.report.timing("hash"):
                    sha256 = look_at(source, self._limits)
            except SourceError as error:
                self._fail(position, error)
                continue
            entry = self._library.catalog.entry(document_id(sha256))
            if entry is not None and entry.state in (READY, REPLACED):
                self._link(position, entry.document.id, answers=entry.state == READY)
            elif not retry_failed and self._was_given_up(position, sha256):
                self._done(position)
            else:
                wanted.setdefault((sha256, source.media), []).append(position)
        return wanted

    def store_all(self, wanted: dict[tuple[str, str], list[int]]) -> None:
        """Parse files, each of the same bytes once, and store what comes of it in batches."""
        batch: list[tuple[ParsedDocument, list[int]]] = []
        first = [self._sources[twins[0]] for twins in wanted.values()]
        with closing(parse_all(first, self._settings, self._limits)) as outcomes:
            for (sha256, _), twins in wanted.items():
                with self.report.timing("parse"):
                    source, outcome = next(outcomes)
                if isinstance(outcome, ParsedDocument):
                    outcome = self._kept(outcome, source)
                if isinstance(outcome, SourceError):
                    self._fail_all(twins, outcome)
                    continue
                if outcome.document.sha256 != sha256:
                    self._fail_all(twins[1:], _CHANGED)
                    twins = twins[:1]
                batch.append((outcome, twins))
                if sum(len(parsed.chunks) for parsed, _ in batch) >= AHEAD_CHUNKS:
                    self._store(batch)
                    batch = []
        if batch:
            self._store(batch)

    def _kept(self, parsed: ParsedDocument, source: Source) -> ParsedDocument | SourceError:
        """The document with its original in the library, or why that cannot be."""
        try:
            with self.report.timing("keep"):
                self._library.keep_original(parsed.document, source.path)
        except SourceError as error:
            return error
        return parsed

    def _store(self, batch: Sequence[tuple[ParsedDocument, list[int]]]) -> None:
        unique = {parsed.document.id: parsed for parsed, _ in batch}
        with self.report.timing("index"):
            added = self._library.add(list(unique.values()), lambda n: self._progress("chunks", n))
        self.report.truncated += added.truncated
        for parsed, twins in batch:
            identity = parsed.document.id
            if unique[identity] is parsed:
                first = twins.pop(0)
                stored = Stored(self._names[first], identity)
                (self.report.replaced if identity in added.replaced else self.report.new).append(stored)
                self.report.notes += [(self._names[first], note) for note in parsed.document.notes]
                self.report.pages += len(parsed.pages)
                self.report.chunks += len(parsed.chunks)
                self._done(first)
            for twin in twins:
                self._link(twin, identity, answers=True)

    def _link(self, position: int, identity: str, *, answers: bool) -> None:
        """Note that a file holds a document that the library has; ``answers`` says whether it answered before."""
        replaced = self._library.link(self._sources[position].name, identity)
        found = self.report.replaced if replaced else self.report.unchanged if answers else self.report.new
        found.append(Stored(self._names[position], identity))
        self._done(position)

    def _was_given_up(self, position: int, sha256: str) -> bool:
        """Whether trying this file again would end as it ended before; then that is reported."""
        place = self._sources[position].name
        entry = self._library.catalog.given_up(place, sha256, _conditions(self._limits))
        if entry is None:
            return False
        remedy = f"{entry.remedy}; --retry-failed tries it as it is"
        self.report.failed.append(Failure(self._names[position], f"{entry.reason}, when it was last tried", remedy))
        return True

    def _fail_all(self, positions: Sequence[int], error: SourceError) -> None:
        for position in positions:
            self._fail(position, error)

    def _fail(self, position: int, error: SourceError) -> None:
        source = self._sources[position]
        try:
            sha256 = look_at(source, self._limits)
        except SourceError:
            sha256 = _hash_of_text(f"unreadable: {source.name}")
        document = Document(
            id=_hash_of_text(f"{source.name}\0{sha256}")[:16],
            sha256=sha256,
            source=source.name,
            title=source.label or source.file_name,
            kind=Kind.OTHER,
            media=source.media,
        )
        under = _conditions(self._limits) if isinstance(error, GivenUp) else ""
        self._library.add_failed(document, error.problem, error.remedy, given_up_under=under)
        self.report.failed.append(Failure(self._names[position], error.problem, error.remedy))
        self._done(position)

    def _done(self, position: int) -> None:
        self.undone.discard(position)
        self._progress("file", 1)


def look_at(source: Source, limits: Limits) -> str:
    """The sha256 of a file's bytes.

    Raises:
        SourceError: if it is known to be unreadable, no file, may not be read, or is larger than what may be read.
    """
    if source.problem is not None:
        raise source.problem
    if source.media == "folder":
        raise SourceError("this folder cannot be looked into", remedy="check that you may read it")
    try:
        if kind := special_kind(source.path):
            raise SourceError(f"it is {kind}, not a file", remedy="leave it out")
        if (size := source.path.stat().st_size) > limits.memory_bytes:
            raise SourceError(
                f"it has {size / 2**30:.1f} GiB, more than the memory that reading it may take",
                remedy="split it, or set memory_mib in [ingest] higher",
            )
        return sha256_of(source.path)
    except OSError as error:
        raise SourceError(
            f"it cannot be opened: {error.strerror}", remedy="check that it is there and that you may read it"
        ) from error


def _room_needed(sources: Sequence[Source]) -> int:
    """Bytes that a library grows by these files, about: measured by benchmarks/disk_use.py, and rounded up."""
    needed = 4 * MARGIN_BYTES
    for source in sources:
        with suppress(OSError):
            needed += source.path.stat().st_size * (_GROWTH_PDF if source.media == "pdf" else _GROWTH_TEXT)
    return needed


def _conditions(limits: Limits) -> str:
    """Changes with the limits and with the code that reads: what a file that was given up is worth another try for."""
    return fingerprint({"seconds": limits.seconds, "memory": limits.memory_bytes, "reader": _reader()})


@cache
def _reader() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _hash_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
