"""Whether what was found is enough to answer: the signs, one by one, on made-up passages."""

import math
from dataclasses import replace

import pytest

from corpus.library import Library
from corpus.records import Kind, Passage
from rag.answer import AnswerSettings, answer
from rag.query import analyse
from rag.retrieve import Retriever
from rag.support import support
from tests.made_documents import id_of, parsed

FEE = "An exchange may charge an access fee of at most three tenths of a cent for each share."
LEDGER = "A dealer keeps a ledger of quotations for five years."


@pytest.fixture
def passages(empty: Library) -> tuple[Library, tuple[Passage, ...]]:
    with empty.writing():
        empty.add([parsed("a1", FEE, title="Fees"), parsed("b2", LEDGER, title="Ledgers")])
    return empty, Retriever(empty).search("access fee", 2).passages


def chance(passages: tuple[Library, tuple[Passage, ...]], question: str, cosine: float = 0.6) -> float:
    library, found = passages
    return support(question, [replace(passage, cosine=cosine) for passage in found], library)


def test_the_formula_by_hand(passages: tuple[Library, tuple[Passage, ...]]) -> None:
    """Both words stand in one passage, so coverage is 1; two words count as six."""
    assert chance(passages, "access fee") == pytest.approx(
        1 / (1 + math.exp(-(11.0 * 0.6 + 7.5 * 1 + 2.4 * math.log(7) - 15.1)))
    )


def test_nearness_in_meaning_and_words_both_raise_the_chance(passages: tuple[Library, tuple[Passage, ...]]) -> None:
    asked = "access fee of an exchange"
    assert chance(passages, asked, 0.2) < chance(passages, asked, 0.6)
    assert chance(passages, "access fee of a lighthouse") < chance(passages, asked)


def test_a_thing_that_is_asked_for_and_named_nowhere_is_missed(passages: tuple[Library, tuple[Passage, ...]]) -> None:
    named, unnamed = "What access fee may an exchange charge?", "What tulips may an exchange charge?"
    assert chance(passages, named) > 0.5
    assert chance(passages, unnamed) < chance(passages, "May an exchange charge tulips?") / 2
    dated = chance(passages, "What date may an exchange charge?")
    assert dated > 2 * chance(passages, unnamed), "a date is not a thing that a text would name"


def test_nothing_found_supports_nothing(passages: tuple[Library, tuple[Passage, ...]]) -> None:
    assert support("access fee", (), passages[0]) == 0.0
    assert support("?", passages[1], passages[0]) == 0.0


@pytest.mark.parametrize(
    ("question", "broad"),
    [
        ("How would you measure liquidity?", True),
        ("Explain Kyle's lambda.", True),
        ("Why was the opt-out dropped?", False),
        ("How does Rule 611 treat flickering quotations?", False),
        ("What is VPIN, and how is it calculated?", True),
        ("What do you do first in a flash crash?", True),
        ("Who is a retail customer?", False),
        ("How many broker-dealers are affected?", False),
        ("When must firms comply?", False),
        ("What is the access fee cap?", False),
    ],
)
def test_a_question_for_an_explanation_is_told_from_one_for_a_fact(question: str, broad: bool) -> None:
    assert analyse(question, []).broad is broad


def test_an_explanation_may_take_more_sentences_than_a_fact(empty: Library) -> None:
    text = " ".join(f"Liquidity measure number {n} counts the depth of the book at level {n}." for n in range(12))
    with empty.writing():
        empty.add([parsed("a1", text, title="Liquidity")])
    settings = AnswerSettings(max_sentences=1, broad_sentences=3, min_support=0.0)
    retriever = Retriever(empty)
    assert len(answer("What is the liquidity measure?", retriever, settings).claims) == 1
    assert len(answer("How would you measure the depth of the book?", retriever, settings).claims) <= 3


def test_a_note_does_not_name_what_is_asked(empty: Library) -> None:
    """ "Market impact" in a question is its subject, not a pointer to the note of that title."""
    with empty.writing():
        empty.add(
            [
                parsed("a1", FEE, title="Market impact: a note", kind=Kind.NOTE),
                parsed("b2", LEDGER, title="Market impact"),
            ]
        )
    query = analyse("What is market impact?", empty.documents().values())
    assert query.mentioned == frozenset({id_of("b2")})
    assert query.documents == frozenset()
