"""Does it say "I do not know" when the documents do not tell, and only then?

The questions of ``data/unanswerable.jsonl`` are about other fields, other regulators, rules
that do not exist and facts that no document states; the bank's questions all have answers
in our notes.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from evals.bank import COLUMNS, Ask, Trial
from evals.datasets import json_lines, text
from evals.report import rounded

UNANSWERABLE = Path(__file__).parent / "data" / "unanswerable.jsonl"
_COLUMN = "with_notes"


def load_unanswerable(path: Path = UNANSWERABLE) -> dict[str, str]:
    """Question by id.

    Raises:
        SourceError: on a line without "id" or "question".
    """
    return {text(row, "id", where): text(row, "question", where) for where, row in json_lines(path)}


def measure_abstention(
    trials: Sequence[Trial], unanswerable: dict[str, str], ask: Ask, progress: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """Precision and recall of abstaining.

    Returns:
        ``recall``: share of the unanswerable questions that were not answered.
        ``precision``: share of all abstentions that were right; None when there were none.
        ``answered_wrongly``: ids of the unanswerable questions that got an answer.
    """
    answered = []
    for identity, question in unanswerable.items():
        if not ask(question, COLUMNS[_COLUMN]).abstained:
            answered.append(identity)
        progress()
    right = len(unanswerable) - len(answered)
    wrong = [trial.question.id for trial in trials if trial.column == _COLUMN and trial.abstained]
    return {
        "recall": rounded(right / len(unanswerable)),
        "precision": rounded(right / (right + len(wrong))) if right + len(wrong) else None,
        "n_unanswerable": len(unanswerable),
        "answered_wrongly": answered,
        "abstained_wrongly": wrong,
    }
