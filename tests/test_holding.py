"""Chunks found by what they hold and where they stand."""

import pytest

from corpus.fulltext import Holding
from corpus.library import Library
from corpus.records import Voice
from tests.made_release import Piece, release

MADE = release(
    "a1",
    [
        Piece("II.A › Silence", "Rule 900(b)(1) asks dealers for silence at noon."),
        Piece("II.A.1 › Noon", "A trading of bells at the center of the hall."),
        Piece("II.B › Trading centers", "A trading center is a hall, under section 15(b)(4) of an Act."),
        Piece("§ 242.900 › Bells", "(a) Dealers muffle bells.", Voice.RULE_TEXT, 2),
        Piece("II.A › Silence", "3 See the founders.", Voice.FOOTNOTE, 2, "3"),
    ],
    labels=["i", "1"],
)
ID = MADE.document.id


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([MADE])
    return empty


def starts(library: Library, query: str, holding: Holding) -> list[str]:
    chunks = library.catalog.chunks_by_id([i for i, _ in library.search_words(query, 10, None, holding)])
    return sorted(chunk.text.split()[0] + " " + chunk.text.split()[1] for chunk in chunks.values())


def test_a_chunk_is_found_by_a_reference_whatever_else_is_asked(library: Library) -> None:
    assert starts(library, "hall", Holding(references=("rule:900(b)(1)",))) == ["Rule 900(b)(1)"]
    assert starts(library, "", Holding(references=("rule:900",))) == ["Rule 900(b)(1)"]


def test_a_phrase_is_words_in_a_row(library: Library) -> None:
    assert starts(library, "", Holding(phrases=("trading center",))) == ["A trading"]
    assert starts(library, "", Holding(phrases=("section 15(b)(4)",))) == ["A trading"]
    assert starts(library, "", Holding(phrases=("center trading",))) == []


def test_a_heading_is_looked_for_in_the_section(library: Library) -> None:
    assert starts(library, "", Holding(headings=("§ 242.900",))) == ["(a) Dealers"]


def test_one_of_several_is_enough(library: Library) -> None:
    holding = Holding(references=("rule:900",), headings=("§ 242.900",))
    assert starts(library, "", holding) == ["(a) Dealers", "Rule 900(b)(1)"]


def test_chunks_are_found_where_they_stand(library: Library) -> None:
    placed = library.catalog.placed
    assert [c.text[:6] for c in placed.in_section(ID, "ii.a")] == ["Rule 9", "3 See "]
    assert [c.text[:6] for c in placed.under_section(ID, "II.A")] == ["A trad"]
    assert [c.text[:6] for c in placed.on_page(ID, 2)] == ["(a) De", "3 See "]
    assert [c.text[:6] for c in placed.in_voice(ID, Voice.RULE_TEXT)] == ["(a) De"]
    assert placed.pages_labelled(ID, "I") == [1]
    (note,) = library.catalog.footnotes_numbered(ID, ["3"])
    assert [c.text[:6] for c in placed.between(ID, note.start, note.end)] == ["3 See "]
    assert library.catalog.footnotes_numbered(ID, ["4"]) == []
