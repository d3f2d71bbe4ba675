from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Chunk, Document, Kind, Passage, Voice
from evals.datasets import PageQuestion
from evals.pages import evaluate_pages, find_pdfs, pages_of
from tests.quiet_hours_gold import QUESTIONS


def passage(document_id: str, first_page: int, last_page: int) -> Passage:
    chunk = Chunk(document_id, 0, 4, first_page, last_page, "", Voice.PREAMBLE, "text")
    return Passage(chunk, Document(document_id, "", "", "", Kind.OTHER, "pdf"), None, 1.0)


def test_a_passage_over_a_page_break_gives_both_pages_and_none_twice() -> None:
    found = [passage("a", 3, 4), passage("b", 4, 4), passage("a", 4, 5), passage("a", 3, 3)]
    assert pages_of(found) == ["a:3", "a:4", "b:4", "a:5"]


def quoted_page(library: Library, name: str) -> tuple[str, int]:
    """Words of a drawn release, and the page on which they stand, read from the stored pages."""
    pages = {p.number: " ".join(p.text.split()) for p in library.pages(library.find(name).id)}
    return next((q.proposed, n) for q in QUESTIONS for n, text in pages.items() if q.proposed and q.proposed in text)


def test_the_page_that_answers_is_found(filled: Library) -> None:
    words, page = quoted_page(filled, "proposal.pdf")
    report = evaluate_pages(filled, [PageQuestion("q1", words, (("proposal", page),))])
    assert report["single"]["recall@5"] == report["shared"]["recall@5"] == 1.0
    assert report["questions"][0]["gold_pages"] == [f"{filled.find('proposal.pdf').id}:{page}"]
    assert (report["n_questions"], report["n_documents"], report["missing_documents"]) == (1, 2, [])


def test_within_the_right_document_no_other_takes_a_place(filled: Library) -> None:
    question = PageQuestion("q1", "When do quiet hours begin?", (("adoption", 1),))
    (row,) = evaluate_pages(filled, [question])["questions"]
    assert row["single"] >= row["shared"]
    assert sorted(row["shared"]) == row["shared"], "more pages cannot find less"


def test_a_document_that_is_not_in_the_library_is_a_miss_and_is_named(filled: Library) -> None:
    here = PageQuestion("q1", "When do quiet hours begin?", (("proposal", 1),))
    half = replace(here, id="q2", pages=(("proposal", 1), ("lost", 1)))
    gone = replace(here, id="q3", pages=(("lost", 1),))
    report = evaluate_pages(filled, [here, half, gone])
    rows = {row["id"]: row for row in report["questions"]}
    assert report["missing_documents"] == ["lost"]
    assert rows["q3"]["shared"] == rows["q3"]["single"] == [0.0, 0.0, 0.0, 0.0]
    assert rows["q2"]["single"] == [value / 2 for value in rows["q1"]["single"]]
    mean = sum(row["single"][3] for row in rows.values()) / 3
    assert report["single"]["recall@20"] == pytest.approx(mean, abs=1e-4)


def test_a_folder_without_pdfs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no page", "utf-8")
    with pytest.raises(SourceError, match="no PDF files"):
        find_pdfs(tmp_path)
    (tmp_path / "b.PDF").touch()
    (tmp_path / "a.pdf").touch()
    assert [path.name for path in find_pdfs(tmp_path)] == ["a.pdf", "b.PDF"]


def test_plain_ways_to_search_are_measured_beside_ours(filled: Library) -> None:
    words, page = quoted_page(filled, "proposal.pdf")
    gone = PageQuestion("q2", "What is lost?", (("lost", 1),))
    report = evaluate_pages(filled, [PageQuestion("q1", words, (("proposal", page),)), gone])
    assert report["baselines"].keys() == report["ours_minus"].keys() == {"bm25", "dense", "rrf"}
    assert report["baselines"]["bm25"]["single"]["recall@10"] == 0.5, (
        "words of a page are found on it; what is lost, not"
    )
    for name, found in report["baselines"].items():
        for side in ("shared", "single"):
            for measure, value in found[side].items():
                gain = report["ours_minus"][name][side][measure]
                assert gain["mean"] == pytest.approx(report[side][measure] - value, abs=1e-4)
                assert gain["ci95"][0] <= gain["mean"] <= gain["ci95"][1]
