"""The content of documents in the catalog: pages, structure, chunks and their vectors."""

from bisect import bisect_left
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

    def references_in(self, document_id: str, start: int, end: int) -> list[Reference]:
        """The references that begin in ``[start, end)``, in order, without reading the others."""
        return [reference_from(text) for text in self._parts_in(document_id, "reference", start, end)]

    def sections_in(self, document_id: str, start: int, end: int) -> list[Section]:
        """The sections whose headings begin in ``[start, end)``, in order, without reading the others."""
        return [section_from(text) for text in self._parts_in(document_id, "section", start, end)]

    def _parts_in(self, document_id: str, part: str, start: int, end: int) -> list[str]:
        """Records of one part, which stand in the order of their starts, found by halving."""
        where = "FROM structure WHERE document_id = ? AND part = ?"
        last = self.db.row(f"SELECT MAX(position) {where}", (document_id, part))
        count = int(last[0]) + 1 if last and last[0] is not None else 0

        def start_of(position: int) -> int:
            row = self.db.row(
                f"SELECT json_extract(record, '$.start') {where} AND position = ?", (document_id, part, position)
            )
            return int(row[0]) if row else 0

        low, high = (bisect_left(range(count), offset, key=start_of) for offset in (start, end))
        rows = self.db.rows(
            f"SELECT record {where} AND position >= ? AND position < ? ORDER BY position",
            (document_id, part, low, high),
        )
        return [str(row[0]) for row in rows]

    def footnotes_numbered(self, document_id: str, numbers: Collection[str]) -> list[Footnote]:
        """The footnotes that bear any of these numbers, in order; some documents count anew in their parts."""
        marks = ",".join("?" * len(numbers))
        rows = self.db.rows(
            "SELECT record FROM structure WHERE document_id = ? AND part = 'footnote' "
            f"AND json_extract(record, '$.number') IN ({marks}) ORDER BY position",
            (document_id, *numbers),
        )
        return [footnote_from(row[0]) for row in rows]

    def sections_headed(self, document_id: str, words: str) -> list[Section]:
        """The sections of a document whose path or heading holds these very words, in order."""
        return self._sections_where("instr(json_extract(record, '$.path'), ?) > 0", document_id, words)

    def sections_numbered(self, document_id: str, number: str) -> list[Section]:
        """The sections of a document with this number down from the top, "II.C.4", in order."""
        return self._sections_where("instr(json_extract(record, '$.path'), ? || ' › ') = 1", document_id, number)

    def _sections_where(self, condition: str, document_id: str, value: str) -> list[Section]:
        where = "FROM structure WHERE document_id = ? AND part = 'section'"
        rows = self.db.rows(f"SELECT record {where} AND {condition} ORDER BY position", (document_id, value))
        return [section_from(row[0]) for row in rows]

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

    def page_label(self, document_id: str, number: int) -> str | None:
        """Printed label of one page, by its physical number."""
        row = self.db.row("SELECT label FROM pages WHERE document_id = ? AND number = ?", (document_id, number))
        return row[0] if row else None

    def chunk_ids(self, *states: str) -> set[str]:
        """Ids of the chunks of all documents in these states, or of all documents."""
        if not states:
            return {str(row[0]) for row in self.db.rows("SELECT id FROM chunks")}
        marks = ",".join("?" * len(states))
        rows = self.db.rows(
            f"SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document_id WHERE d.state IN ({marks})", states
        )
        return {str(row[0]) for row in rows}
