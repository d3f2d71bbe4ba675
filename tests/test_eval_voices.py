"""Voices against labels: places that move are found again, and what is lost counts as wrong."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Voice
from evals.voices import LABELS, VoiceLabel, check_of, draw_sheet, evaluate_voices, find_place, load_labels
from tests.calling import measuring
from tests.release_factory import DrawnRelease


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
    assert (report["lost"], report["missing_documents"]) == (["34-99001, page 1, 0"], ["34-11111"])
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
    path.write_text("\n")
    with pytest.raises(SourceError, match="holds no label"):
        load_labels(path)


def test_the_shipped_labels_are_places_without_text() -> None:
    lines = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    assert {tuple(line) for line in lines} == {("document", "page", "offset", "check", "voice")}
    labels = load_labels()
    assert Counter(label.document for label in labels) == {"34-83062": 50, "34-51808": 50, "34-73639": 50}
    assert len({(label.document, label.page, label.offset) for label in labels}) == 150


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    return measuring(tmp_path / "usual")


def written(path: Path, *labels: VoiceLabel) -> Path:
    path.write_text("".join(json.dumps({n: getattr(x, n) for n in VoiceLabel.__slots__}) + "\n" for x in labels))
    return path


def test_the_command_reads_files_and_prints_what_is_wrong(
    run: Callable[..., Result], filled: Library, proposal: DrawnRelease, tmp_path: Path
) -> None:
    labels = written(
        tmp_path / "labels.jsonl",
        label_of(filled, "SUMMARY", Voice.FRONT_MATTER),
        label_of(filled, "In May 2023 a group", Voice.PREAMBLE),
        label_of(filled, "(b) Silence", Voice.RULE_TEXT),
        label_of(filled, "The direct costs would be", Voice.COMMENTER_VIEW),
    )
    result = run("voice", proposal.path, "--labels", labels, "--library", tmp_path / "kept")
    assert result.exit_code == 0
    assert "0.750 of 4 passages" in result.stdout
    assert "1 × commenter view, taken for economic analysis" in result.stdout
    report = json.loads(run("voice", "--labels", labels, "--library", tmp_path / "kept", "--json").stdout)
    assert (report["accuracy"], report["by_document"]) == (0.75, {"34-99001": 0.75})
    assert report["by_voice"]["rule_text"] == {"n": 1, "precision": 1.0, "recall": 1.0}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "labels.jsonl"]


def test_the_command_fails_when_a_label_is_lost(
    run: Callable[..., Result], filled: Library, proposal: DrawnRelease, tmp_path: Path
) -> None:
    found = label_of(filled, "SUMMARY", Voice.FRONT_MATTER)
    moved_away = VoiceLabel("34-99001", 1, 7, "00000000", Voice.PREAMBLE)
    elsewhere = VoiceLabel("34-11111", 1, 0, "00000000", Voice.PREAMBLE)
    result = run("voice", proposal.path, "--labels", written(tmp_path / "lost.jsonl", found, moved_away))
    assert (result.exit_code, "not found, counts as wrong: 34-99001, page 1, 7" in result.stdout) == (1, True)
    result = run("voice", proposal.path, "--labels", written(tmp_path / "missing.jsonl", found, elsewhere))
    assert (result.exit_code, "its labels count as wrong: 34-11111" in result.stdout) == (1, True)
