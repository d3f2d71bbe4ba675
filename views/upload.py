"""Uploaded files into the library: checked, kept under the hash of their bytes, ingested in a thread. No Streamlit.

A file's given name is only ever a label; it never becomes part of a path.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from corpus.disk import room_for_copies
from corpus.errors import ReglensError
from corpus.library import Library
from corpus.settings import load_settings, settings_file
from ingest.archives import ArchiveLimits, unpacked
from ingest.pipeline import Failure, Report, ingest
from ingest.settings import load_ingest_settings
from ingest.sources import MEDIA, Source
from views.words import given_name

MAX_FILES = 10
MAX_FILE_MIB = 100
SUFFIXES = tuple(suffix.lstrip(".") for suffix in MEDIA)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it; ``name`` is what the user calls it."""

    name: str
    data: bytes


def stage(uploads: Sequence[Upload], folder: Path) -> tuple[list[Source], list[Failure]]:
    """Write uploads into ``folder`` under the hash of their bytes.

    Args:
        uploads: of which at most ``MAX_FILES`` are taken.
        folder: an empty folder of ours.

    Returns:
        What can be ingested, each of the same bytes once, and what is refused and why.
    """
    sources: dict[str, Source] = {}
    refused = []
    for number, upload in enumerate(uploads):
        label = given_name(upload.name)
        media = MEDIA.get(Path(label).suffix.lower())
        if number >= MAX_FILES:
            refused.append(Failure(label, f"more than {MAX_FILES} files at once", "upload the others after these"))
        elif media is None:
            refused.append(Failure(label, "it is not of a kind that can be read", f"give {', '.join(SUFFIXES)} files"))
        elif len(upload.data) > MAX_FILE_MIB * 2**20:
            refused.append(
                Failure(label, f"it is larger than {MAX_FILE_MIB} MiB", "ingest it with `reglens ingest PATH`")
            )
        else:
            sha256 = hashlib.sha256(upload.data).hexdigest()
            path = folder / f"{sha256}.{media}"
            path.write_bytes(upload.data)
            sources[path.name] = Source(path, media, label)
    return list(sources.values()), refused


class IngestJob:
    """An ingest that runs in a thread of its own, so that a click on the page does not stop it.

    Args:
        library: is written to.
        sources: files that lie somewhere already.
        uploads: files that the browser sent.

    Attributes:
        total: files to read, those in zip archives too as soon as these are unpacked.
        files: files done.
        passages: passages embedded.
        done: it has ended; ``report`` or ``error`` says how, and neither means that it crashed.
        labels: what the user calls the files and archives, by path.
    """

    def __init__(self, library: Library, sources: Sequence[Source] = (), uploads: Sequence[Upload] = ()) -> None:
        self._library = library
        self._sources = tuple(sources)
        self._uploads: tuple[Upload, ...] = tuple(uploads)
        self.total = len(self._sources) + len(self._uploads)
        self.files = self.passages = 0
        self.done = False
        self.report: Report | None = None
        self.error: ReglensError | None = None
        self.labels: dict[str, str] = {}
        self._thread = Thread(target=self._run, name="ingest", daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float) -> None:
        """Wait until it has ended, or for ``timeout_s`` seconds."""
        self._thread.join(timeout_s)

    def label(self, source: str) -> str:
        """What to call a file of the report; one of an archive is "filings.zip!inner/path.pdf"."""
        for path, label in self.labels.items():
            if source == path or source.startswith(f"{path}!"):
                return label + source.removeprefix(path)
        return Path(source).name

    def _run(self) -> None:
        try:
            with room_for_copies(self._library.folder) as folder:
                staged, refused = stage(self._uploads, folder)
                self._uploads = ()
                self.labels = {source.name: source.label for source in staged}
                settings = load_ingest_settings()
                archives = load_settings(settings_file(), "archives", ArchiveLimits)
                with unpacked([*self._sources, *staged], archives, folder) as found:
                    self.total = len(found.sources) + len(refused)
                    report = ingest(
                        self._library,
                        found.sources,
                        settings.chunks,
                        limits=settings.limits,
                        progress=self._count,
                    )
            report.failed[:0] = refused
            report.notes += [(name, "passed over: it is of a kind that is not read") for name in found.passed_over]
            self.report = report
        except ReglensError as error:
            self.error = error
        finally:
            self.done = True

    def _count(self, what: str, count: int) -> None:
        if what == "file":
            self.files += count
        else:
            self.passages += count
