"""A language model words the answer; every statement it makes is checked before anyone sees it.

The model reads numbered passages and must quote them. A quote is looked up in the
passage's text, a claim is compared with what it quotes (``rag/check.py``), and what fails
is dropped, with the reason. The model is asked only when the passages come near enough to
the question for an extractive answer: weak evidence costs nothing and ends in an abstention.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from corpus.library import Library
from corpus.pagemap import fold
from corpus.records import Answer, Citation, Claim, Kind, Passage, Voice
from rag.answer import AnswerSettings, finish, read, reading_of
from rag.check import Quoted, claim_fault, quote_fault
from rag.cite import cite_passage, find_quote
from rag.models import ChatModel
from rag.prompt import SYSTEM, addresses_a_model, prompt_of, rearm
from rag.retrieve import Found, Retriever
from rag.scope import Scope

_RETRY = "Your last reply could not be read: {error}. Reply with the JSON object only."
_SHOWN_OF_REPLY = 200
_TRIED_BRACES = 100
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def answer_with_model(
    question: str,
    retriever: Retriever,
    model: ChatModel,
    settings: AnswerSettings | None = None,
    scope: Scope | None = None,
) -> Answer:
    """Answer in the model's words, each claim with verified quotes, or abstain.

    Args:
        question: in the user's words.
        retriever: where passages come from.
        model: is asked once, and once more when its reply cannot be read.
        settings: how much is read, and how near it must come.
        scope: which documents are asked.

    Raises:
        ModelError: if the model gives no reply.
    """
    settings = settings or AnswerSettings()
    began = time.perf_counter()
    reading = read(question, retriever, settings, scope)
    found = reading.found
    safe = _safe(found)
    withheld = len(found.passages) - len(safe.passages)
    found = _note(found, passages_withheld=withheld)
    if withheld or len(safe.followed) < len(found.followed):
        reading = reading_of(safe, retriever)
    because = {item.passage.chunk.id: item.because_in_answer for item in safe.followed}
    because = {i: reason for i, reason in because.items() if all(i != p.chunk.id for p in safe.passages)}
    referred = {item.passage.chunk.id: item.passage for item in safe.followed if item.passage.chunk.id in because}
    shown = (*safe.passages, *referred.values())
    claims: tuple[Claim, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    timings = dict(found.timings_ms)
    if reading.suffices(settings):
        asked = time.perf_counter()
        reply = _ask(model, prompt_of(question, shown, retriever.library, because))
        timings["model"] = (time.perf_counter() - asked) * 1000
        claims, dropped = _check(reply, shown, retriever.library, because)
        found = _note(
            found, model_calls=reply.calls, input_tokens=reply.input_tokens, output_tokens=reply.output_tokens
        )
    else:
        found = _note(found, model_calls=0)
    timings["total"] = (time.perf_counter() - began) * 1000
    return finish(question, claims, replace(reading, found=found), retriever, model.name, timings, dropped)


def _safe(found: Found) -> Found:
    """What was found, without passages that are written to a language model."""
    passages = tuple(passage for passage in found.passages if not addresses_a_model(passage))
    followed = tuple(item for item in found.followed if not addresses_a_model(item.passage))
    return replace(found, passages=passages, followed=followed)


def _note(found: Found, **facts: object) -> Found:
    return replace(found, searched=found.searched | facts)


@dataclass(frozen=True, slots=True)
class _Reply:
    """What the model answered: its claims as it gave them, or why they cannot be read."""

    claims: tuple[Any, ...]
    text: str
    error: str | None
    calls: int
    input_tokens: int | None
    output_tokens: int | None


def _ask(model: ChatModel, prompt: str) -> _Reply:
    spent: list[tuple[int | None, int | None]] = []
    claims: tuple[Any, ...] = ()
    error: str | None = None
    text = ""
    for _ in range(2):
        asked = prompt if error is None else f"{prompt}\n\n{_RETRY.format(error=error)}"
        completion = model.complete(SYSTEM, asked)
        spent.append((completion.input_tokens, completion.output_tokens))
        text = _UNPRINTABLE.sub("", completion.text)
        try:
            claims, error = read_reply(text), None
            break
        except ValueError as problem:
            error = str(problem)
    tokens = [None if None in column else sum(column) for column in zip(*spent, strict=True)]
    return _Reply(claims, text, error, len(spent), *tokens)


def read_reply(text: str) -> tuple[Any, ...]:
    """The claims of the first JSON object in a reply that has any.

    Raises:
        ValueError: if there is none; the message says what is wrong.
    """
    text = re.sub(r"<think>.*?</think>", " ", text, flags=re.DOTALL)
    decoder = json.JSONDecoder(strict=False)
    error = "there is no JSON object in it"
    for match in islice(re.finditer(r"\{", text), _TRIED_BRACES):
        try:
            value, _ = decoder.raw_decode(text, match.start())
        except json.JSONDecodeError as problem:
            error = f"{problem.msg} at character {problem.pos}" if error.startswith("there") else error
            continue
        except RecursionError:
            raise ValueError("its brackets are nested too deeply") from None
        if isinstance(value, dict) and isinstance(value.get("claims"), list):
            return tuple(value["claims"])
        error = 'the object has no list named "claims"' if error.startswith("there") else error
    raise ValueError(error)


def _check(
    reply: _Reply, passages: Sequence[Passage], library: Library, because: Mapping[str, str]
) -> tuple[tuple[Claim, ...], tuple[tuple[str, str], ...]]:
    """Claims that hold, and the others with the reason."""
    if reply.error is not None:
        shown = fold(reply.text)[:_SHOWN_OF_REPLY]
        return (), ((shown, f"the reply is not the JSON that was asked for: {reply.error}"),)
    kept: list[Claim] = []
    dropped: list[tuple[str, str]] = []
    for given in reply.claims:
        text, citations = _statement(given)
        fault, claim = _examine(text, citations, passages, library, because)
        if claim is None:
            dropped.append((text or fold(str(given))[:_SHOWN_OF_REPLY], fault))
        elif all(claim.text != other.text for other in kept):
            kept.append(claim)
    return tuple(kept), tuple(dropped)


def _statement(given: Any) -> tuple[str, list[Any]]:
    """A claim's text without the citation marks a model may add, and its citations."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return "", []
    text = rearm(re.sub(r"(?:,?\s*[\[⟦]\d+(?:\s*,\s*\d+)*[\]⟧])+", "", given["text"]))
    citations = given.get("citations")
    return fold(_UNPRINTABLE.sub("", text)), citations if isinstance(citations, list) else []


def _examine(
    text: str, citations: Sequence[Any], passages: Sequence[Passage], library: Library, because: Mapping[str, str]
) -> tuple[str, Claim | None]:
    if not text:
        return "it makes no statement", None
    quoted: list[Quoted] = []
    cited: list[Citation] = []
    reasons: list[str] = []
    faults = ["it quotes nothing"]
    for given in citations:
        where = _locate(given, passages, library)
        if isinstance(where, str):
            faults.append(where)
            continue
        passage, start, end = where
        found = cite_passage(library, passage, start, end)
        if not found or not all(citation.verified for citation in found):
            faults.append("its quote could not be verified on the page")
            continue
        cited += [citation for citation in found if citation not in cited]
        reasons.append(because.get(passage.chunk.id, ""))
        quoted.append(_quoted(passage, start, end, found[0].status))
    if not quoted:
        return faults[-1], None
    fault = claim_fault(text, quoted, library.terms)
    return (fault, None) if fault else ("", Claim(text, tuple(cited), "; ".join(filter(None, reasons))))


def _quoted(passage: Passage, start: int, end: int, status: str) -> Quoted:
    chunk = passage.chunk
    reported = chunk.voice is Voice.COMMENTER_VIEW or passage.document.kind is Kind.COMMENT_LETTER
    context = f"{passage.document.title}\n{status.partition(';')[0]}\n{chunk.section}"
    return Quoted(chunk.text, start - chunk.start, end - chunk.start, context, reported)


def _locate(given: Any, passages: Sequence[Passage], library: Library) -> tuple[Passage, int, int] | str:
    """Where a citation's quote stands in the document's text, or why it does not count."""
    number, quote = (given.get("passage"), given.get("quote")) if isinstance(given, dict) else (None, None)
    if isinstance(number, str) and re.fullmatch(r"\s*\d{1,4}\s*", number):
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(quote, str):
        return "its citation names no passage and quote"
    if not 1 <= number <= len(passages):
        return f"it cites passage {number}, which was not shown"
    if fault := quote_fault(quote):
        return fault
    passage = passages[number - 1]
    chunk = passage.chunk
    for tried in _spellings(quote):
        if found := find_quote(library, chunk.document_id, tried, chunk.start, chunk.end):
            return passage, *found
    return f"its quote does not stand in passage {number} ({passage.document.title[:60]})"


def _spellings(quote: str) -> Iterator[str]:
    """A quote as given, with the passage's own marks back, without quotation marks, with another case at its start."""
    yield quote
    yield rearm(quote)
    bare = rearm(quote).strip().strip("\"“”'‘’").strip()
    yield bare
    yield bare[:1].swapcase() + bare[1:]
