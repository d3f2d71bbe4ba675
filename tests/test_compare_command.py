"""`reglens compare` as a user and a program see it."""

import csv
import json
from pathlib import Path

import docx
import pytest
from typer.testing import Result

import reglens
from corpus.embedding import HashEmbedder
from corpus.errors import ConfigError, ReglensError, SourceError
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from rag.compared.writing import choose_format, write
from tests.calling import RUN, call
from tests.release_factory import DrawnRelease

AMENDMENT = """SECURITIES AND EXCHANGE COMMISSION
17 CFR Part 240
[Release No. 34-99003]
Amendments to Regulation Quiet Hours
AGENCY: Securities and Exchange Commission.
ACTION: Final rule.
SUMMARY: We are amending the rule adopted in Release No. 34-99002.
DATES: Effective Date: March 1, 2031.

I. Discussion
We are changing the threshold of the definition from 10,000 retail customers to 20,000 retail customers.
"""


@pytest.fixture(scope="module")
def folder(proposal: DrawnRelease, adoption: DrawnRelease, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a proposal, its adoption and an amendment."""
    home = tmp_path_factory.mktemp("comparing")
    amendment = home / "amendment.txt"
    amendment.write_text(AMENDMENT)
    library = Library(home / "library", HashEmbedder(), create=True)
    ingest(library, find_sources([proposal.path, adoption.path, amendment])[0], ChunkSettings())
    library.close()
    return home / "library"


@pytest.fixture(autouse=True)
def _hashed_words(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "reglens.toml"
    config.write_text(f'[corpus]\nembedding_model = "{HashEmbedder().name}"\n')
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    monkeypatch.setenv("REGLENS_LIBRARY", str(folder))


def _run(*words: str) -> Result:
    return RUN.invoke(reglens.app, ["compare", *words])


def _refusal(*words: str) -> ReglensError:
    error = _run(*words).exception
    assert isinstance(error, ReglensError)
    return error


def test_two_documents_keep_the_contract_and_marks_point_into_the_quotes() -> None:
    found = call("compare", "34-99001", "34-99002")

    assert set(found) >= {"a", "b", "rows"}
    row = next(r for r in found["rows"] if "twelve" in str(r["b"]) and r["marks"]["versions"])
    assert set(row) == {"topic", "status", "a", "b", "difference", "reason", "marks"}
    marked = [(row["b"][quote]["quote"][start:end], kind) for start, end, kind, quote in row["marks"]["b"]]
    assert ("twelve", "number") in marked


def test_statuses_and_a_limit_choose_rows_and_what_was_cut_is_counted() -> None:
    every = call("compare", "34-99001", "34-99002")
    found = call("compare", "34-99001", "34-99002", "--status", "changed,added", "--limit", "2")

    assert {row["status"] for row in found["rows"]} <= {"changed", "added"}
    assert len(found["rows"]) == 2
    assert found["left_out"] == every["counts"]["changed"] + every["counts"]["added"] - 2
    assert found["counts"] == every["counts"]


def test_three_documents_are_put_in_order_and_compared_pair_by_pair() -> None:
    found = call("compare", "34-99003", "34-99001", "34-99002")

    assert [d["name"] for d in found["documents"]] == ["34-99001", "34-99002", "34-99003"]
    assert [(p["a_name"], p["b_name"]) for p in found["pairs"]] == [("34-99001", "34-99002"), ("34-99002", "34-99003")]
    assert all((len(t["statuses"]), len(t["cells"])) == (2, 3) for t in found["topics"])
    assert sum(len(t["cells"][0]) for t in found["topics"]) > 0


def test_files_are_written_as_they_are_named_and_replaced_with_a_word(tmp_path: Path) -> None:
    names = {name: tmp_path / f"quiet.{name}" for name in ("html", "md", "csv", "docx", "json", "txt")}
    for path in names.values():
        result = _run("34-99001", "34-99002", "--limit", "3", "--out", str(path))
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Wrote {path}\n")

    assert names["html"].read_text("utf-8").startswith("<!DOCTYPE html>")
    assert names["md"].read_text("utf-8").startswith("# 34-99001 → 34-99002")
    assert names["txt"].read_text("utf-8").startswith("34-99001 → 34-99002\n")
    assert len(json.loads(names["json"].read_text("utf-8"))["rows"]) == 3
    with names["csv"].open(encoding="utf-8-sig", newline="") as file:
        assert [line["row"] for line in csv.DictReader(file)] == ["1", "2", "3"]
    assert len(docx.Document(str(names["docx"])).tables) == 3
    again = _run("34-99001", "34-99002", "--limit", "1", "--out", str(names["md"]))
    assert again.stderr == f"Replaced {names['md']}\n"
    assert sorted(tmp_path.glob("quiet.*")) == sorted(names.values())


def test_one_document_and_the_same_twice_are_refused() -> None:
    assert "two documents or more" in _refusal("34-99001").problem
    assert _refusal("34-99001", "proposal.pdf").problem == "34-99001 and proposal.pdf are the same document"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--status", "changed,gone"), "--status 'gone' is unknown"),
        (("--format", "pdf"), "--format 'pdf' is unknown"),
        (("--format", "docx"), "a Word document cannot be printed"),
        (("--format", "md", "--json"), "--json and --format md ask for two formats"),
        (("--out", "x.pdf"), "the name x.pdf does not tell a format"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_compared(words: tuple[str, ...], problem: str) -> None:
    error = _refusal("34-99001", "34-99002", *words)

    assert isinstance(error, ConfigError)
    assert error.problem == problem
    assert error.remedy


@pytest.mark.parametrize(
    ("name", "out", "json_output", "form"),
    [
        (None, None, False, "text"),
        (None, None, True, "json"),
        ("csv", None, False, "csv"),
        (None, "x.HTML", False, "html"),
        (None, "x.htm", False, "html"),
        ("md", "x.txt", False, "md"),
    ],
)
def test_the_format_is_as_named_else_as_the_file_ends(
    name: str | None, out: str | None, json_output: bool, form: str
) -> None:
    assert choose_format(name, Path(out) if out else None, json_output=json_output) == form


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot write"):
        write("text", tmp_path / "absent" / "x.md")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(SourceError, match="it is a folder"):
        write("text", tmp_path / "folder.md")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".md"] == ["folder.md"]
