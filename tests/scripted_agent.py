"""A chat model of LangChain's that follows a script, and what a script needs."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from corpus.errors import ModelError
from corpus.pagemap import fold

Messages = Sequence[BaseMessage]
Turn = Callable[[Messages], AIMessage]
USAGE = UsageMetadata(input_tokens=100, output_tokens=10, total_tokens=110)


class ScriptedChat(BaseChatModel):
    """Replies what the script makes of the messages; its last entry is used again and again."""

    script: list[Turn]
    seen: list[list[BaseMessage]] = []  # noqa: RUF012  (pydantic copies it)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "ScriptedChat":
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        turn = self.script[min(len(self.seen), len(self.script) - 1)]
        self.seen.append(list(messages))
        return ChatResult(generations=[ChatGeneration(message=turn(messages))])


class StreamingChat(ScriptedChat):
    """The same, a few characters at a time."""

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        message = self._generate(messages).generations[0].message
        assert isinstance(message, AIMessage)
        calls = [
            tool_call_chunk(name=c["name"], args=json.dumps(c["args"]), id=c["id"], index=n)
            for n, c in enumerate(message.tool_calls)
        ]
        text = str(message.content)
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)] or [""]
        for number, piece in enumerate(pieces):
            chunk = AIMessageChunk(content=piece, tool_call_chunks=calls if number == 0 else [])
            if number == len(pieces) - 1:
                chunk.usage_metadata = message.usage_metadata
            yield ChatGenerationChunk(message=chunk)


class ScriptedModel:
    """What the agent takes for a model of the user's."""

    name = "scripted"

    def __init__(self, *script: Turn, streaming: bool = False) -> None:
        self.chat = (StreamingChat if streaming else ScriptedChat)(script=list(script))
        self.vendor: BaseChatModel = self.chat

    @property
    def calls(self) -> int:
        return len(self.chat.seen)

    def gives_up_an_option(self, refusal: str, mode: dict[str, Any]) -> bool:
        return False

    def failed(self, error: Exception) -> ModelError:
        return ModelError(f"{self.name} failed: {error}", remedy="try again")


_IDS = count()


def calling(tool: str, **given: Any) -> Turn:
    """Asks for a look."""
    return lambda _: asks((tool, given))


def asks(*calls: tuple[str, dict[str, Any]]) -> AIMessage:
    found = [{"name": tool, "args": given, "id": f"call-{next(_IDS)}"} for tool, given in calls]
    return AIMessage("", tool_calls=found, usage_metadata=USAGE)


def says(text: str) -> AIMessage:
    return AIMessage(text, usage_metadata=USAGE)


def replying(text: str) -> Turn:
    return lambda _: says(text)


def claiming(*given: tuple[str, str], words: str | None = None) -> Turn:
    """Claims each text with its quote, citing the passage that holds the quote, or ``words``."""

    def turn(messages: Messages) -> AIMessage:
        return says(
            json.dumps(
                {
                    "claims": [
                        {"text": t, "citations": [{"passage": number_of(messages, words or quote), "quote": quote}]}
                        for t, quote in given
                    ]
                }
            )
        )

    return turn


def looked_at(messages: Messages) -> str:
    """All that tools have shown."""
    return "\n\n".join(str(m.content) for m in messages if isinstance(m, ToolMessage))


def number_of(messages: Messages, words: str) -> int:
    """The number of the first passage that holds these words; 1 where none does."""
    blocks = re.findall(r'<passage number="(\d+)"(.*?)</passage>', looked_at(messages), re.DOTALL)
    return next((int(number) for number, block in blocks if words in fold(block)), 1)
