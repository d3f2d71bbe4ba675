"""Reads a file made of text or bytes as `reglens ingest` would, without a library."""

from pathlib import Path, PurePosixPath

from corpus.records import Page, ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.reading import read_document
from ingest.sources import MEDIA, Source


def read_as(folder: Path, name: str, content: str | bytes) -> ParsedDocument:
    """The content under that name, parsed."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_document(Source(path, MEDIA.get(PurePosixPath(name).suffix.lower(), "txt")), ChunkSettings())


def body(page: Page) -> list[str]:
    """The paragraphs of a page's body."""
    return page.text[: page.body_chars].split("\n\n")


def notes(page: Page) -> list[str]:
    """The footnotes of a page."""
    return [note for note in page.text[page.body_chars :].split("\n\n") if note]


def called(page: Page) -> list[tuple[str, str]]:
    """Each footnote call of a page: the dozen characters before it, and its number."""
    for offset, number in page.calls:
        assert page.text.startswith(number, offset)
    return [(page.text[max(offset - 12, 0) : offset], number) for offset, number in page.calls]
