"""Places among the first passages, by hand-made releases."""

import json
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Chunk, Page, ParsedDocument, Voice
from corpus.structure import Footnote
from evals.fusion import reciprocal_rank_fusion
from evals.gold_places import QUESTIONS, GoldPlace, PlaceQuestion, load_place_questions
from evals.sections import evaluate_sections, lies_in
from tests.made_documents import parsed
from tests.test_eval_commands import Run, printed, run  # noqa: F401

SECTIONS = {
    "II › Quiet hours": "Quiet hours begin at ten in the evening and end at six.",
    "II.A › Bells": "A bell is rung by the watchman at the harbor.",
    "III › Ledgers": "Every office keeps a ledger of its orders.",
    "Annex": "Whoever rings a bell without leave pays a fine of five lanterns.",
}
NOTE = "7 The watchman may be paid in tallow."


def release() -> ParsedDocument:
    text = "\n".join([*SECTIONS.values(), "", NOTE])
    made = parsed("a", text, title="Harbor rules", release_numbers=("34-90001",))
    note = text.index(NOTE)
    chunks = [
        Chunk(made.document.id, text.index(said), text.index(said) + len(said), 1, 1, path, Voice.PREAMBLE, said)
        for path, said in SECTIONS.items()
    ]
    chunks.append(Chunk(made.document.id, note, len(text), 1, 1, "Annex", Voice.FOOTNOTE, NOTE))
    return ParsedDocument(
        made.document, (Page(1, None, text, note - 2),), (), tuple(chunks), (Footnote("7", note, len(text), 1),)
    )


@pytest.fixture
def library(empty: Library) -> Library:
    with empty.writing():
        empty.add([release(), parsed("b", "Advisers disclose their conflicts of interest.", title="Advisers")])
    return empty


def asked(
    identity: str, question: str, *gold: GoldPlace, kind: str = "threshold", wording: str = "lay"
) -> PlaceQuestion:
    return PlaceQuestion(identity, question, kind, wording, gold)


@pytest.mark.parametrize(
    ("section", "gold", "within"),
    [
        ("II.A.2 › Costs", "II.A.2", True),
        ("II.A.2.b › Costs", "II.A.2", True),
        ("II.A.21 › Costs", "II.A.2", False),
        ("II.A › Costs", "II.A.2", False),
        ("II.A.2 › Costs", "II.A.2 › Costs", True),
        ("II.A.2 › Benefits", "II.A.2 › Costs", False),
        ("§ 240.15l-1(a) › Duty", "§ 240.15l-1", True),
        ("Annex", "Annex", True),
        ("Annex › Fines", "Annex", True),
        ("Annexes", "Annex", False),
        ("", "Annex", False),
    ],
)
def test_a_section_is_met_by_itself_and_by_what_lies_below_it(section: str, gold: str, within: bool) -> None:
    assert lies_in(section, gold) is within


def test_any_gold_place_among_the_first_will_do(library: Library) -> None:
    questions = [
        asked(
            "q1", "When do quiet hours begin in the evening?", GoldPlace("34-90001", "II"), GoldPlace("34-90001", "XX")
        ),
        asked("q2", "What do advisers disclose?", GoldPlace("Advisers", page=1), wording="technical"),
        asked("q3", "What is the watchman paid in?", GoldPlace("34-90001", footnote="7"), kind="reason"),
        asked("q4", "When do quiet hours begin?", GoldPlace("34-99999", "II"), kind="reason", wording="technical"),
    ]
    report = evaluate_sections(library, questions)
    # Three are found at rank 1; the document of the fourth is not there.
    assert (report["recall@3"], report["recall@10"], report["mrr@10"]) == (0.75, 0.75, 0.75)
    assert report["n_questions"] == 4
    assert report["missing_documents"] == ["34-99999"]
    assert report["missing_places"] == ["34-90001 XX"]
    assert report["by_kind"] == {
        "threshold": {"n": 2, "recall@3": 1.0, "recall@10": 1.0, "mrr@10": 1.0},
        "reason": {"n": 2, "recall@3": 0.5, "recall@10": 0.5, "mrr@10": 0.5},
    }
    assert report["by_wording"]["technical"] == {"n": 2, "recall@3": 0.5, "recall@10": 0.5, "mrr@10": 0.5}
    assert report["baselines"].keys() == report["ours_minus"].keys() == {"bm25", "dense", "rrf"}
    assert report["baselines"]["bm25"]["recall@10"] == 0.75
    assert report["ours_minus"]["bm25"]["recall@10"] == {"mean": 0.0, "ci95": [0.0, 0.0]}
    assert report["ci95"].keys() == {"recall@3", "recall@10", "mrr@10"}
    assert [row["rank"]["ours"] for row in report["questions"]] == [1, 1, 1, None]


def test_the_rank_is_that_of_the_first_passage_that_hits(library: Library) -> None:
    question = asked("q1", "A bell is rung by the watchman at the harbor.", GoldPlace("34-90001", "Annex"))
    report = evaluate_sections(library, [question])
    assert report["questions"][0]["first"][0].startswith("34-90001 II.A › Bells")
    rank = report["questions"][0]["rank"]["ours"]
    assert rank > 1
    assert report["mrr@10"] == pytest.approx(1 / rank, abs=1e-4)


def test_a_place_that_is_shown_as_also_there_is_found(library: Library) -> None:
    said = SECTIONS["II › Quiet hours"]
    with library.writing():
        library.add([parsed("c", said, title="Later harbor rules", release_numbers=("34-90002",))])
    gold = GoldPlace("34-90001", "II › Quiet hours"), GoldPlace("34-90002", page=1)
    report = evaluate_sections(library, [asked(f"q{n}", said, place) for n, place in enumerate(gold, start=1)])
    assert [row["rank"]["ours"] for row in report["questions"]] == [1, 1]
    assert len(report["only_also_in"]) == 1


def test_fusing_ranks_by_hand() -> None:
    # a: 1/61 + 1/63; b: 1/62 + 1/61; c: 1/63; d: 1/62. c and d alone would tie only at equal ranks.
    assert reciprocal_rank_fusion([["a", "b", "c"], ["b", "d", "a"]]) == ["b", "a", "d", "c"]
    assert reciprocal_rank_fusion([["z"], ["a"]]) == ["z", "a"]
    assert reciprocal_rank_fusion([["a", "b", "c"], ["c"]], k=0) == ["c", "a", "b"]
    assert reciprocal_rank_fusion([]) == []


def test_our_questions_can_be_read() -> None:
    assert load_place_questions(QUESTIONS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "riddle"}, "riddle"),
        ({"wording": "loud"}, "loud"),
        ({"gold": []}, "gold"),
        ({"gold": [{"document": "34-1"}]}, "one of"),
        ({"gold": [{"document": "34-1", "page": 0}]}, "from 1"),
        ({"gold": [{"document": "34-1", "page": 2, "section": "II"}]}, "one of"),
        ({"gold": [{"section": "II"}]}, "document"),
        ({"question": " "}, "question"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    row = {"id": "q", "question": "Who?", "kind": "reason", "wording": "lay", "gold": [{"document": "34-1", "page": 1}]}
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(row) + "\n")
    assert load_place_questions(file)[0].gold == (GoldPlace("34-1", page=1),)
    file.write_text(json.dumps(row | change) + "\n")
    with pytest.raises(SourceError, match=message):
        load_place_questions(file)


def test_a_question_twice_is_refused(tmp_path: Path) -> None:
    row = {"id": "q", "question": "Who?", "kind": "reason", "wording": "lay", "gold": [{"document": "34-1", "page": 1}]}
    file = tmp_path / "questions.jsonl"
    file.write_text(2 * (json.dumps(row) + "\n"))
    with pytest.raises(SourceError, match="twice"):
        load_place_questions(file)


def test_the_command_asks_the_usual_library_and_only_the_queries_named(run: Run, tmp_path: Path) -> None:  # noqa: F811
    from corpus.embedding import HashEmbedder

    opened = Library(tmp_path / "usual", HashEmbedder(), create=True)
    with opened.writing():
        opened.add([release()])
    opened.close()
    rows = [
        {"id": i, "question": q, "kind": "reason", "wording": "lay", "gold": [{"document": "34-90001", "section": s}]}
        for i, q, s in (("q1", "When do quiet hours begin?", "II"), ("q2", "Who keeps a ledger?", "II.A"))
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    chosen = tmp_path / "half.txt"
    chosen.write_text("q1\n\n")
    result = run("retrieval", "--questions", file, "--queries", chosen, "--json")
    assert result.exit_code == 0
    assert (printed(result)["n_questions"], printed(result)["recall@10"]) == (1, 1.0)
    table = run("retrieval", "--questions", file)
    assert "2 questions" in table.stdout
    chosen.write_text("q9\n")
    with pytest.raises(SourceError, match="q9"):
        run("retrieval", "--questions", file, "--queries", chosen)
