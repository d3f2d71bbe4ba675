"""Marks of what differs between two quotes, against expectations written by hand."""

import pytest

from rag.marking import Mark, mark, pieces


def _words(quotes: list[str], marks: tuple[Mark, ...]) -> list[tuple[str, str]]:
    return [(quotes[m.quote][m.start : m.end], m.kind) for m in marks]


def test_words_numbers_dates_and_modal_verbs_are_told_apart() -> None:
    old = ["A dealer shall keep the log for 30 days after June 30, 2020, in its office."]
    new = ["A dealer must keep the log for 60 days after May 1, 2021, in its main office."]
    found = mark(old, new)

    assert found.versions
    assert _words(old, found.old) == [("shall", "modal"), ("30", "number"), ("June 30, 2020", "date")]
    assert _words(new, found.new) == [
        ("must", "modal"), ("60", "number"), ("May 1, 2021", "date"), ("main", "word"),
    ]  # fmt: skip


def test_offsets_are_half_open_in_the_quote() -> None:
    found = mark(["Firms may not send."], ["Firms may send."])

    assert found.old == (Mark(0, 6, 13, "modal"),)
    assert found.new == (Mark(0, 6, 9, "modal"),)


def test_neighbouring_words_are_one_mark_with_the_space_between_them() -> None:
    old, new = ["The dealer keeps a log at night."], ["The dealer keeps a written  daily log at night."]

    assert _words(new, mark(old, new).new) == [("written  daily", "word")]


def test_case_space_and_punctuation_do_not_count() -> None:
    found = mark(["The dealer, shall file"], ["the  dealer shall File."])

    assert (found.old, found.new, found.versions) == ((), (), True)


def test_a_sentence_over_two_quotes_is_read_as_one() -> None:
    old = ["A dealer keeps a log", "for six months."]
    new = ["A dealer keeps a log for twelve months."]
    found = mark(old, new)

    assert found.old == (Mark(1, 4, 7, "number"),)
    assert _words(new, found.new) == [("twelve", "number")]


def test_of_quotes_that_are_no_versions_only_numbers_dates_and_modal_verbs_are_marked() -> None:
    old = ["Broker-dealers would have had 90 days to comply under the rule as proposed in April 2018."]
    new = ["We are persuaded that firms need more time and must comply by June 30, 2020."]
    found = mark(old, new)

    assert not found.versions
    assert _words(old, found.old) == [("would", "modal"), ("90", "number"), ("April 2018", "date")]
    assert _words(new, found.new) == [("must", "modal"), ("June 30, 2020", "date")]


def test_of_quotes_that_are_no_versions_a_number_of_nothing_is_not_marked() -> None:
    old = ["The duty resembles the one of the 913 Study under paragraph (a)(2) of the proposed text."]
    new = ["We are persuaded that firms with 5,000 customers need 6 months more, and $10 for each of them."]
    found = mark(old, new)

    assert found.old == ()
    assert _words(new, found.new) == [("5,000", "number"), ("6", "number"), ("$10", "number")]


def test_calls_of_footnotes_are_no_numbers() -> None:
    found = mark(["The dealer keeps a log.125"], ["The dealer keeps a log.77"])

    assert (found.old, found.new) == ((), ())


@pytest.mark.parametrize("sides", [([], ["Added."]), (["Removed."], []), ([], [])])
def test_a_side_without_a_quote_leaves_nothing_to_mark(sides: tuple[list[str], list[str]]) -> None:
    found = mark(*sides)

    assert (found.old, found.new, found.versions) == ((), (), False)


def test_pieces_give_back_the_quote() -> None:
    quote = "Firms may not send."
    found = list(pieces(quote, [Mark(0, 6, 13, "modal")]))

    assert found == [("Firms ", None), ("may not", "modal"), (" send.", None)]


@pytest.mark.parametrize("marks", [[Mark(0, 0, 99, "word")], [Mark(0, 0, 3, "word"), Mark(0, 2, 4, "word")]])
def test_marks_that_do_not_fit_are_refused(marks: list[Mark]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        list(pieces("Firms may.", marks))
