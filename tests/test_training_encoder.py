"""What the question encoder is taught from: questions, vectors of a library and the right rows."""

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.library import Library
from tests.made_documents import parsed

pytest.importorskip("datasets", reason="the extra [train] is not installed")

from training import question_encoder
from training.question_encoder import load_task

TEXTS = [f"Bell {n} of the hall is rung at hour {n}." for n in range(6)]


@pytest.fixture
def task(empty: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Library, Path, list[str]]:
    """A library of six passages, two questions over it, and one whose passage is not there."""
    (tmp_path / "reglens.toml").write_text('[corpus]\nembedding_model = "hash-256"\n', "utf-8")
    monkeypatch.setenv("REGLENS_CONFIG", str(tmp_path / "reglens.toml"))
    made = [parsed(f"a{n}", text) for n, text in enumerate(TEXTS)]
    with empty.writing():
        empty.add(made)
    ids = [document.chunks[0].id for document in made]
    rows = [("Which bell?", [ids[1], ids[4]]), ("Gone?", ["f:0-1"]), ("Who rings?", [ids[3], "f:0-1"])]
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("\n".join(json.dumps({"kind": "note", "question": q, "chunks": c}) for q, c in rows), "utf-8")
    return empty, pairs, ids


def wanted(library: Library, ids: list[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    stored = library.vectors(ids)
    return np.array([stored[i] for i in ids])


def test_questions_come_with_the_rows_that_answer_them(task: tuple[Library, Path, list[str]]) -> None:
    library, pairs, ids = task
    questions, passages, right = load_task(library.folder, pairs, 0)
    assert questions == ["Which bell?", "Who rings?"]
    assert passages.shape == (6, 256)
    assert passages.dtype == np.float32
    assert [len(rows) for rows in right] == [2, 1]
    np.testing.assert_allclose(passages[right[0]], wanted(library, [ids[1], ids[4]]), atol=1e-6)
    np.testing.assert_allclose(passages[right[1]], wanted(library, [ids[3]]), atol=1e-6)


def test_of_a_large_library_what_answers_is_kept_and_others_are_drawn(
    task: tuple[Library, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, pairs, ids = task
    monkeypatch.setattr(question_encoder, "MOST_PASSAGES", 5)  # four chunks are asked for, one of them is not there
    questions, passages, right = load_task(library.folder, pairs, 0)
    assert questions == ["Which bell?", "Who rings?"]
    assert passages.shape == (4, 256)
    np.testing.assert_allclose(passages[right[0]], wanted(library, [ids[1], ids[4]]), atol=1e-6)
    np.testing.assert_allclose(passages[right[1]], wanted(library, [ids[3]]), atol=1e-6)
