"""What a question names exactly comes first, over small made releases."""

import pytest

from corpus.library import Library
from corpus.pagemap import PageMap
from corpus.records import Document, Kind, Voice
from rag.answer import answer
from rag.exact import Pins, pins
from rag.query import analyse
from rag.retrieve import Retriever
from rag.scope import Scope
from tests.made_release import Piece, release

RULE = "§ 242.900 › Quiet bell"
ADOPTED = release(
    "a1",
    [
        Piece("Summary", "SUMMARY: The Commission is adopting Regulation AC on bells.", Voice.FRONT_MATTER),
        Piece("I › Introduction", "I. Introduction\n\nBells ring in many markets, and dealers dislike it."),
        Piece("II.A › Silence", "A. Silence\n\nRule 900(b)(1) requires a dealer to muffle its bell at noon."),
        Piece("II.B › Costs", "B. Costs\n\nMufflers under Rule 900(b)(1) cost little.", Voice.ECONOMIC_ANALYSIS),
        Piece(RULE, "§ 242.900 Quiet bell.\n\n(a) Scope. This section applies to dealers.", Voice.RULE_TEXT, 2),
        Piece(RULE, "(b) Duties. A dealer shall:\n\n(1) Muffle its bell at noon; and", Voice.RULE_TEXT, 2),
        Piece(RULE, "(2) Keep a log of every ring.", Voice.RULE_TEXT, 3),
        Piece("II.A › Silence", "17 See the letter of the Bell Founders.", Voice.FOOTNOTE, 3, "17"),
    ],
    labels=["i", "1", "2"],
    title="Regulation Quiet Bell",
    release_numbers=("34-90002",),
    file_numbers=("S7-90-20",),
    effective="2021-03-01",
)
PROPOSED = release(
    "b2",
    [
        Piece("II.A › Silence", "A. Silence\n\nProposed Rule 900(b)(1) would require dealers to silence bells."),
        Piece(RULE, "§ 242.900 Quiet bell.\n\n(a) Scope. This section applies to all.", Voice.RULE_TEXT),
        Piece(RULE, "(b) Duties. A dealer shall:\n\n(1) Silence its bell all day.", Voice.RULE_TEXT),
        Piece("II.A › Silence", "17 The founders wrote nothing yet.", Voice.FOOTNOTE, 1, "17"),
        Piece("III › Questions", "12. Should bells be banned? Why?", Voice.REQUEST_FOR_COMMENT),
    ],
    kind=Kind.PROPOSED_RULE,
    title="Regulation Quiet Bell",
    release_numbers=("34-90001",),
    file_numbers=("S7-90-20",),
    issued="2020-05-05",
)
OTHER = release(
    "c3",
    [
        Piece(
            "I › Background", "I. Background\n\nSection 11A of the Exchange Act directs the Commission to link markets."
        ),
        Piece("II › Funds", "II. Funds\n\nSection 11A of the Investment Company Act is another matter."),
        Piece("III › Book", "III. Book\n\nA mention of Rule 900(b)(1) in passing among other rules."),
    ],
    title="Linking Markets Together",
    release_numbers=("34-80000",),
)


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([ADOPTED, PROPOSED, OTHER])
    return empty


def look(library: Library, question: str) -> Pins:
    documents: dict[str, Document] = library.documents()
    return pins(analyse(question, documents.values()), library, set(documents))


def first(library: Library, question: str) -> tuple[str, str]:
    """Document and text of the first pinned chunk."""
    spot = look(library, question).spots[0]
    return library.documents()[spot.chunk.document_id].release_numbers[0], spot.chunk.text


def test_made_chunks_stand_where_they_say(library: Library) -> None:
    for made in (ADOPTED, PROPOSED, OTHER):
        page_map = PageMap(library.pages(made.document.id))
        assert all(page_map.text[c.start : c.end] == c.text for c in made.chunks)


def test_the_paragraph_of_the_rule_in_force_comes_first_then_what_was_proposed_and_what_discusses_it(
    library: Library,
) -> None:
    found = look(library, "What does Rule 900(b)(1) require?")
    texts = [spot.chunk.text for spot in found.spots]
    assert texts[0].endswith("(1) Muffle its bell at noon; and")
    assert texts[1].endswith("(1) Silence its bell all day.")
    assert any(text.startswith("A. Silence\n\nRule 900(b)(1) requires") for text in texts[2:])
    assert found.missing == ()


def test_a_section_of_the_code_finds_the_chunk_in_which_its_paragraph_begins(library: Library) -> None:
    assert first(library, "17 CFR 242.900(b)(2)") == ("34-90002", "(2) Keep a log of every ring.")


def test_of_a_rule_without_text_the_section_that_says_what_it_requires_comes_first(empty: Library) -> None:
    with empty.writing():
        empty.add([OTHER, release("d4", [ADOPTED_DISCUSSION, COST_DISCUSSION], release_numbers=("34-90003",))])
    assert first(empty, "Rule 900(b)(1)") == ("34-90003", ADOPTED_DISCUSSION.text)


ADOPTED_DISCUSSION = Piece("II.A › Silence", "A. Silence\n\nRule 900(b)(1) requires a dealer to muffle its bell.")
COST_DISCUSSION = Piece("II.B › Costs", "B. Costs\n\nRule 900(b)(1) is cheap.", Voice.ECONOMIC_ANALYSIS)


def test_a_section_of_an_act_is_not_that_of_another_act(library: Library) -> None:
    assert "directs the Commission" in first(library, "Section 11A of the Exchange Act")[1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("34-90002 note 17", "17 See the letter of the Bell Founders."),
        ("What does footnote 17 of the Reg Quiet Bell proposal say?", "17 The founders wrote nothing yet."),
        ("fn. 17 in release 34-90001", "17 The founders wrote nothing yet."),
        ("section II.B of 34-90002", "B. Costs\n\nMufflers under Rule 900(b)(1) cost little."),
        ("question 12 of 34-90001", "12. Should bells be banned? Why?"),
        ("page 3 of 34-90002", "(2) Keep a log of every ring."),
        ("What is release 34-90002 about?", "SUMMARY: The Commission is adopting Regulation AC on bells."),
        ("section II.A of the Regulation AC adopting release", ADOPTED.chunks[2].text),
    ],
)
def test_a_place_of_a_document_comes_first(library: Library, question: str, text: str) -> None:
    assert first(library, question)[1] == text


def test_the_page_as_printed_comes_before_the_page_as_counted(library: Library) -> None:
    pages = [spot.chunk.first_page for spot in look(library, "page 2 of 34-90002").spots]
    assert pages[0] == 3
    assert 2 in pages


def test_each_of_several_places_has_its_turn(library: Library) -> None:
    found = look(library, "Compare footnote 17 of 34-90002 with footnote 17 of 34-90001")
    assert [spot.chunk.text[:8] for spot in found.spots] == ["17 See t", "17 The f"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("note 9999 of 34-90002", "note 9999 of 34-90002 was not found; searched for the rest of the question"),
        ("34-11111 note 3", "34-11111 is not in the library; searched for the rest of the question"),
        ("What does footnote 17 say?", "no document is named for footnote 17; searched for the rest of the question"),
        ("Rule 900(z)(9)", "Rule 900(z)(9) was not found; looked for what it is a part of"),
        ("Rule 900(b)(2) in 34-80000", "Rule 900(b)(2) was not found in 34-80000; looked in the other documents"),
    ],
)
def test_what_is_not_there_is_said(library: Library, question: str, words: str) -> None:
    assert words in look(library, question).missing
    assert words in Retriever(library).search(question, 3).searched["relaxed"]  # type: ignore[operator]


def test_a_footnote_without_a_document_is_that_of_the_only_one_asked(library: Library) -> None:
    found = Retriever(library).search("What does footnote 17 say?", 3, Scope(releases=("34-90001",)))
    assert found.passages[0].chunk.text == "17 The founders wrote nothing yet."
    assert found.searched["relaxed"] == []


def test_a_footnote_without_a_document_is_looked_for_where_the_rest_of_the_question_leads(library: Library) -> None:
    found = look(library, "Which letter of bell founders on muffling does footnote 17 cite?")
    assert "17 See the letter of the Bell Founders." in [spot.chunk.text for spot in found.spots]


def test_pinned_passages_come_first_with_the_highest_scores(library: Library) -> None:
    found = Retriever(library).search("34-90002 note 17", 5)
    scores = [passage.score for passage in found.passages]
    assert found.passages[0].chunk.text == "17 See the letter of the Bell Founders."
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1]


def test_a_rule_named_in_a_question_about_something_else_is_left_to_the_search(library: Library) -> None:
    assert look(library, "Which dealers dislike the noon bells that Rule 900 concerns?").spots == ()


def test_a_named_place_is_quoted_where_nothing_more_is_asked(library: Library) -> None:
    found = answer("What does footnote 17 of 34-90001 say?", Retriever(library))
    assert [claim.citations[0].quote for claim in found.claims] == ["17 The founders wrote nothing yet."]
    found = answer("17 CFR 242.900(b)(2)", Retriever(library))
    assert found.claims[0].citations[0].quote == "(2) Keep a log of every ring."
