"""Questions that lean on the one before, over five made-up releases; what is expected is written by hand."""

import json
from dataclasses import replace

import pytest

from corpus.answers import Answer, Citation, Claim
from corpus.errors import SourceError
from corpus.records import Document, Kind, Voice
from rag.conversation import Conversation, Resolved, Source, Turn, turn_from, turn_from_json, turn_json
from rag.conversing import reply
from rag.followup import resolve
from rag.scope import Scope
from tests.made_documents import parsed


def _made(identity: str, number: str, title: str, kind: Kind = Kind.FINAL_RULE) -> Document:
    return parsed(identity, "Text.", title=title, kind=kind, release_numbers=(number,)).document


BIP = _made("bip", "34-83062", "Regulation Best Interest", Kind.PROPOSED_RULE)
BI = _made("bi", "34-86031", "Regulation Best Interest: The Broker-Dealer Standard of Conduct")
NMS = _made("nms", "34-51808", "Regulation NMS")
SCI = _made("sci", "34-73639", "Regulation Systems Compliance and Integrity")
SHO = _made("sho", "34-50103", "Short Sales")
DOCUMENTS = {d.id: d for d in (BIP, BI, NMS, SCI, SHO)}


def after(*questions: str, of: tuple[Document, ...] = (NMS,), section: str = "") -> Conversation:
    """A conversation whose answers cite a page of each document."""
    conversation = Conversation()
    for question in questions:
        sources = [Source(d.id, d.title, section, number, "Text.") for number, d in enumerate(of, start=3)]
        resolved = resolve(question, conversation, DOCUMENTS)
        conversation = conversation.after(turn_from(resolved, sources, DOCUMENTS))
    return conversation


def asked(question: str, conversation: Conversation) -> str:
    return resolve(question, conversation, DOCUMENTS).asked


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (
            "What is the access fee cap under Regulation NMS?",
            "and for broker-dealers?",
            "What is the access fee cap under Regulation NMS for broker-dealers?",
        ),
        (
            "What is the fee cap for small firms under Regulation NMS?",
            "And for dealers?",
            "What is the fee cap for dealers under Regulation NMS?",
        ),
        (
            "What is the effective date of Regulation NMS?",
            "what about the compliance date?",
            "What is the compliance date of Regulation NMS?",
        ),
        (
            "Must a broker keep a record under Regulation NMS?",
            "What about dealers?",
            "Must dealers keep a record under Regulation NMS?",
        ),
        (
            "What does Rule 611 of Regulation NMS require?",
            "and under Rule 612?",
            "What does Rule 612 of Regulation NMS require?",
        ),
        (
            "What does Rule 611 of Regulation NMS require?",
            "what does (a)(2) say?",
            "What does Rule 611(a)(2) say?",
        ),
        (
            "What is the access fee cap under Reg NMS?",
            "Does it apply to options?",
            "Does the access fee cap under Regulation NMS apply to options?",
        ),
        (
            "What is the compliance date of Regulation NMS?",
            "How much would it cost?",
            "How much would Regulation NMS cost?",
        ),
        (
            "What is the access fee cap under Regulation NMS?",
            "Is that still in force?",
            "Is the access fee cap under Regulation NMS still in force?",
        ),
        ("May a broker use an intermarket sweep order?", "define it", "Define an intermarket sweep order."),
        (
            "What is the access fee cap under Regulation NMS?",
            "why?",
            "What are the reasons for the access fee cap under Regulation NMS?",
        ),
        (
            "What is the highest access fee that Rule 610 of Regulation NMS allows?",
            "Why?",
            "What are the reasons for the limit on the access fee that Rule 610 of Regulation NMS allows?",
        ),
        (
            "What is the smallest increment that Rule 612 of Regulation NMS allows?",
            "Why?",
            "What are the reasons for the minimum increment that Rule 612 of Regulation NMS allows?",
        ),
        (
            "What does Rule 611(a)(1) of Regulation NMS require?",
            "and (b)(2)?",
            "What does Rule 611(b)(2) of Regulation NMS require?",
        ),
        (
            "What is the minimum increment under Rule 612 of Regulation NMS?",
            "and for stocks under one dollar?",
            "What is the minimum increment under Rule 612 of Regulation NMS for stocks under one dollar?",
        ),
        ("When must a broker route an order?", "Why?", "Why must a broker route an order?"),
        ("Must a broker route an order?", "When?", "When must a broker route an order?"),
        ("When must a broker route an order?", "Why must they do that?", "Why must a broker route an order?"),
        (
            "Why did the Commission adopt Regulation NMS?",
            "When did they do so?",
            "When did the Commission adopt Regulation NMS?",
        ),
        (
            "What is the access fee cap under Regulation NMS?",
            "What are the exceptions?",
            "What are the exceptions under Regulation NMS?",
        ),
        (
            "What is the access fee cap under Regulation NMS?",
            "Does the rule apply to options?",
            "Does Regulation NMS apply to options?",
        ),
        (
            "What is the access fee cap under Regulation NMS?",
            "What is its effective date?",
            "What is the effective date of Regulation NMS?",
        ),
    ],
)
def test_a_follow_up_is_asked_as_a_full_sentence_of_the_same_documents(
    before: str, question: str, expected: str
) -> None:
    found = resolve(question, after(before), DOCUMENTS)
    assert found == Resolved(question, expected, True, found.why, (NMS.id,))
    assert found.why


@pytest.mark.parametrize(
    "question",
    [
        "What is the compliance date of Regulation SCI?",
        "Is it legal to sell short in a falling market?",
        "How long does it take to register?",
        "What does it mean to trade through?",
        "Which rule says that quotations must be firm?",
        "When must an exchange repair a system if it fails?",
        "Does Regulation SCI bind an exchange, and what must it test?",
        "net capital of a broker",
        "Under Rule 15c3-1, how is net capital computed?",
        "And what is the minimum increment under Rule 612?",
        "For which securities must a broker close out?",
        "What is the second step of the test?",
        "Is there a rule against front running?",
        "What are the exceptions to the order protection rule?",
        "Must a broker tell a customer more than once?",
        "What about Regulation SCI made outages rarer?",
        "Thanks.",
    ],
)
def test_a_question_that_stands_on_its_own_is_left_alone(question: str) -> None:
    found = resolve(question, after("What is the access fee cap under Regulation NMS?"), DOCUMENTS)
    assert found == Resolved(question, question)


def test_the_first_question_is_left_alone() -> None:
    assert resolve("why?", Conversation(), DOCUMENTS) == Resolved("why?", "why?")


def test_the_adoption_of_a_proposal_is_asked_in_its_place() -> None:
    found = resolve(
        "and in the adopted rule?",
        after("Who is a retail customer under the proposed Regulation Best Interest?", of=(BIP,)),
        DOCUMENTS,
    )
    assert found.asked == "Who is a retail customer under the adopted Regulation Best Interest (34-86031)?"
    assert found.documents == (BI.id,)


def test_a_proposal_that_it_means_is_named_once() -> None:
    before = after("What is the care duty under the proposed Regulation Best Interest?", of=(BIP,))
    expected = "Does the care duty under the proposed Regulation Best Interest apply to dealers?"
    assert asked("Does it apply to dealers?", before) == expected


def test_what_the_adoption_says_is_asked_of_the_proposal() -> None:
    before = after("What is the care duty under Regulation Best Interest?", of=(BI,))
    found = resolve("What was proposed instead?", before, DOCUMENTS)
    expected = "What was proposed in 34-83062 with regard to the care duty under Regulation Best Interest?"
    assert (found.asked, found.documents) == (expected, (BIP.id,))


def test_it_is_never_a_person() -> None:
    before = after("Who is a retail customer under Regulation NMS?")
    assert asked("Does it apply to dealers?", before) == "Does Regulation NMS apply to dealers?"
    assert asked("How is that different in practice?", before) == (
        "How is the definition of a retail customer under Regulation NMS different in practice?"
    )


def test_a_release_that_is_named_takes_the_place_of_the_one_before() -> None:
    found = resolve("in 34-86031?", after("Who is a retail customer under release 34-83062?", of=(BIP,)), DOCUMENTS)
    assert found.asked == "Who is a retail customer under release 34-86031?"
    assert found.documents is None


def test_a_comparison_names_both_releases() -> None:
    found = resolve(
        "Compare that with Reg NMS", after("Which systems must be tested under Regulation SCI?", of=(SCI,)), DOCUMENTS
    )
    assert found.asked == "Compare Regulation SCI (34-73639) with Regulation NMS (34-51808)."
    assert found.documents == (SCI.id, NMS.id)


def test_the_definition_that_was_asked_for_is_what_is_compared() -> None:
    before = after("How does the proposed Regulation Best Interest define a retail customer?", of=(BIP,))
    found = resolve("Compare that with the adopted rule.", before, DOCUMENTS)
    assert found.asked == (
        "Compare the definition of retail customer in Regulation Best Interest (34-83062)"
        " with the adopted Regulation Best Interest (34-86031)."
    )
    assert found.documents == (BIP.id, BI.id)


def test_a_cited_source_is_asked_by_its_number() -> None:
    two = after("What is the access fee cap?", of=(NMS, SCI), section="II.B › Fees")
    for question in ("the second one?", "And the 2nd?", "what does [2] say?", "the last one"):
        found = resolve(question, two, DOCUMENTS)
        assert found.asked == "What does section II.B of 34-73639 say about the access fee cap?"
        assert found.documents == (SCI.id,)
    assert asked("the third one?", two) == "the third one?"
    headed = after("What is the access fee cap?", section="Fees")
    assert asked("the first one?", headed) == "What does “Fees” in 34-51808 say about the access fee cap?"
    assert asked("the first one?", after("What is a fee cap?")) == "What does page 3 of 34-51808 say about a fee cap?"


@pytest.mark.parametrize("question", ["more", "go on", "Tell me more.", "what else?", "in more detail please"])
def test_more_is_a_longer_answer_to_the_same_question(question: str) -> None:
    before = after("What is the access fee cap under Regulation NMS?")
    found = resolve(question, before, DOCUMENTS)
    assert (found.asked, found.more) == ("What is the access fee cap under Regulation NMS?", 1)
    again = before.after(turn_from(found, before.turns[0].sources, DOCUMENTS))
    assert resolve(question, again, DOCUMENTS).more == 2


@pytest.mark.parametrize("question", ["who said that?", "where does it say that?", "Which page?", "are you sure?"])
def test_where_something_stands_and_who_says_it_is_shown_by_the_same_question(question: str) -> None:
    found = resolve(question, after("What is the access fee cap?"), DOCUMENTS)
    assert found.asked == "What is the access fee cap?"
    assert "source says" in found.why


def test_a_third_question_leans_on_the_second_as_it_was_asked() -> None:
    conversation = after("Why did the Commission adopt the fee cap of Regulation NMS?", "And the sub-penny cap?")
    assert conversation.turns[1].asked == "Why did the Commission adopt the sub-penny cap of Regulation NMS?"
    assert asked("when?", conversation) == "When did the Commission adopt the sub-penny cap of Regulation NMS?"


def test_a_rule_of_another_series_is_not_kept_to_the_documents_before() -> None:
    before = after("What does Rule 611 of Regulation NMS require?")
    assert resolve("and under Rule 15c3-5?", before, DOCUMENTS).documents is None


def test_a_turn_survives_json() -> None:
    turn = after("What is the access fee cap under Regulation NMS?", section="II.B › Fees").turns[0]
    assert turn.subject == "Regulation NMS"
    assert turn_from_json(json.loads(json.dumps(turn_json(turn))), "here") == turn
    with pytest.raises(SourceError, match="here does not hold"):
        turn_from_json({"question": "x"}, "here")
    with pytest.raises(SourceError):
        turn_from_json(turn_json(turn) | {"more": "often"}, "here")


def _answer(question: str, documents: tuple[str, ...]) -> Answer:
    citation = Citation(
        document_id=NMS.id,
        title=NMS.title,
        page=3,
        page_label=None,
        section="",
        quote="Text.",
        start=0,
        end=5,
        page_start=0,
        page_end=5,
        verified=True,
        status="",
        voice=Voice.PREAMBLE,
    )
    if documents:
        return Answer(question, (), True, {"relaxed": ["a year"]}, (), "extractive")
    return Answer(question, (Claim("Text.", (citation,)),), False, {}, (), "extractive")


def test_the_documents_before_are_left_where_they_do_not_answer_and_that_is_said() -> None:
    scopes = []

    def ask(question: str, scope: Scope, more: int) -> Answer:
        scopes.append((scope.documents, more))
        return _answer(question, scope.documents)

    before = after("What is the access fee cap under Regulation NMS?")
    found = reply("why?", before, ask, Scope(), DOCUMENTS)
    assert scopes == [((NMS.id,), 0), ((), 0)]
    assert found.answer.searched["relaxed"] == [
        "the documents of the answer before do not answer this; searched the others, too"
    ]
    assert isinstance(found.conversation.last, Turn)
    assert found.conversation.last.asked == "What are the reasons for the access fee cap under Regulation NMS?"
    assert found.conversation.last.documents == (NMS.id,)


def test_documents_that_the_user_chose_are_never_left() -> None:
    scopes = []

    def ask(question: str, scope: Scope, more: int) -> Answer:
        scopes.append((scope.documents, more))
        return replace(_answer(question, ()), abstained=True, claims=())

    before = after("What is the access fee cap under Regulation NMS?")
    reply("more", before, ask, Scope(documents=(SCI.id,)), DOCUMENTS)
    assert scopes == [((SCI.id,), 1)]
