"""Batches of files, good and bad."""

import time
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import Report, ingest
from ingest.sources import Source, find_sources
from ingest.worker import Limits, parse_all
from tests.release_factory import draw_release, encrypted_pdf, zero_bytes

SETTINGS = ChunkSettings()


def run(library: Library, *paths: Path) -> Report:
    return ingest(library, find_sources(list(paths))[0], SETTINGS)


def test_the_same_bytes_cost_nothing_the_second_time(empty: Library, tmp_path: Path) -> None:
    path = draw_release(tmp_path / "rule.pdf").path
    first = run(empty, path)
    generation = empty.catalog.generation()
    second = run(empty, path)
    assert [stored.source for stored in first.new] == [str(path)]
    assert [stored.document_id for stored in second.unchanged] == [first.new[0].document_id]
    assert (second.new, second.chunks, empty.catalog.generation()) == ([], 0, generation)


def test_the_same_bytes_under_two_names_are_one_document(empty: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dealers shall be quiet at night.")
    (tmp_path / "b.txt").write_text("Dealers shall be quiet at night.")
    report = run(empty, tmp_path / "a.txt", tmp_path / "b.txt")
    assert (len(report.new), len(report.unchanged)) == (1, 1)
    assert len(empty.documents()) == 1


def test_a_changed_file_replaces_its_earlier_version(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "rule.txt"
    path.write_text("Quiet hours begin at nine.")
    old = run(empty, path).new[0].document_id
    path.write_text("Quiet hours begin at ten.")
    report = run(empty, path)
    assert [stored.source for stored in report.replaced] == [str(path)]
    assert list(empty.documents()) == [report.replaced[0].document_id]
    assert {e.document.id: e.state for e in empty.entries()}[old] == "replaced"
    assert empty.verify() == []


def test_a_version_that_comes_back_answers_again(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "rule.txt"
    for text in ("Quiet hours begin at nine.", "Quiet hours begin at ten.", "Quiet hours begin at nine."):
        path.write_text(text)
        run(empty, path)
    assert [empty.page_map(i).text for i in empty.documents()] == ["Quiet hours begin at nine."]


def test_bad_files_are_recorded_and_the_others_go_on(empty: Library, tmp_path: Path) -> None:
    encrypted_pdf(tmp_path / "a.pdf", "secret")
    zero_bytes(tmp_path / "b.pdf")
    draw_release(tmp_path / "c.pdf")
    report = run(empty, tmp_path)
    assert [Path(stored.source).name for stored in report.new] == ["c.pdf"]
    assert {Path(f.source).name: "encrypted" in f.reason or "zero bytes" in f.reason for f in report.failed} == {
        "a.pdf": True,
        "b.pdf": True,
    }
    failed = [e for e in empty.entries() if e.state == "failed"]
    assert len(failed) == 2
    assert all(e.reason and e.remedy for e in failed)


def test_a_file_that_was_mended_is_no_longer_failed(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "rule.pdf"
    zero_bytes(path)
    assert run(empty, path).failed
    draw_release(path)
    assert run(empty, path).new
    assert [e.state for e in empty.entries()] == ["ready"]


def test_a_file_without_headings_is_read_too(empty: Library, tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("No heading stands here, only a sentence about dealers.")
    assert run(empty, tmp_path / "memo.txt").chunks == 1


def test_files_of_other_kinds_are_counted_in_folders_and_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.xlsx").write_text("x")
    (tmp_path / ".hidden.txt").write_text("x")
    found, passed_over = find_sources([tmp_path])
    assert ([s.path.name for s in found], [p.name for p in passed_over]) == (["a.txt"], ["b.xlsx"])
    with pytest.raises(SourceError, match="not of a kind"):
        find_sources([tmp_path / "b.xlsx"])
    with pytest.raises(SourceError, match="no such file"):
        find_sources([tmp_path / "c.pdf"])


def test_a_file_that_takes_too_long_or_too_much_memory_is_given_up(tmp_path: Path) -> None:
    path = draw_release(tmp_path / "rule.pdf").path
    good = Source(path, "pdf")
    began = time.monotonic()
    outcomes = [o for _, o in parse_all([good], SETTINGS, Limits(seconds=0.01))]
    assert isinstance(outcomes[0], SourceError)
    assert "longer than" in outcomes[0].problem
    assert time.monotonic() - began < 60


def test_markdown_front_matter_is_fact_not_text(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "card.md"
    path.write_text(
        "---\ntitle: Quiet hours\nkind: rule_card\nrelease_numbers: [34-99001]\ndates:\n  effective: 2030-01-02\n---\n"
        "## What it is\n\nQuiet hours are a rule about silence.\n"
    )
    run(empty, path)
    (document,) = empty.documents().values()
    assert (document.title, document.kind.value) == ("Quiet hours", "rule_card")
    assert (document.release_numbers, document.effective) == (("34-99001",), "2030-01-02")
    assert "front" not in empty.page_map(document.id).text
    assert [s.heading for s in empty.sections(document.id)] == ["What it is"]


def test_text_pages_are_form_feeds_and_footnotes_follow_their_heading(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_text("First page.\fSecond page.1\n\nFOOTNOTES\n\n1 A note about the second page.\n")
    run(empty, path)
    (document,) = empty.documents().values()
    chunks = empty.chunks(document.id)
    assert [(c.first_page, c.voice.value) for c in chunks] == [(1, "preamble"), (2, "footnote")]
    assert chunks[0].last_page == 2
