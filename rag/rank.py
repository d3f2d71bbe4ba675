"""A light learned ranker over what is known of each candidate passage. Weights: ``data/ranker.json``.

The score of a passage is a weighted sum of the features below (logistic regression of "this
passage answers", fitted by ``python -m training.ranker``; the weight of a section headed by the
very rule that is named is set by hand, for want of questions to fit it on). Features are free of
a library's size: shares, cosines and differences from the best candidate of the same question.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import Chunk, Voice
from corpus.references import reference_tokens

RANKED = 100
"""How many of the candidates, best first by the fused score, are ranked anew."""

_VOICES = (Voice.FOOTNOTE, Voice.REQUEST_FOR_COMMENT, Voice.ECONOMIC_ANALYSIS, Voice.PAPERWORK_BURDEN)
FEATURES = (
    "words", "words_share", "meaning", "meaning_behind", "coverage", "pairs", "heading_coverage", "length", "density",
    "neighbour", "document", "references", "section_references", *(voice.value for voice in _VOICES),
)  # fmt: skip
_BEST_OF_A_DOCUMENT = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found, by BM25, by cosine or by both.

    Attributes:
        bm25: 0 if it is not among those found by words.
        fused: score of both, 0 to 1; the order of the candidates.
    """

    chunk: Chunk
    bm25: float
    cosine: float
    fused: float


class Ranker(Protocol):
    """Puts the candidates of a question in another order."""

    def __call__(self, question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Each candidate once, best first."""
        ...


def features(question: str, candidates: Sequence[Candidate], library: Library) -> NDArray[np.float32]:
    """What is known of each candidate, shape ``(len(candidates), len(FEATURES))``.

    Args:
        question: words that are looked for.
        candidates: best first.
        library: knows the index terms of a text, and how rare they are.
    """
    terms, named = library.terms(question), set(reference_tokens(question))
    wanted = library.rarity(terms)
    weight = sum(wanted.values()) or 1.0
    together = {pair: wanted[pair[0]] + wanted[pair[1]] for pair in pairwise(terms)}
    pair_weight = sum(together.values()) or 1.0
    best_words = max((c.bm25 for c in candidates), default=0.0) or 1.0
    best_cosine = max((c.cosine for c in candidates), default=0.0)
    around, of_document = _surroundings(candidates)
    headings: dict[str, set[str]] = {}
    rows = []
    for candidate in candidates:
        chunk = candidate.chunk
        body = library.terms(chunk.text)
        inside = set(body)
        near = {*pairwise(body), *zip(body, body[2:], strict=False)}
        if chunk.section not in headings:
            headings[chunk.section] = set(library.terms(chunk.section))
        heading = headings[chunk.section]
        rows.append([
            candidate.bm25 / best_words,
            candidate.bm25 / weight,
            candidate.cosine,
            candidate.cosine - best_cosine,
            sum(value for term, value in wanted.items() if term in inside) / weight,
            sum(value for pair, value in together.items() if pair in near) / pair_weight,
            sum(value for term, value in wanted.items() if term in heading) / weight,
            math.log(len(body) + 1),
            sum(term in wanted for term in body) / (len(body) or 1),
            around.get(chunk.id, 0.0),
            of_document[chunk.document_id],
            _share(named, chunk.text),
            _share(named, chunk.section if chunk.section.startswith("§") else ""),
            *(float(chunk.voice is voice) for voice in _VOICES),
        ])  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))


def _share(named: set[str], text: str) -> float:
    return len(named & set(reference_tokens(text))) / len(named) if named else 0.0


def _surroundings(candidates: Sequence[Candidate]) -> tuple[dict[str, float], dict[str, float]]:
    """The better fused score of each candidate's neighbours in its document, and the mean of each document's best."""
    by_document: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_document.setdefault(candidate.chunk.document_id, []).append(candidate)
    around: dict[str, float] = {}
    of_document: dict[str, float] = {}
    for document_id, found in by_document.items():
        of_document[document_id] = sum(sorted((c.fused for c in found), reverse=True)[:_BEST_OF_A_DOCUMENT]) / 3
        in_order = sorted(found, key=lambda c: c.chunk.start)
        for left, right in pairwise(in_order):
            if right.chunk.start - left.chunk.end <= 3 and left.chunk.section == right.chunk.section:
                around[left.chunk.id] = max(around.get(left.chunk.id, 0.0), right.fused)
                around[right.chunk.id] = max(around.get(right.chunk.id, 0.0), left.fused)
    return around, of_document


@cache
def weights() -> NDArray[np.float32]:
    """Weight of each feature, shape ``(len(FEATURES),)``."""
    stored = json.loads(files("rag").joinpath("data/ranker.json").read_text("utf-8"))["weights"]
    return np.array([stored[name] for name in FEATURES], dtype=np.float32)


def learned(library: Library) -> Ranker:
    """Puts candidates in the order of their likelihood to answer, ties as they came."""

    def rank(question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        table = features(question, candidates, library)
        order = np.argsort(-(table @ weights()), kind="stable")
        return [candidates[n] for n in order]

    return rank
