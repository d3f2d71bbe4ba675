"""Sentences in the manner of a release, each with what a careful reader would write down."""

import pytest

from rag.actors import find_subject
from rag.limits import stated_cost, stated_deadline
from rag.obligations import Duty, read_burden, read_duties, read_duty


def first(sentence: str) -> Duty:
    duty = read_duty(sentence)
    assert duty is not None
    return duty


@pytest.mark.parametrize(
    ("before", "actor"),
    [
        ("If a broker-dealer sells a bell, it", "broker-dealer"),
        ("Dealers hold the keys of the tower and thus", "Dealers"),
        ("Although the rule is new, dealers keep bells and therefore", "dealers"),
        ("The ringing will help the firms, and the bells", None),
        ("We believe that bells of the overall market", None),
        ("In making the offer, the dealer also", "dealer"),
        ("We change the meaning of bell to provide that a dealer", "dealer"),
        ("The signatory to a filed Form BELL", "signatory to a filed Form BELL"),
    ],
)
def test_the_subject_is_who_the_verb_belongs_to(before: str, actor: str | None) -> None:
    assert find_subject(before) == actor


@pytest.mark.parametrize(
    "sentence",
    [
        "We discuss whether dealers should ring at night.",
        "These are the steps that a dealer should take at night.",
        "The release lists the records which dealers must keep.",
        "The fee would fall on customers that may ring at night.",
        "The rule could require dealers to ring at night.",
        "We are not proposing to require dealers to ring at night.",
        "Prices would move should a dealer ring at night.",
        "We discuss the requirement for dealers to ring at night.",
        "We do not expect dealers to ring at night.",
    ],
)
def test_what_is_only_weighed_or_described_binds_nobody(sentence: str) -> None:
    assert [duty for duty in read_duties(sentence) if duty.actor is not None] == []


def test_what_must_be_done_is_told_even_where_nobody_is_named() -> None:
    duty = first("A broken bell must be mended within 35 days of the sale.")

    assert (duty.actor, duty.modality) == (None, "must")
    assert (duty.action, duty.deadline) == ("be mended within 35 days of the sale", "within 35 days of the sale")


def test_each_clause_has_its_own_duty_with_its_own_facts() -> None:
    sentence = (
        "A dealer would not be required to ring daily; however, if a customer asks, "
        "the dealer must answer within 5 business days."
    )
    silent, answer = read_duties(sentence)

    assert (silent.modality, silent.action, silent.deadline) == ("would not be required", "ring daily", "daily")
    assert (answer.modality, answer.action) == ("must", "answer within 5 business days")
    assert (answer.deadline, answer.condition) == ("within 5 business days", "if a customer asks")


def test_words_between_actor_and_infinitive_are_deadline_and_condition() -> None:
    duty = first("Rule 5 requires each dealer, within 30 days of a sale, to tell the owner of the bell.")
    assert (duty.actor, duty.action, duty.deadline) == (
        "each dealer", "tell the owner of the bell", "within 30 days of a sale",
    )  # fmt: skip
    duty = first("Rule 6 requires each dealer, if a bell is broken, to tell the owner.")
    assert duty.condition == "if a bell is broken"


@pytest.mark.parametrize(
    ("sentence", "actor", "action"),
    [
        ("The rule requires that each dealer keep a log.", "each dealer", "keep a log"),
        ("The rule requires that a dealer or its agents have a log.", "dealer or its agents", "have a log"),
        ("The rule will require all firms (old and new) to keep a log.", "all firms", "keep a log"),
        ("The rule requires each firm periodically to read the log.", "each firm", "read the log"),
        ("The log must be kept by the dealer.", "dealer", "be kept by the dealer"),
        ("It forbids noise and requires dealers to ring softly.", "dealers", "ring softly"),
        ("We are adopting a requirement for each dealer to ring softly.", "each dealer", "ring softly"),
        ("The rule requires a dealer, before a sale, to: (1) ring softly; and (2) stop.", "dealer", "ring softly"),
        ("The illness of the owner shall excuse the dealer from ringing.", "dealer", "ringing"),
        ("We also expect dealers to write a plan.", "dealers", "write a plan"),
    ],
)
def test_who_is_found_wherever_the_sentence_names_them(sentence: str, actor: str, action: str) -> None:
    duty = first(sentence)
    assert (duty.actor, duty.action) == (actor, action)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("The rule will require dealers to ring.", "will be required"),
        ("The rule would allow dealers to ring.", "would be permitted"),
        ("No dealer shall ring at night.", "shall not"),
        ("No person may ring at night.", "may not"),
        ("Dealers are now required to ring.", "is required"),
        ("Dealers will not need to ring.", "will not need to"),
        ("Dealers need to ring.", "needs to"),
        ("Dealers have to ring.", "has to"),
        ("The rule requires that a bell be kept.", "is required"),
        ("A dealer would first need to ring.", "would need to"),
        ("A dealer would not be able to waive the rule.", "would not be able"),
        ("We are proposing to amend Rule 5 to require dealers to ring.", "would be required"),
        ("The illness of the owner shall excuse the dealer from ringing.", "is excused"),
        ("We expect dealers to ring.", "is expected"),
    ],
)
def test_the_force_is_told_as_worded(sentence: str, modality: str) -> None:
    assert first(sentence).modality == modality


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("Review it at least annually.", "at least annually"),
        ("Test it not less than once each calendar year.", "not less than once each calendar year"),
        ("Tell the owner as soon as practicable.", "as soon as practicable"),
        ("Ring upon any request of the owner.", "upon any request of the owner"),
        ("Ring at the time of the sale if the owner asks.", "at the time of the sale"),
        ("Build upon the practice.", None),
        ("Keep it for a period of not less than five years.", "for a period of not less than five years"),
        ("Wait until six months after the first ringing.", "until six months after the first ringing"),
    ],
)
def test_deadlines_that_releases_use(sentence: str, deadline: str | None) -> None:
    assert stated_deadline(sentence) == deadline


@pytest.mark.parametrize(
    ("sentence", "cost"),
    [
        ("It takes 73 hours, 1558 or 3,212 hours for all.", "73 hours; 3,212 hours"),
        ("A fee of $0.003 per share is allowed.", None),
        ("It must be sent within 24 hours.", None),
        ("It costs $45,000 per ABC entity.", "$45,000 per ABC entity"),
    ],
)
def test_costs_are_no_prices_no_periods_and_no_footnotes(sentence: str, cost: str | None) -> None:
    assert stated_cost(sentence) == cost


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("We estimate that each notice will require 2 hours for each dealer.", "each dealer"),
        ("We estimate that it would take a dealer approximately 70 hours to write the plan.", "dealer"),
        ("Small dealers would have fewer bells; 40 hours are enough.", None),
        ("Since small dealers would have fewer bells, we think that 40 hours are enough.", None),
    ],
)
def test_an_estimate_is_put_on_whom_it_is_for(sentence: str, actor: str | None) -> None:
    burden = read_burden(sentence)
    assert (burden.actor if burden else None) == actor


def test_a_condition_with_brackets_in_it_is_whole() -> None:
    duty = first("If, however, a bell (of brass) is broken, such bell must be mended.")
    assert duty.condition == "If, however, a bell (of brass) is broken"
    assert first("Each dealer must give copies to the owner upon request.").condition == "upon request"
