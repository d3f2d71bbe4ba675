"""A person's second look at single verdicts, kept apart from the scorer's.

Lines of JSON: ``{"id", "column", "point", "stated", "why"}``. The raw figures of a run are
never changed; adjudicated ones are shown beside them.
"""

from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from evals.bank.runs import Row, Run
from evals.datasets import json_lines, text
from evals.report import rounded


def adjudicate(run: Run, path: Path) -> dict[str, Any]:
    """Must coverage by column with the corrected verdicts in place.

    Returns:
        For each column ``must`` as scored, ``must_adjudicated``, and how many verdicts were
        looked at and changed.

    Raises:
        SourceError: on a line that names no verdict of the run.
    """
    stated: dict[tuple[str, str, str], bool] = {}
    known = {(r["id"], r["column"], p["id"]) for r in run.of("question") for p in r["points"]}
    for where, row in json_lines(path):
        key = (text(row, "id", where), text(row, "column", where), text(row, "point", where))
        if key not in known or not isinstance(row.get("stated"), bool):
            raise SourceError(f"{where}: the run has no such verdict, or \"stated\" is not true or false",
                              remedy="mend or remove the line")  # fmt: skip
        stated[key] = row["stated"]
    report = {}
    for column in run.columns:
        rows = run.of("question", column)
        mine = {key: value for key, value in stated.items() if key[1] == column}
        changed = sum(value != _verdict(rows, key) for key, value in mine.items())
        report[column] = {
            "must": _mean(rows, {}),
            "must_adjudicated": _mean(rows, mine),
            "looked_at": len(mine),
            "changed": changed,
        }
    return report


def _verdict(rows: list[Row], key: tuple[str, str, str]) -> bool:
    points = next(row["points"] for row in rows if row["id"] == key[0])
    return next(bool(point["expressed"]) for point in points if point["id"] == key[2])


def _mean(rows: list[Row], stated: dict[tuple[str, str, str], bool]) -> float:
    shares = []
    for row in rows:
        musts = [p for p in row["points"] if p["kind"] == "must"]
        said = [stated.get((row["id"], row["column"], p["id"]), p["expressed"]) for p in musts]
        shares.append(sum(said) / len(said) if said else 0.0)
    return rounded(sum(shares) / len(shares))
