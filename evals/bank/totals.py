"""The figures of a run, computed from its raw rows and nothing else."""

from collections.abc import Sequence
from typing import Any

from evals.bank.abstention import abstention
from evals.bank.runs import Row, Run
from evals.bank.trials import COLUMNS
from evals.metrics import bootstrap_interval
from evals.report import rounded

ANSWERED_COLUMN = "with_notes"  # every question of the bank has an answer there


def bank_report(run: Run) -> dict[str, Any]:
    """Figures by column, those of abstaining, and the raw rows."""
    answerable = run.of("question", ANSWERED_COLUMN)
    return {
        "n_questions": len({row["id"] for row in run.of("question")}),
        **{column: overall(run.of("question", column)) for column in run.columns},
        "abstention": abstention(answerable, run.of("unanswerable")),
        "made_with": run.fingerprint,
        "questions": run.of("question"),
        "unanswerable": run.of("unanswerable"),
    }


def overall(rows: Sequence[Row]) -> dict[str, Any]:
    """Figures of one column.

    ``must`` and ``bonus`` are means over every question that was asked, answered or not.
    ``contradicting`` is the share of questions whose answer states a contradiction.
    ``citation_precision`` is over all citations, ``citation_recall`` over all claims,
    ``verified_share`` and ``right_page`` over all citations (``right_page``: of those whose
    quote stands anywhere in the document); ``note_recall`` over the questions with gold
    notes. A figure over nothing is None.
    """
    latencies = sorted(row["latency_ms"] for row in rows)
    values: dict[str, list[float]] = {
        "must": [row["must"] or 0.0 for row in rows],
        "bonus": [row["bonus"] or 0.0 for row in rows if row["bonus"] is not None],
        "contradicting": [float(bool(row["contradictions"])) for row in rows],
        "note_recall": [row["note_recall"] for row in rows if row["note_recall"] is not None],
    }
    counted = {name: sum(row[name] for row in rows) for name in _COUNTS}
    standing = counted["verified"] + counted["wrong_page"]
    return {
        **{name: _mean(of_name) for name, of_name in values.items()},
        "ci95": {name: bootstrap_interval(of_name).as_json() for name, of_name in values.items() if of_name},
        "must_by_level": _by(rows, "level"),
        "must_by_topic": _by(rows, "topic"),
        "contradictions": sum(len(row["contradictions"]) for row in rows),
        "suspected": sum(len(row["suspected"]) for row in rows),
        "citations": counted["citations"],
        "verified_share": _share(counted["verified"], counted["citations"]),
        "right_page": _share(counted["verified"], standing),
        "citation_precision": _share(counted["supporting"], counted["citations"]),
        "citation_recall": _share(counted["supported_claims"], counted["claims"]),
        **_second_judge(rows),
        "abstained": sum(row["abstained"] for row in rows),
        "errors": sum(bool(row["error"]) for row in rows),
        "leaks": sum(len(row["leaks"]) for row in rows),
        "latency_ms_median": round(latencies[len(latencies) // 2], 1) if rows else None,
        "latency_ms_worst": round(latencies[-1], 1) if rows else None,
    }


def _second_judge(rows: Sequence[Row]) -> dict[str, Any]:
    """Must coverage by the language model that judged too; rows on which it failed count as zero, and are counted."""
    judged = [row for row in rows if "judge_must" in row]
    if not judged:
        return {}
    return {
        "must_by_judge": _mean([row["judge_must"] or 0.0 for row in judged]),
        "judge_errors": sum(bool(row["judge_error"]) for row in judged),
    }


_COUNTS = ("citations", "verified", "wrong_page", "supporting", "claims", "supported_claims")


def _by(rows: Sequence[Row], name: str) -> dict[str, dict[str, Any]]:
    """Must coverage by level or topic, in the order of the bank."""
    found = {}
    for value in dict.fromkeys(row[name] for row in rows):
        must = [row["must"] or 0.0 for row in rows if row[name] == value]
        found[value] = {"must": _mean(must), "n": len(must), "ci95": bootstrap_interval(must).as_json()}
    return found


def _share(part: int, whole: int) -> float | None:
    return rounded(part / whole) if whole else None


def _mean(values: Sequence[float]) -> float | None:
    return rounded(sum(values) / len(values)) if values else None


def page_column(report: dict[str, Any]) -> str | None:
    """The column whose single answers are shown: with our notes, else the last that was run; None without any."""
    run = [column for column in COLUMNS if column in report]
    return ANSWERED_COLUMN if ANSWERED_COLUMN in run else next(reversed(run), None)


def worst(rows: Sequence[Row], count: int | None = None) -> list[Row]:
    """The rows that went worst, or all: errors, then contradictions, then least must coverage."""
    return sorted(rows, key=lambda r: (not r["error"], -len(r["contradictions"]), r["must"] or 0.0))[:count]
