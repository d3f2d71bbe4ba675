"""Does it say "I do not know" when the documents do not tell, and only then?

The questions of ``data/unanswerable.jsonl`` are about other fields, other regulators, rules
that do not exist, premises that are false and facts that no document states; the bank's
questions all have answers in our notes.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.datasets import json_lines, text
from evals.metrics import bootstrap_interval
from evals.report import rounded

UNANSWERABLE = Path(__file__).parents[1] / "data" / "unanswerable.jsonl"


def load_unanswerable(path: Path = UNANSWERABLE) -> dict[str, tuple[str, str]]:
    """Why there is no answer, and the question, by id.

    Raises:
        SourceError: on a line without "id", "why" or "question".
    """
    return {
        text(row, "id", where): (text(row, "why", where), text(row, "question", where))
        for where, row in json_lines(path)
    }


def abstention(answerable: Sequence[dict[str, Any]], unanswerable: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Precision and recall of abstaining.

    Args:
        answerable: rows of questions that the documents answer.
        unanswerable: rows of questions that they do not; one that ended in an error was not abstained from.

    Returns:
        ``recall``: share of the unanswerable questions that were not answered.
        ``precision``: share of all abstentions that were right; None when there were none.
        ``answered_wrongly``: ids of the unanswerable questions that got an answer, or an error.
    """
    right = [float(row["abstained"]) for row in unanswerable]
    wrong = [row["id"] for row in answerable if row["abstained"]]
    abstained = sum(right) + len(wrong)
    return {
        "recall": rounded(sum(right) / len(right)) if right else None,
        "ci95": {"recall": bootstrap_interval(right).as_json()} if right else {},
        "precision": rounded(sum(right) / abstained) if abstained else None,
        "n_unanswerable": len(right),
        "by_why": {
            why: f"{sum(r['abstained'] for r in unanswerable if r['why'] == why):d} of "
            f"{sum(r['why'] == why for r in unanswerable):d}"
            for why in dict.fromkeys(r["why"] for r in unanswerable)
        },
        "answered_wrongly": [row["id"] for row in unanswerable if not row["abstained"]],
        "abstained_wrongly": wrong,
    }
