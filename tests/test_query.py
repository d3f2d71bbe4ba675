"""Which documents the titles in a question lead to."""

import pytest

from corpus.library import Library
from corpus.records import Kind
from rag.query import analyse
from rag.retrieve import Retriever
from tests.made_documents import id_of, parsed

MADE = {
    "a1": ("Short Sales", "A dealer marks each sale of borrowed lanterns.", Kind.FINAL_RULE),
    "b2": ("Short Sales", "A dealer would mark each sale of borrowed lanterns in red.", Kind.PROPOSED_RULE),
    "c3": ("Regulation Lantern", "A dealer keeps each lantern lit at dusk.", Kind.FINAL_RULE),
    "d4": ("Bells in Noon Markets", "A dealer muffles each bell at noon.", Kind.FINAL_RULE),
    "e5": ("Tick Size Pilot", "A dealer quotes in steps of five cents.", Kind.FINAL_RULE),
    "f6": ("Ledgers", "A dealer writes short sales into a ledger of its own.", Kind.FINAL_RULE),
}


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([parsed(name, text, title=title, kind=kind) for name, (title, text, kind) in MADE.items()])
    return empty


@pytest.mark.parametrize(
    ("question", "mentioned", "documents", "reason"),
    [
        ("How does a dealer mark short sales?", {"a1", "b2"}, set(), ""),
        ("How does a dealer mark short sales as adopted?", {"a1", "b2"}, {"a1"}, "adoption named in the question"),
        ("How are proposed Short Sales marked?", {"a1", "b2"}, {"b2"}, "proposal named in the question"),
        ("Who lights what under Regulation Lantern?", {"c3"}, {"c3"}, "Regulation Lantern named in the question"),
        ("Who rings bells in noon markets?", {"d4"}, {"d4"}, "Bells in Noon Markets named in the question"),
        ("What did the tick size pilot change?", {"e5"}, {"e5"}, "Tick Size Pilot named in the question"),
        (
            "Does Regulation Lantern speak of short sales?",
            {"a1", "b2", "c3"},
            {"a1", "b2", "c3"},
            "Regulation Lantern, Short Sales named in the question",
        ),
        ("Who writes ledgers?", set(), set(), ""),
    ],
)
def test_a_title_that_is_a_name_narrows_and_a_subject_does_not(
    library: Library, question: str, mentioned: set[str], documents: set[str], reason: str
) -> None:
    query = analyse(question, library.documents().values())
    assert query.mentioned == {id_of(name) for name in mentioned}
    assert query.documents == {id_of(name) for name in documents}
    assert query.reason == reason


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("How does Regulation Lantern define a dusk dealer?", "dusk dealer"),
        ("How did the Commission define the term “dusk dealer” in Regulation Lantern?", "dusk dealer"),
        ("How do commenters define a dusk dealer?", ""),
        ("How does a dealer mark short sales?", ""),
    ],
)
def test_how_a_rule_defines_a_term_asks_for_its_meaning(library: Library, question: str, subject: str) -> None:
    assert analyse(question, library.documents().values()).subject == subject


def test_the_release_of_a_subject_comes_first_and_others_are_searched(library: Library) -> None:
    found = Retriever(library).search("How does a dealer mark short sales of lanterns?", 10)
    ids = [passage.document.id for passage in found.passages]
    assert set(ids[:2]) == {id_of("a1"), id_of("b2")}
    assert id_of("f6") in ids[2:]
    assert found.searched["documents"] == 6


def test_only_the_release_of_a_name_is_searched(library: Library) -> None:
    found = Retriever(library).search("What does a dealer keep under Regulation Lantern?", 10)
    assert [passage.document.id for passage in found.passages] == [id_of("c3")]
    assert found.searched["documents"] == 1
