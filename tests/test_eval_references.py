"""Scoring references against labels: letters and figures are counted by hand."""

import json
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.library import Library
from evals.references import LABELS, digest, evaluate_references, load_passages
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources

TEXT = "Rule 611 binds. So does 15 U.S.C. 78o, supra note 1.1\n\nFOOTNOTES\n\n1 A note.\n"
LETTERS = "Rule611bindsSodoes15USC78osupranote11"  # of the body: 37
RIGHT = [[0, 7, "rule", "17 CFR 242.611", ""], [18, 26, "usc", "15 U.S.C. 78o", ""]]


@pytest.fixture
def library(empty: Library, tmp_path: Path) -> Library:
    path = tmp_path / "quiet.txt"
    path.write_text(TEXT)
    sources, _ = find_sources([path])
    assert not ingest(empty, sources, ChunkSettings()).failed
    return empty


def labels(tmp_path: Path, references: list[list[object]], letters: str = LETTERS, document: str = "quiet") -> Path:
    line = {
        "document": document, "page": 1, "offset": 0, "letters": len(letters), "check": digest(letters),
        "half": "check", "references": references,
    }  # fmt: skip
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(line) + "\n")
    return path


def test_labels_that_agree_score_full_marks(library: Library, tmp_path: Path) -> None:
    note = digest("1Anote")  # the letters that follow the place where the note begins
    path = labels(tmp_path, [*RIGHT, [31, 36, "footnote", "1", note]])
    report = evaluate_references(library, load_passages(path))
    assert report["right"] == {"n_labelled": 3, "n_ours": 3, "precision": 1.0, "recall": 1.0}
    assert report["points_to"] == {"n_labelled": 1, "n_ours": 1, "n_right": 1}
    assert report["wrong"] == []


def test_what_is_missed_wrong_or_too_many_counts_against(library: Library, tmp_path: Path) -> None:
    wrong = [[0, 7, "rule", "Rule 611", ""], [7, 12, "statute", "section 1", ""], RIGHT[1]]
    report = evaluate_references(library, load_passages(labels(tmp_path, wrong)))
    assert report["found"] == {"n_labelled": 3, "n_ours": 3, "precision": 0.6667, "recall": 0.6667}
    assert report["right"] == {"n_labelled": 3, "n_ours": 3, "precision": 0.3333, "recall": 0.3333}
    assert report["by_kind"]["usc"]["recall"] == 1.0
    assert [row[2:] for row in report["wrong"]] == [
        [["rule", "Rule 611"], ["rule", "17 CFR 242.611"]],
        [["statute", "section 1"], None],
        [None, ["footnote", "1"]],
    ]


def test_a_passage_whose_letters_changed_is_lost_and_said_so(library: Library, tmp_path: Path) -> None:
    changed = evaluate_references(library, load_passages(labels(tmp_path, RIGHT, LETTERS.replace("611", "612"))))
    assert changed["lost"] == ["quiet, page 1, 0"]
    assert changed["n_passages"] == 0
    absent = evaluate_references(library, load_passages(labels(tmp_path, RIGHT, document="no such release")))
    assert absent["lost"] == ["no such release: not in the library"]


def test_a_line_that_is_no_passage_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"document": "quiet"}\n')
    with pytest.raises(SourceError, match=r"labels\.jsonl, line 1"):
        load_passages(path)


def test_our_labels_hold_no_text() -> None:
    passages = load_passages(LABELS)
    assert len(passages) == 18
    assert sum(len(p.references) for p in passages) == 214
    assert {p.half for p in passages} == {"develop", "check"}
