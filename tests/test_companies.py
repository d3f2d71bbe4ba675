"""Covers of company reports in words of our own, and the real ones where they are at hand."""

import re

import pytest

from corpus.records import Kind
from ingest.facts.metadata import read_facts
from ingest.formats.pdf import read_pdf
from ingest.layout.pages import lay_out
from tests.conftest import real

COVER = """UNITED STATES
SECURITIES AND EXCHANGE COMMISSION

Washington, D.C. 20549

FORM 10-K

ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934
For the fiscal year ended June 30, 2022
OR
TRANSITION REPORT
For the transition period from ______ to ______

Commission file number: 1-99247

LANTERN COAST
FERRIES PLC

(Exact name of registrant as specified in its charter)

Maine 12-3456789

Lantern Coast Ferries plc runs ferries. In 2021 Lantern Coast Ferries plc ran more. See our Form 8-K of May 1, 2020.
"""


def fields(text: str) -> dict[str, object]:
    found = read_facts(text, "", {})
    assert found.kind is Kind.COMPANY_REPORT
    return found.fields


def test_a_cover_gives_company_form_and_period_and_the_company_as_its_text_writes_it() -> None:
    found = read_facts(COVER, "", {"title": "0001234567-22-000001"})
    assert found.fields == {
        "company": "Lantern Coast Ferries plc",
        "form": "10-K",
        "fiscal_period": "fiscal year ended 2022-06-30",
    }
    assert found.title == "Lantern Coast Ferries plc, Form 10-K, fiscal year ended 2022-06-30"


def test_a_cover_with_every_word_on_a_line_of_its_own() -> None:
    assert fields(re.sub(r"[ \n]+", "\n", COVER)) == fields(COVER)


def test_a_name_without_its_caption_stands_under_the_file_number() -> None:
    text = COVER.replace("(Exact name of registrant as specified in its charter)\n", "").replace(
        "COAST\nFERRIES", "COAST FERRIES"
    )
    assert fields(text)["company"] == "Lantern Coast Ferries plc"


def test_amended_and_quarterly_reports() -> None:
    quarter = COVER.replace("10-K", "10-Q/A").replace("fiscal year ended June 30", "quarterly period ended March 31")
    assert fields(quarter)["form"] == "10-Q/A"
    assert fields(quarter)["fiscal_period"] == "quarter ended 2022-03-31"
    assert fields(COVER.replace("FORM 10-K", "FORM 10-K\n(Amendment No. 2)"))["form"] == "10-K/A"


def test_a_current_report_has_the_day_it_reports() -> None:
    text = (
        "SECURITIES AND EXCHANGE COMMISSION\nFORM 8-K\nCURRENT REPORT\n"
        "Date of Report (Date of earliest event reported): July 1, 2022 (June 30, 2022)\n\n"
        "LANTERN COAST FERRIES PLC\n\n"
        "(Exact name of registrant as specified in charter)\n\nMaine 001-99932 12-3456789\n(Commission File Number)\n"
    )
    assert fields(text) == {"company": "LANTERN COAST FERRIES PLC", "form": "8-K", "issued": "2022-07-01"}


def test_a_transition_report_has_the_period_that_is_filled_in() -> None:
    text = COVER.replace("For the fiscal year ended June 30, 2022\n", "").replace(
        "from ______ to ______", "from July 1, 2022 to December 31, 2022"
    )
    assert fields(text)["fiscal_period"] == "transition period ended 2022-12-31"


def test_an_earnings_release_says_what_its_headline_says() -> None:
    text = (
        "Exhibit 99.1\n\nLANTERN COAST FERRIES REPORTS FOURTH QUARTER RESULTS\n\n"
        "Portland, Maine, February 8, 2023 – Lantern Coast Ferries plc (NYSE: LCF) "
        "today reported results for the quarter ended December 31, 2022.\n"
    )
    assert fields(text) == {
        "company": "Lantern Coast Ferries plc", "fiscal_period": "quarter ended 2022-12-31", "issued": "2023-02-08",
    }  # fmt: skip


def test_a_rule_about_form_10_k_is_no_company_report() -> None:
    text = (
        "A rule would amend Form 10-K. Registrants name the Commission file number 1-99247 on the cover of Form 10-K.\n"
    )
    assert read_facts(text, "", {}).kind is Kind.OTHER


COVERS = {
    "3M_2018_10K": ("3M Company", "10-K", "fiscal year ended 2018-12-31"),
    "BLOCK_2016_10K": ("Square, Inc", "10-K", "fiscal year ended 2016-12-31"),
    "MGMRESORTS_2018_10K": ("MGM Resorts International", "10-K", "fiscal year ended 2018-12-31"),
    "BESTBUY_2024Q2_10Q": ("Best Buy Co., Inc", "10-Q", "quarter ended 2023-07-29"),
    "FOOTLOCKER_2022_8K_dated-2022-05-20": ("Foot Locker, Inc", "8-K", None),
}


@pytest.mark.parametrize("name", COVERS)
def test_real_covers_of_every_shape(name: str) -> None:
    """All 32 are measured by `reglens eval facts evals/data/company_facts.jsonl`."""
    raw = read_pdf(real(f"financebench_dev/pdfs/{name}.pdf"))
    found = read_facts("\n".join(page.text for page in lay_out(raw).pages), "", raw.metadata).fields
    assert (found["company"], found["form"], found.get("fiscal_period")) == COVERS[name]


def test_a_quarterly_report_whose_cover_does_not_caption_the_name() -> None:
    raw = read_pdf(real("hard_pdfs/msft-2022q3-10q.pdf"))
    found = read_facts("\n".join(page.text for page in lay_out(raw).pages), "", raw.metadata).fields
    assert found == {"company": "Microsoft Corporation", "form": "10-Q", "fiscal_period": "quarter ended 2022-09-30"}
