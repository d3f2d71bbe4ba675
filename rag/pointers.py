"""Where a passage points: the footnotes that it calls, and the sections, rules and releases that it refers to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.records import Chunk, Passage
from corpus.structure import Footnote, Reference, ReferenceKind

_END = 1 << 40  # behind the end of any text
_NOTE_NUMBER = re.compile(r"nn?\.\s*(\d+)")
_SECTION_NUMBER = re.compile(r"(?:section|part)\s+(.+)", re.IGNORECASE)
_RULE = re.compile(r"(?:\d+ CFR (?:\d+\.)?|Rule )(?P<number>[\w.-]+)(?P<paragraphs>(?:\([^)]*\))+)$")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place that a passage points at: ``[start, end)`` of a document's text, or a good part of it.

    Attributes:
        name: "footnote 157", "Section III.B.2".
        called: it is a footnote that the passage calls, and so belongs to it.
        rank: of the passage that points there, from 1.
    """

    document_id: str
    start: int
    end: int
    name: str
    called: bool
    rank: int


def pointers(passages: Sequence[Passage], library: Library) -> list[Pointer]:
    """Every place that these passages point at, each once, in their order.

    Args:
        passages: best first; their ranks count from 1.
        library: knows footnotes, references and sections.
    """
    notes = _notes_called(passages, library)
    found: dict[tuple[str, int], Pointer] = {}
    for rank, passage in enumerate(passages, start=1):
        chunk = passage.chunk
        for pointer in (*_to_notes(chunk, notes, rank), *_to_places(passage, library, rank)):
            found.setdefault((pointer.document_id, pointer.start), pointer)
    return list(found.values())


def _notes_called(passages: Sequence[Passage], library: Library) -> dict[str, list[Footnote]]:
    """By document, the footnotes with numbers that any of its passages calls."""
    numbers: dict[str, set[str]] = {}
    for passage in passages:
        if passage.chunk.note_calls:
            numbers.setdefault(passage.chunk.document_id, set()).update(passage.chunk.note_calls)
    return {i: library.catalog.footnotes_numbered(i, called) for i, called in numbers.items()}


def _to_notes(chunk: Chunk, notes: dict[str, list[Footnote]], rank: int) -> Iterator[Pointer]:
    for note in notes.get(chunk.document_id, ()):
        if any(chunk.start <= call < chunk.end for call in note.calls):
            yield Pointer(chunk.document_id, note.start, note.end, f"footnote {note.number}", True, rank)


def _to_places(passage: Passage, library: Library, rank: int) -> Iterator[Pointer]:
    chunk = passage.chunk
    seen: set[str] = set()
    for reference in library.catalog.references_in(chunk.document_id, chunk.start, chunk.end):
        if f"{reference.target} {reference.pinpoint}" in seen:
            continue
        seen.add(f"{reference.target} {reference.pinpoint}")
        if reference.kind in (ReferenceKind.SECTION, ReferenceKind.FOOTNOTE):
            yield from _inside(reference, chunk, library, rank)
        elif reference.kind in (ReferenceKind.RULE, ReferenceKind.CFR):
            yield from _to_rule(reference, chunk, library, rank)
        elif reference.kind is ReferenceKind.RELEASE:
            yield from _to_release(reference, chunk, library, rank)


def _inside(reference: Reference, chunk: Chunk, library: Library, rank: int) -> Iterator[Pointer]:
    """A section or a footnote of the same document."""
    at = reference.points_to
    if at is None:
        return
    if reference.kind is ReferenceKind.FOOTNOTE:
        notes = library.catalog.footnotes_numbered(chunk.document_id, [reference.target])
        yield from (
            Pointer(chunk.document_id, at, note.end, f"footnote {note.number}", False, rank)
            for note in notes
            if note.start == at
        )
    else:
        end = _section_end(library, chunk.document_id, at)
        yield Pointer(chunk.document_id, at, end, f"Section {reference.target}", False, rank)


def _section_end(library: Library, document_id: str, start: int) -> int:
    """Where the section that begins at ``start`` ends, those below it included."""
    sections = library.catalog.sections_in(document_id, start, _END)
    end = start
    for n, section in enumerate(sections):
        if n and section.level <= sections[0].level:
            break
        end = section.end
    return end


def _to_rule(reference: Reference, chunk: Chunk, library: Library, rank: int) -> Iterator[Pointer]:
    """The section of the same document that is headed by that very paragraph: "Exception of Rule 611(b)(4)"."""
    rule = _RULE.match(reference.target)
    if not rule:
        return
    for section in library.catalog.sections_headed(chunk.document_id, rule["number"] + rule["paragraphs"]):
        if not section.start <= chunk.start < section.end:
            name = f"Rule {rule['number']}{rule['paragraphs']}"
            yield Pointer(chunk.document_id, section.start, section.end, name, False, rank)


def _to_release(reference: Reference, chunk: Chunk, library: Library, rank: int) -> Iterator[Pointer]:
    """Another release: the footnote or section of it that is named, else all of it."""
    for document in library.resolve(reference.target):
        if document.id == chunk.document_id:
            continue
        note, section = _NOTE_NUMBER.match(reference.pinpoint), _SECTION_NUMBER.match(reference.pinpoint)
        name = f"{reference.target} {reference.pinpoint}".rstrip()
        if note:
            for found in library.catalog.footnotes_numbered(document.id, [note[1]]):
                yield Pointer(document.id, found.start, found.end, name, False, rank)
        elif section:
            for headed in library.catalog.sections_numbered(document.id, section[1]):
                end = _section_end(library, document.id, headed.start)
                yield Pointer(document.id, headed.start, end, name, False, rank)
        else:
            yield Pointer(document.id, 0, _END, name, False, rank)
