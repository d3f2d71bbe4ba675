"""What a run is made of and held against: files, earlier runs, banks."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ConfigError, SourceError
from evals.bank.baseline import compare_runs
from evals.bank.exam import load_exam
from evals.bank.leaks import leaks
from evals.bank.runs import Run, load_run
from evals.bank.trials import COLUMNS
from tests.bank_run import MADE_WITH, QUESTION


def test_a_passage_that_repeats_a_point_is_a_leak_even_in_a_document_that_is_no_bank() -> None:
    text = "A resting order must wait its turn behind all others at one price."
    leaky = replace(QUESTION, points=(replace(QUESTION.points[0], text=text),))
    copied = f"Somebody's notes say: {text.upper()} So much for that."
    found = list(
        leaks(leaky, [("Copied", copied), ("Own words", "Orders at one price queue by their time of arrival.")])
    )
    assert len(found) == 1
    assert found[0].startswith("Copied: ")


def run(**must: float) -> Run:
    rows = [{"row": "question", "id": i, "column": c, "must": m, "error": ""} for i, m in must.items() for c in COLUMNS]
    return Run(MADE_WITH, tuple(rows))


def test_a_loss_on_every_question_is_significant_and_one_that_evens_out_is_not() -> None:
    before = run(q1=0.5, q2=1.0, q3=0.75)
    lost = compare_runs(run(q1=0.25, q2=0.75, q3=0.5), before)
    assert lost["significant_loss"]
    assert (lost["with_notes"]["mean"], lost["with_notes"]["ci95"]) == (-0.25, [-0.25, -0.25])
    assert lost["with_notes"]["worse"] == ["q1", "q2", "q3"]
    assert not compare_runs(run(q1=1.0, q2=0.5, q3=0.75), before)["significant_loss"]


def test_only_questions_of_both_runs_are_compared_and_what_differs_is_named() -> None:
    found = compare_runs(run(q1=0.5, q2=0.0), replace(run(q1=0.5, q9=1.0), fingerprint=MADE_WITH | {"model": "m"}))
    assert (found["with_notes"]["n_shared"], found["with_notes"]["mean"]) == (1, 0.0)
    assert found["differs"] == ["model"]
    with pytest.raises(SourceError, match="no question in common"):
        compare_runs(run(q1=0.5), run(q9=1.0))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not json\nat all", "line 1 is not JSON"),
        ("[]", "no row of a run"),
        ('{"row": "question", "id": "q1"}', "not a run of the bank"),
        ('{"row": "run", "fingerprint": {}}\n{"row": "other"}', "no row of a run"),
    ],
)
def test_what_is_no_run_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=problem):
        load_run(file)


def test_a_level_or_column_that_is_not_there_is_refused_and_drafts_are_not_measured(tmp_path: Path) -> None:
    assert {question.level for question in load_exam(levels=["beginner"]).questions} == {"beginner"}
    with pytest.raises(ConfigError, match="beginer"):
        load_exam(levels=["beginer"])
    with pytest.raises(ConfigError, match="--column 'notes'"):
        load_exam(columns=["notes"])
    bank = tmp_path / "bank.jsonl"
    points = [{"id": "must-1", "kind": "must", "text": "x y", "terms": [["x"]]}]
    row = {"id": "q", "level": "l", "topic": "t", "question": "x?", "points": points, "draft": True}
    bank.write_text(json.dumps(row), "utf-8")
    with pytest.raises(ConfigError, match="1 of 1 questions are drafts"):
        load_exam(bank)
