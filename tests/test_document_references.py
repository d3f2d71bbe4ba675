"""References of a whole document, with their targets; every text is written for the test."""

from dataclasses import replace

import pytest

from corpus.pagemap import PageMap
from corpus.records import Page, Section
from corpus.structure import Footnote, Reference, ReferenceKind, Table
from ingest.citing.references import find_references
from ingest.citing.showing import footnote_lines, reference_lines, table_lines
from tests.made_documents import parsed


def read(
    text: str, sections: tuple[Section, ...] = (), notes: tuple[Footnote, ...] = ()
) -> list[tuple[str, Reference]]:
    page_map = PageMap([Page(1, None, text, len(text))])
    return [(text[r.start : r.end], r) for r in find_references(page_map, sections, notes)]


def targets(text: str) -> list[str]:
    return [reference.target for _, reference in read(text)]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("17 CFR 240.15c3-5(c)(1)", "17 CFR 240.15c3-5(c)(1)"),
        ("§ 242.611(a)(1)", "17 CFR 242.611(a)(1)"),
        ("Rule 611(b)(1)–(3)", "17 CFR 242.611(b)(1)-(3)"),
        ("Exchange Act Rule 15c3-5(c)(1)(i)", "17 CFR 240.15c3-5(c)(1)(i)"),
        ("Exchange Act Rule 605", "17 CFR 242.605"),
        ("Rule 10b- 5", "17 CFR 240.10b-5"),
        ("Rule 17a-25", "17 CFR 240.17a-25"),
        ("Rule 17a-4", "Rule 17a-4"),
        ("Rule 605", "Rule 605"),
        ("proposed Rule 615", "Rule 615"),
        ("Securities Act Rule 144A", "17 CFR 230.144A"),
        ("Advisers Act Rule 206(4)-7", "17 CFR 275.206(4)-7"),
        ("rule 22c-2 under the Investment Company Act", "17 CFR 270.22c-2"),
        ("Rule 100(b) of Regulation FD", "17 CFR 243.100(b)"),
        ("Rule 3-05 of Regulation S-X", "17 CFR 210.3-05"),
        ("Item 303 of Regulation S-K", "17 CFR 229.303"),
        ("Rule 102(e) of the Commission’s Rules of Practice", "17 CFR 201.102(e)"),
        ("NASD Conduct Rule 2310", "NASD Rule 2310"),
        ("CFTC Rule 41", "CFTC Rule 41"),
        ("Regulation SHO", "Regulation SHO"),
        ("paragraph (a)(1) of Rule 611", "17 CFR 242.611(a)(1)"),
        ("15 U.S.C. 78o(b)", "15 U.S.C. 78o(b)"),
        ("Section 15(b)(1) of the Exchange Act", "Exchange Act section 15(b)(1)"),
        ("Section 913 of the Dodd-Frank Act", "Dodd-Frank Act section 913"),
        ("Section 17(a) [15 U.S.C. 77q(a)]", "Securities Act section 17(a)"),
        ("Section 17(a) applies", "section 17(a)"),
        ("Pub. L. 111-203", "Pub. L. 111-203"),
        ("Securities Exchange Act Release No. 83062 (Apr. 18, 2018)", "34-83062"),
        ("Investment Advisers Act Release No. 5249", "IA-5249"),
        ("Release No. 51808", "Release 51808"),
        ("File No. S7-07-18", "S7-07-18"),
        ("83 FR 21574", "83 FR 21574"),
    ],
)
def test_every_form_has_one_spelling_of_its_target(text: str, target: str) -> None:
    assert targets(text)[0] == target


def test_what_a_document_cites_makes_its_bare_rules_sure() -> None:
    assert targets("Rule 605 [17 CFR 242.605] is old. Rule 605(a) too.")[-1] == "17 CFR 242.605(a)"
    both = "Rule 17a-7 [17 CFR 240.17a-7] and rule 17a-7 [17 CFR 270.17a-7]. Then Rule 17a-7."
    assert targets(both)[-1] == "Rule 17a-7"


def test_a_bare_section_is_of_the_act_that_the_document_names_for_it() -> None:
    assert targets("Section 13(q) of the Exchange Act is new. Section 13(q) binds.")[-1] == "Exchange Act section 13(q)"
    other = "Section 12(a) of the Exchange Act binds. Liability under Section 12(a)(2) is another matter."
    assert targets(other)[-1] == "section 12(a)(2)"


def test_the_act_is_what_the_text_before_defines() -> None:
    text = "Section 12(g) of the Act. The Investment Advisers Act of 1940 (the “Act”) binds. Section 203 of the Act."
    assert targets(text) == ["Act section 12(g)", "Advisers Act section 203"]


def test_a_bare_part_is_one_of_the_cfr_when_the_document_cites_it_so() -> None:
    assert targets("17 CFR 205.3 is in Part 205 of it.") == ["17 CFR 205.3", "17 CFR 205"]
    assert targets("Bring Part 205 of the machine.") == []


DEFINED = (
    "See Quiet Hours, Exchange Act Release No. 99001 (May 1, 2020), 85 FR 30000 (May 20, 2020) (“Proposing Release”) "
    "and the letters (“Quiet Letters”). "
)


def named(text: str) -> list[tuple[str, str, str]]:
    found = [(words, r.target, r.pinpoint) for words, r in read(DEFINED + text)]
    return [row for row in found if row[0].startswith(("Proposing", "Quiet"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Proposing Release said so.", [("Proposing Release", "34-99001", "")]),
        ("See Proposing Release at 30005.", [("Proposing Release at 30005", "34-99001", "30005")]),
        ("Proposing Release, supra note 3, at n. 12.", [("Proposing Release", "34-99001", "n. 12")]),
        ("See the Proposing\nRelease at note 12.", [("Proposing\nRelease at note 12", "34-99001", "note 12")]),
        ("See SCI Proposing Release, 78 FR 18083.", []),
        ("See the 2004 Proposing Release.", []),
        ("The Quiet Letters agree.", []),
        ("Proposing Release at 85 FR 30006.", [("Proposing Release", "34-99001", "")]),
    ],
)
def test_a_defined_name_stands_for_its_release(text: str, found: list[tuple[str, str, str]]) -> None:
    assert named(text) == found


def test_a_name_that_is_defined_for_two_releases_resolves_to_neither() -> None:
    twice = DEFINED + "See also Exchange Act Release No. 99002 (May 2, 2020) (the “Proposing Release”). "
    assert [r.target for words, r in read(twice + "The Proposing Release.") if words == "Proposing Release"] == []


BODY = "A. Scope\n\nWords about scope.\n\n1. Terms\n\nWords about terms.\n\n"
SECTIONS = (
    Section("II", "Discussion", 1, "II › Discussion", 0, 0, 1, 1),
    Section("A", "Scope", 2, "II.A › Scope", 0, 8, 1, 1),
    Section("1", "Terms", 3, "II.A.1 › Terms", 30, 38, 1, 1),
)


@pytest.mark.parametrize(
    ("text", "points_to"),
    [
        ("see Section II.A.1 above", [("Section II.A.1", 30)]),
        ("see infra Part II.A.", [("Part II.A", 0)]),
        ("section II.A.1. of this release", [("section II.A.1", 30)]),
        ("Sections II.A and II.A.1, supra", [("Sections II.A", 0), ("II.A.1", 30)]),
        ("See Section II.A.1 for more", [("Section II.A.1", 30)]),
        ("section II.A.1 of the Proposing Release", [("section II.A.1", None)]),
        ("Proposing Release, supra note 3, at Section II.A.1", [("Section II.A.1", None)]),
        ("See OPRA Plan Section II", [("Section II", None)]),
        ("Section II of the form asks", [("Section II", None)]),
        ("see Section IX above", [("Section IX", None)]),
        ("Part II of Form 10-K", []),
        ("FOCUS Report Part II", []),
    ],
)
def test_a_section_reference_points_into_its_own_document_only(
    text: str, points_to: list[tuple[str, int | None]]
) -> None:
    found = read(BODY + text, SECTIONS)
    assert [(words, r.points_to) for words, r in found if r.kind is ReferenceKind.SECTION] == points_to


NOTES = tuple(Footnote(str(n), 10 * n, 10 * n + 5, 1) for n in range(1, 60))


@pytest.mark.parametrize(
    ("text", "points_to"),
    [
        ("supra note 12", [("note 12", "12", 120)]),
        ("See infra notes 16-25 and accompanying text", [("notes 16-25", "16-25", 160)]),
        ("notes 5-9, 39-41, and 57-60, supra",
         [("notes 5-9", "5-9", 50), ("39-41", "39-41", 390), ("57-60", "57-60", 570)]),
        ("See n.45.", [("n.45", "45", 450)]),
        ("footnote 7 above", [("footnote 7", "7", 70)]),
        ("as we said in note 12", [("note 12", "12", 120)]),
        ("Proposing Release at note 12", [("note 12", "12", None)]),
        ("Dissent, text accompanying note 52", [("note 52", "52", None)]),
        ("id. at n.5", [("n.5", "5", None)]),
        ("note 28 of that release", [("note 28", "28", None)]),
        ("AFR Letter at 7-8 and note 28", [("note 28", "28", None)]),
        ("supra note 99", [("note 99", "99", None)]),
        ("SEC v. Quiet, 967 F.2d 636, 641 & n.3", []),
        ("Note 1 to paragraph (a)", []),
        ("supra note\n\n16 A new note", []),
        ("the Treasury note 2.5 percent", []),
    ],
)  # fmt: skip
def test_a_note_reference_points_into_its_own_document_only(
    text: str, points_to: list[tuple[str, str, int | None]]
) -> None:
    padded = " " * 600 + text
    found = [
        (words, r.target, r.points_to) for words, r in read(padded, notes=NOTES) if r.kind is ReferenceKind.FOOTNOTE
    ]
    assert found == points_to


def test_notes_to_the_accounts_of_a_company_are_no_footnotes() -> None:
    assert read("See Note 13 and Note 16 (Commitments).") == []


def test_the_number_of_a_footnote_call_is_no_part_of_a_rule() -> None:
    text = "Rules 13a-14 4 and 15d-14 5 under the Exchange Act"
    calls = (Footnote("4", 0, 1, 1, (13,)), Footnote("5", 0, 1, 1, (26,)))
    assert text[13] == "4"
    assert text[26] == "5"
    assert [(words, r.target) for words, r in read(text, notes=calls)] == [
        ("Rules 13a-14", "17 CFR 240.13a-14"),
        ("15d-14 5 under the Exchange Act", "17 CFR 240.15d-14"),
    ]


def test_what_is_shown_counts_rules_without_their_paragraphs_and_names_what_is_open() -> None:
    text = "Rule 611(a), Rule 611(b)(1), Rule 206(4)-7, Rule 605, Section 4(c), see Section IX above."
    lines = list(reference_lines([r for _, r in read(text, SECTIONS)], lambda target: (), "own"))
    assert lines[0] == "6 references"
    assert "      2  17 CFR 242.611" in lines
    assert "      1  17 CFR 275.206(4)-7" in lines
    assert "Not resolved, rules whose part of the CFR is not certain: 1 (Rule 605)" in lines
    assert "Not resolved, sections of a law that is not named: 1 (section 4(c))" in lines
    assert "Not resolved, sections of other documents, or not found here: 1 (IX)" in lines


def test_what_is_shown_names_the_documents_at_hand() -> None:
    own = replace(parsed("own", "Own.").document, title="Quiet Hours", release_numbers=("34-99001",))
    other = replace(parsed("other", "Other.").document, title="Regulation NMS", release_numbers=("34-51808",))
    text = "See Exchange Act Release No. 34-51808 and Exchange Act Release No. 34-99001; again Release No. 34-51808."
    at_hand = {"34-51808": (other,), "34-99001": (own,)}
    lines = list(reference_lines([r for _, r in read(text)], lambda target: at_hand.get(target, ()), own.id))
    assert lines[1:3] == ["In this library: 2 in all, to 1 documents", "      2  34-51808 (Regulation NMS)"]


def test_a_long_footnote_is_cut_between_words() -> None:
    words = "word " * 30
    page_map = PageMap([Page(1, None, f"Body.\n\n1 {words}", 5)])
    (_, line) = footnote_lines(page_map, (Footnote("1", 7, 9 + len(words), 1),))
    assert line == "      1  page 1, no call found: " + "word " * 19 + "…"


def test_footnotes_are_shown_with_the_pages_that_call_them() -> None:
    page_map = PageMap([Page(1, None, "Words.1\n\n1 A note.\n2 Another.", 7)])
    notes = (Footnote("1", 9, 18, 1, (6,)), Footnote("2", 19, 29, 1))
    assert list(footnote_lines(page_map, notes)) == [
        "2 footnotes; for 1 of them no call was found",
        "      1  page 1, called on page 1: A note.",
        "      2  page 1, no call found: Another.",
    ]


def test_tables_are_shown_row_by_row() -> None:
    table = Table(3, 0, 40, (("", "2018"), ("Dealers", "2,857")), "Table 1. Dealers by year")
    assert list(table_lines([table])) == [
        "1 tables", "", "page 3: Table 1. Dealers by year", "   | 2018", "  Dealers | 2,857",
    ]  # fmt: skip
