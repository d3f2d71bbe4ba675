"""One file in, one parsed document out. Runs in a worker process."""

import hashlib
from pathlib import Path

from corpus.errors import SourceError
from corpus.pagemap import PageMap
from corpus.records import Document, ParsedDocument
from ingest.chunks import ChunkSettings, cut_chunks
from ingest.footnotes import find_footnotes
from ingest.layout import lay_out
from ingest.metadata import read_facts
from ingest.outline import find_sections
from ingest.pdf import read_pdf
from ingest.plain import read_bank, read_markdown, read_text
from ingest.readout import Readout
from ingest.references import find_references
from ingest.sources import Source


def document_id(sha256: str) -> str:
    """A document's id: the first 16 hex digits of its content's hash."""
    return sha256[:16]


def read_document(source: Source, settings: ChunkSettings) -> ParsedDocument:
    """Parse a file.

    Raises:
        SourceError: if it cannot be read or holds no text.
    """
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be opened: {error.strerror}", remedy="check that you may read it") from error
    if not data:
        raise SourceError("the file is empty (zero bytes)", remedy="download it again")
    return assemble(source, hashlib.sha256(data).hexdigest(), _read(source, data), settings)


def _read(source: Source, data: bytes) -> Readout:
    """The file through the reader of its format."""
    if source.media == "pdf":
        return _read_pdf(source.path, data)
    if source.media == "jsonl":
        return read_bank(source.path)
    return read_markdown(data) if source.media == "md" else read_text(data)


def assemble(source: Source, sha256: str, readout: Readout, settings: ChunkSettings) -> ParsedDocument:
    """Find the structure in what was read, and cut it into chunks.

    Raises:
        SourceError: if there is no text.
    """
    pages, facts = readout.pages, readout.facts
    identity = document_id(sha256)
    page_map = PageMap(pages)
    sections = find_sections(page_map, readout, facts.kind)
    footnotes = find_footnotes(page_map)
    chunks = tuple(cut_chunks(identity, page_map, sections, facts.kind, settings))
    if not chunks:
        raise SourceError(
            f"no text in any of its {len(pages)} page{'s' if len(pages) != 1 else ''}: the pages are pictures",
            remedy="run it through OCR (for example `ocrmypdf in.pdf out.pdf`) and ingest the result",
        )
    document = Document(
        id=identity, sha256=sha256, source=source.place, title=facts.title or source.label or Path(source.place).stem,
        kind=facts.kind, media=source.media, notes=readout.notes, **facts.fields,
    )  # fmt: skip
    references = find_references(page_map, sections, footnotes)
    return ParsedDocument(document, pages, sections, chunks, footnotes, readout.tables, references)


def _read_pdf(path: Path, data: bytes) -> Readout:
    if not data[:1024].lstrip().startswith(b"%PDF"):
        kind = "a zip archive" if data.startswith(b"PK") else "something else"
        raise SourceError(
            f"the file is named .pdf but is {kind}", remedy="give it its right name, or download it again"
        )
    raw = read_pdf(path)
    pages = lay_out(raw)
    furniture = "\n".join(line for page in pages[:4] for line in page.furniture)
    facts = read_facts("\n".join(page.text[: page.body_chars] for page in pages), furniture, raw.metadata)
    notes = raw.notes
    if empty := [page.number for page in pages if not page.text.strip()]:
        notes = (
            *notes,
            f"{_ranges(empty)}: no text on {'this page' if len(empty) == 1 else 'these pages'} (pictures, or blank)",
        )
    return Readout(pages, facts, raw.bookmarks, notes=notes)


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    names = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(names)}"
