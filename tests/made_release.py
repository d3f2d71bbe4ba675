"""A small release with sections, pages, voices and footnotes, made without reading a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Section, Voice
from corpus.structure import Footnote


@dataclass(frozen=True, slots=True)
class Piece:
    """One chunk of a made release; ``note`` makes it a footnote of that number."""

    section: str
    text: str
    voice: Voice = Voice.PREAMBLE
    page: int = 1
    note: str = ""


def release(
    identity: str, pieces: Sequence[Piece], *, labels: Sequence[str | None] = (), **facts: object
) -> ParsedDocument:
    """A document of these chunks, parted by blank lines; ``labels`` are printed on its pages, one each."""
    sha256 = identity.ljust(64, "0")
    document = Document(sha256[:16], sha256, f"{identity}.txt", "A release", Kind.FINAL_RULE, "txt")
    document = replace(document, **facts)  # type: ignore[arg-type]
    chunks, notes, sections, pages, offset = [], [], [], [], 0
    last = max(piece.page for piece in pieces)
    for number in range(1, last + 1):
        texts = []
        for piece in (p for p in pieces if p.page == number):
            start, end = offset, offset + len(piece.text)
            chunks.append(Chunk(document.id, start, end, number, number, piece.section, piece.voice, piece.text))
            if piece.note:
                notes.append(Footnote(piece.note, start, end, number))
            else:
                head, _, heading = piece.section.partition(" › ")
                sections.append(Section(head, heading, 1, piece.section, start, end, number, number))
            texts.append(piece.text)
            offset = end + 2
        text = "\n\n".join(texts)
        pages.append(Page(number, labels[number - 1] if labels else None, text, len(text)))
        offset = offset - 2 + 1  # pages are parted by one character
    return ParsedDocument(document, tuple(pages), tuple(sections), tuple(chunks), tuple(notes))
