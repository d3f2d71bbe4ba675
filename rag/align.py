"""Which part of one document speaks of what a part of the other speaks of.

Sections are aligned many to many by their heading words, by the headings above them, by
the meaning of their text (stored vectors) and by its rare words.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import Chunk, Document, Section, Voice
from rag.stated import Line, lines_of

_HEADING, _MEANING, _WORDS = 0.45, 0.25, 0.3
_OWN, _ABOVE = 0.75, 0.25
_OTHER_ZONE = 0.8
MIN_SCORE = 0.42

_AGENCY = re.compile(r"\b(?:[Ww]e|[Cc]ommenters?|[Cc]ommentators?|[Pp]roposing [Rr]elease)\b")
_SPEAKS = 2
_ZONES = {
    Voice.ECONOMIC_ANALYSIS: "costs",
    Voice.PAPERWORK_BURDEN: "paperwork",
    Voice.REQUEST_FOR_COMMENT: "questions",
    Voice.RULE_TEXT: "rule",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A section's own text, without the sections under it.

    Attributes:
        index: position in its document.
        heading: of the section, on one line; "" before the first heading.
        above: headings of the sections it lies in, outermost first.
        body: where its text begins, behind the heading.
        chunks: of its body; no footnotes.
        vector: mean of the chunks' stored vectors, unit length, or zeros.
    """

    index: int
    path: str
    heading: str
    above: tuple[str, ...]
    start: int
    body: int
    end: int
    voice: Voice
    chunks: tuple[Chunk, ...]
    vector: NDArray[np.float32]


class Outline:
    """A document's parts, and its chunks with their vectors.

    Attributes:
        text: of the document.
        chunks: of the body, in order.
        vectors: of the chunks, shape ``(len(chunks), dim)``.
    """

    def __init__(self, library: Library, document: Document) -> None:
        self._library = library
        self.document = document
        page_map = library.page_map(document.id)
        self.text = page_map.text
        self.body_end = page_map.notes_start
        self.chunks = agency_heard([c for c in library.chunks(document.id) if c.voice is not Voice.FOOTNOTE])
        stored = library.vectors([c.id for c in self.chunks])
        self.vectors = np.array([stored[c.id] for c in self.chunks], dtype=np.float32)
        self.parts = self._parts(library.sections(document.id))
        self._lines: dict[int, list[Line]] = {}

    def _parts(self, sections: Sequence[Section]) -> list[Part]:
        first = sections[0].start if sections else self.body_end
        parts = [self._part(0, "", "", (), 0, first)] if first else []
        chain: list[Section] = []
        for section in sections:
            chain = [s for s in chain if s.level < section.level]
            above = tuple(_one_line(s.heading) for s in chain)
            chain.append(section)
            end = min(section.end, self.body_end)
            if section.start < end:
                parts.append(
                    self._part(len(parts), section.path, _one_line(section.heading), above, section.start, end)
                )
        return parts

    def _part(self, index: int, path: str, heading: str, above: tuple[str, ...], start: int, end: int) -> Part:
        inside = [i for i, c in enumerate(self.chunks) if start <= c.start < end]
        mean = self.vectors[inside].mean(axis=0) if inside else np.zeros(self.vectors.shape[-1], dtype=np.float32)
        length = float(np.linalg.norm(mean))
        chunks = tuple(self.chunks[i] for i in inside)
        voices = Counter(c.voice for c in chunks)
        voice = voices.most_common(1)[0][0] if voices else Voice.PREAMBLE
        body = _behind(self.text, start, end, heading)
        return Part(index, path, heading, above, start, body, end, voice, chunks, mean / length if length else mean)

    def lines(self, part: Part) -> list[Line]:
        """The sentences of a part behind its heading, read once."""
        if part.index not in self._lines:
            self._lines[part.index] = lines_of(self.text, part.body, part.end)
        return self._lines[part.index]

    def part_at(self, offset: int) -> Part | None:
        """The part that holds an offset."""
        return next((p for p in self.parts if p.start <= offset < p.end), None)

    def voice_at(self, offset: int) -> Voice:
        """The voice of the chunk that holds an offset, or of the last one before it."""
        voice = Voice.PREAMBLE
        for chunk in self.chunks:
            if chunk.start > offset:
                break
            voice = chunk.voice
        return voice

    @cached_property
    def chunk_terms(self) -> list[frozenset[str]]:
        """The index's words of every chunk."""
        return [frozenset(self._library.terms(c.text)) for c in self.chunks]

    @cached_property
    def rarity(self) -> dict[str, float]:
        """How rare each word is among the chunks: ln(1 + N / n)."""
        counts = Counter(term for terms in self.chunk_terms for term in terms)
        return {term: math.log(1 + len(self.chunks) / n) for term, n in counts.items()}


def align(library: Library, a: Outline, b: Outline) -> dict[int, list[tuple[int, float]]]:
    """For each part of ``b``, the parts of ``a`` that correspond, best first, with scores from 0 to 1.

    A part of ``a`` whose own best counterpart is a part of ``b`` is listed there too, so
    one part may correspond to several.
    """
    scores = _scores(library, a, b)
    if not scores.size:
        return {}
    pairs = {(int(scores[:, j].argmax()), j) for j in range(scores.shape[1])}
    pairs |= {(i, int(scores[i].argmax())) for i in range(scores.shape[0])}
    found: dict[int, list[tuple[int, float]]] = {}
    for i, j in pairs:
        if scores[i, j] >= MIN_SCORE:
            found.setdefault(b.parts[j].index, []).append((a.parts[i].index, float(scores[i, j])))
    return {j: sorted(matches, key=lambda m: (-m[1], m[0])) for j, matches in found.items()}


def _scores(library: Library, a: Outline, b: Outline) -> NDArray[np.float64]:
    if not a.parts or not b.parts:
        return np.zeros((0, 0))
    own = _overlaps([library.terms(p.heading) for p in a.parts], [library.terms(p.heading) for p in b.parts])
    above = _overlaps(
        [library.terms(" ".join(p.above)) for p in a.parts], [library.terms(" ".join(p.above)) for p in b.parts]
    )
    words = _overlaps(
        [library.terms(a.text[p.start : p.end][:20000]) for p in a.parts],
        [library.terms(b.text[p.start : p.end][:20000]) for p in b.parts],
    )
    meaning = np.array([p.vector for p in a.parts]) @ np.array([p.vector for p in b.parts]).T
    spread = np.clip((meaning - 0.3) / 0.6, 0.0, 1.0)
    scores: NDArray[np.float64] = _HEADING * (_OWN * own + _ABOVE * above) + _MEANING * spread + _WORDS * words
    same = np.array([[zone(p) == zone(q) for q in b.parts] for p in a.parts])
    scores *= np.where(same, 1.0, _OTHER_ZONE)
    return scores


def zone(part: Part) -> str:
    """What a part is for: "rule", "costs", "paperwork", "questions" or "discussion"."""
    return _ZONES.get(part.voice, "discussion")


def _overlaps(a: Sequence[Sequence[str]], b: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """Cosine of every pair of bags of words; rare words count more, repeated ones little more than once."""
    counts = Counter(term for bag in (*a, *b) for term in set(bag))
    total = len(a) + len(b)
    vocabulary = {term: n for n, term in enumerate(counts)}
    rarity = {term: math.log(1 + total / n) for term, n in counts.items()}
    rows = [_row(bag, vocabulary, rarity) for bag in (*a, *b)]
    matrix = np.array(rows, dtype=np.float64)
    return matrix[: len(a)] @ matrix[len(a) :].T


def _row(bag: Sequence[str], vocabulary: Mapping[str, int], rarity: Mapping[str, float]) -> NDArray[np.float64]:
    row = np.zeros(len(vocabulary))
    for term, count in Counter(bag).items():
        row[vocabulary[term]] = (1 + math.log(count)) * rarity[term]
    length = np.linalg.norm(row)
    return row / length if length else row


def agency_heard(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks; a section that speaks as the agency ("we", "commenters") is no rule text."""
    said = Counter(c.section for c in chunks if c.voice is Voice.RULE_TEXT and len(_AGENCY.findall(c.text)) >= _SPEAKS)
    return [replace(c, voice=Voice.PREAMBLE) if c.voice is Voice.RULE_TEXT and c.section in said else c for c in chunks]


def _behind(text: str, start: int, end: int, heading: str) -> int:
    """The offset behind a section's heading line, or its start when the text does not begin with it."""
    letters = "".join(heading.split())
    at = start
    if not letters or (first := text.find(letters[0], start, start + 40)) < 0:
        return start
    at = text.find(heading.split()[0], start, start + 40)
    at = first if at < 0 else at
    for letter in letters:
        while at < end and text[at].isspace():
            at += 1
        if at >= end or text[at] != letter:
            return start
        at += 1
    while at < end and text[at] in " .:\n":
        at += 1
    return at


def _one_line(heading: str) -> str:
    return " ".join(heading.split())
