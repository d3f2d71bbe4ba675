from pathlib import Path

import pytest

from corpus.embedding import HashEmbedder
from corpus.errors import LibraryError, SourceError
from corpus.fulltext import PLAIN, USUAL
from corpus.library import Library
from evals.datasets import BeirPassage, BeirSet, load_ids, only_queries
from evals.prepared import PreparedQueries
from evals.retrieval import as_document, document_id, evaluate_retrieval, rank, store_passages
from tests.made_documents import parsed

PASSAGES = (
    BeirPassage("p1", "Rule 1", "Brokers keep quiet hours at night."),
    BeirPassage("p2", "Rule 2", "Exchanges publish their quotations every morning."),
    BeirPassage("p3", "Rule 3", "  "),
    BeirPassage("p4", "Rule 4", "Exchanges publish their quotations every morning."),
    BeirPassage("p5", "Rule 5", "Advisers disclose conflicts of interest."),
)
QUERIES = {"q1": "When do brokers keep quiet hours?", "q2": "What do exchanges publish every morning?"}
QRELS = {"q1": {"p1": 1.0}, "q2": {"p4": 1.0}, "q3": {"p5": 1.0}}


def benchmark() -> BeirSet:
    return BeirSet(PASSAGES, QUERIES, QRELS, ("one query has no text",))


def test_every_judged_query_counts_also_the_one_that_was_not_asked(empty: Library) -> None:
    report = evaluate_retrieval(empty, benchmark())
    # q1 finds p1 at once; q2 finds p4 behind its twin p2, or before it; q3 is not asked.
    assert report["recall@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert report["n_queries"] == 3
    assert (report["n_passages"], report["empty_passages"], report["newly_stored"]) == (5, 1, 4)
    assert report["notes"] == ["one query has no text"]


def test_the_report_keeps_its_contract(empty: Library) -> None:
    report = evaluate_retrieval(empty, benchmark())
    measures = {"recall@10", "map@10", "ndcg@10", "mrr@10"}
    assert measures | {"n_queries", "ci95", "seconds"} <= report.keys()
    assert report["ci95"].keys() == report["bm25"].keys() == report["dense"].keys() == report["rrf"].keys() == measures
    assert report["fused_minus"].keys() == {"bm25", "dense", "rrf"}
    assert report["fused_minus"]["bm25"]["map@10"]["mean"] == pytest.approx(
        report["map@10"] - report["bm25"]["map@10"], abs=2e-4
    )
    assert {"index", "search", "total"} <= report["seconds"].keys()


def test_a_text_that_two_passages_share_ranks_both(empty: Library) -> None:
    store_passages(empty, PASSAGES, lambda what, count: None)
    rankings = rank(empty, benchmark(), None)
    for run in (rankings.fused, rankings.bm25, rankings.dense, rankings.rrf):
        assert sorted(run["q2"][:2]) == ["p2", "p4"]
        assert len(run["q2"]) == len(set(run["q2"]))
        assert run["q1"][0] == "p1"
        assert "p3" not in run["q1"]


def test_plain_bm25_sees_the_words_of_the_body_alone(empty: Library) -> None:
    passages = (
        BeirPassage("p1", "Ledger keeping", "Dealers write down lantern orders."),
        BeirPassage("p2", "Nothing", "Orders for a lantern are written down by dealers."),
    )
    store_passages(empty, passages, lambda what, count: None)
    assert empty.search_words("ledger", 5, weights=PLAIN) == []
    assert len(empty.search_words("ledger", 5)) == 1
    plain, usual = (dict(empty.search_words("lantern orders", 5, weights=w)) for w in (PLAIN, USUAL))
    first, second = (
        next(s for i, s in scores.items() if i.startswith(document_id(passages[0]))) for scores in (plain, usual)
    )
    assert second > first


def test_a_text_that_is_nearly_another_follows_it(empty: Library) -> None:
    said = (
        "Exchanges publish their quotations every morning on a board in the harbor, where anyone who trades there can "
        "read them before the bell, and they keep a copy of what was on the board in a cellar for whoever asks for it "
        "when the market is closed and the lights in the harbor are out."
    )
    passages = (
        BeirPassage("p1", "", said),
        BeirPassage("p2", "", "Brokers keep quiet hours."),
        BeirPassage("p3", "", said.replace("a board in", "a big board in")),
    )
    query = "What do exchanges publish every morning on a board in the harbor?"
    asked = BeirSet(passages, {"q": query}, {"q": {"p1": 1.0}}, ())
    store_passages(empty, passages, lambda what, count: None)
    assert sorted(rank(empty, asked, None).fused["q"][:2]) == ["p1", "p3"]


def test_only_some_queries_are_asked(empty: Library) -> None:
    part = only_queries(benchmark(), ("q2", "q3"))
    assert (list(part.queries), list(part.qrels)) == (["q2"], ["q2", "q3"])
    assert part.passages == PASSAGES
    assert part.notes[-1] == "2 of 3 judged queries are asked"
    assert evaluate_retrieval(empty, part)["n_queries"] == 2
    with pytest.raises(SourceError, match="q7"):
        only_queries(benchmark(), ("q1", "q7"))


def test_ids_are_read_one_a_line(tmp_path: Path) -> None:
    file = tmp_path / "ids.txt"
    file.write_text(" q1\n\nq2\nq1\n")
    assert load_ids(file) == ("q1", "q2")
    file.write_text("\n")
    with pytest.raises(SourceError, match="holds no ids"):
        load_ids(file)


def test_questions_are_embedded_together_and_strangers_as_they_come() -> None:
    plain = HashEmbedder()
    prepared = PreparedQueries(plain, ["Who is\n loud?", "Who is quiet?"])
    for question in ("Who is loud?", "Who is quiet?", "Who is new?"):
        assert prepared.embed_query(question).tolist() == plain.embed_query(question).tolist()
    assert prepared.embed_queries(["Who is new?", "Who is loud?"]).shape == (2, 256)
    assert prepared.name == plain.name


def test_a_kept_library_is_not_filled_again(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    first = Library(tmp_path, HashEmbedder(), create=True)
    assert store_passages(first, PASSAGES, lambda what, count: told.append((what, count))) == 4
    first.close()
    again = Library(tmp_path, HashEmbedder())
    assert store_passages(again, PASSAGES, lambda what, count: told.append((what, count))) == 0
    assert again.verify() == []
    again.close()
    assert told == [("passages", 4)]


def test_a_library_of_something_else_is_refused(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "A rule of ours.")])
    with pytest.raises(LibraryError, match="1 documents that are not passages of this benchmark"):
        store_passages(empty, PASSAGES, lambda what, count: None)


def test_a_passages_identity_is_its_id_title_and_text() -> None:
    ids = {document_id(BeirPassage(*fields)) for fields in (("a", "b", "c"), ("ab", "", "c"), ("a", "b", "d"))}
    assert len(ids) == 3
    stored = as_document(PASSAGES[0])
    assert stored.document.id == document_id(PASSAGES[0])
    assert stored.chunks[0].text == stored.pages[0].text == PASSAGES[0].text
