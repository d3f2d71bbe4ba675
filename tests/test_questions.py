import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import SourceError
from corpus.questions import PointKind, load_questions


def line(**changed: Any) -> dict[str, Any]:
    point = {"id": "must-1", "kind": "must", "text": "Orders meet.", "terms": [["order"], ["meet", "match"]]}
    return {
        "id": "q1",
        "level": "beginner",
        "topic": "orders",
        "question": "What do orders do?",
        "points": [point],
    } | changed


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "bank.jsonl"
    path.write_text("\n".join(text if isinstance(text, str) else json.dumps(text) for text in lines), "utf-8")
    return path


def test_a_bank_is_read_into_records(tmp_path: Path) -> None:
    (question,) = load_questions(written(tmp_path, line(), ""))
    (point,) = question.of_kind(PointKind.MUST)
    assert (question.id, question.level, question.topic) == ("q1", "beginner", "orders")
    assert point.terms == (("order",), ("meet", "match"))
    assert question.of_kind(PointKind.BONUS) == ()


def test_the_shipped_bank_is_sound() -> None:
    questions = load_questions()
    assert len(questions) >= 10
    assert all(question.of_kind(PointKind.MUST) and question.question.endswith("?") for question in questions)


def test_every_topic_of_the_bank_has_its_note() -> None:
    notes = {path.stem for path in (Path(__file__).parents[1] / "corpus" / "data" / "notes").glob("*.md")}
    assert {question.topic for question in load_questions()} <= notes


POINT = line()["points"][0]


@pytest.mark.parametrize(
    ("flawed", "said"),
    [
        ("{not json", "line 2: Expecting property name"),
        ([], "line 2: it is not a JSON object"),
        (line(id="q2", question=" "), "line 2: question 'q2' has no text under \"question\""),
        (line(id="q2", points="none"), "line 2: question 'q2' has no list \"points\""),
        (line(id="q2", points=[]), "no point of kind \"must\""),
        (line(id="q2", points=[POINT, POINT]), "two points with the same id"),
        (line(id="q2", points=[POINT | {"kind": "should"}]), "is of kind 'should', not one of: must, bonus"),
        (line(id="q2", points=[POINT | {"terms": []}]), "point 'must-1' of question 'q2' has no list \"terms\""),
        (line(id="q2", points=[POINT | {"terms": [["order"], []]}]), "is empty"),
        (line(id="q2", points=[POINT | {"terms": [["order"], [3]]}]), "is not a list of texts"),
        (line(), "line 2: id 'q1' is there twice"),
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_line(tmp_path: Path, flawed: object, said: str) -> None:
    path = written(tmp_path, line(), flawed)
    with pytest.raises(SourceError) as error:
        load_questions(path)
    assert str(path) in error.value.problem
    assert said in error.value.problem
    assert error.value.remedy


def test_a_missing_or_empty_bank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot read"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(SourceError, match="holds no questions"):
        load_questions(written(tmp_path, ""))
