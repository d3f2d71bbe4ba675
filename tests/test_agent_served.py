"""The agent and the command line over a real socket: LangChain's OpenAI package, a local server, a real library."""

import json
from pathlib import Path
from typing import Any

import pytest

import reglens
from corpus.errors import ModelError
from corpus.library import Library
from rag.agent import Agent
from rag.answer import AnswerSettings
from rag.budget import AgentSettings
from rag.events import Done, Text
from rag.models import MODEL_URL, load_chat
from rag.retrieve import Retriever
from tests.calling import RUN
from tests.chat_server import ChatServer, chat_server, tool_call
from tests.test_generate import KEPT_FIVE_YEARS, QUESTION, QUIET, library_of

KEY = "sk-live-0123456789abcdefghij"
ANY = AnswerSettings(min_support=0.0)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, only_this_machine: None) -> None:
    for variable in (MODEL_URL, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.fixture
def retriever(empty: Library, tmp_path: Path) -> Retriever:
    return library_of(empty, tmp_path, quiet=QUIET)


def agent_of(retriever: Retriever, server: ChatServer) -> Agent:
    return Agent(retriever, load_chat("openai:local", base_url=server.url, timeout_s=5), AgentSettings(), ANY)


def look(_: dict[str, Any]) -> dict[str, Any]:
    return tool_call("search", query="record of a quiet hour")


def good(body: dict[str, Any]) -> dict[str, Any]:
    shown = next(m["content"] for m in body["messages"] if m["role"] == "tool")
    number = next(n for n in range(1, 9) if KEPT_FIVE_YEARS in " ".join(shown.split(f'number="{n}"')[1].split()))
    citation = {"passage": number, "quote": KEPT_FIVE_YEARS}
    return {"content": json.dumps({"claims": [{"text": KEPT_FIVE_YEARS, "citations": [citation]}]})}


def test_it_looks_streams_and_counts(retriever: Retriever) -> None:
    with chat_server(look, good) as server:
        *_, text, done = agent_of(retriever, server).stream(QUESTION)
    assert text == Text(KEPT_FIVE_YEARS)
    assert isinstance(done, Done)
    usage = done.answer.usage
    assert usage is not None
    assert (usage.model_calls, usage.tool_calls, usage.input_tokens, usage.output_tokens) == (2, 1, 140, 40)
    names = {tool["function"]["name"] for tool in server.bodies[0]["tools"]}
    assert names == {"search", "read_pages", "follow_reference", "compare", "impact", "list_documents"}
    assert KEY not in json.dumps(server.bodies)


@pytest.mark.parametrize("option", ["temperature", "stream_options"])
def test_an_option_that_the_server_refuses_is_given_up(retriever: Retriever, option: str) -> None:
    def picky(body: dict[str, Any]) -> dict[str, Any] | tuple[int, str]:
        return (400, f"Unsupported parameter: '{option}'") if option in body else look(body)

    with chat_server(picky, picky, good) as server:
        found = agent_of(retriever, server).ask(QUESTION)
    assert [claim.text for claim in found.claims] == [KEPT_FIVE_YEARS]
    assert option in server.bodies[0]
    assert option not in server.bodies[1]


def test_an_error_of_the_server_is_told_without_the_key(retriever: Retriever) -> None:
    with (
        chat_server(lambda _: (400, f"the key {KEY} is odd")) as server,
        pytest.raises(ModelError, match=r"openai:local failed: .*the key \*\*\* is odd") as caught,
    ):
        agent_of(retriever, server).ask(QUESTION)
    assert KEY not in str(caught.value)


def test_the_command_tells_its_steps_apart_from_the_answer(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reglens, "open_library", lambda *_, **__: retriever.library)
    with chat_server(look, good) as server:
        monkeypatch.setenv(MODEL_URL, server.url)
        result = RUN.invoke(reglens.app, ["ask", QUESTION, "--agent", "--model", "openai:local", "--json"])
    assert result.exit_code == 0, result.output
    assert "Searching for “record of a quiet hour” …" in result.stderr
    found = json.loads(result.stdout)
    assert found["answer"] == f"{KEPT_FIVE_YEARS} [1]"
    assert found["notices"] == []
    assert found["usage"]["tool_calls"] == 1


def test_an_agent_without_a_model_is_refused(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reglens, "open_library", lambda *_, **__: retriever.library)
    result = RUN.invoke(reglens.app, ["ask", QUESTION, "--agent"])
    assert str(result.exception).startswith("an agent needs a language model")
