"""Tags left over in text files; every text is written for the test."""

import pytest

from ingest.citing.tags import without_tags
from ingest.formats.plain import read_text


@pytest.mark.parametrize(
    ("printed", "text", "calls"),
    [
        ("It ends. <SUP> 12 </SUP> Then", "It ends. 12 Then", [("12", 9)]),
        ("It ends.<sup>3</sup> Then", "It ends.3 Then", [("3", 8)]),
        ("It ends.<SUP> 3 </SUP>Then", "It ends.3 Then", [("3", 8)]),
        ("Rule 701<SUP> 1 </SUP> applies", "Rule 701 1 applies", [("1", 9)]),
        ("Rule 701 <SUP> 1 </SUP> applies", "Rule 701 1 applies", [("1", 9)]),
        ("It ends. <SUP> 2  Then", "It ends. 2  Then", [("2", 9)]),
        ("It ends. <SUP> 4 \n\n</SUP>Then", "It ends. 4\n\nThen", [("4", 9)]),
        ("the 6<SUP>th</SUP> of May", "the 6th of May", []),
        ("rule <SUP>203A-2(b)(3) permit</SUP>s", "rule 203A-2(b)(3) permits", []),
        ("<I>See</I> the <B>rule</B>", "See the rule", []),
        ("insert the tag <R> before it", "insert the tag <R> before it", []),
        ("a < b and c > d", "a < b and c > d", []),
    ],
)
def test_a_tagged_call_becomes_its_bare_number(printed: str, text: str, calls: list[tuple[str, int]]) -> None:
    found, places = without_tags(printed)
    assert found == text
    assert [(number, offset) for offset, number in places] == calls
    assert all(text[offset : offset + len(number)] == number for number, offset in calls)


def test_the_lines_of_a_file_stay_as_they_are() -> None:
    printed = "One <SUP> 1 </SUP>\ntwo <SUP> 2 \n\n</SUP>three\n\nFOOTNOTES\n\n1 A.\n\n2 </SUP> B.\n"
    page = read_text(printed.encode()).pages[0]
    assert page.text == "One 1\ntwo 2\n\nthree\n\nFOOTNOTES\n\n1 A.\n\n2  B.\n"
    assert page.text.count("\n") == printed.count("\n")
    assert page.calls == ((4, "1"), (10, "2"))
    assert page.text[: page.body_chars].rstrip().endswith("three")
