"""What an answer says of itself: parts, lengths, definitions, conflicts, notices. Over made releases."""

import json

import pytest

from corpus.contracts import answer_json
from corpus.errors import ConfigError
from corpus.library import Library
from corpus.records import Kind
from rag.answer import AnswerSettings, answer
from rag.printing import print_answer
from rag.retrieve import Retriever
from rag.scope import Scope
from tests.linked_releases import DEFINED, KEEPS_SIX, KEEPS_THREE, adoption, fill, proposal
from tests.made_documents import id_of, parsed

KEPT = "How long must a harbor dealer keep a copy of every lantern notice?"
ALL = AnswerSettings(min_support=0.0)


@pytest.fixture
def retriever(empty: Library) -> Retriever:
    return Retriever(fill(empty, proposal(), adoption()))


def test_the_law_in_force_leads_and_the_proposal_is_named_as_in_conflict(retriever: Retriever) -> None:
    found = answer(KEPT, retriever, ALL)
    texts = [claim.text for claim in found.claims]
    assert texts[0] == KEEPS_THREE
    conflict = next(c for c in found.account.conflicts if "six years" in c.explanation)
    assert {texts[place] for place in conflict.claims} == {KEEPS_SIX, KEEPS_THREE}
    assert conflict.explanation == "34-91001 says “three years”; 34-90001 says “six years”."
    assert found.account.notices == ()


def test_a_term_of_the_question_is_shown_with_the_place_that_defines_it(
    retriever: Retriever, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(KEPT, retriever, AnswerSettings(min_support=0.0, max_sentences=1))
    assert [(d.term, d.citation.quote) for d in found.account.definitions] == [("lantern notice", DEFINED)]
    print_answer(found)
    printed = capsys.readouterr().out
    assert "“lantern notice” is defined on line 1 (Lantern Notices)." in printed
    assert "Conflict about" in printed


def test_a_short_answer_is_one_sentence_and_nothing_else(retriever: Retriever) -> None:
    found = answer(KEPT, retriever, AnswerSettings(min_support=0.0, length="short"))
    assert [claim.text for claim in found.claims] == [KEEPS_THREE]
    assert found.account.definitions == ()
    assert found.account.conflicts == ()


def test_lengths(retriever: Retriever) -> None:
    query = retriever.search(KEPT, 5).query
    assert AnswerSettings(length="short").sentences_for(query) == 1
    assert AnswerSettings(length="short").sentences_for(query, parts=3) == 3
    assert AnswerSettings().sentences_for(query) == 4
    assert AnswerSettings(length="full").sentences_for(query) == 12
    with pytest.raises(ConfigError, match="length='endless' is unknown"):
        AnswerSettings(length="endless")


def test_a_notice_where_only_a_proposal_answers(retriever: Retriever) -> None:
    found = answer(KEPT, retriever, ALL, Scope(kinds=(Kind.PROPOSED_RULE,)))
    (notice,) = found.account.notices
    assert notice.startswith("Only a proposal was found: 34-90001 (Lantern Notices)")


def test_each_part_has_its_sentence_and_what_has_none_is_said(
    empty: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    lamp = "Lantern oil must be bought from the harbor office before the evening bell."
    tax = "The ferry tax is paid by every passenger at the northern gate in copper coins."
    fill(empty, parsed("a", lamp, title="Oil"), parsed("b", tax, title="Tax"))
    retriever = Retriever(empty)
    both = answer("Where must lantern oil be bought, and who pays the ferry tax at the gate?", retriever, ALL)
    assert [claim.text for claim in both.claims[:2]] == [lamp, tax]
    assert both.account.unanswered_parts == ()
    settings = AnswerSettings(min_support=0.2)
    nonsense = "which penguins composed the longest winter operas?"
    asked = f"Where must lantern oil be bought before the evening bell, and {nonsense}"
    half = answer(asked, retriever, settings)
    assert lamp in [claim.text for claim in half.claims]
    assert half.account.unanswered_parts == (nonsense,)
    print_answer(half)
    assert f"Nothing was found for: {nonsense}" in capsys.readouterr().out


def test_the_keys_of_the_json(retriever: Retriever) -> None:
    shown = json.loads(json.dumps(answer_json(answer(KEPT, retriever, ALL))))
    assert shown["plan"] == {"kind": "date", "parts": [], "documents": []}
    assert (shown["unanswered_parts"], shown["notices"]) == ([], [])
    assert all({"about", "kind", "claims", "explanation"} == c.keys() for c in shown["conflicts"])
    assert all({"term", "citation"} == d.keys() for d in shown["definitions"])
    quoted = {c["document_id"]: c["status"] for claim in shown["claims"] for c in claim["citations"]}
    assert quoted[id_of("a1")] == "proposed; adopted with changes in 34-91001"
