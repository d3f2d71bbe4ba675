"""`reglens fetch` as a user and a program see it, against a stand-in on this machine."""

import json
import os
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import reglens
from corpus.errors import ConfigError, FetchError
from tests.fetch_server import Body, StandIn, cut, drip, page, redirect, status
from tests.release_factory import DrawnRelease

pytestmark = pytest.mark.usefixtures("only_this_machine")
ROOT = Path(__file__).parents[1]
RUN = CliRunner()
PDF = b"%PDF-1.7\n" + os.urandom(400_000)


@pytest.fixture(autouse=True)
def _settings(stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "reglens.toml"
    config.write_text(
        '[corpus]\nembedding_model = "hash-256"\n[fetch]\nuser_agent = "Quiet Hours LLC filings@quiet.example"\n'
        f'requests_per_second = 10\nask_above = 3\ntries = 2\nfederal_register = "{stand_in.base}/api/v1"\n'
        f'edgar = "{stand_in.base}"\nsec = "{stand_in.base}"\n'
    )
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path / "library"))
    monkeypatch.delenv("REGLENS_USER_AGENT", raising=False)


def call(*words: str, code: int = 0) -> dict[str, Any]:
    """Run `reglens fetch` with --json; its object."""
    result = RUN.invoke(reglens.app, ["fetch", *words, "--json"])
    assert result.exit_code == code, (result.output, result.exception)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def refused(*words: str, kind: type[Exception] = FetchError) -> str:
    """Run `reglens fetch`, which must not start; what it says."""
    result = RUN.invoke(reglens.app, ["fetch", *words])
    assert isinstance(result.exception, kind), result.output
    assert result.stdout == ""
    return str(result.exception)


def test_a_document_comes_into_the_library_with_the_listing_s_facts(
    stand_in: StandIn, proposal: DrawnRelease, tmp_path: Path
) -> None:
    stand_in.add_document(
        "2018-08582",
        proposal.path.read_bytes(),
        citation="83 FR 21574",
        comments_close_on="2018-08-07",
        docket_ids=["Release No. 34-99001", "File No. S7-99-18"],
    )
    report = call("2018-08582")
    assert set(report) >= {"fetched", "unchanged", "failed", "bytes", "seconds", "ingest"}
    [file] = report["fetched"]
    assert file["path"] == str(tmp_path / "library" / "downloads" / "2018-08582.pdf")
    assert file["bytes"] == report["bytes"] == proposal.path.stat().st_size
    assert file["sha256"] == sha256(proposal.path.read_bytes()).hexdigest()
    assert file["identifiers"]["document_number"] == "2018-08582"
    assert len(report["ingest"]["new"]) == 1
    shown = json.loads(RUN.invoke(reglens.app, ["show", "34-99001", "--json"]).stdout)["document"]
    assert shown["federal_register"] == "83 FR 21574"  # the drawn page does not print it
    again = call("2018-08582")
    assert (again["fetched"], len(again["unchanged"]), again["bytes"]) == ([], 1, 0)
    assert len(again["ingest"]["unchanged"]) == 1
    assert stand_in.paths() == ["/api/v1/documents/2018-08582.json", "/content/pkg/FR-2018-05-09/pdf/2018-08582.pdf"]


def test_what_was_only_fetched_keeps_its_facts_until_it_is_ingested(stand_in: StandIn, proposal: DrawnRelease) -> None:
    stand_in.add_document("2018-08582", proposal.path.read_bytes(), citation="83 FR 21574")
    call("2018-08582", "--no-ingest")
    call("2018-08582")
    shown = json.loads(RUN.invoke(reglens.app, ["show", "34-99001", "--json"]).stdout)["document"]
    assert shown["federal_register"] == "83 FR 21574"
    assert shown["kind"] == "proposed_rule"


def test_one_that_fails_does_not_stop_the_others(stand_in: StandIn) -> None:
    stand_in.add_document("2020-00001", PDF)
    stand_in.add_document("2020-00002", PDF, pdf_url=None)
    stand_in.add_document("2020-00003", PDF)
    stand_in.troubles["/content/pkg/FR-2018-05-09/pdf/2020-00003.pdf"].append(page(b"<html>Sorry</html>"))
    report = call("2020-00009", "2020-00002", "2020-00003", "2020-00001", "--no-ingest", code=1)
    assert [file["identifiers"]["document_number"] for file in report["fetched"]] == ["2020-00001"]
    assert [failure["source"] for failure in report["failed"]] == ["2020-00009", "2020-00002", "2020-00003"]
    assert [set(failure) for failure in report["failed"]] == [{"source", "reason", "remedy"}] * 3
    reasons = [failure["reason"] for failure in report["failed"]]
    assert "is not there" in reasons[0]
    assert "not as pdf" in reasons[1]
    assert "a web page instead of a PDF" in reasons[2]
    assert report["ingest"] is None


@pytest.mark.parametrize(("form", "start"), [("xml", b"<?xml"), ("html", b"<div>")])
def test_other_forms_of_a_document(stand_in: StandIn, tmp_path: Path, form: str, start: bytes) -> None:
    stand_in.add_document("2020-00001", PDF)
    call("2020-00001", "--format", form, "--to", str(tmp_path / "to"), "--no-ingest")
    assert (tmp_path / "to" / f"2020-00001.{form}").read_bytes().startswith(start)


def test_a_search_lists_page_after_page(stand_in: StandIn) -> None:
    for day in range(1, 6):
        stand_in.add_document(f"2022-0000{day}", PDF, publication_date=f"2022-02-0{day}")
    stand_in.add_document("2022-00006", PDF, publication_date="2023-01-01")
    stand_in.add_document("2022-00007", PDF, publication_date="2022-02-07", type="Notice")
    report = call(
        "--agency", "securities-and-exchange-commission", "--type", "PRORULE", "--since", "2022-01-01",
        "--until", "2022-12-31", "--limit", "3", "--no-ingest",
    )  # fmt: skip
    numbers = [file["identifiers"]["document_number"] for file in report["fetched"]]
    assert numbers == ["2022-00005", "2022-00004", "2022-00003"]
    assert report["matched"] == 5
    printed = RUN.invoke(reglens.app, ["fetch", "--since", "2022-01-01", "--until", "2022-12-31", "--limit", "3",
                                       "--no-ingest"])  # fmt: skip
    assert "3 of 5 that match; --limit 3" in printed.stdout


def test_a_search_that_matches_many_asks_first(stand_in: StandIn) -> None:
    for number in range(1, 6):
        stand_in.add_document(f"2022-0000{number}", PDF, title="Order competition", page_length=200)
    said = refused("--term", "order competition")
    assert "5 documents match (1,000 printed pages)" in said
    assert "--limit N" in said
    assert "--yes" in said
    assert stand_in.paths() == ["/api/v1/documents.json"]
    report = call("--term", "order competition", "--yes", "--no-ingest")
    assert (len(report["fetched"]), report["matched"]) == (5, 5)


def test_a_search_without_matches_fetches_nothing(stand_in: StandIn) -> None:
    report = call("--term", "nobody wrote this")
    assert (report["matched"], report["fetched"], report["ingest"]) == (0, [], None)


def test_listings_are_followed_to_the_last_page(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.fetching.federal_register.PER_PAGE", 2)
    for number in range(1, 6):
        stand_in.add_document(f"2022-0000{number}", PDF)
    assert len(call("--since", "2018-01-01", "--yes", "--no-ingest")["fetched"]) == 5
    assert stand_in.paths()[:3] == ["/api/v1/documents.json", "/api/v1/documents", "/api/v1/documents"]


def test_what_the_api_does_not_list_is_reported(stand_in: StandIn) -> None:
    for number in range(1, 6):
        stand_in.add_document(f"2022-0000{number}", PDF)
    stand_in.lists_at_most = 2
    report = call("--since", "2018-01-01", "--yes", "--no-ingest", code=1)
    assert len(report["fetched"]) == 2
    assert report["failed"][0]["reason"] == "5 documents match, and only 2 of them are listed"


def test_a_listing_may_not_lead_elsewhere(stand_in: StandIn) -> None:
    listing = stand_in.add_document("2020-00001", PDF)
    listing["pdf_url"] = "https://example.org/2020-00001.pdf"
    [failure] = call("2020-00001", "--no-ingest", code=1)["failed"]
    assert "https://example.org/2020-00001.pdf is not asked" in failure["reason"]


def test_numbers_of_other_kinds_are_refused_before_anything_is_asked(stand_in: StandIn) -> None:
    assert 'reglens fetch --term "34-99999"' in refused("34-99999")
    assert "look like 2018-08582" in refused("RegulationNMS")
    assert stand_in.asked == []


@pytest.fixture
def apple(stand_in: StandIn) -> StandIn:
    """EDGAR with one company of many filings and two of like names."""
    stand_in.answers["/files/company_tickers.json"] = {
        "0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
        "1": {"cik_str": 1, "ticker": "QHA", "title": "Quiet Hours Alpha Corp"},
        "2": {"cik_str": 2, "ticker": "QHB", "title": "Quiet Hours Beta Corp"},
    }
    rows = [
        ("0000320193-23-000106", "2023-11-03", "2023-09-30", "10-K", "aapl-20230930.htm", 9_000_000),
        ("0000320193-23-000077", "2023-08-04", "2023-07-01", "10-Q", "aapl-20230701.htm", 5_000_000),
        ("0000320193-22-000108", "2022-10-28", "2022-09-24", "10-K", "aapl-20220924.htm", 9_000_000),
    ]
    older = [("0000912057-99-010244", "1999-12-22", "1999-09-25", "10-K", "", 400_000)]
    names = ("accessionNumber", "filingDate", "reportDate", "form", "primaryDocument", "size")
    columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    stand_in.answers["/submissions/CIK0000320193.json"] = {
        "cik": "320193",
        "name": "Apple Inc.",
        "tickers": ["AAPL"],
        "filings": {
            "recent": columns,
            "files": [
                {
                    "name": "CIK0000320193-submissions-001.json",
                    "filingCount": 1,
                    "filingFrom": "1994-01-26",
                    "filingTo": "1999-12-31",
                }
            ],
        },
    }
    stand_in.answers["/submissions/CIK0000320193-submissions-001.json"] = {
        name: [row[i] for row in older] for i, name in enumerate(names)
    }
    archive = "/Archives/edgar/data/320193"
    for accession, _, _, _, document, _ in rows:
        path = f"{archive}/{accession.replace('-', '')}/{document}"
        stand_in.bodies[path] = Body(b"<html><body><p>A report.</p></body></html>", "text/html", packed=True)
    stand_in.bodies[f"{archive}/0000912057-99-010244.txt"] = Body(b"<SEC-DOCUMENT>\nA report.\n", "text/plain")
    return stand_in


def test_filings_of_a_company(apple: StandIn, tmp_path: Path) -> None:
    report = call("--company", "AAPL", "--form", "10-K", "--to", str(tmp_path / "to"), "--no-ingest")
    names = ["0000320193-23-000106.htm", "0000320193-22-000108.htm", "0000912057-99-010244.txt"]
    assert [Path(file["path"]).name for file in report["fetched"]] == names
    assert report["matched"] == 3
    lines = (tmp_path / "to" / "manifest.jsonl").read_text().splitlines()
    assert json.loads(lines[0])["facts"] == {
        "company": "Apple Inc.", "form": "10-K", "kind": "company_report", "title": "Apple Inc., Form 10-K, 2023-09-30",
    }  # fmt: skip
    assert json.loads(lines[0])["identifiers"] == {
        "cik": 320193, "accession": "0000320193-23-000106", "form": "10-K", "filed": "2023-11-03",
        "period": "2023-09-30",
    }  # fmt: skip


def test_older_lists_are_asked_only_where_the_span_reaches_them(apple: StandIn) -> None:
    report = call("--company", "apple", "--form", "10-k", "--since", "2023-01-01", "--no-ingest")
    assert [file["identifiers"]["period"] for file in report["fetched"]] == ["2023-09-30"]
    assert "/submissions/CIK0000320193-submissions-001.json" not in apple.paths()


def test_a_cik_needs_no_list_of_names(apple: StandIn) -> None:
    report = call("--company", "320193", "--form", "10-Q", "--no-ingest")
    assert len(report["fetched"]) == 1
    assert "/files/company_tickers.json" not in apple.paths()


def test_a_name_that_fits_several_companies_lists_them(apple: StandIn) -> None:
    said = refused("--company", "Quiet Hours", "--form", "10-K")
    assert "fits 2 companies" in said
    assert "1  Quiet Hours Alpha Corp (QHA)" in said
    assert "2  Quiet Hours Beta Corp (QHB)" in said
    assert "--company 1" in said
    assert "no company" in refused("--company", "Nobody", "--form", "10-K")


def test_a_form_that_was_not_filed_names_those_that_were(apple: StandIn) -> None:
    assert "Apple Inc. (CIK 320193) has filed no 20-F; what is there: 10-K (3), 10-Q (1)" in refused(
        "--company", "AAPL", "--form", "20-F"
    )
    assert "files several forms; what is there: 10-K (3), 10-Q (1)" in refused("--company", "AAPL")


def test_many_filings_ask_first(apple: StandIn) -> None:
    said = refused("--company", "AAPL", "--form", "10-K", "--form", "10-Q")
    assert "4 filings match (up to 23 MB, exhibits counted)" in said
    report = call("--company", "AAPL", "--form", "10-K", "--form", "10-Q", "--limit", "1", "--no-ingest")
    assert (len(report["fetched"]), report["matched"]) == (1, 4)


def test_files_of_kinds_that_are_not_read_are_named(apple: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.MEDIA", {".pdf": "pdf"})
    report = call("--company", "AAPL", "--form", "10-Q")
    assert report["not_read"] == ["0000320193-23-000077.htm"]
    assert report["ingest"]["new"] == []


def test_the_shipped_list_is_printed_and_fetched(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.filings import listed_filings

    listed = call("--starter", "--list")["filings"]
    assert len(listed) == len(listed_filings()) >= 40
    printed = RUN.invoke(reglens.app, ["fetch", "--starter", "--list"]).stdout
    assert "34-51808" in printed
    assert stand_in.asked == []
    kinds = {"pdf": PDF, "htm": b"<html><body>A release.</body></html>", "txt": b"A release."}
    for n, filing in enumerate(listed):
        if filing["document_number"]:
            stand_in.add_document(filing["document_number"], PDF)
        elif filing["address"]:
            path = filing["address"].removeprefix("https://www.sec.gov")
            stand_in.bodies[path] = Body(kinds[path.rsplit(".", 1)[1]])
        else:
            volume, page_number = filing["citation"].split(" FR ")
            stand_in.add_document(
                f"99-{n}", PDF, publication_date=filing["published"], start_page=int(page_number) - n % 2,
                citation=f"{volume} FR {int(page_number) - n % 2}", type="Rule" if n % 3 else "Proposed Rule",
            )  # fmt: skip
    monkeypatch.setattr("ingest.fetching.courtesy.Limiter.wait", lambda self: None)
    report = call("--starter", "--no-ingest")
    assert report["failed"] == []
    assert len(report["fetched"]) == len(listed)
    assert {Path(file["path"]).stem for file in report["fetched"]} == {
        filing["document_number"] or filing["release"] for filing in listed
    }


def test_one_of_the_shipped_list_by_its_release_number(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.add_document("05-11802", PDF, title="As listed", publication_date="2005-06-29")
    [file] = call("34-51808", "--to", str(tmp_path / "to"), "--no-ingest")["fetched"]
    assert (file["identifiers"]["document_number"], file["identifiers"]["release"]) == ("05-11802", "34-51808")
    [line] = (tmp_path / "to" / "manifest.jsonl").read_text().splitlines()
    facts = json.loads(line)["facts"]
    assert (facts["title"], facts["published"], facts["rins"]) == ("As listed", "2005-06-29", ["3235-AJ18"])


def test_a_release_known_by_its_citation_is_found_among_those_of_its_day(stand_in: StandIn) -> None:
    for number, first, last in (("04-1", 77000, 77423), ("04-2", 77424, 77519), ("04-3", 77520, 77530)):
        stand_in.add_document(number, PDF, publication_date="2004-12-27", start_page=first, end_page=last)
    [file] = call("34-50870", "--no-ingest")["fetched"]
    assert file["identifiers"]["document_number"] == "04-2"
    assert file["path"].endswith("34-50870.pdf")
    del stand_in.documents["04-2"]
    stand_in.add_document("04-4", PDF, publication_date="2004-12-27", start_page=77423)
    Path(file["path"]).unlink()
    [file] = call("34-50870", "--no-ingest")["fetched"]
    assert file["identifiers"]["document_number"] == "04-4"
    [failure] = call("34-48709", "--no-ingest", code=1)["failed"]
    assert "no document of 2003-11-06 that begins at 68 FR 62972" in failure["reason"]


def test_what_was_fetched_is_checked_without_asking(stand_in: StandIn, tmp_path: Path) -> None:
    stand_in.add_document("2020-00001", PDF)
    call("2020-00001", "--no-ingest")
    asked = len(stand_in.asked)
    assert call("--verify") == {"folder": str(tmp_path / "library" / "downloads"), "files": 1, "failed": []}
    (tmp_path / "library" / "downloads" / "2020-00001.pdf").write_bytes(b"changed")
    [failure] = call("--verify", code=1)["failed"]
    assert failure["reason"] == "it is not what was fetched"
    assert len(stand_in.asked) == asked
    assert len(call("2020-00001", "--no-ingest")["fetched"]) == 1
    assert call("--verify")["failed"] == []


def test_without_a_declared_person_nothing_is_asked(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGLENS_USER_AGENT", " ")
    assert "→ set REGLENS_USER_AGENT=" in refused("2018-08582", kind=ConfigError)
    assert stand_in.asked == []


def test_an_answer_that_is_no_json_is_named(stand_in: StandIn) -> None:
    stand_in.troubles["/api/v1/documents.json"].append(page(b"<html>Maintenance</html>"))
    assert "answered with something other than JSON" in refused("--term", "x")
    stand_in.troubles["/api/v1/documents.json"].append(page(b'{"status": 400, "message": "term not valid"}', 400))
    assert "term not valid" in refused("--term", "x")
    stand_in.troubles["/api/v1/documents.json"].append(page(b"[1, 2]"))
    assert "another form than is documented" in refused("--term", "x")


def test_trouble_that_passes_is_not_reported(stand_in: StandIn) -> None:
    stand_in.add_document("2020-00001", PDF)
    pdf = "/content/pkg/FR-2018-05-09/pdf/2020-00001.pdf"
    stand_in.troubles["/api/v1/documents/2020-00001.json"].append(status(503, Retry_After="0"))
    stand_in.troubles[pdf].extend([redirect("/moved.pdf")])
    stand_in.bodies["/moved.pdf"] = Body(PDF)
    stand_in.troubles["/moved.pdf"].append(cut(1000))
    [file] = call("2020-00001", "--no-ingest")["fetched"]
    assert file["sha256"] == sha256(PDF).hexdigest()


def test_a_folder_that_cannot_be_written_into_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot write into" in refused("2018-08582", "--to", str(tmp_path / "file"))


def test_progress_goes_to_stderr(stand_in: StandIn) -> None:
    stand_in.add_document("2020-00001", PDF)
    result = RUN.invoke(reglens.app, ["fetch", "2020-00001", "--no-ingest"])
    assert result.stdout.startswith("1 fetched (0.4 MB), 0 unchanged, 0 failed in ")
    assert "2020-00001" in result.stderr


def test_killed_in_the_middle_it_goes_on_where_it_was(stand_in: StandIn, tmp_path: Path) -> None:
    """kill -9 while the second of three files drips; then once more, undisturbed."""
    numbers = ["2020-00001", "2020-00002", "2020-00003"]
    for number in numbers:
        stand_in.add_document(number, PDF)
    slow = "/content/pkg/FR-2018-05-09/pdf/2020-00002.pdf"
    begun = threading.Event()
    stand_in.troubles[slow].append(drip(begun, 200_000, 100, 0.05))
    folder = tmp_path / "library" / "downloads"
    command = [sys.executable, "-m", "reglens", "fetch", *numbers, "--no-ingest", "--json"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert begun.wait(30)
        partial = folder / "2020-00002.pdf.partial"
        while not partial.exists() or partial.stat().st_size < 200_000:
            assert process.poll() is None
            threading.Event().wait(0.01)
        process.send_signal(signal.SIGKILL)
    assert {p.name for p in folder.glob("*.pdf")} == {"2020-00001.pdf"}
    before = len(stand_in.asked)
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    report = json.loads(finished.stdout)
    assert [len(report[key]) for key in ("unchanged", "fetched", "failed")] == [1, 2, 0]
    for number in numbers:
        assert (folder / f"{number}.pdf").read_bytes() == PDF
    [continued] = [asked for asked in stand_in.asked[before:] if asked.path == slow]
    assert int(continued.headers["range"].removeprefix("bytes=").removesuffix("-")) >= 200_000
    assert not [asked for asked in stand_in.asked[before:] if "2020-00001" in asked.path]
    assert not list(folder.glob("*.partial*"))
    assert len((folder / "manifest.jsonl").read_text().splitlines()) == 3
