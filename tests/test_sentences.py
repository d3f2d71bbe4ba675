import pytest

from corpus.sentences import readable, split_sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One rule. Another rule.", ["One rule.", "Another rule."]),
        (
            "See Rel. No. 34-1 of Sept. 1, e.g. the U.S. market. Next.",
            ["See Rel. No. 34-1 of Sept. 1, e.g. the U.S. market.", "Next."],
        ),
        ("It binds dealers.12 They shall comply.", ["It binds dealers.12", "They shall comply."]),
        ("It binds dealers. 12 They shall comply.", ["It binds dealers. 12", "They shall comply."]),
        ("The fee is $0.003 per share. It is a cap.", ["The fee is $0.003 per share.", "It is a cap."]),
        (
            "“act in the best interest. . . without delay” applies. Yes.",
            ["“act in the best interest. . . without delay” applies.", "Yes."],
        ),
        ("A heading\n\nA sentence follows", ["A heading", "A sentence follows"]),
        ("It covers:\n• dealers;\n• exchanges.", ["It covers:", "• dealers;", "• exchanges."]),
        ("over a line\nbreak. End", ["over a line\nbreak.", "End"]),
        ("A price below $1.00 (section III) counts. Yes.", ["A price below $1.00 (section III) counts.", "Yes."]),
        ("Is it so? It is (indeed.) Good.", ["Is it so?", "It is (indeed.)", "Good."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_readable_drops_footnote_numbers_and_bullets_only() -> None:
    assert readable("• It binds\ndealers.12") == "It binds dealers."
    assert readable("The cap is 30 cents in Rule 610.") == "The cap is 30 cents in Rule 610."
    assert readable("a “conflict,”7 as defined") == "a “conflict,” as defined"
