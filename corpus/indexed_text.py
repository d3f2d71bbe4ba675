"""What of a chunk is searched: the words that are indexed, and the text that is embedded."""

from collections.abc import Iterable

from corpus.fulltext import TextEntry
from corpus.pagemap import fold
from corpus.records import Chunk, Document


def searchable(text: str) -> str:
    """A chunk's text as the indexes read it: white space folded, words broken at a line end joined again."""
    return fold(text)


def embedding_text(document: Document, chunk: Chunk) -> str:
    """A chunk's text with a line in front that says where it stands."""
    context = f"{document.title[:120]} › {chunk.section}" if chunk.section else document.title[:120]
    return f"{context}\n{searchable(chunk.text)}"


def text_entries(document: Document, chunks: Iterable[Chunk]) -> list[TextEntry]:
    """What the full-text index stores of a document."""
    return [TextEntry(c.id, c.document_id, document.title, c.section, searchable(c.text)) for c in chunks]
