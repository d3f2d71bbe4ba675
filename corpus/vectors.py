"""Chroma, behind one class. Our own vectors go in; nothing is downloaded and nothing is reported home.

Embedded Chroma belongs to one process at a time: a second one does not see what the first
writes, and may write its own older state over it. Who opens an index takes care of that;
see ``corpus/indexes.py``.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import numpy as np
from numpy.typing import NDArray

from corpus.disk import MARGIN_BYTES, disk_full
from corpus.errors import ConfigError, LibraryError
from corpus.hnsw_files import cut_short
from corpus.stored_vectors import is_asked

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection

COLLECTION = "chunks"
_FETCH = 1000
TOLERANCE = 1e-5
"""Most that a number of a stored vector may differ from what was given: Chroma divides it by its length once more."""
_HNSW = {"hnsw": {"space": "cosine", "ef_construction": 128, "max_neighbors": 24, "ef_search": 200}}
_FULL = ("No space left", "disk is full", "File too large", "Disk quota", "disk I/O error")


def server() -> str | None:
    """Address of the Chroma server that ``REGLENS_CHROMA`` names (``http://host:port``), or None."""
    return os.environ.get("REGLENS_CHROMA")


class VectorIndex:
    """Cosine nearest neighbours over chunk ids.

    Embedded in a folder by default; a collection of a Chroma server when ``REGLENS_CHROMA`` is set.

    Args:
        folder: of the embedded index; its name also tells apart the collections that a library
            has had on a server.
        library: a name that a server knows the library by.
        create: make the index when it is not there.

    Raises:
        ConfigError: if the server's address is not one, or nobody answers there.
        LibraryError: if the index is damaged, or not there and ``create`` is False.
    """

    def __init__(self, folder: Path, *, library: str, create: bool = False) -> None:
        self._folder = folder
        with self._in_words():
            if address := server():
                self._collection, self._batch, self._close = _on_server(address, collection_name(folder, library))
            else:
                self._collection, self._batch, self._close = _in_folder(folder, create=create)

    def close(self) -> None:
        """Let go of the folder; the index cannot be used after."""
        self._close()

    def upsert(self, ids: Sequence[str], document_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors, shape ``(len(ids), dim)``, over any that are there under these ids.

        Raises:
            DiskFull: if the disk takes no more.
        """
        with self._in_words():
            for low in range(0, len(ids), self._batch):
                part = slice(low, low + self._batch)
                self._collection.upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"document_id": document_id} for document_id in document_ids[part]],
                )
        self._check_room()

    def _check_room(self) -> None:
        """Chroma writes its index files without a look at whether the disk took them."""
        if not self._has_room():
            raise disk_full(self._folder.parent, "too little is left to trust what was written")
        if server() is None and (name := cut_short(self._folder)):
            raise disk_full(self._folder.parent, f"{name} was not written to its end")

    def _has_room(self) -> bool:
        return server() is not None or shutil.disk_usage(self._folder.parent).free >= MARGIN_BYTES

    def nearest(
        self, vector: NDArray[np.float32], k: int, *, only: Collection[str] | None, hidden: Collection[str]
    ) -> list[tuple[str, float]]:
        """Chunk ids and cosines, nearest first.

        Args:
            vector: shape ``(dim,)``, of length 1.
            k: how many, >= 1.
            only: document ids to search, most of all there are; None for all.
            hidden: document ids that must not be found.
        """
        asked = k if only is None and not hidden else 2 * k
        while True:
            hits = self._nearest(vector, asked)
            kept = [hit for hit in hits if is_asked(hit[0], only, hidden)]
            if len(kept) >= k or asked >= (size := self.count()):  # counting costs more than a search
                return kept[:k]
            asked = min(size, 4 * asked)

    def _nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Without a filter: with one, Chroma's search misses neighbours even among some hundred vectors."""
        with self._in_words():
            found = self._collection.query(query_embeddings=vector[np.newaxis, :], n_results=k, include=["distances"])
        distances = found["distances"] or [[]]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def replace_document(self, document_id: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Let a document have these vectors and no others; what is the same already is left alone.

        Raises:
            DiskFull: if the disk takes no more.
        """
        with self._in_words():
            got = self._collection.get(where={"document_id": document_id}, include=["embeddings"])
        before = dict(zip(got["ids"], np.asarray(got["embeddings"], dtype=np.float32), strict=True))
        self._delete(sorted(before.keys() - set(ids)))
        changed = [n for n, i in enumerate(ids) if i not in before or np.abs(before[i] - vectors[n]).max() > TOLERANCE]
        if changed:
            self.upsert([ids[n] for n in changed], [document_id] * len(changed), vectors[changed])

    def _delete(self, ids: Sequence[str]) -> None:
        with self._in_words():
            for low in range(0, len(ids), self._batch):
                self._collection.delete(ids=list(ids[low : low + self._batch]))

    def remove_document(self, document_id: str) -> None:
        """Forget a document's vectors."""
        with self._in_words():
            self._collection.delete(where={"document_id": document_id})

    def count(self) -> int:
        """How many vectors there are."""
        with self._in_words():
            return self._collection.count()

    def each(self) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
        """All chunk ids with their vectors, shape ``(n, dim)``, some at a time."""
        offset = 0
        while True:
            with self._in_words():
                got = self._collection.get(include=["embeddings"], limit=_FETCH, offset=offset)
            if not got["ids"]:
                return
            yield got["ids"], np.asarray(got["embeddings"], dtype=np.float32)
            offset += len(got["ids"])

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        try:
            yield
        except ChromaError as error:
            if any(words in str(error) for words in _FULL) or not self._has_room():
                raise disk_full(self._folder.parent, error) from error
            raise LibraryError(
                f"the vectors in {self._folder} cannot be used: {error}",
                remedy="run `reglens rebuild`: it makes them anew from the catalog",
            ) from error


def collection_name(folder: Path, library: str) -> str:
    """What a server calls the index that would lie in ``folder``."""
    return f"{COLLECTION}-{library}{folder.name.removeprefix('chroma')}"


def delete_index(folder: Path, *, library: str) -> None:
    """Delete an index that nobody will open again."""
    if address := server():
        from chromadb.errors import NotFoundError

        with suppress(NotFoundError):
            _connect(address).delete_collection(collection_name(folder, library))
    else:
        shutil.rmtree(folder, ignore_errors=True)


def stray_indexes(folder: Path, *, library: str) -> list[Path]:
    """Where indexes lie beside the one in ``folder``."""
    if address := server():
        prefix = collection_name(folder.with_name("chroma"), library)
        names = [c.name for c in _connect(address).list_collections()]
        found = [folder.with_name(f"chroma{n.removeprefix(prefix)}") for n in names if n.startswith(prefix)]
    else:
        found = [path for path in folder.parent.glob("chroma*") if path.is_dir()]
    return [path for path in found if path != folder]


_Opened = tuple["ChromaCollection", int, Callable[[], None]]


def _in_folder(folder: Path, *, create: bool) -> _Opened:
    """The collection in a folder, in a Chroma system of its own.

    ``chromadb.PersistentClient`` shares one system for a folder among all that ask for it in
    this process; it would go on answering from what it saw first.
    """
    from chromadb.api import ServerAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.config import System

    if create:
        folder.mkdir(parents=True, exist_ok=True)
    elif not (folder / "chroma.sqlite3").is_file():
        raise LibraryError(
            f"the vectors in {folder} are gone", remedy="run `reglens rebuild`: it makes them anew from the catalog"
        )
    if name := cut_short(folder):
        raise LibraryError(
            f"the vectors in {folder} are damaged: {name} is cut short",
            remedy="run `reglens rebuild`: it makes them anew from the catalog",
        )
    settings = _settings()
    settings.persist_directory, settings.is_persistent = str(folder), True
    system = System(settings)
    api = system.instance(ServerAPI)  # type: ignore[type-abstract]
    system.start()
    model = (
        api.create_collection(COLLECTION, configuration=_HNSW, get_or_create=True)  # type: ignore[arg-type]
        if create
        else api.get_collection(COLLECTION)
    )
    return ChromaCollection(api, model, embedding_function=None), api.get_max_batch_size(), system.stop


def _on_server(address: str, name: str) -> _Opened:
    client = _connect(address)
    collection = client.get_or_create_collection(name, embedding_function=None, configuration=_HNSW)  # type: ignore[arg-type]
    return collection, client.get_max_batch_size(), lambda: None


def _connect(address: str) -> "ClientAPI":
    import chromadb

    parts = urlparse(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"REGLENS_CHROMA={address!r} is not an address", remedy="write http://host:port")
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    try:
        return chromadb.HttpClient(host=parts.hostname, port=port, ssl=parts.scheme == "https", settings=_settings())
    except ValueError as error:  # what chromadb raises when nobody listens
        raise ConfigError(
            f"no Chroma server answers at {address}", remedy="start it, or unset REGLENS_CHROMA"
        ) from error


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
