"""The library on disk: one folder, three stores, one writer at a time.

A document can be found only when the catalog, the vectors and the full text all hold it:
the catalog's state becomes ``ready`` last, and searches leave out every other state.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from shutil import copyfile

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.catalog import SCHEMA_VERSION, Catalog, Entry
from corpus.embedding import Embedder
from corpus.errors import IndexMismatch, LibraryError, NotInLibrary
from corpus.fulltext import FullTextIndex, TextEntry
from corpus.lineage import Link, lineage, links_by_document
from corpus.pagemap import PageMap, fold
from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Section
from corpus.structure import Footnote, Reference, Table
from corpus.vectors import VectorIndex

OUR_WRITING = (Kind.NOTE, Kind.RULE_CARD, Kind.QUESTION)
READY, INDEXING, REPLACED, FAILED = "ready", "indexing", "replaced", "failed"


class Library:
    """Documents, and three ways to reach them: by id, by words and by meaning.

    Args:
        folder: holds ``catalog.sqlite``, ``chroma/``, ``tantivy/`` and ``files/``.
        embedder: the model whose vectors the library holds.
        create: make the folder when it is not there.

    Raises:
        LibraryError: if there is no library and ``create`` is False.
        IndexMismatch: if it was built by another model.
    """

    def __init__(self, folder: Path, embedder: Embedder, *, create: bool = False) -> None:
        path = folder / "catalog.sqlite"
        if not path.is_file() and not create:
            raise LibraryError(
                f"there is no library in {folder}",
                remedy="run `reglens ingest PATH...` first, or name its folder with --library",
            )
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.embedder = embedder
        self.catalog = Catalog(path)
        self._seen_generation = self.catalog.generation()
        self._claim("schema", SCHEMA_VERSION, "written by another version of reglens")
        self._claim("embedder", embedder.name, "built with another embedding model")
        self._page_map = lru_cache(maxsize=64)(self._read_page_map)
        self._documents: tuple[tuple[int, int], dict[str, Document]] | None = None
        self._links: tuple[tuple[int, int], dict[str, tuple[Link, ...]]] | None = None

    def _claim(self, key: str, value: str, what: str) -> None:
        stored = self.catalog.meta(key)
        if stored is None:
            self.catalog.set_meta(key, value)
        elif stored != value:
            self.catalog.close()
            raise IndexMismatch(
                f"the library in {self.folder} was {what} ({stored}, not {value})",
                remedy=f"set it back to {stored}, or ingest into a new folder with --library",
            )

    def claim_chunking(self, fingerprint: str) -> None:
        """Refuse to mix chunks cut by different settings.

        Raises:
            IndexMismatch: if the library's chunks were cut with other settings.
        """
        self._claim("chunking", fingerprint, "cut with other chunk settings")

    @cached_property
    def _vectors(self) -> VectorIndex:
        return VectorIndex(self.folder / "chroma", name=self._name())

    @cached_property
    def _fulltext(self) -> FullTextIndex:
        return FullTextIndex(self.folder / "tantivy")

    def _name(self) -> str:
        """A random name that a Chroma server knows this library by."""
        if (name := self.catalog.meta("name")) is None:
            import secrets

            name = secrets.token_hex(6)
            self.catalog.set_meta("name", name)
        return name

    def close(self) -> None:
        """Close the catalog; the library cannot be used after."""
        self.catalog.close()

    # Writing ------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library for writing.

        Raises:
            LibraryError: if another process is writing.
        """
        lock = FileLock(self.folder / "write.lock")
        try:
            with lock.acquire(timeout=0):
                yield
        except Timeout as error:
            raise LibraryError(
                f"another process is writing to the library in {self.folder}",
                remedy="wait until it has ended, then try again",
            ) from error

    def add(self, batch: Sequence[ParsedDocument], progress: Callable[[int], None] | None = None) -> int:
        """Store documents in all three stores; they can be found when this returns.

        Call it inside :meth:`writing`. Killed at any moment, it leaves documents in state
        ``indexing``, which a search does not see and the next call for them repairs.

        Args:
            batch: documents; one with an id that is there already takes its place.
            progress: is told how many more chunks are embedded.

        Returns:
            How many chunks were longer than the embedding model reads.
        """
        with self.catalog.writing():
            for parsed in batch:
                self.catalog.put(parsed)
        ids = [parsed.document.id for parsed in batch]
        entries = [
            TextEntry(c.id, c.document_id, p.document.title, c.section, searchable(c.text))
            for p in batch
            for c in p.chunks
        ]
        texts = [embedding_text(p.document, c) for p in batch for c in p.chunks]
        embedded = self.embedder.embed_documents(texts, progress)
        for document_id in ids:
            self._vectors.remove_document(document_id)
        if entries:
            chunk_ids, owners = [e.chunk_id for e in entries], [e.document_id for e in entries]
            self._vectors.upsert(chunk_ids, owners, embedded.vectors)
        self._fulltext.replace(ids, entries)
        with self.catalog.writing():
            self.catalog.set_state(ids, READY)
            self.catalog.bump()
        self._seen_generation = self.catalog.generation()
        self._page_map.cache_clear()
        return embedded.truncated

    def add_failed(self, document: Document, reason: str, remedy: str) -> None:
        """Record a file that could not be read."""
        with self.catalog.writing():
            self.catalog.put_failed(document, reason, remedy)

    def replace(self, old_id: str, new_id: str) -> None:
        """Let ``old_id`` stop answering because ``new_id`` is its newer version."""
        with self.catalog.writing():
            self.catalog.set_state([old_id], REPLACED, f"replaced by {new_id}")
            self.catalog.bump()

    def remove(self, document_id: str) -> None:
        """Remove a document and its original file from every store."""
        with self.catalog.writing():
            self.catalog.set_state([document_id], "removing")
            self.catalog.bump()
        entry = self.catalog.entry(document_id)
        self._vectors.remove_document(document_id)
        self._fulltext.replace([document_id], [])
        with self.catalog.writing():
            self.catalog.drop(document_id)
        if entry and (original := self.original(entry.document)):
            original.unlink()

    def keep_original(self, document: Document, path: Path) -> None:
        """Copy the file into the library, so that its pages can be drawn years later."""
        target = self._original_path(document)
        if not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(".partial")
            copyfile(path, partial)
            partial.replace(target)

    def original(self, document: Document) -> Path | None:
        """The document's file as it was ingested, or None if it is not kept."""
        path = self._original_path(document)
        return path if path.is_file() else None

    def _original_path(self, document: Document) -> Path:
        return self.folder / "files" / f"{document.sha256}.{document.media}"

    # Reading ------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Every document with its state, failed ones included."""
        return self.catalog.entries()

    def documents(self) -> dict[str, Document]:
        """The documents that answer, by id."""
        stamp = self.catalog.stamp()
        if self._documents is None or self._documents[0] != stamp:
            ready = {e.document.id: e.document for e in self.catalog.entries() if e.state == READY}
            self._documents = stamp, ready
        return dict(self._documents[1])

    def links(self, document_id: str) -> tuple[Link, ...]:
        """What a document does to others that answer, and they to it."""
        stamp = self.catalog.stamp()
        if self._links is None or self._links[0] != stamp:
            self._links = stamp, links_by_document(lineage(self.documents().values()))
        return self._links[1].get(document_id, ())

    def find(self, name: str) -> Document:
        """The document that is meant by an id or its beginning, a number of its own, a file name or a title.

        Raises:
            NotInLibrary: if none fits, or several do.
        """
        wanted = name.strip().lower()
        entries = [e for e in self.catalog.entries() if e.state != REPLACED]
        for fits in _FITS:
            found = [e.document for e in entries if fits(e.document, wanted)]
            if len(found) == 1:
                return found[0]
            if found:
                names = ", ".join(f"{d.id[:8]} ({d.title[:60]})" for d in found[:5])
                raise NotInLibrary(f"{name!r} fits {len(found)} documents: {names}", remedy="name one by its id")
        raise NotInLibrary(f"there is no document {name!r} in the library", remedy="`reglens list` shows what there is")

    def page_map(self, document_id: str) -> PageMap:
        """The text of a document and its pages."""
        return self._page_map(document_id)

    def _read_page_map(self, document_id: str) -> PageMap:
        return PageMap(self.catalog.pages(document_id))

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """All pages of a document."""
        return self.page_map(document_id).pages

    def sections(self, document_id: str) -> list[Section]:
        """All sections of a document in order."""
        return self.catalog.sections(document_id)

    def footnotes(self, document_id: str) -> list[Footnote]:
        """All footnotes of a document in order, with the places that call them."""
        return self.catalog.footnotes(document_id)

    def tables(self, document_id: str) -> list[Table]:
        """All tables of a document in order."""
        return self.catalog.tables(document_id)

    def references(self, document_id: str) -> list[Reference]:
        """All references that a document makes, in order."""
        return self.catalog.references(document_id)

    def chunks(self, document_id: str) -> list[Chunk]:
        """All chunks of a document in order."""
        return self.catalog.chunks(document_id)

    # Searching ----------------------------------------------------------------------------

    def search_words(self, query: str, k: int, only: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Chunk ids and BM25 scores, best first."""
        self._notice_changes()
        return self._fulltext.search(query, k, only=only, hidden=self._hidden())

    def search_meaning(
        self, vector: NDArray[np.float32], k: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Chunk ids and cosines, nearest first."""
        self._notice_changes()
        return self._vectors.nearest(vector, k, only=only, hidden=self._hidden())

    def vectors(self, chunk_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Stored vectors of chunks."""
        return self._vectors.vectors(chunk_ids)

    def terms(self, text: str) -> list[str]:
        """The words of ``text`` as the full-text index sees them: lower-cased, stemmed, no stop words."""
        return self._fulltext.terms(text)

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """How rare each of these index terms is in the library: its inverse document frequency."""
        return self._fulltext.rarity(terms)

    def _hidden(self) -> list[str]:
        return self.catalog.ids_in_state(INDEXING, REPLACED, "removing")

    def _notice_changes(self) -> None:
        """Reopen the indexes when another process has changed the library."""
        if (generation := self.catalog.generation()) != self._seen_generation:
            self.__dict__.pop("_vectors", None)
            self._fulltext.reload()
            self._page_map.cache_clear()
            self._seen_generation = generation

    # Checking -----------------------------------------------------------------------------

    def verify(self) -> list[str]:
        """Compare the three stores, and every chunk with its pages; what is wrong, in words."""
        problems = []
        ready = self.catalog.chunk_ids()
        hidden = set(self._hidden())
        for name, held in (("vectors", self._vectors.ids()), ("full text", self._fulltext.chunk_ids())):
            stray = {i for i in held - ready if i.split(":")[0] not in hidden}
            problems += [f"{name}: chunk {i} is missing" for i in sorted(ready - held)]
            problems += [f"{name}: chunk {i} belongs to no document" for i in sorted(stray)]
        for document_id in self.catalog.ids_in_state(READY, REPLACED):
            problems += _check_chunks(self.page_map(document_id), self.chunks(document_id))
        return problems


def _check_chunks(page_map: PageMap, chunks: Sequence[Chunk]) -> Iterator[str]:
    for chunk in chunks:
        if page_map.text[chunk.start : chunk.end] != chunk.text:
            yield f"catalog: chunk {chunk.id} is not what stands at its offsets"
            continue
        pieces = page_map.pieces(chunk.start, chunk.end)
        on_pages = [page_map.page(p.page).text[p.page_start : p.page_end] for p in pieces]
        if "".join("".join(on_pages).split()) != "".join(chunk.text.split()):
            yield f"catalog: chunk {chunk.id} is not what its pages say"
        if (chunk.first_page, chunk.last_page) != (pieces[0].page, pieces[-1].page):
            yield f"catalog: chunk {chunk.id} names pages {chunk.first_page}-{chunk.last_page} wrongly"


def searchable(text: str) -> str:
    """A chunk's text as the indexes read it: white space folded, words broken at a line end joined again."""
    return fold(text)


def embedding_text(document: Document, chunk: Chunk) -> str:
    """A chunk's text with a line in front that says where it stands."""
    context = f"{document.title[:120]} › {chunk.section}" if chunk.section else document.title[:120]
    return f"{context}\n{searchable(chunk.text)}"


_FITS: tuple[Callable[[Document, str], bool], ...] = (
    lambda d, name: d.id == name,
    lambda d, name: d.kind not in OUR_WRITING and name in (number.lower() for number in d.release_numbers[:1]),
    lambda d, name: name == d.document_number,
    lambda d, name: name in (Path(d.source).name.lower(), Path(d.source).stem.lower(), d.title.lower()),
    lambda d, name: name in (number.lower() for number in d.release_numbers),
    lambda d, name: len(name) >= 4 and d.id.startswith(name),
    lambda d, name: len(name) >= 4 and (name in d.title.lower() or name in Path(d.source).name.lower()),
)
