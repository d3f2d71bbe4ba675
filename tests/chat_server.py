"""A server on this machine that speaks the chat completion protocol in pieces, and follows a script."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[dict[str, Any]], dict[str, Any] | tuple[int, str]]


class ChatServer:
    """Answers each request by the next entry of the script; the last one is used again and again.

    Attributes:
        bodies: what it was sent.
    """

    def __init__(self, *script: Reply) -> None:
        self.bodies: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.bodies.append(body)
                reply = script[min(len(outer.bodies), len(script)) - 1](body)
                if isinstance(reply, tuple):
                    error = {"message": reply[1], "type": "error", "code": None}
                    self._send(reply[0], "application/json", json.dumps({"error": error}))
                else:
                    assert body["stream"], "the agent streams"
                    self._send(200, "text/event-stream", "".join(_events(reply, body)))

            def _send(self, status: int, kind: str, text: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/v1"


@contextmanager
def chat_server(*script: Reply) -> Iterator[ChatServer]:
    """A running server."""
    server = ChatServer(*script)
    thread = threading.Thread(target=server.http.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.http.shutdown()
    thread.join()
    server.http.server_close()


def _events(delta: dict[str, Any], body: dict[str, Any]) -> Iterator[str]:
    about = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "local"}
    text = delta.get("content") or ""
    pieces = [text[at : at + 9] for at in range(0, len(text), 9)]
    deltas = [{"content": piece} for piece in pieces] or [delta]
    for piece in [{"role": "assistant"} | deltas[0], *deltas[1:]]:
        yield _event(about | {"choices": [{"index": 0, "delta": piece, "finish_reason": None}]})
    why = "tool_calls" if "tool_calls" in delta else "stop"
    yield _event(about | {"choices": [{"index": 0, "delta": {}, "finish_reason": why}]})
    if body.get("stream_options", {}).get("include_usage"):
        usage = {"prompt_tokens": 70, "completion_tokens": 20, "total_tokens": 90}
        yield _event(about | {"choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value)}\n\n"


def tool_call(tool: str, **given: object) -> dict[str, Any]:
    """The message of a model that asks for a look."""
    function = {"name": tool, "arguments": json.dumps(given)}
    return {"content": None, "tool_calls": [{"index": 0, "id": "call-1", "type": "function", "function": function}]}
