"""`reglens eval followups`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.terminal import Folder, Json, show


def followups_command(
    context: typer.Context,
    cases: Annotated[Path | None, typer.Argument(help="Other cases, in the form of ours.", show_default=False)] = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Read follow-up questions, and questions that are none, after those before them."""
    from evals.followups import FOLLOWUPS, evaluate_followups, load_cases

    wanted = load_cases(cases or FOLLOWUPS)
    report = evaluate_followups(context.obj[0](library).documents(), wanted)
    show(report, _print, json_output=json_output)


def _print(report: dict[str, Any]) -> None:
    leaning, others = report["filled_in"], report["left_alone"]
    print(f"{leaning['right']} of {leaning['n']} follow-ups are asked with every keyword,")
    print(f"{leaning['with_documents']} of them of the right documents.")
    print(f"{others['right']} of {others['n']} new questions stay as they are.")
    for row in report["wrong"]:
        print(f"  {row['id']}: {row['question']} → {row['asked']}")
