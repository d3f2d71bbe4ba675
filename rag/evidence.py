"""Sentences of the found passages, scored for the question."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.answers import Asked
from corpus.embedding import Embedder
from corpus.library import Library
from corpus.records import Kind, Passage
from corpus.sentences import MAX_STATEMENT_CHARS, readable, split_statements
from rag.fit import defines, fit
from rag.follow import Followed
from rag.inforce import asks_for_law, overtaken
from rag.plan import asked_of
from rag.query import Query
from rag.retrieve import Found

_MIN_WORDS = 5  # two where there is a date or number: "Effective July 12, 2019."
_MOST_IN_TITLE, _TITLE_WORD_CHARS = 14, 4
_MOST_SENTENCES = 48
_NOTE_EXPLAINS = 0.2  # a note explains a concept that a long release merely mentions often
_FOLLOWED = -0.05  # what is only referred to must answer better than what was found
_OWN_NUMBER = re.compile(r"\d{1,4}\.?\s+(?=\D)")  # of a footnote
_MAX_NUMBER_CHARS = 16  # of "§ 240.15l-1 " and the like before a heading's words
_CONTENTS = re.compile(r"(?:\.\s?){5,}|^#{1,6} ")
_ASKING = "what which who whom whose when where why how do does did"  # words that no answer repeats
_OF_DEFINITIONS = "mean meaning define defined definition term"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a passage.

    Attributes:
        start: offset in the document's text; ``end`` is one past the last character.
        support: how much of the question it carries, 0 to 1.
        score: support moved by what kind of sentence it is and where it stands; decides the order.
        terms: its words as the index sees them.
        because: what referred to it, where it was not found but followed, or "".
    """

    passage: Passage
    start: int
    end: int
    text: str
    support: float
    score: float
    terms: frozenset[str]
    because: str = ""


@dataclass(frozen=True, slots=True)
class _Span:
    """A sentence: ``passage.chunk.text[low:high]``."""

    passage: Passage
    low: int
    high: int
    because: str = ""

    @property
    def text(self) -> str:
        return self.passage.chunk.text[self.low : self.high]


class Vectors:
    """Vectors of sentences, each computed once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts, shape (n, dim)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._embedder.embed_documents(new).vectors, strict=True))
        return np.stack([self._known[text] for text in texts])


def gather(found: Found, library: Library, vectors: Vectors | None = None) -> list[Evidence]:
    """Every sentence of the passages and of what they refer to, best first.

    Args:
        found: the question and its passages.
        library: holds them.
        vectors: of sentences, where several questions are asked of the same passages.

    ``support`` is the mean of the sentence's cosine with the question and the share of the
    question's words, the rare ones counting more, that the sentence (weight 0.6) or its
    passage (0.4) contains.
    ``score`` adds the fit of the kind of question, the passage's rank and its voice; where an
    explanation is asked for, the standing of the passage and of its document count for more,
    because the parts of an explanation stand together and need not repeat the question.
    """
    question = found.query.topic
    wanted = _wanted(found.query, library)
    known = {passage.chunk.id for passage in found.passages}
    followed = [item for item in found.followed if item.passage.chunk.id not in known]
    sentences = [span for passage in found.passages for span in _sentences(passage)]
    sentences += [span for item in followed for span in _sentences_meant(item)]
    spans = _promising(sentences, wanted, found, library)
    if not spans:
        return []
    vector = library.embedder.embed_query(question)
    vectors = vectors or Vectors(library.embedder)
    cosines = vectors.of([readable(span.text) for span in spans]) @ vector
    place = _places(found)
    old = overtaken([p.document for p in found.passages], library) if asks_for_law(found.query) else None
    around = {p.chunk.id: terms_around(p, library) for p in (*found.passages, *(item.passage for item in followed))}
    evidence = []
    for span, cosine in zip(spans, np.clip(cosines, 0.0, 1.0), strict=True):
        passage, text = span.passage, span.text
        terms = frozenset(library.terms(text))
        coverage = 0.6 * _covered(wanted, terms) + 0.4 * _covered(wanted, terms | around[passage.chunk.id])
        support = min(0.5 * float(cosine) + 0.5 * coverage, 1.0)
        score = support + place[passage.chunk.id] + fit(found.query, text, passage, old)
        score += _FOLLOWED if span.because else 0.0
        start, end = passage.chunk.start + span.low, passage.chunk.start + span.high
        evidence.append(Evidence(passage, start, end, text, support, score, terms, span.because))
    return sorted(evidence, key=lambda e: (-e.score, e.passage.chunk.id, e.start))


def _wanted(query: Query, library: Library) -> dict[str, float]:
    """Index terms that evidence should hold, with their weights: the question's without the words that only ask."""
    asking = f"{_ASKING} {_OF_DEFINITIONS}" if asked_of(query) is Asked.DEFINITION else _ASKING
    terms = set(library.terms(query.topic))
    telling = terms - set(library.terms(asking)) or terms
    return {term: math.sqrt(rarity) for term, rarity in library.rarity(sorted(telling)).items()}


def _places(found: Found) -> dict[str, float]:
    """What the standing of each passage adds to its sentences, and that of its document: how near its best comes."""
    if not found.passages:
        return {}
    best = found.passages[0].score or 1.0
    passages = [*(item.passage for item in found.followed), *found.passages]
    if not found.query.broad:
        return {p.chunk.id: 0.05 * p.score / best for p in passages}
    standing: dict[str, float] = {}
    for passage in found.passages:
        document = passage.chunk.document_id
        standing[document] = max(standing.get(document, 0.0), passage.cosine or 0.0)
    most = max(standing.values()) or 1.0
    names_a_source = bool(found.query.documents or found.query.mentioned)
    return {
        p.chunk.id: 0.3 * p.score / best
        + 0.5 * standing.get(p.chunk.document_id, 0.0) / most
        + (_NOTE_EXPLAINS if p.document.kind is Kind.NOTE and not names_a_source else 0.0)
        for p in passages
    }


def terms_around(passage: Passage, library: Library) -> set[str]:
    """Index terms of a passage, of its section's path and of its document's title."""
    return set(library.terms(f"{passage.chunk.text} {passage.chunk.section} {passage.document.title}"))


def _promising(spans: list[_Span], wanted: dict[str, float], found: Found, library: Library) -> list[_Span]:
    """The sentences worth embedding: those that share most with the question's words or define its subject."""
    subject = found.query.subject
    place = _places(found)

    def promise(span: _Span) -> float:
        says_what = bool(subject) and defines(subject, span.text)
        at_place = place[span.passage.chunk.id] if found.query.broad else 0.3 * span.passage.score
        at_place += _FOLLOWED if span.because else 0.0
        return _covered(wanted, set(library.terms(span.text))) + at_place + says_what

    return sorted(spans, key=promise, reverse=True)[: _MOST_SENTENCES * (2 if found.query.broad else 1)]


def _sentences_meant(item: Followed) -> Iterator[_Span]:
    """Sentences of what is meant of a place that a passage refers to."""
    chunk = item.passage.chunk
    start, end = (offset - chunk.start for offset in item.span)
    for span in _sentences(item.passage):
        if start <= span.low < end:
            number = _OWN_NUMBER.match(span.text) if span.low == start else None
            low = span.low + (number.end() if number else 0)
            high = low + len(chunk.text[low : min(span.high, end)].rstrip())  # the next note's number may follow
            yield replace(span, low=low, high=high, because=item.because_in_answer)


def _sentences(passage: Passage) -> Iterator[_Span]:
    """Sentences of a passage with their offsets in it, without the heading it may begin with."""
    text = passage.chunk.text
    words = passage.chunk.section.rpartition(" › ")[2].split()
    heading = re.search(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE) if words else None
    after = text[heading.end() :] if heading and heading.start() <= _MAX_NUMBER_CHARS else text
    skipped = len(text) - len(after.lstrip(" :.\n") if after is not text else text)
    for sentence in split_statements(text[skipped:]):
        low, high = sentence.start + skipped, sentence.end + skipped
        if _is_sentence(text[low:high]):
            yield _Span(passage, low, high)


def _is_sentence(text: str) -> bool:
    words = len(text.split())
    long_enough = words >= _MIN_WORDS or (words >= 2 and bool(re.search(r"\d{2}", text)))
    return long_enough and len(text) <= MAX_STATEMENT_CHARS and not _CONTENTS.search(text) and not _is_title(text)


def _is_title(text: str) -> bool:
    """Whether a few words are a heading: most begin with a capital letter, and nothing ends them."""
    words = [word for word in re.findall(r"[A-Za-z][\w’'-]+", text) if len(word) >= _TITLE_WORD_CHARS]
    short = len(text.split()) <= _MOST_IN_TITLE and not re.search(r"\d|[.:;?!”\"’)\]]\s*$|=", text)
    return short and len(words) >= 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _covered(wanted: dict[str, float], terms: frozenset[str] | set[str]) -> float:
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in terms) / total if total else 0.0
