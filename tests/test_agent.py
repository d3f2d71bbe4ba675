"""The agent, with scripted models over small real libraries: its looks, its limits, its guard, its memory."""

import json
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, ToolMessage

from corpus.answers import Answer
from corpus.errors import ConfigError, ModelError, NotInLibrary
from corpus.library import Library
from rag.agent import Agent
from rag.answer import AnswerSettings
from rag.budget import AgentSettings
from rag.events import Done, Step, Text
from rag.modelsettings import ModelSettings
from rag.retrieve import Retriever
from rag.scope import Scope
from tests.scripted_agent import ScriptedModel, asks, calling, claiming, looked_at, replying, says
from tests.test_generate import KEPT_FIVE_YEARS, QUESTION, QUIET, library_of

HALTS = """\
SECURITIES AND EXCHANGE COMMISSION

I. The Halt Notice Rule

An exchange must publish a halt notice within fifteen minutes after trading stops. See Section II
of this release for the exceptions.

II. Exceptions

A halt notice need not be published where trading stops for less than one minute.
"""
ANY = AnswerSettings(min_support=0.0)
NONE = json.dumps({"claims": []})
LOOK = calling("search", query="record of a quiet hour")
GOOD = claiming((KEPT_FIVE_YEARS, KEPT_FIVE_YEARS))


@pytest.fixture
def retriever(empty: Library, tmp_path: Path) -> Retriever:
    return library_of(empty, tmp_path, quiet=QUIET, halts=HALTS)


def agent_of(retriever: Retriever, model: ScriptedModel, **limits: Any) -> Agent:
    return Agent(retriever, model, AgentSettings(**limits), ANY)


def asked(retriever: Retriever, *script: Any, question: str = QUESTION, **limits: Any) -> tuple[Answer, ScriptedModel]:
    model = ScriptedModel(*script)
    return agent_of(retriever, model, **limits).ask(question), model


def test_it_looks_and_then_answers_with_a_verified_citation(retriever: Retriever) -> None:
    found, model = asked(retriever, LOOK, GOOD)
    assert [claim.text for claim in found.claims] == [KEPT_FIVE_YEARS]
    assert [c.quote for c in found.claims[0].citations] == [KEPT_FIVE_YEARS]
    assert found.claims[0].citations[0].verified
    assert (found.model, found.dropped, found.abstained, found.notices) == ("scripted", (), False, ())
    assert model.calls == 2
    assert found.searched["tools"] == {"search": 1}
    assert found.searched["documents"] == 2


def test_calls_tokens_time_and_money_are_told(retriever: Retriever) -> None:
    price = ModelSettings(input_per_million=2.0, output_per_million=10.0, currency="EUR")
    found = Agent(retriever, ScriptedModel(LOOK, GOOD), AgentSettings(), ANY, price).ask(QUESTION)
    usage = found.usage
    assert usage is not None
    assert (usage.model_calls, usage.tool_calls, usage.input_tokens, usage.output_tokens) == (2, 1, 200, 20)
    assert usage.cost == pytest.approx(0.0006)
    assert usage.currency == "EUR"
    assert found.timings_ms["total"] >= usage.model_ms > 0


def test_tokens_that_the_provider_does_not_count_are_not_told(retriever: Retriever) -> None:
    found, _ = asked(retriever, lambda _: AIMessage(NONE))
    assert found.usage is not None
    assert (found.usage.model_calls, found.usage.input_tokens, found.usage.cost) == (1, None, None)


def test_its_steps_are_told_in_plain_words_then_the_text_then_the_answer(retriever: Retriever) -> None:
    model = ScriptedModel(LOOK, GOOD, streaming=True)
    events = list(agent_of(retriever, model).stream(QUESTION))
    assert events[0] == Step("search", "Searching for “record of a quiet hour”")
    assert events[1] == Text(KEPT_FIVE_YEARS)
    assert isinstance(events[2], Done)
    assert events[2].answer.claims[0].text == KEPT_FIVE_YEARS
    assert len(events) == 3


def test_a_statement_that_fails_is_not_told_while_the_model_writes(retriever: Retriever) -> None:
    false = "An exchange must keep each record of a quiet hour for at least nine years."
    model = ScriptedModel(LOOK, claiming((false, KEPT_FIVE_YEARS), (KEPT_FIVE_YEARS, KEPT_FIVE_YEARS)), streaming=True)
    *early, done = agent_of(retriever, model).stream(QUESTION)
    assert [event.delta for event in early if isinstance(event, Text)] == [KEPT_FIVE_YEARS]
    assert isinstance(done, Done)
    assert done.answer.dropped == ((false, "not in the cited passage: 9 years"),)


def test_citations_travel_beside_the_text_of_a_tool(retriever: Retriever) -> None:
    agent = agent_of(retriever, ScriptedModel(LOOK, GOOD))
    agent.ask(QUESTION, thread="t")
    (result,) = (m for m in agent.messages("t") if isinstance(m, ToolMessage))
    first = result.artifact[0]
    assert set(first) == {"number", "document_id", "start", "end", "section", "voice", "because"}
    assert first["number"] == 1


def test_a_passage_that_no_tool_showed_cannot_be_cited(retriever: Retriever) -> None:
    found, _ = asked(retriever, GOOD)
    assert found.dropped == ((KEPT_FIVE_YEARS, "it cites passage 1, which was not shown"),)
    assert found.searched["answered_by"] == "extractive"


def test_where_nothing_holds_the_documents_answer_and_say_so(retriever: Retriever) -> None:
    found, _ = asked(retriever, LOOK, claiming(("Records are kept in Delaware.", KEPT_FIVE_YEARS)))
    assert not found.abstained
    assert KEPT_FIVE_YEARS in [claim.text for claim in found.claims]
    assert found.notices == (
        "Nothing that scripted said passed the check, so this answer is made of the documents' own sentences.",
    )
    assert [text for text, _ in found.dropped] == ["Records are kept in Delaware."]


def test_a_model_that_finds_nothing_abstains_and_shows_what_came_nearest(retriever: Retriever) -> None:
    found, _ = asked(retriever, LOOK, replying(NONE))
    assert (found.abstained, found.claims) == (True, ())
    assert found.nearest
    assert found.notices == ("scripted found no answer in what it read.",)


def test_a_reply_that_cannot_be_read_is_asked_for_once_more(retriever: Retriever) -> None:
    found, model = asked(retriever, LOOK, replying("Five years, I think."), GOOD)
    assert [claim.text for claim in found.claims] == [KEPT_FIVE_YEARS]
    assert "could not be read: there is no JSON object in it" in str(model.chat.seen[2][-1].content)


def test_junk_twice_lets_the_documents_answer(retriever: Retriever) -> None:
    found, model = asked(retriever, LOOK, replying("Five years, I think."))
    assert model.calls == 3
    assert found.notices[0].startswith("The reply of scripted could not be read, so this answer")
    assert KEPT_FIVE_YEARS in [claim.text for claim in found.claims]


def test_a_model_that_only_looks_is_stopped_at_its_limit_of_replies(retriever: Retriever) -> None:
    found, model = asked(retriever, LOOK, max_model_calls=3)
    assert model.calls == 3
    assert "Reply now with the JSON object only" in str(model.chat.seen[2][-1].content)
    assert found.notices[0].startswith("scripted reached its limit of 3 replies without an answer, so this answer")
    assert KEPT_FIVE_YEARS in [claim.text for claim in found.claims]


def test_looks_beyond_the_limit_are_refused_and_the_answer_still_counts(retriever: Retriever) -> None:
    search = ("search", {"query": "record"})
    found, model = asked(retriever, lambda _: asks(search, search, search), GOOD, max_tool_calls=2)
    assert found.usage is not None
    assert found.usage.tool_calls == 2
    assert [m.status for m in model.chat.seen[1] if isinstance(m, ToolMessage)].count("error") == 1
    assert [claim.text for claim in found.claims] == [KEPT_FIVE_YEARS]


def test_a_budget_of_tokens_ends_it(retriever: Retriever) -> None:
    found, model = asked(retriever, LOOK, max_tokens=250)
    assert model.calls == 3  # 110 tokens each
    assert "limit of 250 tokens" in found.notices[0]


def test_tokens_are_estimated_where_the_provider_does_not_count(retriever: Retriever) -> None:
    wordy = AIMessage("x" * 400, tool_calls=asks(("search", {"query": "record"})).tool_calls)
    found, model = asked(retriever, lambda _: wordy, max_tokens=90)
    assert model.calls == 1
    assert "limit of 90 tokens" in found.notices[0]


def test_time_ends_it(retriever: Retriever) -> None:
    found, model = asked(retriever, LOOK, max_seconds=1e-9)
    assert model.calls == 0
    assert "limit of 1e-09 seconds" in found.notices[0]


@pytest.mark.parametrize("name", ["max_model_calls", "max_tool_calls", "max_tokens", "max_seconds", "context_tokens"])
def test_a_limit_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name}=0"):
        AgentSettings(**{name: 0})


def test_a_second_question_knows_the_first_and_may_cite_what_was_shown_for_it(retriever: Retriever) -> None:
    model = ScriptedModel(LOOK, GOOD, GOOD)
    agent = agent_of(retriever, model)
    agent.ask(QUESTION, thread="t")
    found = agent.ask("And for how many years is that?", thread="t")
    assert [str(m.content) for m in model.chat.seen[2] if m.type == "human"] == [
        QUESTION,
        "And for how many years is that?",
    ]
    assert [claim.text for claim in found.claims] == [KEPT_FIVE_YEARS]


def test_another_conversation_knows_nothing_of_it(retriever: Retriever) -> None:
    model = ScriptedModel(LOOK, GOOD, GOOD)
    agent = agent_of(retriever, model)
    agent.ask(QUESTION, thread="t")
    found = agent.ask(QUESTION, thread="u")
    assert found.dropped == ((KEPT_FIVE_YEARS, "it cites passage 1, which was not shown"),)


def test_numbers_of_passages_go_on_and_a_passage_keeps_its_own(retriever: Retriever) -> None:
    model = ScriptedModel(LOOK, replying(NONE), calling("search", query="halt notice"), replying(NONE))
    agent = agent_of(retriever, model)
    agent.ask(QUESTION, thread="t")
    agent.ask("And halts?", thread="t")
    results = [m.artifact for m in agent.messages("t") if isinstance(m, ToolMessage)]
    spans: dict[int, set[tuple[str, int]]] = {}
    for entry in (entry for artifact in results for entry in artifact):
        spans.setdefault(entry["number"], set()).add((entry["document_id"], entry["start"]))
    assert all(len(places) == 1 for places in spans.values())
    assert sorted(spans) == list(range(1, len(spans) + 1))


def test_what_a_provider_raises_becomes_an_error_in_words(retriever: Retriever) -> None:
    def failing(_: object) -> AIMessage:
        raise OSError("no route")

    with pytest.raises(ModelError, match="scripted failed: no route"):
        asked(retriever, failing)


def test_documents_outside_the_scope_are_not_looked_at(retriever: Retriever) -> None:
    halts = retriever.library.find("halts")
    model = ScriptedModel(
        calling("search", query="record of a quiet hour"), calling("read_pages", document="quiet", page="1"),
        calling("list_documents"), replying(NONE),
    )  # fmt: skip
    agent_of(retriever, model).ask(QUESTION, Scope(documents=(halts.id,)))
    shown = looked_at(model.chat.seen[-1])
    assert "'quiet' is not among the documents that are asked" in shown
    assert "five years" not in shown
    assert halts.id[:8] in shown


def test_a_scope_that_names_nothing_is_refused(retriever: Retriever) -> None:
    with pytest.raises(NotInLibrary):
        agent_of(retriever, ScriptedModel(GOOD)).ask(QUESTION, Scope(documents=("no such document",)))


def test_a_tool_that_does_not_exist_and_arguments_that_do_not_fit_are_answered_with_an_error(
    retriever: Retriever,
) -> None:
    found, model = asked(
        retriever, calling("delete_everything", path="/"), calling("read_pages", document=["x"]), LOOK, GOOD
    )
    assert [m.status for m in model.chat.seen[2] if isinstance(m, ToolMessage)] == ["error", "error"]
    assert [claim.text for claim in found.claims] == [KEPT_FIVE_YEARS]


def test_a_tool_call_without_a_tool_is_told_as_such(retriever: Retriever) -> None:
    events = agent_of(retriever, ScriptedModel(calling("delete_everything"), replying(NONE))).stream(QUESTION)
    assert next(iter(events)) == Step("delete_everything", "Asking for “delete_everything”, which there is no tool for")


def test_keys_of_the_environment_reach_neither_state_nor_events_nor_answer(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "sk-live-0123456789abcdefghij"
    monkeypatch.setenv("OPENAI_API_KEY", key)
    agent = agent_of(retriever, ScriptedModel(LOOK, GOOD))
    events = list(agent.stream(QUESTION, thread="t"))
    assert key not in repr(events)
    assert key not in repr(agent.messages("t"))


def test_old_results_are_taken_out_of_what_is_read_and_may_still_be_cited(retriever: Retriever) -> None:
    looks = [calling("search", query=f"record of a quiet hour {n}") for n in range(5)]
    citations = [{"passage": n, "quote": KEPT_FIVE_YEARS} for n in range(1, 9)]
    quoted = says(json.dumps({"claims": [{"text": KEPT_FIVE_YEARS, "citations": citations}]}))
    found, model = asked(retriever, *looks, lambda _: quoted, context_tokens=50)
    assert "(no longer shown)" in looked_at(model.chat.seen[-1])
    assert [claim.text for claim in found.claims] == [KEPT_FIVE_YEARS]
