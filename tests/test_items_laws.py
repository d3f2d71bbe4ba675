"""Items of company reports, and titles and sections of statutes."""

from corpus.records import Kind
from tests.test_outline import headings, paragraphs, sections

PROSE = "The Company sells its products in many markets, and it competes with others in each of them."
REPORT = Kind.COMPANY_REPORT


def test_items_carry_their_part_in_number_and_path() -> None:
    text = paragraphs(
        "PART I. FINANCIAL INFORMATION", "Item 1. Financial Statements", PROSE,
        "Item 2. Management’s Discussion and Analysis of Financial Condition", PROSE,
        "PART II", "Item 1. Legal Proceedings", PROSE, "ITEM 1A. RISK FACTORS", PROSE,
        "Item 3. Defaults Upon Senior Securities\nNone.", "Item 6 Exhibits", PROSE,
    )  # fmt: skip
    assert [(s.level, s.path) for s in sections(text, kind=REPORT)] == [
        (1, "Part I › FINANCIAL INFORMATION"),
        (2, "Part I, Item 1 › Financial Statements"),
        (2, "Part I, Item 2 › Management’s Discussion and Analysis of Financial Condition"),
        (1, "Part II"),
        (2, "Part II, Item 1 › Legal Proceedings"),
        (2, "Part II, Item 1A › RISK FACTORS"),
        (2, "Part II, Item 3 › Defaults Upon Senior Securities"),
        (2, "Part II, Item 6 › Exhibits"),
    ]


def test_items_that_are_listed_or_cited_are_not_begun() -> None:
    index = (
        "INDEX\nPage\nPART I\nItem 1. Business 4\nItem 1A. Risk Factors 15\nItem 2. Properties 34\nItem 7. Results 40"
    )
    cited = (
        f"{PROSE} See also Part I,\nItem 1A. Risk Factors, of this report, and the notes to the financial statements."
    )
    text = paragraphs(
        "PART I", "Item 1. Business", cited, "Item 1A. Risk Factors", PROSE, "Item 2. Properties",
        "As described in\nItem 1. Business\nabove, the Company owns its plants.", "Item 7. Results", PROSE,
    )  # fmt: skip
    assert headings(index, text, kind=REPORT) == [
        "Part I", "Part I, Item 1 Business", "Part I, Item 1A Risk Factors", "Part I, Item 2 Properties",
        "Part I, Item 7 Results",
    ]  # fmt: skip


def test_a_title_over_two_lines_ends_before_the_heading_under_it() -> None:
    text = paragraphs(
        "Item 5. Market for Registrant’s Common Equity, Related Stockholder Matters and\nIssuer Purchases",
        PROSE, "ITEM 7A. QUANTITATIVE AND QUALITATIVE DISCLOSURES\nABOUT MARKET RISK\nInterest Rates", PROSE,
    )  # fmt: skip
    assert headings(text, kind=REPORT) == [
        "Item 5 Market for Registrant’s Common Equity, Related Stockholder Matters and Issuer Purchases",
        "Item 7A QUANTITATIVE AND QUALITATIVE DISCLOSURES ABOUT MARKET RISK",
    ]


def test_items_of_a_current_report() -> None:
    text = paragraphs("Item 5.07 Submission of Matters to a Vote of Security Holders", PROSE,
                      "Item 9.01. Financial Statements and Exhibits.", PROSE)  # fmt: skip
    assert headings(text, kind=REPORT) == [
        "Item 5.07 Submission of Matters to a Vote of Security Holders", "Item 9.01 Financial Statements and Exhibits",
    ]  # fmt: skip


def test_numbers_in_statements_are_no_headings() -> None:
    table = "1. Revenue 12,004 11,207\n2. Cost of Sales 8,113 7,900\nA. Total 3,891 3,307"
    assert headings(paragraphs("Item 8. Financial Statements", table, PROSE), kind=REPORT) == [
        "Item 8 Financial Statements"
    ]


def test_titles_subtitles_parts_and_sections_of_a_statute() -> None:
    law = "In carrying out this title, the Board shall consult with the Council on each of these matters."
    text = paragraphs(
        "SECTION 1. SHORT TITLE.", law, "TITLE I—FINANCIAL STABILITY", "SEC. 101. SHORT TITLE.", law,
        "Subtitle A—Financial Stability Oversight", "Council",
        "SEC. 113. AUTHORITY TO REQUIRE SUPERVISION AND REGULATION",
        "OF CERTAIN NONBANK FINANCIAL COMPANIES.", f"(a) IN GENERAL.—{law}", "‘‘SEC. 920. REASONABLE FEES.", law,
        "SEC. 12. OF THE ACT", "TITLE V—INSURANCE", "Subtitle B—State-Based Reform", "PART I—NONADMITTED INSURANCE",
        "SEC. 521. REPORTING.", law, "SEC. 521A. ALLOCATION.", law,
    )  # fmt: skip
    assert [(s.level, s.path) for s in sections(text, kind=Kind.STATUTE)] == [
        (1, "SEC. 1 › SHORT TITLE"),
        (1, "TITLE I › FINANCIAL STABILITY"),
        (2, "SEC. 101 › SHORT TITLE"),
        (2, "TITLE I, Subtitle A › Financial Stability Oversight Council"),
        (3, "SEC. 113 › AUTHORITY TO REQUIRE SUPERVISION AND REGULATION OF CERTAIN NONBANK FINANCIAL COMPANIES"),
        (1, "TITLE V › INSURANCE"),
        (2, "TITLE V, Subtitle B › State-Based Reform"),
        (3, "TITLE V, Subtitle B, PART I › NONADMITTED INSURANCE"),
        (4, "SEC. 521 › REPORTING"),
        (4, "SEC. 521A › ALLOCATION"),
    ]
