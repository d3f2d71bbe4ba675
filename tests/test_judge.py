"""A language model as judge, played by a script."""

import json
from dataclasses import replace

import pytest

from corpus.errors import ConfigError, ModelError
from corpus.library import Library
from evals.bank.exam import Exam
from evals.bank.runs import ask_bank
from evals.bank.totals import bank_report
from evals.rubric.judge import SYSTEM, ModelJudge, check_judge
from rag.models import Completion
from tests.bank_run import MADE_WITH, POINTS, QUESTION, TAKE, asking
from tests.bank_run import examiner as examiner_of
from tests.made_documents import parsed

SENTENCES = [TAKE, "Prices move."]


class ScriptedJudge:
    name = "scripted:judge"
    leaves_machine = False

    def __init__(self, reply: str) -> None:
        self.reply = reply
        self.prompts: list[str] = []

    def complete(self, system: str, user: str) -> Completion:
        assert system == SYSTEM
        self.prompts.append(user)
        return Completion(self.reply)


def reply(**stated: str) -> str:
    rows = [{"id": p.id, "stated": p.id in stated, "quote": stated.get(p.id, "")} for p in POINTS]
    return f"Here it is: {json.dumps({'verdicts': rows})}"


def test_a_point_is_stated_where_the_judge_quotes_the_answer() -> None:
    given = {"must-1": "take liquidity from  the book", "bonus-1": "They come from the book."}
    judge = ModelJudge(ScriptedJudge(reply(**given)))
    verdicts = {v.point.id: (v.expressed, v.evidence) for v in judge.score(POINTS, SENTENCES).verdicts}
    assert verdicts == {
        "must-1": (True, "take liquidity from  the book"),
        "must-2": (False, ""),
        "bonus-1": (False, ""),
    }
    assert judge.unquoted == 1, "the second quote is not in the answer"


def test_an_empty_answer_costs_nothing_and_states_nothing() -> None:
    chat = ScriptedJudge(reply())
    assert not any(v.expressed for v in ModelJudge(chat).score(POINTS, []).verdicts)
    assert chat.prompts == []


@pytest.mark.parametrize("broken", ["no JSON", "{}", '{"verdicts": [{"id": "must-1", "stated": true}]}', "{not json}"])
def test_a_reply_without_a_verdict_on_every_point_is_an_error(broken: str) -> None:
    with pytest.raises(ModelError, match="judge"):
        ModelJudge(ScriptedJudge(broken)).score(POINTS, SENTENCES)


def test_a_model_does_not_judge_its_own_answers_unless_it_is_told_to() -> None:
    with pytest.raises(ConfigError, match="its own answers"):
        check_judge("openai:m", "openai:m")
    check_judge("openai:m", "openai:m", allow_same=True)
    check_judge("openai:m", "extractive")


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([parsed("a1", TAKE, title="A rule")])
    return empty


@pytest.mark.parametrize(
    ("said", "must", "errors"), [(reply(**{"must-1": TAKE, "must-2": TAKE}), 1.0, 0), ("broken", 0.0, 1)]
)
def test_the_judges_verdicts_stand_beside_the_scorers_and_change_none(
    library: Library, said: str, must: float, errors: int
) -> None:
    examiner = replace(examiner_of(library, asking(library)), judge=ModelJudge(ScriptedJudge(said)))
    report = bank_report(ask_bank(Exam((QUESTION,), {}, ("filings_only",)), examiner, MADE_WITH))
    column = report["filings_only"]
    assert column["must"] == 0.5
    assert (column["must_by_judge"], column["judge_errors"]) == (must, errors)
