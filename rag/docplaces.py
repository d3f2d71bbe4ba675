"""The places of one document: a footnote, a page, a section, a numbered question, its summary."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.records import Chunk, Kind, Voice
from rag.placenames import PlaceKind, PlaceName
from rag.roundrobin import round_robin
from rag.spots import Spot, part, whole

_MOST = 3
_OPENING_CHARS = 3000


@dataclass(frozen=True, slots=True)
class DocumentPlaces:
    """Looks places up in the documents of a library.

    Attributes:
        rest: what a question asks of a place: the passages of a long one that fit it best come first.
    """

    library: Library
    rest: str

    def find(self, place: PlaceName, document_id: str) -> list[Spot]:
        """Where a document holds a place, the likeliest first."""
        look_up = {
            PlaceKind.FOOTNOTE: self._footnote,
            PlaceKind.PAGE: self._page,
            PlaceKind.SECTION: self._section,
            PlaceKind.QUESTION: self._question,
        }[place.kind]
        return list(look_up(document_id, place.number))[:_MOST]

    def overview(self, document_id: str) -> list[Spot]:
        """What a document says of itself first: its summary and its introduction."""
        placed = self.library.catalog.placed
        found = [*placed.headed(document_id, "Summary")[:1], *placed.in_section(document_id, "I")[:1]]
        found += placed.headed(document_id, "Supplementary Information")[:1]
        found = found or placed.between(document_id, 0, _OPENING_CHARS)
        return [whole(chunk) for chunk in found[:_MOST]]

    def _footnote(self, document_id: str, number: str) -> Iterator[Spot]:
        placed = self.library.catalog.placed
        for note in self.library.catalog.footnotes_numbered(document_id, [number]):
            for chunk in placed.between(document_id, note.start, note.end):
                yield part(chunk, note.start, note.end)
        if self.library.documents()[document_id].kind is Kind.COMPANY_REPORT:  # a note to its accounts
            for end in (".", " ", ":"):
                yield from map(whole, placed.headed(document_id, f"Note {number}{end}"))

    def _page(self, document_id: str, number: str) -> list[Spot]:
        """Of the page on which the number is printed, and of that which a viewer counts so."""
        entry = self.library.catalog.entry(document_id)
        if entry is None or entry.pages == 1:
            return []
        placed = self.library.catalog.placed
        numbers = placed.pages_labelled(document_id, number)
        physical = [int(number)] if number.isdigit() and int(number) not in numbers else []
        by_page = [self._best(placed.on_page(document_id, n)) for n in (*numbers, *physical)]
        return list(round_robin([[whole(chunk) for chunk in chunks] for chunks in by_page]))

    def _section(self, document_id: str, number: str) -> list[Spot]:
        """Of the section itself, or of those below it where it is a mere heading; of two so numbered, each."""
        placed = self.library.catalog.placed
        by_path: dict[str, list[Chunk]] = {}
        for chunk in placed.in_section(document_id, number):
            by_path.setdefault(chunk.section, []).append(chunk)
        as_written = sorted(by_path, key=lambda path: not path.startswith(f"{number} ›"))
        own = list(round_robin([[whole(chunk) for chunk in self._best(by_path[path])] for path in as_written]))
        return own + [whole(chunk) for chunk in placed.under_section(document_id, number)[:_MOST]]

    def _question(self, document_id: str, number: str) -> Iterator[Spot]:
        asked = re.compile(rf"(?m)^\W*(?:Q(?:uestion)?\.?\s*(?:No\.?\s*)?)?{number}[.:)]\s")
        for chunk in self.library.catalog.placed.in_voice(document_id, Voice.REQUEST_FOR_COMMENT):
            if match := asked.search(chunk.text):
                yield part(chunk, chunk.start + match.start(), chunk.end)

    def _best(self, chunks: Sequence[Chunk]) -> list[Chunk]:
        """Body before footnotes; where the question asks something of the place, what fits it best first."""
        order = sorted(chunks, key=lambda c: (c.voice is Voice.FOOTNOTE, c.start))
        wanted = set(self.library.terms(self.rest))
        if len(wanted) < 2 or len(order) < 2:
            return order
        rarity = self.library.rarity(sorted(wanted))

        def fit(chunk: Chunk) -> float:
            return sum(rarity[term] for term in wanted & set(self.library.terms(chunk.text)))

        best = max(order, key=fit)
        return [best, *(c for c in order if c is not best)] if fit(best) > 0 else order
