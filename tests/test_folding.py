"""What is the same in other print, and what only looks the same."""

import pytest

from corpus.contracts import passage_json
from corpus.library import Library
from corpus.pagemap import fold
from corpus.places import Place
from corpus.records import Chunk, Document, Kind, Voice
from rag.answer import AnswerSettings, answer
from rag.folding import fold_duplicates
from rag.printing import print_passages
from rag.retrieve import Retriever
from rag.wording import are_alike, holds, repeats, words_of
from tests.made_documents import id_of, parsed

RULE = (
    "(a) A quiet dealer shall keep a written record of every lantern order that it receives between ten in the "
    "evening and six in the morning, and shall preserve that record for 3 years in an easily accessible place. "
    "(b) The dealer may not display a lantern order to any other person before the opening of the morning session, "
    "unless the customer that sent it has asked the dealer in writing to display it sooner."
)
SAME = {
    "white space": RULE.replace(" lantern order ", "\n  lantern\torder "),
    "case": RULE.replace("The dealer", "The Dealer"),
    "a word more": RULE.replace("written record", "legible written record"),
    "another word": RULE.replace("easily accessible", "readily accessible"),
    "a mark": RULE.replace("receives between", "receives, between"),
}
DIFFERENT = {
    "a number": RULE.replace("3 years", "5 years"),
    "a number in words": RULE.replace("ten in the evening", "eleven in the evening"),
    "a period": RULE.replace("3 years", "3 months"),
    "may for shall": RULE.replace("dealer shall keep", "dealer may keep"),
    "must for may not": RULE.replace("dealer may not display", "dealer must display"),
    "not more": RULE.replace("shall preserve", "shall not preserve"),
    "not less": RULE.replace("may not display", "may display"),
    "or for and": RULE.replace("morning, and shall", "morning, or shall"),
    "after for before": RULE.replace("before the opening", "after the opening"),
    "another paragraph": RULE.replace("(b) The", "(c) The"),
    "turned round": RULE.replace("easily accessible", "easily inaccessible"),
    "no exception": RULE.replace("unless the customer", "even if the customer"),
}
LONG = (
    "The Board received nine letters on the morning session. Most of those who wrote agreed that lantern orders "
    "deserve the same care as other orders, and several asked the Board to say how a dealer with two offices is "
    "to keep its record. The Board believes that each office keeps its own record, because a record that is kept "
    "elsewhere is of little use to an examiner who visits in the evening."
)


@pytest.mark.parametrize("name", SAME)
def test_the_same_in_other_print(name: str) -> None:
    assert are_alike(words_of(RULE), words_of(SAME[name]))
    assert are_alike(words_of(SAME[name]), words_of(RULE))


@pytest.mark.parametrize("name", DIFFERENT)
def test_one_word_of_weight_makes_another_statement(name: str) -> None:
    assert not are_alike(words_of(RULE), words_of(DIFFERENT[name]))
    assert not are_alike(words_of(DIFFERENT[name]), words_of(RULE))


def test_what_is_said_of_another_is_another_statement() -> None:
    harbor, lighthouse = (LONG.replace("the Board to say", f"{name} to say") for name in ("Harbor", "Lighthouse"))
    assert not are_alike(words_of(harbor), words_of(lighthouse))
    assert are_alike(words_of(LONG), words_of(LONG.replace("the Board to say", "the Board of Harbor to say")))


def test_footnote_numbers_do_not_count_and_other_numbers_do() -> None:
    first = LONG.replace("session. Most", "session. 54 Most").replace("its record. The", "its record.55 The")
    later = LONG.replace("session. Most", "session. 112 Most").replace("its record. The", "its record.113 The")
    assert are_alike(words_of(first, ("54", "55")), words_of(later, ("112", "113")))
    assert not are_alike(words_of(first), words_of(later))
    notes = [f"{n} {LONG} See also supra note {n + 3} and the text there." for n in (54, 112)]
    assert are_alike(*(words_of(note, footnotes=True) for note in notes))


def test_a_number_that_is_called_is_left_out_only_where_it_is_a_call() -> None:
    assert "54" in words_of("Rule 54 binds dealers.", ("54",)).words
    assert "54" not in words_of("It binds dealers. 54 It does so at night.", ("54",)).words


def test_a_text_within_a_longer_one() -> None:
    longer = f"II. Lantern orders, 7 of them. {LONG} The rule is set out below. {RULE}"
    assert holds(words_of(longer), words_of(LONG))
    assert not holds(words_of(LONG), words_of(longer))
    assert not holds(words_of(longer.replace("little use", "no use")), words_of(LONG))


def test_words_that_stand_in_a_text() -> None:
    assert repeats(words_of(RULE), words_of("a written record of every\nlantern order"))
    assert not repeats(words_of(RULE), words_of("a written record of each lantern order"))
    assert not repeats(words_of(RULE), words_of(""))


def document(identity: str, kind: Kind = Kind.FINAL_RULE, issued: str | None = None) -> Document:
    return parsed(identity, "x", kind=kind, issued=issued).document


def chunk(owner: Document, text: str, voice: Voice = Voice.PREAMBLE, start: int = 0) -> Chunk:
    return Chunk(owner.id, start, start + len(text), 1, 1, "", voice, text)


def folded(chunks: list[Chunk], owners: list[Document], k: int = 10, named: tuple[str, ...] = ()) -> list[list[str]]:
    """Owners of what is shown and of what is folded into it."""
    found = fold_duplicates(chunks, k, {owner.id: owner for owner in owners}, named)
    return [[f.kept.document_id, *(other.document_id for other in f.others)] for f in found]


def test_the_best_ranked_is_shown_and_the_others_are_named() -> None:
    a, b, c = (document(name) for name in "abc")
    chunks = [chunk(a, LONG), chunk(b, RULE), chunk(c, LONG.replace("nine letters", "nine kind letters"))]
    assert folded(chunks, [a, b, c]) == [[a.id, c.id], [b.id]]


def test_what_lies_behind_the_last_one_shown_is_named_and_not_shown() -> None:
    a, b, c = (document(name) for name in "abc")
    chunks = [chunk(a, LONG), chunk(b, RULE), chunk(c, LONG)]
    assert folded(chunks, [a, b, c], k=1) == [[a.id, c.id]]


def test_what_is_in_force_is_shown_before_what_was_proposed() -> None:
    a, b = document("a", Kind.PROPOSED_RULE), document("b")
    assert folded([chunk(a, LONG), chunk(b, LONG)], [a, b]) == [[b.id, a.id]]


def test_the_latest_release_that_sets_out_a_rule_is_shown() -> None:
    a, b = document("a", issued="2004-01-01"), document("b", issued="2009-01-01")
    said = [chunk(a, RULE, Voice.RULE_TEXT), chunk(b, RULE, Voice.RULE_TEXT)]
    assert folded(said, [a, b]) == [[b.id, a.id]]
    assert folded([chunk(a, LONG), chunk(b, LONG)], [a, b]) == [[a.id, b.id]]


def test_rule_text_is_shown_before_its_quotation() -> None:
    a, b = document("a"), document("b", Kind.PROPOSED_RULE)
    assert folded([chunk(a, RULE), chunk(b, RULE, Voice.RULE_TEXT)], [a, b]) == [[b.id, a.id]]


def test_the_document_that_the_question_names_is_shown() -> None:
    a, b = document("a"), document("b", Kind.PROPOSED_RULE)
    assert folded([chunk(a, LONG), chunk(b, LONG)], [a, b], named=(b.id,)) == [[b.id, a.id]]


def test_within_one_document_only_the_very_same_words_are_one() -> None:
    a = document("a")
    nearly = LONG.replace("nine letters", "nine kind letters")
    chunks = [chunk(a, LONG), chunk(a, nearly, start=1000), chunk(a, LONG.replace(" ", "\n"), start=2000)]
    assert folded(chunks, [a]) == [[a.id, a.id], [a.id]]


def test_reports_of_two_years_are_not_one() -> None:
    a, b = (document(name, Kind.COMPANY_REPORT) for name in "ab")
    assert folded([chunk(a, LONG), chunk(b, LONG)], [a, b]) == [[a.id], [b.id]]


def test_a_longer_chunk_is_not_lost_behind_a_shorter_one() -> None:
    a, b = document("a"), document("b")
    longer = f"{LONG} {RULE}"
    assert folded([chunk(a, longer), chunk(b, LONG)], [a, b]) == [[a.id, b.id]]
    assert folded([chunk(b, LONG), chunk(a, longer)], [a, b]) == [[b.id], [a.id]]


def test_a_search_and_an_answer_say_where_else_it_stands(empty: Library, capsys: pytest.CaptureFixture[str]) -> None:
    other = LONG.replace("Most of those who wrote", "Most who wrote")
    with empty.writing():
        empty.add([parsed("a", LONG, title="First release"), parsed("b", other, title="Second release")])
    question = "What do several letters ask the Board about a dealer with two offices and its record?"
    found = Retriever(empty).search(question, 5)
    assert len(found.passages) == 1
    first, second = (id_of("a"), "First release", LONG), (id_of("b"), "Second release", other)
    if found.passages[0].document.id == second[0]:
        first, second = second, first
    elsewhere = Place(f"{second[0]}:0-{len(second[2])}", second[0], second[1], 1, None, "")
    assert found.passages[0].also_in == (elsewhere,)
    shown = passage_json(found.passages[0], 1)
    assert shown["also_in"] == [
        {"document_id": second[0], "title": second[1], "page": 1, "page_label": None, "section": ""}
    ]
    print_passages([shown])
    assert f"also in: {second[1]} · page 1" in capsys.readouterr().out
    cited = [
        c for claim in answer(question, Retriever(empty), AnswerSettings(min_support=0)).claims for c in claim.citations
    ]
    assert cited
    for citation in cited:
        assert citation.also_in == ((elsewhere,) if citation.quote in fold(second[2]) else ())
