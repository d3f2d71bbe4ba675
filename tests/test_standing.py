"""What a citation says of the standing of its source."""

from corpus.library import Library
from corpus.records import Voice
from rag.standing import standing, status_of
from tests.linked_releases import adoption, fill, in_voice, proposal
from tests.made_documents import id_of


def test_a_proposal_says_that_it_was_adopted_with_changes(empty: Library) -> None:
    documents = fill(empty, proposal(), adoption()).documents()
    assert standing(empty, documents[id_of("a1")]) == "proposed; adopted with changes in 34-91001"
    assert standing(empty, documents[id_of("b2")]) == "adopted"


def test_changes_that_only_a_commenter_asks_for_are_none(empty: Library) -> None:
    documents = fill(empty, proposal(), in_voice(adoption(), Voice.COMMENTER_VIEW)).documents()
    assert standing(empty, documents[id_of("a1")]) == "proposed; adopted in 34-91001"


def test_whose_words_they_are_is_said_where_they_are_not_the_agencys(empty: Library) -> None:
    document = fill(empty, proposal()).documents()[id_of("a1")]
    assert status_of(empty, document, Voice.PREAMBLE) == "proposed"
    assert status_of(empty, document, Voice.COMMENTER_VIEW) == "proposed; a commenter's view"
    assert status_of(empty, document, Voice.REQUEST_FOR_COMMENT) == "proposed; a question put to commenters"
