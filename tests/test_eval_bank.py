import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.answers import Answer, Citation, Claim
from corpus.errors import ModelError, SourceError
from corpus.library import Library
from corpus.records import Kind, Voice
from evals.bank.abstention import abstention, load_unanswerable
from evals.bank.adjudication import adjudicate
from evals.bank.citations import check_citations
from evals.bank.exam import Exam
from evals.bank.runs import Run, ask_bank, load_run
from evals.bank.totals import bank_report, worst
from evals.bank.trials import COLUMNS, sentences_of
from rag.scope import Scope
from tests.bank_run import MADE_WITH, OTHER, QUESTION, RULE, TAKE, asking, examiner, run_of
from tests.made_documents import parsed


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


def test_the_bank_is_quoted_only_in_the_column_that_is_the_ceiling(library: Library) -> None:
    rows = run_of(library, QUESTION).rows
    assert [row["column"] for row in rows] == list(COLUMNS)
    cited = {
        row["column"]: {c["title"] for claim in row["answer"]["claims"] for c in claim["citations"]} for row in rows
    }
    assert cited["with_notes"] == {"Note on orders"}
    assert cited["filings_only"] <= {"A rule"}
    assert cited["bank_itself"] == {"Bank"}


PLANTED = "The zebra rule says that market orders take liquidity."


def test_a_planted_hint_is_not_found_while_its_question_is_scored(library: Library) -> None:
    """It would be the best passage by far; the last column shows that it can be found."""
    with library.writing():
        library.add([parsed("d4", PLANTED, title="Planted", kind=Kind.QUESTION)])
    asked = replace(QUESTION, question="What does the zebra rule say?")
    found = {row["column"]: "zebra rule says" in json.dumps(row["answer"]) for row in run_of(library, asked).rows}
    assert found == {"filings_only": False, "with_notes": False, "bank_itself": True}


def test_coverage_is_over_every_question(library: Library) -> None:
    report = bank_report(run_of(library, QUESTION))
    assert report["n_questions"] == 1
    assert report["with_notes"]["must"] == 0.5
    assert report["with_notes"]["bonus"] == 1.0
    assert report["with_notes"]["verified_share"] == report["with_notes"]["citation_recall"] == 1.0
    assert report["filings_only"]["must"] == 0.0
    row = next(row for row in report["questions"] if row["column"] == "with_notes")
    assert {p["id"]: p["evidence"] for p in row["points"]} == {"must-1": TAKE, "must-2": "", "bonus-1": TAKE}


def test_gold_notes_are_looked_for_by_the_name_of_their_file(library: Library) -> None:
    report = bank_report(run_of(library, QUESTION, OTHER))
    assert report["with_notes"]["note_recall"] == 0.5, "one of two is there; the question without notes does not count"
    assert report["filings_only"]["note_recall"] is None


def test_a_question_that_raises_is_a_row_and_the_others_go_on(library: Library) -> None:
    ask = asking(library)

    def failing(question: str, scope: Scope) -> Answer:
        if question == "Fail?":
            raise ModelError("the model does not answer", remedy="start it")
        return ask(question, scope)

    report = bank_report(run_of(library, replace(OTHER, question="Fail?"), QUESTION, ask=failing))
    rows = {row["id"]: row for row in report["questions"] if row["column"] == "with_notes"}
    assert rows["q2"]["error"].startswith("the model does not answer")
    assert (rows["q2"]["must"], rows["q2"]["answer"], rows["q2"]["abstained"]) == (0.0, None, False)
    assert report["with_notes"]["must"] == 0.25
    assert report["with_notes"]["errors"] == 1
    by_level = {level: row["must"] for level, row in report["with_notes"]["must_by_level"].items()}
    assert by_level == {"advanced": 0.0, "beginner": 0.5}
    assert [row["id"] for row in worst(list(rows.values()), 1)] == ["q2"]


def citation(quote: str, page: int = 1) -> Citation:
    return Citation("b2".ljust(16, "0"), "A rule", page, None, "", quote, 0, 1, 0, 1, True, "", Voice.PREAMBLE)


def answered(*claims: Claim) -> Answer:
    return Answer("?", claims, False, {}, (), "m")


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
    (check,) = check_citations(library, answered(Claim(RULE, (citation(quote, page),))))
    assert check.on_page is stands
    assert check.elsewhere is (page == 2)


@pytest.mark.parametrize(
    ("claim", "supported"),
    [
        (RULE, True),
        ("Quotations are posted by brokers each morning.", True),
        ("Brokers shall post 3 quotations every morning.", False),
        ("Exchanges publish trades after the close.", False),
    ],
)
def test_a_citation_supports_a_claim_whose_numbers_and_words_it_holds(
    library: Library, claim: str, supported: bool
) -> None:
    (check,) = check_citations(library, answered(Claim(claim, (citation(RULE),))))
    assert check.on_page
    assert check.supports is supported


def test_a_citation_that_does_not_hold_counts_against_the_answer(library: Library) -> None:
    said = answered(Claim(RULE, (citation(RULE), citation("Made up."))), Claim("Bare.", ()))
    report = bank_report(run_of(library, QUESTION, ask=lambda question, scope: said))
    column = report["with_notes"]
    assert (column["verified_share"], column["citation_precision"]) == (0.5, 0.5)
    assert column["citation_recall"] == 0.5, "the second claim has no citation at all"


def test_an_abstention_says_nothing() -> None:
    assert sentences_of(Answer("?", (), True, {}, (), "m")) == []
    assert sentences_of(answered(Claim(f"{TAKE} {RULE}", ()))) == [TAKE, RULE]


def test_abstaining_is_right_only_where_there_is_no_answer(library: Library) -> None:
    def ask(question: str, scope: Scope) -> Answer:
        if question == "Broken?":
            raise ModelError("no", remedy="no")
        silent = question in (QUESTION.question, "Unknowable?")
        return Answer(question, () if silent else (Claim("So.", ()),), silent, {}, (), "m")

    asked = {"u1": ("a", "Unknowable?"), "u2": ("a", "Guessed?"), "u3": ("b", "Broken?")}
    exam = Exam((QUESTION, replace(OTHER, question="Known?")), asked)
    measured = bank_report(ask_bank(exam, examiner(library, ask), MADE_WITH))["abstention"]
    assert (measured["recall"], measured["precision"], measured["n_unanswerable"]) == (0.3333, 0.5, 3)
    assert (measured["answered_wrongly"], measured["abstained_wrongly"]) == (["u2", "u3"], ["q1"])
    assert measured["by_why"] == {"a": "1 of 2", "b": "0 of 1"}
    assert abstention([], [])["recall"] is None


def test_the_shipped_unanswerable_questions_are_enough_to_measure_by() -> None:
    asked = load_unanswerable()
    assert len(asked) >= 30
    assert sum(why == "false premise" for why, _ in asked.values()) >= 15


class Counting:
    """An answerer that can be killed after some answers."""

    def __init__(self, ask: Callable[[str, Scope], Answer], until: int) -> None:
        self.ask, self.until, self.asked = ask, until, 0

    def __call__(self, question: str, scope: Scope) -> Answer:
        if self.asked == self.until:
            raise KeyboardInterrupt
        self.asked += 1
        return self.ask(question, scope)


EXAM = Exam((QUESTION, OTHER), {"u1": ("other", "How many moons does Neptune have?")})


def figures(run: Run) -> Any:
    return bank_report(Run(run.fingerprint, tuple(_timeless(row) for row in run.rows)))


def _timeless(row: dict[str, Any]) -> dict[str, Any]:
    answer = row["answer"] and {key: value for key, value in row["answer"].items() if key != "timings_ms"}
    return row | {"latency_ms": 0.0, "answer": answer}


def test_a_run_that_was_killed_goes_on_where_it_was_and_ends_with_the_same_figures(
    library: Library, tmp_path: Path
) -> None:
    whole = ask_bank(EXAM, examiner(library), MADE_WITH)
    out = tmp_path / "run.jsonl"
    dying = Counting(asking(library), until=3)
    with pytest.raises(KeyboardInterrupt):
        ask_bank(EXAM, examiner(library, dying), MADE_WITH, out)
    with out.open("a", encoding="utf-8") as file:
        file.write('{"row": "question", "id": "q')  # the line that the kill cut short
    rest = Counting(asking(library), until=99)
    resumed = ask_bank(EXAM, examiner(library, rest), MADE_WITH, out)
    assert (dying.asked, rest.asked) == (3, EXAM.size - 3)
    assert figures(resumed) == figures(whole) == figures(load_run(out))


def test_the_same_run_twice_gives_identical_figures(library: Library) -> None:
    assert figures(ask_bank(EXAM, examiner(library), MADE_WITH)) == figures(
        ask_bank(EXAM, examiner(library), MADE_WITH)
    )


def test_rows_that_ended_in_an_error_are_asked_again(library: Library, tmp_path: Path) -> None:
    def broken(question: str, scope: Scope) -> Answer:
        raise ModelError("no connection", remedy="try later")

    out = tmp_path / "run.jsonl"
    first = ask_bank(EXAM, examiner(library, broken), MADE_WITH, out)
    assert all(row["error"] for row in first.rows)
    second = ask_bank(EXAM, examiner(library), MADE_WITH, out)
    assert not any(row["error"] for row in second.rows)
    assert len(load_run(out).rows) == EXAM.size


def test_a_run_is_not_mixed_with_one_of_another_library(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    ask_bank(EXAM, examiner(library), MADE_WITH, out)
    with pytest.raises(SourceError, match="made with another library"):
        ask_bank(EXAM, examiner(library), MADE_WITH | {"library": 2}, out)


def test_corrected_verdicts_are_shown_beside_the_raw_ones(library: Library, tmp_path: Path) -> None:
    made = run_of(library, QUESTION)
    looked = [
        {"id": "q1", "column": "with_notes", "point": "must-2", "stated": True, "why": "said in other words"},
        {"id": "q1", "column": "with_notes", "point": "must-1", "stated": True, "why": "right"},
    ]
    file = tmp_path / "second_look.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in looked), "utf-8")
    seen = adjudicate(made, file)
    assert seen["with_notes"] == {"must": 0.5, "must_adjudicated": 1.0, "looked_at": 2, "changed": 1}
    assert seen["filings_only"]["looked_at"] == 0
    assert bank_report(made)["with_notes"]["must"] == 0.5
    file.write_text(json.dumps(looked[0] | {"point": "must-9"}), "utf-8")
    with pytest.raises(SourceError, match="no such verdict"):
        adjudicate(made, file)
