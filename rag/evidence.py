"""Sentences of the found passages, scored for the question."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.library import Library
from corpus.records import Passage, Voice
from rag.retrieve import Found
from rag.sentences import readable, split_sentences

_MIN_WORDS, _MAX_CHARS = 5, 900
_CONTENTS = re.compile(r"(?:\.\s?){5,}|^#{1,6} ")
_DATE = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b\d{4}\b|\bdays?\b|\bmonths?\b")
_AMOUNT = re.compile(r"\$\s?\d|\d\s?(?:percent|%|million|billion|hours|cents?|seconds?|milliseconds?|days?)|\$0?\.\d", re.IGNORECASE)
_DEFINES = re.compile(r"\b(?:mean[s]?|define[sd]?|definition|refers? to|the term|is an?|are)\b", re.IGNORECASE)
_BINDS = re.compile(r"\b(?:shall|must|required?|requires|may not|prohibit\w*|obligat\w+)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:because|in order to|believe[sd]?|reason|to address|so that|concern\w*|therefore|intended to|designed to)\b", re.IGNORECASE)
_ASKED = (
    (re.compile(r"^\s*(?:when|by when)\b|\b(?:what|which) (?:date|year|day)|\bdeadline|\bhow long\b|compliance date|effective date", re.IGNORECASE), _DATE),
    (re.compile(r"\bhow (?:much|many)\b|\bthreshold|\bcost|\bwhat (?:percentage|amount|fee|cap|limit)", re.IGNORECASE), _AMOUNT),
    (re.compile(r"^\s*(?:who|what) (?:is|are|does)\b|\bdefin|\bmeans?\b|\bmeaning\b", re.IGNORECASE), _DEFINES),
    (re.compile(r"\b(?:must|required?|requires?|obligations?|have to|prohibit\w*|shall)\b", re.IGNORECASE), _BINDS),
    (re.compile(r"^\s*why\b|\breasons?\b|\brationale\b", re.IGNORECASE), _REASON),
)
_VOICE = {
    Voice.RULE_TEXT: 0.05, Voice.PREAMBLE: 0.03, Voice.FRONT_MATTER: 0.02, Voice.ECONOMIC_ANALYSIS: 0.0,
    Voice.PAPERWORK_BURDEN: -0.02, Voice.FOOTNOTE: -0.05, Voice.COMMENTER_VIEW: -0.06, Voice.REQUEST_FOR_COMMENT: -0.1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a passage.

    Attributes:
        start: offset in the document's text; ``end`` is one past the last character.
        support: how well it fits the question, 0 to 1.
        terms: its words as the index sees them.
    """

    passage: Passage
    start: int
    end: int
    text: str
    support: float
    terms: frozenset[str]


def gather(found: Found, library: Library) -> list[Evidence]:
    """Every sentence of the passages, best first.

    ``support`` is the mean of the sentence's cosine with the question and the share of the
    question's rare words that the sentence, or at half weight its passage, contains, moved a
    little by the fit of the kind of question, the passage's rank and its voice.
    """
    question = found.query.text
    spans = [(p, s.start, s.end, p.chunk.text[s.start : s.end]) for p in found.passages for s in split_sentences(p.chunk.text)]
    spans = [span for span in spans if _is_sentence(span[3])]
    if not spans:
        return []
    wanted = _weights(library.terms(question), [set(library.terms(p.chunk.text)) for p in found.passages])
    vector = library.embedder.embed_query(question)
    cosines = library.embedder.embed_documents([readable(text) for *_, text in spans]).vectors @ vector
    best = found.passages[0].score or 1.0
    evidence = []
    for (passage, low, high, text), cosine in zip(spans, np.clip(cosines, 0.0, 1.0), strict=True):
        terms = frozenset(library.terms(text))
        around = terms | set(library.terms(f"{passage.chunk.text} {passage.chunk.section} {passage.document.title}"))
        coverage = 0.6 * _covered(wanted, terms) + 0.4 * _covered(wanted, around)
        support = 0.5 * float(cosine) + 0.5 * coverage + 0.05 * (passage.score / best) + _fit(question, text, passage)
        start = passage.chunk.start
        evidence.append(Evidence(passage, start + low, start + high, text, min(max(support, 0.0), 1.0), terms))
    return sorted(evidence, key=lambda e: (-e.support, e.passage.chunk.id, e.start))


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _MIN_WORDS and len(text) <= _MAX_CHARS and not _CONTENTS.search(text)


def _weights(question_terms: Sequence[str], passages: Sequence[set[str]]) -> dict[str, float]:
    """Weight of each word of the question: words that few of the passages contain count more."""
    counts = Counter(term for terms in passages for term in set(question_terms) & terms)
    return {term: math.log(1 + (len(passages) + 1) / (1 + counts[term])) for term in question_terms}


def _covered(wanted: dict[str, float], terms: frozenset[str] | set[str]) -> float:
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in terms) / total if total else 0.0


def _fit(question: str, text: str, passage: Passage) -> float:
    fit = _VOICE[passage.chunk.voice]
    if text.rstrip().endswith("?"):
        fit -= 0.25
    for asked, answered in _ASKED:
        if asked.search(question):
            return fit + (0.06 if answered.search(text) else -0.02)
    return fit


def pick(evidence: Sequence[Evidence], count: int) -> list[Evidence]:
    """The best sentence, then others that add something, in the order of their documents.

    A sentence that shares most of its words with one already taken adds nothing.
    """
    chosen: list[Evidence] = []
    for item in evidence:
        if len(chosen) == count or (chosen and item.support < 0.75 * chosen[0].support):
            break
        if all(_overlap(item.terms, other.terms) < 0.6 for other in chosen):
            chosen.append(item)
    order = {doc: n for n, doc in enumerate(dict.fromkeys(e.passage.chunk.document_id for e in chosen))}
    return chosen[:1] + sorted(chosen[1:], key=lambda e: (order[e.passage.chunk.document_id], e.start))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
