"""The shipped list of rulemakings: its shape, and its facts against other sources where they are at hand."""

import csv
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from corpus.filings import ListedFiling, listed_filings
from ingest.fetching.addresses import AllowedAddresses
from ingest.fetching.downloads import SUFFIXES
from ingest.fetching.federal_register import is_document_number
from tests.conftest import real

FILINGS = listed_filings()
IN_PLAIN_FORM = {
    "release": r"(?:33|34|IA)-\d{4,6}A?",
    "file_number": r"S7-\d{2}-\d{2}|4-\d{3}",
    "rin": r"3235-A[A-Z]\d{2}",
    "citation": r"\d{2} FR \d{3,6}",
    "sha256": r"[0-9a-f]{64}",
}


def test_there_are_enough_and_none_twice() -> None:
    assert len(FILINGS) >= 40
    for name in ("release", "document_number", "address", "citation"):
        counted = Counter(value for filing in FILINGS if (value := getattr(filing, name)))
        assert not [value for value, count in counted.items() if count > 1]


@pytest.mark.parametrize("filing", FILINGS, ids=lambda filing: filing.release)
def test_each_is_in_form_and_can_be_fetched(filing: ListedFiling) -> None:
    for name, pattern in IN_PLAIN_FORM.items():
        value = getattr(filing, name)
        assert not value or re.fullmatch(pattern, value), f"{name} {value}"
    assert filing.release
    assert filing.title
    assert filing.rulemaking
    assert 1996 <= filing.year <= 2026
    assert not filing.document_number or is_document_number(filing.document_number)
    if filing.published:
        assert 0 <= date.fromisoformat(filing.published).year - filing.year <= 1
    if filing.address:
        AllowedAddresses.of([], []).check(filing.address)
        assert urlsplit(filing.address).path.endswith(tuple(SUFFIXES))
        assert filing.release in filing.address
    assert filing.document_number or filing.address or (filing.citation and filing.published)


def test_rulemakings_stand_together() -> None:
    names = [filing.rulemaking for filing in FILINGS]
    assert len(set(names)) == 1 + sum(a != b for a, b in pairwise(names))


def test_they_agree_with_the_index_of_adopting_releases() -> None:
    with real("sec_final_rules/INDEX.tsv").open() as stream:
        index = {row["release"]: row for row in csv.DictReader(stream, delimiter="\t")}
    both = [(filing, index[filing.release]) for filing in FILINGS if filing.release in index]
    assert len(both) >= 15
    for filing, row in both:
        assert filing.file_number == row["file_no"]
        assert filing.rin == (row["rin"] or filing.rin)
        assert filing.address == row["url"]
        assert filing.year == int(row["year"])


def test_they_agree_with_what_adopting_releases_cite() -> None:
    """ "Securities Exchange Act Release No. 50870 (Dec. 16, 2004), 69 FR 77424 (Dec. 27, 2004)"."""
    texts = [
        re.sub(r"\s+", " ", path.read_text("utf-8", errors="replace"))
        for path in real("sec_final_rules").rglob("*.txt")
    ]
    checked = 0
    for filing in FILINGS:
        number = filing.release.split("-")[1].rstrip("A")
        pattern = re.compile(
            rf"No\.? (?:3[34]-)?{number}A? \([A-Z][a-z]+\.? \d{{1,2}}, \d{{4}}\)[,;]? \[?(\d\d FR \d{{3,6}})"
        )
        cited = Counter(citation for text in texts for citation in pattern.findall(text))
        if cited and filing.citation:
            checked += 1
            assert filing.citation == cited.most_common(1)[0][0]
    assert checked >= 20


def test_they_agree_with_the_register_s_abstracts() -> None:
    titles: dict[str, tuple[str, str]] = {}
    for path in real("federal_register_abstracts").rglob("*.md"):
        text = path.read_text("utf-8")
        found = re.search(r'^title: "(.*)"$.*?^item_id: federal_register:(\S+)$.*?^original_published: (\S+)', text,
                          re.MULTILINE | re.DOTALL)  # fmt: skip
        if found:
            titles[found[2]] = (found[1], found[3])
    both = [(filing, *titles[filing.document_number]) for filing in FILINGS if filing.document_number in titles]
    assert len(both) >= 15
    for filing, title, published in both:
        assert filing.title == title
        assert filing.published == published
