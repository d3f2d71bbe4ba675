"""Voices against labels: places that move are found again, and what is lost counts as wrong."""

import json
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Voice
from evals.voices import VoiceLabel, check_of, draw_sheet, evaluate_voices, find_place, load_labels


def label_of(library: Library, words: str, voice: Voice, *, moved: int = 0) -> VoiceLabel:
    """A label for the first page of the drawn proposal on which ``words`` stand."""
    document = library.find("34-99001")
    page = next(p for p in library.pages(document.id) if words in p.text)
    offset = page.text.index(words)
    return VoiceLabel("34-99001", page.number, offset + moved, check_of(page.text, offset), voice)


def test_right_wrong_and_lost_labels_are_all_counted(filled: Library) -> None:
    right = label_of(filled, "SUMMARY", Voice.FRONT_MATTER)
    wrong = label_of(filled, "SUMMARY", Voice.RULE_TEXT)
    lost = VoiceLabel("34-99001", 1, 0, "00000000", Voice.PREAMBLE)
    unknown = VoiceLabel("34-11111", 1, 0, "00000000", Voice.PREAMBLE)
    report = evaluate_voices(filled, [right, wrong, lost, unknown])
    assert (report["accuracy"], report["n_labels"]) == (0.25, 4)
    assert report["by_document"] == {"34-99001": pytest.approx(1 / 3, abs=1e-4), "34-11111": 0.0}
    assert report["confusions"] == [["preamble", "", 2], ["rule_text", "front_matter", 1]]
    assert len(report["lost"]) == 2
    assert report["by_voice"]["front_matter"] == {"n": 1, "precision": 0.5, "recall": 1.0}


def test_a_place_is_found_again_after_the_text_moved_or_was_set_anew(filled: Library) -> None:
    moved = label_of(filled, "SUMMARY", Voice.FRONT_MATTER, moved=40)
    assert evaluate_voices(filled, [moved])["accuracy"] == 1.0
    text = "Quiet hours begin at nine in the evening and end at seven in the morning."
    label = VoiceLabel("x", 1, 6, check_of(text, 6), Voice.PREAMBLE)
    reset = "12 Quiet\nhours begin  at nine in\nthe evening and end at seven in the morning."
    assert find_place(reset, label) == reset.index("hours")
    assert find_place("Another text altogether, of no use to anyone at all.", label) is None


def test_a_sheet_can_be_labelled_without_seeing_what_we_think(filled: Library, tmp_path: Path) -> None:
    sheet = draw_sheet(filled, "34-99001", bodies=6, notes=2, seed=1)
    assert len(sheet) == 8
    assert {row["voice"] for row in sheet} == {""}
    assert sheet == draw_sheet(filled, "34-99001", bodies=6, notes=2, seed=1)
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row | {"voice": "preamble"}) + "\n" for row in sheet))
    labels = load_labels(path)
    assert evaluate_voices(filled, labels)["lost"] == []


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"document": "34-99001", "page": 1, "offset": 0, "check": "0", "voice": "shouting"}\n')
    with pytest.raises(SourceError, match=r"labels\.jsonl, line 1"):
        load_labels(path)
    with pytest.raises(SourceError, match="cannot read"):
        load_labels(tmp_path / "nothing.jsonl")
