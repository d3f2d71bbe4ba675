"""`reglens ingest`, `list`, `remove` and `verify`; the others that fill and look after the library are mounted here."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.bank_command import bank_app
from ingest.fetching.commands import fetch_command
from ingest.options import (
    INTERRUPTED,
    Folder,
    Json,
    Name,
    Wait,
    one_line,
    progress_bar,
    say_for_whom,
    say_repaired,
)
from ingest.show_command import show_command
from ingest.upkeep_commands import mount_upkeep

if TYPE_CHECKING:
    from corpus.catalog import Entry
    from corpus.library import Library
    from ingest.pipeline import Report
    from ingest.sources import Source


def ingest_command(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders and zip archives.", show_default=False)],
    library: Folder = None,
    wait: Wait = 0.0,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try files again that hung or crashed the reader, too.")
    ] = False,
    json_output: Json = False,
) -> None:
    """Read filings into the library: PDF, HTML, Federal Register XML, text, Markdown, and zip archives of them."""
    from corpus.settings import load_settings, settings_file
    from ingest.archives import ArchiveLimits, unpacked
    from ingest.sources import find_sources, path_text

    sources, others = find_sources(paths)
    opened = context.obj(library, create=True)
    with unpacked(sources, load_settings(settings_file(), "archives", ArchiveLimits), opened.folder) as found:
        report = ingest_files(opened, found.sources, retry_failed=retry_failed, wait_s=wait)
    passed_over = [*map(path_text, others), *found.passed_over]
    if json_output:
        _print_json(report_json(report) | {"passed_over": passed_over})
    else:
        print_report(report, passed_over)
    end_if_stopped(report)
    if report.failed:
        raise typer.Exit(1)


def list_command(context: typer.Context, library: Folder = None, json_output: Json = False) -> None:
    """Show what is in the library, files that failed included."""
    entries = context.obj(library).entries()
    if json_output:
        _print_json({"documents": [_entry_json(entry) for entry in entries]})
    else:
        print_entries(entries)


def remove_command(
    context: typer.Context, document: Name, library: Folder = None, wait: Wait = 0.0, json_output: Json = False
) -> None:
    """Remove a document from the library; `reglens compact` gives its space back."""
    opened = context.obj(library)
    with opened.writing(wait_s=wait, waiting=say_for_whom) as repaired:
        say_repaired(repaired)
        found = opened.find(document)
        opened.remove(found.id)
    if json_output:
        _print_json({"removed": found.id})
    else:
        print(f"Removed {one_line(found.title)} ({found.id}).")


def verify_command(context: typer.Context, library: Folder = None, json_output: Json = False) -> None:
    """Check that the stores agree and that every stored passage stands on its pages."""
    opened = context.obj(library)
    problems = opened.verify()
    ready = [entry for entry in opened.entries() if entry.state == "ready"]
    counts = {"documents": len(ready), "chunks": sum(entry.chunks for entry in ready)}
    remedies = list(dict.fromkeys(problem.remedy for problem in problems))
    if json_output:
        _print_json(counts | {"mismatches": [problem.what for problem in problems], "remedies": remedies})
    else:
        print(f"{counts['documents']} documents, {counts['chunks']} passages: ", end="")
        print("all as they should be." if not problems else f"{len(problems)} problems.")
        for remedy in remedies:
            for problem in problems:
                if problem.remedy == remedy:
                    print(f"  {problem.what}")
            print(f"  → {remedy}")
    if problems:
        raise typer.Exit(1)


def mount(app: typer.Typer) -> None:
    """Add the commands; the context's ``obj`` opens the library they work on."""
    app.command("ingest")(ingest_command)
    app.command("fetch")(fetch_command)
    app.add_typer(bank_app, name="bank")
    app.command("list")(list_command)
    app.command("show")(show_command)
    app.command("remove")(remove_command)
    app.command("verify")(verify_command)
    mount_upkeep(app)


def ingest_files(
    library: "Library", sources: "Sequence[Source]", *, retry_failed: bool = False, wait_s: float = 0.0
) -> "Report":
    """Ingest with a progress bar on stderr, and the settings in force."""
    from ingest.pipeline import ingest
    from ingest.settings import load_ingest_settings

    settings = load_ingest_settings()
    with progress_bar(len(sources)) as progress:
        report = ingest(
            library,
            sources,
            settings.chunks,
            limits=settings.limits,
            progress=progress,
            retry_failed=retry_failed,
            wait_s=wait_s,
            waiting=say_for_whom,
        )
    say_repaired(report.repaired)
    return report


def end_if_stopped(report: "Report") -> None:
    """Leave the command where its ingest ended before it had dealt with every file, and say why."""
    if report.stopped:
        print(f"reglens: {report.stopped.reason}\n  → {report.stopped.remedy}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED if report.stopped.by_user else 1)


def report_json(report: "Report") -> dict[str, Any]:
    """The report of an ingest as its JSON contract."""
    return {
        "new": [asdict(stored) for stored in report.new],
        "unchanged": [asdict(stored) for stored in report.unchanged],
        "replaced": [asdict(stored) for stored in report.replaced],
        "failed": [asdict(failure) for failure in report.failed],
        "pages": report.pages,
        "chunks": report.chunks,
        "truncated": report.truncated,
        "not_reached": report.not_reached,
        "stopped": None
        if report.stopped is None
        else {"reason": report.stopped.reason, "remedy": report.stopped.remedy},
        "repaired": report.repaired,
        "notes": [{"source": source, "note": note} for source, note in report.notes],
        "seconds": {stage: round(seconds, 3) for stage, seconds in report.seconds.items()},
    }


def print_report(report: "Report", passed_over: list[str]) -> None:
    """The report of an ingest, for people."""
    print(
        f"{len(report.new)} new, {len(report.unchanged)} unchanged, {len(report.replaced)} replaced, "
        f"{len(report.failed)} failed: {report.pages} pages, {report.chunks} passages "
        f"in {report.seconds.get('total', 0):.1f} s."
    )
    for failure in report.failed:
        print(f"  failed: {one_line(failure.source)}: {failure.reason}\n    → {failure.remedy}")
    if report.not_reached:
        print(f"  {len(report.not_reached)} files were not reached, the first {one_line(report.not_reached[0])}")
    for source, note in report.notes:
        print(f"  note: {one_line(source)}: {note}")
    if report.truncated:
        print(
            f"  {report.truncated} passages are longer than the embedding model reads; their ends count only as words."
        )
    if passed_over:
        print(f"  {len(passed_over)} files of other kinds were passed over, for example {one_line(passed_over[0])}")


def _entry_json(entry: "Entry") -> dict[str, Any]:
    document = entry.document
    return {
        "document_id": document.id,
        "title": document.title,
        "kind": document.kind.value,
        "release_numbers": list(document.release_numbers),
        "file_numbers": list(document.file_numbers),
        "source": document.source,
        "pages": entry.pages,
        "chunks": entry.chunks,
        "state": entry.state,
        "reason": entry.reason,
        "remedy": entry.remedy,
    }


def print_entries(entries: "list[Entry]") -> None:
    """The table of documents, for people."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corpus.printable import printable

    table = Table(box=None, header_style="bold")
    for name in ("id", "title", "kind", "release", "pages", "passages", "state"):
        table.add_column(name, overflow="fold", justify="right" if name in ("pages", "passages") else "left")
    for entry in entries:
        document = entry.document
        kind = document.kind.value.replace("_", " ")
        release = ", ".join(document.release_numbers)
        state = entry.state if not entry.reason else f"{entry.state}: {entry.reason}"
        counts = (str(entry.pages), str(entry.chunks))
        cells = (document.id[:8], document.title, kind, release, *counts, state)
        table.add_row(*(Text(printable(cell)) for cell in cells))  # Text: a title is no mark-up
    Console().print(table)


def _print_json(value: dict[str, Any]) -> None:
    from corpus.printable import escaped

    print(escaped(json.dumps(value, ensure_ascii=False)))
