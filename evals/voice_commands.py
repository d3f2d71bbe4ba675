"""`reglens eval voice`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evals.terminal import Json, show

if TYPE_CHECKING:
    from corpus.library import Library


def voice_command(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="The labelled documents, as files or folders; without any, a library is measured as it is.",
            show_default=False,
        ),
    ] = None,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="Other labels, in the form of ours.", show_default=False)
    ] = None,
    library: Annotated[
        Path | None,
        typer.Option(
            "--library",
            help="With files: keep what was read here, for the next run with them. Without: the library to measure.",
            show_default=False,
        ),
    ] = None,
    json_output: Json = False,
) -> None:
    """Compare who speaks in passages with labels written by hand."""
    from evals.voices import LABELS, evaluate_voices, load_labels

    wanted = load_labels(labels or LABELS)
    with _opened(context, files or [], library) as opened:
        report = evaluate_voices(opened, wanted)
    show(report, _print, json_output=json_output)
    if report["lost"] or report["missing_documents"]:
        raise typer.Exit(1)


@contextmanager
def _opened(context: typer.Context, files: list[Path], library: Path | None) -> Iterator["Library"]:
    if files:
        from evals.read_files import library_of

        with library_of(files, context.obj[1], library) as opened:
            yield opened
    else:
        yield context.obj[0](library)


def _print(report: dict[str, Any]) -> None:
    from evals.printing import print_table, shown

    rows = [
        (voice.replace("_", " "), *map(shown, (row["n"], row["precision"], row["recall"])))
        for voice, row in report["by_voice"].items()
    ]
    print_table(("voice", "labels", "precision", "recall"), rows)
    low, high = report["ci95"]
    print(
        f"{report['accuracy']:.3f} of {report['n_labels']} passages have the labelled voice "
        f"(95 % interval {low:.3f} to {high:.3f})."
    )
    for document, accuracy in report["by_document"].items():
        print(f"  {document}: {accuracy:.3f}")
    for label, ours, count in report["confusions"]:
        if ours:
            print(f"  {count} × {label.replace('_', ' ')}, taken for {ours.replace('_', ' ')}")
    for document in report["missing_documents"]:
        print(f"  not in the library, or there twice; its labels count as wrong: {document}")
    for place in report["lost"]:
        print(f"  not found, counts as wrong: {place}")
