import pytest

from rag.conditions import stated_condition
from rag.force import Force, force_of, in_words


@pytest.mark.parametrize(
    ("modality", "action", "force"),
    [
        ("shall", "keep a log", Force.DUTY),
        ("would be required", "keep a log", Force.DUTY),
        ("will need to", "keep a log", Force.DUTY),
        ("shall not", "ring a bell", Force.PROHIBITION),
        ("may not", "ring a bell", Force.PROHIBITION),
        ("would be prohibited", "ringing a bell", Force.PROHIBITION),
        ("would not be permitted", "ring a bell", Force.PROHIBITION),
        ("may", "ring a bell", Force.PERMISSION),
        ("is not prohibited", "ringing a bell", Force.PERMISSION),
        ("would not be required", "ring a bell", Force.PERMISSION),
        ("may not be required", "ring a bell", Force.PERMISSION),
        ("would not need to", "ring a bell", Force.PERMISSION),
        ("is excused", "ringing a bell", Force.PERMISSION),
        ("is not excused", "ringing a bell", Force.DUTY),
        ("would not be able", "ring a bell", Force.PROHIBITION),
        ("should", "ring softly", Force.ADVICE),
        ("is expected", "ring softly", Force.ADVICE),
        ("would", "spend 3 hours", Force.ESTIMATE),
        ("may", "wish to consider ringing softly", Force.ADVICE),
    ],
)
def test_what_a_modality_amounts_to(modality: str, action: str, force: Force) -> None:
    assert force_of(modality, action) is force


@pytest.mark.parametrize(
    ("modality", "action", "words"),
    [
        ("shall", "keep a log", "would be required to keep a log"),
        ("shall", "discloses the hours", "would be required to disclose the hours"),
        ("shall", "makes, keeps, and files a plan", "would be required to make, keep, and file a plan"),
        ("shall not", "ring", "would not be permitted to ring"),
        ("may", "ring", "would be permitted to ring"),
        ("is prohibited", "ringing", "would be prohibited from ringing"),
        ("is excused", "ringing", "would be excused from ringing"),
        ("is expected", "ring softly", "would be expected to ring softly"),
        ("should", "ring softly", "should ring softly"),
    ],
)  # fmt: skip
def test_a_proposal_is_told_as_proposed(modality: str, action: str, words: str) -> None:
    assert in_words(modality, action, proposed=True) == words


@pytest.mark.parametrize(
    ("before", "between", "action", "condition"),
    [
        ("If a bell is broken, the ", " ", "mend it", "If a bell is broken"),
        ("If a bell is broken, we believe that the ", " ", "mend it", "If a bell is broken"),
        ("The ", ", when ringing for a guest, ", "ring softly", "when ringing for a guest"),
        ("The ", " ", "ring unless the guest asks for silence, and keep a log", "unless the guest asks for silence"),
        ("The ", " ", "ring, provided that it tells the guest", "provided that it tells the guest"),
        ("The ", " ", "keep bells that are subject to the tax of the town", None),
        ("The ", " ", "build upon its earlier practice of ringing", None),
        ("The ", " ", "name the ringer, if any, and the hour", None),
        ("The ", " ", "consider whether and when to ring", None),
    ],
)  # fmt: skip
def test_conditions_are_quoted_or_absent(before: str, between: str, action: str, condition: str | None) -> None:
    assert stated_condition(before, between, action) == condition
