"""A run of the bank for a terminal."""

from typing import Any

from evals.bank.totals import page_column, worst
from evals.bank.words import COLUMN_WORDS, FIGURE_WORDS
from evals.printing import interval_text, print_table, shown, with_interval

_WORST = 5


def print_bank(report: dict[str, Any]) -> None:
    """Figures by column, coverage by level, one line a question, then what needs attention."""
    columns = [column for column in COLUMN_WORDS if column in report]
    heads = [COLUMN_WORDS[column] for column in columns]
    figures = [name for name in FIGURE_WORDS if any(name in report[column] for column in columns)]
    print_table(
        ("all questions", *heads),
        [
            (
                FIGURE_WORDS[name],
                *(with_interval(report[c].get(name), report[c]["ci95"].get(name)) for c in columns),
            )
            for name in figures
        ],
    )
    levels = dict.fromkeys(level for column in columns for level in report[column]["must_by_level"])
    print_table(
        ("must points by level", *heads), [(level, *(_by_level(report[c], level) for c in columns)) for level in levels]
    )
    rows = {(row["id"], row["column"]): row for row in report["questions"]}
    names = dict.fromkeys(row["id"] for row in report["questions"])
    print_table(("question", *heads), [(name, *(_outcome(rows.get((name, c))) for c in columns)) for name in names])
    _print_abstention(report)
    _print_worst(report)
    if baseline := report.get("baseline"):
        _print_baseline(baseline, columns)


def _by_level(column: dict[str, Any], level: str) -> str:
    row = column["must_by_level"].get(level)
    return with_interval(row["must"], row["ci95"]) if row else "–"


def _outcome(row: dict[str, Any] | None) -> str:
    if row is None:
        return "–"
    if row["error"]:
        return f"error: {row['error'].splitlines()[0]}"
    if row["abstained"]:
        return "no answer"
    denied = f", contradicts {', '.join(row['contradictions'])}" if row["contradictions"] else ""
    leaked = f", {len(row['leaks'])} leaks" if row["leaks"] else ""
    return (
        f"must {shown(row['must'])}, bonus {shown(row['bonus'])}, "
        f"{row['verified']}/{row['citations']} quotes{denied}{leaked}"
    )


def _print_abstention(report: dict[str, Any]) -> None:
    abstention = report["abstention"]
    print(
        f"{report['n_questions']} questions. Of {abstention['n_unanswerable']} that have no answer, "
        f"{shown(abstention['recall'])} were left unanswered; "
        f"{shown(abstention['precision'])} of all abstentions were right."
    )
    if abstention["answered_wrongly"]:
        print(f"  answered all the same: {', '.join(abstention['answered_wrongly'])}")


def _print_worst(report: dict[str, Any]) -> None:
    column = page_column(report)
    if column is None:
        return
    print(f"The worst, {COLUMN_WORDS[column]}:")
    for row in worst([r for r in report["questions"] if r["column"] == column], _WORST):
        missing = [point["text"] for point in row["points"] if point["kind"] == "must" and not point["expressed"]]
        print(f"  {row['id']} ({_outcome(row)}) {row['question']}")
        for text in missing:
            print(f"      not said: {text}")


def _print_baseline(baseline: dict[str, Any], columns: list[str]) -> None:
    for column in columns:
        change = baseline[column]
        print(f"{COLUMN_WORDS[column]}: {change['mean']:+.3f} {interval_text(change['ci95'])} against the earlier run")
    if baseline["differs"]:
        print(f"The two runs were made with another {', '.join(baseline['differs'])}.")
    print("A significant loss." if baseline["significant_loss"] else "No significant loss.")
