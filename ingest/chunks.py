"""Sections in, chunks out. Pure: no files, no models, no clock."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from corpus.errors import ConfigError
from corpus.pagemap import PageMap
from corpus.records import Chunk, Kind, Section
from corpus.sentences import split_sentences
from corpus.settings import fingerprint
from corpus.structure import Footnote, Table
from ingest.outline.sections import ancestors, section_at
from ingest.voice import voice_of

_PARAGRAPH = re.compile(r"\n\s*\n")
_LINE = re.compile(r"\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkSettings:
    """How documents are cut; part of table ``[ingest]`` of the settings file.

    Attributes:
        max_chars: chunks are at most this long; about 4.7 characters are a token, and
            the default model reads 256 tokens.
        min_chars: a rest shorter than this joins the chunk before it where it fits.

    Raises:
        ConfigError: unless 0 <= min_chars < max_chars and max_chars >= 200.
    """

    max_chars: int = 1000
    min_chars: int = 160

    def __post_init__(self) -> None:
        if self.max_chars < 200 or not 0 <= self.min_chars < self.max_chars:
            raise ConfigError(
                f"max_chars={self.max_chars}, min_chars={self.min_chars} cannot be used",
                remedy="set max_chars to 200 or more, and min_chars below it",
            )

    @property
    def fingerprint(self) -> str:
        """Stored in the library, so that differently cut chunks are never mixed."""
        return fingerprint(asdict(self) | {"cut": 5})


def cut_chunks(
    document_id: str,
    page_map: PageMap,
    sections: Sequence[Section],
    footnotes: Sequence[Footnote],
    kind: Kind,
    settings: ChunkSettings,
    tables: Sequence[Table] = (),
) -> Iterator[Chunk]:
    """Cut a document into chunks of whole paragraphs and whole rows of tables that never cross a section.

    Together they cover every character of the text that is not white space. Pages are
    told from offsets.
    """
    text, chains = page_map.text, ancestors(sections)
    starts = [page_map.offset_on_page(table.page, table.start) for table in tables]
    spans = [(start, start + table.end - table.start) for start, table in zip(starts, tables, strict=True)]
    calls = sorted((call, note.number) for note in footnotes for call in note.calls)
    for start, end in _parts(page_map, sections):
        in_notes = start >= page_map.notes_start
        for low, high in _pack(text, start, end, settings, [s for s in spans if start < s[1] and s[0] < end]):
            anchor = _body_end(page_map, low) if in_notes else low
            index = section_at(sections, anchor)
            chain = chains[index] if index is not None else ()
            words = text[low:high]
            called = calls[bisect_left(calls, (low,)) : bisect_left(calls, (high,))]
            yield Chunk(
                document_id, low, high, page_map.page_of(low), page_map.page_of(high - 1),
                chain[-1].path if chain else "", voice_of(words, chain, kind, in_notes=in_notes), words,
                tuple(dict.fromkeys(number for _, number in called)),
            )  # fmt: skip


def _parts(page_map: PageMap, sections: Sequence[Section]) -> Iterator[tuple[int, int]]:
    """Spans that a chunk may not leave: before the first section, each section, the footnotes."""
    borders = sorted({0, *(s.start for s in sections), page_map.notes_start, len(page_map.text)})
    yield from pairwise(borders)


def _body_end(page_map: PageMap, offset: int) -> int:
    """Offset of the last body character of the page on which a footnote stands."""
    number = page_map.page_of(offset)
    page = page_map.page(number)
    body = page.text[: page.body_chars].rstrip()
    return page_map.offset_on_page(number, len(body) - 1) if body else 0


def _pack(
    text: str, start: int, end: int, settings: ChunkSettings, tables: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Whole paragraphs, as many as fit; words that lead to a list ("… that states:") go with the list."""
    spans: list[tuple[int, int]] = []
    held: list[tuple[int, int]] = []
    for piece in _pieces(text, start, end, settings.max_chars, tables):
        if held and piece[1] - held[0][0] > settings.max_chars:
            leads = len(held) > 1 and text[held[-1][1] - 1] == ":" and piece[1] - held[-1][0] <= settings.max_chars
            kept, held = (held[:-1], held[-1:]) if leads else (held, [])
            spans.append((kept[0][0], kept[-1][1]))
        held.append(piece)
    if held:
        spans.append((held[0][0], held[-1][1]))
    if len(spans) > 1:
        (before, _), (rest, last) = spans[-2:]
        if last - rest < settings.min_chars and last - before <= 1.2 * settings.max_chars:
            spans[-2:] = [(before, last)]
    yield from spans


def _pieces(
    text: str, start: int, end: int, max_chars: int, tables: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Paragraphs, and rows of the tables whose spans are given, as many as fit."""
    low = start
    for table_start, table_end in tables:
        yield from _paragraphs(text, low, max(table_start, low), max_chars)
        low = min(table_end, end)
        yield from _rows(text, max(table_start, start), low, max_chars)
    yield from _paragraphs(text, low, end, max_chars)


def _paragraphs(text: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    """Paragraphs without the white space around them; long ones cut at sentences, and these where they are long."""
    for a, b in _split(text, start, end, _PARAGRAPH):
        if b - a <= max_chars:
            yield a, b
        else:
            for sentence in split_sentences(text[a:b]):
                yield from _between_words(text, a + sentence.start, a + sentence.end, max_chars)


def _rows(text: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    """As many rows of a table as fit, again and again."""
    low = high = start
    for a, b in _split(text, start, end, _LINE):
        if b - low > max_chars and high > low:
            yield from _between_words(text, low, high, max_chars)
            low = a
        high = b
    yield from _between_words(text, low, high, max_chars)


def _split(text: str, start: int, end: int, at: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    low = start
    for match in at.finditer(text, start, end):
        if (span := _trim(text, low, match.start())) is not None:
            yield span
        low = match.end()
    if (span := _trim(text, low, end)) is not None:
        yield span


def _between_words(text: str, start: int, end: int, max_chars: int) -> Iterator[tuple[int, int]]:
    """Pieces that end at a semicolon of their second half, else between words, else anywhere."""
    while end - start > max_chars:
        stop = start + max_chars
        semicolon = text.rfind("; ", start + max_chars // 2, stop)
        cut = semicolon + 1 if semicolon > 0 else max(text.rfind(" ", start, stop), text.rfind("\n", start, stop))
        cut = cut if cut > start else stop
        if (span := _trim(text, start, cut)) is not None:
            yield span
        start = cut
    if (span := _trim(text, start, end)) is not None:
        yield span


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
