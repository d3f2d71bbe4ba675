"""The adapter to LangChain, over real sockets: a small server that speaks the chat completion JSON."""

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from corpus.errors import ModelError
from rag.models import MODEL_URL, ChatModel, load_chat

Respond = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]
KEY = "sk-test-0123456789abcdef"


class Server:
    """Answers every POST by ``respond`` and keeps what it was sent."""

    def __init__(self) -> None:
        self.respond: Respond = lambda _: (200, completion("Hello."))
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.delay_s = 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.bodies.append(body)
                outer.keys.append(self.headers["Authorization"])
                time.sleep(outer.delay_s)
                status, value = outer.respond(body)
                data = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with suppress(OSError):  # the client may have given up
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "1", "object": "chat.completion", "created": 1, "model": "local",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9},
    }  # fmt: skip


def refusal(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "error", "code": None}}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for variable in ("OPENAI_API_KEY", MODEL_URL, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def chat(server: Server) -> ChatModel:
    return load_chat("openai:local", base_url=server.url, timeout_s=5)


def test_a_reply_comes_with_its_token_counts(chat: ChatModel, server: Server) -> None:
    reply = chat.complete("Be brief.", "Greet me.")
    assert (reply.text, reply.input_tokens, reply.output_tokens) == ("Hello.", 7, 2)
    sent = server.bodies[0]
    assert sent["model"] == "local"
    assert sent["temperature"] == 0
    assert [(m["role"], m["content"]) for m in sent["messages"]] == [("system", "Be brief."), ("user", "Greet me.")]


def test_the_model_keeps_the_name_the_user_gave_and_stays_on_this_machine(chat: ChatModel) -> None:
    assert chat.name == "openai:local"
    assert not chat.leaves_machine


def test_json_is_demanded_when_the_prompt_asks_for_an_object(chat: ChatModel, server: Server) -> None:
    chat.complete("Reply with one JSON object.", "Greet me.")
    chat.complete("Be brief.", "Greet me.")
    assert server.bodies[0]["response_format"] == {"type": "json_object"}
    assert "response_format" not in server.bodies[1]


@pytest.mark.parametrize("option", ["temperature", "response_format"])
def test_an_option_that_the_server_refuses_is_left_out_from_then_on(
    chat: ChatModel, server: Server, option: str
) -> None:
    server.respond = lambda body: (
        (400, refusal(f"'{option}' is not supported")) if option in body else (200, completion("Hello."))
    )
    assert chat.complete("Reply with one JSON object.", "Greet me.").text == "Hello."
    assert chat.complete("Reply with one JSON object.", "Greet me.").text == "Hello."
    assert [option in body for body in server.bodies] == [True, False, False]


def test_a_reply_cut_off_at_the_length_limit_is_still_a_reply(chat: ChatModel, server: Server) -> None:
    cut = completion('{"claims": [')
    cut["choices"][0]["finish_reason"] = "length"
    server.respond = lambda _: (200, cut)
    assert chat.complete("Reply with one JSON object.", "Greet me.").text == '{"claims": ['


def test_a_server_error_is_told_after_one_more_try(chat: ChatModel, server: Server) -> None:
    server.respond = lambda _: (500, refusal("out of memory"))
    with pytest.raises(ModelError, match=r"openai:local failed: .*out of memory"):
        chat.complete("Be brief.", "Greet me.")
    assert len(server.bodies) == 2


def test_a_refused_request_is_told(chat: ChatModel, server: Server) -> None:
    server.respond = lambda _: (400, refusal("the prompt is longer than the context"))
    with pytest.raises(ModelError, match="longer than the context"):
        chat.complete("Be brief.", "Greet me.")


def test_a_model_that_does_not_answer_in_time_is_given_up(server: Server) -> None:
    server.delay_s = 1.0
    impatient = load_chat("openai:local", base_url=server.url, timeout_s=0.2)
    with pytest.raises(ModelError, match=r"did not answer within 0\.2 seconds"):
        impatient.complete("Be brief.", "Greet me.")


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    absent = load_chat("openai:local", base_url=f"http://127.0.0.1:{port}/v1", timeout_s=5)
    with pytest.raises(ModelError, match=f"cannot be reached at 127.0.0.1:{port}") as caught:
        absent.complete("Be brief.", "Greet me.")
    assert caught.value.remedy == "start its server, or check the address"


def test_a_key_is_sent_but_never_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    keyed = load_chat("openai:local", base_url=server.url, timeout_s=5)
    for status in (401, 403, 422):
        server.respond = lambda _, status=status: (status, refusal(f"wrong key {KEY}"))  # type: ignore[misc]
        with pytest.raises(ModelError) as caught:
            keyed.complete("Be brief.", "Greet me.")
        assert KEY not in str(caught.value)
    assert server.keys[0] == f"Bearer {KEY}"


def test_without_a_key_a_named_server_gets_a_dummy(chat: ChatModel, server: Server) -> None:
    chat.complete("Be brief.", "Greet me.")
    assert server.keys == ["Bearer unused"]


def test_the_address_may_come_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_URL, server.url)
    assert load_chat("openai:local").complete("Be brief.", "Greet me.").text == "Hello."


def test_a_missing_key_is_named_with_its_variable(server: Server) -> None:
    with pytest.raises(ModelError, match="there is no key for openai:gpt-4o") as caught:
        load_chat("openai:gpt-4o")
    assert caught.value.remedy == "set the environment variable OPENAI_API_KEY"
    assert server.bodies == []


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_groq", None)
    with pytest.raises(ModelError, match="groq:llama needs a package") as caught:
        load_chat("groq:llama")
    assert caught.value.remedy == "pip install langchain-groq"


@pytest.mark.parametrize("name", ["gpt", "", ":", "openai:", "acme:roadrunner"])
def test_a_name_that_is_none_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        load_chat(name)
    assert caught.value.remedy == "write provider:model, e.g. openai:gpt-5 or ollama:llama3"


def test_an_address_without_a_scheme_is_refused() -> None:
    with pytest.raises(ModelError, match="is not a model server's address"):
        load_chat("openai:local", base_url="127.0.0.1:8080")


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("http://localhost:8080/v1", False),
        ("http://[::1]:8080/v1", False),
        ("http://10.0.0.7:8080/v1", True),
        ("https://models.example/v1", True),
    ],
)
def test_only_a_loopback_address_is_this_machine(server: Server, url: str, leaves: bool) -> None:
    assert load_chat("openai:local", base_url=url).leaves_machine is leaves


def test_through_a_proxy_even_a_loopback_address_leaves(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert load_chat("openai:local", base_url="http://127.0.0.1:8080/v1").leaves_machine


def test_tracing_stays_off_even_where_the_environment_switches_it_on(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langsmith.utils import get_env_var, tracing_is_enabled

    for variable in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(variable, "true")
    get_env_var.cache_clear()  # type: ignore[attr-defined]
    assert tracing_is_enabled()
    get_env_var.cache_clear()  # type: ignore[attr-defined]
    load_chat("openai:local", base_url=server.url)
    assert not tracing_is_enabled()
    assert os.environ["LANGSMITH_TRACING"] == "false"
