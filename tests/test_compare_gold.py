"""The changes we ship: complete lines, enough of each kind, and words that the documents really use."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from corpus.errors import SourceError
from evals.changes import CHANGES, PARTS, STATUSES, load_changes
from tests.conftest import REAL_FILES
from tests.test_eval_datasets import lines

KEYS = {"id", "a", "b", "change", "keywords", "status", "a_page", "a_place", "b_page", "b_place", "set", "part"}
ROWS: list[dict[str, Any]] = [json.loads(line) for line in CHANGES.read_text("utf-8").splitlines()]
ROW: dict[str, Any] = {"id": "c1", "a": "34-1", "b": "34-2", "change": "later", "keywords": ["deadline"]}


def test_every_line_is_complete() -> None:
    for row in ROWS:
        assert row.keys() == KEYS, row["id"]
        assert 3 <= len(row["keywords"]) <= 6, row["id"]
        assert len(set(row["keywords"])) == len(row["keywords"]), row["id"]
        assert row["status"] in STATUSES, row["id"]
        assert row["part"] in PARTS, row["id"]
        for side in "ab":
            assert (row[f"{side}_page"] is None) == (row[f"{side}_place"] is None), row["id"]
        assert row["b_page"] or row["a_page"], row["id"]
    assert len({row["id"] for row in ROWS}) == len(load_changes(CHANGES)) == len(ROWS)


@pytest.mark.parametrize(("group", "changes", "unchanged"), [("reg_bi", 26, 4), ("reg_sho", 16, 1), ("other", 12, 1)])
def test_there_are_enough_of_each_set_and_half_are_kept_back(group: str, changes: int, unchanged: int) -> None:
    found = Counter((row["status"] == "unchanged", row["part"]) for row in ROWS if row["set"] == group)
    assert found[False, "dev"] + found[False, "check"] >= changes
    assert found[True, "dev"] + found[True, "check"] >= unchanged
    assert abs(found[False, "dev"] - found[False, "check"]) <= 1
    assert abs(found[True, "dev"] - found[True, "check"]) <= 1


def test_fresh_changes_are_many_and_of_pairs_that_no_other_part_holds() -> None:
    fresh = [row for row in ROWS if row["part"] == "fresh"]
    pairs = {(row["a"], row["b"]) for row in fresh}
    unchanged = [row for row in fresh if row["status"] == "unchanged"]
    assert (len(fresh) - len(unchanged) >= 32, len(unchanged) >= 6, len(pairs) >= 6) == (True, True, True)
    assert pairs.isdisjoint((row["a"], row["b"]) for row in ROWS if row["part"] != "fresh")


@pytest.mark.skipif(not (REAL_FILES / "sec_final_rules").is_dir(), reason="the real releases are not here")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_one_of_the_two_documents_holds_each_keyword(row: dict[str, Any]) -> None:
    both = words_of(row["a"]) + words_of(row["b"])
    assert [keyword for keyword in row["keywords"] if folded(keyword) not in both] == []


@pytest.mark.skipif(not (REAL_FILES / "sec_final_rules").is_dir(), reason="the real releases are not here")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_change_is_told_in_our_own_words(row: dict[str, Any]) -> None:
    both, told = words_of(row["a"]) + words_of(row["b"]), folded(row["change"]).split()
    runs = [" ".join(told[first : first + 8]) for first in range(len(told) - 7)]
    assert [run for run in runs if run in both] == []


def test_a_change_may_say_what_kind_it_is(tmp_path: Path) -> None:
    more = ROW | {"id": "c2", "status": "unchanged", "set": "rules", "part": "dev"}
    plain, full = load_changes(lines(tmp_path / "c.jsonl", [ROW, more]))
    assert (plain.keywords, plain.unchanged, plain.set, plain.part) == (("deadline",), False, "", "")
    assert (full.unchanged, full.set, full.part) == (True, "rules", "dev")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROW | {"keywords": []}], "keywords"),
        ([ROW | {"status": "moved"}], "status 'moved' is unknown"),
        ([ROW | {"part": "test"}], "part 'test' is unknown"),
        ([ROW | {"set": 3}], '"set" is no text'),
        ([ROW, ROW], "'c1' is there twice"),
        ([ROW | {"status": "unchanged"}], "holds no changes"),
    ],
)
def test_a_line_that_is_no_change_is_named(tmp_path: Path, rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        load_changes(lines(tmp_path / "c.jsonl", rows))


@cache
def words_of(release: str) -> str:
    """Text of a real release, folded."""
    if (path := REAL_FILES / "sec_final_rules" / f"{release}.txt").is_file():
        return folded(path.read_text("utf-8"))
    (pdf,) = (REAL_FILES / "sec_pdfs").glob(f"{release}*.pdf")
    pages = pypdfium2.PdfDocument(pdf)
    try:
        return folded(" ".join(page.get_textpage().get_text_range() for page in pages))
    finally:
        pages.close()


def folded(text: str) -> str:
    """Without case, and with single spaces, as the measure compares."""
    return " ".join(text.lower().replace("’", "'").split())
