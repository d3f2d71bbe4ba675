"""Which sentences are shown, in what order."""

from dataclasses import replace

from corpus.records import Passage
from rag.choose import choose, grouped
from rag.evidence import Evidence
from tests.made_documents import parsed


def item(
    name: str, words: str, *, document: str = "a", section: str = "I", start: int = 0, support: float = 1.0
) -> Evidence:
    made = parsed(document, "x" * 100)
    chunk = replace(made.chunks[0], section=section)
    passage = Passage(chunk, made.document, None, 1.0)
    return Evidence(passage, start, start + 1, name, support, support, frozenset(words.split()))


def names(evidence: list[Evidence]) -> list[str]:
    return [e.text for e in evidence]


def test_the_best_comes_first_and_the_others_stand_by_document_and_section() -> None:
    evidence = [
        item("direct", "a b c", document="b", section="II", start=50),
        item("elsewhere", "d e f", document="a"),
        item("same document", "g h i", document="b", section="I"),
        item("same section, earlier", "j k l", document="b", section="II", start=10),
    ]
    expected = ["direct", "same section, earlier", "same document", "elsewhere"]
    assert names(grouped(evidence)) == expected
    assert [names(part) for part in choose([evidence], 10)] == [expected]


def test_a_repeated_fact_and_what_is_weak_are_left_out() -> None:
    evidence = [
        item("first", "harbor dealer keeps notice"),
        item("again", "harbor dealer keeps copy notice"),
        item("new", "bell rings late", support=0.75),
        item("weak", "oil lamp tax", support=0.6),
    ]
    assert [names(part) for part in choose([evidence], 10)] == [["first", "new"]]
    assert [names(part) for part in choose([evidence], 10, weak=0.5)] == [["first", "new", "weak"]]


def test_parts_take_turns_and_a_sentence_answers_once() -> None:
    one = [item("1a", "a b c"), item("1b", "d e f"), item("1c", "g h i")]
    two = [item("both", "a b c"), item("2b", "j k l")]
    assert [names(part) for part in choose([one, two], 3)] == [["1a", "1b"], ["2b"]]
    assert choose([[], []], 3) == [[], []]


def test_a_sentence_that_stands_by_itself_leads_where_it_comes_near_the_best() -> None:
    leaning, firm = item("It also rings.", "a b c", start=1), item("A bell rings.", "d e f", support=0.95, start=9)
    assert names(choose([[leaning, firm]], 2)[0]) == ["A bell rings.", "It also rings."]
    far = item("A lamp burns.", "d e f", support=0.85, start=9)
    assert names(choose([[leaning, far]], 2)[0]) == ["It also rings.", "A lamp burns."]
