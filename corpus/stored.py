"""Records as the rows of the catalog, and back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any

from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Section, Voice
from corpus.structure import Footnote, Reference, ReferenceKind, Table

PAGE_COLUMNS = "number, label, text, body_chars, furniture, runs, calls, words"
CHUNK_COLUMNS = "document_id, start, end, first_page, last_page, section, voice, text, note_calls"


def document_text(document: Document) -> str:
    """A document as JSON."""
    return json.dumps(asdict(document))


_FIELDS = tuple(f.name for f in fields(Document))
_TUPLES = tuple(f.name for f in fields(Document) if str(f.type).startswith("tuple"))


def document_from(text: str) -> Document:
    """A document from its JSON; what another version of reglens knew besides is left out."""
    values = {name: value for name, value in json.loads(text).items() if name in _FIELDS}
    values |= {name: _as_tuple(values.get(name, ())) for name in _TUPLES}
    return Document(**_with(values, kind=Kind))


def _as_tuple(items: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(_as_tuple(item) if isinstance(item, list) else item for item in items)


def page_row(page: Page) -> tuple[object, ...]:
    """A page's values, in the order of :data:`PAGE_COLUMNS`."""
    lists = map(json.dumps, (page.furniture, page.runs, page.calls, page.words))
    return page.number, page.label, page.text, page.body_chars, *lists


def page_from(row: tuple[int, str | None, str, int, str, str, str, str]) -> Page:
    """A page from its row."""
    number, label, text, body_chars, furniture, *lists = row
    runs, calls, words = [tuple(map(tuple, json.loads(values))) for values in lists]
    return Page(number, label, text, body_chars, tuple(json.loads(furniture)), runs, calls, words)


def chunk_row(c: Chunk) -> tuple[object, ...]:
    """A chunk's id and its values, in the order of :data:`CHUNK_COLUMNS`."""
    return (
        c.id, c.document_id, c.start, c.end, c.first_page, c.last_page,
        c.section, c.voice.value, c.text, json.dumps(c.note_calls),
    )  # fmt: skip


def chunk_from(row: tuple[str, int, int, int, int, str, str, str, str]) -> Chunk:
    """A chunk from its row."""
    document_id, start, end, first_page, last_page, section, voice, text, calls = row
    return Chunk(document_id, start, end, first_page, last_page, section, Voice(voice), text, tuple(json.loads(calls)))


Part = Section | Footnote | Table | Reference


def parts_of(parsed: ParsedDocument) -> list[tuple[str, int, str]]:
    """The structure of a document: (name of the part, position, record as JSON)."""
    lists: dict[str, tuple[Part, ...]] = {
        "section": parsed.sections,
        "footnote": parsed.footnotes,
        "table": parsed.tables,
        "reference": parsed.references,
    }
    return [(name, n, json.dumps(asdict(part))) for name, parts in lists.items() for n, part in enumerate(parts)]


def section_from(text: str) -> Section:
    """A section from its JSON."""
    return Section(**json.loads(text))


def footnote_from(text: str) -> Footnote:
    """A footnote from its JSON."""
    return Footnote(**_with(json.loads(text), calls=tuple))


def table_from(text: str) -> Table:
    """A table from its JSON."""
    return Table(**_with(json.loads(text), rows=lambda rows: tuple(map(tuple, rows))))


def reference_from(text: str) -> Reference:
    """A reference from its JSON."""
    return Reference(**_with(json.loads(text), kind=ReferenceKind))


def _with(values: dict[str, Any], **conversions: Callable[[Any], Any]) -> dict[str, Any]:
    return values | {name: convert(values[name]) for name, convert in conversions.items()}
