"""How numbers are read, and which of them continue one numbering."""

import pytest

from ingest.outline.numbering import Reading, read_number
from ingest.outline.sequence import Step, continue_numbering


@pytest.mark.parametrize(
    ("text", "printed", "readings"),
    [
        ("IV. Market Data", "IV.", [("I.", 4)]),
        ("C. Costs", "C.", [("A.", 3)]),
        ("12. Plans", "12.", [("1.", 12)]),
        ("i. Benefits", "i.", [("i.", 1), ("a.", 9)]),
        ("(iv) Costs", "(iv)", [("(i)", 4)]),
        ("(A) Costs", "(A)", [("(A)", 1)]),
        ("V.CONSIDERATION OF COSTS", "V.", [("I.", 5), ("A.", 22)]),
        ("E\tCollection", "E", [("A.", 5)]),
        ("G . Proxies", "G .", [("A.", 7)]),
    ],
)
def test_a_number_is_read_in_every_way_it_can_be(text: str, printed: str, readings: list[tuple[str, int]]) -> None:
    number = read_number(text)
    assert number is not None
    assert number.printed == printed
    assert list(number.readings) == [Reading(*reading) for reading in readings]
    assert text[number.length :][0].isupper()


@pytest.mark.parametrize(
    "text", ["U.S. law", "A word", "e.g. this", "IIII. Four", "Rule 10b-5", "1,204 shares", "VX. None", "01. Item", ""]
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


def steps(*numbers: str, weight: float = 3.0) -> list[Step]:
    made = []
    for printed in numbers:
        number = read_number(f"{printed} Title")
        assert number is not None
        made.append(Step(number.readings, weight))
    return made


def test_a_number_that_does_not_continue_costs_more_than_one_that_does() -> None:
    run = steps("I.", "A.", "J.", "B.", "II.", weight=1.0)
    assert continue_numbering(run) == {0: 1, 1: 2, 3: 2, 4: 1}


def test_an_overlooked_heading_does_not_end_the_numbering() -> None:
    assert continue_numbering(steps("I.", "II.", "V.", "VI.")) == {0: 1, 1: 1, 2: 1, 3: 1}


def test_numbers_begin_anew_below_a_heading_that_has_none() -> None:
    """Under "d." an unnumbered heading holds "A." and "B.", with "1." and "2." below; then "e." goes on."""
    run = steps("I.", "A.", "1.", "a.", "b.", "c.", "d.", "A.", "B.", "1.", "2.", "C.", "e.", "2.")
    levels = continue_numbering(run)
    assert [levels[n] for n in (6, 7, 8, 9, 10, 11, 12, 13)] == [4, 5, 5, 6, 6, 5, 4, 3]


def test_an_outer_numbering_is_not_put_below_what_came_before_it() -> None:
    """Text loses the numbers "I.", "II." and "C." of some headings; what it keeps of others stays above the rest."""
    assert continue_numbering(steps("c.", "d.", "D.", "1.", "E.", "III.", "A.", "IV.")) == {
        0: 1, 1: 1, 2: 1, 3: 2, 4: 1, 5: 1, 6: 2, 7: 1,
    }  # fmt: skip


def test_an_outer_style_may_stand_below_an_inner_one() -> None:
    assert continue_numbering(steps("1.", "A.", "B.", "2.", "A.", "3.")) == {0: 1, 1: 2, 2: 2, 3: 1, 4: 2, 5: 1}


def test_what_speaks_against_a_heading_outweighs_its_number() -> None:
    first, second, third = steps("1.", "2.", "3.")
    assert continue_numbering([first, Step(second.readings, -5.0), third]) == {0: 1, 2: 1}


def test_nothing_gives_nothing() -> None:
    assert continue_numbering([]) == {}
