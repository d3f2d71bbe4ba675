"""The vector of every chunk, in the catalog: what the vector index is made from, and what an exact search reads.

Vectors of another embedding model are gathered beside those in use, and take their place
when none is missing.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.database import Database
from corpus.records import owner_of

_TABLES = IN_USE, NEXT = "vectors", "next_vectors"
_BATCH = 2000


class StoredVectors:
    """Rows of float32 under chunk ids. Writing methods work inside ``Database.writing`` only."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, chunk_ids: Sequence[str], vectors: NDArray[np.float32], table: str = IN_USE) -> None:
        """Store vectors, shape ``(len(chunk_ids), dim)``, over any that are there under these ids."""
        rows = [(i, row.astype("<f4").tobytes()) for i, row in zip(chunk_ids, vectors, strict=True)]
        self._db.write_many(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)

    def drop(self, document_id: str, *, but: Collection[str] = ()) -> None:
        """Forget a document's vectors of every model, but those of some chunks."""
        rows = self._db.rows("SELECT id FROM chunks WHERE document_id = ?", (document_id,))
        gone = [row for row in rows if row[0] not in but]
        for table in _TABLES:
            self._db.write_many(f"DELETE FROM {table} WHERE chunk_id = ?", gone)

    def get(self, chunk_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Vectors of those of the chunks that have one."""
        found: dict[str, NDArray[np.float32]] = {}
        for low in range(0, len(chunk_ids), _BATCH):
            batch = tuple(chunk_ids[low : low + _BATCH])
            marks = ",".join("?" * len(batch))
            rows = self._db.rows(f"SELECT chunk_id, vector FROM vectors WHERE chunk_id IN ({marks})", batch)
            found |= {i: np.frombuffer(blob, "<f4") for i, blob in rows}
        return found

    def each(self, table: str = IN_USE) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
        """All chunk ids with their vectors, shape ``(n, dim)``, some at a time and all from one moment."""
        rows = self._db.each(f"SELECT chunk_id, vector FROM {table}")
        while batch := list(islice(rows, _BATCH)):
            yield [chunk_id for chunk_id, _ in batch], _matrix([blob for _, blob in batch])

    def nearest(
        self, vector: NDArray[np.float32], k: int, *, only: Collection[str] | None, hidden: Collection[str]
    ) -> list[tuple[str, float]]:
        """Chunk ids and cosines, nearest first, by comparing with every vector.

        Args:
            vector: shape ``(dim,)``, of length 1.
            k: how many, >= 1.
            only: document ids to search; None for all.
            hidden: document ids that must not be found.
        """
        best: list[tuple[float, str]] = []
        for chunk_ids, matrix in self.each() if only is None else self._each_of(sorted(set(only) - set(hidden))):
            cosines = matrix @ vector
            nearest = ((-float(cosines[n]), chunk_ids[n]) for n in np.argsort(-cosines))
            wanted = (item for item in nearest if is_asked(item[1], None, hidden))
            best = sorted([*best, *islice(wanted, k)])[:k]
        return [(chunk_id, -negative) for negative, chunk_id in best]

    def _each_of(self, document_ids: Sequence[str]) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
        """As :meth:`each`, of some documents, one at a time."""
        for document_id in document_ids:
            rows = self._db.rows(
                "SELECT v.chunk_id, v.vector FROM chunks c JOIN vectors v ON v.chunk_id = c.id WHERE c.document_id = ?",
                (document_id,),
            )
            if rows:
                yield [chunk_id for chunk_id, _ in rows], _matrix([blob for _, blob in rows])

    def missing(self, table: str = IN_USE) -> dict[str, list[str]]:
        """Ids of the chunks that have no vector, by document."""
        rows = self._db.rows(
            f"SELECT c.document_id, c.id FROM chunks c LEFT JOIN {table} v ON v.chunk_id = c.id"
            " WHERE v.chunk_id IS NULL ORDER BY c.document_id, c.start"
        )
        found: dict[str, list[str]] = {}
        for document_id, chunk_id in rows:
            found.setdefault(document_id, []).append(chunk_id)
        return found

    def count(self) -> int:
        """How many vectors are in use."""
        row = self._db.row("SELECT COUNT(*) FROM vectors")
        return int(row[0]) if row else 0

    def clear_next(self) -> None:
        """Forget the vectors that were gathered to take the place of those in use."""
        self._db.write("DELETE FROM next_vectors")

    def use_next(self) -> None:
        """Let the gathered vectors take the place of those in use."""
        self._db.write("DROP TABLE vectors")
        self._db.write("ALTER TABLE next_vectors RENAME TO vectors")
        self._db.write("CREATE TABLE next_vectors (chunk_id TEXT PRIMARY KEY, vector BLOB NOT NULL)")


def _matrix(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    return np.frombuffer(b"".join(blobs), "<f4").reshape(len(blobs), -1)


def is_asked(chunk_id: str, only: Collection[str] | None, hidden: Collection[str]) -> bool:
    """Whether a chunk is of a document that is to be searched."""
    document_id = owner_of(chunk_id)
    return document_id not in hidden and (only is None or document_id in only)
