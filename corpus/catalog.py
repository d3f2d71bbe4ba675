"""The catalog: documents, their pages, structure and chunks in SQLite. The truth of a library.

Vectors and full text can be rebuilt from it. A document passes through the states
``indexing`` → ``ready``; ``replaced`` documents stay readable but do not answer, and
``failed`` files are kept with their reason.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LibraryError
from corpus.records import Chunk, Document, Page, ParsedDocument, Section
from corpus.stored import (
    CHUNK_COLUMNS,
    PAGE_COLUMNS,
    chunk_from,
    chunk_row,
    document_from,
    document_text,
    footnote_from,
    page_from,
    page_row,
    parts_of,
    reference_from,
    section_from,
    table_from,
)
from corpus.structure import Footnote, Reference, Table

SCHEMA_VERSION = "3"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '', remedy TEXT NOT NULL DEFAULT '',
    pages INTEGER NOT NULL DEFAULT 0, chunks INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS documents_by_state ON documents (state);
CREATE TABLE IF NOT EXISTS sources (path TEXT PRIMARY KEY, document_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
    document_id TEXT NOT NULL, number INTEGER NOT NULL, label TEXT, text TEXT NOT NULL,
    body_chars INTEGER NOT NULL, furniture TEXT NOT NULL, runs TEXT NOT NULL, calls TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (document_id, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS structure (
    document_id TEXT NOT NULL, part TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (document_id, part, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunks (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, section TEXT NOT NULL, voice TEXT NOT NULL,
    text TEXT NOT NULL, note_calls TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS chunks_by_document ON chunks (document_id, start);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its state in the library."""

    document: Document
    state: str
    reason: str
    remedy: str
    pages: int
    chunks: int


class Catalog:
    """One SQLite file. Writers must hold the library's lock."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"{path} is not a reglens catalog: {error}",
                remedy="name another folder with --library, or restore this one from a copy",
            ) from error

    def close(self) -> None:
        """Close the file; the catalog cannot be used after."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept only if the block ends well."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def meta(self, key: str) -> str | None:
        """A fact about the library as a whole, or None."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Record a fact about the library as a whole."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def generation(self) -> int:
        """Grows with every change that a search could see."""
        return int(self.meta("generation") or 0)

    def bump(self) -> None:
        """Tell readers that the indexes have changed."""
        self.set_meta("generation", str(self.generation() + 1))

    def stamp(self) -> tuple[int, int]:
        """Changes with everything that this or another process writes; cheap to ask."""
        by_others = self._db.execute("PRAGMA data_version").fetchone()[0]
        return int(by_others), self._db.total_changes

    def put(self, parsed: ParsedDocument) -> None:
        """Store a document as ``indexing``, over whatever was there under its id."""
        document = parsed.document
        self.drop_content(document.id)
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, 'indexing', '', '', ?, ?)",
            (document.id, document_text(document), len(parsed.pages), len(parsed.chunks)),
        )
        self._insert("pages", [(document.id, *page_row(page)) for page in parsed.pages])
        self._insert("structure", [(document.id, *part) for part in parts_of(parsed)])
        self._insert("chunks", [chunk_row(chunk) for chunk in parsed.chunks])
        self.set_source(document.source, document.id)

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def put_failed(self, document: Document, reason: str, remedy: str) -> None:
        """Record a file that could not be read, with what to do about it."""
        self.drop_content(document.id)
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, 'failed', ?, ?, 0, 0)",
            (document.id, document_text(document), reason, remedy),
        )
        self.set_source(document.source, document.id)

    def set_state(self, document_ids: Iterable[str], state: str, reason: str = "") -> None:
        """Move documents to another state."""
        self._db.executemany(
            "UPDATE documents SET state = ?, reason = ? WHERE id = ?",
            [(state, reason, document_id) for document_id in document_ids],
        )

    def set_source(self, path: str, document_id: str) -> None:
        """Remember that the file at ``path`` held this document when it was last read."""
        self._db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (path, document_id))

    def source(self, path: str) -> str | None:
        """Id of the document that was last read from ``path``."""
        row = self._db.execute("SELECT document_id FROM sources WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else None

    def sources_of(self, document_id: str) -> list[str]:
        """Every path that held this document when it was last read."""
        rows = self._db.execute("SELECT path FROM sources WHERE document_id = ? ORDER BY path", (document_id,))
        return [str(row[0]) for row in rows]

    def drop_content(self, document_id: str) -> None:
        """Remove pages, structure and chunks; the document's own row stays."""
        for table in ("pages", "structure", "chunks"):
            self._db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))

    def drop(self, document_id: str) -> None:
        """Remove a document and every trace of it."""
        self.drop_content(document_id)
        self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self._db.execute("DELETE FROM sources WHERE document_id = ?", (document_id,))

    def entries(self) -> list[Entry]:
        """Every document, in the order of their titles."""
        rows = self._db.execute("SELECT record, state, reason, remedy, pages, chunks FROM documents")
        found = [Entry(document_from(record), *rest) for record, *rest in rows]
        return sorted(found, key=lambda entry: (entry.document.title.lower(), entry.document.id))

    def entry(self, document_id: str) -> Entry | None:
        """One document, or None."""
        row = self._db.execute(
            "SELECT record, state, reason, remedy, pages, chunks FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return Entry(document_from(row[0]), *row[1:]) if row else None

    def ids_in_state(self, *states: str) -> list[str]:
        """Ids of the documents in any of these states, in order."""
        marks = ",".join("?" * len(states))
        rows = self._db.execute(f"SELECT id FROM documents WHERE state IN ({marks}) ORDER BY id", states)
        return [str(row[0]) for row in rows]

    def pages(self, document_id: str) -> list[Page]:
        """All pages of a document in order."""
        rows = self._db.execute(
            f"SELECT {PAGE_COLUMNS} FROM pages WHERE document_id = ? ORDER BY number", (document_id,)
        )
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

    def _parts(self, document_id: str, part: str) -> Iterator[str]:
        rows = self._db.execute(
            "SELECT record FROM structure WHERE document_id = ? AND part = ? ORDER BY position", (document_id, part)
        )
        return (str(row[0]) for row in rows)

    def chunks(self, document_id: str) -> list[Chunk]:
        """All chunks of a document in order."""
        rows = self._db.execute(
            f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE document_id = ? ORDER BY start", (document_id,)
        )
        return [chunk_from(row) for row in rows]

    def chunks_by_id(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Those of the named chunks that exist."""
        found: dict[str, Chunk] = {}
        for low in range(0, len(chunk_ids), 500):
            batch = chunk_ids[low : low + 500]
            marks = ",".join("?" * len(batch))
            for row in self._db.execute(f"SELECT {CHUNK_COLUMNS} FROM chunks WHERE id IN ({marks})", tuple(batch)):
                chunk = chunk_from(row)
                found[chunk.id] = chunk
        return found

    def page_labels(self, document_id: str) -> dict[int, str | None]:
        """Printed label of every page, by physical number."""
        return dict(self._db.execute("SELECT number, label FROM pages WHERE document_id = ?", (document_id,)))

    def chunk_ids(self, document_id: str | None = None) -> set[str]:
        """Ids of a document's chunks, or of all ``ready`` documents' chunks."""
        if document_id is not None:
            rows = self._db.execute("SELECT id FROM chunks WHERE document_id = ?", (document_id,))
        else:
            rows = self._db.execute(
                "SELECT c.id FROM chunks c JOIN documents d ON d.id = c.document_id WHERE d.state = 'ready'"
            )
        return {str(row[0]) for row in rows}
