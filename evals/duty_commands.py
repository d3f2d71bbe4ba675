"""`reglens eval impact` and `reglens eval obligations`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.terminal import Folder, Json, show


def impact_command(
    context: typer.Context,
    labels: Annotated[
        Path | None, typer.Argument(help="Other labels, in the form of ours.", show_default=False)
    ] = None,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Compare the obligations found in documents with labels written by hand."""
    from evals.impact import evaluate_impact
    from evals.impact_labels import LABELS, load_impact_labels

    wanted = load_impact_labels(labels or LABELS)
    report = evaluate_impact(context.obj[0](library), wanted)
    show(report, _print_impact, json_output=json_output)
    if report["lost"] or report["missing_documents"]:
        raise typer.Exit(1)


def obligations_command(
    sentences: Annotated[
        Path, typer.Argument(help="A JSON list of objects with Text and Obligation.", show_default=False)
    ],
    json_output: Json = False,
) -> None:
    """Tell sentences that bind someone from others, beside two simple ways to do so."""
    from evals.obligations import evaluate_obligations, load_sentences

    show(evaluate_obligations(load_sentences(sentences)), _print_obligations, json_output=json_output)


def _print_impact(report: dict[str, Any]) -> None:
    from evals.printing import print_table

    parts = ("dev", "check", "all")
    rows = [(_NAMES[name], *(_counted(report[part][name]) for part in parts)) for name in report["all"]]
    print_table(("sentences", *parts), rows)
    for name, sentences in {"missed": report["missed"], "wrongly listed": report["listed"], **report["wrong"]}.items():
        if sentences:
            print(f"  {name}: {', '.join(sentences)}")
    for document in report["missing_documents"]:
        print(f"  not in the library; its sentences count as missed: {document}")
    for identity in report["lost"]:
        print(f"  not in its document any more, counts as missed: {identity}")


def _counted(row: dict[str, Any]) -> str:
    from evals.printing import with_interval

    return f"{row['n']}/{row['of']} {with_interval(row['share'], row['ci95'])}"


def _print_obligations(report: dict[str, Any]) -> None:
    from evals.printing import print_table, with_interval

    for part in ("dev", "check"):
        measured = report[part]
        print(f"{part}: {measured['n']} sentences, of which {measured['n_binding']} bind someone")
        rows = [
            (name, *(with_interval(measured[way][m], measured[way]["ci95"].get(m)) for m in _MEASURES))
            for way, name in _WAYS.items()
        ]
        print_table(("way", *_MEASURES), rows)


_NAMES = {
    "listed_itself": "binding, listed",
    "found": "binding, or restated",
    "wrongly_listed": "not binding, listed",
    "actor": "found, actor right",
    "modality": "found, modality right",
    "deadline": "found, deadline right",
    "threshold": "found, threshold right",
    "action": "found, act right",
}
_MEASURES = ("precision", "recall", "f1")
_WAYS = {"ours": "ours", "majority": "the commoner label for all", "keyword": "shall, must or required"}
