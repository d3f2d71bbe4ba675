import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from corpus.errors import SourceError
from evals.datasets import load_beir, load_page_questions

PASSAGES = [{"_id": "p1", "title": "T", "text": "Quiet hours."}, {"_id": "p2", "title": "", "text": ""}]
QUERIES = [{"_id": "q1", "text": "What is quiet?"}, {"_id": "q2", "text": "Who is loud?"}]


def lines(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def beir(folder: Path, **qrels: str) -> Path:
    lines(folder / "corpus.jsonl", PASSAGES)
    lines(folder / "queries.jsonl", QUERIES)
    (folder / "qrels").mkdir()
    for name, content in qrels.items():
        (folder / "qrels" / f"{name}.tsv").write_text(content, "utf-8")
    return folder


def test_several_judgement_files_are_one_and_a_header_is_optional(tmp_path: Path) -> None:
    folder = beir(tmp_path, dev="query-id\tcorpus-id\tscore\nq1\tp1\t1\n", test="q1\tp2\t2\r\nq2\tp1\t1\n\n")
    found = load_beir(folder)
    assert found.qrels == {"q1": {"p1": 1.0, "p2": 2.0}, "q2": {"p1": 1.0}}
    assert found.queries == {"q1": "What is quiet?", "q2": "Who is loud?"}
    assert [p.text for p in found.passages] == ["Quiet hours.", ""]
    assert found.notes == ()


def test_a_line_with_the_iteration_column_of_trec_is_read(tmp_path: Path) -> None:
    assert load_beir(beir(tmp_path, dev="q1\t0\tp1\t1\n")).qrels == {"q1": {"p1": 1.0}}


def test_a_query_judged_with_zeros_only_is_left_out_and_named(tmp_path: Path) -> None:
    found = load_beir(beir(tmp_path, dev="q1\tp1\t1\nq2\tp1\t0\n"))
    assert list(found.qrels) == ["q1"]
    assert "1 queries have no relevant passage" in found.notes[0]


def test_a_judged_query_whose_text_is_missing_still_counts(tmp_path: Path) -> None:
    found = load_beir(beir(tmp_path, dev="q1\tp1\t1\nq9\tp8\t1\n"))
    assert list(found.qrels) == ["q1", "q9"]
    assert list(found.queries) == ["q1"]
    assert [note.split(" ", 1)[1] for note in found.notes] == [
        "judged queries are not in queries.jsonl and count as unanswered",
        "relevant passages are not in corpus.jsonl and count as not found",
    ]


def titled(folder: Path, titles: Sequence[str]) -> Path:
    found = beir(folder, dev="q1\tp0\t1\n")
    lines(folder / "corpus.jsonl", [{"_id": f"p{n}", "title": t, "text": f"Bell {n}."} for n, t in enumerate(titles)])
    return found


def test_titles_that_only_number_are_left_out_and_named(tmp_path: Path) -> None:
    found = load_beir(titled(tmp_path, [f"Passage {n}" for n in range(51)]))
    assert {passage.title for passage in found.passages} == {""}
    assert [passage.text for passage in found.passages[:2]] == ["Bell 0.", "Bell 1."]
    assert found.notes == ("the titles only number the passages ('Passage 0') and are left out",)


@pytest.mark.parametrize(
    "titles",
    [
        [f"Passage {n}" for n in range(50)],  # one word for fifty passages is not fewer than that
        [*(f"Passage {n}" for n in range(50)), "Quiet hours"],
        [f"The ledger of {'abcdefghij'[n % 10] * 3}" for n in range(51)],
        [""] * 51,
    ],
)
def test_titles_that_say_something_stay(tmp_path: Path, titles: list[str]) -> None:
    found = load_beir(titled(tmp_path, titles))
    assert [passage.title for passage in found.passages] == titles
    assert found.notes == ()


@pytest.mark.parametrize("bad", ["q1\tp1\t1\nq1 p2 1\n", "q1\tp1\t1\nq1\tp2\tyes\n", "q1\tp1\t1\nq1\t\t1\n"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, bad: str) -> None:
    with pytest.raises(SourceError, match=r"dev\.tsv, line 2 is not a judgement"):
        load_beir(beir(tmp_path, dev=bad))


def test_a_folder_without_judgements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no judgements"):
        load_beir(beir(tmp_path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no file .*corpus\.jsonl"):
        load_beir(tmp_path)


def test_a_passage_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    folder = beir(tmp_path, dev="q1\tp1\t1\n")
    lines(folder / "corpus.jsonl", [PASSAGES[0], PASSAGES[0]])
    with pytest.raises(SourceError, match="line 2: passage 'p1' is there twice"):
        load_beir(folder)


def test_pages_are_counted_from_one_and_documents_matched_by_stem(tmp_path: Path) -> None:
    evidence = [{"document": "Acme_2020.PDF", "page_index": 0}, {"document": "ACME_2021", "page_index": 9}]
    (question,) = load_page_questions(
        lines(tmp_path / "q.jsonl", [{"id": 1, "question": "Why?", "evidence": evidence}])
    )
    assert question.id == "1"
    assert question.pages == (("acme_2020", 1), ("acme_2021", 10))


@pytest.mark.parametrize("index", [-1, "3", None, True, 1.0])
def test_a_page_index_that_is_none_is_refused(tmp_path: Path, index: object) -> None:
    row = {"id": "q", "question": "Why?", "evidence": [{"document": "a", "page_index": index}]}
    with pytest.raises(SourceError, match=r"line 1: evidence needs \"page_index\""):
        load_page_questions(lines(tmp_path / "q.jsonl", [row]))


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('\n{"id":', "utf-8")
    with pytest.raises(SourceError, match="line 2 is not JSON"):
        load_page_questions(path)
