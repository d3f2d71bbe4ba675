"""Is everything in a library as it should be? Each problem with what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.catalog import INDEXING, OUTDATED, READY, REMOVING, REPLACED, RESTORING
from corpus.errors import LibraryError
from corpus.lock import is_being_written
from corpus.pagemap import PageMap
from corpus.records import Chunk, Section, owner_of
from corpus.structure import Footnote, Reference, Table
from corpus.vectors import TOLERANCE

if TYPE_CHECKING:
    from corpus.search import ReadableLibrary

_REBUILD = "run `reglens rebuild`"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, and what to do about it."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return self.what


def verify(library: "ReadableLibrary") -> list[Problem]:
    """Compare the stores with each other, and what is stored of each document with its pages and its file.

    Changes nothing. What another process changes meanwhile is looked at once more.
    """
    problems: list[Problem] = []
    for _ in range(3):
        generation = library.catalog.generation()
        problems = [*_indexes(library), *_documents(library), *_files(library)]
        if not problems or generation == library.catalog.generation():
            break
    return problems


def _indexes(library: "ReadableLibrary") -> Iterator[Problem]:
    wanted = library.catalog.chunk_ids(READY, REPLACED)
    for chunk_ids in library.catalog.vectors.missing().values():
        for chunk_id in wanted.intersection(chunk_ids):
            yield Problem(f"catalog: chunk {chunk_id} has no vector", _REBUILD)
    try:
        yield from _compared("full text", wanted, library.indexes.fulltext().chunk_ids(), library)
    except LibraryError as error:
        yield Problem(error.problem, error.remedy)
    if library.indexes.is_touched():
        if not is_being_written(library.folder):
            yield Problem("vectors: an earlier run was killed while it was writing them", "ingest the files again")
        return
    try:
        held = set()
        with library.indexes.vectors() as index:
            for chunk_ids, matrix in index.each():
                held |= set(chunk_ids)
                yield from _vectors(library, chunk_ids, matrix)
        yield from _compared("vectors", wanted, held, library)
    except LibraryError as error:
        yield Problem(error.problem, error.remedy)


def _compared(name: str, wanted: set[str], held: set[str], library: "ReadableLibrary") -> Iterator[Problem]:
    unfinished = set(library.catalog.ids_in_state(INDEXING, RESTORING, REMOVING))
    known = library.catalog.chunk_ids()
    for chunk_id in sorted(wanted - held):
        yield Problem(f"{name}: chunk {chunk_id} is missing", _REBUILD)
    for chunk_id in sorted(held - known):
        if owner_of(chunk_id) not in unfinished:
            yield Problem(f"{name}: chunk {chunk_id} belongs to no document", _REBUILD)


def _vectors(
    library: "ReadableLibrary", chunk_ids: list[str], matrix: "np.ndarray[tuple[int, int], np.dtype[np.float32]]"
) -> Iterator[Problem]:
    stored = library.catalog.vectors.get(chunk_ids)
    for chunk_id, row in zip(chunk_ids, matrix, strict=True):
        if chunk_id in stored and np.abs(stored[chunk_id] - row).max() > TOLERANCE:
            yield Problem(f"vectors: chunk {chunk_id} has another vector than in the catalog", _REBUILD)


def _documents(library: "ReadableLibrary") -> Iterator[Problem]:
    if not is_being_written(library.folder):
        for document_id in library.catalog.ids_in_state(INDEXING, RESTORING, REMOVING):
            yield Problem(f"catalog: document {document_id} is not finished", "ingest the files again")
    for document_id in library.catalog.ids_in_state(OUTDATED):
        yield Problem(f"catalog: document {document_id} waits to be read again", f"run `reglens reread {document_id}`")
    for path in library.catalog.stray_sources():
        yield Problem(f"catalog: {path} is noted as the file of a document that is not there", "ingest it again")
    for document_id in library.catalog.ids_in_state(READY, REPLACED):
        for what in _document(library, document_id):
            yield Problem(f"catalog: {what}", f"run `reglens reread {document_id}`")


def _document(library: "ReadableLibrary", document_id: str) -> Iterator[str]:
    entry = library.catalog.entry(document_id)
    page_map, chunks = library.page_map(document_id), library.chunks(document_id)
    if entry and (entry.pages, entry.chunks) != (found := (len(page_map.pages), len(chunks))):
        yield f"document {document_id} has {found[0]} pages and {found[1]} chunks, not {entry.pages} and {entry.chunks}"
    yield from check_chunks(page_map, chunks)
    parts: list[tuple[str, Iterator[str]]] = [
        ("section", check_sections(page_map, library.sections(document_id))),
        ("footnote", check_footnotes(page_map, library.footnotes(document_id))),
        ("table", check_tables(page_map, library.tables(document_id))),
        ("reference", check_references(page_map, library.references(document_id))),
    ]
    for name, faults in parts:
        for fault in faults:
            yield f"{name} {fault} (document {document_id})"


def check_chunks(page_map: PageMap, chunks: Sequence[Chunk]) -> Iterator[str]:
    """Chunks that are not what stands at their offsets and on their pages."""
    for chunk in chunks:
        if page_map.text[chunk.start : chunk.end] != chunk.text:
            yield f"chunk {chunk.id} is not what stands at its offsets"
            continue
        pieces = page_map.pieces(chunk.start, chunk.end)
        on_pages = [page_map.page(p.page).text[p.page_start : p.page_end] for p in pieces]
        if "".join("".join(on_pages).split()) != "".join(chunk.text.split()):
            yield f"chunk {chunk.id} is not what its pages say"
        if (chunk.first_page, chunk.last_page) != (pieces[0].page, pieces[-1].page):
            yield f"chunk {chunk.id} names pages {chunk.first_page}-{chunk.last_page} wrongly"


def check_sections(page_map: PageMap, sections: Sequence[Section]) -> Iterator[str]:
    """Sections that lie outside the text or its pages, or run backwards."""
    last = page_map.pages[-1].number if page_map.pages else 0
    for s in sections:
        if not 0 <= s.start <= s.end <= len(page_map.text):
            yield f"{s.path!r} lies at {s.start}-{s.end}, outside the text"
        elif not 1 <= s.first_page <= s.last_page <= last:
            yield f"{s.path!r} names pages {s.first_page}-{s.last_page} of {last}"


def check_footnotes(page_map: PageMap, footnotes: Sequence[Footnote]) -> Iterator[str]:
    """Footnotes that lie outside the text, on another page than they name, or are called from nowhere."""
    size = len(page_map.text)
    for note in footnotes:
        if not 0 <= note.start < note.end <= size:
            yield f"{note.number} lies at {note.start}-{note.end}, outside the text"
        elif page_map.page_of(note.start) != note.page:
            yield f"{note.number} names page {note.page}, but stands on {page_map.page_of(note.start)}"
        elif any(not 0 <= call < size for call in note.calls):
            yield f"{note.number} is called from outside the text"


def check_tables(page_map: PageMap, tables: Sequence[Table]) -> Iterator[str]:
    """Tables that lie outside their page, or whose rows have not the same number of cells."""
    pages = {page.number: page for page in page_map.pages}
    for table in tables:
        page = pages.get(table.page)
        if page is None:
            yield f"names page {table.page}, which is not there"
        elif not 0 <= table.start <= table.end <= len(page.text):
            yield f"lies at {table.start}-{table.end}, outside the text of page {table.page}"
        elif len({len(row) for row in table.rows}) > 1:
            yield f"on page {table.page} has rows of different lengths"


def check_references(page_map: PageMap, references: Sequence[Reference]) -> Iterator[str]:
    """References that lie outside the text or point out of it."""
    size = len(page_map.text)
    for reference in references:
        if not 0 <= reference.start < reference.end <= size:
            yield f"to {reference.target} lies at {reference.start}-{reference.end}, outside the text"
        elif reference.points_to is not None and not 0 <= reference.points_to < size:
            yield f"to {reference.target} points to {reference.points_to}, outside the text"


def _files(library: "ReadableLibrary") -> Iterator[Problem]:
    for entry in library.entries():
        if entry.kept and (fault := library.originals.fault(entry.document)):
            name = f"{entry.document.sha256[:12]}… of {entry.document.title!r}"
            yield Problem(f"files: the original {name} {fault}", f"ingest {entry.document.source} again")
    if not is_being_written(library.folder):
        for path in library.originals.strays(library.catalog.documents):
            yield Problem(f"files: {path.name} belongs to no document", "ingest any file: that tidies up")
