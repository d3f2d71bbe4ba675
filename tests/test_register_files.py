"""The same rule of the Federal Register as XML, as a web page and as plain text; and a part of the eCFR."""

from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.pagemap import PageMap
from corpus.records import Kind, ParsedDocument
from tests.reading import body, called, notes, read_as
from tests.register_files import CODE_XML, RULE_HTML, RULE_TEXT, RULE_TEXT_PAGE, RULE_XML

FACTS = {
    "kind": Kind.FINAL_RULE,
    "agency": "Securities and Exchange Commission",
    "release_numbers": ("34-99002",),
    "file_numbers": ("S7-99-24",),
    "rins": ("3235-ZZ99",),
    "cfr_parts": ("17 CFR 240", "17 CFR 249"),
    "effective": "2025-01-06",
}


@pytest.fixture(scope="module")
def rule(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    return read_as(tmp_path_factory.mktemp("xml"), "2024-28999.xml", RULE_XML)


@pytest.fixture(scope="module")
def web_page(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    return read_as(tmp_path_factory.mktemp("html"), "2024-28999.html", RULE_HTML)


@pytest.mark.parametrize(
    ("name", "content"), [("r.xml", RULE_XML), ("r.html", RULE_HTML), ("r.htm", RULE_TEXT_PAGE), ("r.txt", RULE_TEXT)]
)
def test_every_form_states_the_same_facts(name: str, content: str, tmp_path: Path) -> None:
    document = read_as(tmp_path, name, content).document
    assert {field: getattr(document, field) for field in FACTS} == FACTS


def test_xml_pages_are_the_printed_ones_also_the_one_it_begins_on(rule: ParsedDocument) -> None:
    assert [(page.number, page.label) for page in rule.pages] == [(1, "5001"), (2, "5002"), (3, "5003"), (4, "5004")]
    assert body(rule.pages[0]) == [
        "SECURITIES AND EXCHANGE COMMISSION",
        "17 CFR Parts 240 and 249",
        "[Release No. 34-99002; File No. S7-99-24]",
        "RIN 3235-ZZ99",
        "Regulation Quiet Hours",
        "AGENCY: Securities and Exchange Commission.",
        "ACTION: Final rule.",
        "SUMMARY: The Commission is adopting rules on quiet hours under the Lantern Act.",
        "DATES: Effective date: January 6, 2025.",
        "Compliance date: July 7, 2025.",
        "FOR FURTHER INFORMATION CONTACT: Ada Wick, Special Counsel, at (202) 555-0100.",
        "SUPPLEMENTARY INFORMATION:",
    ]


def test_xml_title_is_its_subject(rule: ParsedDocument) -> None:
    assert rule.document.title == "Regulation Quiet Hours"


def test_xml_words_keep_their_blanks_and_exponents_stay_exponents(rule: ParsedDocument) -> None:
    assert body(rule.pages[1])[1] == (
        "Dealers ring bells at night.1 The Commission proposed to end this in 2023.2 The rule was welcomed. "
        "See Letter from A. Snuffer. A lantern burns 10⁶ grains."
    )


def test_xml_notes_stand_behind_the_body_of_the_page_that_calls_them(rule: ParsedDocument) -> None:
    assert notes(rule.pages[1]) == [
        "1 See the Bell Report, at 12.",
        "2 Quiet Hours, Release No. 34-99001 (Jan. 17, 2024) (the “Proposing Release”).\nIt drew 14 letters.",
    ]
    assert notes(rule.pages[2]) == ["3 A gong counts as a bell."]
    assert [called(page) for page in rule.pages] == [
        [],
        [("ls at night.", "1"), ("his in 2023.", "2")],
        [("night.", "3")],
        [],
    ]


def test_xml_a_sentence_over_the_page_break_is_whole_in_the_document(rule: ParsedDocument) -> None:
    assert "a person who rings a bell at\nnight.3" in PageMap(rule.pages).text


def test_xml_headings_have_their_levels_and_numbers(rule: ParsedDocument) -> None:
    assert [(s.level, s.number, s.heading) for s in rule.sections] == [
        (1, "", "AGENCY"),
        (1, "", "ACTION"),
        (1, "", "SUMMARY"),
        (1, "", "DATES"),
        (1, "", "FOR FURTHER INFORMATION CONTACT"),
        (1, "", "SUPPLEMENTARY INFORMATION"),
        (2, "I", "Introduction"),
        (3, "A", "Who Is Covered"),
        (1, "", "List of Subjects in 17 CFR Part 240"),
        (2, "", "Text of the Rule"),
        (1, "", "PART 240—GENERAL RULES"),
        (2, "§ 240.15z-1", "Quiet hours"),
    ]
    assert rule.sections[7].path == "I.A › Who Is Covered"
    assert PageMap(rule.pages).text[rule.sections[2].start :].startswith("SUMMARY: The Commission")


def test_xml_rule_text_is_known_as_such(rule: ParsedDocument) -> None:
    (chunk,) = [chunk for chunk in rule.chunks if "ring a bell between" in chunk.text]
    assert chunk.voice.value == "rule_text"
    assert chunk.section == "§ 240.15z-1 › Quiet hours"


def test_xml_a_table_over_the_page_break_is_one_record_a_page(rule: ParsedDocument) -> None:
    first, second = rule.tables
    assert (first.page, second.page) == (3, 4)
    assert first.caption == second.caption == "Table 1—Cost of Silence"
    assert first.rows == (
        ("Firm size", "Cost", "", "Firms"),
        ("", "First year", "Later years ¹", ""),
        ("Small", "$1,200", "300", "41"),
    )
    assert second.rows == (("Large", "9,000", "", "7"),)
    assert rule.pages[2].text[first.start : first.end].split("\n")[2] == "Small  $1,200  300  41"
    assert rule.pages[3].text[second.start : second.end] == "Large  9,000  7"


def test_xml_pictures_are_counted_not_passed_over_in_silence(rule: ParsedDocument) -> None:
    assert rule.document.notes == ("forms, charts or formulas that are pictures, and were not read: 1",)


def test_an_issue_is_read_as_one_document_and_says_so(tmp_path: Path) -> None:
    notice = "<NOTICE><PREAMB><AGENCY>BELL BOARD</AGENCY><SUBJECT>Meeting</SUBJECT></PREAMB><P>We meet.</P></NOTICE>"
    rule_only = RULE_XML.partition("?>")[2]
    issue = (
        "<FEDREG><VOL>90</VOL><NO>3</NO><DATE>Monday, January 6, 2025</DATE><UNITNAME>Rules</UNITNAME>"
        f"<CNTNTS><P>Contents</P></CNTNTS><RULES>{rule_only}</RULES><NOTICES>{notice}</NOTICES></FEDREG>"
    )
    parsed = read_as(tmp_path, "FR-2025-01-06.xml", issue)
    assert parsed.document.title == "Federal Register, Vol. 90, No. 3, Monday, January 6, 2025"
    assert parsed.document.notes[0] == "the file is an issue with 2 documents; they were read as one"
    outer = [s.heading for s in parsed.sections if s.level == 1]
    assert outer == ["Regulation Quiet Hours", "Meeting"]
    text = PageMap(parsed.pages).text
    assert "Contents" not in text
    assert "We meet." in text


def test_a_part_of_the_ecfr_is_rule_text(tmp_path: Path) -> None:
    parsed = read_as(tmp_path, "title-17.xml", CODE_XML)
    assert (parsed.document.kind, parsed.document.cfr_parts) == (Kind.RULE_TEXT, ("17 CFR 242",))
    assert parsed.document.title == "PART 242—REGULATION OF BELLS"
    assert [(s.level, s.number, s.heading) for s in parsed.sections] == [
        (1, "", "PART 242—REGULATION OF BELLS"),
        (2, "", "Subpart A—Night"),
        (3, "§ 242.100", "Definitions"),
    ]
    assert body(parsed.pages[0])[1] == "Authority: 15 U.S.C. 77g."
    assert parsed.tables[0].rows == (("Bell", "Tone"), ("Large", "C"))
    assert {chunk.voice.value for chunk in parsed.chunks} == {"rule_text"}


def test_web_page_shows_what_a_reader_sees(web_page: ParsedDocument) -> None:
    text = PageMap(web_page.pages).text
    for unseen in ("alert", "Start Preamble", "Start Printed Page", "Document headings vary", "Back to Citation"):
        assert unseen not in text
    assert [(page.number, page.label) for page in web_page.pages] == [(1, "5001"), (2, "5002"), (3, "5003")]
    assert body(web_page.pages[2]) == [
        "once.2",
        "• A bell rings.",
        "• A gong booms.",
        "A. Who Is Covered",
        "Table 1—Cost of Silence",
        "Firm size  Cost\nSmall  $1,200\nLarge  9,000",
        "§ 240.15z-1 Quiet hours.",
        "(a) No dealer shall ring a bell.",
    ]


def test_web_page_notes_go_to_the_pages_that_call_them(web_page: ParsedDocument) -> None:
    assert [notes(page) for page in web_page.pages] == [
        [],
        ["1 See the Bell Report, at 12.\nIt has 12 pages."],
        ["2 A gong counts as a bell."],
    ]
    assert [called(page) for page in web_page.pages] == [[], [("ls at night.", "1")], [("once.", "2")]]


def test_web_page_headings_are_those_with_the_ids_of_the_register(web_page: ParsedDocument) -> None:
    assert [(s.level, s.number, s.heading) for s in web_page.sections[4:]] == [
        (1, "", "SUPPLEMENTARY INFORMATION"),
        (2, "I", "Introduction"),
        (3, "A", "Who Is Covered"),
        (3, "§ 240.15z-1", "Quiet hours"),
    ]


def test_a_web_page_without_its_title_is_called_by_its_file(web_page: ParsedDocument, tmp_path: Path) -> None:
    assert web_page.document.title == "2024-28999"
    page = f"<html><head><title>Federal Register :: Regulation Quiet Hours</title></head>{RULE_HTML}</html>"
    assert read_as(tmp_path, "saved.html", page).document.title == "Regulation Quiet Hours"


def test_plain_text_knows_pages_notes_and_the_day_it_was_published(tmp_path: Path) -> None:
    parsed = read_as(tmp_path, "2024-28999.htm", RULE_TEXT_PAGE)
    assert parsed.document.title == "Regulation Quiet Hours"
    assert parsed.document.published == "2025-01-06"
    first, last = parsed.pages
    assert (first.label, last.label) == ("5001", "5003")  # page 5002 holds nothing but the end of a note
    assert body(first)[-1] == (
        "Dealers ring bells at night.1 The Commission proposed to end this in\n2023.2 The rule was welcomed by "
        "sleepers, and it ends at"
    )
    assert notes(first) == [
        "1 See the Bell Report, at 12.",
        "2 Quiet Hours, Release No. 34-99001 (Jan. 17, 2024) (the\n``Proposing Release'').",
    ]
    assert body(last)[:2] == ["seven in the morning.", "A second paragraph follows at once."]
    assert called(first) == [("ls at night.", "1"), ("his in\n2023.", "2")]
    assert first.furniture[0] == "[Federal Register Volume 90, Number 3 (Monday, January 6, 2025)]"


def test_the_first_line_of_before_2011_is_known_too(tmp_path: Path) -> None:
    old = RULE_TEXT.replace(
        "[Federal Register Volume 90, Number 3 (Monday, January 6, 2025)]",
        "[Federal Register: January 6, 2005 (Volume 70, Number 3)]",
    )
    document = read_as(tmp_path, "old.txt", old).document
    assert document.published == "2005-01-06"
    assert (document.federal_register or "").startswith("70 FR")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('<?xml version="1.0"?><ownershipDocument><a>4</a></ownershipDocument>', "root is <OWNERSHIPDOCUMENT>"),
        (RULE_XML[:900], "not well-formed XML"),
        ('<?xml version="1.0" encoding="klingon"?><RULE/>', "not well-formed XML"),
    ],
)
def test_other_and_damaged_xml_says_so(content: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read_as(tmp_path, "x.xml", content)
    assert caught.value.remedy


def test_a_billion_laughs_end_at_once(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE RULE [<!ENTITY l0 "ha">{entities}]><RULE><P>&l9;</P></RULE>'
    with pytest.raises(SourceError, match="declares entities of its own"):
        read_as(tmp_path, "bomb.xml", bomb)


def test_nothing_outside_the_file_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a secret")
    outside = f'<!DOCTYPE RULE [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]><RULE><P>&x;</P></RULE>'
    with pytest.raises(SourceError, match="declares entities"):
        read_as(tmp_path, "outside.xml", outside)
