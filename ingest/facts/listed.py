"""What a listing states of a document, where the document's own text does not. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from corpus.records import Document, Kind
from ingest.facts.metadata import Facts

_FIELDS = frozenset(f.name for f in fields(Document)) - {"id", "sha256", "source", "media", "notes", "title", "kind"}


def completed(facts: Facts, listed: Mapping[str, Any]) -> Facts:
    """Facts of a text, and of its listing where the text has none.

    What the text states goes first. A listing only adds: what is absent, and the rest of a
    value that the text states the beginning of, such as the page of "83 FR".

    Args:
        facts: read from the text.
        listed: fields of :class:`corpus.records.Document`, perhaps read back from JSON.
    """
    merged = dict(facts.fields)
    for name, value in as_stored(listed):
        if name not in _FIELDS or not value:
            continue
        stated = merged.get(name)
        if not stated or (isinstance(stated, str) and str(value).startswith(f"{stated} ")):
            merged[name] = value
    kind = Kind(listed.get("kind") or facts.kind) if facts.kind is Kind.OTHER else facts.kind
    return Facts(facts.title or listed.get("title"), kind, merged)


def as_stored(listed: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """What a listing states, as :attr:`corpus.records.Document.listed` keeps it: no lists among the values."""
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in listed.items())
