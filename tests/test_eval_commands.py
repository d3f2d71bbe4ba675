"""The commands, with the front door's two callables given by the test."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from corpus.embedding import HashEmbedder
from corpus.errors import ConfigError, NotInLibrary
from corpus.library import Library
from corpus.records import Kind
from evals.commands import build_app
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from tests.bank_run import OTHER, QUESTION, TAKE
from tests.made_documents import parsed
from tests.release_factory import DrawnRelease
from tests.test_eval_datasets import beir, lines

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REGLENS_CONFIG", raising=False)

    def open_library(folder: Path | None = None, *, create: bool = False) -> Library:
        return Library(folder or tmp_path / "usual", HashEmbedder(), create=create)

    def ingest_into(folder: Path, paths: list[Path], *, words_only: bool = False) -> None:
        library = open_library(folder, create=True)
        ingest(library, find_sources(paths)[0], ChunkSettings())
        library.close()

    app = build_app(open_library, ingest_into)
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def printed(result: Result) -> dict[str, Any]:
    """Standard output holds one JSON object and nothing else."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_retrieval_prints_one_object_and_leaves_no_library_behind(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "benchmark"
    folder.mkdir()
    result = run("retrieval", beir(folder, dev="q1\tp1\t1\n"), "--json")
    assert result.exit_code == 0
    assert printed(result)["recall@10"] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["benchmark"]


def test_retrieval_keeps_the_library_that_was_named(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "benchmark"
    folder.mkdir()
    beir(folder, dev="q1\tp1\t1\n")
    first = printed(run("retrieval", folder, "--library", tmp_path / "kept", "--json"))
    again = printed(run("retrieval", folder, "--library", tmp_path / "kept", "--json"))
    assert (first["newly_stored"], again["newly_stored"]) == (1, 0)
    assert first["ndcg@10"] == again["ndcg@10"]


def test_pages_ingests_the_folder_and_ends_with_one_when_a_document_is_missing(
    run: Run, proposal: DrawnRelease, tmp_path: Path
) -> None:
    rows = [
        {"id": "q1", "question": "When do quiet hours begin?", "evidence": [{"document": "proposal", "page_index": 0}]},
        {"id": "q2", "question": "When do quiet hours begin?", "evidence": [{"document": "lost", "page_index": 0}]},
    ]
    questions = lines(tmp_path / "questions.jsonl", rows)
    result = run("pages", questions, "--pdfs", proposal.path.parent, "--library", tmp_path / "kept", "--json")
    assert result.exit_code == 1
    report = printed(result)
    assert report["missing_documents"] == ["lost"]
    assert report["shared"].keys() == report["single"].keys() == {"recall@1", "recall@5", "recall@10", "recall@20"}
    assert report["n_questions"] == 2


def bank_file(tmp_path: Path) -> Path:
    points = [
        {"id": p.id, "kind": p.kind.value, "text": TAKE, "terms": [list(group) for group in p.terms]}
        for p in QUESTION.points
    ]
    rows = [
        {"id": q.id, "level": q.level, "topic": q.topic, "question": q.question, "points": points}
        for q in (QUESTION, OTHER)
    ]
    return lines(tmp_path / "bank.jsonl", rows)


def fill(folder: Path) -> None:
    library = Library(folder, HashEmbedder(), create=True)
    with library.writing():
        library.add([parsed("a1", TAKE, kind=Kind.NOTE)])
    library.close()


def test_the_bank_writes_raw_rows_and_a_run_that_the_next_is_held_against(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "usual")
    bank = bank_file(tmp_path)
    first = run("bank", "--questions", bank, "--out", tmp_path / "rows.jsonl", "--json")
    assert first.exit_code == 0
    report = printed(first)
    head, *rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()]
    assert head == {"row": "run", "fingerprint": report["made_with"]}
    assert [row for row in rows if row["row"] == "question"] == report["questions"]
    assert [row for row in rows if row["row"] == "unanswerable"] == report["unanswerable"]
    assert [(row["id"], row["column"]) for row in report["questions"]] == [
        (name, column) for column in ("filings_only", "with_notes", "bank_itself") for name in ("q1", "q2")
    ]
    assert (report["made_with"]["library"]["documents"], report["made_with"]["library"]["embedder"]) == (1, "hash-256")

    better = [head, *(row | {"must": 1.0} if row["row"] == "question" else row for row in rows)]
    second = run("bank", "--questions", bank, "--baseline", lines(tmp_path / "better.jsonl", better), "--json")
    assert second.exit_code == 1
    assert printed(second)["baseline"]["significant_loss"]

    (tmp_path / "same.json").write_text(first.stdout, "utf-8")
    for same in ("same.json", "rows.jsonl"):
        third = run("bank", "--questions", bank, "--baseline", tmp_path / same, "--json")
        assert third.exit_code == 0
        assert printed(third)["baseline"]["with_notes"]["mean"] == 0.0


def test_a_run_is_written_as_a_page_and_as_markdown(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "usual")
    rows = tmp_path / "rows.jsonl"
    measured = printed(run("bank", "--questions", bank_file(tmp_path), "--out", rows, "--json"))
    result = run("report", rows)
    assert result.exit_code == 0
    assert "with our notes" in result.stdout
    assert result.stderr.splitlines() == [f"written: {tmp_path / 'rows.html'}", f"written: {tmp_path / 'rows.md'}"]
    for name in ("rows.html", "rows.md"):
        text = (tmp_path / name).read_text("utf-8")
        assert "Answers to the question bank: rows.jsonl" in text
        assert f"{measured['with_notes']['must']:.3f}" in text

    (tmp_path / "look.jsonl").write_text(
        '{"id": "q1", "column": "with_notes", "point": "must-1", "stated": false, "why": "no"}\n', "utf-8"
    )
    page = tmp_path / "other.html"
    again = run("report", rows, "--html", page, "--baseline", rows, "--adjudicated", tmp_path / "look.jsonl", "--json")
    assert printed(again)["adjudicated"]["with_notes"]["looked_at"] == 1
    assert "Beside the earlier run" in page.read_text("utf-8")
    assert "after a second look" in page.read_text("utf-8")
    assert not (tmp_path / "other.md").exists()


def test_compare_ends_with_one_when_a_document_is_not_there(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "usual")
    row: dict[str, object] = {"id": "c1", "a": "34-1", "b": "34-2", "change": "later", "keywords": ["deadline"]}
    result = run("compare", lines(tmp_path / "gold.jsonl", [row]), "--json")
    assert result.exit_code == 1
    assert printed(result)["missed"] == ["c1"]


def test_compare_without_a_file_names_the_releases_that_ours_need(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "usual")
    with pytest.raises(NotInLibrary, match="two releases whose changes are known"):
        run("compare")
    with pytest.raises(ConfigError, match="--part 'test' is unknown"):
        run("compare", "--part", "test")


def test_compare_can_keep_to_one_part(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "usual")
    row: dict[str, object] = {"id": "c1", "a": "34-1", "b": "34-2", "change": "later", "keywords": ["deadline"]}
    gold = lines(tmp_path / "gold.jsonl", [row | {"part": "dev"}, row | {"id": "c2", "part": "check"}])
    report = printed(run("compare", gold, "--part", "dev", "--json"))
    assert (report["missed"], report["n_skipped"]) == (["c1"], 0)


@pytest.mark.parametrize("what", ["bank", "retrieval", "pages", "compare"])
def test_without_json_a_table_is_printed(run: Run, proposal: DrawnRelease, tmp_path: Path, what: str) -> None:
    fill(tmp_path / "usual")
    folder = tmp_path / "benchmark"
    folder.mkdir()
    evidence = [{"document": "proposal", "page_index": 0}]
    question = lines(tmp_path / "q.jsonl", [{"id": "q1", "question": "When is it quiet?", "evidence": evidence}])
    change: dict[str, object] = {"id": "c1", "a": "34-1", "b": "34-2", "change": "later", "keywords": ["deadline"]}
    arguments = {
        "bank": ("--questions", bank_file(tmp_path)),
        "retrieval": (beir(folder, dev="q1\tp1\t1\n"),),
        "pages": (question, "--pdfs", proposal.path.parent),
        "compare": (lines(tmp_path / "gold.jsonl", [change]),),
    }
    said = {"bank": "with our notes", "retrieval": "BM25 alone", "pages": "within the right one", "compare": "0 of 1"}
    assert said[what] in run(what, *arguments[what]).stdout
