"""Citations: a span of a document's text becomes quotes, each checked on its page.

This is the only place that makes a :class:`Citation`, and it fails closed: what is not
found, character by character, in the stored text of the page is not verified.
"""

from dataclasses import replace

from corpus.answers import Citation
from corpus.library import Library
from corpus.pagemap import fold
from corpus.places import Place
from corpus.records import Chunk, Document, Passage, Voice
from rag.standing import status_of
from rag.wording import repeats, words_of


def cite(
    library: Library, document: Document, start: int, end: int, section: str, voice: Voice
) -> tuple[Citation, ...]:
    """Quote ``[start, end)`` of a document: one citation for each page it stands on.

    Args:
        library: holds the pages.
        document: is quoted.
        start: offset in the document's text.
        end: one past the last character.
        section: path of the section.
        voice: of the passage.
    """
    page_map = library.page_map(document.id)
    status = status_of(library, document, voice)
    found = []
    for piece in page_map.pieces(start, end):
        page = page_map.page(piece.page)
        quote = page_map.text[piece.start : piece.end]
        found.append(
            Citation(
                document_id=document.id,
                title=document.title,
                page=page.number,
                page_label=page.label,
                section=section,
                quote=fold(quote),
                start=piece.start,
                end=piece.end,
                page_start=piece.page_start,
                page_end=piece.page_end,
                verified=page.text[piece.page_start : piece.page_end] == quote,
                status=status,
                voice=voice,
                line=None if document.media == "pdf" else page.text.count("\n", 0, piece.page_start) + 1,
            )
        )
    return tuple(found)


def cite_passage(library: Library, passage: Passage, start: int, end: int) -> tuple[Citation, ...]:
    """Quote a part of a passage, as :func:`cite` does, and say where else the very words of each quote stand."""
    chunk = passage.chunk
    found = cite(library, passage.document, start, end, chunk.section, chunk.voice)
    if not passage.also_in:
        return found
    return tuple(replace(c, also_in=_also_quoted(library, passage, c)) for c in found)


def _also_quoted(library: Library, passage: Passage, citation: Citation) -> tuple[Place, ...]:
    """Those of the places that hold nearly the passage's words which hold the quote's, footnote numbers aside."""
    notes = passage.chunk.voice is Voice.FOOTNOTE
    quote = words_of(citation.quote, passage.chunk.note_calls, footnotes=notes)
    chunks = library.catalog.chunks_by_id([place.chunk_id for place in passage.also_in])
    places = []
    for place in passage.also_in:
        chunk = chunks.get(place.chunk_id)
        if chunk and repeats(words_of(chunk.text, chunk.note_calls, footnotes=notes), quote):
            places.append(_where_quoted(library, place, chunk, citation.quote))
    return tuple(places)


def _where_quoted(library: Library, place: Place, chunk: Chunk, quote: str) -> Place:
    """The place with the page of the quote, where its chunk runs over a page's end."""
    if chunk.first_page == chunk.last_page:
        return place
    found = find_quote(library, chunk.document_id, quote, chunk.start, chunk.end)
    page = library.page_map(chunk.document_id).page_of(found[0]) if found else place.page
    return replace(place, page=page, page_label=library.catalog.page_label(chunk.document_id, page))


def find_quote(library: Library, document_id: str, quote: str, low: int, high: int) -> tuple[int, int] | None:
    """Where someone else's quote stands between two offsets, white space, typographic and unseen marks aside.

    Returns:
        (start, end) in the document's text, or None when it does not stand there.
    """
    text = library.page_map(document_id).text
    letters, positions = _squeeze(text, low, high)
    wanted, _ = _squeeze(quote, 0, len(quote))
    at = letters.find(wanted) if wanted else -1
    return (positions[at], positions[at + len(wanted) - 1] + 1) if at >= 0 else None


_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"})


def _squeeze(text: str, low: int, high: int) -> tuple[str, list[int]]:
    positions = [i for i in range(low, high) if text[i].isprintable() and text[i] != " "]
    return "".join(text[i] for i in positions).translate(_SAME), positions
