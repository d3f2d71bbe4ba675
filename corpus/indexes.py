"""The two indexes beside the catalog: opened where the catalog says they lie, and again when they have changed.

Embedded Chroma belongs to one process at a time. Whoever works with it holds a lock, and who
does not get the lock at once compares with the catalog's vectors one by one: slower, never
wrong. Before a writer touches it, it leaves a mark in the catalog; while the mark is there,
nobody else opens the index, because a writer that was killed may have left it half written.
"""

import json
import secrets
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.catalog import HIDDEN, Catalog
from corpus.errors import LibraryError
from corpus.fulltext import FullTextIndex, TextEntry
from corpus.vectors import VectorIndex, delete_index, file_marks, server, stray_indexes

_FEW_CHUNKS = 20_000
_PATIENCE_S = 0.25
_WRITER_PATIENCE_S = 60.0
VECTORS, FULLTEXT = "chroma", "tantivy"  # names of folders, and of the facts in the catalog that name others
_TOUCHED, _STATE = "vectors touched", "indexes"
Index = TypeVar("Index", VectorIndex, FullTextIndex)


class Indexes:
    """Full text and vectors of the chunks in a catalog.

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

    # Reading ------------------------------------------------------------------------------

    def words(self, query: str, k: int, only: Collection[str] | None) -> list[tuple[str, float]]:
        """Chunk ids and BM25 scores, best first."""
        return self.fulltext().search(query, k, only=only, hidden=self._hidden())

    def meaning(self, vector: NDArray[np.float32], k: int, only: Collection[str] | None) -> list[tuple[str, float]]:
        """Chunk ids and cosines, nearest first; within few documents, by comparing with each of their vectors."""
        hidden = set(self._hidden())
        if only is not None and self._catalog.count_chunks(only) <= _FEW_CHUNKS:
            return self._catalog.vectors.nearest(vector, k, only=only, hidden=hidden)
        with self._reading() as index:
            found = index or self._catalog.vectors
            return found.nearest(vector, k, only=None if only is None else set(only), hidden=hidden)

    def terms(self, text: str) -> list[str]:
        """The words of ``text`` as the full-text index sees them."""
        return self._no_text.terms(text)

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

    def _hidden(self) -> list[str]:
        return self._catalog.ids_in_state(*HIDDEN)

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
        return VectorIndex(self._place(VECTORS), library=self._name(), create=not self._state())

    def _open_fulltext(self) -> FullTextIndex:
        return FullTextIndex(self._place(FULLTEXT), create=not self._state())

    def _state(self) -> str:
        """Changes with every change of the indexes; "" until there are any."""
        return self._catalog.meta(_STATE) or ""

    def _place(self, kind: str) -> Path:
        return self._folder / (self._catalog.meta(kind) or kind)

    def _name(self) -> str:
        return self._catalog.meta("name") or ""

    # Writing, under the library's lock ----------------------------------------------------

    def put(self, entries: Sequence[TextEntry], vectors: NDArray[np.float32], *, again: Collection[str] = ()) -> None:
        """Index chunks.

        Call :meth:`settle` in the transaction that lets their documents answer.

        Args:
            entries: of the chunks, whole documents.
            vectors: shape ``(len(entries), dim)``.
            again: documents of which something may be there already.

        Raises:
            DiskFull: if the disk takes no more.
        """
        owners = [entry.document_id for entry in entries]
        self._touch()
        with self.vectors() as index:
            for document_id in again:
                index.remove_document(document_id)
            index.upsert([entry.chunk_id for entry in entries], owners, vectors)
        with self._opening:
            self._fulltext = self._current("full-text index", self._fulltext, self._open_fulltext)
            self._fulltext[1].replace({*owners, *again}, entries)

    def remove(self, document_id: str) -> None:
        """Forget a document. Call :meth:`settle` in the transaction that drops it from the catalog."""
        self._touch()
        with self.vectors() as index:
            index.remove_document(document_id)
        self.fulltext().replace([document_id], [])

    def settle(self) -> None:
        """Inside ``Catalog.writing``: say that both indexes are whole again, and that they have changed."""
        self._catalog.set_meta(_TOUCHED, None)
        self._change_state()

    def settle_if_touched(self) -> None:
        """Take the mark of a writer that was killed before it changed anything."""
        if self.is_touched():
            with self._catalog.writing():
                self.settle()

    def _change_state(self) -> None:
        state = str(int(self._state() or 0) + 1)
        self._catalog.set_meta(_STATE, state)
        self._vectors = self._vectors and (state, self._vectors[1])
        self._fulltext = self._fulltext and (state, self._fulltext[1])

    def _touch(self) -> None:
        if not server() and not self.is_touched():
            with self._catalog.writing():
                self._catalog.set_meta(_TOUCHED, json.dumps(file_marks(self._place(VECTORS))))

    def is_touched(self) -> bool:
        """Whether a writer has begun to change the vector index, and has not said that it is whole again."""
        return self._catalog.meta(_TOUCHED) is not None

    def is_torn(self) -> bool:
        """Whether a writer that was killed may have left the vector index half written."""
        touched = self._catalog.meta(_TOUCHED)
        return touched is not None and json.loads(touched) != file_marks(self._place(VECTORS))

    def replace_vectors(
        self, batches: Iterable[tuple[list[str], NDArray[np.float32]]], also: Callable[[], None] = lambda: None
    ) -> None:
        """Make the vector index anew in another place, then use it instead; ``also`` is written with the change."""
        place = self._new_place(VECTORS)
        index = VectorIndex(place, library=self._name(), create=True)
        for chunk_ids, vectors in batches:
            index.upsert(chunk_ids, [chunk_id.split(":")[0] for chunk_id in chunk_ids], vectors)
        index.close()
        self._take_for_writing()
        try:
            with self._catalog.writing():
                also()
                self._catalog.set_meta(VECTORS, place.name)
                self.settle()
            self.close()
            self.delete_strays()
        finally:
            self._give_back()

    def replace_fulltext(self, batches: Iterable[Sequence[TextEntry]]) -> None:
        """Make the full-text index anew in another place, then use it instead."""
        place = self._new_place(FULLTEXT)
        index = FullTextIndex(place, create=True)
        for entries in batches:
            index.replace({entry.document_id for entry in entries}, entries)
        with self._catalog.writing():
            self._catalog.set_meta(FULLTEXT, place.name)
            self._change_state()
        self._fulltext = None
        self.delete_strays()

    def _new_place(self, kind: str) -> Path:
        return self._folder / f"{kind}-{secrets.token_hex(4)}"

    def delete_strays(self) -> int:
        """Delete indexes that are not in use: a writer's that was killed, or earlier ones; how many there were."""
        vectors = stray_indexes(self._place(VECTORS), library=self._name())
        fulltext = [p for p in self._folder.glob(f"{FULLTEXT}*") if p.is_dir() and p != self._place(FULLTEXT)]
        for place in vectors:
            delete_index(place, library=self._name())
        for place in fulltext:
            shutil.rmtree(place, ignore_errors=True)
        return len(vectors) + len(fulltext)
