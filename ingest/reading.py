"""One file in, one parsed document out. Runs in a worker process."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus.errors import SourceError
from corpus.pagemap import PageMap
from corpus.records import Document, ParsedDocument
from ingest.chunks import ChunkSettings, cut_chunks
from ingest.footnotes import find_footnotes
from ingest.gpotext import is_register_text
from ingest.html import read_html, read_lines
from ingest.layout import lay_out
from ingest.metadata import read_facts
from ingest.outline import find_sections
from ingest.pdf import read_pdf
from ingest.plain import decode, read_bank, read_markdown, read_text
from ingest.readout import Readout
from ingest.references import find_references
from ingest.sniffing import refuse, what_is
from ingest.sources import Source
from ingest.submission import read_submission
from ingest.textfiling import is_paged_text
from ingest.xml import read_xml


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
    media, readout = _read(source, data)
    return assemble(replace(source, media=media), hashlib.sha256(data).hexdigest(), readout, settings)


def _read(source: Source, data: bytes) -> tuple[str, Readout]:
    """The file through the reader of what it is, and the medium it turned out to be.

    Raises:
        SourceError: if it is of a kind that is not read.
    """
    if source.media == "jsonl":
        return "jsonl", read_bank(source.path)
    kind = what_is(data)
    suffix = PurePosixPath(source.file_name).suffix
    if kind not in _READERS:
        raise refuse(kind, suffix)
    if kind == "txt" and source.media == "md":
        return "md", read_markdown(data)
    media, name, read = _READERS[kind]
    readout = read(source.path, data)
    if source.media not in (media, "md") or (source.media == "md" and media != "txt"):
        readout = replace(
            readout, notes=(f"the file is named {suffix} but is {name}; it was read as that", *readout.notes)
        )
    return media, readout


def _read_plain(path: Path, data: bytes) -> Readout:
    text, notes = decode(data)
    if is_register_text(text) or is_paged_text(text):
        return read_lines(text, {}, notes)
    return read_text(data)


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
        id=identity, sha256=sha256, source=source.name,
        title=facts.title or source.label or PurePosixPath(source.file_name).stem,
        kind=facts.kind, media=source.media, notes=readout.notes, **facts.fields,
    )  # fmt: skip
    references = find_references(page_map, sections, footnotes)
    return ParsedDocument(document, pages, sections, chunks, footnotes, readout.tables, references)


def _read_pdf(path: Path, data: bytes) -> Readout:
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


_READERS: dict[str, tuple[str, str, Callable[[Path, bytes], Readout]]] = {
    "pdf": ("pdf", "a PDF", _read_pdf),
    "html": ("html", "a web page (HTML)", lambda _, data: read_html(data)),
    "xml": ("xml", "XML", lambda _, data: read_xml(data)),
    "submission": ("txt", "an EDGAR submission", lambda _, data: read_submission(data)),
    "txt": ("txt", "plain text", _read_plain),
}
"""By what a file is: its medium, its name for the user, and its reader."""
