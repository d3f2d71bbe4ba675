"""A file to the reader of what it is, whatever it is called."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus.settings import load_settings, settings_file
from ingest.facts.metadata import read_facts
from ingest.formats.gpotext import is_register_text
from ingest.formats.html import read_html, read_lines
from ingest.formats.ocr import OcrSettings
from ingest.formats.pdf import read_pdf
from ingest.formats.pictures import picture_notes, read_pictures
from ingest.formats.plain import decode, read_bank, read_markdown, read_text
from ingest.formats.sniffing import refuse, what_is
from ingest.formats.submission import read_submission
from ingest.formats.textfiling import is_paged_text
from ingest.formats.xml import read_xml
from ingest.layout.pages import lay_out
from ingest.readout import Readout
from ingest.sources import Source


def read_file(source: Source, data: bytes) -> tuple[str, Readout]:
    """What a file holds, and the medium that it turned out to be.

    Args:
        source: the file; its suffix tells only Markdown and question banks from other text.
        data: its bytes.

    Raises:
        SourceError: if it is of a kind that is not read, or damaged.
    """
    if source.media == "jsonl":
        return "jsonl", read_bank(source.path)
    kind, suffix = what_is(data), PurePosixPath(source.file_name).suffix
    if kind not in _READERS:
        raise refuse(kind, suffix)
    if kind == "txt" and source.media == "md":
        return "md", read_markdown(data)
    media, name, read = _READERS[kind]
    readout = read(source.path, data)
    if source.media != media:
        note = f"the file is named {suffix} but is {name}; it was read as that"
        readout = replace(readout, notes=(note, *readout.notes))
    return media, readout


def _read_pdf(path: Path, data: bytes) -> Readout:
    raw = read_pdf(path)
    laid_out = lay_out(raw)
    pictures = read_pictures(path, raw, laid_out.pages, load_settings(settings_file(), "ocr", OcrSettings))
    if pictures.words:
        laid_out = lay_out(pictures.raw)
    pages = tuple(replace(page, words=pictures.words.get(page.number, ())) for page in laid_out.pages)
    furniture = "\n".join(line for page in pages[:4] for line in page.furniture)
    facts = read_facts("\n".join(page.text[: page.body_chars] for page in pages), furniture, raw.metadata)
    notes = (*raw.notes, *picture_notes(pages, pictures.unread))
    return Readout(pages, facts, raw.bookmarks, tables=laid_out.tables, notes=notes)


def _read_plain(path: Path, data: bytes) -> Readout:
    text, notes = decode(data)
    return read_lines(text, {}, notes) if is_register_text(text) or is_paged_text(text) else read_text(data)


_READERS: dict[str, tuple[str, str, Callable[[Path, bytes], Readout]]] = {
    "pdf": ("pdf", "a PDF", _read_pdf),
    "html": ("html", "a web page (HTML)", lambda _, data: read_html(data)),
    "xml": ("xml", "XML", lambda _, data: read_xml(data)),
    "submission": ("txt", "an EDGAR submission", lambda _, data: read_submission(data)),
    "txt": ("txt", "plain text", _read_plain),
}
"""By what a file is: its medium, its name for the user, and its reader."""
