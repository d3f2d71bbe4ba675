"""Everyday words, and the terms of art that they are looked up as."""

from collections import Counter
from importlib.resources import files

import pytest

from corpus.fulltext import FullTextIndex
from rag import everyday
from rag.everyday import MOST_TERMS, Lexicon, entries

MADE = (
    ("quiet bell", ("muffled chime",)),
    ("bell", ("chime", "gong")),
    ("very quiet bell", ("silent chime", "hush rule")),
    ("ring", ("peal",)),
    ("rope", ("halyard",)),
    ("bells", ("never reached: the same word as bell",)),
)


@pytest.fixture(scope="module")
def index() -> FullTextIndex:
    return FullTextIndex(None)


@pytest.fixture
def made(index: FullTextIndex, monkeypatch: pytest.MonkeyPatch) -> Lexicon:
    monkeypatch.setattr(everyday, "entries", lambda: MADE)
    return Lexicon(index.terms)


def test_the_shipped_file_is_well_formed() -> None:
    lines = files("rag").joinpath("data/everyday_words.tsv").read_text("utf-8").splitlines()
    assert len(lines) > 300
    for line in lines:
        words, terms = line.split("\t")
        assert all(variant.strip() for variant in words.split("|")), line
        assert 1 <= len(terms.split(";")) <= 5, line
        assert all(term.strip() for term in terms.split(";")), line


def test_no_everyday_words_are_listed_twice(index: FullTextIndex) -> None:
    stems = Counter(tuple(index.terms(words)) for words, _ in entries())
    assert () not in stems
    assert [words for words, count in stems.items() if count > 1] == []


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("What is a dark pool?", ("NMS Stock ATS", "Form ATS-N", "alternative trading system")),
        ("May a broker be backing away?", ("firm quote obligation", "Quote Rule", "Rule 602")),
        ("What does ticker tape cost?", ("consolidated market data", "securities information processor", "core data")),
        ("How is a muffled chime rung?", ()),
        ("", ()),
    ],
)
def test_shipped_words_by_hand(index: FullTextIndex, question: str, terms: tuple[str, ...]) -> None:
    assert Lexicon(index.terms).terms_of_art(question) == terms


def test_the_terms_of_the_longest_words_come_first(made: Lexicon) -> None:
    # Three words, then two, then one; the fifth term, "gong", is one too many.
    assert made.terms_of_art("Who may ring a very quiet bell?") == (
        "silent chime", "hush rule", "muffled chime", "peal",
    )  # fmt: skip
    assert MOST_TERMS == 4


def test_words_are_met_in_any_form_and_only_in_a_row(made: Lexicon) -> None:
    assert made.terms_of_art("BELLS, quiet!") == ("chime", "gong")
    assert made.terms_of_art("Quieted bells") == ("muffled chime", "chime", "gong")


def test_a_term_that_the_question_uses_is_left_out(made: Lexicon) -> None:
    assert made.terms_of_art("Is a bell a gong?") == ("chime",)
    assert made.terms_of_art("Do chimes and gongs count as bells?") == ()


def test_the_same_term_is_given_once(made: Lexicon) -> None:
    assert made.terms_of_art("A rope for a bell on a rope") == ("halyard", "chime", "gong")


def test_a_question_without_everyday_words_has_no_terms(made: Lexicon) -> None:
    assert made.terms_of_art("Who keeps the ledger?") == ()
