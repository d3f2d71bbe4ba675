"""The whole loop with a real language model: SmolLM2 (135M) invents, and only what is on the page is shown."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from corpus.answers import Answer
from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.pagemap import fold
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from rag.answer import AnswerSettings
from rag.generate import answer_with_model
from rag.models import Completion, load_chat
from rag.retrieve import Retriever

ROOT = Path(__file__).parents[1]
GGUF = "REGLENS_TEST_GGUF"
RULE = """\
I. The Quiet Hours Rule

An exchange must keep each record of a quiet hour for at least five years.
The fee for a halt notice may not exceed $0.003 per share. A quiet hour begins at nine in the evening.

II. Who Must Comply

A broker-dealer with more than 5,000 retail customers must send each customer a short notice
before the first quiet hour of the year.
"""
KEPT = "An exchange must keep each record of a quiet hour for at least five years."
QUESTIONS = (
    "How long must an exchange keep each record of a quiet hour?",
    "What is the fee for a halt notice?",
    "Who must send a notice before the first quiet hour?",
    "When does a quiet hour begin?",
)

pytestmark = pytest.mark.local_model


class Overheard:
    """A chat model whose replies are kept; ``beside`` is a true statement that is put among those it makes."""

    def __init__(self, address: str, beside: str = "") -> None:
        self._beside = beside
        self._chat = load_chat("openai:local", base_url=f"{address}/v1", timeout_s=300)
        self.name = self._chat.name
        self.leaves_machine = self._chat.leaves_machine
        self.replies: list[str] = []

    def complete(self, system: str, user: str) -> Completion:
        completion = self._chat.complete(system, user)
        self.replies.append(completion.text)
        if not self._beside:
            return completion
        numbers = [number for number, text in enumerate(user.split("</passage>"), start=1) if self._beside in text]
        true = {"text": self._beside, "citations": [{"passage": numbers[0], "quote": self._beside}]}
        return replace(completion, text=json.dumps({"claims": [*(invented(completion.text) or []), true]}))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the model is served."""
    model = os.environ.get(GGUF, "")
    if not Path(model).is_file():
        pytest.skip(f"no language model is at hand: {GGUF} names no file (.ci/run fetches one)")
    if find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed, so no language model can be served")
    command = [sys.executable, "-m", "tests.local_server", model]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            told = server.stdout.readline().strip()
            assert told.startswith("http://127.0.0.1:"), "the server did not start"
            yield told
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("local")
    (folder / "rule.txt").write_text(RULE)
    found = Library(folder / "library", HashEmbedder(), create=True)
    assert not ingest(found, find_sources([folder / "rule.txt"])[0], ChunkSettings()).failed
    yield found
    found.close()


@pytest.fixture(scope="module")
def answered(address: str, library: Library) -> list[tuple[Answer, list[str]]]:
    """Each question's answer, and what the model wrote for it."""
    found = []
    for question in QUESTIONS:
        model = Overheard(address)
        answer = answer_with_model(question, Retriever(library), model, AnswerSettings(min_support=0.0))
        found.append((answer, model.replies))
    return found


def invented(reply: str) -> list[Any] | None:
    """The claims in a reply that is JSON from end to end; None where it is not."""
    try:
        found = json.loads(reply)
    except json.JSONDecodeError:
        return None
    claims = found.get("claims") if isinstance(found, dict) else None
    return claims if isinstance(claims, list) else None


def test_nothing_is_shown_that_was_not_found_on_the_page(answered: list[tuple[Answer, list[str]]]) -> None:
    page = fold(RULE)
    for answer, replies in answered:
        assert answer.model == "openai:local"
        assert answer.searched["model_calls"] == len(replies) > 0
        assert answer.abstained == (not answer.claims)
        for claim in answer.claims:
            assert claim.citations
            assert all(citation.verified for citation in claim.citations)
            assert all(fold(citation.quote) in page for citation in claim.citations)


def test_what_the_model_invented_is_dropped_and_counted(answered: list[tuple[Answer, list[str]]]) -> None:
    for answer, replies in answered:
        assert all(reason for _, reason in answer.dropped)
        wrote = invented(replies[-1])
        if wrote is None:
            assert answer.dropped or answer.claims
        else:
            told = () if answer.searched.get("answered_by") == "extractive" else answer.claims
            assert len(answer.dropped) + len(told) == len(wrote)
    assert sum(len(answer.dropped) for answer, _ in answered) > 0


def test_among_the_inventions_a_true_statement_is_shown_alone(address: str, library: Library) -> None:
    model = Overheard(address, beside=KEPT)
    answer = answer_with_model(QUESTIONS[0], Retriever(library), model, AnswerSettings(min_support=0.0))
    (claim,) = answer.claims
    assert claim.text == KEPT
    assert [citation.quote for citation in claim.citations] == [KEPT]
    assert claim.citations[0].verified
    assert claim.citations[0].section == "I › The Quiet Hours Rule"
    assert len(answer.dropped) == len(invented(model.replies[-1]) or [])
