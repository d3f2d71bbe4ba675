from dataclasses import replace

import pytest

from corpus.library import Library
from corpus.records import Passage
from rag.parts import parts
from rag.query import analyse, part_of
from rag.retrieve import Retriever
from rag.turns import interleave
from tests.made_documents import parsed


def test_questions_that_one_sentence_joins_are_parted() -> None:
    assert parts("Who must muffle noon bells, and which logs must dealers keep afterwards?") == (
        "Who must muffle noon bells",
        "which logs must dealers keep afterwards?",
    )


def test_question_sentences_are_parts() -> None:
    assert parts("Who must muffle noon bells? Which ringing logs must dealers keep?") == (
        "Who must muffle noon bells?",
        "Which ringing logs must dealers keep?",
    )


def test_items_keep_the_words_that_lead_to_them() -> None:
    assert parts("For bell founders, (a) what is a muffled bell, and (b) which fees are capped?") == (
        "For bell founders: what is a muffled bell",
        "For bell founders: which fees are capped?",
    )


def test_what_is_compared_are_parts_and_share_where() -> None:
    assert parts("Compare the muffling duty with the logging duty under Regulation XB.") == (
        "the muffling duty under Regulation XB",
        "the logging duty under Regulation XB",
    )
    assert parts("What is the difference between a loud bell and a quiet bell?") == ("a loud bell", "a quiet bell")


def test_a_part_that_leans_on_the_first_gets_its_words() -> None:
    assert parts("Who must muffle noon bells and when must they be replaced by founders?") == (
        "Who must muffle noon bells",
        "when must they be replaced by founders? (muffle noon bells)",
    )


@pytest.mark.parametrize(
    "question",
    [
        "What are the terms and conditions of the pilot?",
        "What do paragraphs (a) and (b) of Rule 611 say?",
        "What is a retail customer?",
        "Compare the muffling duty with ( ).",
        "Which brokers are covered and why?",
        "How does the adopted rule differ from the proposal?",
        "Who decides whether and when a halt ends?",
        "What is the impact on dealers, exchanges and investors?",
        "Which dealers ring bells when markets open and close?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts(question) == ()


def test_a_part_keeps_the_documents_of_the_whole() -> None:
    document = parsed("a1", "Bells.", release_numbers=("34-90001",)).document
    query = analyse("Under 34-90001, who must muffle noon bells, and which ringing logs must dealers keep?", [document])
    part = part_of(query, query.parts[1])
    assert part.documents == {document.id}
    assert part.topic == "which ringing logs must dealers keep?"
    assert part.parts == ()


def test_each_part_has_its_turn() -> None:
    chunks = parsed("a1", "Bells.").chunks * 5
    made = [
        Passage(replace(chunk, start=n, end=n + 6), parsed("a1", "Bells.").document, None, 1.0 - n / 10)
        for n, chunk in enumerate(chunks)
    ]
    whole, one, other = made[:3], [made[3], made[0]], [made[4], made[1]]
    turns = interleave(whole, [one, other], 5, first=1)
    assert [p.chunk.start for p in turns] == [0, 1, 3, 4, 2]
    assert [p.score for p in turns] == sorted((p.score for p in turns), reverse=True)


def test_both_parts_are_among_the_passages(empty: Library) -> None:
    loud = [f"Dealers muffle noon bells in hall {n}; muffle bells, noon bells, who must muffle." for n in range(9)]
    logs = "Founders keep ringing logs for seven years."
    with empty.writing():
        empty.add([parsed(f"a{n}", text) for n, text in enumerate([*loud, logs])])
    question = "Who must muffle noon bells, and how long do founders keep ringing logs?"
    assert logs in [p.chunk.text for p in Retriever(empty).search(question, 3).passages]
