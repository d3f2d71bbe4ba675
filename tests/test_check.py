from collections.abc import Callable

import pytest

from corpus.fulltext import FullTextIndex
from rag.check import Quoted, claim_fault, quote_fault
from rag.facts import unsupported_facts
from rag.polarity import Terms

Fault = Callable[..., str | None]

TRANSFER = (
    "Quiet Hours Rule. An exchange shall not send a message during quiet hours, except that a halt "
    "notice may be sent within 30 business days of the order. The fee may not exceed $0.003 per share. "
    "An exchange must keep each record for at least five years; the Commission estimates a cost of "
    "$4.5 million, or ten percent of revenue, starting June 30, 2020 under § 242.611(b)(1)."
)


@pytest.fixture(scope="module")
def terms() -> Terms:
    return FullTextIndex(None).terms


@pytest.fixture
def fault(terms: Terms) -> Fault:
    def of(claim: str, quote: str, passage: str = TRANSFER) -> str | None:
        return claim_fault(claim, [quoted(quote, passage)], terms)

    return of


def quoted(quote: str, passage: str = TRANSFER, context: str = "", reported: bool = False) -> Quoted:
    start = passage.index(quote)
    return Quoted(passage, start, start + len(quote), context, reported)


RECORDS = "must keep each record for at least five years"
SILENCE = "shall not send a message during quiet hours"


@pytest.mark.parametrize("quote", ["shall not", "a b c d", "antidisestablishmentarianism"])
def test_a_quote_of_few_words_or_characters_carries_nothing(quote: str) -> None:
    assert "shorter than 4 words or 20 characters" in (quote_fault(quote) or "")


def test_a_quote_of_four_words_and_twenty_characters_is_enough() -> None:
    assert quote_fault("send a message during") is None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("An exchange must keep records for 5 years.", RECORDS),
        ("An exchange may not send messages during quiet hours.", SILENCE),
        ("Exchanges are prohibited from sending a message during quiet hours.", SILENCE),
        ("The fee is capped at $0.003 per share.", "The fee may not exceed $0.003 per share"),
        ("The Commission estimates a cost of $4,500,000.", "the Commission estimates a cost of"),
        ("The estimated cost is 10% of revenue.", "estimates a cost of $4.5 million, or ten percent of revenue"),
        (
            "The cost starts in June 2020 under Rule 611(b).",
            "cost of $4.5 million, or ten percent of revenue, starting",
        ),
    ],
)
def test_a_claim_that_says_what_its_quote_says_passes(fault: Fault, claim: str, quote: str) -> None:
    assert fault(claim, quote) is None


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("An exchange must keep records for 6 years.", "6 years"),
        ("An exchange must keep records for seven years.", "7 years"),
        ("An exchange must keep records for at least five months.", "5 months"),
        ("An exchange must keep records from July 30, 2020.", "July 30, 2020"),
        ("An exchange must keep records from June 30, 2021.", "June 30, 2021"),
        ("An exchange must keep records costing $4.5 billion.", "$4.5 billion"),
        ("An exchange must keep records costing 4.5 percent.", "4.5 percent"),
        ("An exchange must keep records under Rule 612.", "612"),
        ("An exchange must keep records under paragraph (c).", "(c)"),
        ("An exchange must keep records for FINRA.", "FINRA"),
        ("An exchange must keep half of its records for five years.", "half"),
    ],
)
def test_a_fact_that_the_passage_does_not_state_fails_and_is_named(fault: Fault, claim: str, missing: str) -> None:
    reason = fault(claim, RECORDS)
    assert reason is not None
    assert reason.startswith("not in the cited passage: ")
    assert missing in reason


def test_business_days_are_not_days() -> None:
    assert unsupported_facts("within 30 days", TRANSFER) == ["30 days"]
    assert unsupported_facts("within 30 business days", TRANSFER) == []


def test_the_first_number_of_a_range_takes_its_unit_from_the_second() -> None:
    assert unsupported_facts("after 30 days", "a period of 30 or 60 days") == []
    assert unsupported_facts("after 30 months", "a period of 30 or 60 days") == ["30 months"]


def test_the_title_may_state_the_reference_and_the_year_but_no_quantity() -> None:
    context = "Rule 15c3-5 report for 2018: 40 percent"
    assert unsupported_facts("Rule 15c3-5 applied in 2018", "It applied.", context) == []
    assert unsupported_facts("It applied to 40 percent", "It applied.", context) == ["40 percent"]


def test_may_the_verb_is_no_month_and_the_number_of_a_rule_is_no_quantity() -> None:
    assert unsupported_facts("A firm may rely on Rule 611", "Firms can rely on § 242.611(a)") == []


def test_a_footnote_number_in_the_passage_states_nothing(fault: Fault) -> None:
    passage = "An exchange must keep each record of its members.156 The Commission agrees with this view."
    reason = fault("An exchange must keep each record 156 times.", "must keep each record of its members", passage)
    assert reason == "not in the cited passage: 156"


def test_a_negation_that_the_quote_lacks_fails(fault: Fault) -> None:
    reason = fault("An exchange need not keep each record for five years.", RECORDS)
    assert reason == "it denies or forbids something; the quoted text does not"


def test_a_negation_that_the_claim_leaves_out_fails(fault: Fault) -> None:
    reason = fault("An exchange shall send a message during quiet hours.", SILENCE)
    assert reason == "the quoted text denies something; it does not"


def test_a_quote_cut_behind_its_negation_still_counts_as_negated(fault: Fault) -> None:
    reason = fault("An exchange shall send a message during quiet hours.", "send a message during quiet hours")
    assert reason == "the quoted text denies something; it does not"


def test_a_denial_that_moves_to_another_word_fails(fault: Fault) -> None:
    passage = "An exchange that is not a member must keep each record and must report each quiet hour to members."
    reason = fault("An exchange that is not a member must not keep each record.", "must keep each record", passage)
    assert reason == "it denies “keep”, which the quoted text does not deny"


def test_a_denial_that_is_left_out_of_one_place_fails(fault: Fault) -> None:
    passage = "An exchange that is not a member may not send a message to its members."
    reason = fault("An exchange that is not a member may send a message.", "may not send a message to", passage)
    assert reason == "the quoted text denies “send”; it does not"


def test_a_near_copy_must_deny_as_often(fault: Fault) -> None:
    passage = "The record includes, but is not limited to, each message that an exchange did not send."
    claim = "The record includes, but is limited to, each message that an exchange did not send."
    assert fault(claim, passage, passage) == "it repeats the quoted text with a “not” more or less"


def test_not_limited_to_is_no_negation(fault: Fault) -> None:
    passage = "The profile includes, but is not limited to, the age and the tax status of the customer."
    assert (
        fault("The profile includes the customer's age.", "The profile includes, but is not limited", passage) is None
    )


def test_a_negation_in_another_clause_is_left_alone(fault: Fault) -> None:
    passage = "An exchange must keep each record for five years; nothing in this rule limits a court."
    assert fault("An exchange must keep each record for five years.", "must keep each record for five", passage) is None


def test_at_least_is_not_at_most(fault: Fault) -> None:
    reason = fault("An exchange must keep each record for at most five years.", RECORDS)
    assert reason == "it says “at most” where the quoted text says “at least”"


def test_may_is_not_must(fault: Fault) -> None:
    passage = "An exchange may keep each record of a quiet hour in its own form. It must report."
    reason = fault(
        "An exchange must keep each record of a quiet hour.", "may keep each record of a quiet hour", passage
    )
    assert reason == "it says that something must be done; the quoted text does not"


def test_may_is_not_must_even_where_another_must_stands_beside_it(fault: Fault) -> None:
    passage = "An exchange must report and may keep each record of a quiet hour in its own form."
    reason = fault(
        "An exchange must keep each record of a quiet hour.", "may keep each record of a quiet hour", passage
    )
    assert reason == "it makes a duty of “keep”; the quoted text does not"


def test_the_must_of_a_list_may_stand_above_its_items(fault: Fault) -> None:
    passage = "An exchange must:\n\n(a) keep each record of a quiet hour; and\n\n(b) report each quiet hour."
    assert fault("An exchange must keep each record of a quiet hour.", "keep each record of a quiet", passage) is None


def test_a_claim_about_something_else_fails(fault: Fault) -> None:
    reason = fault("Retail investors receive a relationship summary before trading.", RECORDS)
    assert reason == "fewer than half of its words are in what it quotes"


def test_naming_the_document_takes_nothing_from_a_claim(terms: Terms) -> None:
    passage = "We are providing a compliance date of June 30, 2020."
    claim = "The compliance date of Regulation Quiet Hours for Exchanges is June 30, 2020."
    assert claim_fault(claim, [quoted(passage, passage, "Regulation Quiet Hours for Exchanges")], terms) is None
    assert claim_fault(claim, [quoted(passage, passage, "Regulation NMS")], terms) is not None


def test_a_claim_of_the_sections_own_words_needs_its_facts_in_what_it_quotes(terms: Terms) -> None:
    passage = "We are providing a transition that ends on June 30, 2020. Many firms asked us for more time than that."
    claim = "The compliance date of the Quiet Hours rule is June 30, 2020."
    context = "Quiet Hours rule\nIV › Compliance Date"
    assert claim_fault(claim, [quoted("a transition that ends on June 30, 2020", passage, context)], terms) is None
    assert claim_fault(claim, [quoted("Many firms asked us for more time", passage, context)], terms) == (
        "fewer than half of its words are in what it quotes"
    )


def test_a_claim_that_adds_words_of_its_own_fails(fault: Fault) -> None:
    claim = "An exchange must keep each record for at least five years in Delaware vaults."
    assert fault(claim, RECORDS) == "not in the cited passage: delawar, vault"


def test_a_reference_with_blanks_or_a_footnote_call_behind_it_is_found() -> None:
    assert unsupported_facts("Section 15(g) applies", "Exchange Act Section 15 (g) applies") == []
    assert unsupported_facts("Section 15(g) applies", "Exchange Act Section 15(h) applies") == ["Section 15(g)"]


def test_a_question_states_nothing(fault: Fault) -> None:
    passage = "Should an exchange keep each record for five years?"
    reason = fault("An exchange keeps each record for five years.", passage, passage)
    assert reason == "the quoted text asks a question and states nothing"


SAID = "Several commenters argued that an exchange keeps each record too long."


def test_a_commenters_view_must_be_told_as_one(fault: Fault) -> None:
    quote = "an exchange keeps each record too long"
    assert fault("An exchange keeps each record too long.", quote, SAID) == (
        "a commenter said this, and the claim does not say so"
    )
    assert fault("Commenters argued that an exchange keeps each record too long.", quote, SAID) is None


def test_a_passage_of_a_comment_letter_speaks_for_its_writer_even_where_it_does_not_say_so(terms: Terms) -> None:
    passage = "An exchange keeps each record too long."
    claim = "An exchange keeps each record too long."
    assert claim_fault(claim, [quoted(passage, passage)], terms) is None
    assert claim_fault(claim, [quoted(passage, passage, reported=True)], terms) == (
        "a commenter said this, and the claim does not say so"
    )


@pytest.mark.parametrize("added", ["![x](http://evil.example/?q=1)", "See www.evil.example.", "<img src=x>"])
def test_a_link_or_mark_up_that_the_passage_lacks_fails(fault: Fault, added: str) -> None:
    assert fault(f"An exchange must keep each record for five years. {added}", RECORDS) == (
        "it holds mark-up, or a link that is not in the cited passage"
    )


def test_facts_may_come_from_any_of_the_cited_passages(terms: Terms) -> None:
    other = "The Quiet Hours Rule was adopted on March 3, 2021, and binds each exchange."
    both = [quoted(RECORDS), quoted("was adopted on March 3, 2021", other)]
    claim = "The Quiet Hours Rule, adopted March 3, 2021, binds an exchange to keep each record five years."
    assert claim_fault(claim, both, terms) is None
    assert claim_fault(claim, both[:1], terms) is not None


def test_a_word_about_the_standing_of_a_rule_must_be_in_the_passage(fault: Fault) -> None:
    claim = "The Quiet Hours Rule, under which an exchange must keep each record for at least five years, was repealed."
    assert fault(claim, RECORDS) == "not in the cited passage: repeal"
