"""Reports as small tables for a terminal."""

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def print_report(report: dict[str, Any], what: str) -> None:
    """Print the report of ``bank``, ``retrieval``, ``pages``, ``compare`` or ``references``."""
    _PRINTERS[what](report)


def _print_bank(report: dict[str, Any]) -> None:
    columns = ("with_notes", "without_notes")
    rows = [
        (name.replace("_", " "), *(_with_interval(report[c][name], report[c]["ci95"].get(name)) for c in columns))
        for name in _BANK_ROWS
    ]
    _table(("all questions", "with our notes", "without them"), rows)
    by_question = {(row["id"], row["column"]): row for row in report["questions"]}
    names = dict.fromkeys(row["id"] for row in report["questions"])
    details = [(name, *(_outcome(by_question[name, column]) for column in columns)) for name in names]
    _table(("question", "with our notes", "without them"), details)
    abstention = report["abstention"]
    print(
        f"{report['n_questions']} questions. Of {abstention['n_unanswerable']} that have no answer, "
        f"{_shown(abstention['recall'])} were left unanswered; "
        f"{_shown(abstention['precision'])} of all abstentions were right."
    )
    if baseline := report.get("baseline"):
        for column in columns:
            change = baseline[column]
            print(f"{column}: {change['mean']:+.3f} {_range(change['ci95'])} against the earlier run")
        print("A significant loss." if baseline["significant_loss"] else "No significant loss.")


def _outcome(row: dict[str, Any]) -> str:
    if row["error"]:
        return f"error: {row['error'].splitlines()[0]}"
    if row["abstained"]:
        return "no answer"
    denied = f", contradicts {', '.join(row['contradictions'])}" if row["contradictions"] else ""
    return (
        f"must {_shown(row['must'])}, bonus {_shown(row['bonus'])}, {row['verified']}/{row['citations']} quotes{denied}"
    )


_BANK_ROWS = (
    "must", "bonus", "contradictions", "citations", "verified_share", "citation_recall",
    "abstained", "errors", "latency_ms_median", "latency_ms_worst",
)  # fmt: skip


def _print_retrieval(report: dict[str, Any]) -> None:
    measures = list(report["ci95"])
    rows = [
        (m, _with_interval(report[m], report["ci95"][m]), _shown(report["bm25"][m]), _shown(report["dense"][m]))
        for m in measures
    ]
    _table(("measure", "fused", "BM25 alone", "vectors alone"), rows)
    print(f"{report['n_queries']} queries over {report['n_passages']} passages, {report['seconds']['total']:.0f} s.")
    for note in report["notes"]:
        print(f"  note: {note}")


def _print_pages(report: dict[str, Any]) -> None:
    rows = [
        (m, *(_with_interval(report[side][m], report["ci95"][side][m]) for side in ("shared", "single")))
        for m in report["shared"]
    ]
    _table(("pages found", "over all documents", "within the right one"), rows)
    print(f"{report['n_questions']} questions over {report['n_documents']} documents, {report['seconds']:.0f} s.")
    for stem in report["missing_documents"]:
        print(f"  not in the library: {stem}")


def _print_compare(report: dict[str, Any]) -> None:
    print(
        f"{len(report['found'])} of {len(report['found']) + len(report['missed'])} known changes found "
        f"({report['recall']:.2f} {_range(report['ci95'])}) in {report['n_rows']} rows."
    )
    for identity in report["missed"]:
        print(f"  missed: {identity}")
    for error in report["errors"]:
        print(f"  {error['a']} and {error['b']}: {error['reason']}\n    → {error['remedy']}")


def _print_references(report: dict[str, Any]) -> None:
    rows = [
        (name, *map(_shown, (row["n_labelled"], row["n_ours"], row["precision"], row["recall"])))
        for name, row in {"found": report["found"], "right": report["right"], **report["by_kind"]}.items()
    ]
    _table(("references", "labelled", "ours", "precision", "recall"), rows)
    points = report["points_to"]
    print(
        f"Of {points['n_labelled']} that point within their document, {points['n_right']} point right; "
        f"{points['n_ours']} of ours point. {report['n_passages']} passages."
    )
    for place in report["lost"]:
        print(f"  not found: {place}")


_PRINTERS: dict[str, Callable[[dict[str, Any]], None]] = {
    "bank": _print_bank,
    "retrieval": _print_retrieval,
    "pages": _print_pages,
    "compare": _print_compare,
    "references": _print_references,
}


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = Table(box=None, header_style="bold")
    for number, name in enumerate(names):
        table.add_column(name, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _with_interval(value: float | None, interval: Sequence[float] | None) -> str:
    return f"{_shown(value)} {_range(interval)}" if interval else _shown(value)


def _range(interval: Sequence[float]) -> str:
    return f"({interval[0]:.3f} to {interval[1]:.3f})"


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
