"""Facts measured against hand-written ones: a wrong value is told from none."""

import json
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Kind
from evals.facts import Expected, evaluate_facts, load_expected
from tests.made_documents import parsed
from tests.test_eval_commands import Run, printed, run  # noqa: F401 - the fixture

FACTS = {
    "release_numbers": ("34-90001", "IA-9001"),
    "effective": "2020-01-02",
    "compliance": ("2020-03-01", "2021-03-01"),
}


@pytest.fixture
def filled_library(empty: Library) -> Library:
    with empty.writing():
        empty.add([parsed("34-90001", "Quiet.", kind=Kind.FINAL_RULE, title="Quiet  Hours", **FACTS)])
    return empty


@pytest.mark.parametrize(
    ("name", "value", "outcome"),
    [
        ("release_numbers", "IA-9001", "right"),  # one of several
        ("release_numbers", "34-90002", "wrong"),
        ("file_numbers", "S7-01-20", "absent"),
        ("file_numbers", None, "right"),
        ("effective", None, "wrong"),
        ("effective", "2020-01-02", "right"),
        ("compliance", ("2021-03-01", "2020-03-01"), "right"),  # exactly these, in any order
        ("compliance", ("2020-03-01",), "wrong"),
        ("title", "Quiet Hours", "right"),
        ("kind", "final_rule", "right"),
    ],
)
def test_right_wrong_and_absent(
    filled_library: Library, name: str, value: str | tuple[str, ...] | None, outcome: str
) -> None:
    report = evaluate_facts(filled_library, [Expected("34-90001", name, value)])
    assert report["fields"] == {
        name: {o: int(o == outcome) for o in ("right", "wrong", "absent", "missing")} | {"n": 1}
    }
    assert len(report["disagreements"]) == (outcome != "right")


def test_a_document_that_is_not_there_is_missing_and_not_wrong(filled_library: Library) -> None:
    report = evaluate_facts(filled_library, [Expected("34-5", "rins", "3235-ZZ01"), Expected("34-5", "title", None)])
    assert report["missing_documents"] == ["34-5"]
    assert [counts["missing"] for counts in report["fields"].values()] == [1, 1]


def test_a_table_expects_what_its_cells_hold(tmp_path: Path) -> None:
    path = tmp_path / "INDEX.tsv"
    path.write_text("release\tyear\tfile_no\trin\n33-1\t1996\tS7-1-96\t3235-AA01\n34-2\t1997\t\t\n")
    assert load_expected(path) == (
        Expected("33-1", "release_numbers", "33-1"),
        Expected("33-1", "file_numbers", "S7-1-96"),
        Expected("33-1", "rins", "3235-AA01"),
        Expected("34-2", "release_numbers", "34-2"),
    )


def test_lines_expect_texts_lists_or_nothing(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"document": "a", "field": "effective", "value": None, "set": "check"},
        {"document": "a", "field": "compliance", "value": ["2020-01-01", "2021-01-01"]},
    ]
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert load_expected(path) == (
        Expected("a", "effective", None, "check"),
        Expected("a", "compliance", ("2020-01-01", "2021-01-01")),
    )


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.tsv", "number\n33-1\n", "no column release"),
        ("a.tsv", "", "no column release"),
        ("a.jsonl", '{"document": "a", "field": "colour", "value": "red"}', "no document has a field 'colour'"),
        ("a.jsonl", '{"document": "a", "field": "title", "value": 3}', "neither a text"),
        ("a.jsonl", "", "expects nothing"),
        ("none.jsonl", None, "no file"),
    ],
)
def test_a_file_that_expects_nothing_sensible_is_refused(
    tmp_path: Path, name: str, content: str | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(SourceError, match=problem):
        load_expected(tmp_path / name)


def test_the_command_ingests_what_is_named_and_prints_one_object(run: Run, tmp_path: Path) -> None:  # noqa: F811
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "34-90001.txt").write_text(
        "SECURITIES AND EXCHANGE COMMISSION\n[Release No. 34-90001; File No. S7-01-20] RIN 3235-ZZ01\nQuiet Hours\n"
        "AGENCY: Securities and Exchange Commission.\n\nACTION: Final rule.\n\nSUMMARY: We adopt it.\n\nDATES: None.\n"
    )
    (texts / "README.md").write_text("# Not a release\n")
    gold = tmp_path / "INDEX.tsv"
    gold.write_text("release\tfile_no\trin\n34-90001\tS7-01-20\t3235-ZZ02\n")
    report = printed(run("facts", gold, "--texts", texts, "--library", tmp_path / "kept", "--json"))
    assert {name: (c["right"], c["wrong"]) for name, c in report["fields"].items()} == {
        "release_numbers": (1, 0), "file_numbers": (1, 0), "rins": (0, 1),
    }  # fmt: skip
    assert report["disagreements"] == [
        {"document": "34-90001", "field": "rins", "expected": "3235-ZZ02", "found": ["3235-ZZ01"], "outcome": "wrong"}
    ]
    result = run("facts", gold, "--texts", texts, "--library", tmp_path / "kept")
    assert "34-90001 rins: expected '3235-ZZ02', found ('3235-ZZ01',)" in result.stdout
    gold.write_text("release\n34-90001\n34-90009\n")
    result = run("facts", gold, "--texts", texts, "--library", tmp_path / "kept", "--json")
    assert (result.exit_code, printed(result)["missing_documents"]) == (1, ["34-90009"])
