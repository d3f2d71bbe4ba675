"""Files into a folder: each arrives whole under its own name, or not at all.

A file grows as ``NAME.partial``. When all of it is there and it is what was asked for, the
manifest takes note of it, and then it gets its name: a process that dies between the two
leaves a part that the manifest knows by its hash, and the next run only renames it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.errors import FetchError
from corpus.models import sha256_of
from ingest.fetching.content import HEAD_BYTES, check_content
from ingest.fetching.courtesy import Transient
from ingest.fetching.manifest import FetchedFile, Manifest
from ingest.fetching.partial import Arrived, Partial
from ingest.fetching.transport import RangeRefused, Response, Transport

SUFFIXES = {".pdf": "pdf", ".htm": "html", ".html": "html", ".xml": "xml", ".txt": "txt"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.(?:pdf|html?|xml|txt)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is, and what is known of it before it is there.

    Attributes:
        url: whole address.
        identifiers: for the manifest.
        facts: fields of :class:`corpus.records.Document` that a listing states.
        sha256: of the file, where it is known beforehand.
    """

    url: str
    identifiers: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    sha256: str = ""


class Downloads:
    """A folder of fetched files and its manifest.

    Args:
        folder: made where it is missing.
        transport: how files are asked for.
        now: the time for the manifest.
    """

    def __init__(
        self, folder: Path, transport: Transport, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.folder = folder
        self._transport = transport
        self._now = now
        self.manifest = Manifest(folder)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who writes into the folder.

        Raises:
            FetchError: if another process does, or if the folder cannot be written into.
        """
        lock = FileLock(self.folder / ".fetch.lock", timeout=0)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise FetchError(
                f"another `reglens fetch` is writing into {self.folder}", remedy="wait for it, or choose another --to"
            ) from error
        except OSError as error:
            raise FetchError(
                f"cannot write into {self.folder}: {error.strerror}", remedy="choose another --to"
            ) from error
        try:
            self.manifest = Manifest(self.folder)
            yield
        finally:
            lock.release()

    def kept(self, name: str, sha256: str = "") -> FetchedFile | None:
        """The file of that name if it is there, byte for byte; finishes what a killed run had all but done."""
        known = self.manifest.get(name)
        if known is None or sha256 not in ("", known.sha256):
            return None
        if self.manifest.is_intact(known):
            return known
        partial = Partial(self.folder / name)
        if partial.path.is_file() and sha256_of(partial.path) == known.sha256:
            partial.finish(self.folder / name)
            return known
        return None

    def fetch(self, name: str, place: Place, arrived: Arrived = lambda count: None) -> FetchedFile:
        """Bring one file.

        Args:
            name: ours, never one that a server gave.
            place: where it is.
            arrived: told of progress.

        Raises:
            FetchError: if it cannot be had, is not what was asked for, or has another hash
                than is expected.
            ValueError: on a name that could leave the folder or hide in it.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no file name of ours")
        partial = Partial(self.folder / name)
        try:
            return self._transport.persist(lambda: self._once(name, place, partial, arrived))
        except OSError as error:
            raise FetchError(
                f"cannot write {partial.path}: {error.strerror}", remedy="free some space, or choose another --to"
            ) from error

    def _once(self, name: str, place: Place, partial: Partial, arrived: Arrived) -> FetchedFile:
        rest = partial.rest(place.url)
        start = rest.start_bytes if rest else 0
        try:
            with self._transport.open(place.url, rest.headers if rest else {}, already_bytes=start) as response:
                size, sha256 = partial.receive(place.url, response, arrived)
        except RangeRefused:
            partial.discard()
            raise
        self._check(name, place, partial, response, sha256)
        file = FetchedFile(
            path=name,
            url=place.url,
            sha256=sha256,
            bytes=size,
            fetched_at=self._now().isoformat(timespec="seconds"),
            etag=response.headers.get("etag", ""),
            identifiers=place.identifiers,
            facts=place.facts,
        )
        self.manifest.record(file)
        partial.finish(self.folder / name)
        return file

    def _check(self, name: str, place: Place, partial: Partial, response: Response, sha256: str) -> None:
        """Throw away what was not asked for, before it gets a good name."""
        with partial.path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        try:
            check_content(head, SUFFIXES[Path(name).suffix], response.url)
            _check_hash(sha256, place.sha256, response.url)
        except FetchError as error:
            partial.discard()
            if response.status == 206:
                raise Transient(f"{error.problem}, joined from two parts") from error
            raise


def _check_hash(found: str, expected: str, url: str) -> None:
    if expected not in ("", found):
        raise FetchError(
            f"{url} has SHA-256 {found[:12]}…, and {expected[:12]}… was expected",
            remedy="the file has changed or was tampered with: compare it with another source",
        )
