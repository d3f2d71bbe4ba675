"""The tables of the catalog, and what becomes of those of an older version."""

import json
import secrets

from corpus.database import Database

SCHEMA_VERSION = "4"

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, remedy TEXT NOT NULL,
    pages INTEGER NOT NULL, chunks INTEGER NOT NULL, kept INTEGER NOT NULL);
CREATE INDEX documents_by_state ON documents (state);
CREATE TABLE sources (path TEXT PRIMARY KEY, document_id TEXT NOT NULL);
CREATE INDEX sources_by_document ON sources (document_id);
CREATE TABLE failures (
    path TEXT PRIMARY KEY, id TEXT NOT NULL, sha256 TEXT NOT NULL, record TEXT NOT NULL, reason TEXT NOT NULL,
    remedy TEXT NOT NULL, given_up_under TEXT NOT NULL);
CREATE TABLE pages (
    document_id TEXT NOT NULL, number INTEGER NOT NULL, label TEXT, text TEXT NOT NULL,
    body_chars INTEGER NOT NULL, furniture TEXT NOT NULL, runs TEXT NOT NULL, calls TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (document_id, number)) WITHOUT ROWID;
CREATE TABLE structure (
    document_id TEXT NOT NULL, part TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (document_id, part, position)) WITHOUT ROWID;
CREATE TABLE chunks (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, section TEXT NOT NULL, voice TEXT NOT NULL,
    text TEXT NOT NULL, note_calls TEXT NOT NULL);
CREATE INDEX chunks_by_document ON chunks (document_id, start);
CREATE TABLE vectors (chunk_id TEXT PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE next_vectors (chunk_id TEXT PRIMARY KEY, vector BLOB NOT NULL);
"""


def stored_version(db: Database) -> str | None:
    """The version of the tables in the file; None where there are none yet."""
    if db.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'") is None:
        return None
    row = db.row("SELECT value FROM meta WHERE key = 'schema'")
    return str(row[0]) if row else None


def create_tables(db: Database) -> None:
    """Make the tables where there are none; two processes may do so at once."""
    if stored_version(db) is not None:
        return
    with db.writing():
        if stored_version(db) is None:
            _create(db)


def renew_tables(db: Database) -> None:
    """Replace an older version's tables, keeping the list of documents: each is ``outdated`` and has no content."""
    with db.writing():
        documents = db.rows("SELECT id, record, state, reason FROM documents WHERE state NOT IN ('failed', 'removing')")
        sources = {path: identity for path, identity in db.rows("SELECT path, document_id FROM sources")}
        for (table,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
            db.write(f'DROP TABLE "{table}"')
        _create(db)
        for kind in ("chroma", "tantivy"):  # new places: what lies in the old ones is of the old version
            db.write("INSERT INTO meta VALUES (?, ?)", (kind, f"{kind}-{secrets.token_hex(4)}"))
        kept = {row[0] for row in documents}
        sources = {path: identity for path, identity in sources.items() if identity in kept}
        for identity, record, state, reason in documents:
            if state != "replaced" and identity not in sources.values():
                sources.setdefault(json.loads(record)["source"], identity)
            db.write("INSERT INTO documents VALUES (?, ?, 'outdated', ?, '', 0, 0, 1)", (identity, record, reason))
        db.write_many("INSERT INTO sources VALUES (?, ?)", list(sources.items()))


def _create(db: Database) -> None:
    for statement in _TABLES.split(";"):
        if statement.strip():
            db.write(statement)
    db.write("INSERT INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
