import pytest

from rag.amending import classify_amending
from rag.phrases import classify
from rag.stated import lines_of, list_after, statements


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("We are adopting the amendments to the lantern rule as proposed.", "required"),
        ("We are amending Rule 9 to extend the period from 10 to 20 days, as proposed.", "changed"),
        ("The Commissions are adopting, as proposed, the amendments to lower the fee.", "required"),
        ("Lamps sold before the rule will no longer be excepted from it.", "removed"),
        ("We note that we have adopted an interim final rule for lamps, Rule 9T.", "added"),
        ("We are also providing examples of what a safe lamp is.", "changed"),
        ("The amendments to the wick rule raise the limit to nine inches.", "required"),
        ("Under the new rule, a dealer must test each lamp once a year.", "required"),
        ("The final rules define “lamp” as a device that gives light.", "required"),
        ("We are not adopting the suggested test of lamps.", "unchanged"),
    ],
)
def test_what_amends_a_rule_in_force(sentence: str, status: str) -> None:
    found = classify_amending(sentence)

    assert found is not None
    assert found[0] == status


@pytest.mark.parametrize(
    "sentence",
    [
        "In 1998, we adopted a rule that limits the use of lamps.",
        "Over the years, the Commission has amended the lamp rule as it saw fit.",
        "We also sought comment on whether the amendments should apply to candles.",
        "We are eliminating the proposed test of lamps in response to comments.",
        "We expect that the amendments will increase the number of lamps.",
        "As proposed, the rule would have required a test of each lamp.",
        "One of the commenters suggested that the final rules require a test of lamps.",
    ],
)
def test_history_questions_effects_and_what_was_only_proposed_amend_nothing(sentence: str) -> None:
    assert classify_amending(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The costs of the changes that we are adopting today are small for dealers.",
        "Firms will need lamps for the tests we are requiring under the rule.",
    ],
)
def test_a_requirement_mentioned_in_passing_states_nothing(sentence: str) -> None:
    assert classify(sentence) is None


def test_what_the_agency_is_not_doing_stays_as_it_was() -> None:
    found = classify("Accordingly, we are not adding any requirements for candles.")

    assert found is not None
    assert found[0] == "unchanged"


def test_a_position_of_the_agency_is_stated() -> None:
    found = classify("In response to comments, it is our position that silence includes whispering.")

    assert found is not None
    assert found[0] == "required"


def test_a_list_behind_a_colon_is_shown_in_full() -> None:
    text = (
        "We are amending the rule to require a label that:\n\nNames the maker of the lamp;\n\n"
        "Names the day of the test; and\n\nIs signed by the dealer.\n\nOwls are birds that live in the woods nearby."
    )
    lines = lines_of(text, 0, len(text))
    (statement,) = statements(lines, of_proposal=False)

    assert [line.text for line in statement.lines][1:] == [
        "Names the maker of the lamp;",
        "Names the day of the test; and",
        "Is signed by the dealer.",
    ]
    assert list_after(lines, 0) == statement.lines[1:]


def test_a_reason_is_not_taken_from_the_next_item_of_a_list() -> None:
    text = (
        "Lamp Tests: We are modifying the test of lamps. "
        "Candle Labels: Because candles drip, it is our view that a label must say so."
    )
    first = next(iter(statements(lines_of(text, 0, len(text)))))

    assert first.reasons == ()


def test_an_outline_or_a_recap_of_the_proposal_is_no_reason() -> None:
    text = (
        "The Proposing Release stated a concern about the cost of lamps. We are modifying the test of lamps. "
        "The test is discussed in detail below in light of the comments."
    )
    (statement,) = statements(lines_of(text, 0, len(text)))

    assert statement.reasons == ()


def test_a_change_is_not_swallowed_by_what_is_kept_before_it() -> None:
    text = (
        "We continue to believe that the fee for each lamp is a matter that its buyers should know about in time. "
        "Accordingly, we are revising the rule to require a label with the fee for each lamp."
    )
    found = [s.status for s in statements(lines_of(text, 0, len(text)))]

    assert found == ["unchanged", "changed"]


def test_what_the_agency_does_about_something_else_is_no_reason() -> None:
    text = (
        "We are modifying the test of lamps that dealers use in their trading rooms after dark. "
        "In response to comments, we are also clarifying the label for candles and wicks."
    )
    first = next(iter(statements(lines_of(text, 0, len(text)))))

    assert first.reasons == ()
