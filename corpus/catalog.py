"""The catalog: documents, their pages, structure, chunks and vectors in SQLite. The truth of a library.

The indexes can be rebuilt from it. A document passes through the states ``indexing`` →
``ready``, and through ``restoring`` when it is read again; ``replaced`` documents stay readable
but do not answer, ``outdated`` ones wait to be read again, ``removing`` ones are on their way
out. Files that could not be read are kept apart from the documents, with their reason: they
take no document's place.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.content import Content
from corpus.database import Database, Row
from corpus.records import Document, ParsedDocument
from corpus.schema import create_tables, renew_tables, stored_version
from corpus.stored import document_from, document_text

READY, INDEXING, REPLACED, FAILED = "ready", "indexing", "replaced", "failed"
OUTDATED, RESTORING, REMOVING = "outdated", "restoring", "removing"
HIDDEN = (INDEXING, REPLACED, OUTDATED, RESTORING, REMOVING)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, or a file that could not be read, with its state in the library.

    Attributes:
        kept: its file was put among the library's originals.
    """

    document: Document
    state: str
    reason: str
    remedy: str
    pages: int
    chunks: int
    kept: bool = False


class Catalog(Content):
    """One SQLite file. Who writes holds the library's lock, and writes inside :meth:`writing`."""

    def __init__(self, path: Path) -> None:
        super().__init__(Database(path))

    @property
    def version(self) -> str | None:
        """Of the tables; None in a file that has none yet."""
        return stored_version(self.db)

    def create(self) -> None:
        """Make the tables where there are none."""
        create_tables(self.db)

    def renew(self) -> None:
        """Bring an older version's tables up to date; every document then waits to be read again."""
        renew_tables(self.db)

    def close(self) -> None:
        """Close the file; the catalog cannot be used after."""
        self.db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept only if the block ends well."""
        with self.db.writing():
            yield

    # Facts about the whole ----------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """A fact about the library as a whole, or None."""
        row = self.db.row("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else None

    def set_meta(self, key: str, value: str | None) -> None:
        """Record a fact about the library as a whole; None forgets it."""
        if value is None:
            self.db.write("DELETE FROM meta WHERE key = ?", (key,))
        else:
            self.db.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def generation(self) -> int:
        """Grows with every change that a search could see."""
        return int(self.meta("generation") or 0)

    def bump(self) -> None:
        """Tell readers that something has changed."""
        self.set_meta("generation", str(self.generation() + 1))

    # Documents ----------------------------------------------------------------------------

    def put(self, parsed: ParsedDocument, *, kept: bool, again: bool = False, same: Collection[str] = ()) -> None:
        """Store a document as ``indexing``, over whatever was there under its id.

        Args:
            parsed: the document.
            kept: its file is among the originals.
            again: it was read again, and only its content changes: it becomes ``restoring``.
            same: chunks whose stored vectors are still right.
        """
        document = parsed.document
        before = self.entry(document.id)
        state, reason = (RESTORING, before.reason) if again and before else (INDEXING, "")
        if before:
            self.drop_content(document.id, same=same)
            self.bump()
        self.db.write(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, '', ?, ?, ?)",
            (document.id, document_text(document), state, reason, len(parsed.pages), len(parsed.chunks), kept),
        )
        self.put_content(parsed)

    def publish(self, document_id: str, path: str) -> str | None:
        """Let a document answer, as what the file at ``path`` now holds.

        Returns:
            Id of the earlier version that stops answering, because no file holds it any more.
        """
        old = self.source(path)
        self.set_state([document_id], READY)
        self.db.write("INSERT OR REPLACE INTO sources VALUES (?, ?)", (path, document_id))
        self.forget_failure(path)
        self.bump()
        if old in (None, document_id) or self.sources_of(old):
            return None
        self.set_state([old], REPLACED, f"replaced by {document_id}")
        return old

    def restore(self, document_id: str) -> None:
        """Let a document that was read again stand as it stood before: it answers if a file still holds it."""
        entry = self.entry(document_id)
        if self.sources_of(document_id):
            self.set_state([document_id], READY)
        else:
            self.set_state([document_id], REPLACED, entry.reason if entry else "")
        self.bump()

    def set_state(self, document_ids: Iterable[str], state: str, reason: str = "", remedy: str = "") -> None:
        """Move documents to another state."""
        self.db.write_many(
            "UPDATE documents SET state = ?, reason = ?, remedy = ? WHERE id = ?",
            [(state, reason, remedy, document_id) for document_id in document_ids],
        )

    def outdate_all(self) -> None:
        """Let every document wait to be read again."""
        self.db.write("UPDATE documents SET state = ? WHERE state IN (?, ?)", (OUTDATED, READY, REPLACED))
        self.bump()

    def source(self, path: str) -> str | None:
        """Id of the document that the file at ``path`` held when it was last read."""
        row = self.db.row("SELECT document_id FROM sources WHERE path = ?", (path,))
        return str(row[0]) if row else None

    def sources_of(self, document_id: str) -> list[str]:
        """Every path that held this document when it was last read."""
        rows = self.db.rows("SELECT path FROM sources WHERE document_id = ? ORDER BY path", (document_id,))
        return [str(row[0]) for row in rows]

    def stray_sources(self) -> list[str]:
        """Paths that are noted as files of documents that are not there."""
        rows = self.db.rows(
            "SELECT path FROM sources WHERE document_id NOT IN (SELECT id FROM documents) ORDER BY path"
        )
        return [str(row[0]) for row in rows]

    def drop(self, document_id: str) -> None:
        """Remove a document or the record of a failed file, and every trace of it."""
        self.drop_content(document_id)
        self.db.write("DELETE FROM documents WHERE id = ?", (document_id,))
        self.db.write("DELETE FROM sources WHERE document_id = ?", (document_id,))
        self.db.write("DELETE FROM failures WHERE id = ?", (document_id,))

    def documents(self) -> list[Document]:
        """Every document in whatever state, without the files that failed."""
        return [document_from(record) for (record,) in self.db.rows("SELECT record FROM documents")]

    def entries(self) -> list[Entry]:
        """Every document and every failed file, in the order of their titles."""
        rows = self.db.rows(f"SELECT {_ENTRY} FROM documents UNION ALL SELECT {_FAILED_ENTRY} FROM failures")
        found = [_entry_from(row) for row in rows]
        return sorted(found, key=lambda entry: (entry.document.title.lower(), entry.document.id))

    def entry(self, document_id: str) -> Entry | None:
        """One document or failed file, or None."""
        row = self.db.row(
            f"SELECT {_ENTRY} FROM documents WHERE id = ? UNION ALL SELECT {_FAILED_ENTRY} FROM failures WHERE id = ?",
            (document_id, document_id),
        )
        return _entry_from(row) if row else None

    def known(self, document_ids: Iterable[str]) -> list[str]:
        """Those of the ids that are in the catalog, in whatever state."""
        return [i for i in document_ids if self.db.row("SELECT 1 FROM documents WHERE id = ?", (i,))]

    def indexed_chunks(self) -> int:
        """How many chunks the indexes must hold, at least."""
        row = self.db.row("SELECT TOTAL(chunks) FROM documents WHERE state IN (?, ?)", (READY, REPLACED))
        return int(row[0]) if row else 0

    def count_chunks(self, document_ids: Iterable[str]) -> int:
        """How many chunks these documents have."""
        wanted = set(document_ids)
        return sum(int(n) for i, n in self.db.rows("SELECT id, chunks FROM documents") if i in wanted)

    def ids_in_state(self, *states: str) -> list[str]:
        """Ids of the documents in any of these states, in order."""
        marks = ",".join("?" * len(states))
        rows = self.db.rows(f"SELECT id FROM documents WHERE state IN ({marks}) ORDER BY id", states)
        return [str(row[0]) for row in rows]

    # Files that could not be read ---------------------------------------------------------

    def put_failure(self, document: Document, reason: str, remedy: str, given_up_under: str = "") -> None:
        """Record a file that could not be read; what was read from its path before stays as it is.

        Args:
            document: what is known of the file.
            reason: why it could not be read.
            remedy: what to do about it.
            given_up_under: the conditions under which trying again would end the same way, "" when
                it costs little to try.
        """
        self.db.write(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                document.source,
                document.id,
                document.sha256,
                document_text(document),
                reason,
                remedy,
                given_up_under,
            ),
        )

    def failures_of(self, sha256: str) -> list[str]:
        """Paths of the failed files with these bytes."""
        return [str(row[0]) for row in self.db.rows("SELECT path FROM failures WHERE sha256 = ?", (sha256,))]

    def failed(self, path: str) -> bool:
        """Whether the file at ``path`` could not be read when it was last tried."""
        return self.db.row("SELECT 1 FROM failures WHERE path = ?", (path,)) is not None

    def forget_failure(self, path: str) -> None:
        """Forget that the file at ``path`` could not be read."""
        self.db.write("DELETE FROM failures WHERE path = ?", (path,))

    def given_up(self, path: str, sha256: str, under: str) -> Entry | None:
        """The record of a file that was given up under these conditions with these bytes, if there is one."""
        row = self.db.row(
            f"SELECT {_FAILED_ENTRY} FROM failures WHERE path = ? AND sha256 = ? AND given_up_under = ?",
            (path, sha256, under),
        )
        return _entry_from(row) if row else None


def _entry_from(row: Row) -> Entry:
    record, state, reason, remedy, pages, chunks, kept = row
    return Entry(document_from(record), state, reason, remedy, pages, chunks, bool(kept))


_ENTRY = "record, state, reason, remedy, pages, chunks, kept"
_FAILED_ENTRY = f"record, '{FAILED}', reason, remedy, 0, 0, 0"
