"""Three or more documents: their order, and each provision over all of them."""

from corpus.answers import Citation
from corpus.library import Library
from corpus.records import Document, Kind, Voice
from rag.chain import Topic, in_order, merge
from rag.compare import Comparison, Row
from tests.made_documents import id_of, parsed

A, B, C = (parsed(name, "Quiet.").document for name in ("a1", "b2", "c3"))


def _quote(document: Document, start: int, words: str) -> Citation:
    return Citation(
        document.id, document.title, 1, None, "", words, start, start + len(words), start, start + len(words),
        verified=True, status="", voice=Voice.PREAMBLE,
    )  # fmt: skip


def _cells(topic: Topic) -> list[list[str]]:
    return [[c.quote for c in cell] for cell in topic.cells]


def test_rows_of_one_topic_are_one_line_over_all_documents() -> None:
    first = Comparison(A, B, (Row("The Log", "changed", (_quote(A, 0, "a"),), (_quote(B, 0, "b"),), "", ()),))
    second = Comparison(B, C, (Row("the log.", "removed", (_quote(B, 50, "bb"),), (_quote(C, 0, "c"),), "", ()),))
    topics = merge((A, B, C), (first, second))

    assert [(t.topic, t.statuses, _cells(t)) for t in topics] == [
        ("The Log", ("changed", "removed"), [["a"], ["b", "bb"], ["c"]])
    ]


def test_rows_that_quote_the_same_words_of_the_middle_document_are_one_line() -> None:
    first = Comparison(A, B, (Row("Log", "unchanged", (_quote(A, 0, "a"),), (_quote(B, 10, "shared"),), "", ()),))
    second = Comparison(B, C, (Row("Records", "added", (_quote(B, 12, "ar"),), (_quote(C, 0, "c"),), "", ()),))
    topics = merge((A, B, C), (first, second))

    assert [(t.topic, t.statuses) for t in topics] == [("Log", ("unchanged", "added"))]


def test_what_a_pair_does_not_tell_is_not_addressed_and_general_topics_are_not_mixed() -> None:
    first = Comparison(A, B, (Row("General", "added", (), (_quote(B, 0, "b"),), "", ()),))
    second = Comparison(B, C, (Row("General", "removed", (_quote(B, 90, "other"),), (), "", ()),))
    topics = merge((A, B, C), (first, second))

    assert [(t.statuses, _cells(t)) for t in topics] == [
        (("added", "not_addressed"), [[], ["b"], []]),
        (("not_addressed", "removed"), [[], ["other"], []]),
    ]


def test_added_and_removed_under_one_topic_is_changed_and_a_quote_is_shown_once() -> None:
    quote = _quote(B, 0, "b")
    rows = (Row("Log", "added", (), (quote,), "", ()), Row("Log", "removed", (_quote(A, 0, "a"),), (quote,), "", ()))
    topics = merge((A, B), (Comparison(A, B, rows),))

    assert [(t.statuses, _cells(t)) for t in topics] == [(("changed",), [["a"], ["b"]])]


def test_documents_stand_by_lineage_then_date_then_as_given(empty: Library) -> None:
    empty.add(
        [
            parsed("a1", "Quiet.", kind=Kind.PROPOSED_RULE, release_numbers=("34-90001",), issued="2020-05-01"),
            parsed(
                "b2", "Quiet at night.", release_numbers=("34-91001",), issued="2020-05-01",
                stated_lineage=(("adopts", "34-90001"),),
            ),
            parsed("c3", "Louder.", release_numbers=("34-95001",), issued="2023-01-01"),
            parsed("d4", "Undated.", release_numbers=("34-99999",)),
        ]
    )  # fmt: skip
    a, b, c, d = (empty.documents()[id_of(name)] for name in ("a1", "b2", "c3", "d4"))

    assert in_order(empty, [c, b, a]) == (a, b, c)
    assert in_order(empty, [d, b, a]) == (d, a, b)
