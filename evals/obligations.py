"""Whether single sentences bind someone, against a data set of sentences labelled by others.

The split is fixed by the sentence itself: where the last hexadecimal digit of the SHA-1 of the
sentence, white space folded, is even, it is of the part "dev", else of "check". A sentence that stands
in the file twice is thus in one part only.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from evals.datasets import read_file
from evals.impact_labels import check_of
from evals.metrics import bootstrap_ratio
from evals.report import rounded
from rag.obligations import is_obligation

KEYWORDS = re.compile(r"\b(?:shall|must|required)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence, and whether it binds."""

    text: str
    binds: bool

    @property
    def part(self) -> str:
        """The half it belongs to, by its own words."""
        return "check" if int(check_of(self.text)[-1], 16) % 2 else "dev"


def load_sentences(path: Path) -> tuple[LabelledSentence, ...]:
    """Read a list of objects with "Text" and "Obligation".

    Raises:
        SourceError: if the file cannot be read, or is no such list; the message names the entry.
    """
    try:
        rows = json.loads(read_file(path))
    except json.JSONDecodeError as error:
        raise SourceError(f"{path} is not JSON: {error.msg}", remedy="check the path") from error
    if not isinstance(rows, list) or not rows:
        raise SourceError(f"{path} is not a list of sentences", remedy="check the path")
    return tuple(_sentence(row, f"{path}, entry {number}") for number, row in enumerate(rows, start=1))


def _sentence(row: Any, where: str) -> LabelledSentence:
    text = row.get("Text") if isinstance(row, dict) else None
    binds = row.get("Obligation") if isinstance(row, dict) else None
    if not isinstance(text, str) or not isinstance(binds, bool):
        raise SourceError(f'{where} has no "Text" with an "Obligation"', remedy="mend that entry")
    return LabelledSentence(text, binds)


def evaluate_obligations(
    sentences: Sequence[LabelledSentence], classify: Callable[[str], bool] = is_obligation
) -> dict[str, Any]:
    """Precision, recall and F1 of a classifier, beside two floors, for each part of the split.

    Args:
        sentences: at least one.
        classify: whether a sentence binds someone.

    Returns:
        For "dev" and "check", how many sentences and how many bind, and the measures of ``ours``, of
        ``majority`` (every sentence has the commoner label of "dev") and of ``keyword`` (shall, must, required).
    """
    dev = [sentence.binds for sentence in sentences if sentence.part == "dev"]
    commoner = 2 * sum(dev) >= len(dev)
    rivals: dict[str, Callable[[str], bool]] = {
        "ours": classify,
        "majority": lambda _: commoner,
        "keyword": lambda text: KEYWORDS.search(text) is not None,
    }
    report: dict[str, Any] = {"n_sentences": len(sentences)}
    for part in ("dev", "check"):
        rows = [sentence for sentence in sentences if sentence.part == part]
        gold = [row.binds for row in rows]
        report[part] = {
            "n": len(rows),
            "n_binding": sum(gold),
            **{name: scores(gold, [rival(row.text) for row in rows]) for name, rival in rivals.items()},
        }
    return report


def scores(gold: Sequence[bool], given: Sequence[bool]) -> dict[str, Any]:
    """Precision, recall and F1 of the positive class, with 95 % intervals (bootstrap over sentences).

    Args:
        gold: the labels.
        given: what was said of the same sentences.

    Returns:
        Counts, and each measure; one that would be divided by nothing is None.
    """
    hits = [float(a and b) for a, b in zip(gold, given, strict=True)]
    both = [float(a) + float(b) for a, b in zip(gold, given, strict=True)]
    measures = {
        "precision": (hits, [float(value) for value in given]),
        "recall": (hits, [float(value) for value in gold]),
        "f1": ([2 * hit for hit in hits], both),
    }
    found = {name: pair for name, pair in measures.items() if sum(pair[1])}
    return {
        "n_given": sum(given),
        "n_right": int(sum(hits)),
        **{name: rounded(sum(a) / sum(b)) if sum(b) else None for name, (a, b) in measures.items()},
        "ci95": {name: bootstrap_ratio(a, b).as_json() for name, (a, b) in found.items()},
    }
