"""For a sentence of one document, the sentence of the other that speaks of the same thing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import Voice
from corpus.sentences import readable
from rag.align import Outline
from rag.provisions import Provision
from rag.stated import Line, lines_of

MIN_FIT = 0.42
_FAINT = 0.3
_CHUNKS, _READ = 3, 6
_EMBEDDED_CHARS = 600
_ALIGNED, _MEANING, _WORDS = 0.12, 0.55, 0.45
PLAIN = frozenset((
    "adopt", "propos", "commiss", "modifi", "modif", "revis", "revise", "chang", "requir", "comment",
    "commenter", "respons", "believ", "discuss", "releas", "includ", "expressli", "explicitli", "also", "final",
    "rule", "text", "consider", "specif", "provid", "certain", "addit", "address", "remov", "elimin", "retain",
))  # fmt: skip
_SKIPPED = (Voice.FOOTNOTE, Voice.REQUEST_FOR_COMMENT, Voice.PAPERWORK_BURDEN, Voice.ECONOMIC_ANALYSIS)
_VOICE = {Voice.RULE_TEXT: 0.04, Voice.FRONT_MATTER: -0.05, Voice.COMMENTER_VIEW: -0.06}
_CONTENTS = re.compile(r"(?:\.\s?){5,}|\?\W*\d*$")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a counterpart is sought for.

    Attributes:
        text: the words.
        parts: indexes of the parts of the other document that correspond to its section.
    """

    text: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A sentence or rule paragraph of the other document.

    Attributes:
        fit: how well it corresponds, 0 to 1.
    """

    start: int
    end: int
    section: str
    voice: Voice
    text: str
    fit: float


def find_counterparts(
    library: Library, outline: Outline, rules: Sequence[Provision], sought: Sequence[Sought]
) -> list[list[Counterpart]]:
    """For each of ``sought``, up to two sentences of a document, best first.

    A best one below ``MIN_FIT`` is given only where the sections correspond.

    Chunks are chosen by their stored vectors, their words and the alignment of the
    sections; only the sentences of the chosen chunks are embedded.

    Args:
        library: holds the documents.
        outline: of the document to search.
        rules: its rule paragraphs; each counts as one sentence.
        sought: what to find.
    """
    if not sought or not outline.chunks:
        return [[] for _ in sought]
    vectors = library.embedder.embed_documents([_short(s.text) for s in sought]).vectors
    wanted = [_weights(library, outline, s.text) for s in sought]
    chosen = [_chunks(outline, s, v, w) for s, v, w in zip(sought, vectors, wanted, strict=True)]
    candidates = _candidates(outline, rules, sorted({i for numbers in chosen for i in numbers}))
    terms = {c.start: frozenset(library.terms(c.text)) for found in candidates.values() for c in found}
    pools = [
        _worth_reading({c.start: c for i in numbers for c in candidates[i]}, weights, terms)
        for numbers, weights in zip(chosen, wanted, strict=True)
    ]
    texts = {c.start: c for pool in pools for c in pool}
    embedded = library.embedder.embed_documents([_short(c.text) for c in texts.values()]).vectors
    rows = {start: n for n, start in enumerate(texts)}
    result = []
    for s, pool, vector, weights in zip(sought, pools, vectors, wanted, strict=True):
        scored = [_scored(c, float(embedded[rows[c.start]] @ vector), covered(weights, terms[c.start])) for c in pool]
        best = _best(scored)
        aligned = bool(best) and any(outline.parts[i].start <= best[0].start < outline.parts[i].end for i in s.parts)
        result.append(best if best and (best[0].fit >= MIN_FIT or aligned) else [])
    return result


def _chunks(outline: Outline, sought: Sought, vector: NDArray[np.float32], weights: dict[str, float]) -> list[int]:
    inside = set()
    for i in sought.parts:
        inside |= {c.id for c in outline.parts[i].chunks}
    scores = outline.vectors @ vector
    rated = []
    for n, chunk in enumerate(outline.chunks):
        if chunk.voice in _SKIPPED:
            continue
        score = _MEANING * float(scores[n]) + _WORDS * covered(weights, outline.chunk_terms[n])
        rated.append((score + _ALIGNED * (chunk.id in inside) + _VOICE.get(chunk.voice, 0.0), -n))
    return [-n for _, n in sorted(rated, reverse=True)[:_CHUNKS]]


def _candidates(outline: Outline, rules: Sequence[Provision], numbers: Sequence[int]) -> dict[int, list[Counterpart]]:
    found: dict[int, list[Counterpart]] = {}
    for n in numbers:
        chunk = outline.chunks[n]
        if chunk.voice is Voice.RULE_TEXT:
            spans = [Line(r.start, r.end, "") for r in rules if r.start < chunk.end and r.end > chunk.start]
        else:
            part = outline.part_at(chunk.start)
            spans = lines_of(outline.text, max(chunk.start, part.body if part else 0), chunk.end)
        found[n] = [
            Counterpart(s.start, s.end, chunk.section, chunk.voice, text, 0.0)
            for s in spans
            if _is_quotable(text := " ".join(outline.text[s.start : s.end].split()))
        ]
    return found


def _worth_reading(
    pool: Mapping[int, Counterpart], weights: dict[str, float], terms: Mapping[int, frozenset[str]]
) -> list[Counterpart]:
    """The sentences that share most of the words sought; only they are embedded."""
    return sorted(pool.values(), key=lambda c: (-covered(weights, terms[c.start]), c.start))[:_READ]


def _short(text: str) -> str:
    return readable(text)[:_EMBEDDED_CHARS]


def _is_quotable(text: str) -> bool:
    return len(text.split()) >= 6 and len(text) <= 1200 and not _CONTENTS.search(text)


def _scored(c: Counterpart, cosine: float, share: float) -> Counterpart:
    fit = _MEANING * max(cosine, 0.0) + _WORDS * share + _VOICE.get(c.voice, 0.0)
    return Counterpart(c.start, c.end, c.section, c.voice, c.text, min(max(fit, 0.0), 1.0))


def _best(scored: Sequence[Counterpart]) -> list[Counterpart]:
    """The best, and the best of the other kind (rule text or discussion) where it fits nearly as well."""
    ranked = sorted((c for c in scored if c.fit >= _FAINT), key=lambda c: (-c.fit, c.start))
    if not ranked:
        return []
    in_rule = ranked[0].voice is Voice.RULE_TEXT
    other = [c for c in ranked[1:] if (c.voice is Voice.RULE_TEXT) != in_rule and c.fit >= ranked[0].fit - 0.1]
    return ranked[:1] + other[:1]


def _weights(library: Library, outline: Outline, text: str) -> dict[str, float]:
    """The words of a text that say what it is about, by their rarity in the document searched."""
    terms = set(library.terms(text)) - PLAIN
    rarest = max(outline.rarity.values(), default=1.0)
    return {term: min(outline.rarity.get(term, rarest), rarest) for term in terms}


def covered(weights: dict[str, float], terms: frozenset[str]) -> float:
    """Share of the weight of the words sought that stand among ``terms``, 0 to 1."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 0.0
