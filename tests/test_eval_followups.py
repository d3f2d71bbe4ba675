"""The measure of follow-ups: what is filled in, what is left alone, and the cases that come with it."""

import json
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.records import Kind
from evals.followups import FOLLOWUPS, Case, evaluate_followups, load_cases
from tests.made_documents import parsed

NMS = parsed("nms", "x", title="Regulation NMS", kind=Kind.FINAL_RULE, release_numbers=("34-51808",)).document
EARLIER = (("What is the access fee cap under Regulation NMS?", (("34-51808", ""),)),)


def test_words_documents_and_new_questions_are_counted_apart() -> None:
    report = evaluate_followups(
        {NMS.id: NMS},
        [
            Case("right", EARLIER, "why?", True, ("access fee cap",), (), ("34-51808",)),
            Case("words", EARLIER, "why?", True, ("tick",), (), ("34-51808",)),
            Case("without", EARLIER, "why?", True, ("cap",), ("fee",), ("34-51808",)),
            Case("document", EARLIER, "why?", True, ("cap",), (), ("34-1",)),
            Case("new", EARLIER, "What is a tick?", False),
            Case("taken", EARLIER, "why?", False),
        ],
    )
    assert report["filled_in"] == {"right": 2, "with_documents": 1, "n": 4}
    assert report["left_alone"] == {"right": 1, "n": 2}
    assert [row["id"] for row in report["wrong"]] == ["words", "without", "document", "taken"]


def test_our_cases_are_half_new_questions() -> None:
    cases = load_cases(FOLLOWUPS)
    assert (sum(c.changed for c in cases), len(cases)) == (30, 60)
    assert len({c.id for c in cases}) == 60


def test_a_line_that_is_no_case_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"id": "x", "question": "why?", "changed": True}) + "\n")
    with pytest.raises(SourceError, match="line 1 is not a follow-up"):
        load_cases(path)
    path.write_text("\n")
    with pytest.raises(SourceError, match="holds no cases"):
        load_cases(path)
