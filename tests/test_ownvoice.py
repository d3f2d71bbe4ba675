import pytest

from rag.ownvoice import is_of_proposal, is_own


@pytest.mark.parametrize(
    "sentence",
    [
        "The rule would require each dealer to keep a log of bells.",
        "The Commission agrees with commenters that dealers should keep a log of bells.",
        "A dealer must tell the owner promptly when a bell is broken.",
        "Under the rule as adopted, existing dealers will be required to keep a log.",
    ],
)
def test_the_agency_speaks_of_its_own_rule(sentence: str) -> None:
    assert is_own(sentence, "Discussion")


@pytest.mark.parametrize(
    "sentence",
    [
        "One commenter stated that dealers should be required to keep a log of bells.",
        "Several exchanges argued that the market must keep a log of bells.",
        "They state that dealers should not ring at all during the night.",
        "The Commission disagrees with the commenter who said dealers must ring.",
        "The Commission does not believe that the rule should require dealers to ring.",
        "We are eliminating the proposed requirement that a dealer must ring each hour.",
        "In 1998, the Commission required dealers to keep a log of their bells.",
        "Rule 5 would have required dealers to keep a log of their bells.",
        "Section 15(b) of the Exchange Act requires dealers to register with the Commission.",
        "FINRA rules require members to keep a log of their bells.",
        "Should the Commission require dealers to keep a log of bells?",
        "Dealers must ring.",
    ],
)
def test_others_and_other_laws_are_left_out(sentence: str) -> None:
    assert not is_own(sentence, "Discussion")


def test_under_a_heading_on_another_law_a_sentence_must_name_this_rule() -> None:
    assert not is_own("The firm must also keep a log of its bells.", "DOL Rulemaking")
    assert is_own("The proposed rule would require a log of bells.", "DOL Rulemaking")


@pytest.mark.parametrize(
    ("sentence", "only_proposed"),
    [
        ("Proposed Rule 5 required dealers to keep a log.", True),
        ("As proposed, dealers would be required to keep a log.", True),
        ("Rule 5, as proposed and adopted, requires dealers to keep a log.", False),
        ("Rule 5 requires dealers to keep a log.", False),
    ],
)
def test_what_had_only_been_proposed_is_known(sentence: str, only_proposed: bool) -> None:
    assert is_of_proposal(sentence) is only_proposed
