"""Chroma, behind one class. Our own vectors go in; nothing is downloaded and nothing is reported home."""

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ConfigError, LibraryError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION = "chunks"
_FETCH = 1000


class VectorIndex:
    """Cosine nearest neighbours over chunk ids.

    Embedded in the library's folder by default; a Chroma server when ``REGLENS_CHROMA``
    is set (``http://host:port``), in a collection named after the library.

    Raises:
        ConfigError: if the server's address is not one, or nobody answers there.
    """

    def __init__(self, folder: Path, *, name: str) -> None:
        self._folder = folder
        server = os.environ.get("REGLENS_CHROMA")
        self._collection_name = f"{COLLECTION}-{name}" if server else COLLECTION
        self._client = _connect_server(server) if server else _open_folder(folder)
        self._collection = self._client.get_or_create_collection(
            self._collection_name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 128, "max_neighbors": 24, "ef_search": 200}},
        )
        self._batch = self._client.get_max_batch_size()

    def upsert(self, ids: Sequence[str], document_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors, shape ``(len(ids), dim)``, over any that are there under these ids."""
        for low in range(0, len(ids), self._batch):
            part = slice(low, low + self._batch)
            self._collection.upsert(
                ids=list(ids[part]),
                embeddings=vectors[part],
                metadatas=[{"document_id": document_id} for document_id in document_ids[part]],
            )

    def nearest(
        self, vector: NDArray[np.float32], k: int, *, only: Collection[str] | None, hidden: Collection[str]
    ) -> list[tuple[str, float]]:
        """Chunk ids and cosines, nearest first.

        Args:
            vector: shape ``(dim,)``, of length 1.
            k: how many, >= 1.
            only: document ids to search; None for all.
            hidden: document ids that must not be found.
        """
        where: Any = None
        if only is not None:
            where = {"document_id": {"$in": sorted(set(only) - set(hidden))}}
            if not where["document_id"]["$in"]:
                return []
        elif hidden:
            where = {"document_id": {"$nin": sorted(hidden)}}
        size = self._collection.count()
        if size == 0:
            return []
        found = self._collection.query(
            query_embeddings=vector[np.newaxis, :], n_results=min(k, size), where=where, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def remove_document(self, document_id: str) -> None:
        """Forget a document's vectors."""
        self._collection.delete(where={"document_id": document_id})

    def ids(self) -> set[str]:
        """Every chunk id that has a vector."""
        found: set[str] = set()
        offset = 0
        while batch := self._collection.get(include=[], limit=_FETCH * 10, offset=offset)["ids"]:
            found |= set(batch)
            offset += len(batch)
        return found

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Stored vectors of those of the ids that have one."""
        found: dict[str, NDArray[np.float32]] = {}
        for low in range(0, len(ids), _FETCH):
            got = self._collection.get(ids=list(ids[low : low + _FETCH]), include=["embeddings"])
            rows = got["embeddings"]
            if rows is not None:
                found |= {i: np.asarray(row, dtype=np.float32) for i, row in zip(got["ids"], rows, strict=True)}
        return found


def _open_folder(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    # A client kept from before another process wrote would not see its vectors.
    SharedSystemClient.clear_system_cache()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return chromadb.PersistentClient(path=str(folder), settings=_settings())
    except chromadb.errors.ChromaError as error:
        raise LibraryError(
            f"the vectors in {folder} cannot be opened: {error}",
            remedy="delete that folder and ingest the files again; the catalog keeps their list",
        ) from error


def _connect_server(address: str) -> "ClientAPI":
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
