"""Questions that take for granted what nothing says of the rule they name."""

import pytest

from corpus.library import Library
from rag.answer import AnswerSettings, answer
from rag.premise import DOUBT, doubt, most_held, years_missing
from rag.retrieve import Retriever
from tests.made_documents import parsed

HELD = "Regulation Lantern requires a harbor dealer to return a lantern order within four hours of the evening bell."
OTHER = "Regulation Lantern lets a ferry master sell oil to harbor dealers on holidays and at the northern gate."


@pytest.fixture
def retriever(empty: Library) -> Retriever:
    with empty.writing():
        empty.add([parsed("a", HELD, title="Lanterns", issued="2016-05-02"), parsed("b", OTHER, title="Oil")])
    return Retriever(empty)


@pytest.mark.parametrize(
    ("question", "doubted"),
    [
        ("Within how many hours does Regulation Lantern require a dealer to return a lantern order?", False),
        ("On which date did Regulation Lantern abolish all submarine racing?", True),
        ("Which section of Regulation Lantern covers the insurance of astronomers?", True),
        # names no rule: a layman's words for a subject are not held against him
        ("Who gives back orders that went astray?", False),
        # in his own words
        ("What would Regulation Lantern let me do with submarines and astronomers?", False),
        # an explanation is never matched whole
        ("How would you explain Regulation Lantern to astronomers and submarine crews?", False),
        ("What happened to lantern orders in 2045?", True),
        ("What happened to lantern orders in 2016?", False),
    ],
)
def test_what_is_doubted(retriever: Retriever, question: str, doubted: bool) -> None:
    found = retriever.search(question, 5)
    assert doubt(found.query, found.passages, retriever.library) == (DOUBT if doubted else 0.0)


def test_a_doubted_premise_leaves_a_question_unanswered(retriever: Retriever) -> None:
    settings = AnswerSettings(min_support=0.1)
    asked = "When must a harbor dealer return a lantern order under Regulation Lantern?"
    assert not answer(asked, retriever, settings).abstained
    assert answer("Which harbor dealer did Regulation Lantern pardon for piracy?", retriever, settings).abstained


def test_the_share_of_one_passage_by_hand() -> None:
    weights = {"abolish": 6.0, "short": 2.0, "sale": 2.0}
    assert most_held(weights, [{"short", "sale", "price"}, {"abolish"}]) == pytest.approx(0.6)
    assert most_held({}, [{"short"}]) == 1.0


def test_years_without_a_passage(retriever: Retriever) -> None:
    passages = retriever.search("lantern order", 5).passages
    assert years_missing("What held in 2045?", passages)
    assert not years_missing("What held in 2016 and in 2045?", passages)
    assert not years_missing("What holds?", passages)
