"""Sentences of the found passages, scored for the question."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.library import Library
from corpus.records import Kind, Passage, Voice
from corpus.sentences import MAX_STATEMENT_CHARS, readable, split_statements
from rag.follow import Followed
from rag.query import Query
from rag.retrieve import Found

_ANSWERED, _UNANSWERED = 0.1, -0.04  # a question for a date is answered by a sentence with a date
_MIN_WORDS = 5  # two where there is a date or number: "Effective July 12, 2019."
_MOST_SENTENCES = 48
_WEAK = 0.7  # sentences that carry less than this share of what the best one carries are not shown ...
_WEAK_IN_BROAD = 0.35  # ... or this, where an explanation is asked for
_NOTE_EXPLAINS = 0.2  # a note explains a concept that a long release merely mentions often
_FOLLOWED = -0.05  # what is only referred to must answer better than what was found
_OWN_NUMBER = re.compile(r"\d{1,4}\.?\s+(?=\D)")  # of a footnote
_MAX_NUMBER_CHARS = 16  # of "§ 240.15l-1 " and the like before a heading's words
_CONTENTS = re.compile(r"(?:\.\s?){5,}|^#{1,6} ")
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b\d{4}\b|\bdays?\b|\bmonths?\b"
)
_AMOUNT = re.compile(
    r"\$\s?\d|\b\d{1,3}(?:,\d{3})+\b|\d\s?(?:percent|%|million|billion|hours|cents?|seconds?|milliseconds?|days?)|\$0?\.\d",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"\b(?:mean[s]?|define[sd]?|definition|refers? to|the term|is an?|are)\b", re.IGNORECASE)
_BINDS = re.compile(r"\b(?:shall|must|required?|requires|may not|prohibit\w*|obligat\w+)\b", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:because|in order to|believe[sd]?|reason|to address|so that|concern\w*|therefore|intended to|designed to)\b",
    re.IGNORECASE,
)
_ASKED = (
    (
        re.compile(
            r"^\s*(?:when|by when)\b|\b(?:what|which) (?:date|year|day)|\bdeadline|how long|(?:compliance|\w+ive) date",
            re.IGNORECASE,
        ),
        _DATE,
    ),
    (
        re.compile(
            r"\bhow (?:much|many)\b|\b(?:threshold|cost|percentage|amount|fee|cap|increment)s?\b", re.IGNORECASE
        ),
        _AMOUNT,
    ),
    (re.compile(r"^\s*(?:who|what) (?:is|are|does)\b|\bdefin|\bmeans?\b|\bmeaning\b", re.IGNORECASE), _DEFINES),
    (re.compile(r"\b(?:must|required?|requires?|obligations?|have to|prohibit\w*|shall)\b", re.IGNORECASE), _BINDS),
    (re.compile(r"^\s*why\b|\breasons?\b|\brationale\b", re.IGNORECASE), _REASON),
)
_VOICE = {
    Voice.RULE_TEXT: 0.05, Voice.PREAMBLE: 0.03, Voice.FRONT_MATTER: 0.02, Voice.ECONOMIC_ANALYSIS: 0.0,
    Voice.PAPERWORK_BURDEN: -0.02, Voice.FOOTNOTE: -0.05, Voice.COMMENTER_VIEW: -0.06, Voice.REQUEST_FOR_COMMENT: -0.1,
}  # fmt: skip


_SOURCE = {Kind.RULE_CARD: -0.06, Kind.QUESTION: -0.2}  # our own digests yield to the documents they digest


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


def gather(found: Found, library: Library) -> list[Evidence]:
    """Every sentence of the passages and of what they refer to, best first.

    ``support`` is the mean of the sentence's cosine with the question and the share of the
    question's words, the rare ones counting more, that the sentence (weight 0.6) or its
    passage (0.4) contains.
    ``score`` adds the fit of the kind of question, the passage's rank and its voice; where an
    explanation is asked for, the standing of the passage and of its document count for more,
    because the parts of an explanation stand together and need not repeat the question.
    """
    question = found.query.topic
    wanted = {term: math.sqrt(rarity) for term, rarity in library.rarity(library.terms(question)).items()}
    known = {passage.chunk.id for passage in found.passages}
    followed = [item for item in found.followed if item.passage.chunk.id not in known]
    sentences = [span for passage in found.passages for span in _sentences(passage)]
    sentences += [span for item in followed for span in _sentences_meant(item)]
    spans = _promising(sentences, wanted, found, library)
    if not spans:
        return []
    vector = library.embedder.embed_query(question)
    cosines = library.embedder.embed_documents([readable(span.text) for span in spans]).vectors @ vector
    place = _places(found)
    around = {p.chunk.id: terms_around(p, library) for p in (*found.passages, *(item.passage for item in followed))}
    evidence = []
    for span, cosine in zip(spans, np.clip(cosines, 0.0, 1.0), strict=True):
        passage, text = span.passage, span.text
        terms = frozenset(library.terms(text))
        coverage = 0.6 * _covered(wanted, terms) + 0.4 * _covered(wanted, terms | around[passage.chunk.id])
        support = min(0.5 * float(cosine) + 0.5 * coverage, 1.0)
        score = support + place[passage.chunk.id] + _fit(found.query, text, passage)
        score += _FOLLOWED if span.because else 0.0
        start, end = passage.chunk.start + span.low, passage.chunk.start + span.high
        evidence.append(Evidence(passage, start, end, text, support, score, terms, span.because))
    return sorted(evidence, key=lambda e: (-e.score, e.passage.chunk.id, e.start))


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
        defines = bool(subject) and _defines(subject, span.text)
        at_place = place[span.passage.chunk.id] if found.query.broad else 0.3 * span.passage.score
        at_place += _FOLLOWED if span.because else 0.0
        return _covered(wanted, set(library.terms(span.text))) + at_place + defines

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
    return long_enough and len(text) <= MAX_STATEMENT_CHARS and not _CONTENTS.search(text)


def _covered(wanted: dict[str, float], terms: frozenset[str] | set[str]) -> float:
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in terms) / total if total else 0.0


def _fit(query: Query, text: str, passage: Passage) -> float:
    fit = _VOICE[passage.chunk.voice] + _SOURCE.get(passage.document.kind, 0.0)
    if passage.chunk.document_id in query.mentioned:
        fit += 0.04
    if text.rstrip().endswith("?"):
        fit -= 0.25
    if query.subject and _defines(query.subject, text):
        return fit + 0.25
    for asked, answered in _ASKED:
        if asked.search(query.text):
            return fit + (_ANSWERED if answered.search(text) else _UNANSWERED)
    return fit


def _defines(subject: str, text: str) -> bool:
    """Whether a sentence says what the subject is, not merely something about it."""
    term = r"\s+".join(map(re.escape, subject.split()))
    said = rf"[“\"‘']?{term}s?[,.]?[”\"’']?"
    patterns = (
        rf"(?:defin|interpret)\w*\s+(?:the\s+term\s+)?(?:an?\s+|the\s+)?{said}\s*(?:as\b|to\s+(?:mean|include|be)\b|:)",
        rf"definition\s+of\s+(?:an?\s+|the\s+)?{said}\s+(?:is|as|means|includes)\b(?!\s+(?:used|set|proposed|discussed))",
        rf"{said}\s+(?:is|are)\s+defined\b|{said}\s+means?\b",
        rf"^\W*(?:An?\s+|The\s+)?(?:[\w’']+\s+)?{said}\s*(?:\([^)]*\)\s*)?(?:means?|refers?\s+to|is\s+an?|is\s+the|are)\b",
    )
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def pick(evidence: Sequence[Evidence], count: int, *, broad: bool = False) -> list[Evidence]:
    """The best sentence, then others that add something, in the order of their documents.

    A sentence that shares most of its words with one already taken adds nothing.

    Args:
        evidence: best first.
        count: how many at most.
        broad: an explanation is asked for, to which sentences may belong that are less like the question.
    """
    weak = _WEAK_IN_BROAD if broad else _WEAK
    chosen: list[Evidence] = []
    for item in evidence:
        if len(chosen) == count or (chosen and item.support < weak * chosen[0].support):
            break
        if all(_overlap(item.terms, other.terms) < 0.6 for other in chosen):
            chosen.append(item)
    order = {doc: n for n, doc in enumerate(dict.fromkeys(e.passage.chunk.document_id for e in chosen))}
    return chosen[:1] + sorted(chosen[1:], key=lambda e: (order[e.passage.chunk.document_id], e.start))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
