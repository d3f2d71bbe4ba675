"""A language model that looks into the library itself, with tools that can only read.

``rag/loop.py`` runs it. Whatever the model reads, or is told by a filing, nothing that it says
reaches the user but through ``rag/guard.py``; where nothing is left, the documents' own
sentences answer.
"""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.answers import Account, Answer
from corpus.pagemap import fold
from corpus.printable import printable
from rag.answer import AnswerSettings, answer
from rag.budget import AgentSettings, Run
from rag.careful import CarefulRetriever
from rag.events import Done, Event, Step, Text, step
from rag.fallback import NO_ANSWER, NOT_READABLE, NOTHING_HELD, fall_back
from rag.guard import Checked, Shown, check_claims, claims_so_far, read_reply, unreadable
from rag.ledger import Ledger
from rag.loop import AgentModel, Call, Loop
from rag.modelsettings import ModelSettings
from rag.prompt import disarm
from rag.retrieve import Retriever
from rag.scope import Scope
from rag.tools import Tools

_NEAREST = 3


class Agent:
    """Answers questions, and remembers each conversation for as long as it lives.

    Args:
        retriever: finds passages.
        model: chooses what to look up, and words the answer.
        settings: how far it may go.
        answering: of the extractive answer that is given where nothing of the model's holds.
        price: of the model.
    """

    def __init__(
        self,
        retriever: Retriever,
        model: AgentModel,
        settings: AgentSettings | None = None,
        answering: AnswerSettings | None = None,
        price: ModelSettings | None = None,
    ) -> None:
        self._retriever = CarefulRetriever(retriever)
        self._model = model
        self._settings = settings or AgentSettings()
        self._answering = answering or AnswerSettings()
        self._price = price or ModelSettings()
        self._loop = Loop(model, self._settings)

    def ask(
        self,
        question: str,
        scope: Scope | None = None,
        thread: str | None = None,
        tell: Callable[[Step], None] = lambda step: None,
    ) -> Answer:
        """The answer; arguments and errors are those of :meth:`stream`, and ``tell`` is told each step."""
        for event in self.stream(question, scope, thread):
            if isinstance(event, Step):
                tell(event)
            elif isinstance(event, Done):
                return event.answer
        raise AssertionError("an agent's last event is its answer")

    def stream(self, question: str, scope: Scope | None = None, thread: str | None = None) -> Iterator[Event]:
        """Steps and statements as they come, then the answer.

        Args:
            question: in the user's words.
            scope: documents outside it are not looked at.
            thread: names a conversation; its earlier questions and look-ups are known. None begins one.

        Raises:
            ModelError: if the model gives no reply.
            NotInLibrary: if the scope names a document that is not there.
        """
        began = time.perf_counter()
        thread = thread or uuid.uuid4().hex
        ledger = Ledger(self._retriever.library, self._loop.entries(thread))
        tools = Tools(self._retriever, ledger, scope or Scope())
        run = Run(self._settings)
        yield from self._work(question, thread, tools, ledger, run)
        shown = Ledger(self._retriever.library, self._loop.entries(thread)).shown()
        found = self._answer(question, scope, run, shown)
        searched = found.searched | {
            "documents": tools.documents,
            "passages_read": len(shown.passages),
            "passages_withheld": run.withheld,
            "tools": dict(run.looked),
        }
        timings = found.timings_ms | {"model": run.model_ms, "total": (time.perf_counter() - began) * 1000}
        yield Done(replace(found, searched=searched, timings_ms=timings, usage=self._price.of(run.usage)))

    def messages(self, thread: str) -> Sequence[Any]:
        """What a conversation holds, as LangChain's messages."""
        return self._loop.messages(thread)

    def _work(self, question: str, thread: str, tools: Tools, ledger: Ledger, run: Run) -> Iterator[Step | Text]:
        """Let the model look and reply; what it says is told as far as it holds."""
        written, told, reply = "", 0, None
        for event in self._loop.run(disarm(fold(printable(question))), thread, tools, run):
            if isinstance(event, Call):
                yield step(event.tool, event.given, tools.title)
                continue
            if event.reply != reply:
                written, told, reply = "", 0, event.reply
            written += event.delta
            claims = claims_so_far(written)
            if len(claims) > told:
                kept = check_claims(claims[told:], ledger.shown(), self._retriever.library).kept
                yield from (Text(claim.text) for claim in kept)
                told = len(claims)

    def _answer(self, question: str, scope: Scope | None, run: Run, shown: Shown) -> Answer:
        model = self._model.name
        checked, why = self._checked(run, shown)
        if why:
            return fall_back(
                why, question, self._retriever, self._answering, scope,
                model=model, usage=run.usage, dropped=checked.dropped,
            )  # fmt: skip
        if checked.kept:
            return Answer(question, checked.kept, False, {}, (), model, checked.dropped)
        near = answer(question, self._retriever, self._answering, scope)
        nearest = near.nearest or tuple(c for claim in near.claims for c in claim.citations)[:_NEAREST]
        silent = Answer(question, (), True, near.searched, nearest, model, account=Account(near.account.plan))
        return silent.noting(f"{NO_ANSWER.format(model=model)}.")

    def _checked(self, run: Run, shown: Shown) -> tuple[Checked, str]:
        """What holds of the model's reply, and where nothing does, why."""
        model = self._model.name
        if run.limit:
            return Checked(), f"{model} reached its limit of {run.limit} without an answer"
        try:
            given = read_reply(run.reply or "")
        except ValueError as problem:
            return Checked((), unreadable(run.reply or "", str(problem))), NOT_READABLE.format(model=model)
        checked = check_claims(given, shown, self._retriever.library)
        failed = bool(checked.dropped) and not checked.kept
        return checked, NOTHING_HELD.format(model=model) if failed else ""
