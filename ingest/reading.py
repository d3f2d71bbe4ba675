"""One file in, one parsed document out. Runs in a worker process."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.errors import SourceError
from corpus.pagemap import PageMap
from corpus.records import Document, Page, ParsedDocument
from ingest.chunks import ChunkSettings, cut_chunks
from ingest.citing.footnotes import find_footnotes
from ingest.citing.references import find_references
from ingest.facts.listed import as_stored, completed
from ingest.facts.statements import stated_lineage
from ingest.formats import ocr
from ingest.formats.readers import read_file
from ingest.outline.sections import find_sections
from ingest.readout import Readout
from ingest.sources import Source


def document_id(sha256: str) -> str:
    """A document's id: the first 16 hex digits of its content's hash."""
    return sha256[:16]


def read_document(source: Source, settings: ChunkSettings) -> ParsedDocument:
    """Parse a file.

    Raises:
        SourceError: if it cannot be read or holds no text.
    """
    if source.problem is not None:
        raise source.problem
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be opened: {error.strerror}", remedy="check that you may read it") from error
    if not data:
        raise SourceError("the file is empty (zero bytes)", remedy="download it again")
    media, readout = read_file(source, data)
    return assemble(replace(source, media=media), hashlib.sha256(data).hexdigest(), readout, settings)


def assemble(source: Source, sha256: str, readout: Readout, settings: ChunkSettings) -> ParsedDocument:
    """Find the structure in what was read, and cut it into chunks.

    Raises:
        SourceError: if there is no text.
    """
    pages, facts = readout.pages, completed(readout.facts, source.facts)
    identity = document_id(sha256)
    page_map = PageMap(pages)
    sections = find_sections(page_map, readout, facts.kind)
    footnotes = find_footnotes(page_map)
    chunks = tuple(cut_chunks(identity, page_map, sections, footnotes, facts.kind, settings, readout.tables))
    if not chunks:
        raise _empty(source, pages)
    document = Document(
        id=identity, sha256=sha256, source=source.name,
        title=facts.title or source.label or PurePosixPath(source.file_name).stem,
        kind=facts.kind, media=source.media, notes=readout.notes, **facts.fields,
        stated_lineage=stated_lineage(page_map.text, facts.kind, facts.title or "", facts.fields),
        listed=as_stored(source.facts),
    )  # fmt: skip
    references = find_references(page_map, sections, footnotes)
    return ParsedDocument(document, pages, sections, chunks, footnotes, readout.tables, references)


def _empty(source: Source, pages: Sequence[Page]) -> SourceError:
    """The error for a file without text."""
    if source.media != "pdf":
        return SourceError("there is no text in it", remedy="open it and see; download it again if there should be")
    problem = f"no text in any of its {len(pages)} page{'s' if len(pages) != 1 else ''}"
    if ocr.is_installed():
        return SourceError(f"{problem}, and OCR found none", remedy="scan it again, more sharply")
    return SourceError(f"{problem}: the pages are pictures", remedy=f"{ocr.INSTALL} and ingest it again")
