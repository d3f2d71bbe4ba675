"""What a library holds, read past its own code where that can be: for comparing two libraries."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import HashEmbedder
from corpus.library import Library

TABLES = ("documents", "sources", "failures", "pages", "structure", "chunks")
_DEPTH = 50


def differences(a: Path, b: Path, questions: Sequence[str], *, dim: int) -> list[str]:
    """How the library in ``b`` differs from the one in ``a``, in words; empty when it does not.

    Compared are every row of the catalog, the vectors in the catalog and in the index, the
    chunks in the full text, the originals and whatever else lies in the folder, and the
    answers of both searches to ``questions``.

    Args:
        a: folder of the first.
        b: folder of the second.
        questions: to search for.
        dim: of the hash embedder that built both.
    """
    found = [difference for table in TABLES for difference in _sets(table, _rows(a, table), _rows(b, table))]
    found += _sets("file", _files(a), _files(b))
    first, second = (Library(folder, HashEmbedder(dim)) for folder in (a, b))
    with closing(first), closing(second):
        found += _sets("chunk in the full text", _words(first), _words(second))
        found += _vectors("vector in the catalog", dict(_stored(first)), dict(_stored(second)))
        found += _vectors("vector in the index", dict(_indexed(first)), dict(_indexed(second)))
        for question in questions:
            found += _answers(question, first, second)
        found += [f"verify: {problem.what}" for problem in second.verify()]
    return found


def _rows(folder: Path, table: str) -> set[str]:
    with closing(sqlite3.connect(folder / "catalog.sqlite")) as db:
        return {repr(row) for row in db.execute(f"SELECT * FROM {table}")}


def _files(folder: Path) -> set[str]:
    """Originals, and names that belong to no store; where an index lies is the library's own business."""
    names = {str(path.relative_to(folder)) for path in folder.glob("files/*")}
    kinds = {path.name.split("-")[0] for path in folder.iterdir()}
    return names | kinds | {f"{len(list(folder.glob(kind)))} {kind}" for kind in ("chroma*/", "tantivy*/", "*.partial")}


def _words(library: Library) -> set[str]:
    return library.indexes.fulltext().chunk_ids()


def _stored(library: Library) -> list[tuple[str, NDArray[np.float32]]]:
    return [pair for ids, matrix in library.catalog.vectors.each() for pair in zip(ids, matrix, strict=True)]


def _indexed(library: Library) -> list[tuple[str, NDArray[np.float32]]]:
    with library.indexes.vectors() as index:
        return [pair for ids, matrix in index.each() for pair in zip(ids, matrix, strict=True)]


def _sets(what: str, a: set[str], b: set[str]) -> list[str]:
    missing = [f"missing {what}: {item[:200]}" for item in sorted(a - b)]
    return missing + [f"additional {what}: {item[:200]}" for item in sorted(b - a)]


def _vectors(what: str, a: dict[str, NDArray[np.float32]], b: dict[str, NDArray[np.float32]]) -> list[str]:
    others = [f"other {what}: {i}" for i in a.keys() & b.keys() if np.abs(a[i] - b[i]).max() > 1e-6]
    return _sets(what, set(a), set(b)) + others


def _answers(question: str, a: Library, b: Library) -> list[str]:
    vector = a.embedder.embed_query(question)
    pairs = {
        "words": (a.search_words(question, _DEPTH), b.search_words(question, _DEPTH)),
        "meaning": (a.search_meaning(vector, _DEPTH), b.search_meaning(vector, _DEPTH)),
    }
    return [
        f"{kind} of {question!r}: {first} is not {second}"
        for kind, (first, second) in pairs.items()
        if _rounded(first) != _rounded(second)
    ]


def _rounded(hits: Sequence[tuple[str, float]]) -> list[tuple[float, str]]:
    """Hits in an order that does not depend on the index, without those that tie for the last place."""
    last = round(hits[-1][1], 4) if hits else 0.0
    return sorted((-round(score, 4), chunk_id) for chunk_id, score in hits if round(score, 4) > last)
