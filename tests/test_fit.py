"""Which sentences fit a question, each compared with one that should stand behind it."""

import pytest

from corpus.records import ParsedDocument, Passage, Voice
from rag.fit import defines, fit, holds_answer, leans, on_definition
from rag.query import analyse
from tests.linked_releases import adoption, in_voice, proposal
from tests.made_documents import id_of


def of(made: ParsedDocument) -> Passage:
    return Passage(made.chunks[0], made.document, None, 1.0)


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("A lantern notice is a written notice of the harbor.", True),
        ("The term “lantern notice” means a notice.", True),
        ("We are modifying the definition of “lantern notice” to mean a notice in writing.", True),
        ("Rule 9 defines “lantern notice” as a notice.", True),
        ("The rule says what “lantern notice” means and to whom.", False),
        ("We discuss below what a lantern notice means.", False),
        ("The definition of lantern notice is intended to be narrow.", False),
        ("The dealer sends the lantern notice.", False),
    ],
)
def test_what_defines_a_term(text: str, whether: bool) -> None:
    assert defines("lantern notice", text) is whether


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("When is the notice due?", "It is due on March 18, 2024.", "It is due in the harbor office."),
        ("How many notices are due?", "Dealers send 1,200 notices.", "Dealers send many notices."),
        ("What must a dealer send?", "A dealer must send the notice.", "A dealer sends the notice."),
        ("Why is the notice sent?", "It is sent because the bell is late.", "It is sent in the evening."),
        ("How is the price calculated?", "It is the sum of two bells.", "It is a price of the evening."),
        ("What must a dealer send?", "A dealer must send the notice.", "Must a dealer send the notice?"),
        ("What must a dealer send?", "A dealer must send the notice.", "Instead, a dealer must send the notice."),
        ("What must a dealer send?", "A dealer must send the notice.", "2. whether a dealer must send the notice."),
    ],
)
def test_the_kind_of_sentence_that_answers(question: str, better: str, worse: str) -> None:
    query = analyse(question, [])
    assert fit(query, better, of(adoption())) > fit(query, worse, of(adoption()))


def test_where_the_law_in_force_is_asked_for_the_overtaken_and_the_merely_proposed_yield() -> None:
    query = analyse("What must a dealer send?", [])
    said, was_proposed = "A dealer must send the notice.", "The Commission had proposed to require a notice."
    old = {id_of("a1")}
    assert fit(query, said, of(proposal()), old) < fit(query, said, of(proposal()), set())
    assert fit(query, said, of(proposal()), None) == fit(query, said, of(proposal()), set())
    assert fit(query, was_proposed, of(adoption()), old) < fit(query, was_proposed, of(adoption()), None)


def test_a_commenter_stands_behind_the_agency() -> None:
    query, text = analyse("What must a dealer send?", []), "A dealer must send the notice."
    commenter = in_voice(adoption(), Voice.COMMENTER_VIEW)
    assert fit(query, text, of(commenter)) < fit(query, text, of(adoption()))


def test_what_begins_inside_a_sentence_stands_behind() -> None:
    query = analyse("What must a dealer send?", [])
    for fragment in ("” 12 A dealer must send the notice.", "harbor dealers must send the notice."):
        assert fit(query, fragment, of(adoption())) < fit(query, "A dealer must send the notice.", of(adoption()))


def test_what_speaks_of_a_definition() -> None:
    assert on_definition("lantern dealer", "The definition of “lantern dealer” generally tracks the statute.")
    assert on_definition("lantern dealer", "A bank is excluded from what the rule defines as a lantern dealer.")
    assert not on_definition("lantern dealer", "A lantern dealer discloses its fees in writing.")
    assert not on_definition("lantern dealer", "A lantern dealer’s profile includes its customers.")
    assert not on_definition("lantern dealer", "The definition of “lamp” is broader.")
    assert on_definition("lantern dealer", "We adopt the definition of “lantern dealer” as proposed.")
    assert not on_definition("lantern dealer", "We adopt the definition of “lantern dealer profile” as proposed.")


def test_may_is_no_month_in_a_sentence_about_what_may_be() -> None:
    query = analyse("When must dealers comply with the rule?", [])
    assert holds_answer(query, "Dealers must comply by May 4.")
    assert not holds_answer(query, "Dealers may comply in their own way.")


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("Dealers comply within sixty days.", True),
        ("Dealers comply on the next business day.", True),
        ("Dealers comply a year after the bell.", True),
        ("Dealers comply in the months following the bell.", True),
        ("Dealers may use what lamps have become in recent years.", False),
        ("Lamps of other days are dim.", False),
    ],
)
def test_days_and_years_are_a_date_only_where_they_are_counted_or_placed(text: str, whether: bool) -> None:
    assert holds_answer(analyse("When must dealers comply with the rule?", []), text) is whether


def test_how_long_is_answered_by_a_period() -> None:
    query = analyse("How long must dealers keep notices?", [])
    assert holds_answer(query, "Dealers keep notices for not less than five years.")
    assert not holds_answer(query, "Keeping notices takes 25 hours annually.")


def test_what_leans_on_the_sentence_before() -> None:
    assert leans("Conversely, a dealer may ring.")
    assert leans("In addition, a dealer rings.")
    assert not leans("A dealer rings.")
