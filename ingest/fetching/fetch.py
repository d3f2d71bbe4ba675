"""Fetch: what is wanted, what is there already, what came and what did not."""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from corpus.errors import FetchError
from corpus.filings import ListedFiling
from ingest.fetching.downloads import Downloads, Place
from ingest.fetching.edgar import Filing
from ingest.fetching.federal_register import FORMATS, FederalRegister, body_place
from ingest.fetching.manifest import FetchedFile, Manifest
from ingest.pipeline import Failure


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file to have.

    Attributes:
        name: what it is called in the folder.
        source: what to call it in reports.
        locate: finds out where it is; asked only if the file is not there yet.
        sha256: of the file, where it is known beforehand.
    """

    name: str
    source: str
    locate: Callable[[], Place]
    sha256: str = ""


@dataclass(slots=True)
class FetchReport:
    """What became of every wanted file of one run.

    Attributes:
        unchanged: was there already, byte for byte.
        bytes: that arrived in this run.
        seconds: wall-clock time.
        matched: how many a search matched; None where nothing was searched for.
    """

    fetched: list[FetchedFile] = field(default_factory=list)
    unchanged: list[FetchedFile] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    bytes: int = 0
    seconds: float = 0.0
    matched: int | None = None

    @property
    def files(self) -> list[FetchedFile]:
        """Everything that is there now."""
        return [*self.unchanged, *self.fetched]


class Watcher(Protocol):
    """Who wants to see how it goes."""

    def starts(self, wanted: Wanted) -> None:
        """The next file is being looked at."""
        ...

    def arrived(self, count: int) -> None:
        """So many bytes came."""
        ...

    def ends(self) -> None:
        """The file is dealt with."""
        ...


def fetch(wanted: Sequence[Wanted], downloads: Downloads, watcher: Watcher) -> FetchReport:
    """Bring every wanted file that is not there; one that fails does not stop the others.

    Raises:
        FetchError: if another process is writing into the folder.
    """
    report = FetchReport()
    began = time.perf_counter()
    with downloads.writing():
        for item in wanted:
            watcher.starts(item)
            try:
                _fetch_one(item, downloads, watcher, report)
            except FetchError as error:
                report.failed.append(Failure(item.source, error.problem, error.remedy))
            watcher.ends()
    report.seconds = time.perf_counter() - began
    return report


def _fetch_one(item: Wanted, downloads: Downloads, watcher: Watcher, report: FetchReport) -> None:
    if kept := downloads.kept(item.name, item.sha256):
        report.unchanged.append(kept)
        return
    file = downloads.fetch(item.name, item.locate(), watcher.arrived)
    report.fetched.append(file)
    report.bytes += file.bytes


def wanted_documents(numbers: Iterable[str], register: FederalRegister, form: str) -> list[Wanted]:
    """Federal Register documents by their numbers."""
    return [Wanted(_body_name(n, form), n, partial(_listed_place, register, n, form)) for n in numbers]


def wanted_listings(documents: Iterable[Mapping[str, Any]], form: str) -> list[Wanted]:
    """Documents that a search has listed."""
    return [
        Wanted(
            _body_name(d["document_number"], form), f"{d['document_number']} {d['title']}", partial(body_place, d, form)
        )
        for d in documents
    ]


def wanted_filings(filings: Iterable[Filing], sec: str) -> list[Wanted]:
    """A company's filings."""
    return [Wanted(f.file_name, f"{f.company.name} {f.form} {f.filed}", partial(f.place, sec)) for f in filings]


def wanted_releases(listed: Iterable[ListedFiling], register: FederalRegister, sec: str, form: str) -> list[Wanted]:
    """Releases of the shipped list, each by the surest of what is known of it."""
    return [_wanted_release(filing, register, sec, form) for filing in listed]


def _wanted_release(filing: ListedFiling, register: FederalRegister, sec: str, form: str) -> Wanted:
    source = f"{filing.release} {filing.title}"
    if filing.address and not filing.document_number:
        path = urlsplit(filing.address).path
        place = Place(f"{sec}{path}", {"release": filing.release}, _listed_facts(filing), filing.sha256)
        return Wanted(filing.release + Path(path).suffix, source, lambda: place, filing.sha256)
    name = _body_name(filing.document_number or filing.release, form)
    return Wanted(name, source, partial(_release_place, register, filing, form))


def _body_name(number: str, form: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "_", number) + FORMATS[form][1]


def _listed_place(register: FederalRegister, number: str, form: str) -> Place:
    return body_place(register.document(number), form)


def _release_place(register: FederalRegister, filing: ListedFiling, form: str) -> Place:
    """Where the Federal Register has a release; its listing goes before our list."""
    if filing.document_number:
        place = _listed_place(register, filing.document_number, form)
    else:
        place = body_place(register.cited(filing.citation, filing.published), form)
    identifiers = {"release": filing.release, **place.identifiers}
    return replace(place, identifiers=identifiers, facts=_listed_facts(filing) | dict(place.facts))


def _listed_facts(filing: ListedFiling) -> dict[str, Any]:
    facts = {
        "title": filing.title,
        "kind": filing.kind,
        "release_numbers": (filing.release,),
        "file_numbers": (filing.file_number,) if filing.file_number else (),
        "rins": (filing.rin,) if filing.rin else (),
        "federal_register": filing.citation,
        "published": filing.published,
    }
    return {name: value for name, value in facts.items() if value}


def check_folder(folder: Path) -> tuple[int, list[Failure]]:
    """Compare every file of a folder's manifest with its hash.

    Returns:
        How many files the manifest names, and those that are gone or changed.
    """
    manifest = Manifest(folder)
    bad = [
        Failure(
            file.path,
            "it is gone" if not (folder / file.path).is_file() else "it is not what was fetched",
            "fetch it again with the same command",
        )
        for file in manifest
        if not manifest.is_intact(file)
    ]
    return len(list(manifest)), bad
