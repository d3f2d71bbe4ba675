"""When two sentences are in conflict, and, more often, when they are not."""

import pytest

from corpus.answers import Disputed
from rag.conflicts import difference, states_a_value
from tests.linked_releases import DEFINED, KEEPS_SIX, KEEPS_THREE


def test_a_number_that_differs_is_named_as_printed() -> None:
    found = difference(KEEPS_SIX, KEEPS_THREE)
    assert found is not None
    assert (found.kind, found.one, found.other) == (Disputed.NUMBER, "six years", "three years")
    assert found.about == "A harbor dealer must keep a copy of every lantern"


def test_a_date_and_a_force_that_differ() -> None:
    said = "Comments on the lantern notice should reach the Board on or before {}."
    found = difference(said.format("March 18, 2024"), said.format("April 1, 2024"))
    assert found is not None
    assert (found.kind, found.one, found.other) == (Disputed.DATE, "March 18, 2024", "April 1, 2024")
    said = "Each harbor dealer {} send the lantern notice to every customer before the first evening trade."
    found = difference(said.format("must"), said.format("should"))
    assert found is not None
    assert (found.kind, found.one, found.other) == (Disputed.MODALITY, "must", "should")


def test_a_number_in_words_is_the_number_in_digits() -> None:
    assert difference(KEEPS_SIX, KEEPS_SIX.replace("six", "6")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # other things
        (KEEPS_SIX, "A ferry master must light the lamp for three hours after the evening bell and before noon."),
        # the same duty for another dealer and another paper
        (
            "A large harbor dealer must keep the first evening notice for six years after the bell.",
            "A small river dealer must keep the last morning ledger for three years after the bell.",
        ),
        # other units
        ("The dealer must file the lantern notice within 5 days of the bell.", KEEPS_THREE),
        # two numbers differ
        (
            "The fee for a lantern notice is $5 for the first 10 days after the evening bell.",
            "The fee for a lantern notice is $6 for the first 20 days after the evening bell.",
        ),
        # only numbers of rules differ
        (
            "Rule 12a-1 requires a harbor dealer to send the lantern notice before the evening bell.",
            "Rule 99z-4 requires a harbor dealer to send the lantern notice before the evening bell.",
        ),
        # one denies what the other says
        (KEEPS_SIX, KEEPS_THREE.replace("every lantern notice", "every lantern notice not sent")),
        # a proposal and an adoption in the words of each
        (
            "The proposed rule would require a harbor dealer to send the lantern notice before the bell.",
            "The final rule requires a harbor dealer to send the lantern notice before the bell.",
        ),
    ],
)
def test_what_is_no_conflict(one: str, other: str) -> None:
    assert difference(one, other) is None
    assert difference(other, one) is None


def test_what_can_be_disputed() -> None:
    assert states_a_value(KEEPS_SIX)
    assert not states_a_value(DEFINED)
