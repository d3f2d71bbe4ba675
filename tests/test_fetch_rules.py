"""What fetch decides without asking anybody."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ConfigError, FetchError
from corpus.records import Kind
from ingest.facts.listed import completed
from ingest.facts.metadata import Facts
from ingest.fetching.addresses import AllowedAddresses
from ingest.fetching.courtesy import retry_after_s
from ingest.fetching.edgar import Company, companies, filings_of, matching
from ingest.fetching.federal_register import Search, body_place, is_document_number, listing_facts
from ingest.fetching.request import Request
from ingest.fetching.settings import FetchSettings, load_fetch_settings

REG_BI = {
    "title": "Regulation Best Interest",
    "type": "Proposed Rule",
    "action": "Proposed rule.",
    "document_number": "2018-08582",
    "publication_date": "2018-05-09",
    "agencies": [{"raw_name": "SECURITIES AND EXCHANGE COMMISSION", "name": "Securities and Exchange Commission"}],
    "docket_ids": ["Release No. 34-83062", "File No. S7-07-18"],
    "regulation_id_numbers": ["3235-AM35"],
    "cfr_references": [{"title": 17, "part": "240", "chapter": None, "citation_url": None}],
    "citation": "83 FR 21574",
    "comments_close_on": "2018-08-07",
    "effective_on": None,
    "html_url": "https://www.federalregister.gov/documents/2018/05/09/2018-08582/regulation-best-interest",
    "pdf_url": "https://www.govinfo.gov/content/pkg/FR-2018-05-09/pdf/2018-08582.pdf",
    "full_text_xml_url": "https://www.federalregister.gov/documents/full_text/xml/2018/05/09/2018-08582.xml",
    "body_html_url": None,
}
"""In the shape of the API; what is not tested here is left out."""


def test_facts_of_a_listing_become_fields_of_a_document() -> None:
    assert listing_facts(REG_BI) == {
        "title": "Regulation Best Interest",
        "kind": Kind.PROPOSED_RULE,
        "agency": "Securities and Exchange Commission",
        "release_numbers": ("34-83062",),
        "file_numbers": ("S7-07-18",),
        "rins": ("3235-AM35",),
        "cfr_parts": ("17 CFR 240",),
        "federal_register": "83 FR 21574",
        "published": "2018-05-09",
        "comment_deadline": "2018-08-07",
    }


@pytest.mark.parametrize(
    ("dockets", "releases", "files"),
    [
        (["Release Nos. 33-11232A", "34-98368", "39-2551", "IC-34996", "File No. S7-15-23"],
         ("33-11232A", "34-98368", "39-2551", "IC-34996"), ("S7-15-23",)),
        (["Release No. 34–101070; File No. S7–30–22"], ("34-101070",), ("S7-30-22",)),
        (["Release No. 34-53030", "File No. SR-NASD-2005-066"], ("34-53030",), ("SR-NASD-2005-066",)),
        (["EPA-HQ-OAR-2021-0257"], None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_docket_ids_are_release_and_file_numbers(
    dockets: list[str] | None, releases: tuple[str, ...] | None, files: tuple[str, ...] | None
) -> None:
    facts = listing_facts({"docket_ids": dockets})
    assert (facts.get("release_numbers"), facts.get("file_numbers")) == (releases, files)


@pytest.mark.parametrize(
    ("kind", "action", "expected"),
    [
        ("Proposed Rule", "Proposed rule.", Kind.PROPOSED_RULE),
        ("Proposed Rule", "Re-proposed rule.", Kind.PROPOSED_RULE),
        ("Proposed Rule", "Notice of proposed rulemaking.", Kind.PROPOSED_RULE),
        ("Proposed Rule", "Concept release; request for comments.", Kind.CONCEPT_RELEASE),
        ("Proposed Rule", "Proposed rule; extension of comment period.", None),
        ("Proposed Rule", "Reopening of comment period.", None),
        ("Proposed Rule", "Notice of withdrawal of proposed rules.", None),
        ("Rule", "Final rule.", Kind.FINAL_RULE),
        ("Rule", "Interim final temporary rule; request for comments.", Kind.FINAL_RULE),
        ("Rule", "Final rule; correction.", None),
        ("Rule", "Final rule; extension of compliance date.", None),
        ("Rule", "Commission interpretation.", Kind.INTERPRETATION),
        ("Rule", "Policy statement.", None),
        ("Notice", "Proposed rule.", None),
        ("Rule", None, None),
    ],
)
def test_the_kind_is_what_the_action_says_or_absent(kind: str, action: str | None, expected: Kind | None) -> None:
    assert listing_facts({"type": kind, "action": action}).get("kind") == expected


def test_nulls_and_half_references_are_absent() -> None:
    listing: dict[str, Any] = dict.fromkeys(REG_BI) | {
        "cfr_references": [{"title": 17, "part": None}], "regulation_id_numbers": ["NONE"],
        "agencies": [{"name": None}],
    }  # fmt: skip
    assert listing_facts(listing) == {}


def test_a_body_that_the_register_does_not_have_names_one_that_it_has() -> None:
    assert body_place(REG_BI, "pdf").url == REG_BI["pdf_url"]
    assert body_place(REG_BI, "xml").url == REG_BI["full_text_xml_url"]
    with pytest.raises(FetchError, match="has 2018-08582 not as html") as caught:
        body_place(REG_BI, "html")
    assert caught.value.remedy == "fetch it with --format pdf"


def test_a_search_speaks_the_api_s_language() -> None:
    search = Search(
        agencies=["securities-and-exchange-commission"], types=["PRORULE"], since="2022-01-01", until="2022-12-31",
        term="order competition",
    )  # fmt: skip
    pairs = search.parameters
    assert pairs[:5] == [
        ("conditions[agencies][]", "securities-and-exchange-commission"),
        ("conditions[type][]", "PRORULE"),
        ("conditions[publication_date][gte]", "2022-01-01"),
        ("conditions[publication_date][lte]", "2022-12-31"),
        ("conditions[term]", "order competition"),
    ]
    assert pairs[-1] == ("order", "newest")
    assert not [name for name, _ in Search().parameters if "date" in name or "term" in name]


@pytest.mark.parametrize("number", ["2018-08582", "E9-12345", "04-4712", "R1-2018-08582", "X94-10101"])
def test_document_numbers(number: str) -> None:
    assert is_document_number(number)


@pytest.mark.parametrize("word", ["Regulation-NMS", "../2018-08582", "2018", "2018-08582.pdf", "", "2018-08582/x"])
def test_other_words(word: str) -> None:
    assert not is_document_number(word)


TICKERS = {
    "0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
    "1": {"cik_str": 66740, "ticker": "MMM", "title": "3M CO"},
    "2": {"cik_str": 1652044, "ticker": "GOOGL", "title": "Alphabet Inc."},
    "3": {"cik_str": 1652044, "ticker": "GOOG", "title": "Alphabet Inc."},
    "4": {"cik_str": 1418121, "ticker": "APLE", "title": "Apple Hospitality REIT, Inc."},
    "5": {"cik_str": 731766, "ticker": "UNH", "title": "UNITEDHEALTH GROUP INC"},
    "6": {"cik_str": 40729, "ticker": "ALLY", "title": "Ally Financial Inc."},
    "7": {"cik_str": 1364954, "ticker": "CHGG", "title": "Ally Holdings Ltd"},
}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("AAPL", [320193]),
        ("aapl", [320193]),
        ("3M", [66740]),
        ("Apple", [320193]),
        ("Apple Inc", [320193]),
        ("apple hospitality", [1418121]),
        ("Alphabet", [1652044]),
        ("GOOG", [1652044]),
        ("UnitedHealth", [731766]),
        ("Ally", [40729]),
        ("Nobody", []),
        ("...", []),
    ],
)
def test_companies_are_found_by_ticker_and_by_name(wanted: str, found: list[int]) -> None:
    assert [company.cik for company in matching(companies(TICKERS), wanted)] == found


def test_share_classes_are_one_company() -> None:
    assert Company(1652044, "Alphabet Inc.", ("GOOGL", "GOOG")) in companies(TICKERS)


COLUMNS: dict[str, list[Any]] = {
    "accessionNumber": ["0000320193-23-000106", "0000320193-99-000001", "0000320193-23-000005", "../../etc/passwd"],
    "filingDate": ["2023-11-03", "1999-12-22", "2023-01-05", "2023-01-01"],
    "reportDate": ["2023-09-30", "", "2023-01-03", ""],
    "form": ["10-K", "10-K405", "4", "10-K"],
    "primaryDocument": ["aapl-20230930.htm", "", "xslF345X03/wf-form4.xml", "x.htm"],
    "size": [9_000_000, 400_000, 5_000, 1],
    "isXBRL": [1, 0, 0, 0],
}


def test_a_filing_lies_where_the_archive_puts_it() -> None:
    report, old, ownership = filings_of(Company(320193, "Apple Inc."), COLUMNS)
    archive = "https://www.sec.gov/Archives/edgar/data/320193"
    assert report.place("https://www.sec.gov").url == f"{archive}/000032019323000106/aapl-20230930.htm"
    assert report.file_name == "0000320193-23-000106.htm"
    assert old.place("https://www.sec.gov").url == f"{archive}/0000320193-99-000001.txt"
    assert old.file_name == "0000320193-99-000001.txt"
    assert ownership.place("https://www.sec.gov").url == f"{archive}/000032019323000005/xslF345X03/wf-form4.xml"
    assert ownership.file_name == "0000320193-23-000005.xml"
    assert report.place("https://www.sec.gov").facts == {
        "company": "Apple Inc.", "form": "10-K", "kind": Kind.COMPANY_REPORT,
        "title": "Apple Inc., Form 10-K, 2023-09-30",
    }  # fmt: skip
    assert ownership.place("https://www.sec.gov").facts == {"company": "Apple Inc.", "form": "4"}


def test_a_file_that_cannot_be_read_is_not_fetched() -> None:
    [filing] = filings_of(Company(1, "A"), {name: values[:1] for name, values in COLUMNS.items()} | {
        "primaryDocument": ["report.zip"],
    })  # fmt: skip
    with pytest.raises(FetchError, match=r"report\.zip"):
        filing.place("https://www.sec.gov")


def test_columns_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(FetchError, match="different lengths"):
        filings_of(Company(1, "A"), COLUMNS | {"form": ["10-K"]})
    with pytest.raises(FetchError, match="'size': None"):
        filings_of(Company(1, "A"), {name: values for name, values in COLUMNS.items() if name != "size"})
    with pytest.raises(FetchError, match="another form"):
        companies({"fields": {"cik": 1}})


def test_what_the_text_states_goes_before_the_listing() -> None:
    text = Facts("Its own title", Kind.FINAL_RULE, {"published": "2018-05-08", "federal_register": "83 FR"})
    found = completed(text, {
        "title": "A listed title", "kind": "proposed_rule", "published": "2018-05-09", "rins": ["3235-AM35"],
        "federal_register": "83 FR 21574", "effective": "", "no_such_field": "x", "sha256": "forged",
    })  # fmt: skip
    assert (found.title, found.kind) == ("Its own title", Kind.FINAL_RULE)
    assert found.fields == {"published": "2018-05-08", "federal_register": "83 FR 21574", "rins": ("3235-AM35",)}
    assert completed(Facts(), {"title": "A", "kind": "proposed_rule"}) == Facts("A", Kind.PROPOSED_RULE)
    assert completed(text, {}) == text


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://www.federalregister.gov/api/v1/documents.json?x=1", True),
        ("https://federalregister.gov/a", True),
        ("https://WWW.SEC.GOV/a", True),
        ("https://www.sec.gov:443/a", True),
        ("https://data.sec.gov/a", True),
        ("https://mirror.example/a", True),
        ("http://127.0.0.1:8000/a", True),
        ("http://127.0.0.1:8001/a", False),
        ("http://www.sec.gov/a", False),
        ("https://notsec.gov/a", False),
        ("https://sec.gov.example/a", False),
        ("https://www.sec.gov:444/a", False),
        ("https://www.sec.gov:port/a", False),
        ("https://user@www.sec.gov/a", False),
        ("https:///a", False),
        ("https://[::1", False),
        ("www.sec.gov/a", False),
    ],
)
def test_allowed_addresses(url: str, good: bool) -> None:
    allowed = AllowedAddresses.of(["Mirror.example"], ["http://127.0.0.1:8000/api/v1", "https://www.sec.gov"])
    if good:
        allowed.check(url)
    else:
        with pytest.raises(FetchError):
            allowed.check(url)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("12", 12.0), ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0), ("Thu, 01 Jan 1970 00:01:00 GMT", 0.0),
        ("Thu, 01 Jan 1970 00:02:00 -0000", 20.0), ("-5", None), ("soon", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, now=100.0) == seconds


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("requests_per_second = 11", "requests_per_second=11"),
        ("requests_per_second = 0", "requests_per_second=0"),
        ("tries = 0", "tries=0"),
        ('sec = "http://www.sec.gov"', "is not an https address"),
        ('sec = "http://127.0.0.1.example"', "is not an https address"),
        ('agent = "x"', "unknown setting agent"),
    ],
)
def test_bad_settings_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, said: str) -> None:
    _configure(tmp_path, monkeypatch, f"{written}\n")
    with pytest.raises(ConfigError, match=said):
        load_fetch_settings()


@pytest.mark.parametrize(
    "agent", ["", "Quiet Hours LLC", "name at quiet.example", "@", "Ruhige Börse AG x@ruhe.example"]
)
def test_without_a_declared_person_nothing_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agent: str) -> None:
    _configure(tmp_path, monkeypatch, f"user_agent = '{agent}'\n")
    with pytest.raises(ConfigError, match="declare who runs it") as caught:
        load_fetch_settings()
    assert 'REGLENS_USER_AGENT="Your Company your.name@your-company.com"' in caught.value.remedy
    monkeypatch.setenv("REGLENS_USER_AGENT", "Quiet Hours LLC filings@quiet.example")
    assert load_fetch_settings().user_agent == "Quiet Hours LLC filings@quiet.example"


def _configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    (tmp_path / "reglens.toml").write_text(f"[fetch]\n{lines}")
    monkeypatch.setenv("REGLENS_CONFIG", str(tmp_path / "reglens.toml"))
    monkeypatch.delenv("REGLENS_USER_AGENT", raising=False)


def test_the_documentation_lists_every_setting_with_its_default() -> None:
    text = (Path(__file__).parents[1] / "docs" / "fetching.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", text, re.MULTILINE))
    assert set(shown) == {f.name for f in fields(FetchSettings)}
    for name, value in shown.items():
        default = getattr(FetchSettings(), name)
        assert value.strip("`") == {"user_agent": "none", "hosts": "[]"}.get(
            name, f"{default:g}" if isinstance(default, float) else str(default)
        )


def test_the_default_rate_is_below_the_sec_s_limit() -> None:
    assert FetchSettings().requests_per_second < 10


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "name one thing to fetch"),
        ({"numbers": ("2018-08582",), "starter": True}, "only one thing"),
        ({"term": "x", "company": "AAPL"}, "only one thing"),
        ({"forms": ("10-K",)}, "no company is named"),
        ({"types": ("FINAL",)}, "--type FINAL is unknown"),
        ({"starter": True, "body": "docx"}, "--format docx is unknown"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Request(**asked)


def test_dates_belong_to_the_company_where_one_is_named() -> None:
    assert Request(since="2022-01-01").is_search
    assert not Request(company="AAPL", forms=("10-K",), since="2022-01-01").is_search
