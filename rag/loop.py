"""LangChain's agent loop: the model replies or asks for a look, until it has answered or a limit is reached.

LangChain and LangGraph are imported on first use.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from corpus.errors import ModelError, NotInLibrary
from corpus.printable import printable
from rag.budget import AgentSettings, Run
from rag.guard import read_reply
from rag.ledger import Entry
from rag.models import switch_off_tracing, vendor_errors
from rag.prompt import AGENT_SYSTEM, LAST_CALL, RETRY, disarm
from rag.tools import Looked, Tools

if TYPE_CHECKING:
    from langchain.agents.middleware import AgentMiddleware
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import RunnableConfig
    from langchain_core.tools import BaseTool

_STEPS_A_CALL = 12  # of LangGraph's, for one reply and the looks that it asks for
_Result = tuple[str, list[dict[str, Any]]]


class AgentModel(Protocol):
    """A chat model of LangChain's under the name that the user gave it; see :class:`rag.models.LangChainModel`."""

    name: str
    vendor: "BaseChatModel"

    def gives_up_an_option(self, refusal: str, mode: dict[str, Any]) -> bool:
        """Do without what the server refuses; False where that cannot be done."""
        ...

    def failed(self, error: Exception) -> ModelError:
        """What the provider's package raised, in words and without keys."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """A look that the model asks for; its arguments may be anything."""

    tool: str
    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of a reply as it is written, not checked.

    Attributes:
        reply: tells one reply from another.
    """

    reply: str | None
    delta: str


class Loop:
    """Runs a model with tools, and keeps what was said by conversation for as long as it lives.

    Args:
        model: is run.
        settings: how far it may go.
    """

    def __init__(self, model: AgentModel, settings: AgentSettings) -> None:
        from langgraph.checkpoint.memory import InMemorySaver

        switch_off_tracing()
        self._model, self._settings, self._saver = model, settings, InMemorySaver()

    def messages(self, thread: str) -> Sequence[Any]:
        """What was said in a conversation, as LangChain's messages."""
        saved = self._saver.get(self._config(thread))
        return saved["channel_values"].get("messages", ()) if saved else ()

    def entries(self, thread: str) -> list[Entry]:
        """The passages that a conversation's tools have shown, from the artifacts of their results."""
        artifacts = (getattr(message, "artifact", None) or () for message in self.messages(thread))
        return [Entry(**value) for artifact in artifacts for value in artifact]

    def run(self, question: str, thread: str, tools: Tools, run: Run) -> Iterator[Call | Written]:
        """Let the model look and reply; ``run`` holds its last reply, or the limit that ended it.

        Args:
            question: is put to it after what was said before.
            thread: names the conversation.
            tools: what it may look with.
            run: counts what is spent.

        Raises:
            ModelError: if the model gives no reply.
        """
        from langchain.agents import create_agent

        graph: Any = create_agent(
            self._model.vendor,
            _langchain_tools(tools, run),
            system_prompt=AGENT_SYSTEM,
            middleware=[*_limits(self._settings), _watch(run, self._model)],
            checkpointer=self._saver,
        )
        asked = {"messages": [("user", question)]}
        for mode, event in graph.stream(asked, self._config(thread), stream_mode=["updates", "messages"]):
            if mode == "messages":
                chunk, about = event
                if about.get("langgraph_node") == "model":
                    yield Written(chunk.id, str(chunk.text))
                continue
            for node, update in event.items():
                if node.startswith("ModelCallLimitMiddleware.before") and update:
                    run.limit = f"{self._settings.max_model_calls} replies"
                yield from _calls(node, update)

    def _config(self, thread: str) -> "RunnableConfig":
        return {
            "configurable": {"thread_id": thread},
            "recursion_limit": _STEPS_A_CALL * (self._settings.max_model_calls + 2),
        }


def _calls(node: str, update: Any) -> Iterator[Call]:
    for message in (update or {}).get("messages", ()) if node == "model" else ():
        for call in getattr(message, "tool_calls", ()):
            yield Call(call["name"], call["args"])


class _Look:
    """Runs one tool at a time, and counts it."""

    def __init__(self, run: Run) -> None:
        self._run, self._lock = run, threading.Lock()

    def __call__(self, tool: str, find: Callable[[], Looked]) -> _Result:
        with self._lock:
            self._run.looked[tool] = self._run.looked.get(tool, 0) + 1
            try:
                looked = find()
            except NotInLibrary as error:
                return disarm(printable(str(error))), []
            self._run.withheld += looked.withheld
            return looked.text, [entry.as_json() for entry in looked.entries]


def _langchain_tools(tools: Tools, run: Run) -> list["BaseTool"]:
    """The tools as the model is told of them; each result's places travel as its artifact."""
    from langchain.tools import tool

    look = _Look(run)

    @tool(response_format="content_and_artifact")
    def search(
        query: Annotated[str, "What to look for, as a question or in key words."],
        document: Annotated[str, "Only in this document: its id, release number or title."] = "",
    ) -> _Result:
        """Find the passages that come nearest to a query."""
        return look("search", lambda: tools.search(query, document))

    @tool(response_format="content_and_artifact")
    def read_pages(
        document: Annotated[str, "Its id, release number or title."],
        page: Annotated[str, "The page as printed, or its number in the file."],
        more: Annotated[int, "How many pages after it, at most 2."] = 0,
    ) -> _Result:
        """Read a page of a document, and up to two after it."""
        return look("read_pages", lambda: tools.read_pages(document, page, more))

    @tool(response_format="content_and_artifact")
    def follow_reference(
        passage: Annotated[int, "Number of a passage that was shown."],
        reference: Annotated[str, "What it refers to, e.g. footnote 157, Section III.B.2 or 34-51808."],
    ) -> _Result:
        """Read what a shown passage refers to."""
        return look("follow_reference", lambda: tools.follow_reference(passage, reference))

    @tool(response_format="content_and_artifact")
    def compare(
        first: Annotated[str, "The earlier document."],
        second: Annotated[str, "The later document."],
        topic: Annotated[str, "Only what concerns this."] = "",
    ) -> _Result:
        """See what changed from one document to another, e.g. from a proposal to the adopted rule."""
        return look("compare", lambda: tools.compare(first, second, topic))

    @tool(response_format="content_and_artifact")
    def impact(
        document: Annotated[str, "Its id, release number or title."],
        actor: Annotated[str, "Only who is called so, e.g. broker-dealers."] = "",
    ) -> _Result:
        """List who must do what by when under a document."""
        return look("impact", lambda: tools.impact(document, actor))

    @tool(response_format="content_and_artifact")
    def list_documents(words: Annotated[str, "Words of the title or number; all, if empty."] = "") -> _Result:
        """List the documents of the library."""
        return look("list_documents", lambda: tools.list_documents(words))

    return [search, read_pages, follow_reference, compare, impact, list_documents]


def _limits(settings: AgentSettings) -> list["AgentMiddleware[Any, Any]"]:
    """Limits on replies and looks; old results are not read again and again."""
    from langchain.agents import middleware

    old_results = middleware.ClearToolUsesEdit(trigger=settings.context_tokens, placeholder="(no longer shown)")
    return [
        middleware.ModelCallLimitMiddleware(run_limit=settings.max_model_calls, exit_behavior="end"),
        middleware.ToolCallLimitMiddleware(run_limit=settings.max_tool_calls, exit_behavior="continue"),
        middleware.ContextEditingMiddleware(edits=[old_results]),
    ]


def _watch(run: Run, model: AgentModel) -> "AgentMiddleware[Any, Any]":
    """Counts what is spent, ends a run in time, and asks once for a reply that can be read."""
    from langchain.agents.middleware import AgentMiddleware
    from langchain.agents.middleware.types import hook_config
    from langchain_core.messages import HumanMessage

    class Watch(AgentMiddleware[Any, Any]):
        @hook_config(can_jump_to=["end"])
        def before_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:
            run.limit = run.exhausted()
            return {"jump_to": "end"} if run.limit else None

        def wrap_model_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
            if run.on_last_call:
                request = request.override(messages=[*request.messages, HumanMessage(LAST_CALL)])
            began = time.perf_counter()
            response = _reply(request, handler, model)
            run.model_ms += (time.perf_counter() - began) * 1000
            message = response.result[-1]
            _count(run, request.messages, message)
            run.reply = None if message.tool_calls else printable(str(message.text))
            return response

        @hook_config(can_jump_to=["model"])
        def after_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:
            problem = None if run.reply is None or run.retried else _problem(run.reply)
            if problem is None:
                return None
            run.retried = True
            return {"messages": [HumanMessage(RETRY.format(error=problem))], "jump_to": "model"}

    return Watch()


def _reply(request: Any, handler: Callable[[Any], Any], model: AgentModel) -> Any:
    """The model's reply, without an option that its server refuses; errors in words."""
    from langchain_core.exceptions import ModelInvalidRequestError

    try:
        return handler(request.override(model=model.vendor))
    except ModelInvalidRequestError as error:
        if not model.gives_up_an_option(str(error), {}):
            raise model.failed(error) from error
        return _reply(request, handler, model)
    except vendor_errors() as error:
        raise model.failed(error) from error


def _count(run: Run, read: Sequence[Any], reply: Any) -> None:
    usage = reply.usage_metadata
    counted = (usage["input_tokens"], usage["output_tokens"]) if usage else None
    run.spent(sum(len(str(message.text)) for message in read), len(str(reply.text)), counted)


def _problem(reply: str) -> str | None:
    try:
        read_reply(reply)
    except ValueError as problem:
        return str(problem)
    return None
