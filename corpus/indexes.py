"""The two indexes beside the catalog: searching them, changing them, and making them anew."""

import json
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import HIDDEN
from corpus.errors import DiskFull
from corpus.fulltext import FieldWeights, FullTextIndex, Holding, TextEntry
from corpus.hnsw_files import file_marks
from corpus.holding import FULLTEXT, STATE, TOUCHED, VECTORS, HeldIndexes
from corpus.records import owner_of
from corpus.vectors import VectorIndex, delete_index, server, stray_indexes

_FEW_CHUNKS = 20_000


class Indexes(HeldIndexes):
    """Full text and vectors of the chunks in a catalog."""

    # Reading ------------------------------------------------------------------------------

    def words(
        self, query: str, k: int, only: Collection[str] | None, holding: Holding | None, weights: FieldWeights
    ) -> list[tuple[str, float]]:
        """Chunk ids and BM25 scores, best first."""
        return self.fulltext().search(query, k, only=only, hidden=self._hidden(), weights=weights, holding=holding)

    def meaning(self, vector: NDArray[np.float32], k: int, only: Collection[str] | None) -> list[tuple[str, float]]:
        """Chunk ids and cosines, nearest first; within few documents, by comparing with each of their vectors."""
        hidden = set(self._hidden())
        if only is not None and self._catalog.count_chunks(only) <= _FEW_CHUNKS:
            return self._catalog.vectors.nearest(vector, k, only=only, hidden=hidden)
        only = None if only is None else set(only)
        with suppress(DiskFull), self._reading() as index:  # Chroma writes where it only should read
            if index is not None:
                return index.nearest(vector, k, only=only, hidden=hidden)
        return self._catalog.vectors.nearest(vector, k, only=only, hidden=hidden)

    def terms(self, text: str) -> list[str]:
        """The words of ``text`` as the full-text index sees them."""
        return self._no_text.terms(text)

    def _hidden(self) -> list[str]:
        return self._catalog.ids_in_state(*HIDDEN)

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
        owners = np.array([entry.document_id for entry in entries])
        ids = np.array([entry.chunk_id for entry in entries])
        self._touch()
        with self.vectors() as index:
            for document_id in again:
                own = owners == document_id
                index.replace_document(document_id, ids[own].tolist(), vectors[own])
            new = ~np.isin(owners, list(again))
            index.upsert(ids[new].tolist(), owners[new].tolist(), vectors[new])
        with self._opening:
            self._fulltext = self._current("full-text index", self._fulltext, self._open_fulltext)
            self._fulltext[1].replace({*owners.tolist(), *again}, entries)

    def remove(self, document_id: str) -> None:
        """Forget a document. Call :meth:`settle` in the transaction that drops it from the catalog."""
        self._touch()
        with self.vectors() as index:
            index.remove_document(document_id)
        self.fulltext().replace([document_id], [])

    def settle(self) -> None:
        """Inside ``Catalog.writing``: say that both indexes are whole again, and that they have changed."""
        self._catalog.set_meta(TOUCHED, None)
        self._change_state()

    def settle_if_touched(self) -> None:
        """Take the mark of a writer that was killed before it changed anything."""
        if self.is_touched():
            with self._catalog.writing():
                self.settle()

    def _change_state(self) -> None:
        state = str(int(self._state() or 0) + 1)
        self._catalog.set_meta(STATE, state)
        self._vectors = self._vectors and (state, self._vectors[1])
        self._fulltext = self._fulltext and (state, self._fulltext[1])

    def _touch(self) -> None:
        if not server() and not self.is_touched():
            with self._catalog.writing():
                self._catalog.set_meta(TOUCHED, json.dumps(file_marks(self._place(VECTORS))))

    def is_torn(self) -> bool:
        """Whether a writer that was killed may have left the vector index half written."""
        touched = self._catalog.meta(TOUCHED)
        return touched is not None and json.loads(touched) != file_marks(self._place(VECTORS))

    def replace_vectors(
        self, batches: Iterable[tuple[list[str], NDArray[np.float32]]], also: Callable[[], None] = lambda: None
    ) -> None:
        """Make the vector index anew in another place, then use it instead; ``also`` is written with the change."""
        place = self._new_place(VECTORS)
        index = VectorIndex(place, library=self._name(), create=True)
        for chunk_ids, vectors in batches:
            index.upsert(chunk_ids, [owner_of(chunk_id) for chunk_id in chunk_ids], vectors)
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
