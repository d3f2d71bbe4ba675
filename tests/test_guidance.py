"""What an agency makes of a rule is told without the words of an amendment."""

import pytest

from rag.amending import classify_between
from rag.guidance import GUIDANCE, guidance
from rag.phrases import CHANGED, REMOVED


@pytest.mark.parametrize(
    "sentence",
    [
        "We presume that a lamp without a label was never tested by its owner.",
        "The Commission clarifies that the log covers calls that were made by horn as well as by bell.",
        "We would not interpret a reminder to trim the wick, by itself, to be a test of the lamp.",
        "A dealer may satisfy its duty to keep a log by writing the calls on the wall, provided that it is dry.",
        "Lamp makers may apply for exemptions one by one under the general procedure of the Lamp Act.",
        "Labels generally should be renewed no later than 20 days after the lamp was moved.",
        "We encourage dealers to look at their lamps on the first day of every month.",
    ],
)
def test_a_view_a_presumption_and_a_leave_are_guidance(sentence: str) -> None:
    found = guidance(sentence)

    assert found is not None
    assert found[0] == GUIDANCE


@pytest.mark.parametrize(
    "sentence",
    [
        "One commenter stated that a dealer may satisfy its duty to keep a log by writing the calls on the wall.",
        "Under the proposal, a dealer may satisfy its duty to keep a log by writing the calls on the wall.",
        "We encourage dealers and makers of lamps to send us their comments on the length of the period.",
        "The Commission requested comment on whether a dealer may meet the requirement by shouting the calls.",
        "Would we presume that a lamp without a label was never tested by its owner?",
        "Most dealers keep a log of the calls that they make after dark.",
    ],
)
def test_what_others_say_and_what_was_only_proposed_is_none(sentence: str) -> None:
    assert guidance(sentence) is None


BETWEEN = ("2004-03-03", "2010-06-01")


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("On May 4, 2006, we approved an amendment, as proposed, to eliminate the “quiet lamp” provision.", REMOVED),
        ("In July 2007, the Commission amended Rule 9 to cover lamps that burn no oil at all.", CHANGED),
    ],
)
def test_what_was_amended_between_the_two_documents_is_a_change(sentence: str, status: str) -> None:
    found = classify_between(sentence, BETWEEN)

    assert found is not None
    assert found[0] == status


@pytest.mark.parametrize(
    "sentence",
    [
        "On May 4, 2003, we approved an amendment to eliminate the “quiet lamp” provision of Rule 9.",
        "On May 4, 2006, the makers of lamps asked us to eliminate the “quiet lamp” provision of Rule 9.",
        "Over the years we eliminated the “quiet lamp” provision and other parts of Rule 9.",
    ],
)
def test_what_was_done_before_or_by_others_or_at_no_date_is_none(sentence: str) -> None:
    assert classify_between(sentence, BETWEEN) is None


def test_without_dates_nothing_lies_between() -> None:
    assert classify_between("On May 4, 2006, we amended Rule 9 to cover lamps that burn no oil.", None) is None
