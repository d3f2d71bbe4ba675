"""Comparisons as the JSON that commands print. Keys are a promise: add, never rename."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from corpus.contracts import citation_json
from corpus.errors import ConfigError
from corpus.lineage import short_name
from corpus.records import Document
from rag.chain import Chain
from rag.compare import Comparison, Row
from rag.marking import Mark, Marks, mark

STATUSES = ("changed", "added", "removed", "unchanged", "not_addressed")


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Two documents.

    ``marks`` of a row holds ``[start, end, kind, quote]`` for every stretch of ``a`` and of ``b`` that the
    other side does not have: 0-based half-open offsets in the quote that stands at index ``quote`` of that
    side, and ``word``, ``number``, ``date`` or ``modal``. ``versions`` says whether the two sides are versions
    of one text, compared word by word; if not, only numbers, dates and modal verbs are marked.
    """
    return {
        "a": comparison.a.id,
        "b": comparison.b.id,
        "a_title": comparison.a.title,
        "b_title": comparison.b.title,
        "a_name": short_name(comparison.a),
        "b_name": short_name(comparison.b),
        "counts": _counts(row.status for row in comparison.rows),
        "rows": [_row_json(row) for row in comparison.rows],
    }


def chain_json(chain: Chain) -> dict[str, Any]:
    """Three or more documents: each neighbouring pair, and each topic over all of them.

    ``statuses`` of a topic are one for each pair, ``cells`` the quotes of each document, in the order of
    ``documents``; an empty cell is a document in which nothing on the topic was found.
    """
    return {
        "documents": [_document_json(d) for d in chain.documents],
        "pairs": [comparison_json(pair) for pair in chain.pairs],
        "topics": [
            {
                "topic": topic.topic,
                "statuses": list(topic.statuses),
                "cells": [[citation_json(c) for c in cell] for cell in topic.cells],
            }
            for topic in chain.topics
        ],
    }


def chosen(comparison: dict[str, Any], statuses: Collection[str], limit: int | None) -> dict[str, Any]:
    """A comparison with the rows of these statuses (none: any), at most ``limit`` of them.

    ``counts`` stays that of all rows; ``left_out`` is how many of the wanted rows the limit cut off.
    """
    wanted = [row for row in comparison["rows"] if not statuses or row["status"] in statuses]
    kept = wanted[:limit]
    return {**comparison, "rows": kept, "left_out": len(wanted) - len(kept)}


def chosen_of_chain(chain: dict[str, Any], statuses: Collection[str], limit: int | None) -> dict[str, Any]:
    """A chain with the rows and topics of these statuses; the limit holds for each pair and for the topics."""
    topics = [t for t in chain["topics"] if not statuses or set(t["statuses"]) & set(statuses)]
    return {
        **chain,
        "pairs": [chosen(pair, statuses, limit) for pair in chain["pairs"]],
        "topics": topics[:limit],
        "left_out": len(topics) - len(topics[:limit]),
    }


def read_statuses(words: str | None) -> tuple[str, ...]:
    """The statuses of "changed,added".

    Raises:
        ConfigError: if one is unknown.
    """
    found = tuple(w.strip().lower().replace(" ", "_").replace("-", "_") for w in (words or "").split(",") if w.strip())
    for status in found:
        if status not in STATUSES:
            raise ConfigError(f"--status {status!r} is unknown", remedy=f"use some of: {', '.join(STATUSES)}")
    return found


def _counts(statuses: Any) -> dict[str, int]:
    counts = Counter(statuses)
    return {status: counts[status] for status in STATUSES if counts[status]}


def _row_json(row: Row) -> dict[str, Any]:
    marks = mark([c.quote for c in row.a], [c.quote for c in row.b])
    if row.status == "unchanged" and not marks.versions:
        marks = Marks((), (), versions=False)
    return {
        "topic": row.topic,
        "status": row.status,
        "a": [citation_json(c) for c in row.a],
        "b": [citation_json(c) for c in row.b],
        "difference": row.difference,
        "reason": [citation_json(c) for c in row.reason],
        "marks": {
            "a": [_mark_json(m) for m in marks.old],
            "b": [_mark_json(m) for m in marks.new],
            "versions": marks.versions,
        },
    }


def _mark_json(found: Mark) -> list[int | str]:
    return [found.start, found.end, found.kind, found.quote]


def _document_json(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "title": document.title,
        "name": short_name(document),
        "kind": document.kind.value,
        "issued": document.issued or document.published,
    }
