"""The parts of the comparison that need no library."""

import pytest

from corpus.records import Chunk, Voice
from rag.align import agency_heard
from rag.merging import best, merged
from rag.numbers import telling_edits
from rag.rows import Draft, Span


def _span(start: int, text: str, section: str = "II") -> Span:
    return Span(start, start + len(text), section, Voice.PREAMBLE, text)


def _chunk(section: str, text: str, start: int = 0) -> Chunk:
    return Chunk("a" * 16, start, start + len(text), 1, 1, section, Voice.RULE_TEXT, text)


def test_rows_of_one_passage_become_one_with_all_their_quotes() -> None:
    old = _span(0, "The log is due each month.")
    first = Draft("Log", "changed", (old,), (_span(0, "We are amending the log."),), "Changed, in B: we are amending.")
    second = Draft(
        "Log", "changed", (old,), (_span(50, "It is due each year."),), "Changed, in B: it is due each year."
    )
    other = Draft("Log", "removed", (old,), (_span(90, "We remove it."),), "Removed, in B: we remove it.")

    one, removed = merged([first, second, other])

    assert [s.text for s in one.new] == ["We are amending the log.", "It is due each year."]
    assert one.difference == "Changed, in B: we are amending. And: It is due each year."
    assert removed == other


def test_a_section_in_which_the_agency_speaks_is_no_rule_text() -> None:
    spoken = _chunk("II.C › Final Rules", "We are adopting the test. Commenters asked for it.")
    silent = _chunk("§ 299.9 › Lamps", "(a) A dealer must test each lamp.", start=100)

    assert [c.voice for c in agency_heard([spoken, silent])] == [Voice.PREAMBLE, Voice.RULE_TEXT]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("The records of Rule 9(a)(25) take 40 hours.", "The records of Rule 9(a)(35) take 50 hours.", ["40 hours"]),
        ("As of 2017 there were 3,841 dealers.", "As of 2018 there were 3,764 dealers.", ["2017", "3,841"]),
        ("A small dealer under Rule 0- 10 holds $5 million.", "A small dealer under Rule 0-10 holds $5 million.", []),
    ],
)
def test_the_number_of_a_paragraph_is_no_fact(old: str, new: str, told: list[str]) -> None:
    assert [e.old for e in telling_edits(old, new, set(), set())] == told


def test_additions_of_one_section_are_told_as_one_and_others_stand_alone() -> None:
    lamp = Draft("Lamps", "added", (), (_span(0, "Lamps are blue."),), "Added: lamps are blue.", group="added")
    wick = Draft("Lamps", "added", (), (_span(20, "Wicks are short."),), "Added: wicks are short.", group="added")
    bell = Draft("Bells", "added", (), (_span(40, "Bells ring.", "III"),), "Added: bells ring.", group="added")

    one, other = merged([lamp, wick, bell])

    assert one.difference == "Added: lamps are blue. And: Wicks are short."
    assert [s.text for s in one.new] == ["Lamps are blue.", "Wicks are short."]
    assert other == bell


def test_of_many_rows_those_with_facts_and_duties_stay_in_their_order() -> None:
    told = Draft("Lamps", "changed", (), (_span(0, "A lamp must be tested within 10 days."),), "")
    announced = Draft("Lamps", "changed", (), (_span(50, "We have changed this, as discussed below."),), "")
    limited = Draft("Oil", "changed", (), (_span(99, "We are requiring a door that costs $40."),), "")

    assert best([told, announced, limited], 2) == [told, limited]
