"""The nouns every layer shares. Imports nothing of ours but other nouns.

Offsets are 0-based and half-open, page numbers 1-based, dates ISO 8601 strings.
"""

from dataclasses import dataclass
from enum import StrEnum

from corpus.places import Place
from corpus.structure import Footnote, Reference, Table


class Kind(StrEnum):
    """What a document is."""

    PROPOSED_RULE = "proposed_rule"
    FINAL_RULE = "final_rule"
    CONCEPT_RELEASE = "concept_release"
    INTERPRETATION = "interpretation"
    SRO_FILING = "sro_filing"
    COMPANY_REPORT = "company_report"
    COMMENT_LETTER = "comment_letter"
    STATUTE = "statute"
    RULE_TEXT = "rule_text"
    NOTE = "note"
    ORDER = "order"
    RULE_CARD = "rule_card"
    QUESTION = "question"
    OTHER = "other"


class Voice(StrEnum):
    """Who speaks in a passage, and with what force."""

    RULE_TEXT = "rule_text"
    PREAMBLE = "preamble"
    ECONOMIC_ANALYSIS = "economic_analysis"
    PAPERWORK_BURDEN = "paperwork_burden"
    REQUEST_FOR_COMMENT = "request_for_comment"
    COMMENTER_VIEW = "commenter_view"
    FOOTNOTE = "footnote"
    FRONT_MATTER = "front_matter"


@dataclass(frozen=True, slots=True)
class Document:
    """One filing, note or card. A field that the text does not state is empty, never guessed.

    Attributes:
        id: first 16 hex digits of ``sha256``.
        sha256: of the file's bytes.
        source: path or URL it was read from.
        release_numbers: as printed, without "Release No.", e.g. ``("34-83062",)``.
        file_numbers: SEC file numbers, e.g. ``("S7-07-18",)``.
        cfr_parts: e.g. ``("17 CFR 240",)``.
        federal_register: where it is printed, e.g. ``"83 FR 21574"``.
        document_number: of the Federal Register, e.g. ``"2020-28103"``.
        action: what the agency calls the document, e.g. ``"Proposed rule; extension of comment period"``.
        stated_lineage: (relation, number of the other document) as the text states them; see lineage.py.
        issued: date of the document itself; other dates are what their names say.
        compliance: every compliance date it states, in order; phased rules have several.
        fiscal_period: of a company report, e.g. ``"fiscal year ended 2018-12-31"``.
        listed: what the listing it was fetched from states of it, as (name of a field, value).
        notes: what reading it could not do, in words for the user.
    """

    id: str
    sha256: str
    source: str
    title: str
    kind: Kind
    media: str
    agency: str | None = None
    release_numbers: tuple[str, ...] = ()
    file_numbers: tuple[str, ...] = ()
    rins: tuple[str, ...] = ()
    cfr_parts: tuple[str, ...] = ()
    federal_register: str | None = None
    document_number: str | None = None
    action: str | None = None
    issued: str | None = None
    published: str | None = None
    comment_deadline: str | None = None
    effective: str | None = None
    compliance: tuple[str, ...] = ()
    company: str | None = None
    form: str | None = None
    fiscal_period: str | None = None
    licence: str | None = None
    stated_lineage: tuple[tuple[str, str], ...] = ()
    listed: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page.

    Attributes:
        number: position in the file, from 1.
        label: what is printed on it ("iv", "A-3", "17"), or None when nothing is.
        text: its text in reading order, body first and footnotes after it, without
            running heads and page numbers.
        body_chars: ``text[:body_chars]`` is the body; what follows are footnotes.
        furniture: running heads, page numbers and the like, as printed.
        runs: of a PDF page, ``(offset in text, index of that character in the PDF's own
            character sequence)`` for every stretch in which both count alike; what a
            highlight needs. Empty for other files.
        words: of a page read by OCR, ``(first, last, left, top, right, bottom)`` of every word: the
            index of its first character and one past its last, counted as in ``runs``, and its box in
            fractions (0 to 1) of the page, from the upper left corner.
        calls: ``(offset in text, number)`` of every footnote call that the file itself sets
            apart from the text, by raising it or by a tag.
    """

    number: int
    label: str | None
    text: str
    body_chars: int
    furniture: tuple[str, ...] = ()
    runs: tuple[tuple[int, int], ...] = ()
    calls: tuple[tuple[int, str], ...] = ()
    words: tuple[tuple[int, int, float, float, float, float], ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.body_chars <= len(self.text):
            raise ValueError(f"body_chars {self.body_chars} is outside 0..{len(self.text)}")


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a document's body.

    Attributes:
        number: "A", "2", "240.15l-1", or "" for an unnumbered heading.
        level: 1 for the outermost.
        path: numbers down to this one and its heading, "II.A.2 › Retail Customer".
        start: offset of the heading in the document's text.
        end: where the next section of any level begins.
    """

    number: str
    heading: str
    level: int
    path: str
    start: int
    end: int
    first_page: int
    last_page: int


def owner_of(chunk_id: str) -> str:
    """Id of the document that a chunk, by its id, is of."""
    return chunk_id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of one document that is embedded, retrieved and cited.

    ``document_text[start:end] == text`` always holds, and a chunk never crosses a
    section boundary.

    Attributes:
        first_page: page that holds ``start``.
        last_page: page that holds ``end - 1``.
        section: path of the section it lies in, or "".
        note_calls: footnote numbers called in it.

    Raises:
        ValueError: if the span is empty, or its length is not ``len(text)``.
    """

    document_id: str
    start: int
    end: int
    first_page: int
    last_page: int
    section: str
    voice: Voice
    text: str
    note_calls: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise ValueError(f"span [{self.start}, {self.end}) does not fit {len(self.text)} characters")

    @property
    def id(self) -> str:
        """Stable across runs and machines: same span of same filing, same id."""
        return f"{self.document_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Everything ingest learned from one file, ready to be stored."""

    document: Document
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    chunks: tuple[Chunk, ...]
    footnotes: tuple[Footnote, ...] = ()
    tables: tuple[Table, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk and the scores by which it was found (higher is better; only comparable within one search).

    Attributes:
        also_in: other places that hold nearly the same words, best first, shown with this one.
    """

    chunk: Chunk
    document: Document
    page_label: str | None
    score: float
    bm25: float | None = None
    cosine: float | None = None
    also_in: tuple[Place, ...] = ()
