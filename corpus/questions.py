"""The question bank: questions, and what a good answer to each must say.

A bank is a file of JSON lines. Each line is one question with its points; whether an answer
states a point is judged by its terms, one alternative of each group, and by its paraphrases
(``evals/rubric/scorer.py``).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.errors import SourceError

BANK = Path(__file__).parent / "data" / "question_bank.jsonl"


class PointKind(StrEnum):
    """What a point means for an answer."""

    MUST = "must"
    BONUS = "bonus"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that an answer should say, or must not say.

    Attributes:
        id: unique within its question, "must-1".
        text: the point in our own words.
        terms: groups of alternatives; one alternative of every group is needed.
        paraphrases: other ways to say it; a text that is like one of them may state the point too.
    """

    id: str
    kind: PointKind
    text: str
    terms: tuple[tuple[str, ...], ...]
    paraphrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the bank.

    Attributes:
        level: group of the bank, "beginner" or "scenario".
        topic: field of the question, "order-flow"; figures are shown by it.
        notes: names of the answer notes that treat it, which retrieval should find; may be empty.
        draft: the wording was made by a machine from the hint, and should be written anew.
    """

    id: str
    level: str
    topic: str
    question: str
    points: tuple[Point, ...]
    notes: tuple[str, ...] = ()
    draft: bool = False

    def of_kind(self, kind: PointKind) -> tuple[Point, ...]:
        """The points of one kind, in order."""
        return tuple(point for point in self.points if point.kind is kind)


def load_questions(path: Path = BANK) -> tuple[Question, ...]:
    """Read a bank.

    Raises:
        SourceError: if the file cannot be read, or a line is not a question with points;
            the message names the line.
    """
    try:
        lines = path.read_text("utf-8").split("\n")  # and nowhere else: JSON may hold other line ends in its texts
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot read the question bank {path}: {error}", remedy="check the path") from error
    questions: dict[str, Question] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = question_of(json.loads(line))
        except (json.JSONDecodeError, Flaw) as error:
            raise SourceError(f"{path}, line {number}: {error}", remedy="mend that line") from error
        if question.id in questions:
            raise SourceError(f"{path}, line {number}: id {question.id!r} is there twice", remedy="rename one of them")
        questions[question.id] = question
    if not questions:
        raise SourceError(f"{path} holds no questions", remedy='write one JSON object with "question" a line')
    return tuple(questions.values())


class Flaw(ValueError):
    """What is wrong with a line, in words."""


def question_of(values: Any) -> Question:
    """A question from what its line of JSON says.

    Raises:
        Flaw: if that is not a question with points.
    """
    if not isinstance(values, dict):
        raise Flaw("it is not a JSON object")
    where = f"question {values.get('id')!r}"
    if not isinstance(values.get("points"), list):
        raise Flaw(f'{where} has no list "points"')
    points = tuple(_point(value, where) for value in values["points"])
    if len({point.id for point in points}) < len(points):
        raise Flaw(f"{where} has two points with the same id")
    if not any(point.kind is PointKind.MUST for point in points):
        raise Flaw(f'{where} has no point of kind "must", so no answer to it could be scored')
    return Question(
        id=_text(values, "id", where),
        level=_text(values, "level", where),
        topic=_text(values, "topic", where),
        question=_text(values, "question", where),
        points=points,
        notes=_texts(values.get("notes", []), f'"notes" of {where}'),
        draft=bool(values.get("draft")),
    )


def question_json(question: Question) -> str:
    """A question as its line of a bank, without the line's end; :func:`load_questions` reads it back as it was."""
    values = asdict(question)
    values["points"] = [_without_empty(point, "paraphrases") for point in values["points"]]
    return json.dumps(_without_empty(values, "notes", "draft"), ensure_ascii=False)


def _without_empty(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value or name not in names}


def _point(values: Any, where: str) -> Point:
    if not isinstance(values, dict):
        raise Flaw(f"a point of {where} is not a JSON object")
    here = f"point {values.get('id')!r} of {where}"
    kinds = [kind.value for kind in PointKind]
    if values.get("kind") not in kinds:
        raise Flaw(f"{here} is of kind {values.get('kind')!r}, not one of: {', '.join(kinds)}")
    groups = values.get("terms")
    if not isinstance(groups, list) or not groups:
        raise Flaw(f'{here} has no list "terms"')
    terms = tuple(_texts(group, f'a group of "terms" of {here}') for group in groups)
    if not all(terms):
        raise Flaw(f'a group of "terms" of {here} is empty')
    paraphrases = _texts(values.get("paraphrases", []), f'"paraphrases" of {here}')
    return Point(_text(values, "id", here), PointKind(values["kind"]), _text(values, "text", here), terms, paraphrases)


def _text(values: Mapping[str, Any], name: str, where: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Flaw(f'{where} has no text under "{name}"')
    return value


def _texts(values: Any, where: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise Flaw(f"{where} is not a list of texts")
    return tuple(values)
