"""What a language model says, checked before anyone sees it: the guard between a model and the user.

A reply is JSON: statements with quotes of numbered passages. A quote is looked up in the
text of the passage it cites, its page is checked, and the statement is compared with what
it quotes (``rag/check.py``). What fails is dropped, with the reason. It does not matter why
a model says something false: because it errs, or because a filing told it to.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus.answers import Citation, Claim
from corpus.library import Library
from corpus.pagemap import fold
from corpus.printable import printable
from corpus.records import Kind, Passage, Voice
from rag.check import Quoted, claim_fault, quote_fault
from rag.cite import cite_passage, find_quote
from rag.orders import orders_an_answer
from rag.prompt import rearm
from rag.secrets import without_secrets

_SHOWN_OF_REPLY = 200
_TRIED_BRACES = 100
_CLAIMS = re.compile(r'\{\s*"claims"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a model's statements.

    Attributes:
        kept: statements that hold, in order.
        dropped: the others, each with the reason in words for the user.
    """

    kept: tuple[Claim, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The passages that a model was shown and may quote.

    Attributes:
        passages: by the number it knows them by.
        because: by chunk id, what referred to a passage that was not found itself.
    """

    passages: Mapping[int, Passage]
    because: Mapping[str, str]


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


def claims_so_far(text: str) -> tuple[Any, ...]:
    """The statements that stand complete in the beginning of a reply."""
    begun = _CLAIMS.search(text)
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = begun.end() if begun else len(text)
    while (at := _BETWEEN.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        try:
            value, at = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError):
            break
        found.append(value)
    return tuple(found)


def unreadable(reply: str, error: str) -> tuple[tuple[str, str], ...]:
    """What is dropped of a reply that cannot be read, as :attr:`Checked.dropped`."""
    shown = without_secrets(fold(printable(reply)))[:_SHOWN_OF_REPLY]
    return ((shown, f"the reply is not the JSON that was asked for: {error}"),)


def check_claims(given: Sequence[Any], shown: Shown, library: Library) -> Checked:
    """Statements that hold, and the others with the reason.

    Args:
        given: as :func:`read_reply` read them.
        shown: what may be quoted.
        library: holds the pages.
    """
    kept: list[Claim] = []
    dropped: list[tuple[str, str]] = []
    for statement in given:
        text, citations = _statement(statement)
        fault, claim = _examine(text, citations, shown, library)
        if claim is None:
            told = text or fold(printable(str(statement)))[:_SHOWN_OF_REPLY]
            dropped.append((without_secrets(told), without_secrets(fault)))
        elif all(claim.text != other.text for other in kept):
            kept.append(claim)
    return Checked(tuple(kept), tuple(dropped))


def _statement(given: Any) -> tuple[str, list[Any]]:
    """A claim's text without the citation marks a model may add, and its citations."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return "", []
    text = rearm(re.sub(r"(?:,?\s*[\[⟦]\d+(?:\s*,\s*\d+)*[\]⟧])+", "", given["text"]))
    citations = given.get("citations")
    return fold(printable(text)), citations if isinstance(citations, list) else []


def _examine(text: str, citations: Sequence[Any], shown: Shown, library: Library) -> tuple[str, Claim | None]:
    if not text:
        return "it makes no statement", None
    quoted: list[Quoted] = []
    cited: list[Citation] = []
    reasons: list[str] = []
    faults = ["it quotes nothing"]
    for given in citations:
        where = _locate(given, shown.passages, library)
        if isinstance(where, str):
            faults.append(where)
            continue
        passage, start, end = where
        found = cite_passage(library, passage, start, end)
        if not found or not all(citation.verified for citation in found):
            faults.append("its quote could not be verified on the page")
            continue
        cited += [citation for citation in found if citation not in cited]
        reasons.append(shown.because.get(passage.chunk.id, ""))
        quoted.append(_quoted(passage, start, end, found[0].status))
    if not quoted:
        return faults[-1], None
    if any(orders_an_answer(q.sentences) for q in quoted):
        return "the quoted text tells its reader what to answer", None
    fault = claim_fault(text, quoted, library.terms)
    return (fault, None) if fault else ("", Claim(text, tuple(cited), "; ".join(filter(None, reasons))))


def _quoted(passage: Passage, start: int, end: int, status: str) -> Quoted:
    chunk = passage.chunk
    reported = chunk.voice is Voice.COMMENTER_VIEW or passage.document.kind is Kind.COMMENT_LETTER
    context = f"{passage.document.title}\n{status.partition(';')[0]}\n{chunk.section}"
    return Quoted(chunk.text, start - chunk.start, end - chunk.start, context, reported)


def _locate(given: Any, passages: Mapping[int, Passage], library: Library) -> tuple[Passage, int, int] | str:
    """Where a citation's quote stands in the document's text, or why it does not count."""
    number, quote = (given.get("passage"), given.get("quote")) if isinstance(given, dict) else (None, None)
    if isinstance(number, str) and re.fullmatch(r"\s*\d{1,4}\s*", number):
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(quote, str):
        return "its citation names no passage and quote"
    if (passage := passages.get(number)) is None:
        return f"it cites passage {number}, which was not shown"
    if fault := quote_fault(quote):
        return fault
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
