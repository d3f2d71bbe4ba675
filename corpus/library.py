"""The library on disk: one folder, three stores, one writer at a time.

A document can be found only when the catalog, the vectors and the full text all hold it:
the catalog's state becomes ``ready`` last, and searches leave out every other state. Reading
and searching are in ``search.py``.
"""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import FAILED, INDEXING, READY, REMOVING, REPLACED, RESTORING
from corpus.indexed_text import embedding_text, text_entries
from corpus.lock import writer_lock
from corpus.records import Chunk, Document, ParsedDocument
from corpus.recovery import recover
from corpus.search import OUR_WRITING, ReadableLibrary

__all__ = ["FAILED", "INDEXING", "OUR_WRITING", "READY", "REPLACED", "Added", "Library"]

_EMBED_CHUNKS = 2000  # as many vectors as a kill may lose


@dataclass(frozen=True, slots=True)
class Added:
    """What became of documents that were added.

    Attributes:
        truncated: how many chunks were longer than the embedding model reads.
        replaced: by id of a new document, the id of the version that stopped answering for it.
    """

    truncated: int
    replaced: dict[str, str]


class Library(ReadableLibrary):
    """A library that can be written to."""

    @contextmanager
    def writing(
        self,
        *,
        wait_s: float = 0.0,
        waiting: Callable[[str], None] = lambda holder: None,
        progress: Callable[[int], None] | None = None,
        tidy: bool = True,
    ) -> Iterator[list[str]]:
        """Hold the library for writing, and finish what an earlier writer left half done.

        Args:
            tidy: finish it; False where that is seen to later.
            wait_s: how long to wait for another writer, in seconds.
            waiting: is told for whom, if there is a wait.
            progress: is told how many chunks are embedded meanwhile.

        Yields:
            What was left half done and what became of it, in words.

        Raises:
            LibraryError: if another process is writing.
        """
        with writer_lock(self.folder, wait_s=wait_s, waiting=waiting):
            yield recover(self, progress) if tidy else []

    def change_chunking(self, fingerprint: str) -> None:
        """Cut with other settings from now on: what was cut before stops answering until it is read again."""
        if self._claimed("chunking", fingerprint) != fingerprint:
            with self.catalog.writing():
                self.catalog.set_meta("chunking", fingerprint)
                self.catalog.outdate_all()

    def add(
        self, batch: Sequence[ParsedDocument], progress: Callable[[int], None] | None = None, *, again: bool = False
    ) -> Added:
        """Store documents in all three stores; they can be found when this returns.

        Call it inside :meth:`writing`. Killed at any moment, it leaves documents that a search
        does not see, and that the next writer finishes.

        Args:
            batch: documents; one with an id that is there already takes its place.
            progress: is told how many more chunks are embedded.
            again: they were there before and were only read again: what answers and what does
                not stays as it was.
        """
        there = set(self.catalog.known(p.document.id for p in batch))
        with self.catalog.writing():
            for parsed in batch:
                kept = self.original(parsed.document) is not None
                self.catalog.put(parsed, kept=kept, again=again, same=self._same_texts(parsed))
        return self._index([(p.document, p.chunks) for p in batch], there, progress)

    def _same_texts(self, parsed: ParsedDocument) -> set[str]:
        """Chunks that are in the library with the very text that would be embedded now."""
        if (entry := self.catalog.entry(parsed.document.id)) is None:
            return set()
        before = {c.id: embedding_text(entry.document, c) for c in self.chunks(parsed.document.id)}
        return {c.id for c in parsed.chunks if before.get(c.id) == embedding_text(parsed.document, c)}

    def finish(self, document_ids: Sequence[str], progress: Callable[[int], None] | None = None) -> None:
        """Index documents whose content is in the catalog already."""
        batch: list[tuple[Document, Sequence[Chunk]]] = []
        for document_id in document_ids:
            entry = self.catalog.entry(document_id)
            assert entry is not None
            batch.append((entry.document, self.chunks(document_id)))
            if sum(len(chunks) for _, chunks in batch) >= _EMBED_CHUNKS or document_id == document_ids[-1]:
                self._index(batch, {document.id for document, _ in batch}, progress)
                batch = []

    def _index(
        self,
        batch: Sequence[tuple[Document, Sequence[Chunk]]],
        there: Collection[str],
        progress: Callable[[int], None] | None,
    ) -> Added:
        texts = {c.id: embedding_text(document, c) for document, chunks in batch for c in chunks}
        vectors, truncated = self._embed(texts, progress)
        self.indexes.put(
            [e for document, chunks in batch for e in text_entries(document, chunks)], vectors, again=there
        )
        replaced: dict[str, str] = {}
        with self.catalog.writing():
            for document, _ in batch:
                entry = self.catalog.entry(document.id)
                if entry and entry.state == RESTORING:
                    self.catalog.restore(document.id)
                elif old := self.catalog.publish(document.id, document.source):
                    replaced[document.id] = old
            self.indexes.settle()
        self._seen_generation = self.catalog.generation()
        self._page_map.cache_clear()
        return Added(truncated, replaced)

    def _embed(self, texts: dict[str, str], progress: Callable[[int], None] | None) -> tuple[NDArray[np.float32], int]:
        """Vectors of texts in their order, each stored as soon as it is there; and how many texts were too long."""
        ids = list(texts)
        found = self.catalog.vectors.get(ids)
        missing = [i for i in ids if i not in found]
        truncated = 0
        for low in range(0, len(missing), _EMBED_CHUNKS):
            part = missing[low : low + _EMBED_CHUNKS]
            embedded = self.embedder.embed_documents([texts[i] for i in part], progress)
            truncated += embedded.truncated
            with self.catalog.writing():
                self.catalog.vectors.put(part, embedded.vectors)
            found |= dict(zip(part, embedded.vectors, strict=True))
        return np.array([found[i] for i in ids], dtype=np.float32), truncated

    def link(self, path: str, document_id: str) -> str | None:
        """Note that the file at ``path`` holds a document that is there already, and let that document answer.

        Returns:
            Id of the version that stops answering for it.
        """
        entry = self.catalog.entry(document_id)
        if (
            self.catalog.source(path) == document_id
            and entry
            and entry.state == READY
            and not self.catalog.failed(path)
        ):
            return None
        with self.catalog.writing():
            return self.catalog.publish(document_id, path)

    def add_failed(self, document: Document, reason: str, remedy: str, *, given_up_under: str = "") -> None:
        """Record a file that could not be read, in place of others with its bytes that are no longer there.

        Arguments are those of :meth:`Catalog.put_failure`.
        """
        gone = [path for path in self.catalog.failures_of(document.sha256) if not os.path.lexists(path)]
        with self.catalog.writing():
            for path in gone:
                self.catalog.forget_failure(path)
            self.catalog.put_failure(document, reason, remedy, given_up_under)

    def remove(self, document_id: str) -> None:
        """Remove a document and its original file from every store, or the record of a failed file."""
        entry = self.catalog.entry(document_id)
        if entry is not None and entry.state != FAILED:
            with self.catalog.writing():
                self.catalog.set_state([document_id], REMOVING)
                self.catalog.bump()
        self.finish_removal(document_id)

    def finish_removal(self, document_id: str) -> None:
        """Go on with a removal from wherever it was broken off."""
        entry = self.catalog.entry(document_id)
        failed = entry is not None and entry.state == FAILED
        if not failed:
            self.indexes.remove(document_id)
        with self.catalog.writing():
            self.catalog.drop(document_id)
            if not failed:
                self.indexes.settle()
        if entry is not None and not failed:
            self.originals.delete(entry.document)

    def keep_original(self, document: Document, path: Path) -> None:
        """Copy the file into the library; see :meth:`Originals.keep`."""
        self.originals.keep(document, path)
