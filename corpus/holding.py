"""Holding the two indexes beside the catalog: where they lie, when to open them again, and who may.

Embedded Chroma belongs to one process at a time. Whoever works with it holds a lock, and who
does not get the lock at once compares with the catalog's vectors one by one: slower, never
wrong. Before a writer touches it, it leaves a mark in the catalog; while the mark is there,
nobody else opens the index, because a writer that was killed may have left it half written.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from corpus.catalog import Catalog
from corpus.disk import file_writing
from corpus.errors import LibraryError
from corpus.fulltext import FullTextIndex
from corpus.vectors import VectorIndex, server

_PATIENCE_S = 0.25
_WRITER_PATIENCE_S = 60.0
VECTORS, FULLTEXT = "chroma", "tantivy"  # names of folders, and of the facts in the catalog that name others
TOUCHED, STATE = "vectors touched", "indexes"
Index = TypeVar("Index", VectorIndex, FullTextIndex)


class HeldIndexes:
    """Full text and vectors of the chunks in a catalog, opened when they are needed.

    Args:
        folder: of the library.
        catalog: says which documents answer, and holds every vector.
    """

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._folder = folder
        self._catalog = catalog
        self._opening = threading.RLock()
        self._lock = FileLock(folder / "chroma.lock")
        self._vectors: tuple[str, VectorIndex] | None = None
        self._fulltext: tuple[str, FullTextIndex] | None = None

    @cached_property
    def _no_text(self) -> FullTextIndex:
        return FullTextIndex(None)

    def close(self) -> None:
        """Let go of both indexes."""
        if self._vectors is not None:
            self._vectors[1].close()
        self._vectors = self._fulltext = None

    def fulltext(self) -> FullTextIndex:
        """The full-text index as it is now; an empty one while there is none.

        Raises:
            LibraryError: if it is damaged, or holds less than the catalog.
        """
        if not self._state():
            return self._no_text
        with self._opening:
            self._fulltext = self._current("full-text index", self._fulltext, self._open_fulltext)
            return self._fulltext[1]

    @contextmanager
    def vectors(self) -> Iterator[VectorIndex]:
        """The vector index as it is now, held for this thread alone.

        Raises:
            LibraryError: if it is damaged, holds less than the catalog, or another process keeps it.
        """
        self._take_for_writing()
        try:
            yield self._current_vectors()
        finally:
            self._give_back()

    @contextmanager
    def _reading(self) -> Iterator[VectorIndex | None]:
        """The vector index, or None while it belongs to somebody else or cannot be trusted."""
        if not self._take(_PATIENCE_S):
            yield None
            return
        try:
            yield None if self.is_touched() or not self._state() else self._current_vectors()
        finally:
            self._give_back()

    def _take(self, patience_s: float) -> bool:
        if server():  # which sees to it itself
            return True
        try:
            with file_writing(self._folder):
                self._lock.acquire(timeout=patience_s, poll_interval=0.005)
        except Timeout:
            return False
        return True

    def _take_for_writing(self) -> None:
        if not self._take(_WRITER_PATIENCE_S):
            raise LibraryError(
                f"another process keeps the vectors in {self._folder}", remedy="wait until it has ended, then try again"
            )

    def _give_back(self) -> None:
        if not server():
            self._lock.release()

    def is_touched(self) -> bool:
        """Whether a writer has begun to change the vector index, and has not said that it is whole again."""
        return self._catalog.meta(TOUCHED) is not None

    def _current_vectors(self) -> VectorIndex:
        with self._opening:
            if self._vectors is not None and self._vectors[0] != self._state():
                self._vectors[1].close()
                self._vectors = None
            self._vectors = self._current("vector index", self._vectors, self._open_vectors)
            return self._vectors[1]

    def _current(
        self, name: str, opened: tuple[str, Index] | None, open_index: Callable[[], Index]
    ) -> tuple[str, Index]:
        """What is open if it is up to date, else what lies on the disk now; another process may swap it meanwhile."""
        while True:
            state = self._state()
            if opened is not None and opened[0] == state:
                return opened
            try:
                index = open_index()
                self._check_count(name, index.count())
            except LibraryError:
                if state == self._state():
                    raise
            else:
                return state, index

    def _check_count(self, name: str, held: int) -> None:
        if held < (expected := self._catalog.indexed_chunks()):
            raise LibraryError(
                f"the {name} in {self._folder} holds {held} of {expected} passages",
                remedy="run `reglens rebuild`: it makes it anew from the catalog",
            )

    def _open_vectors(self) -> VectorIndex:
        return VectorIndex(self._place(VECTORS), library=self._name(), create=self._is_empty())

    def _open_fulltext(self) -> FullTextIndex:
        return FullTextIndex(self._place(FULLTEXT), create=self._is_empty())

    def _is_empty(self) -> bool:
        """Whether an index that is not there is no loss."""
        return self._catalog.indexed_chunks() == 0

    def _state(self) -> str:
        """Changes with every change of the indexes; "" until there are any."""
        return self._catalog.meta(STATE) or ""

    def _place(self, kind: str) -> Path:
        return self._folder / (self._catalog.meta(kind) or kind)

    def _name(self) -> str:
        return self._catalog.meta("name") or ""
