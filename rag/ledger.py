"""The passages that a model was shown in a conversation, by the numbers it cites them by."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from corpus.library import Library
from corpus.records import Chunk, Document, Passage, Voice
from rag.guard import Shown


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as it is kept with a conversation: where it stands, not what it says.

    Attributes:
        number: from 1, in the order in which passages were shown.
        start: offset in the document's text; ``end`` is one past its last character.
        because: what referred to it, if it was not found itself.
    """

    number: int
    document_id: str
    start: int
    end: int
    section: str
    voice: str
    because: str = ""

    def as_json(self) -> dict[str, Any]:
        """As a dictionary that JSON can hold; ``Entry(**value)`` reads it back."""
        return asdict(self)


class Ledger:
    """Numbers passages, each span once, and gives them back as the library has them now.

    Args:
        library: holds the documents.
        entries: of earlier turns of the conversation.
    """

    def __init__(self, library: Library, entries: Iterable[Entry] = ()) -> None:
        self._library = library
        self._entries = {entry.number: entry for entry in entries}
        self._numbers = {_span(entry): entry.number for entry in self._entries.values()}

    def add(self, passage: Passage, because: str = "") -> Entry:
        """Number a passage that is shown now, or find the number that it has."""
        chunk = passage.chunk
        place = chunk.document_id, chunk.start, chunk.end
        number = self._numbers.setdefault(place, max(self._entries, default=0) + 1)
        return self._entries.setdefault(number, Entry(number, *place, chunk.section, chunk.voice.value, because))

    def passage(self, number: int) -> Passage | None:
        """The passage with this number; None where none was shown, or its document no longer answers."""
        entry = self._entries.get(number)
        document = self._library.documents().get(entry.document_id) if entry else None
        if entry is None or document is None:
            return None
        chunk_id = f"{entry.document_id}:{entry.start}-{entry.end}"
        chunk = self._library.catalog.chunks_by_id([chunk_id]).get(chunk_id)
        if chunk is None:
            return span(self._library, document, entry.start, entry.end, entry.section, Voice(entry.voice))
        return placed(self._library, chunk, document)

    def shown(self) -> Shown:
        """All of them, as the guard takes them."""
        passages = {number: self.passage(number) for number in sorted(self._entries)}
        there = {number: passage for number, passage in passages.items() if passage is not None}
        because = {p.chunk.id: self._entries[n].because for n, p in there.items() if self._entries[n].because}
        return Shown(there, because)

    def __len__(self) -> int:
        return len(self._entries)


def span(library: Library, document: Document, start: int, end: int, section: str, voice: Voice) -> Passage | None:
    """A stretch of a document's text as a passage of its own; None where the text is not that long."""
    pages = library.page_map(document.id)
    if not 0 <= start < end <= len(pages.text):
        return None
    first, last = pages.page_of(start), pages.page_of(end - 1)
    return placed(library, Chunk(document.id, start, end, first, last, section, voice, pages.text[start:end]), document)


def placed(library: Library, chunk: Chunk, document: Document) -> Passage:
    """A chunk as a passage that was not searched for, with the label of its page."""
    return Passage(chunk, document, library.catalog.page_label(document.id, chunk.first_page), 0.0)


def _span(entry: Entry) -> tuple[str, int, int]:
    return entry.document_id, entry.start, entry.end
