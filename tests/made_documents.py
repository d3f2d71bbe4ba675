"""Small documents for tests of the library, made without reading a file."""

from dataclasses import replace

from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Voice


def parsed(
    identity: str, text: str, *, title: str = "A rule", kind: Kind = Kind.FINAL_RULE, **facts: object
) -> ParsedDocument:
    """A document of one page and one chunk."""
    sha256 = identity.ljust(64, "0")
    document = Document(sha256[:16], sha256, f"{identity}.txt", title, kind, "txt")
    document = replace(document, **facts)  # type: ignore[arg-type]
    chunk = Chunk(document.id, 0, len(text), 1, 1, "", Voice.PREAMBLE, text)
    return ParsedDocument(document, (Page(1, None, text, len(text)),), (), (chunk,))


def id_of(identity: str) -> str:
    """The id of a document that :func:`parsed` made."""
    return identity.ljust(16, "0")
