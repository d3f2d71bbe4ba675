"""Conflicts are looked for between linked releases only, and only where the question is asked."""

from corpus.answers import Disputed
from corpus.library import Library
from corpus.records import ParsedDocument, Passage, Voice
from rag.disputes import disputes
from rag.evidence import Evidence
from tests.linked_releases import KEEPS_SIX, KEEPS_THREE, adoption, fill, in_voice, proposal, stranger
from tests.made_documents import id_of


def sentence(made: ParsedDocument, text: str) -> Evidence:
    chunk = made.chunks[0]
    start = chunk.text.index(text)
    return Evidence(Passage(chunk, made.document, None, 1.0), start, start + len(text), text, 1.0, 1.0, frozenset())


def test_the_adoption_says_otherwise_and_a_stranger_is_not_asked(empty: Library) -> None:
    documents = fill(empty, proposal(), adoption(), stranger()).documents()
    (found,) = disputes([sentence(proposal(), KEEPS_SIX)], empty, documents)
    assert (found.kind, found.other.text, found.other.passage.document.id) == (
        Disputed.NUMBER, KEEPS_THREE, id_of("b2"))  # fmt: skip
    assert found.explanation == "34-90001 says “six years”; 34-91001 says “three years”."
    nine = KEEPS_SIX.replace("six", "nine")
    assert disputes([sentence(stranger(), nine)], empty, documents) == []


def test_two_sentences_of_one_answer_are_one_dispute(empty: Library) -> None:
    documents = fill(empty, proposal(), adoption()).documents()
    both = [sentence(proposal(), KEEPS_SIX), sentence(adoption(), KEEPS_THREE)]
    (found,) = disputes(both, empty, documents)
    assert (found.one, found.other) == (both[0], both[1])


def test_documents_that_are_not_asked_and_estimates_and_commenters_dispute_nothing(empty: Library) -> None:
    fill(empty, proposal(), in_voice(adoption(), Voice.COMMENTER_VIEW))
    assert disputes([sentence(proposal(), KEEPS_SIX)], empty, empty.documents()) == []
    assert disputes([sentence(adoption(), KEEPS_THREE)], empty, {id_of("b2")}) == []
