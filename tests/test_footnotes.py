"""Notes cut out and linked to their calls; every text is written for the test."""

import pytest

from corpus.pagemap import PageMap
from corpus.records import Page
from corpus.structure import Footnote
from ingest.citing.footnotes import find_footnotes
from ingest.citing.sequences import Candidate, Costs, heaviest_chain
from ingest.formats.pdf import read_pdf
from ingest.layout.pages import lay_out
from tests.conftest import real
from tests.release_factory import DrawnRelease


def page(body: str, notes: str, number: int = 1, calls: tuple[tuple[int, str], ...] = ()) -> Page:
    gap = "\n\n" if body and notes else ""
    return Page(number, None, body + gap + notes, len(body), calls=calls)


def read(*pages: Page) -> tuple[PageMap, tuple[Footnote, ...]]:
    page_map = PageMap(pages)
    return page_map, find_footnotes(page_map)


def texts(page_map: PageMap, notes: tuple[Footnote, ...]) -> list[str]:
    return [page_map.text[note.start : note.end] for note in notes]


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def called(page_map: PageMap, notes: tuple[Footnote, ...]) -> dict[str, list[str]]:
    """For each note, the ten characters before each of its calls."""
    return {n.number: [page_map.text[max(c - 10, 0) : c] for c in n.calls] for n in notes}


def test_each_note_is_one_span_from_its_number_to_the_next() -> None:
    page_map, notes = read(page("Markets open early.1 They close late.2", "1 See the calendar.\n\n2 Not on holidays."))
    assert texts(page_map, notes) == ["1 See the calendar.", "2 Not on holidays."]
    assert called(page_map, notes) == {"1": ["pen early."], "2": ["lose late."]}


def test_a_number_at_the_beginning_of_a_line_must_continue_the_sequence() -> None:
    body = "A quiet rule.1 A loud rule.2 A short rule.3"
    notes = (
        "1 The first note speaks of\n15 U.S.C. 78a and of\n3 months of quiet.\n2 The second, dated\nMay\n"
        "3, is short.\n3 The third."
    )
    page_map, found = read(page(body, notes))
    assert [note.number for note in found] == ["1", "2", "3"]
    assert texts(page_map, found)[0].endswith("3 months of quiet.")
    assert texts(page_map, found)[2] == "3 The third."


def test_notes_in_the_margin_of_a_statute_are_no_footnotes() -> None:
    page_map, found = read(page("The Council shall meet.", "12 USC 5321.\n\nDeadline.\n\n15 USC 78m\nnote."))
    assert texts(page_map, found) == []


def test_a_year_at_the_end_does_not_become_a_note() -> None:
    _, found = read(page("One.1 Two.2", "1 A note.\n2 A note on the Act of\n1934 Congress passed."))
    assert [note.number for note in found] == ["1", "2"]


def test_notes_run_together_in_one_line_are_told_apart_by_the_gap() -> None:
    notes = "4 See the rule. 5 Id. 6 See Section 2 of the plan.\n\n7 See the map."
    body = "Four.4 Five.5 Six.6 Seven.7"
    page_map, found = read(page(body, notes))
    assert texts(page_map, found) == ["4 See the rule.", "5 Id.", "6 See Section 2 of the plan.", "7 See the map."]


def test_a_note_over_a_page_break_stays_whole() -> None:
    first = page("Words.1", "1 This note goes on", 1)
    second = page("More words.2", "on the next page.\n\n2 Another.", 2)
    page_map, found = read(first, second)
    assert texts(page_map, found) == ["1 This note goes on\non the next page.", "2 Another."]
    assert [note.page for note in found] == [1, 2]


def test_a_second_series_begins_at_one_and_keeps_its_own_calls() -> None:
    pages = [
        page("Alpha.1 Beta.2 Gamma.3 Delta.4", "1 A.\n\n2 B.\n\n3 C.\n\n4 D.", 1),
        page("Appendix. Alef.1 Bet.2 Gimel.3 Dalet.4", "1 Aa.\n\n2 Bb.\n\n3 Cc.\n\n4 Dd.", 2),
    ]
    page_map, found = read(*pages)
    assert [note.number for note in found] == ["1", "2", "3", "4"] * 2
    assert [page_map.page_of(note.calls[0]) for note in found] == [1] * 4 + [2] * 4


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        ("The rule.12 It ends.13", "12 Yes.\n13 No."),
        ("The rule, 12 and its end. 13 New", "12 Yes.\n13 No."),
        ("The rule  12  and its end  13  New", "12 Yes.\n13 No."),
        ("The rule. \\12\\ It ends. \\13\\ New", "\\12\\ Yes.\n\\13\\ No."),
        ("The rule.[12] It ends.[13]", "[12] Yes.\n[13] No."),
        ("The rule {12} ends {13}", "{12} Yes.\n{13} No."),
        ("Items 201 12 and 601 13 of the form", "12 Yes.\n\n13 No."),
        ("the fees 12 that a fund pays 13 each year", "12 Yes.\n\n13 No."),
    ],
)
def test_calls_are_found_however_they_are_printed(body: str, notes: str) -> None:
    page_map, found = read(page(body, notes))
    assert [note.number for note in found] == ["12", "13"]
    assert [[page_map.text[c : c + 2] for c in note.calls] for note in found] == [["12"], ["13"]]


@pytest.mark.parametrize(
    "trap",
    [
        "in Rule 12 the",
        "on May 12 the",
        "$12 or",
        "Act No. 12 The",
        "about 12 percent",
        "supra note 12 the",
        "12 CFR 225",
    ],
)
def test_other_numbers_call_no_note(trap: str) -> None:
    _, found = read(page(f"Eleven things.11 And {trap} end. Thirteen things.13", "11 A.\n\n12 B.\n\n13 C."))
    assert [len(note.calls) for note in found] == [1, 0, 1]


def test_a_call_that_the_file_marks_outweighs_the_wording() -> None:
    body = "Rule 611 applies. 2 days later Rule 6112 applies.3"
    marked = body.index("6112") + 3
    page_map, found = read(page(body, "2 Two.\n\n3 Three.", calls=((marked, "2"),)))
    assert found[0].calls == (marked,)
    assert page_map.text[found[1].calls[0]] == "3"


def test_a_note_called_twice_by_marked_calls_keeps_both() -> None:
    body = "Alpha1 beta2 gamma1"
    calls = ((5, "1"), (11, "2"), (18, "1"))
    _, found = read(page(body, "1 One.\n\n2 Two.", calls=calls))
    assert [note.calls for note in found] == [(5, 18), (11,)]


def test_a_note_far_from_a_number_is_not_called_by_it() -> None:
    pages = [page("A list, 2 of them.", "", 1), page("Nothing here.", "", 2), page("Beta.1 Gamma.2", "1 A.\n\n2 B.", 3)]
    page_map, found = read(*pages)
    assert [page_map.page_of(call) for note in found for call in note.calls] == [3, 3]


def test_signs_are_called_on_their_page_and_stars_of_an_omission_are_none() -> None:
    pages = [
        page("The author* thanks all.†", "* Of the staff.\n† Not of the staff.", 1),
        page("(a) Text.\n* * * * *\n(b) More.1", "1 A note.\n* * * * *", 2),
    ]
    page_map, found = read(*pages)
    assert [note.number for note in found] == ["*", "†", "1"]
    assert [page_map.text[note.calls[0]] for note in found] == ["*", "†", "1"]


def test_a_page_without_notes_has_none() -> None:
    assert read(page("1 is a number. 2 is another.", ""))[1] == ()


def test_the_heaviest_chain_pays_for_what_it_skips() -> None:
    candidates = [Candidate(0, 1, 1.0), Candidate(1, 9, 1.5), Candidate(2, 2, 1.0), Candidate(3, 3, 1.0)]
    score, chain = heaviest_chain(candidates, Costs(skip=0.1, most_skip=1.0))
    assert [member.value for member in chain] == [1, 2, 3]  # 1 and 9 weigh 2.5 less 0.7
    assert score == pytest.approx(3.0)


def test_a_chain_begins_again_where_that_is_worth_its_cost() -> None:
    twice = [Candidate(n, value, 1.0) for n, value in enumerate([1, 2, 3, 1, 2, 3])]
    assert [m.value for m in heaviest_chain(twice, Costs(0.1, 1.0, restart=1.5))[1]] == [1, 2, 3, 1, 2, 3]
    assert [m.value for m in heaviest_chain(twice, Costs(0.1, 1.0, restart=4.0))[1]] == [1, 2, 3]
    assert heaviest_chain([], Costs(0.1, 1.0)) == (0.0, [])


def test_the_notes_of_a_real_proposal_are_numbered_without_gaps() -> None:
    page_map = PageMap(lay_out(read_pdf(real("sec_pdfs/IA-5249-fiduciary-interpretation.pdf"))).pages)
    found = find_footnotes(page_map)
    assert [note.number for note in found] == [str(n) for n in range(1, 82)]
    assert all(note.calls for note in found)


def test_every_note_of_a_drawn_release_is_found_whole_and_called_on_its_page(proposal: DrawnRelease) -> None:
    page_map = PageMap(lay_out(read_pdf(proposal.path)).pages)
    found = find_footnotes(page_map)
    assert [note.number for note in found] == [str(note.number) for note in proposal.notes]
    assert [note.page for note in found] == [note.first_page for note in proposal.notes]
    for drawn, note in zip(proposal.notes, found, strict=True):
        assert letters(page_map.text[note.start : note.end]) == letters(drawn.text)
        assert [page_map.page_of(call) for call in note.calls] == [drawn.first_page]
