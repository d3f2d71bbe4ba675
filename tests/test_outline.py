"""Headings in small texts: every expectation was written by hand."""

import pytest

from corpus.pagemap import PageMap
from corpus.records import Kind, Page, Section
from corpus.structure import Table
from ingest.facts.metadata import Facts
from ingest.outline.sections import find_sections
from ingest.readout import Bookmark, Mark, Readout

PROSE = "The Commission received many comments on this point, and it has considered each of them with care."


def sections(*pages: str, kind: Kind = Kind.FINAL_RULE, bookmarks: tuple[Bookmark, ...] = ()) -> tuple[Section, ...]:
    """The sections of a document with these pages, which hold body text only."""
    made = tuple(Page(number, str(number), text, len(text)) for number, text in enumerate(pages, start=1))
    return find_sections(PageMap(made), Readout(made, Facts(), bookmarks), kind)


def headings(*pages: str, kind: Kind = Kind.FINAL_RULE, bookmarks: tuple[Bookmark, ...] = ()) -> list[str]:
    return [f"{s.number} {s.heading}".strip() for s in sections(*pages, kind=kind, bookmarks=bookmarks)]


def paragraphs(*texts: str) -> str:
    return "\n\n".join(texts)


def test_numbers_levels_and_paths_follow_the_numbering() -> None:
    text = paragraphs(
        "I. Introduction", PROSE, "II. Discussion", "A. Scope", PROSE, "1. Covered Orders", PROSE, "a. Market Orders",
        PROSE, "(1) Small Orders", PROSE, "(a) Odd Lots", PROSE, "(i) Round Trips", PROSE, "b. Limit Orders", PROSE,
        "2. Market Centers", PROSE, "B. Reports", PROSE, "III. Conclusion", PROSE,
    )  # fmt: skip
    found = sections(text)
    assert [(s.level, s.path) for s in found] == [
        (1, "I › Introduction"),
        (1, "II › Discussion"),
        (2, "II.A › Scope"),
        (3, "II.A.1 › Covered Orders"),
        (4, "II.A.1.a › Market Orders"),
        (5, "II.A.1.a.1 › Small Orders"),
        (6, "II.A.1.a.1.a › Odd Lots"),
        (7, "II.A.1.a.1.a.i › Round Trips"),
        (4, "II.A.1.b › Limit Orders"),
        (3, "II.A.2 › Market Centers"),
        (2, "II.B › Reports"),
        (1, "III › Conclusion"),
    ]
    assert found[2].number == "A"
    assert all(text[s.start :].startswith((s.number, f"({s.number}")) for s in found)
    assert [s.end for s in found[:-1]] == [s.start for s in found[1:]]


def test_i_is_the_ninth_letter_after_h_and_the_first_roman_number_below_a_letter() -> None:
    letters = [f"{letter}. Part {letter.upper()}" for letter in "abcdefgh"]
    text = paragraphs(
        "1. General", PROSE, *(line for letter in letters for line in (letter, PROSE)), "i. Ninth Part", PROSE
    )
    assert [s.level for s in sections(text)] == [1] + 9 * [2]
    below = paragraphs("1. General", PROSE, "a. First Part", PROSE, "i. Benefits", PROSE, "ii. Costs", PROSE)
    assert [s.level for s in sections(below)] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    "trap",
    [
        "For the calculation of the fee, see rule 305. A. for reference only, and the note below it.",
        "1. whether the party is a natural person;",
        "(2) the party that sold the security; and",
        "13. See infra text accompanying notes 216-225.",
        "1. Should the Commission adopt a different threshold for such orders, and if so, which one?",
        "J. Smith, General Counsel, in a letter of the same day, disagreed with the proposal as a whole.",
        "U.S. v. Carpenter, 484 U.S. 19 (1987), was decided on other grounds.",
        "7. 1,204 3,377 9,128",
        "A. Liroff dated January 28, 2020; U. Medical Trust dated January 30, 2020.",
        "D.C. Cir. 2011) held that the rule had not been considered in full.",
    ],
)
def test_what_only_begins_like_a_heading_is_none(trap: str) -> None:
    text = paragraphs("I. Introduction", PROSE, trap, PROSE, "II. Conclusion", PROSE)
    assert headings(text) == ["I Introduction", "II Conclusion"]


def test_a_list_after_a_colon_is_not_a_run_of_headings() -> None:
    text = paragraphs(
        "I. Paperwork Reduction Act",
        "The titles for the collections of information that the amendments affect are the following:",
        "1. “Form 10-Q” (OMB Control No. 3235-0070);",
        "2. “Form 10-K” (OMB Control No. 3235-0063); and",
        "3. “Form 8-K” (OMB Control No. 3235-0060).",
        PROSE,
        "II. Conclusion",
        PROSE,
    )
    assert headings(text) == ["I Paperwork Reduction Act", "II Conclusion"]


def test_a_paragraph_that_was_broken_off_is_not_continued_by_a_heading() -> None:
    broken = f"{PROSE} {PROSE} {PROSE} The reasons for this decision are discussed at length above in Section"
    text = paragraphs("I. Introduction", PROSE, broken, "A. The Commission's Goals", PROSE, "II. Conclusion", PROSE)
    assert headings(text) == ["I Introduction", "II Conclusion"]


def test_headings_glued_to_the_end_of_a_paragraph_are_cut_off() -> None:
    text = paragraphs(
        "I. Introduction",
        f"{PROSE}II. Disclosure as a Minimum Step",
        f"{PROSE} 12 A. Scope of Rule",
        f"{PROSE}1. Market Center",
        f"{PROSE}2. Covered Order",
        f"{PROSE}B. Procedures for Making Reports Available1. Reporting Requirements",
        PROSE,
    )
    found = sections(text)
    assert [(s.level, s.number, s.heading) for s in found] == [
        (1, "I", "Introduction"),
        (1, "II", "Disclosure as a Minimum Step"),
        (2, "A", "Scope of Rule"),
        (3, "1", "Market Center"),
        (3, "2", "Covered Order"),
        (2, "B", "Procedures for Making Reports Available"),
        (3, "1", "Reporting Requirements"),
    ]
    assert text[found[1].start :].startswith("II. Disclosure")


def test_a_footnote_call_runs_into_the_number_of_a_glued_heading() -> None:
    text = paragraphs(
        "C. Burdens", PROSE, f"1. Rule 605\n\n{PROSE} 8092. Rule 606", PROSE, f"{PROSE} 8713. Rule 607", PROSE,
        "The total is $12.64. Others gave no estimate of it.", "4. Rule 608", PROSE,
    )  # fmt: skip
    assert headings(text) == ["C Burdens", "1 Rule 605", "2 Rule 606", "3 Rule 607", "4 Rule 608"]


def test_a_letter_glued_to_a_word_is_told_from_the_words_last_letter() -> None:
    text = paragraphs(
        "A. Market Data", f"{PROSE} The requirement to locate shares applies.",
        "1. Exceptions from the Requirementa. Dealers", PROSE, "b. Brokers", PROSE,
        "2. Market Data. The Commission adopts this part as it was proposed.",
    )  # fmt: skip
    assert headings(text) == [
        "A Market Data", "1 Exceptions from the Requirement", "a Dealers", "b Brokers", "2 Market Data",
    ]  # fmt: skip


def test_a_heading_that_the_text_says_twice_is_one() -> None:
    text = paragraphs("I. Costs", PROSE, f"{PROSE}II. BenefitsA. Investors A. Investors", PROSE, "B. Issuers", PROSE)
    assert headings(text) == ["I Costs", "II Benefits", "A Investors", "B Issuers"]


def test_a_heading_that_lost_the_blank_line_before_it() -> None:
    text = f"I. Introduction\n\n{PROSE}\nII. Discussion of the Rule\nA. Scope\n{PROSE}\n\nB. Reports\n\n{PROSE}"
    assert headings(text) == ["I Introduction", "II Discussion of the Rule", "A Scope", "B Reports"]


def test_a_run_in_heading_ends_at_its_own_sentence() -> None:
    text = paragraphs("A. Key Terms", PROSE, "a. Recommendation. The Commission agrees. It has considered the costs.",
                      "b. Retail Customer. Several commenters asked for a wider definition of the term.")  # fmt: skip
    assert headings(text) == ["A Key Terms", "a Recommendation", "b Retail Customer"]


def test_a_sentence_that_follows_a_title_without_a_mark_is_not_part_of_it() -> None:
    text = paragraphs(
        "I. Executive Summary Under the rules of practice, the Commission can censure or suspend persons.", PROSE,
        "II. Paperwork Reduction Act The Commission has no estimate of the burden.", PROSE,
    )  # fmt: skip
    assert headings(text) == ["I Executive Summary", "II Paperwork Reduction Act"]


def test_a_heading_over_two_printed_lines_is_one() -> None:
    page = (
        "customers, and the firms that advise them, are affected in the same way by the rule.\n\n"
        "a. Understand the Potential Risks and Rewards of the Recommended\n\n"
        "Transaction or Strategy, and Have a Reasonable Basis to Believe\n"
        "that the Recommendation Could be in the Best Interest\n\n"
        "Broker-dealers must deal with their customers fairly, and as part of that obligation\n"
        "have a reasonable basis for any recommendation.\n\n"
        "b. Care\n"
        "The second part of the obligation, as it was proposed, would require firms to exercise\n"
        "diligence in what they recommend to their customers."
    )
    assert headings(page) == [
        "a Understand the Potential Risks and Rewards of the Recommended Transaction or Strategy, and Have a "
        "Reasonable Basis to Believe that the Recommendation Could be in the Best Interest",
        "b Care",
    ]


CONTENTS = paragraphs(
    "TABLE OF CONTENTS",
    "I. INTRODUCTION ..................................................... 2\n"
    "A. Background ....................................................... 2\n"
    "B. Duration of Obligation and Effect of Contractual\n"
    "Arrangements .......................................................... 3\n"
    "II. CONCLUSION ....................................................... 3",
)


def test_the_table_of_contents_holds_no_headings_and_tells_where_long_ones_end() -> None:
    second = paragraphs("I. INTRODUCTION", PROSE, "A. Background", PROSE)
    third = paragraphs(
        "B. Duration of Obligation and Effect of Contractual\nArrangements\nThe rule is meant for each instance.",
        "II. CONCLUSION", PROSE,
    )  # fmt: skip
    found = sections(CONTENTS, second, third)
    assert [(s.heading, s.first_page) for s in found] == [
        ("INTRODUCTION", 2),
        ("Background", 2),
        ("Duration of Obligation and Effect of Contractual Arrangements", 3),
        ("CONCLUSION", 3),
    ]


def test_a_heading_stands_without_its_number_when_the_table_of_contents_names_it() -> None:
    body = paragraphs("INTRODUCTION", PROSE, "A. Background", PROSE, "II. CONCLUSION", PROSE)
    assert headings(CONTENTS, body) == ["I INTRODUCTION", "A Background", "II CONCLUSION"]


def test_titles_that_the_table_lists_are_not_repeated_by_the_text_under_them() -> None:
    text = paragraphs(
        "Table of Contents", "Introduction", "Care Obligation", "Conclusion", "I. Introduction", PROSE,
        "Care Obligation", PROSE, "A. Care Obligation", PROSE, "Glossary", PROSE, "Conclusion", PROSE,
    )  # fmt: skip
    assert headings(text) == ["I Introduction", "A Care Obligation", "Conclusion"]


def test_bookmarks_that_name_a_few_headings_leave_the_others_to_the_numbering() -> None:
    text = paragraphs(
        "I. Introduction", PROSE, "A. Background", PROSE, "A Word of Caution", PROSE, "II. Conclusion", PROSE
    )
    marks = (Bookmark("I. Introduction", 1, 1), Bookmark("A Word of Caution", 2, 1), Bookmark("Not Printed", 1, 1))
    found = sections(text, bookmarks=marks)
    assert [(s.level, f"{s.number} {s.heading}".strip()) for s in found] == [
        (1, "I Introduction"), (2, "A Background"), (2, "A Word of Caution"), (1, "II Conclusion"),
    ]  # fmt: skip


def test_a_bookmark_names_a_heading_on_its_page_only() -> None:
    pages = [paragraphs("I. Introduction", PROSE, "Overview", PROSE), paragraphs("Overview", PROSE)]
    (found,) = [s for s in sections(*pages, bookmarks=(Bookmark("Overview", 2, 2),)) if s.heading == "Overview"]
    assert found.first_page == 2


def test_captions_and_what_they_are_followed_by() -> None:
    text = paragraphs(
        f"AGENCY: Securities and Exchange Commission.\nACTION: Final rule.\nSUMMARY: {PROSE}",
        "FOR FURTHER INFORMATION CONTACT: Thomas\n\nA. Shilts, Acting Director\n\nB. Leahy, Unit Chief",
        "Effective Date: August 23, 2004.", f"SUPPLEMENTARY INFORMATION: {PROSE}", "I. Introduction", PROSE,
    )  # fmt: skip
    assert headings(text) == [
        "Agency", "Action", "Summary", "For Further Information Contact", "Effective Date",
        "Supplementary Information", "I Introduction",
    ]  # fmt: skip


def test_only_a_letter_or_a_number_makes_an_exhibit_a_heading() -> None:
    text = paragraphs("II. Rules", PROSE, "A. Filing", PROSE, "Exhibit and Other Filing Requirements", PROSE, "B. Fees",
                      PROSE, "Exhibit B Form of Notice", PROSE)  # fmt: skip
    assert [s.path for s in sections(text)] == [
        "II › Rules",
        "II.A › Filing",
        "II.B › Fees",
        "Exhibit B Form of Notice",
    ]


def test_no_level_is_left_out() -> None:
    text = paragraphs("I. Rules", PROSE, "A. Scope", PROSE, "1. Brokers", PROSE, "Executive Summary", PROSE,
                      "2. Dealers", PROSE, "II. Costs", PROSE)  # fmt: skip
    assert [(s.level, s.heading) for s in sections(text)] == [
        (1, "Rules"), (2, "Scope"), (3, "Brokers"), (1, "Executive Summary"), (2, "Dealers"), (1, "Costs"),
    ]  # fmt: skip


def test_rule_text_is_headed_by_its_sections_not_by_its_paragraphs() -> None:
    text = paragraphs(
        "I. Statutory Authority", PROSE, "List of Subjects in 17 CFR Part 240", "Reporting, Securities.",
        "PART 240—GENERAL RULES AND REGULATIONS, SECURITIES\nEXCHANGE ACT OF 1934",
        "§ 240.15l-1 Regulation best interest.",
        "(a) Best interest obligation. (1) A broker shall act in the best interest.",
        "(b) Definitions. Unless the context otherwise requires, all terms have the same meaning as in the Act.",
        "§ 39.13 [Amended]", "(a) Comments Due Date", f"{PROSE}", "(b) Affected Directives", PROSE,
    )  # fmt: skip
    assert [(s.level, s.path) for s in sections(text)] == [
        (1, "I › Statutory Authority"),
        (1, "List of Subjects in 17 CFR Part 240"),
        (1, "PART 240—GENERAL RULES AND REGULATIONS, SECURITIES EXCHANGE ACT OF 1934"),
        (2, "§ 240.15l-1 › Regulation best interest"),
        (2, "§ 39.13 › [Amended]"),
        (3, "a › Comments Due Date"),
        (3, "b › Affected Directives"),
    ]


def test_a_preamble_without_numbers_is_headed_by_its_titles() -> None:
    text = paragraphs(
        "AGENCY: Federal Aviation Administration.", f"SUPPLEMENTARY INFORMATION:\n{PROSE}", "Background", PROSE,
        "Related Service Information Under 1\nCFR Part 51", PROSE, "ESTIMATED COSTS—Continued",
        "Action Labor cost Parts cost", PROSE, "Lance T. Gant,", "Director, Compliance Division.",
    )  # fmt: skip
    assert headings(text)[2:] == ["Background", "Related Service Information Under 1 CFR Part 51"]
    numbered = paragraphs(f"SUPPLEMENTARY INFORMATION:\n{PROSE}", "I. Introduction", PROSE, "Background", PROSE)
    assert headings(numbered)[1:] == ["I Introduction"]


def test_a_line_that_heads_a_table_is_no_title() -> None:
    table = "Action of the owner  Cost per product\nInstallation of the software  $85\nRevision of the manual  $85"
    text = paragraphs(f"SUPPLEMENTARY INFORMATION:\n{PROSE}", "Costs of Compliance", PROSE, "Estimated Costs", table)
    page = Page(1, None, text, len(text))
    start = text.index("Action")
    rows = (("Action of the owner", "Cost per product"), ("Installation of the software", "$85"))
    readout = Readout((page,), Facts(), tables=(Table(1, start, len(text), rows),))
    found = find_sections(PageMap((page,)), readout, Kind.FINAL_RULE)
    assert [s.heading for s in found] == ["Supplementary Information", "Costs of Compliance"]


def test_two_documents_of_one_issue_are_numbered_apart() -> None:
    first = paragraphs("AGENCY: One.", f"SUPPLEMENTARY INFORMATION:\n{PROSE}", "I. Introduction", PROSE, "II. Costs",
                       PROSE, "List of Subjects", "PART 39—DIRECTIVES", "(a) Subject", PROSE)  # fmt: skip
    second = paragraphs("AGENCY: Two.", f"SUPPLEMENTARY INFORMATION:\n{PROSE}", "I. Introduction", PROSE,
                        "a. Scope. The rule is narrow. It is new.", PROSE)  # fmt: skip
    found = [(s.level, f"{s.number} {s.heading}") for s in sections(first, second) if s.number]
    assert found == [(1, "I Introduction"), (1, "II Costs"), (2, "(a) Subject"),
                     (1, "I Introduction"), (2, "a Scope")]  # fmt: skip


def test_footnote_calls_are_not_part_of_a_title_but_numbers_of_rules_are() -> None:
    text = paragraphs(
        "A. Scope", "Some asked for more time. 21 Others did not.", "1. General Requirement 22", PROSE,
        "2. Amendments to Rule 605", "They were proposed last year.23 No one objected. 24", "3. Market for Advice25",
        PROSE, "This was discussed at the time.26",
    )  # fmt: skip
    assert headings(text) == ["A Scope", "1 General Requirement", "2 Amendments to Rule 605", "3 Market for Advice"]


def test_headings_that_the_format_marks_are_taken_as_they_are() -> None:
    text = "# Title\n\nI. Not a heading here\n\n## Part\n\ntext"
    page = Page(1, None, text, len(text))
    marks = (Mark(1, 0, 7, "Title", 1), Mark(1, 32, 39, "Part", 2))
    found = find_sections(PageMap((page,)), Readout((page,), Facts(), marks=marks), Kind.OTHER)
    assert [(s.heading, s.level, s.start) for s in found] == [("Title", 1, 0), ("Part", 2, 32)]


def test_a_document_without_text_has_no_sections() -> None:
    assert sections("") == ()
    assert sections("", "I. Introduction") != ()
