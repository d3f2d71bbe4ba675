import numpy as np
import pytest

from corpus.records import Voice
from rag.align import Part
from rag.requests import requests_of


def asked(text: str, *, heading: str = "Discussion", voice: Voice = Voice.PREAMBLE) -> list[tuple[int | None, str]]:
    """Number and words of every request in a section of this text."""
    part = Part(0, heading, heading, (), 0, 0, len(text), voice, (), np.zeros(2, dtype=np.float32))
    return [(number, " ".join(text[b.body : b.end].split())) for b, number in requests_of(text, part)]


def test_printed_numbers_are_kept_and_bullets_are_counted() -> None:
    numbered = (
        "We request comment on the log.\n\n4. Is the log useful?\n\n5. Should dealers keep it? If so, how long?\n"
    )
    bulleted = "The Commission requests comment on the log:\n\n• Is the log useful?\n\n• Should dealers keep it?\n"

    assert asked(numbered) == [(4, "Is the log useful?"), (5, "Should dealers keep it? If so, how long?")]
    assert asked(bulleted) == [(1, "Is the log useful?"), (2, "Should dealers keep it?")]


def test_numbers_start_again_in_a_list_that_starts_again() -> None:
    text = (
        "The Commission seeks comment on night messages.\n\n1. Are they heard?\n\n2. Are they read?\n\n"
        "The Commission also seeks comment on day messages.\n\n1. Are they needed?\n"
    )
    assert [n for n, _ in asked(text)] == [1, 2, 1]


def test_a_request_torn_by_the_end_of_a_page_is_whole() -> None:
    text = (
        "We seek comment on owls.\n\n1. Do commenters agree that owls should be\n\nleft to sleep by day?\n\n2. Why?\n"
    )
    assert asked(text)[0] == (1, "Do commenters agree that owls should be left to sleep by day?")


def test_bullets_under_a_number_belong_to_it() -> None:
    text = "We seek comment on owls.\n\n1. Which of these should count?\n\n• Barn owls\n\n• Snowy owls\n\n2. Why?\n"
    assert asked(text) == [(1, "Which of these should count? • Barn owls • Snowy owls"), (2, "Why?")]


def test_items_without_a_question_count_behind_words_that_ask_for_them() -> None:
    text = "We request comment in order to:\n\n• check our estimate of owls; and\n\n• find a better one.\n"
    assert asked(text) == [(1, "check our estimate of owls; and"), (2, "find a better one.")]


def test_requests_in_running_text_have_no_number() -> None:
    text = "The log is monthly. We also request comment on the cost of the log. It is small."
    assert asked(text) == [(None, "We also request comment on the cost of the log.")]


@pytest.mark.parametrize(
    "text",
    [
        "Dealers do this:\n\n• send messages;\n\n• ring bells.\n",
        "One commenter asked whether the Commission would seek comment again. Is that so?",
        "The Commission published a notice requesting comment on the log and received none.",
        "We did, however, request comment on the log in the proposal.",
        "Dealers request comments from their customers. They request information on owls.",
        "As discussed in section\n12. The log is monthly.",
        "We request comment below on the log.",
    ],
)
def test_lists_reports_and_pointers_are_no_requests(text: str) -> None:
    assert asked(text) == []


def test_a_question_counts_where_the_heading_asks() -> None:
    assert asked("Is the log useful?", heading="Request for Comment") == [(None, "Is the log useful?")]
    assert asked("Is the log useful?") == []
