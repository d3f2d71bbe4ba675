"""One file in, one parsed document out. Runs in a worker process."""

import hashlib
import re
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import SourceError
from corpus.pagemap import PageMap
from corpus.questions import PointKind, load_questions
from corpus.records import Document, Kind, Page, ParsedDocument
from ingest.chunks import ChunkSettings, cut_chunks
from ingest.layout import lay_out
from ingest.metadata import Facts, front_matter_facts, read_facts
from ingest.outline import find_sections
from ingest.pdf import Bookmark, read_pdf
from ingest.sources import Source

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_FOOTNOTES = re.compile(r"^\s*FOOTNOTES\s*$", re.MULTILINE)


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
    sha256 = hashlib.sha256(data).hexdigest()
    if source.media == "pdf":
        pages, bookmarks, facts, notes = _read_pdf(source.path, data)
    elif source.media == "jsonl":
        pages, bookmarks, facts, notes = _read_bank(source.path)
    else:
        pages, facts, notes = _read_text(data, source.media)
        bookmarks = ()
    page_map = PageMap(pages)
    identity = document_id(sha256)
    sections = find_sections(page_map, bookmarks, "md" if source.media == "jsonl" else source.media, facts.kind)
    chunks = tuple(cut_chunks(identity, page_map, sections, facts.kind, settings))
    if not chunks:
        raise SourceError(
            f"no text in any of its {len(pages)} page{'s' if len(pages) != 1 else ''}: the pages are pictures",
            remedy="run it through OCR (for example `ocrmypdf in.pdf out.pdf`) and ingest the result",
        )
    document = Document(
        id=identity, sha256=sha256, source=str(source.path), title=facts.title or source.label or source.path.stem,
        kind=facts.kind, media=source.media, notes=notes, **facts.fields,
    )  # fmt: skip
    return ParsedDocument(document, pages, sections, chunks)


def _read_pdf(path: Path, data: bytes) -> tuple[tuple[Page, ...], tuple[Bookmark, ...], Facts, tuple[str, ...]]:
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
    return pages, raw.bookmarks, facts, notes


def _ranges(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    names = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(names)}"


def _read_text(data: bytes, media: str) -> tuple[tuple[Page, ...], Facts, tuple[str, ...]]:
    text, notes = _decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    facts = None
    if media == "md" and (front := _FRONT_MATTER.match(text)):
        facts = front_matter_facts(_yaml(front[1]))
        text = text[front.end() :].lstrip("\n")
    pages = tuple(_text_page(n, page) for n, page in enumerate(text.split("\f"), start=1))
    body = "\n".join(page.text[: page.body_chars] for page in pages)
    if facts is None:
        facts = read_facts(body, "", {}) if media == "txt" else Facts(_markdown_title(body), Kind.OTHER)
    return pages, facts, notes


def _text_page(number: int, text: str) -> Page:
    """A page of a text file; what follows a line "FOOTNOTES" are its footnotes."""
    marks = list(_FOOTNOTES.finditer(text))
    body_chars = marks[-1].start() if marks else len(text)
    return Page(number, None, text, body_chars)


def _read_bank(path: Path) -> tuple[tuple[Page, ...], tuple[Bookmark, ...], Facts, tuple[str, ...]]:
    """A question bank as a text: each question a heading, under it what a good answer says, not what it must not."""
    parts = []
    for question in load_questions(path):
        points = [point.text for point in question.points if point.kind is not PointKind.CONTRADICTION]
        parts.append(f"## {question.question}\n\n" + "\n".join(points))
    text = "\n\n".join(parts)
    return (Page(1, None, text, len(text)),), (), Facts("Question bank on market microstructure", Kind.QUESTION), ()


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    if b"\0" in data[:4096]:
        raise SourceError("the file is named as text but holds binary data", remedy="give it its right name")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), ("the text is not UTF-8; it was read as Windows-1252",)


def _yaml(text: str) -> dict[str, Any]:
    try:
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SourceError(
            f"the front matter is not valid YAML: {error}", remedy="mend the lines between the ---"
        ) from error
    return values if isinstance(values, dict) else {}


def _markdown_title(body: str) -> str | None:
    match = re.search(r"^#\s+(.+)$", body, re.MULTILINE)
    return match[1].strip() if match else None
