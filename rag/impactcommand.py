"""`reglens impact`: to the terminal, or as a file for a spreadsheet or a report."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer


class Form(StrEnum):
    """How a report is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    MD = "md"


def impact_command(
    context: typer.Context,
    document: Annotated[str, typer.Argument(show_default=False)],
    actor: Annotated[
        list[str] | None,
        typer.Option("--for", help='Only this actor, e.g. "broker-dealers"; may be repeated.', show_default=False),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format", help="csv holds the obligations; xlsx, json and md all of it.", show_default="text, or by --out"
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file.", show_default=False)] = None,
    library: Annotated[
        Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """List what a document would make whom do, by when, and what it asks the public."""
    from rag.exports import save
    from rag.impact import find_obligations, impact_json

    form = Form.JSON if json_output and form is None else _form(form, out)
    opened = context.obj(library)
    impact = impact_json(find_obligations(opened, opened.find(document), actor or ()))
    if form is None:
        from rag.printing import print_impact

        print_impact(impact)
    elif out is None:
        sys.stdout.write(_written(impact, form).decode("utf-8"))
    else:
        replaced = save(_written(impact, form), out)
        told = f"{len(impact['obligations'])} obligations written to {out}"
        print(f"{told}, which was replaced" if replaced else told, file=sys.stderr)


def _form(form: Form | None, out: Path | None) -> Form | None:
    """The form that was asked for, or that the file's name says."""
    from corpus.errors import ConfigError

    known = ", ".join(known.value for known in Form)
    if form is None and out is not None:
        ending = out.suffix.lower().removeprefix(".")
        if ending not in [known.value for known in Form]:
            raise ConfigError(
                f"the name {out.name} does not say how to write it", remedy=f"add --format, one of: {known}"
            )
        return Form(ending)
    if form is Form.XLSX and out is None:
        raise ConfigError("a workbook cannot be shown in a terminal", remedy="add --out impact.xlsx")
    return form


def _written(impact: dict[str, Any], form: Form) -> bytes:
    from rag.impactfiles import impact_csv, impact_markdown, impact_xlsx

    if form is Form.XLSX:
        return impact_xlsx(impact)
    if form is Form.CSV:
        return impact_csv(impact).encode("utf-8")
    if form is Form.MD:
        return impact_markdown(impact).encode("utf-8")
    return (json.dumps(impact, ensure_ascii=False) + "\n").encode("utf-8")
