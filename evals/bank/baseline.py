"""A run of the bank beside an earlier one, question by question."""

from typing import Any

from corpus.errors import SourceError
from evals.bank.runs import Run
from evals.metrics import paired_difference


def compare_runs(ours: Run, theirs: Run) -> dict[str, Any]:
    """Paired differences in must coverage, ours minus theirs, by column.

    Returns:
        For each column of both runs the mean difference, its 95 % interval, how many questions
        both hold and which of them got worse; ``significant_loss`` is True when a whole
        interval lies below 0; ``differs`` names what the two were made with differently.

    Raises:
        SourceError: if the runs have no question in common.
    """
    differs = [name for name, value in ours.fingerprint.items() if theirs.fingerprint.get(name) != value]
    report: dict[str, Any] = {"significant_loss": False, "differs": differs}
    for column in ours.columns:
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


def _must(run: Run, column: str) -> dict[str, float]:
    return {str(row["id"]): float(row["must"] or 0.0) for row in run.of("question", column)}
