"""The measurement of headings: counts by hand, and the commands."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.embedding import HashEmbedder
from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Page
from evals.contents import read_contents
from evals.headings import common_subsequence, load_counts, load_gold, tagged_headings
from evals.metrics import bootstrap_ratio
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from tests.calling import measuring
from tests.release_factory import DrawnRelease

PROSE = "The Commission received many comments on this point, and it has considered each of them with care."


def test_tags_are_read_and_what_the_gold_does_not_hold_is_left_out() -> None:
    text = (
        "<h>AGENCY:</h> x <h>I. Introduction</h> <h>A.\tResponse to\nComments </h><h>(1) Costs<sup>12</sup></h>"
        " <h>§ 242.611 Order protection</h> <h>Conclusion</h>"
    )
    assert [(h.number, h.title) for h in tagged_headings(text)] == [
        ("I.", "Introduction"), ("A.", "Response to Comments"), ("(1)", "Costs12"), ("", "Conclusion"),
    ]  # fmt: skip


def test_a_heading_at_the_wrong_place_does_not_count() -> None:
    assert common_subsequence("abcde", "adbce") == ((0, 0), (1, 2), (2, 3), (4, 4))
    assert len(common_subsequence("ab", "ba")) == 1
    assert common_subsequence("", "a") == ()


def test_a_ratio_of_sums_and_its_interval() -> None:
    assert bootstrap_ratio([3, 3, 3], [4, 4, 4]).as_json() == [0.75, 0.75]
    low, high = bootstrap_ratio([0, 10], [10, 10]).as_json()
    assert (low, high) == (0.0, 1.0)
    with pytest.raises(ValueError, match="2 values cannot be divided by 1"):
        bootstrap_ratio([1, 2], [1])


@pytest.fixture
def run(tmp_path: Path) -> Any:
    return measuring(tmp_path / "usual")


def release(folder: Path, name: str, *texts: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text("\n\n".join(texts), "utf-8")


def test_headings_are_counted_release_by_release_and_over_all(run: Any, tmp_path: Path) -> None:
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    release(gold, "34-1", "<h>I. Introduction</h>", "<h>II. Costs</h>", "<h>4. side (buy/sell);</h>", "<h>III. End</h>")
    text = ("SUMMARY: Short.", "I. Introduction", PROSE, "II. Costs", PROSE, "A. Burden", PROSE, "III. End", PROSE)
    release(texts, "34-1", *text)
    release(gold, "34-2", "<h>I. Introduction</h>", "<h>II. End</h>")
    release(texts, "34-2", "I. Introduction", PROSE, "III. End", PROSE)
    (tmp_path / "index.tsv").write_text("release\theadings\n34-1\t6\n34-2\t2\n", "utf-8")
    result = run("headings", gold, "--texts", texts, "--index", tmp_path / "index.tsv", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    one, two = report["releases"]
    assert (one["n_gold"], one["n_found"], one["n_matched"], one["f1"]) == (4, 4, 3, 0.75)
    assert (one["missed"], one["false"]) == (["4. side (buy/sell);"], ["A Burden"])
    assert (two["precision"], two["recall"]) == (0.5, 0.5)
    assert (report["n_gold"], report["n_found"], report["n_matched"]) == (6, 6, 4)
    assert report["precision"] == report["recall"] == report["f1"] == 0.6667
    assert report["titles_only"]["n_matched"] == 5
    assert report["floor"]["releases"]["34-1"] == {"n_detected": 6, "f1_at_most": 0.8}
    assert report["floor"]["f1_at_most"] == 0.8571
    table = run("headings", gold, "--texts", texts, "--only", "34-2").stdout
    assert "34-2" in table
    assert "34-1" not in table
    assert "left out on both sides" in table


def test_a_release_without_its_text_counts_as_missed(run: Any, tmp_path: Path) -> None:
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    release(gold, "34-1", "<h>I. Introduction</h>")
    release(gold, "34-2", "<h>I. Introduction</h>")
    release(texts, "34-1", "I. Introduction", PROSE)
    result = run("headings", gold, "--texts", texts, "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (report["missing_documents"], report["recall"]) == (["34-2"], 0.5)


def test_folders_and_tables_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds a heading"):
        load_gold(tmp_path)
    (tmp_path / "34-1.txt").write_text("<h>I. Costs</h>", "utf-8")
    with pytest.raises(SourceError, match="no headings of 34-2 in"):
        load_gold(tmp_path, ["34-1", "34-2"])
    index = tmp_path / "index.tsv"
    index.write_text("name\tcount\n34-1\t6\n", "utf-8")
    with pytest.raises(SourceError, match="is no index"):
        load_counts(index)


def test_the_table_of_contents_is_read_from_leaders_and_page_numbers() -> None:
    first = "TABLE OF CONTENTS\nI. INTRODUCTION ........ 6\n\nA. Primary Goals and Broad\n\nConsiderations ...... 14"
    second = "1. Standards.. 22\n2. Time Recommendation is Made 72\nB. Small Entities\n\n82\nAPPENDIX ... A-3\n" + PROSE
    entries = read_contents([Page(n, None, text, len(text)) for n, text in enumerate((first, second), start=1)])
    assert [(e.heading.number, e.heading.title, e.label) for e in entries] == [
        ("I.", "INTRODUCTION", "6"), ("A.", "Primary Goals and Broad Considerations", "14"), ("1.", "Standards", "22"),
        ("2.", "Time Recommendation is Made", "72"), ("B.", "Small Entities", "82"), ("", "APPENDIX", "A-3"),
    ]  # fmt: skip
    assert read_contents([Page(1, None, PROSE, len(PROSE))]) == ()


def test_sections_are_held_against_the_printed_contents(run: Any, proposal: DrawnRelease, tmp_path: Path) -> None:
    library = Library(tmp_path / "usual", HashEmbedder(), create=True)
    ingest(library, find_sources([proposal.path])[0], ChunkSettings())
    library.close()
    report = json.loads(run("outline", "proposal.pdf", "--json").stdout)
    listed = [h for h in proposal.headings if h.level <= 3]
    assert report["n_listed"] == report["n_found"] == report["n_on_page"] == len(listed)
    assert (report["missed"], report["wrong_page"], report["false"]) == ([], [], [])
    assert f"{len(listed)} of {len(listed)} entries" in run("outline", "proposal.pdf").stdout


def test_a_document_without_a_table_of_contents_says_so(run: Any, tmp_path: Path) -> None:
    release(tmp_path / "texts", "34-1", "I. Introduction", PROSE)
    library = Library(tmp_path / "usual", HashEmbedder(), create=True)
    ingest(library, find_sources([tmp_path / "texts"])[0], ChunkSettings())
    library.close()
    with pytest.raises(SourceError, match="prints no table of contents"):
        run("outline", "34-1.txt")
