"""`reglens rebuild`, `reread` and `compact`."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.options import (
    INTERRUPTED,
    Folder,
    Json,
    Wait,
    ended_by_user,
    one_line,
    progress_bar,
    say_for_whom,
    say_repaired,
)

if TYPE_CHECKING:
    from ingest.report import Report


class Part(StrEnum):
    """An index."""

    WORDS = "words"
    VECTORS = "vectors"


def rebuild_command(
    embedding_model: Annotated[
        str | None,
        typer.Option(help="Embed everything anew with this model; as in the settings.", show_default=False),
    ] = None,
    only: Annotated[Part | None, typer.Option(help="Make only this index anew.", show_default=False)] = None,
    library: Folder = None,
    wait: Wait = 0.0,
    json_output: Json = False,
) -> None:
    """Make the vectors and the full text anew from the catalog, however damaged they are."""
    from corpus.access import open_library
    from corpus.upkeep import rebuild, reembed

    opened = open_library(library, embedding_model=embedding_model)
    with (
        ended_by_user(),
        opened.writing(wait_s=wait, waiting=say_for_whom, tidy=False),
        progress_bar(None) as progress,
    ):
        if embedding_model is not None:
            repaired = reembed(opened, lambda n: progress("chunks", n))
        else:
            parts = {"words": only is not Part.VECTORS, "vectors": only is not Part.WORDS}
            repaired = rebuild(opened, lambda n: progress("chunks", n), **parts)
    say_repaired(repaired)
    found = {"documents": len(opened.documents()), "chunks": opened.catalog.indexed_chunks()}
    if json_output:
        print(json.dumps(found | {"embedder": opened.embedder.name, "repaired": repaired}))
        return
    print(f"Made anew: {found['documents']} documents, {found['chunks']} passages, with {opened.embedder.name}.")
    if embedding_model is not None:
        print(f'Set embedding_model = "{embedding_model}" in [corpus] of reglens.toml: it answers no other now.')


def reread_command(
    documents: Annotated[
        list[str] | None,
        typer.Argument(help="Documents by id, release number, file name or title; none for all.", show_default=False),
    ] = None,
    library: Folder = None,
    wait: Wait = 0.0,
    json_output: Json = False,
) -> None:
    """Read the files of the library again, with the reader and the settings of today."""
    from corpus.access import open_library
    from ingest.reread import reread
    from ingest.settings import load_ingest_settings

    settings = load_ingest_settings()
    opened = open_library(library, renew=True)
    only = [opened.find(name).id for name in documents or []]
    total = len(only) or len(opened.catalog.documents())
    with (
        ended_by_user(),
        progress_bar(total) as progress,
        opened.writing(wait_s=wait, waiting=say_for_whom, progress=lambda n: progress("chunks", n)) as repaired,
    ):
        report = reread(opened, settings.chunks, only, limits=settings.limits, progress=progress)
    say_repaired(repaired)
    _print_reread(report, json_output=json_output)
    if report.stopped or report.failed:
        raise typer.Exit(INTERRUPTED if report.stopped and report.stopped.by_user else 1)


def _print_reread(report: "Report", *, json_output: bool) -> None:
    from ingest.commands import report_json

    if json_output:
        found = report_json(report)
        found["reread"] = found.pop("replaced")
        print(
            json.dumps({key: found[key] for key in ("reread", "failed", "not_reached", "stopped", "pages", "chunks")})
        )
        return
    print(
        f"{len(report.replaced)} documents read again, {len(report.failed)} left as they were: "
        f"{report.pages} pages, {report.chunks} passages in {report.seconds.get('total', 0):.1f} s."
    )
    for failure in report.failed:
        print(f"  {one_line(failure.source)}: {failure.reason}\n    → {failure.remedy}")
    if report.stopped:
        print(f"  {len(report.not_reached)} not reached: {report.stopped.reason}\n    → {report.stopped.remedy}")


def compact_command(library: Folder = None, wait: Wait = 0.0, json_output: Json = False) -> None:
    """Give back the space of documents that were removed."""
    from corpus.access import open_library
    from corpus.upkeep import compact

    opened = open_library(library)
    with ended_by_user(), opened.writing(wait_s=wait, waiting=say_for_whom) as repaired:
        say_repaired(repaired)
        found = compact(opened)
    if json_output:
        print(json.dumps({"bytes": {store: {"before": b, "after": a} for store, (b, a) in found.items()}}))
        return
    for store, (before, after) in found.items():
        print(f"{store:10} {_mib(before)} → {_mib(after)}")
    print(f"{'all':10} {_mib(sum(b for b, _ in found.values()))} → {_mib(sum(a for _, a in found.values()))}")


def _mib(size: int) -> str:
    return f"{size / 2**20:9.1f} MiB"


def mount_upkeep(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("rebuild")(rebuild_command)
    app.command("reread")(reread_command)
    app.command("compact")(compact_command)
