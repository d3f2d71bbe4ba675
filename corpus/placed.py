"""Chunks by where they stand: between two offsets, on a page, in a section."""

from corpus.database import Database
from corpus.records import Chunk, Voice
from corpus.stored import CHUNK_COLUMNS, chunk_from


class PlacedChunks:
    """What stands where in the documents of a catalog."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def between(self, document_id: str, start: int, end: int) -> list[Chunk]:
        """The chunks that share a character with ``[start, end)``, in order."""
        return self._chunks(document_id, "start < ? AND end > ?", end, start)

    def on_page(self, document_id: str, number: int) -> list[Chunk]:
        """The chunks that share a character with a page, in order."""
        return self._chunks(document_id, "first_page <= ? AND last_page >= ?", number, number)

    def in_section(self, document_id: str, number: str) -> list[Chunk]:
        """The chunks of a section by its path of numbers, "II.A.2", in order; case does not matter."""
        return self._chunks(document_id, "section LIKE ?", f"{number} ›%")

    def under_section(self, document_id: str, number: str) -> list[Chunk]:
        """The chunks of the sections below a section, in order."""
        return self._chunks(document_id, "section LIKE ?", f"{number}.%")

    def headed(self, document_id: str, heading: str) -> list[Chunk]:
        """The chunks of the unnumbered sections whose heading begins so, in order; case does not matter."""
        return self._chunks(document_id, "section LIKE ?", f"{heading}%")

    def in_voice(self, document_id: str, voice: Voice) -> list[Chunk]:
        """The chunks of a document in one voice, in order."""
        return self._chunks(document_id, "voice = ?", voice.value)

    def pages_labelled(self, document_id: str, label: str) -> list[int]:
        """The physical numbers of the pages on which ``label`` is printed."""
        rows = self._db.rows(
            "SELECT number FROM pages WHERE document_id = ? AND label = ? COLLATE NOCASE", (document_id, label)
        )
        return [int(row[0]) for row in rows]

    def _chunks(self, document_id: str, condition: str, *values: object) -> list[Chunk]:
        rows = self._db.rows(
            f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE document_id = ? AND {condition} ORDER BY start",
            (document_id, *values),
        )
        return [chunk_from(row) for row in rows]
