"""`reglens eval scorer`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evals.terminal import Json, check_known, show

if TYPE_CHECKING:
    from evals.rubric.agreement import Judge


def scorer_command(
    half: Annotated[
        str, typer.Option("--half", help='"fresh" (labelled after the scorer was settled), "check", "choose" or "all".')
    ] = "fresh",
    labels: Annotated[
        Path | None, typer.Option("--labels", help="Other labels, in the form of ours.", show_default=False)
    ] = None,
    judge: Annotated[
        str | None,
        typer.Option("--judge", help="Measure a chat model in place of the scorer.", show_default=False),
    ] = None,
    choose: Annotated[
        Path | None,
        typer.Option("--choose", help='Choose weights on the half "choose" and write them here.', show_default=False),
    ] = None,
    json_output: Json = False,
) -> None:
    """Measure how far the scorer agrees with people, on texts they held against rubric points."""
    from corpus.errors import ConfigError
    from corpus.questions import load_questions
    from evals.rubric.agreement import agreement, verdicts
    from evals.rubric.labels import HALVES, LABELS, load_labels

    check_known("--half", [half], (*HALVES, "all"))
    known = load_labels(load_questions(), labels or LABELS)
    if choose is not None:
        _choose([label for label in known if label.half == "choose"], choose)
    used = [label for label in known if half in (label.half, "all")]
    if not used:
        raise ConfigError(f"there are no labels in the half {half!r}", remedy="use --half all")
    measured = _judge(judge, choose)
    report = {"half": half, "judge": judge or "scorer", **agreement(used, verdicts(measured, used))}
    show(report, _print, json_output=json_output)


def _judge(model: str | None, weights: Path | None) -> "Judge":
    from evals.rubric.judge import ModelJudge
    from evals.rubric.scorer import SHIPPED, default_scorer
    from rag.models import load_chat

    return ModelJudge(load_chat(model)) if model else default_scorer(weights or SHIPPED)


def _choose(labels: list[Any], out: Path) -> None:
    from evals.rubric.choosing import choose_weights
    from evals.rubric.scorer import Scorer, bank_statements, read_weights, scoring_model

    embedder = scoring_model()
    weights = choose_weights(Scorer(embedder, read_weights(), bank_statements()), labels)
    chosen = {"embedder": embedder.name, "labels": len(labels), "weights": weights.as_json()}
    out.write_text(json.dumps(chosen, indent=2) + "\n", "utf-8")


def _print(report: dict[str, Any]) -> None:
    from evals.printing import interval_text, print_table, shown

    rows = [
        (
            name,
            *map(shown, (row["n"], row["n_stated"])),
            shown(row["kappa"]),
            interval_text(row["ci95"]["kappa"]),
            *map(shown, (row["precision"], row["recall"])),
        )
        for name, row in report.items()
        if isinstance(row, dict) and "ci95" in row
    ]
    print_table(("verdicts", "n", "stated", "kappa", "95 %", "precision", "recall"), rows)
    if (readers := report["readers"])["kappa"] is not None:
        print(f"The two readers agreed with each other with a kappa of {readers['kappa']:.3f} ({readers['n']} texts).")
