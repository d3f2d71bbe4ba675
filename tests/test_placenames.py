import pytest

from rag.placenames import PlaceKind, places, spelled_out


@pytest.mark.parametrize(
    ("question", "kind", "number", "paragraphs"),
    [
        ("What does Rule 99(a)(1) require?", PlaceKind.RULE, "99", "(a)(1)"),
        ("17 CFR 242.611(b)", PlaceKind.RULE, "611", "(b)"),
        ("paragraph (b)(8) of Rule 611", PlaceKind.RULE, "611", "(b)(8)"),
        ("does 611(b)(8) apply?", PlaceKind.RULE, "611", "(b)(8)"),
        ("§ 240.15l-1", PlaceKind.RULE, "15l-1", ""),
        ("Section 11A(c) of the Exchange Act", PlaceKind.STATUTE, "11A", "(c)"),
        ("15 U.S.C. 78k-1", PlaceKind.STATUTE, "78k-1", ""),
        ("34-99001 note 300", PlaceKind.FOOTNOTE, "300", ""),
        ("what is in n.157", PlaceKind.FOOTNOTE, "157", ""),
        ("footnote no. 12", PlaceKind.FOOTNOTE, "12", ""),
        ("see p. 12 of it", PlaceKind.PAGE, "12", ""),
        ("page iv", PlaceKind.PAGE, "iv", ""),
        ("section II.A.2 of the release", PlaceKind.SECTION, "II.A.2", ""),
        ("Part III(B)(1)", PlaceKind.SECTION, "III.B.1", ""),
        ("request for comment no. 45", PlaceKind.QUESTION, "45", ""),
    ],
)
def test_a_place_is_read(question: str, kind: PlaceKind, number: str, paragraphs: str) -> None:
    (place,) = places(question)
    assert (place.kind, place.number, place.paragraphs) == (kind, number, paragraphs)


@pytest.mark.parametrize(
    "question",
    [
        "Which parts I should read first",
        "What happens to notes due in 5 years?",
        "Does part-time work count?",
        "How many questions did commenters ask?",
        "What is Regulation NMS?",
        "What fee applies in the U.S.?",
    ],
)
def test_no_place_is_read_where_none_is_named(question: str) -> None:
    assert places(question) == ()


def test_each_place_of_an_enumeration_is_one() -> None:
    assert [p.number for p in places("footnotes 3, 5 and 7")] == ["3", "5", "7"]
    assert [p.number for p in places("Sections II.A and III.B")] == ["II.A", "III.B"]
    assert [p.number for p in places("Rules 605 and 606")] == ["605", "606"]


def test_the_regulation_tells_the_part() -> None:
    (place,) = places("Rule 100(b)(2) of Regulation FD")
    assert (place.book, place.part) == ("Regulation FD", "243")


def test_short_names_of_regulations_are_spelled_out() -> None:
    assert spelled_out("the Reg BI proposal and Reg. SHO") == "the Regulation Best Interest proposal and Regulation SHO"
    assert spelled_out("a reg fee") == "a reg fee"
