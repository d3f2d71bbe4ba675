"""Every format through the command that a user types."""

import zipfile
from pathlib import Path

import pytest

import reglens
from tests.calling import RUN, call
from tests.edgar_files import PLAIN_TEN_K, TEN_K, submission
from tests.register_files import RULE_HTML, RULE_XML


@pytest.fixture(autouse=True)
def _offline_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "reglens.toml"
    config.write_text('[corpus]\nembedding_model = "hash-256"\n[archives]\nmembers = 4\n')
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path / "library"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "filings"
    folder.mkdir()
    (folder / "10k.htm").write_text(TEN_K)
    (folder / "rule.xml").write_text(RULE_XML)
    (folder / "submission.txt").write_text(submission("10-K", PLAIN_TEN_K))
    (folder / "instance.xml").write_text("<xbrl><a>1</a></xbrl>")
    (folder / "chart.xlsx").write_bytes(b"PK")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("fr/rule.html", RULE_HTML)
        archive.writestr("fr/data.csv", "1,2")
        archive.writestr("../evil.txt", "Evil.")
    return folder


def test_a_folder_of_every_format_is_ingested_and_its_failures_are_named(folder: Path) -> None:
    report = call("ingest", str(folder), code=1)
    archive = folder / "more.zip"
    assert [stored["source"] for stored in report["new"]] == [
        str(folder / "10k.htm"),
        f"{archive}!fr/rule.html",
        str(folder / "rule.xml"),
        str(folder / "submission.txt"),
    ]
    failed = {failure["source"]: failure for failure in report["failed"]}
    assert set(failed) == {str(folder / "instance.xml"), f"{archive}!../evil.txt"}
    assert "its root is <XBRL>" in failed[str(folder / "instance.xml")]["reason"]
    assert all(failure["remedy"] for failure in failed.values())
    assert report["passed_over"] == [str(folder / "chart.xlsx"), f"{archive}!fr/data.csv"]
    assert call("verify")["mismatches"] == []
    again = call("ingest", str(folder), code=1)
    assert (len(again["unchanged"]), again["new"], again["chunks"]) == (4, [], 0)


def test_an_answer_names_the_printed_page_of_the_register(folder: Path) -> None:
    call("ingest", str(folder / "rule.xml"))
    passages = call("search", "dealer ring bell between nine and seven", "-k", "1")["passages"]
    assert [(p["page"], p["page_label"], p["voice"]) for p in passages] == [(4, "5004", "rule_text")]


def test_the_settings_of_archives_are_kept(folder: Path) -> None:
    with zipfile.ZipFile(folder / "more.zip", "a") as archive:
        archive.writestr("4.txt", "Four.")
        archive.writestr("5.txt", "Five.")
    (failure,) = call("ingest", str(folder / "more.zip"), code=1)["failed"]
    assert failure["reason"] == "the zip archive holds more than 4 files"


def test_help_names_the_formats() -> None:
    shown = " ".join(RUN.invoke(reglens.app, ["ingest", "--help"]).stdout.split())
    assert "PDF, HTML, Federal Register XML, text, Markdown, and zip archives of them" in shown
