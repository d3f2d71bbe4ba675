import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ModelError, SourceError
from corpus.library import Library
from corpus.questions import Point, PointKind, Question
from corpus.records import Answer, Citation, Claim, Kind, Voice
from evals.abstention import load_unanswerable, measure_abstention
from evals.bank import COLUMNS, bank_report, run_bank, sentences_of, stands_on_page
from evals.baseline import compare_runs, load_run
from rag.answer import AnswerSettings, answer
from rag.retrieve import Retriever, Scope
from tests.made_documents import parsed

TAKE = "Market orders take liquidity from the book."
RULE = "Brokers shall post quotations every morning."
POINTS = (
    Point("must-1", PointKind.MUST, TAKE, (("market order",), ("take liquidity",))),
    Point("must-2", PointKind.MUST, "", (("limit order",), ("supply",))),
    Point("bonus-1", PointKind.BONUS, "", (("from the book",),)),
)
QUESTION = Question("q1", "beginner", "orders", "What do market orders take from the book?", POINTS)
OTHER = replace(QUESTION, id="q2", level="advanced")


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add(
            [
                parsed("a1", TAKE, title="Note on orders", kind=Kind.NOTE),
                parsed("b2", RULE, title="A rule"),
                parsed("c3", f"{QUESTION.question} {TAKE}", title="Bank", kind=Kind.QUESTION),
            ]
        )
    return empty


def asking(library: Library) -> Any:
    retriever = Retriever(library)
    return lambda question, scope: answer(question, retriever, AnswerSettings(min_support=0.3), scope)


def test_the_bank_itself_is_never_quoted_and_notes_only_where_they_are_allowed(library: Library) -> None:
    trials = run_bank(library, [QUESTION], asking(library))
    assert [trial.column for trial in trials] == list(COLUMNS)
    cited = {t.column: {c.title for claim in t.answer.claims for c in claim.citations} for t in trials if t.answer}
    assert cited["with_notes"] == {"Note on orders"}
    assert cited["without_notes"] <= {"A rule"}


def test_coverage_is_over_every_question(library: Library) -> None:
    report = bank_report(run_bank(library, [QUESTION], asking(library)))
    assert report["n_questions"] == 1
    assert report["with_notes"]["must"] == 0.5
    assert report["with_notes"]["bonus"] == 1.0
    assert report["with_notes"]["verified_share"] == report["with_notes"]["citation_recall"] == 1.0
    assert report["without_notes"]["must"] == 0.0
    evidence = {p["id"]: p["evidence"] for p in report["questions"][0]["points"]}
    assert evidence == {"must-1": TAKE, "must-2": "", "bonus-1": TAKE}


def test_a_question_that_raises_is_a_row_and_the_others_go_on(library: Library) -> None:
    ask = asking(library)

    def failing(question: str, scope: Scope) -> Answer:
        if question == "Fail?":
            raise ModelError("the model does not answer", remedy="start it")
        return ask(question, scope)  # type: ignore[no-any-return]

    report = bank_report(run_bank(library, [replace(OTHER, question="Fail?"), QUESTION], failing))
    rows = {row["id"]: row for row in report["questions"] if row["column"] == "with_notes"}
    assert rows["q2"]["error"].startswith("the model does not answer")
    assert (rows["q2"]["must"], rows["q2"]["answer"], rows["q2"]["abstained"]) == (0.0, None, False)
    assert report["with_notes"]["must"] == 0.25
    assert report["with_notes"]["errors"] == 1
    assert report["with_notes"]["must_by_level"] == {"advanced": 0.0, "beginner": 0.5}


def citation(quote: str, page: int = 1) -> Citation:
    return Citation("b2".ljust(16, "0"), "A rule", page, None, "", quote, 0, 1, 0, 1, True, "", Voice.PREAMBLE)


@pytest.mark.parametrize(
    ("quote", "page", "stands"),
    [
        ("Brokers  shall\npost quotations", 1, True),
        ("Brokers should post quotations", 1, False),
        ("Brokers shall post quotations", 2, False),
        ("", 1, False),
    ],
)
def test_a_quote_is_looked_for_on_its_page_whatever_the_citation_says_of_itself(
    library: Library, quote: str, page: int, stands: bool
) -> None:
    assert stands_on_page(library, citation(quote, page)) is stands


def test_a_citation_that_does_not_hold_counts_against_the_answer(library: Library) -> None:
    said = Answer("?", (Claim(TAKE, (citation(RULE), citation("Made up."))), Claim("Bare.", ())), False, {}, (), "m")
    report = bank_report(run_bank(library, [QUESTION], lambda question, scope: said))
    assert report["with_notes"]["verified_share"] == 0.5
    assert report["with_notes"]["citation_recall"] == 0.5, "the second claim has no citation at all"


def test_an_abstention_says_nothing() -> None:
    assert sentences_of(Answer("?", (), True, {}, (), "m")) == []
    told = Answer("?", (Claim(f"{TAKE} {RULE}", ()),), False, {}, (), "m")
    assert sentences_of(told) == [TAKE, RULE]


def test_abstaining_is_right_only_where_there_is_no_answer(library: Library) -> None:
    def ask(question: str, scope: Scope) -> Answer:
        silent = question in (QUESTION.question, "Unknowable?")
        return Answer(question, () if silent else (Claim("So.", ()),), silent, {}, (), "m")

    trials = run_bank(library, [QUESTION, replace(OTHER, question="Known?")], ask)
    measured = measure_abstention(trials, {"u1": "Unknowable?", "u2": "Guessed?"}, ask)
    assert (measured["recall"], measured["precision"]) == (0.5, 0.5)
    assert (measured["answered_wrongly"], measured["abstained_wrongly"]) == (["u2"], ["q1"])


def test_the_shipped_unanswerable_questions_are_sound() -> None:
    assert len(load_unanswerable()) >= 10


def run(**must: float) -> dict[str, Any]:
    return {"questions": [{"id": i, "column": c, "must": m} for i, m in must.items() for c in COLUMNS]}


def test_a_loss_on_every_question_is_significant_and_one_that_evens_out_is_not() -> None:
    before = run(q1=0.5, q2=1.0, q3=0.75)
    lost = compare_runs(run(q1=0.25, q2=0.75, q3=0.5), before)
    assert lost["significant_loss"]
    assert (lost["with_notes"]["mean"], lost["with_notes"]["ci95"]) == (-0.25, [-0.25, -0.25])
    assert lost["with_notes"]["worse"] == ["q1", "q2", "q3"]
    assert not compare_runs(run(q1=1.0, q2=0.5, q3=0.75), before)["significant_loss"]


def test_only_questions_of_both_runs_are_compared() -> None:
    found = compare_runs(run(q1=0.5, q2=0.0), run(q1=0.5, q9=1.0))
    assert (found["with_notes"]["n_shared"], found["with_notes"]["mean"]) == (1, 0.0)
    with pytest.raises(SourceError, match="no question in common"):
        compare_runs(run(q1=0.5), run(q9=1.0))


@pytest.mark.parametrize("content", ["", "[]", '{"questions": 3}', '{"questions": [{"id": "q1"}]}'])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SourceError) as error:
        load_run(path)
    assert str(path) in error.value.problem


def test_a_report_can_be_the_baseline_of_the_next(library: Library, tmp_path: Path) -> None:
    report = bank_report(run_bank(library, [QUESTION], asking(library)))
    path = tmp_path / "run.json"
    path.write_text(json.dumps(report), "utf-8")
    assert not compare_runs(report, load_run(path))["significant_loss"]
