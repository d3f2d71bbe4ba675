"""`reglens fetch`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ingest.fetching.fetch import FetchReport, Wanted, Watcher
    from ingest.fetching.manifest import FetchedFile
    from ingest.fetching.request import Request
    from ingest.pipeline import Report

_DAY = ["%Y-%m-%d"]


def fetch_command(
    context: typer.Context,
    numbers: Annotated[
        list[str] | None,
        typer.Argument(help="Federal Register document numbers, or releases that --list shows.", show_default=False),
    ] = None,
    agency: Annotated[
        list[str] | None, typer.Option(help="Agency, by its Federal Register name.", show_default="the SEC")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--type", help="PRORULE, RULE or NOTICE.", show_default="PRORULE, RULE")
    ] = None,
    term: Annotated[str, typer.Option(help="Words to search the Federal Register for.", show_default=False)] = "",
    company: Annotated[str, typer.Option(help="EDGAR filer: name, ticker or CIK.", show_default=False)] = "",
    form: Annotated[list[str] | None, typer.Option(help="EDGAR form, for example 10-K.", show_default=False)] = None,
    since: Annotated[datetime | None, typer.Option(formats=_DAY, help="First day of publication or filing.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAY, help="Last day.")] = None,
    starter: Annotated[bool, typer.Option("--starter", help="The market-structure rulemakings worth having.")] = False,
    list_only: Annotated[bool, typer.Option("--list", help="Print what --starter would fetch; ask nobody.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Check the files fetched earlier; ask nobody.")] = False,
    body: Annotated[str, typer.Option("--format", help="Federal Register documents as pdf, xml or html.")] = "pdf",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, newest first.", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="All that match, however many.")] = False,
    to: Annotated[Path | None, typer.Option(help="Folder for the files.", show_default="LIBRARY/downloads")] = None,
    no_ingest: Annotated[bool, typer.Option("--no-ingest", help="Fetch only; read nothing into the library.")] = False,
    library: Annotated[
        Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Fetch releases from the Federal Register and the SEC, and filings from EDGAR, and ingest them."""
    from corpus.settings import library_folder
    from ingest.commands import end_if_stopped
    from ingest.fetching.request import Request

    folder = to or library_folder(library) / "downloads"
    if list_only:
        _list_starter(json_output=json_output)
    elif verify:
        _verify(folder, json_output=json_output)
    else:
        request = Request(
            numbers=tuple(numbers or ()),
            agencies=tuple(agency or ()),
            types=tuple(name.upper() for name in kind or ()),
            term=term,
            company=company,
            forms=tuple(name.upper() for name in form or ()),
            since=since.date().isoformat() if since else "",
            until=until.date().isoformat() if until else "",
            starter=starter,
            body=body,
            limit=limit,
            everything=yes,
        )
        report = _fetch(request, folder)
        ingested = None if no_ingest or not report.files else _ingest(context, library, folder, report)
        _print_outcome(report, folder, request, ingested, json_output=json_output)
        if ingested is not None:
            end_if_stopped(ingested)
        if report.failed or (ingested is not None and ingested.failed):
            raise typer.Exit(1)


def _fetch(request: "Request", folder: Path) -> "FetchReport":
    from ingest.fetching.downloads import Downloads
    from ingest.fetching.fetch import fetch
    from ingest.fetching.request import select
    from ingest.fetching.settings import load_fetch_settings
    from ingest.fetching.transport import Transport
    from ingest.pipeline import Failure

    settings = load_fetch_settings()
    with Transport(settings) as transport:
        selection = select(request, transport, settings)
        with _progress_bar(len(selection.wanted)) as watcher:
            report = fetch(selection.wanted, Downloads(folder, transport), watcher)
    report.matched = selection.matched
    if request.limit is None and (report.matched or 0) > len(selection.wanted):
        reason = f"{report.matched:,} documents match, and only {len(selection.wanted):,} of them are listed"
        report.failed.append(Failure("search", reason, "search in shorter spans with --since and --until"))
    return report


def _ingest(context: typer.Context, library: Path | None, folder: Path, report: "FetchReport") -> "Report":
    """Hand over what is there now; bytes that the library holds already cost nothing."""
    from ingest.commands import ingest_files
    from ingest.sources import MEDIA, Source

    sources = [
        Source(folder / file.path, MEDIA[suffix], facts=file.facts)
        for file in report.files
        if (suffix := Path(file.path).suffix) in MEDIA
    ]
    return ingest_files(context.obj(library, create=True), sources)


@contextmanager
def _progress_bar(files: int) -> "Iterator[Watcher]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield _Bar(bar, bar.add_task("fetching", total=files))


class _Bar:
    def __init__(self, bar: Any, task: Any) -> None:
        self._bar, self._task, self._name, self._bytes = bar, task, "", 0

    def starts(self, wanted: "Wanted") -> None:
        self._name, self._bytes = wanted.source[:60], 0
        self._bar.update(self._task, description=self._name)

    def arrived(self, count: int) -> None:
        self._bytes += count
        self._bar.update(self._task, description=f"{self._name} {self._bytes / 1e6:.1f} MB")

    def ends(self) -> None:
        self._bar.advance(self._task)


def _print_outcome(
    report: "FetchReport", folder: Path, request: "Request", ingested: "Report | None", *, json_output: bool
) -> None:
    from ingest.commands import print_report, report_json

    unread = [file.path for file in report.files if not _is_read(file)]
    if json_output:
        outcome = {
            "fetched": [_file_json(file, folder) for file in report.fetched],
            "unchanged": [_file_json(file, folder) for file in report.unchanged],
            "failed": [asdict(failure) for failure in report.failed],
            "bytes": report.bytes,
            "seconds": round(report.seconds, 3),
            "matched": report.matched,
            "folder": str(folder),
            "not_read": unread,
            "ingest": None if ingested is None else report_json(ingested),
        }
        print(json.dumps(outcome, ensure_ascii=False))
        return
    print(
        f"{len(report.fetched)} fetched ({report.bytes / 1e6:.1f} MB), {len(report.unchanged)} unchanged, "
        f"{len(report.failed)} failed in {report.seconds:.1f} s, in {folder}"
    )
    if request.limit is not None and (report.matched or 0) > request.limit:
        print(f"  {len(report.files)} of {report.matched:,} that match; --limit {request.limit}")
    for failure in report.failed:
        print(f"  failed: {failure.source}: {failure.reason}\n    → {failure.remedy}")
    if ingested is not None:
        print_report(ingested, [str(folder / path) for path in unread])


def _is_read(file: "FetchedFile") -> bool:
    from ingest.sources import MEDIA

    return Path(file.path).suffix in MEDIA


def _file_json(file: "FetchedFile", folder: Path) -> dict[str, Any]:
    return {
        "source": file.url,
        "path": str(folder / file.path),
        "sha256": file.sha256,
        "bytes": file.bytes,
        "identifiers": dict(file.identifiers),
    }


def _list_starter(*, json_output: bool) -> None:
    from corpus.filings import listed_filings

    filings = listed_filings()
    if json_output:
        print(json.dumps({"filings": [asdict(filing) for filing in filings]}, ensure_ascii=False))
        return
    rulemaking = ""
    for filing in filings:
        if filing.rulemaking != rulemaking:
            rulemaking = filing.rulemaking
            print(f"\n{rulemaking}")
        kind = filing.kind.value.replace("_", " ")
        print(f"  {filing.release:10} {filing.year}  {kind:15} {filing.title}")
    print(f"\n{len(filings)} releases; `reglens fetch --starter` fetches them.")


def _verify(folder: Path, *, json_output: bool) -> None:
    from ingest.fetching.fetch import check_folder

    files, bad = check_folder(folder)
    if json_output:
        print(json.dumps({"folder": str(folder), "files": files, "failed": [asdict(failure) for failure in bad]}))
    else:
        print(f"{files} files in {folder}: {'all as they were fetched.' if not bad else f'{len(bad)} are not.'}")
        for failure in bad:
            print(f"  {failure.source}: {failure.reason}\n    → {failure.remedy}")
    if bad:
        raise typer.Exit(1)
