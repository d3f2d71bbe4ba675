"""SQLite, behind one class: a connection for each thread that needs one, all-or-nothing writing, errors in words."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus.disk import MARGIN_BYTES, disk_full
from corpus.errors import LibraryError

Row = tuple[Any, ...]
_BUSY_S = 30


class _Frozen(sqlite3.Connection):
    """A connection to a file that nobody can change while it is open."""


class Database:
    """One SQLite file in WAL mode: readers see what was committed and never wait for a writer.

    Threads may share it. Each statement outside :meth:`writing` runs on a connection that no
    other thread is using, so nobody reads what another thread has not committed.

    Raises:
        LibraryError: if the file is not SQLite, damaged or cannot be opened.
        DiskFull: if the disk takes no more.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._writing = threading.local()
        self._closed = False

    def close(self) -> None:
        """Close the file; the database cannot be used after."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._connection() as connection:
            return connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query one by one, all from one moment."""
        with self._connection() as connection:
            yield from connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(iter(self.rows(sql, values)), None)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing: what this thread writes inside is kept only if the block ends well."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            self._writing.connection = connection
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk may have ended it already
                    connection.execute("ROLLBACK")
                raise
            finally:
                del self._writing.connection

    def write(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run a statement inside :meth:`writing`."""
        self._writing.connection.execute(sql, values)

    def write_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement for each row inside :meth:`writing`."""
        self._writing.connection.executemany(sql, rows)

    def compact(self) -> None:
        """Give back the space of removed rows; needs as much free space as the rows that stay."""
        with self._connection() as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        own: sqlite3.Connection | None = getattr(self._writing, "connection", None)
        if own is not None:
            yield own
            return
        with self._in_words():
            connection = self._idle.pop() if self._idle else self._open()
            try:
                yield connection
            finally:
                if self._closed or isinstance(connection, _Frozen):
                    connection.close()
                else:
                    self._idle.append(connection)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_BUSY_S, check_same_thread=False, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("SELECT COUNT(*) FROM sqlite_master")  # makes the files that readers and writers share
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode in _NO_ROOM and self._is_settled():
                return self._open_frozen()
            raise
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _is_settled(self) -> bool:
        """Whether all that was written stands in the file itself."""
        log = self.path.with_name(f"{self.path.name}-wal")
        return self.path.is_file() and (not log.is_file() or log.stat().st_size == 0)

    def _open_frozen(self) -> sqlite3.Connection:
        """For one use: a disk that has not even room for the files that readers share has none for a writer."""
        address = f"file:{quote(str(self.path.absolute()))}?immutable=1"
        return sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None, factory=_Frozen)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            found = self._error(error)
            if found is None:  # a mistake of ours in SQL
                raise
            raise found from error

    def _error(self, error: sqlite3.DatabaseError) -> LibraryError | None:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        kind = code & 0xFF
        if kind == sqlite3.SQLITE_FULL or code in _WRITE_ERRORS:
            return disk_full(self.path.parent, error)
        if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return LibraryError(
                f"another process has kept {self.path} busy for {_BUSY_S} seconds",
                remedy="wait until it has ended, then try again",
            )
        if kind in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return LibraryError(
                f"{self.path} is not a reglens catalog, or it is damaged: {error}",
                remedy="restore it from a copy, or ingest into another folder with --library "
                "(the folder files beside it holds what was ingested)",
            )
        if kind == sqlite3.SQLITE_READONLY and shutil.disk_usage(self.path.parent).free < MARGIN_BYTES:
            return disk_full(self.path.parent, error)
        if kind in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return LibraryError(
                f"{self.path} cannot be used: {error}", remedy="check that its disk is there and that you may write"
            )
        return None


_NO_ROOM = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_READONLY_DIRECTORY,
)
_WRITE_ERRORS = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)
