"""`reglens eval facts`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

_SHOWN = 40


def facts_command(
    context: typer.Context,
    gold: Annotated[
        Path,
        typer.Argument(help="Table of release, file_no, rin; or lines of document, field, value.", show_default=False),
    ],
    texts: Annotated[Path, typer.Option("--texts", help="Folder of the documents.", show_default=False)],
    library: Annotated[
        Path | None,
        typer.Option("--library", help="Keep the library here, and reuse what it holds.", show_default=False),
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Compare what documents say of themselves with what was written by hand."""
    from evals.facts import evaluate_facts, load_expected
    from evals.read_files import library_of

    expected = load_expected(gold)
    paths = _files(texts, {item.document.lower() for item in expected})
    with library_of(paths, context.obj[1], library) as opened:
        report = evaluate_facts(opened, expected)
    if json_output:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _print(report)
    if report["missing_documents"]:
        raise typer.Exit(1)


def _files(folder: Path, documents: set[str]) -> list[Path]:
    """The files that bear the documents' names; the whole folder where some document has no file of its name."""
    named = {path.stem.lower(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return [named[name] for name in sorted(documents)] if documents <= named.keys() else [folder]


def _print(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for name in ("field", "right", "wrong", "absent", "missing", "n"):
        table.add_column(name, justify="left" if name == "field" else "right")
    for name, counts in report["fields"].items():
        table.add_row(name, *(str(counts[column]) for column in ("right", "wrong", "absent", "missing", "n")))
    Console().print(table)
    for item in report["disagreements"][:_SHOWN]:
        print(f"  {item['document']} {item['field']}: expected {item['expected']!r}, found {item['found']!r}")
    if (more := len(report["disagreements"]) - _SHOWN) > 0:
        print(f"  and {more} more; --json shows all")
