"""A run of the bank beside an earlier one, question by question."""

import json
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from evals.bank import COLUMNS
from evals.metrics import paired_difference


def load_run(path: Path) -> dict[str, Any]:
    """What ``reglens eval bank --json`` printed.

    Raises:
        SourceError: if the file is not that.
    """
    remedy = "make one with `reglens eval bank --json > RUN.json`"
    try:
        run = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise SourceError(f"cannot read the earlier run {path}: {error}", remedy=remedy) from error
    rows = run.get("questions") if isinstance(run, dict) else None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and {"id", "column", "must"} <= row.keys() for row in rows
    ):
        raise SourceError(f"{path} is not a run of the bank", remedy=remedy)
    return {"questions": rows}


def compare_runs(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Paired differences in must coverage, ours minus theirs, by column.

    Returns:
        For each column the mean difference, its 95 % interval, how many questions both runs
        hold and which of them got worse; ``significant_loss`` is True when a whole interval
        lies below 0.

    Raises:
        SourceError: if the runs have no question in common.
    """
    report: dict[str, Any] = {"significant_loss": False}
    for column in COLUMNS:
        now, before = _must(ours, column), _must(theirs, column)
        shared = [identity for identity in now if identity in before]
        if not shared:
            raise SourceError(
                f"the earlier run and this one have no question in common ({column})",
                remedy="name a run of the same question bank with --baseline",
            )
        difference = paired_difference([now[i] for i in shared], [before[i] for i in shared])
        worse = [i for i in shared if now[i] < before[i]]
        report[column] = difference.as_json() | {"n_shared": len(shared), "worse": worse}
        report["significant_loss"] = report["significant_loss"] or difference.is_loss
    return report


def _must(run: dict[str, Any], column: str) -> dict[str, float]:
    return {str(row["id"]): float(row["must"] or 0.0) for row in run["questions"] if row["column"] == column}
