"""What a question names exactly, found: "Rule 611(a)(1)", "footnote 157 of the proposal", "page 57 of 34-83062"."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.records import Kind, owner_of
from rag.docplaces import DocumentPlaces
from rag.genericwords import telling
from rag.naming import DocumentName, document_names, outside
from rag.placenames import PlaceKind, PlaceName, places
from rag.query import Query
from rag.roundrobin import round_robin
from rag.ruleplaces import Held, held
from rag.spots import Spot

_SHORT = (PlaceKind.FOOTNOTE, PlaceKind.QUESTION)  # whatever is asked of it, all of it is soon read
_LAW = (PlaceKind.RULE, PlaceKind.STATUTE)
_OF = re.compile(r"\s*,?\s*(?:of|in|from|to|on|at|under)\s+(?:(?:the|sec|our)\s+){0,2}", re.IGNORECASE)
_MOST, _FOR_ONE = 6, 3
_ABOUT_ONE_WORD = 1
_LIKELY_DOCUMENTS = 2
_SEARCHED = "; searched for the rest of the question"


@dataclass(frozen=True, slots=True)
class Pins:
    """What a question names exactly.

    Attributes:
        spots: where it stands, the likeliest first, each chunk once.
        missing: what was named and is not there, in words for the user.
        suffice: the question asks no more than what stands there.
    """

    spots: tuple[Spot, ...] = ()
    missing: tuple[str, ...] = ()
    suffice: bool = False

    @property
    def chunk_ids(self) -> tuple[str, ...]:
        """Of the chunks in which it stands."""
        return tuple(spot.chunk.id for spot in self.spots)


def pins(query: Query, library: Library, allowed: Collection[str]) -> Pins:
    """The chunks of the places that a question names, and what of them is not there.

    Of several places each has its first chunk before any has its second. A rule that is
    named without a paragraph, in a question that asks something else of it, is left to the
    search: its number counts there.

    Args:
        query: the question.
        library: is looked through.
        allowed: ids of the documents that may answer.
    """
    text = query.text
    named = places(text)
    names = document_names(text, library) if named or query.documents or re.search(r"\d", text) else ()
    spans = [(place.start, place.end) for place in named] + [(name.start, name.end) for name in names]
    rest = telling(outside(text, spans))
    within = frozenset(allowed)
    looked = _Look(DocumentPlaces(library, rest), library, within, query.documents & within, rest)
    lists: list[Sequence[Spot]] = []
    unknown = [name.words for name in names if not name.documents and _is_sure(name)]
    missing = [f"{words} is not in the library{_SEARCHED}" for words in unknown]
    for place in named:
        found, lacking = looked.place(place, _owner(text, place, named, names))
        lists.append(found)
        missing += lacking
    bare = not library.terms(rest)
    if not named and names and bare:
        lists = [looked.inside.overview(i) for name in names for i in name.documents if i in within]
    lists = [spots for spots in lists if spots]
    most = _FOR_ONE if len(lists) == 1 else _MOST
    turns = list(round_robin(lists))
    first = {spot.chunk.id: spot for spot in reversed(turns)}
    spots = tuple(first[chunk_id] for chunk_id in dict.fromkeys(spot.chunk.id for spot in turns))[:most]
    asks_no_more = bare or (bool(named) and all(place.kind in _SHORT for place in named))
    suffice = asks_no_more and any(spot.start < spot.end for spot in spots)
    return Pins(spots, tuple(dict.fromkeys(missing)), suffice)


def pin(fused: Sequence[tuple[str, float]], chunk_ids: Sequence[str]) -> list[tuple[str, float]]:
    """A ranking with the pinned chunks before the others, in their order, with scores above all others."""
    best = max((score for _, score in fused), default=0.0)
    first = [(chunk_id, best + 0.01 * (len(chunk_ids) - n)) for n, chunk_id in enumerate(chunk_ids)]
    known = set(chunk_ids)
    return first + [item for item in fused if item[0] not in known]


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks places up in a library.

    Attributes:
        inside: looks them up in a document.
        allowed: documents that may answer.
        asked: those of them that the question keeps to; empty when it keeps to none.
        rest: the question's own words besides the places and the documents it names.
    """

    inside: DocumentPlaces
    library: Library
    allowed: frozenset[str]
    asked: frozenset[str]
    rest: str

    def place(self, place: PlaceName, owner: DocumentName | None) -> tuple[list[Spot], list[str]]:
        """Where a place stands, and what of it is not there in words."""
        if place.kind in _LAW:
            return self._law(place, owner)
        documents = self._documents(owner)
        if not documents:
            if owner is None:
                documents = [i for i in self._likely() if self.inside.find(place, i)][:_LIKELY_DOCUMENTS]
                if not documents and len(self.library.terms(self.rest)) < 2:
                    return [], [f"no document is named for {place.words}{_SEARCHED}"]
            elif not owner.documents:
                return [], [f"{place.words} of {owner.words} was not found{_SEARCHED}"]
        by_document = [self.inside.find(place, i) for i in documents]
        found = list(round_robin(by_document))
        if found or not documents or self._is_note_of_accounts(place, documents):
            return found, []
        whose = owner.words if owner else self._name(documents[0])
        return [], [f"{place.words} of {whose} was not found{_SEARCHED}"]

    def _documents(self, owner: DocumentName | None) -> list[str]:
        if owner is not None:
            return [i for i in owner.documents if i in self.allowed]
        if self.asked:
            return sorted(self.asked)
        return list(self.allowed) if len(self.allowed) == 1 else []

    def _name(self, document_id: str) -> str:
        document = self.library.documents()[document_id]
        return document.release_numbers[0] if document.release_numbers else document.title

    def _likely(self) -> list[str]:
        """The documents that come nearest by the rest of the question."""
        if len(self.library.terms(self.rest)) < 2:
            return []
        hits = self.library.search_words(self.rest, 10, self.allowed)
        return list(dict.fromkeys(owner_of(chunk_id) for chunk_id, _ in hits))

    def _is_note_of_accounts(self, place: PlaceName, documents: Iterable[str]) -> bool:
        kinds = {self.library.documents()[i].kind for i in documents}
        return place.kind is PlaceKind.FOOTNOTE and kinds == {Kind.COMPANY_REPORT}

    def _law(self, place: PlaceName, owner: DocumentName | None) -> tuple[list[Spot], list[str]]:
        if not place.paragraphs and len(self.library.terms(self.rest)) > _ABOUT_ONE_WORD:
            return [], []
        own = frozenset(owner.documents) & self.allowed if owner else frozenset()
        asked = own or self.asked
        if asked:
            found = held(place, self.rest, self.library, asked)
            if found.exact:
                return list(found.spots), []
        every = len(self.allowed) == len(self.library.documents())
        found = held(place, self.rest, self.library, None if every else self.allowed)
        return list(found.spots), self._lacking(place, found, asked)

    def _lacking(self, place: PlaceName, found: Held, asked: Collection[str]) -> list[str]:
        """What to say of a rule that was looked for in all documents, after those that the question names."""
        where = f" in {self._name(sorted(asked)[0])}" if asked else ""
        if found.exact:
            return [f"{place.words} was not found{where}; looked in the other documents"] if asked else []
        instead = "; looked for what it is a part of" if found.spots else _SEARCHED
        return [f"{place.words} was not found{where}{instead}"]


def _owner(
    text: str, place: PlaceName, named: Sequence[PlaceName], names: Sequence[DocumentName]
) -> DocumentName | None:
    """The document that a place is said to be in: the one that "of" leads to, else the nearest one before or after."""
    after = [name for name in names if name.start >= place.end]
    if after:
        between = text[place.end : after[0].start]
        next_place = min((other.start for other in named if other.start >= place.end), default=len(text))
        if _OF.fullmatch(between + " ") or _OF.fullmatch(between) or (len(names) == 1 and next_place > after[0].start):
            return after[0]
    before = [name for name in names if name.end <= place.start]
    return before[-1] if before else after[0] if after else None


def _is_sure(name: DocumentName) -> bool:
    """Whether a document is named by a number; a title that nobody has is no name."""
    return bool(re.search(r"\d", name.words)) and "ule" not in name.words
