"""`reglens eval facts`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.terminal import Json, Kept, show

_SHOWN = 40


def facts_command(
    context: typer.Context,
    gold: Annotated[
        Path,
        typer.Argument(help="Table of release, file_no, rin; or lines of document, field, value.", show_default=False),
    ],
    texts: Annotated[Path, typer.Option("--texts", help="Folder of the documents.", show_default=False)],
    library: Kept = None,
    json_output: Json = False,
) -> None:
    """Compare what documents say of themselves with what was written by hand."""
    from evals.facts import evaluate_facts, load_expected
    from evals.read_files import library_of

    expected = load_expected(gold)
    paths = _files(texts, {item.document.lower() for item in expected})
    with library_of(paths, context.obj[1], library) as opened:
        report = evaluate_facts(opened, expected)
    show(report, _print, json_output=json_output)
    if report["missing_documents"]:
        raise typer.Exit(1)


def _files(folder: Path, documents: set[str]) -> list[Path]:
    """The files that bear the documents' names; the whole folder where some document has no file of its name."""
    named = {path.stem.lower(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return [named[name] for name in sorted(documents)] if documents <= named.keys() else [folder]


def _print(report: dict[str, Any]) -> None:
    from evals.printing import print_table

    columns = ("right", "wrong", "absent", "missing", "n")
    rows = [(name, *(str(counts[column]) for column in columns)) for name, counts in report["fields"].items()]
    print_table(("field", *columns), rows)
    for item in report["disagreements"][:_SHOWN]:
        print(f"  {item['document']} {item['field']}: expected {item['expected']!r}, found {item['found']!r}")
    if (more := len(report["disagreements"]) - _SHOWN) > 0:
        print(f"  and {more} more; --json shows all")
