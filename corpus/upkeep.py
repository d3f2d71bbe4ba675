"""Making the indexes anew from the catalog, with the same embedding model or another, and giving space back.

Each of these can be killed at any moment and run again: until the new is complete, the old is
in use.
"""

from collections.abc import Callable, Iterator, Sequence

from corpus.catalog import Catalog
from corpus.disk import folder_bytes
from corpus.fulltext import TextEntry
from corpus.indexed_text import embedding_text, text_entries
from corpus.library import Library
from corpus.recovery import recover
from corpus.stored_vectors import IN_USE, NEXT

_BATCH = 2000
_NEXT_MODEL = "next embedder"
Progress = Callable[[int], None]


def rebuild(
    library: Library, progress: Progress | None = None, *, words: bool = True, vectors: bool = True
) -> list[str]:
    """Make the indexes anew from the catalog alone, however damaged they are; nothing is embedded twice.

    Call it inside ``library.writing(tidy=False)``.

    Args:
        library: to work on.
        progress: is told how many chunks are embedded, of those that have no vector.
        words: make the full-text index.
        vectors: make the vector index.

    Returns:
        What an earlier writer had left half done and what became of it, in words.
    """
    _embed_missing(library, IN_USE, progress)
    if vectors:
        library.indexes.replace_vectors(library.catalog.vectors.each())
    if words:
        library.indexes.replace_fulltext(_entries(library.catalog))
    return recover(library, progress)


def reembed(library: Library, progress: Progress | None = None) -> list[str]:
    """Embed everything with the library's embedder, then let these vectors take the place of those in use.

    Until then the old model's vectors answer. What was embedded before a kill is not embedded
    again. Call it inside ``library.writing(tidy=False)``.

    Args:
        library: opened with ``any_model``.
        progress: is told how many chunks are embedded.

    Returns:
        What an earlier writer had left half done and what became of it, in words.
    """
    catalog, model = library.catalog, library.embedder.name
    if catalog.meta(_NEXT_MODEL) != model:
        with catalog.writing():
            catalog.vectors.clear_next()
            catalog.set_meta(_NEXT_MODEL, model)
    _embed_missing(library, NEXT, progress)

    def switch() -> None:
        catalog.vectors.use_next()
        catalog.set_meta("embedder", model)
        catalog.set_meta(_NEXT_MODEL, None)
        catalog.bump()

    library.indexes.replace_vectors(catalog.vectors.each(NEXT), also=switch)
    return recover(library, progress)


def compact(library: Library) -> dict[str, tuple[int, int]]:
    """Give back the space of what was removed; for a moment, that takes as much space as what stays.

    Call it inside ``library.writing()``.

    Returns:
        Bytes on the disk before and after, by store.
    """
    before = store_bytes(library)
    rebuild(library)
    library.catalog.db.compact()
    after = store_bytes(library)
    return {store: (before[store], after[store]) for store in before}


def store_bytes(library: Library) -> dict[str, int]:
    """Bytes on the disk, by store."""
    files = {
        "catalog": "catalog.sqlite*",
        "vectors": "chroma*",
        "full text": "tantivy*",
        "files": "files",
    }
    return {store: sum(map(folder_bytes, library.folder.glob(pattern))) for store, pattern in files.items()}


def _embed_missing(library: Library, table: str, progress: Progress | None) -> None:
    catalog = library.catalog
    missing = [chunk_id for chunk_ids in catalog.vectors.missing(table).values() for chunk_id in chunk_ids]
    documents = {document.id: document for document in catalog.documents()}
    for low in range(0, len(missing), _BATCH):
        chunks = catalog.chunks_by_id(missing[low : low + _BATCH]).values()
        texts = [embedding_text(documents[chunk.document_id], chunk) for chunk in chunks]
        embedded = library.embedder.embed_documents(texts, progress)
        with catalog.writing():
            catalog.vectors.put([chunk.id for chunk in chunks], embedded.vectors, table)


def _entries(catalog: Catalog) -> Iterator[Sequence[TextEntry]]:
    batch: list[TextEntry] = []
    for document in catalog.documents():
        batch += text_entries(document, catalog.chunks(document.id))
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    yield batch
