"""Conversations at the command line, and the file that keeps them."""

import json
import multiprocessing
from pathlib import Path

import pytest

import reglens
from corpus.errors import ReglensError, SourceError
from rag.conversation import Conversation, Source, Turn
from rag.thread import keep_turn, load_thread
from tests.calling import RUN, call
from tests.release_factory import DrawnRelease

FIRST = "Must a quiet-hours dealer deliver a notice to the retail customer before the first prompt message?"
TURN = Turn("q?", "q?", "", ("d",), ("II",), (Source("d", "A rule", "II", 3, "“Quote”"),), 1)


@pytest.fixture
def library(proposal: DrawnRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the drawn proposal, read by hashed words."""
    config = tmp_path / "reglens.toml"
    config.write_text('[corpus]\nembedding_model = "hash-256"\n[rag]\nmin_support = 0.3\n')
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path / "library"))
    call("ingest", str(proposal.path))
    return tmp_path / "library"


def test_a_thread_is_made_when_it_is_not_there_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "thread.jsonl"
    assert load_thread(path) == Conversation()
    keep_turn(path, TURN)
    keep_turn(path, TURN)
    assert load_thread(path) == Conversation((TURN, TURN))
    assert path.read_text("utf-8").count("\n") == 2


def _keep_ten(path: Path) -> None:
    for _ in range(10):
        keep_turn(path, TURN)


def test_turns_of_two_processes_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "thread.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_keep_ten, args=(path,)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(load_thread(path).turns) == 20


def test_a_damaged_line_is_named_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "thread.jsonl"
    keep_turn(path, TURN)
    for damage in ('{"question": "x', '{"question": "x"}', "[]"):
        path.write_text(path.read_text("utf-8").split("\n")[0] + f"\n{damage}\n", "utf-8")
        with pytest.raises(SourceError, match="line 2") as caught:
            load_thread(path)
        assert "remove that line" in caught.value.remedy


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="cannot keep the conversation") as caught:
        keep_turn(tmp_path / "file" / "thread.jsonl", TURN)
    assert "folder" in caught.value.remedy


@pytest.mark.usefixtures("library")
def test_a_follow_up_in_a_thread_is_asked_in_full(tmp_path: Path) -> None:
    thread = str(tmp_path / "thread.jsonl")
    first = call("ask", FIRST, "--thread", thread)
    assert (first["question"], first["asked"]) == (FIRST, FIRST)
    assert "asked_because" not in first
    second = call("ask", "why?", "--thread", thread)
    assert second["question"] == "why?"
    assert second["asked"] == f"Why {FIRST[0].lower()}{FIRST[1:]}"
    assert FIRST in second["asked_because"]
    assert [turn.question for turn in load_thread(Path(thread)).turns] == [FIRST, "why?"]
    assert call("ask", "why?")["asked"] == "why?"


@pytest.mark.usefixtures("library")
def test_more_shows_at_least_as_much(tmp_path: Path) -> None:
    thread = str(tmp_path / "thread.jsonl")
    usual = call("ask", "Who is a quiet-hours dealer?", "--thread", thread)
    longer = call("ask", "more", "--thread", thread)
    assert longer["asked"] == "Who is a quiet-hours dealer?"
    assert len(longer["claims"]) > len(usual["claims"])


@pytest.mark.usefixtures("library")
def test_questions_are_read_until_an_empty_line() -> None:
    typed = f"{FIRST}\nwhere does it say that?\n\nnever asked\n"
    result = RUN.invoke(reglens.app, ["ask", "--interactive"], input=typed)
    assert result.exit_code == 0
    assert "An empty line or Ctrl-D ends." in result.stderr
    assert result.stdout.count("[1] ") == 2
    assert " ".join(result.stdout.split()).count(f"Asked as: {FIRST}") == 1
    lines = RUN.invoke(reglens.app, ["ask", "-i", "--json"], input=f"{FIRST}\nmore\n").stdout.splitlines()
    assert [json.loads(line)["question"] for line in lines] == [FIRST, "more"]
    assert {json.loads(line)["asked"] for line in lines} == {FIRST}


@pytest.mark.usefixtures("library")
def test_an_error_does_not_end_a_conversation_and_ends_a_single_question(tmp_path: Path) -> None:
    scope = ["--document", "nowhere"]
    result = RUN.invoke(reglens.app, ["ask", "-i", *scope], input=f"{FIRST}\n{FIRST}\n")
    assert result.exit_code == 0
    assert result.stderr.count("reglens: ") == 2
    result = RUN.invoke(reglens.app, ["ask", FIRST, *scope])
    assert isinstance(result.exception, ReglensError)


@pytest.mark.usefixtures("library")
def test_lines_of_a_file_stay_independent(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"question": FIRST}) + "\n" + json.dumps({"question": "why?"}) + "\n")
    result = RUN.invoke(reglens.app, ["ask", "--file", str(file)])
    assert [json.loads(line)["question"] for line in result.stdout.splitlines()] == [FIRST, "why?"]
    for words in (["--thread", str(tmp_path / "t")], ["--interactive"]):
        result = RUN.invoke(reglens.app, ["ask", "--file", str(file), *words])
        assert "--file asks every line on its own" in str(result.exception)
