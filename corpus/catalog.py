"""The catalog: documents, pages, sections and chunks in SQLite. The truth of a library.

Vectors and full text can be rebuilt from it. A document passes through the states
``indexing`` → ``ready``; ``replaced`` documents stay readable but do not answer, and
``failed`` files are kept with their reason.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from corpus.errors import LibraryError
from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Section, Voice

SCHEMA_VERSION = "1"

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
    body_chars INTEGER NOT NULL, furniture TEXT NOT NULL, runs TEXT NOT NULL,
    PRIMARY KEY (document_id, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sections (
    document_id TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (document_id, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunks (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, section TEXT NOT NULL, voice TEXT NOT NULL,
    note_calls TEXT NOT NULL, text TEXT NOT NULL);
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
            (document.id, json.dumps(asdict(document)), len(parsed.pages), len(parsed.chunks)),
        )
        self._db.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (document.id, p.number, p.label, p.text, p.body_chars, json.dumps(p.furniture), json.dumps(p.runs))
                for p in parsed.pages
            ],
        )
        self._db.executemany(
            "INSERT INTO sections VALUES (?, ?, ?)",
            [(document.id, position, json.dumps(asdict(s))) for position, s in enumerate(parsed.sections)],
        )
        self._db.executemany(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [_chunk_row(c) for c in parsed.chunks]
        )
        self.set_source(document.source, document.id)

    def put_failed(self, document: Document, reason: str, remedy: str) -> None:
        """Record a file that could not be read, with what to do about it."""
        self.drop_content(document.id)
        self._db.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, 'failed', ?, ?, 0, 0)",
            (document.id, json.dumps(asdict(document)), reason, remedy),
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
        """Remove pages, sections and chunks; the document's own row stays."""
        for table in ("pages", "sections", "chunks"):
            self._db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))

    def drop(self, document_id: str) -> None:
        """Remove a document and every trace of it."""
        self.drop_content(document_id)
        self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        self._db.execute("DELETE FROM sources WHERE document_id = ?", (document_id,))

    def entries(self) -> list[Entry]:
        """Every document, in the order of their titles."""
        rows = self._db.execute("SELECT record, state, reason, remedy, pages, chunks FROM documents")
        found = [Entry(_document(record), *rest) for record, *rest in rows]
        return sorted(found, key=lambda entry: (entry.document.title.lower(), entry.document.id))

    def entry(self, document_id: str) -> Entry | None:
        """One document, or None."""
        row = self._db.execute(
            "SELECT record, state, reason, remedy, pages, chunks FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return Entry(_document(row[0]), *row[1:]) if row else None

    def ids_in_state(self, *states: str) -> list[str]:
        """Ids of the documents in any of these states, in order."""
        marks = ",".join("?" * len(states))
        rows = self._db.execute(f"SELECT id FROM documents WHERE state IN ({marks}) ORDER BY id", states)
        return [str(row[0]) for row in rows]

    def pages(self, document_id: str) -> list[Page]:
        """All pages of a document in order."""
        rows = self._db.execute(
            "SELECT number, label, text, body_chars, furniture, runs FROM pages WHERE document_id = ? ORDER BY number",
            (document_id,),
        )
        return [
            Page(number, label, text, body, tuple(json.loads(furniture)), tuple((a, b) for a, b in json.loads(runs)))
            for number, label, text, body, furniture, runs in rows
        ]

    def sections(self, document_id: str) -> list[Section]:
        """All sections of a document in order."""
        rows = self._db.execute("SELECT record FROM sections WHERE document_id = ? ORDER BY position", (document_id,))
        return [Section(**json.loads(row[0])) for row in rows]

    def chunks(self, document_id: str) -> list[Chunk]:
        """All chunks of a document in order."""
        rows = self._db.execute(f"{_CHUNKS} WHERE document_id = ? ORDER BY start", (document_id,))
        return [_chunk(row) for row in rows]

    def chunks_by_id(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Those of the named chunks that exist."""
        found: dict[str, Chunk] = {}
        for low in range(0, len(chunk_ids), 500):
            batch = chunk_ids[low : low + 500]
            marks = ",".join("?" * len(batch))
            for row in self._db.execute(f"{_CHUNKS} WHERE id IN ({marks})", tuple(batch)):
                chunk = _chunk(row)
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


_CHUNKS = "SELECT document_id, start, end, first_page, last_page, section, voice, text, note_calls FROM chunks"


def _chunk_row(c: Chunk) -> tuple[object, ...]:
    return (
        c.id, c.document_id, c.start, c.end, c.first_page, c.last_page,
        c.section, c.voice.value, json.dumps(c.note_calls), c.text,
    )  # fmt: skip


def _chunk(row: tuple[str, int, int, int, int, str, str, str, str]) -> Chunk:
    document_id, start, end, first_page, last_page, section, voice, text, calls = row
    return Chunk(document_id, start, end, first_page, last_page, section, Voice(voice), text, tuple(json.loads(calls)))


_TUPLES = tuple(f.name for f in fields(Document) if str(f.type).startswith("tuple"))


def _document(record: str) -> Document:
    values = json.loads(record)
    for name in _TUPLES:
        values[name] = tuple(values[name])
    values["kind"] = Kind(values["kind"])
    return Document(**values)
