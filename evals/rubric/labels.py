"""Texts that people have held against rubric points, to measure the scorer by.

``evals/data/point_labels.jsonl``: each line is one text (an answer, a part of one, or a
passage of a note) and one point of a bank question. ``stated`` is the label: does the text
say what the point says, be it in other words? For a contradiction: does it claim the wrong
thing? Two readers labelled every line apart (``readers``), before any verdict of the scorer
was seen; where they differed, a third reading decided. Lines of one question are all in the
same ``half``: "choose" to choose weights on, "check" to measure on. The signs themselves were
looked for on both halves; "fresh" texts were written, answered and labelled after the scorer
was settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from corpus.questions import Point, Question
from evals.datasets import json_lines, text

LABELS = Path(__file__).parents[1] / "data" / "point_labels.jsonl"
HALVES = ("choose", "check", "fresh")


@dataclass(frozen=True, slots=True)
class Label:
    """One text held against one point.

    Attributes:
        question: the point's question; its other points matter for contradictions.
        source: where the text is from: "answer", "passage" or "candidate" (an answer written for this purpose).
        readers: what each reader said before they were compared.
    """

    id: str
    question: Question
    point: Point
    text: str
    source: str
    stated: bool
    readers: tuple[bool, ...]
    half: str


def load_labels(questions: Sequence[Question], path: Path = LABELS) -> list[Label]:
    """Read labels of a bank's points.

    Raises:
        SourceError: on a line that is no label, or of a point that the bank does not have.
    """
    points = {(q.id, p.id): (q, p) for q in questions for p in q.points}
    labels = []
    for where, row in json_lines(path):
        key = text(row, "question", where), text(row, "point", where)
        if key not in points:
            raise SourceError(f"{where}: the bank has no point {key[1]} of {key[0]}", remedy="mend or remove the line")
        half, stated, readers = row.get("half"), row.get("stated"), row.get("readers", [])
        if half not in HALVES or not isinstance(stated, bool) or not all(isinstance(r, bool) for r in readers):
            raise SourceError(
                f'{where}: "half", "stated" or "readers" is not what it should be', remedy="mend the line"
            )
        said = text(row, "text", where)
        source = text(row, "source", where)
        labels.append(Label(text(row, "id", where), *points[key], said, source, stated, tuple(readers), half))
    return labels
