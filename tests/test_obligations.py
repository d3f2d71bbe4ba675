import json
import random
from pathlib import Path

import pytest

from rag.actors import find_subject, name_actor
from rag.limits import stated_cost, stated_deadline, stated_threshold
from rag.obligations import is_obligation, read_burden, read_duty

SENTENCES = Path(__file__).parents[2] / "shared/data/obligations/ObligationClassificationDataset.json"


@pytest.mark.parametrize(
    "sentence",
    [
        "A quiet-hours dealer shall not send a message at night.",
        "Every firm must keep the log.",
        "Firms are required to file the form.",
        "It is prohibited for a member to trade ahead.",
        "An application requires payment of a fee.",
    ],
)
def test_a_duty_or_a_prohibition_is_an_obligation(sentence: str) -> None:
    assert is_obligation(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A dealer may send the notice by post.",
        "Firms are not required to hold a position.",
        "Firms might consider adopting a policy.",
        "The notes describe the market without imposing any requirement.",
        "Owls see well at night.",
    ],
)
def test_permission_advice_and_description_are_no_obligation(sentence: str) -> None:
    assert not is_obligation(sentence)


def test_a_prohibition_is_read_with_actor_force_and_action() -> None:
    duty = read_duty("(b) Silence. A quiet-hours dealer shall not send a prompt message during quiet hours.")

    assert duty is not None
    assert (duty.actor, duty.modality) == ("quiet-hours dealer", "shall not")
    assert duty.action == "send a prompt message during quiet hours"
    assert (duty.deadline, duty.threshold, duty.cost) == (None, None, None)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        (
            "The standard, among other things, does not: prohibit a dealer from being paid at night; "
            "or forbid a dealer from lending.",
            "is not prohibited",
        ),
        (
            "The rule would not, for example: (1) bind issuers or generally require a dealer to watch the account.",
            "is not required",
        ),
    ],
)
def test_what_stands_in_a_list_of_denials_is_denied(sentence: str, modality: str) -> None:
    duty = read_duty(sentence)
    assert duty is not None
    assert (duty.actor, duty.modality) == ("dealer", modality)


def test_what_might_only_be_read_so_is_no_duty() -> None:
    sentence = (
        "We propose this change, as the words could be construed to require a dealer to give up all its conflicts."
    )
    assert read_duty(sentence) is None


def test_the_object_of_would_require_is_the_actor() -> None:
    duty = read_duty(
        "The proposed rule would require each trading center to report trades within 30 seconds of execution."
    )

    assert duty is not None
    assert (duty.actor, duty.modality) == ("each trading center", "would be required")
    assert duty.deadline == "within 30 seconds of execution"


def test_would_not_require_is_not_told_as_a_duty() -> None:
    duty = read_duty("The rule would not require a broker-dealer to monitor the account.")

    assert duty is not None
    assert duty.modality == "would not be required"


def test_a_sentence_without_a_modal_verb_states_no_duty() -> None:
    assert read_duty("The dealer kept a log of messages in 2022.") is None


def test_a_list_of_actors_is_kept_whole_over_a_phrase_between_commas() -> None:
    before = "A broker, dealer, or a natural person who is an associated person of a broker, when making an offer,"

    assert find_subject(before) == "broker, dealer, or a natural person who is an associated person of a broker"


def test_interests_of_a_firm_are_not_an_actor() -> None:
    assert name_actor("The interests of the broker-dealer") is None
    assert name_actor("whereby broker-dealers") == "broker-dealers"


def test_the_actor_follows_the_clause_that_reports_a_belief() -> None:
    duty = read_duty("We believe that broker-dealers should write the notice in plain words.")

    assert duty is not None
    assert (duty.actor, duty.modality) == ("broker-dealers", "should")


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        (
            "File the log no later than 15 days after the end of each month.",
            "no later than 15 days after the end of each month",
        ),
        ("Deliver it prior to or at the time of such offer.", "prior to or at the time of such offer"),
        ("Comply by February 11, 2026.", "by February 11, 2026"),
        ("Review the policy annually.", "annually"),
        ("Send the letter in a blue envelope.", None),
    ],
)
def test_deadlines_are_quoted_or_absent(sentence: str, deadline: str | None) -> None:
    assert stated_deadline(sentence) == deadline


@pytest.mark.parametrize(
    ("sentence", "threshold"),
    [
        ("It applies to firms with more than 5,000 customers.", "more than 5,000 customers"),
        ("A market with 5% of volume must display quotes.", "5% of volume"),
        ("It takes more than 30 days.", None),
    ],
)
def test_thresholds_are_amounts_and_shares_not_periods(sentence: str, threshold: str | None) -> None:
    assert stated_threshold(sentence) == threshold


def test_costs_are_dollars_and_hours() -> None:
    assert (
        stated_cost("It would take 120 hours, or $1,968,000 at $410 per hour.")
        == "120 hours; $1,968,000; $410 per hour"
    )
    assert stated_cost("It would take time.") is None


def test_a_burden_needs_an_actor_and_a_cost() -> None:
    burden = read_burden("We estimate that each of 40 respondents would spend 120 hours in the first year.")

    assert burden is not None
    assert (burden.actor, burden.cost) == ("each of 40 respondents", "120 hours")
    assert read_burden("Each respondent would spend some time on it.") is None


@pytest.mark.skipif(not SENTENCES.is_file(), reason="the sentences marked by people are not on this machine")
def test_detection_beats_counting_keywords_on_sentences_that_people_marked() -> None:
    rows = json.loads(SENTENCES.read_text(encoding="utf-8"))
    random.Random(7).shuffle(rows)
    held_back = rows[len(rows) // 2 :]
    said = [is_obligation(row["Text"]) for row in held_back]
    true = [bool(row["Obligation"]) for row in held_back]
    hits = sum(a and b for a, b in zip(said, true, strict=True))

    assert hits / sum(said) > 0.96
    assert hits / sum(true) > 0.92
