"""Facts of documents against what was written by hand: right, wrong or absent, field by field.

A wrong value counts worse than none, so they are never added up: every field reports both, with the number of
expectations.
"""

import csv
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from corpus.library import READY, Library
from corpus.pagemap import fold
from corpus.records import Document
from evals.datasets import json_lines, read_file, text

COLUMNS = {"release": "release_numbers", "file_no": "file_numbers", "rin": "rins"}
OUTCOMES = ("right", "wrong", "absent", "missing")
_FIELDS = frozenset(field.name for field in fields(Document))


@dataclass(frozen=True, slots=True)
class Expected:
    """What one field of one document should hold.

    Attributes:
        document: its file's name without ending, or its Federal Register document number.
        value: for a field with several values, one that must be among them, or a tuple of exactly those that
            must be there; None where the document states nothing and the field must be empty.
        part: the part of the data set it belongs to ("develop", "check"), or "".
    """

    document: str
    field: str
    value: str | tuple[str, ...] | None
    part: str = ""


def load_expected(path: Path) -> tuple[Expected, ...]:
    """Read expectations: a table with columns release, file_no and rin, or lines of document, field and value.

    Of a table, empty cells expect nothing; of lines, ``null`` expects an empty field.

    Raises:
        SourceError: on a file that is neither, or a field that no document has.
    """
    found = _table(path) if path.suffix.lower() == ".tsv" else _lines(path)
    if not found:
        raise SourceError(f"{path} expects nothing", remedy="check the path")
    return tuple(found)


def _table(path: Path) -> list[Expected]:
    rows = list(csv.DictReader(StringIO(read_file(path)), delimiter="\t"))
    columns = COLUMNS.keys() & (rows[0].keys() if rows else set())
    if "release" not in columns:
        raise SourceError(f"{path} has no column release", remedy="name its columns release, file_no and rin")
    return [
        Expected(row["release"], COLUMNS[column], row[column].strip())
        for row in rows
        for column in COLUMNS
        if column in columns and row[column] and row[column].strip()
    ]


def _lines(path: Path) -> list[Expected]:
    found = []
    for where, row in json_lines(path):
        name, value = text(row, "field", where), row.get("value")
        if name not in _FIELDS:
            raise SourceError(
                f"{where}: no document has a field {name!r}", remedy=f"use one of {', '.join(sorted(_FIELDS))}"
            )
        if not (value is None or isinstance(value, str) or _is_texts(value)):
            raise SourceError(
                f'{where}: "value" is neither a text, nor a list of texts, nor null', remedy="mend that line"
            )
        wanted = tuple(value) if isinstance(value, list) else value
        found.append(Expected(text(row, "document", where), name, wanted, str(row.get("set") or "")))
    return found


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def evaluate_facts(library: Library, expected: Sequence[Expected]) -> dict[str, Any]:
    """Compare what the library's documents say of themselves with what was written by hand.

    Returns:
        ``fields``: for each field (and part of the data set, "kind (check)") how many expectations are right,
        wrong (another value), absent (none where one is stated) and missing (no such document), and ``n``;
        ``disagreements``: every one that is not right, with both values.
    """
    began = time.perf_counter()
    documents = _by_name(library)
    counts: dict[str, Counter[str]] = {}
    disagreements = []
    for item in expected:
        document = documents.get(item.document.lower())
        outcome = _outcome(item, document)
        counts.setdefault(f"{item.field} ({item.part})" if item.part else item.field, Counter())[outcome] += 1
        if outcome != "right":
            held = getattr(document, item.field) if document else None
            disagreements.append(
                {
                    "document": item.document,
                    "field": item.field,
                    "expected": item.value,
                    "found": held,
                    "outcome": outcome,
                }
            )
    return {
        "fields": {name: {o: count[o] for o in OUTCOMES} | {"n": count.total()} for name, count in counts.items()},
        "n_documents": len({item.document for item in expected}),
        "missing_documents": sorted({item.document for item in expected if item.document.lower() not in documents}),
        "disagreements": disagreements,
        "seconds": round(time.perf_counter() - began, 3),
    }


def _by_name(library: Library) -> Mapping[str, Document]:
    """Documents that answer, by the names of their files and their Federal Register numbers."""
    found: dict[str, Document] = {}
    for entry in library.entries():
        if entry.state == READY:
            document = entry.document
            names = {Path(source).stem for source in (document.source, *library.catalog.sources_of(document.id))}
            found |= {name.lower(): document for name in (*names, document.document_number) if name}
    return found


def _outcome(expected: Expected, document: Document | None) -> str:
    if document is None:
        return "missing"
    held = getattr(document, expected.field)
    values = held if isinstance(held, tuple) else (held,) if held else ()
    values = tuple(fold(str(value)) for value in values)
    if expected.value is None:
        return "wrong" if values else "right"
    if not values:
        return "absent"
    if isinstance(expected.value, tuple):
        return "right" if set(values) == set(expected.value) else "wrong"
    return "right" if fold(expected.value) in values else "wrong"
