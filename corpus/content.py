"""The content of documents in the catalog: pages, structure, chunks and their vectors."""

from collections.abc import Collection, Sequence

from corpus.database import Database
from corpus.placed import PlacedChunks
from corpus.records import Chunk, Page, ParsedDocument, Section
from corpus.stored import (
    CHUNK_COLUMNS,
    PAGE_COLUMNS,
    chunk_from,
    chunk_row,
    footnote_from,
    page_from,
    page_row,
    parts_of,
    reference_from,
    section_from,
    table_from,
)
from corpus.stored_vectors import StoredVectors
from corpus.structure import Footnote, Reference, Table


class Content:
    """What documents hold, by their ids.

    Attributes:
        db: the file. What writes works inside its ``writing`` only.
        vectors: of the chunks.
        placed: the chunks by where they stand.
    """

    def __init__(self, db: Database) -> None:
        self.db = db
        self.vectors = StoredVectors(db)
        self.placed = PlacedChunks(db)

    def put_content(self, parsed: ParsedDocument) -> None:
        """Store pages, structure and chunks of a document that has none."""
        document = parsed.document
        self._insert("pages", [(document.id, *page_row(page)) for page in parsed.pages])
        self._insert("structure", [(document.id, *part) for part in parts_of(parsed)])
        self._insert("chunks", [chunk_row(chunk) for chunk in parsed.chunks])

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self.db.write_many(f"INSERT INTO {table} VALUES ({marks})", rows)

    def drop_content(self, document_id: str, *, same: Collection[str] = ()) -> None:
        """Remove pages, structure, chunks and vectors of a document, but for the vectors of the chunks in ``same``."""
        self.vectors.drop(document_id, but=same)
        for table in ("pages", "structure", "chunks"):
            self.db.write(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))

    def pages(self, document_id: str) -> list[Page]:
        """All pages of a document in order."""
        rows = self.db.rows(f"SELECT {PAGE_COLUMNS} FROM pages WHERE document_id = ? ORDER BY number", (document_id,))
        return [page_from(row) for row in rows]

    def sections(self, document_id: str) -> list[Section]:
        """All sections of a document in order."""
        return [section_from(text) for text in self._parts(document_id, "section")]

    def footnotes(self, document_id: str) -> list[Footnote]:
        """All footnotes of a document in order."""
        return [footnote_from(text) for text in self._parts(document_id, "footnote")]

    def tables(self, document_id: str) -> list[Table]:
        """All tables of a document in order."""
        return [table_from(text) for text in self._parts(document_id, "table")]

    def references(self, document_id: str) -> list[Reference]:
        """All references that a document makes, in order."""
        return [reference_from(text) for text in self._parts(document_id, "reference")]

    def _parts(self, document_id: str, part: str) -> list[str]:
        rows = self.db.rows(
            "SELECT record FROM structure WHERE document_id = ? AND part = ? ORDER BY position", (document_id, part)
        )
        return [str(row[0]) for row in rows]

    def chunks(self, document_id: str) -> list[Chunk]:
        """All chunks of a document in order."""
        rows = self.db.rows(f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE document_id = ? ORDER BY start", (document_id,))
        return [chunk_from(row) for row in rows]

    def chunks_by_id(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Those of the named chunks that exist."""
        found: dict[str, Chunk] = {}
        for low in range(0, len(chunk_ids), 500):
            batch = chunk_ids[low : low + 500]
            marks = ",".join("?" * len(batch))
            for row in self.db.rows(f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE id IN ({marks})", tuple(batch)):
                chunk = chunk_from(row)
                found[chunk.id] = chunk
        return found

    def page_labels(self, document_id: str) -> dict[int, str | None]:
        """Printed label of every page, by physical number."""
        return dict(self.db.rows("SELECT number, label FROM pages WHERE document_id = ?", (document_id,)))

    def chunk_ids(self, *states: str) -> set[str]:
        """Ids of the chunks of all documents in these states, or of all documents."""
        if not states:
            return {str(row[0]) for row in self.db.rows("SELECT id FROM chunks")}
        marks = ",".join("?" * len(states))
        rows = self.db.rows(
            f"SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document_id WHERE d.state IN ({marks})", states
        )
        return {str(row[0]) for row in rows}
