import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import SourceError
from corpus.questions import PointKind, load_questions
from evals.bank.leaks import leaks

DATA = Path(__file__).parents[1] / "corpus" / "data"


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


LEVELS = {"beginner": 5, "intermediate": 10, "advanced": 10, "scenario": 10, "workflow": 10, "behavioral": 5}


def test_the_shipped_bank_has_the_fifty_questions_of_its_source() -> None:
    questions = load_questions()
    assert [q.id for q in questions] == [
        f"{level}-{n:02d}" for level, count in LEVELS.items() for n in range(1, count + 1)
    ]
    assert all(question.level == question.id.rpartition("-")[0] for question in questions)
    assert all(question.question.endswith("?") and not question.draft for question in questions)


def test_every_question_has_points_that_say_what_is_right_and_what_is_wrong() -> None:
    for question in load_questions():
        assert 3 <= len(question.of_kind(PointKind.MUST)) <= 8, question.id
        assert len(question.of_kind(PointKind.BONUS)) >= 2, question.id
        assert len(question.of_kind(PointKind.CONTRADICTION)) >= 2, question.id
        assert all(point.paraphrases for point in question.points), question.id


def test_every_question_names_its_notes() -> None:
    notes = {path.stem for path in DATA.joinpath("notes").glob("*.md")}
    assert all(question.notes and set(question.notes) <= notes for question in load_questions())
    assert len(notes) >= 35


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def test_no_note_repeats_a_point_so_that_finding_it_would_be_copying_it() -> None:
    notes = [(path.stem, path.read_text("utf-8")) for path in sorted(DATA.joinpath("notes").glob("*.md"))]
    assert [list(leaks(question, notes)) for question in load_questions()] == [[]] * 50


_COPIED_WORDS = 6  # in a row; only the name of a measure is as long
_NAME = "volume synchronized probability of informed trading"


def test_neither_bank_nor_notes_copy_the_wording_of_a_hint() -> None:
    seed = DATA.parents[2] / "shared" / "seeds" / "interview-question-bank.txt"
    if not seed.exists():
        pytest.skip("the bank's source is not at hand")
    hints = set().union(*(runs(line, _COPIED_WORDS) for line in seed.read_text("utf-8").splitlines()))
    hints -= runs(_NAME, _COPIED_WORDS)
    ours = [
        (q.id, " . ".join([q.question, *(t for p in q.points for t in (p.text, *p.paraphrases))]))
        for q in load_questions()
    ]
    ours += [(path.stem, path.read_text("utf-8")) for path in sorted(DATA.joinpath("notes").glob("*.md"))]
    copied = {name: " ".join(run) for name, text in ours for run in runs(text, _COPIED_WORDS) & hints}
    assert not copied


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
