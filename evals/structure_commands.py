"""`reglens eval headings` and `reglens eval outline`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.terminal import Folder, Json, Kept, show


def headings_command(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(help="Folder of .txt files with <h>…</h> tags.", show_default=False)],
    texts: Annotated[Path, typer.Option("--texts", help="Folder of the plain files of the same names.")],
    index: Annotated[
        Path | None,
        typer.Option(
            "--index",
            help="Table with columns release and headings: how many an uncorrected detection found.",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="These releases only; may be repeated.", show_default=False)
    ] = None,
    library: Kept = None,
    json_output: Json = False,
) -> None:
    """Compare the headings found in releases with those that were corrected by hand."""
    from evals.headings import evaluate_headings, load_counts, load_gold
    from evals.read_files import library_of

    wanted = load_gold(gold, only)
    counts = load_counts(index) if index else None
    paths = [path for path in (texts / f"{release}.txt" for release in wanted) if path.is_file()]
    with library_of(paths, context.obj[1], library) as opened:
        report = evaluate_headings(opened, wanted, counts)
    show(report, _print_headings, json_output=json_output)
    if report["missing_documents"]:
        raise typer.Exit(1)


def outline_command(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Id, file name or release number.", show_default=False)],
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Compare the sections of a document with the table of contents that it prints."""
    from evals.contents import evaluate_outline

    opened = context.obj[0](library)
    report = evaluate_outline(opened, opened.find(document).id)
    show(report, _print_outline, json_output=json_output)


def _print_headings(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for name in ("release", "precision", "recall", "F1", "in gold", "found", "right", "floor at most"):
        table.add_column(name, justify="left" if name == "release" else "right")
    floors = report.get("floor", {"releases": {}})["releases"]
    for row in report["releases"]:
        floor = floors.get(row["release"], {}).get("f1_at_most")
        table.add_row(row["release"], *_numbers(row), "–" if floor is None else f"{floor:.3f}")
    floor = report.get("floor", {}).get("f1_at_most")
    table.add_row("all", *_numbers(report), "–" if floor is None else f"{floor:.3f}")
    for name in ("numbered_only", "titles_only"):
        table.add_row(name.replace("_", " "), *_numbers(report[name]), "")
    Console().print(table)
    low, high = report["ci95"]["f1"]
    print(f"F1 over {report['n_releases']} releases: 95 % interval {low:.3f} to {high:.3f}.")
    print(f"Note: {report['left_out']}.")
    if "floor" in report:
        print(f"Floor: {report['floor']['what']}.")
    for release in report["missing_documents"]:
        print(f"  not in the library: {release}")


def _numbers(row: dict[str, Any]) -> tuple[str, ...]:
    shares = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
    return (*shares, *(str(row[name]) for name in ("n_gold", "n_found", "n_matched")))


def _print_outline(report: dict[str, Any]) -> None:
    print(
        f"{report['n_found']} of {report['n_listed']} entries of the table of contents found as sections "
        f"(recall {report['recall']:.3f}, precision {report['precision']:.3f}), {report['n_on_page']} on the page "
        f"that it lists; {report['n_deeper']} sections lie deeper than the table goes."
    )
    for name in ("missed", "wrong_page", "false"):
        for heading in report[name]:
            print(f"  {name.replace('_', ' ')}: {heading}")
