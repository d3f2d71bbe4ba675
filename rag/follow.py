"""One step further: what the best passages point at, where it bears on the question.

Footnotes, sections and other releases; kept apart from what was found by its own words and meaning.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.contracts import passage_json
from corpus.library import Library
from corpus.records import Chunk, Document, Passage, Voice
from rag.pointers import Pointer, pointers

_FROM = 5  # passages whose pointers are followed
_MOST = 6
_MOST_OF_ONE = 3  # places that one passage leads to
_DEPTH = 400  # chunks of the documents pointed at that are ranked for the question
_LOOKED_AT = 30  # places that are read
_MIN_SHARE = 0.3  # of the question's words, rare ones counting more
_MIN_WORDS = 8  # a shorter footnote only cites
_LOSS_BY_RANK = 0.03


@dataclass(frozen=True, slots=True)
class Followed:
    """A place that a passage points at.

    Attributes:
        passage: the chunk that holds it. Its score is the share of the question's words that
            it holds, moved by the rank of the passage that points there.
        pointer: what pointed there.
        source: the passage that did.
    """

    passage: Passage
    pointer: Pointer
    source: Passage

    @property
    def because(self) -> str:
        """Why it is shown: "footnote 157 of passage 2"; "Section III.B.2, referred to by passage 1"."""
        return self._reason(f"passage {self.pointer.rank}")

    @property
    def because_in_answer(self) -> str:
        """The same for a reader who sees no numbered passages."""
        section = self.source.chunk.section or "a passage"
        return self._reason(f"“{section}” in {self.source.document.title}")

    def _reason(self, source: str) -> str:
        return f"{self.pointer.name}{' of' if self.pointer.called else ', referred to by'} {source}"

    @property
    def span(self) -> tuple[int, int]:
        """Start and end, in the document's text, of what is meant of the passage."""
        chunk = self.passage.chunk
        return max(chunk.start, self.pointer.start), min(chunk.end, self.pointer.end)


def followed_json(item: Followed, rank: int) -> dict[str, Any]:
    """A followed passage at its rank among the followed, from 1, and what led to it."""
    return passage_json(item.passage, rank) | {"because": item.because}


def follow(
    question: str,
    words: str,
    passages: Sequence[Passage],
    library: Library,
    documents: Mapping[str, Document],
    voices: Collection[Voice] = (),
) -> tuple[Followed, ...]:
    """The places that the first passages point at and that hold most of the question's words.

    Args:
        question: without the titles that say where to look.
        words: the question and what a release would say for it, to search by.
        passages: found, best first. What is among them is not followed.
        library: is searched.
        documents: that may be shown, by id.
        voices: that may be shown; all, where there are none.
    """
    known = {passage.chunk.id for passage in passages}
    pointed = [p for p in pointers(passages[:_FROM], library) if p.document_id in documents]
    if not pointed:
        return ()
    ranking = library.search_words(words, _DEPTH, {pointer.document_id for pointer in pointed})
    nearest = _nearest(pointed, [chunk_id for chunk_id, _ in ranking if chunk_id not in known])
    bm25 = dict(ranking)
    places = sorted(nearest, key=lambda item: -bm25[item[1]])[:_LOOKED_AT]
    chunks = library.catalog.chunks_by_id(list({chunk_id for _, chunk_id in places}))
    wanted = {term: math.sqrt(rarity) for term, rarity in library.rarity(library.terms(question)).items()}
    found = []
    for pointer, chunk_id in places:
        chunk = chunks.get(chunk_id)
        if chunk is None or (voices and chunk.voice not in voices):
            continue
        share = _share(wanted, chunk, pointer, library)
        if share >= _MIN_SHARE:
            score = share * (1 - _LOSS_BY_RANK * (pointer.rank - 1))
            owner = documents[chunk.document_id]
            found.append(
                Followed(Passage(chunk, owner, None, score, bm25[chunk_id]), pointer, passages[pointer.rank - 1])
            )
    return tuple(_labelled(item, library) for item in _best(found))


def _nearest(pointed: Sequence[Pointer], ranking: Sequence[str]) -> list[tuple[Pointer, str]]:
    """For each pointer the best ranked chunk that lies in, or holds, what it points at."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for chunk_id in ranking:
        document_id, _, span = chunk_id.partition(":")
        start, _, end = span.partition("-")
        spans.setdefault(document_id, []).append((int(start), int(end), chunk_id))
    nearest = []
    for pointer in pointed:
        chunks = spans.get(pointer.document_id, ())
        inside = (chunk_id for low, high, chunk_id in chunks if low < pointer.end and high > pointer.start)
        if (best := next(inside, None)) is not None:
            nearest.append((pointer, best))
    return nearest


def _share(wanted: Mapping[str, float], chunk: Chunk, pointer: Pointer, library: Library) -> float:
    """How much of the question's words stands in what is meant of the chunk; 0 where that is a bare citation."""
    text = chunk.text[max(pointer.start - chunk.start, 0) : max(pointer.end - chunk.start, 0)]
    terms = set(library.terms(text))
    total = sum(wanted.values())
    if len(terms) < _MIN_WORDS or not total:
        return 0.0
    return sum(weight for term, weight in wanted.items() if term in terms) / total


def _best(found: Sequence[Followed]) -> list[Followed]:
    """The best few: each chunk once for each place, not too many from one passage."""
    chosen: list[Followed] = []
    seen: set[tuple[int, int, str]] = set()
    for item in sorted(found, key=lambda f: (-f.passage.score, f.pointer.rank, f.passage.chunk.id)):
        from_same = sum(other.pointer.rank == item.pointer.rank for other in chosen)
        place = (*item.span, item.passage.chunk.document_id)
        if place not in seen and from_same < _MOST_OF_ONE:
            seen.add(place)
            chosen.append(item)
    return chosen[:_MOST]


def _labelled(item: Followed, library: Library) -> Followed:
    chunk = item.passage.chunk
    label = library.catalog.page_label(chunk.document_id, chunk.first_page)
    return replace(item, passage=replace(item.passage, page_label=label))
