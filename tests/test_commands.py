"""The command line as a user and a program see it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import reglens
from corpus.errors import ReglensError
from ingest.report import BY_USER, Report
from tests.calling import RUN, call
from tests.release_factory import DrawnRelease, zero_bytes


@pytest.fixture(autouse=True)
def _offline_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "reglens.toml"
    config.write_text('[corpus]\nembedding_model = "hash-256"\n[rag]\nmin_support = 0.3\n')
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path / "library"))


def test_ingest_list_show_verify_remove(proposal: DrawnRelease, tmp_path: Path) -> None:
    zero_bytes(tmp_path / "empty.pdf")
    report = call("ingest", str(proposal.path), str(tmp_path / "empty.pdf"), code=1)
    assert set(report) >= {"new", "unchanged", "replaced", "failed", "pages", "chunks", "seconds"}
    assert report["pages"] == len(proposal.pages)
    assert [set(failure) for failure in report["failed"]] == [{"source", "reason", "remedy"}]
    listed = call("list")["documents"]
    states = {row["state"]: row for row in listed}
    assert set(states) == {"ready", "failed"}
    assert set(states["ready"]) >= {
        "document_id", "title", "kind", "release_numbers", "source", "pages", "chunks", "state", "reason",
    }  # fmt: skip
    shown = call("show", "34-99001")
    assert shown["document"]["release_numbers"] == ["34-99001"]
    parts = call("show", "34-99001", "--references", "--footnotes")
    assert [note["number"] for note in parts["footnotes"]] == [str(note.number) for note in proposal.notes]
    assert "17 CFR 240.99z-1" in {reference["target"] for reference in parts["references"]}
    assert call("verify") == {"documents": 1, "chunks": report["chunks"], "mismatches": [], "remedies": []}
    call("remove", "34-99001")
    assert [row["state"] for row in call("list")["documents"]] == ["failed"]


def test_nothing_is_measured_over_half_a_library(
    proposal: DrawnRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*args: object, **settings: object) -> Report:
        return Report(stopped=BY_USER, not_reached=[str(proposal.path)])

    monkeypatch.setattr("ingest.pipeline.ingest", stopped)
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"document": proposal.path.stem, "field": "kind", "value": "proposed_rule"}) + "\n")
    result = RUN.invoke(reglens.app, ["eval", "facts", str(gold), "--texts", str(proposal.path.parent)])
    assert result.exit_code == 130
    assert "run it again to go on" in result.stderr
    assert result.stdout == ""


def test_references_are_resolved_to_documents_in_the_library(proposal: DrawnRelease, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("We write about the proposal in Exchange Act Release No. 34-99001, and not about 34-99002.\n")
    call("ingest", str(proposal.path), str(letter))
    identity = call("show", "34-99001")["document"]["id"]
    found = {r["target"]: r["documents"] for r in call("show", "letter", "--references")["references"]}
    assert found == {"34-99001": [identity], "34-99002": []}
    shown = RUN.invoke(reglens.app, ["show", "letter", "--references"]).stdout
    assert "In this library: 1 in all, to 1 documents" in shown


def test_show_tells_references_and_footnotes_in_words(proposal: DrawnRelease) -> None:
    call("ingest", str(proposal.path))
    shown = RUN.invoke(reglens.app, ["show", "34-99001", "--references", "--footnotes"]).stdout
    assert "Rules and regulations: " in shown
    assert f"{len(proposal.notes)} footnotes" in shown
    assert "sha256" not in shown


def test_search_and_ask_keep_their_contracts(proposal: DrawnRelease, tmp_path: Path) -> None:
    call("ingest", str(proposal.path))
    found = call("search", "quiet-hours dealer", "-k", "3")
    assert set(found) >= {"query", "passages", "timings_ms"}
    passages = found["passages"]
    assert [p["rank"] for p in passages] == [1, 2, 3]
    assert set(passages[0]) >= {
        "rank", "score", "chunk_id", "document_id", "title", "page", "page_label", "section", "voice", "text",
    }  # fmt: skip
    answered = call("ask", "Who is a quiet-hours dealer?")
    assert set(answered) >= {"question", "answer", "abstained", "claims", "searched", "nearest", "model", "timings_ms"}
    citation = answered["claims"][0]["citations"][0]
    assert set(citation) >= {"document_id", "title", "page", "page_label", "section", "quote", "verified", "status"}
    assert citation["verified"] is True


def test_many_questions_are_answered_in_their_order(proposal: DrawnRelease, tmp_path: Path) -> None:
    call("ingest", str(proposal.path))
    questions = ["Who is a quiet-hours dealer?", "When must a firm comply?"]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps({"id": n, "question": q}) + "\n" for n, q in enumerate(questions)))
    result = RUN.invoke(reglens.app, ["ask", "--file", str(file), "--json"])
    assert [json.loads(line)["question"] for line in result.stdout.splitlines()] == questions


def test_an_abstention_can_be_asked_to_fail(proposal: DrawnRelease) -> None:
    call("ingest", str(proposal.path))
    unanswerable = "What is the boiling point of tungsten?"
    assert call("ask", unanswerable)["abstained"] is True
    assert call("ask", unanswerable, "--fail-on-abstain", code=1)["claims"] == []


def test_terminal_output_names_printed_and_physical_page(proposal: DrawnRelease) -> None:
    call("ingest", str(proposal.path))
    result = RUN.invoke(reglens.app, ["ask", "Who is a quiet-hours dealer?"])
    assert "(page " in result.stdout
    assert "of the file)" in result.stdout


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["ingest", "nowhere.pdf"], "no such file"),
        (["ask"], "give either a question or --file"),
        (["ask", "x", "--kind", "novel"], "'novel' is unknown"),
        (["list", "--library", "nowhere"], "there is no library"),
    ],
)
def test_a_mistake_is_one_clear_error(words: list[str], problem: str) -> None:
    result = RUN.invoke(reglens.app, words)
    assert isinstance(result.exception, ReglensError)
    assert problem in result.exception.problem
    assert result.exception.remedy


def test_the_program_ends_with_2_and_no_traceback_when_it_cannot_start() -> None:
    command = [sys.executable, "-m", "reglens", "list", "--library", "nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("reglens: there is no library in nowhere")
    assert "Traceback" not in done.stderr


def test_without_any_library_the_one_that_ships_is_made_and_answers() -> None:
    result = RUN.invoke(reglens.app, ["ask", "What is Kyle's lambda?", "--json"])
    assert result.exit_code == 0, result.output
    answered = json.loads(result.stdout)
    assert not answered["abstained"]
    assert any("lambda" in claim["text"] for claim in answered["claims"])
    kinds = {row["kind"] for row in call("list")["documents"]}
    assert kinds == {"note", "rule_card", "question"}
