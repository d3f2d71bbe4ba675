"""The half of a library that reads: opening it, naming documents, searching."""

import secrets
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import READY, REPLACED, Catalog, Entry
from corpus.disk import file_writing
from corpus.embedding import Embedder
from corpus.errors import IndexMismatch, LibraryError, NotInLibrary
from corpus.fulltext import USUAL, FieldWeights, Holding
from corpus.indexes import Indexes
from corpus.lineage import Link, documents_by_number, lineage, links_by_document, resolve
from corpus.lock import writer_lock
from corpus.originals import Originals
from corpus.pagemap import PageMap
from corpus.records import Chunk, Document, Kind, Page, Section
from corpus.schema import SCHEMA_VERSION
from corpus.structure import Footnote, Reference, Table
from corpus.verify import Problem, verify

Value = TypeVar("Value")
OUR_WRITING = (Kind.NOTE, Kind.RULE_CARD, Kind.QUESTION)


class ReadableLibrary:
    """Documents, and three ways to reach them: by id, by words and by meaning.

    Args:
        folder: holds ``catalog.sqlite``, ``chroma/``, ``tantivy/`` and ``files/``.
        embedder: the model whose vectors the library holds.
        create: make the folder when it is not there.
        any_model: open it though another model's vectors are in it, to replace them.
        renew: if an older version of reglens wrote it, bring its tables up to date; its documents
            then wait to be read again.

    Attributes:
        catalog: what is in it.
        indexes: of vectors and words, made from the catalog.
        originals: the files themselves.

    Raises:
        LibraryError: if there is no library and ``create`` is False.
        IndexMismatch: if it was built by another model or another version of reglens.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, *, create: bool = False, any_model: bool = False, renew: bool = False
    ) -> None:
        path = folder / "catalog.sqlite"
        if not path.is_file() and not create:
            raise LibraryError(
                f"there is no library in {folder}",
                remedy="run `reglens ingest PATH...` first, or name its folder with --library",
            )
        with file_writing(folder.parent):
            folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.embedder = embedder
        self.catalog = Catalog(path)
        self.indexes = Indexes(folder, self.catalog)
        self.originals = Originals(folder / "files")
        self._page_map = lru_cache(maxsize=64)(self._read_page_map)
        self._documents = _Current(self._read_documents)
        self._links = _Current(lambda: links_by_document(lineage(self.documents().values())))
        self._numbers = _Current(lambda: documents_by_number(self.documents().values()))
        try:
            self._check_claims(any_model=any_model, renew=renew)
        except LibraryError:
            self.catalog.close()
            raise
        self._seen_generation = self.catalog.generation()

    def _check_claims(self, *, any_model: bool, renew: bool) -> None:
        self.catalog.create()
        if renew and _is_older(self.catalog.version):
            with writer_lock(self.folder):
                if _is_older(self.catalog.version):
                    self.catalog.renew()
        if (version := self.catalog.version) != SCHEMA_VERSION:
            raise _other_version(self.folder, version)
        if self.catalog.meta("name") is None:
            with self.catalog.writing():
                self.catalog.set_meta("name", secrets.token_hex(6))  # a Chroma server knows it by this
        if not any_model:
            self._claim_model()

    def _claim_model(self) -> None:
        if (stored := self._claimed("embedder", self.embedder.name)) != self.embedder.name:
            raise IndexMismatch(
                f"the library in {self.folder} was built with another embedding model "
                f"({stored}, not {self.embedder.name})",
                remedy=f'set embedding_model = "{stored}" in [corpus], '
                f"or run `reglens rebuild --embedding-model {self.embedder.name}`",
            )

    def claim_chunking(self, fingerprint: str) -> None:
        """Refuse to mix chunks cut by different settings.

        Raises:
            IndexMismatch: if the library's chunks were cut with other settings.
        """
        if (stored := self._claimed("chunking", fingerprint)) != fingerprint:
            raise IndexMismatch(
                f"the library in {self.folder} was cut with other chunk settings ({stored}, not {fingerprint})",
                remedy="set them back in [ingest], or run `reglens reread` to cut all of it with these",
            )

    def _claimed(self, key: str, value: str) -> str:
        """What the library says of itself; ``value``, if it says nothing yet."""
        if (stored := self.catalog.meta(key)) is None:
            with self.catalog.writing():
                self.catalog.set_meta(key, value)
        return stored or value

    def close(self) -> None:
        """Close the library; it cannot be used after."""
        self.indexes.close()
        self.catalog.close()

    # Reading ------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Every document with its state, failed ones included."""
        return self.catalog.entries()

    def documents(self) -> dict[str, Document]:
        """The documents that answer, by id."""
        return dict(self._documents(self.catalog.generation()))

    def _read_documents(self) -> dict[str, Document]:
        return {e.document.id: e.document for e in self.catalog.entries() if e.state == READY}

    def links(self, document_id: str) -> tuple[Link, ...]:
        """What a document does to others that answer, and they to it."""
        return self._links(self.catalog.generation()).get(document_id, ())

    def resolve(self, target: str) -> tuple[Document, ...]:
        """The documents that answer and that a reference points at: "34-51808", "17 CFR 242.611(a)(1)"."""
        generation = self.catalog.generation()
        documents = self._documents(generation)
        return tuple(documents[identity] for identity in resolve(target, self._numbers(generation)))

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

    def original(self, document: Document) -> Path | None:
        """The document's file as it was ingested, or None if it is not kept."""
        path = self.originals.place(document)
        return path if path.is_file() else None

    # Searching ----------------------------------------------------------------------------

    def search_words(
        self,
        query: str,
        k: int,
        only: Collection[str] | None = None,
        holding: Holding | None = None,
        weights: FieldWeights = USUAL,
    ) -> list[tuple[str, float]]:
        """Chunk ids and BM25 scores, best first; of the chunks that hold something, where that is given."""
        self._notice_changes()
        return self.indexes.words(query, k, only, holding, weights)

    def search_meaning(
        self, vector: NDArray[np.float32], k: int, only: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Chunk ids and cosines, nearest first."""
        self._notice_changes()
        self._claim_model()
        return self.indexes.meaning(vector, k, only)

    def vectors(self, chunk_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Stored vectors of chunks."""
        return self.catalog.vectors.get(chunk_ids)

    def terms(self, text: str) -> list[str]:
        """The words of ``text`` as the full-text index sees them: lower-cased, stemmed, no stop words."""
        return self.indexes.terms(text)

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """How rare each of these index terms is in the library: its inverse document frequency."""
        return self.indexes.fulltext().rarity(terms)

    def verify(self) -> list[Problem]:
        """What is wrong with the library: see :func:`corpus.verify.verify`."""
        return verify(self)

    def _notice_changes(self) -> None:
        """Forget what was read before another process changed the library; the indexes see to themselves."""
        if (generation := self.catalog.generation()) != self._seen_generation:
            self._page_map.cache_clear()
            self._seen_generation = generation


class _Current(Generic[Value]):
    """A value that is made anew when the library has changed."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._made: tuple[int, Value] | None = None

    def __call__(self, generation: int) -> Value:
        made = self._made
        if made is None or made[0] != generation:
            made = self._made = generation, self._make()
        return made[1]


def _is_older(version: str | None) -> bool:
    return version is not None and version.isdigit() and int(version) < int(SCHEMA_VERSION)


def _other_version(folder: Path, version: str | None) -> IndexMismatch:
    return IndexMismatch(
        f"the library in {folder} was written by another version of reglens (form {version}, not {SCHEMA_VERSION})",
        remedy=f"run `reglens reread --library {folder}`: it reads the files kept there again"
        if _is_older(version)
        else "install the version of reglens that wrote it, or name another folder with --library",
    )


_FITS: tuple[Callable[[Document, str], bool], ...] = (
    lambda d, name: d.id == name,
    lambda d, name: d.kind not in OUR_WRITING and name in (number.lower() for number in d.release_numbers[:1]),
    lambda d, name: name == d.document_number,
    lambda d, name: name in (Path(d.source).name.lower(), Path(d.source).stem.lower(), d.title.lower()),
    lambda d, name: name in (number.lower() for number in d.release_numbers),
    lambda d, name: len(name) >= 4 and d.id.startswith(name),
    lambda d, name: len(name) >= 4 and (name in d.title.lower() or name in Path(d.source).name.lower()),
)
