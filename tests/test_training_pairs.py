"""Questions made from a small release, and the passages that they lead to."""

import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.records import ParsedDocument, Voice
from corpus.structure import Reference, ReferenceKind
from tests.made_release import Piece, release
from training import pairs as making
from training.pairs import Pair, citing, definitions, drawn, headings, neighbours, notes, pairs_of, requests

LONG = "The Board finds that dealers at noon ring their bells so long that nobody hears the market."
CALLS = "The Board agrees with the founders that tallow muffles a bell better than rope does.17"
REFERS = "What such a muffler costs a dealer each year is discussed in section II.B of this release."
ASKS = "Should dealers also muffle the bells that they ring at dusk, and at what cost?"
COSTS = "A muffler of tallow costs a dealer two lanterns, and one of rope costs it four lanterns a year."
YEARLY = "A dealer replaces the muffler each year, since the tallow dries and the rope frays in winter."
TERM = "In this part, the term “quiet bell” means one that nobody outside hears."
NOTED = "17 The founders wrote of tallow in a letter of May and in another of June."
SILENCE, COST, WORDS = "II.A › Muffling of bells", "II.B › Costs of mufflers", "III › General"
PIECES = [
    Piece("I › Introduction", "Bells."),
    Piece(SILENCE, LONG),
    Piece(SILENCE, f"{CALLS} {REFERS}"),
    Piece(SILENCE, ASKS, Voice.REQUEST_FOR_COMMENT),
    Piece(COST, COSTS),
    Piece(COST, YEARLY),
    Piece(WORDS, TERM),
    Piece(SILENCE, NOTED, Voice.FOOTNOTE, 1, "17"),
]
INTRODUCTION, RING, TALLOW, DUSK, PRICE, YEARS, MEANS, LETTER = range(8)
SAID = {
    "call": "The Board agrees with the founders that tallow muffles a bell better than rope does.",
    "refer": REFERS,
}


def made() -> ParsedDocument:
    """The release, with the call of its footnote and the reference of one section to the next."""
    plain = release("a1", PIECES)
    text = plain.pages[0].text
    call, low = text.index("does.17") + 5, text.index("section II.B")
    points_to = plain.chunks[PRICE].start
    reference = Reference(ReferenceKind.SECTION, low, low + 12, "II.B", points_to)
    rule = Reference(ReferenceKind.RULE, low, low + 12, "Rule 900")
    return replace(plain, footnotes=(replace(plain.footnotes[0], calls=(call,)),), references=(rule, reference))


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([made()])
    return empty


def ids(*numbers: int) -> tuple[str, ...]:
    return tuple(made().chunks[n].id for n in numbers)


def test_a_heading_leads_to_its_section_and_one_that_says_nothing_does_not() -> None:
    found = list(headings(made().chunks, Random(1)))
    assert [pair.chunks for pair in found] == [ids(RING, TALLOW, DUSK), ids(PRICE, YEARS)]
    assert "Muffling of bells" in found[0].question
    assert "Costs of mufflers" in found[1].question
    assert {pair.kind for pair in found} == {"heading"}


def test_a_sentence_leads_to_the_passages_around_its_own() -> None:
    assert list(neighbours(made().chunks)) == [
        Pair("neighbour", LONG, ids(TALLOW)),
        Pair("neighbour", REFERS, ids(RING, DUSK)),  # of two sentences the second
        Pair("neighbour", ASKS, ids(TALLOW)),
        Pair("neighbour", COSTS, ids(YEARS)),
        Pair("neighbour", YEARLY, ids(PRICE)),
    ]


def test_a_request_for_comment_leads_to_what_its_section_tells() -> None:
    assert list(requests(made().chunks)) == [Pair("request", ASKS, ids(RING, TALLOW))]


def test_a_request_in_a_section_that_only_asks_leads_nowhere() -> None:
    only = release("b2", [Piece(SILENCE, ASKS, Voice.REQUEST_FOR_COMMENT), Piece(SILENCE, f"{LONG} Why?")])
    assert list(requests(only.chunks)) == []


def test_a_question_for_a_term_leads_to_what_defines_it() -> None:
    (pair,) = definitions(made().chunks, Random(1))
    assert pair.kind == "definition"
    assert re.search(r"\bquiet bell\b", pair.question)
    assert pair.chunks == ids(MEANS)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("“Noon bell” means one that is rung at twelve.", "Noon bell"),
        ("Bells ring. “Dusk bell” (as proposed) would mean one that is rung at six.", "Dusk bell"),
        ('Here the phrase "loud bell," has the meaning of Rule 900.', "loud bell"),
        ("By what means is a “quiet bell” made?", ""),
        ("The founders call it a “quiet bell” and sell it.", ""),
    ],
)
def test_a_term_is_defined_by_a_verb_behind_it(text: str, term: str) -> None:
    found = [pair.question for pair in definitions(release("b2", [Piece(WORDS, text)]).chunks, Random(1))]
    assert len(found) == bool(term)
    assert all(term in question for question in found)


def test_a_sentence_that_calls_a_footnote_leads_to_it(library: Library) -> None:
    chunks = made().chunks
    assert list(notes(library, chunks[0].document_id, chunks)) == [Pair("note", SAID["call"], ids(LETTER))]


def test_a_sentence_that_refers_to_a_section_leads_to_its_first_passages(library: Library) -> None:
    chunks = made().chunks
    assert list(citing(library, chunks[0].document_id, chunks)) == [Pair("reference", REFERS, ids(PRICE, YEARS))]


def test_a_sentence_that_is_too_short_to_ask_is_not_replaced_by_the_one_before(empty: Library) -> None:
    short = f"{LONG} See there.17"
    plain = release("a1", [Piece(SILENCE, short), Piece(SILENCE, NOTED, Voice.FOOTNOTE, 1, "17")])
    with empty.writing():
        empty.add([replace(plain, footnotes=(replace(plain.footnotes[0], calls=(len(short) - 2,)),))])
    assert list(notes(empty, plain.document.id, plain.chunks)) == []


def test_what_asks_is_never_in_the_passages_it_leads_to(library: Library) -> None:
    chunks = {chunk.id: " ".join(chunk.text.split()) for chunk in made().chunks}
    found = list(pairs_of(library, made().document.id, Random(1)))
    assert Counter(pair.kind for pair in found) == {
        "heading": 2,
        "neighbour": 5,
        "request": 1,
        "definition": 1,
        "note": 1,
        "reference": 1,
    }
    for pair in found:
        assert pair.chunks
        assert all(pair.question not in chunks[chunk_id] for chunk_id in pair.chunks), pair


def test_so_many_of_each_kind_are_drawn_and_each_question_once() -> None:
    made_pairs = [Pair("note", f"Note {n}?", ("a:0-1",)) for n in range(9)]
    made_pairs += [Pair("request", f"Request {n % 2}?", (f"a:{n}-{n + 1}",)) for n in range(6)]
    found = drawn(made_pairs, 3, Random(1))
    assert Counter(pair.kind for pair in found) == {"note": 3, "request": 2}
    assert len({pair.question for pair in found}) == 5
    assert set(found) <= set(made_pairs)
    assert found == drawn(made_pairs, 3, Random(1))


def test_the_command_writes_one_pair_a_line(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(making, "open_library", lambda _: Library(library.folder, HashEmbedder()))
    out = tmp_path / "pairs.jsonl"
    monkeypatch.setattr(sys, "argv", ["pairs", "--library", str(library.folder), "--out", str(out), "--most", "2"])
    making.main()
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert all(row.keys() == {"kind", "question", "chunks"} for row in rows)
    assert {"kind": "reference", "question": REFERS, "chunks": list(ids(PRICE, YEARS))} in rows
    assert "1 releases, 11 pairs" in capsys.readouterr().out
