"""How near passages come to a text, by the library's own model: what the answerer was fitted on."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.library import Library
from corpus.records import Passage


def with_cosines(text: str, passages: Sequence[Passage], library: Library) -> tuple[Passage, ...]:
    """The passages, each with its cosine to the text; one that is no longer stored stays as it is."""
    vector = library.embedder.embed_query(text)
    rows = library.vectors([passage.chunk.id for passage in passages])
    return tuple(replace(p, cosine=float(rows[p.chunk.id] @ vector)) if p.chunk.id in rows else p for p in passages)
