"""Three or more documents: the rows of each neighbouring pair, and each provision over all of them.

Documents are put in order first: what one does to another (proposes, adopts, amends) decides,
then the date, then the order in which they were named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.answers import Citation
from corpus.contracts import citation_json
from corpus.library import Library
from corpus.lineage import short_name
from corpus.records import Document
from rag.compare import STATUSES, Comparison, Row, compare, comparison_json
from rag.rows import NOT_ADDRESSED

_NUMBERED = re.compile(r"[^\w§()]+")
_SAYS_LITTLE = frozenset(("general", "generally", "overview", "introduction", "background", "other", "discussion"))


@dataclass(frozen=True, slots=True)
class Topic:
    """One provision over all documents.

    Attributes:
        statuses: what became of it, one for each neighbouring pair.
        cells: what each document says of it; empty where nothing was found.
    """

    topic: str
    statuses: tuple[str, ...]
    cells: tuple[tuple[Citation, ...], ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Documents in order, their neighbouring pairs compared, and the topics in the order of the first rows."""

    documents: tuple[Document, ...]
    pairs: tuple[Comparison, ...]
    topics: tuple[Topic, ...]


def compare_chain(library: Library, documents: Sequence[Document], topic: str | None = None) -> Chain:
    """Compare three or more documents, each with the next.

    Args:
        library: holds them.
        documents: all different; in any order.
        topic: keep only rows that fit it.
    """
    ordered = in_order(library, documents)
    pairs = tuple(compare(library, a, b, topic) for a, b in pairwise(ordered))
    return Chain(ordered, pairs, merge(ordered, pairs))


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


def in_order(library: Library, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents from the first to the last: by lineage, then by date, then as given."""
    dated = all(_date(d) for d in documents)
    waiting = sorted(documents, key=_date) if dated else list(documents)
    here = {d.id for d in documents}
    before = {
        d.id: {x.target_id for x in library.links(d.id) if x.source_id == d.id and x.target_id in here}
        for d in documents
    }
    found: list[Document] = []
    while waiting:
        done = {d.id for d in found}
        free = [d for d in waiting if before[d.id] <= done | {d.id}]
        found.append((free or waiting)[0])
        waiting.remove(found[-1])
    return tuple(found)


def merge(documents: Sequence[Document], pairs: Sequence[Comparison]) -> tuple[Topic, ...]:
    """Rows of all pairs by provision: those with one topic, and those whose quotes of a shared document overlap."""
    rows = [(n, row) for n, pair in enumerate(pairs) for row in pair.rows]
    groups = _Groups(len(rows))
    for one, other in _same_topic(rows):
        groups.join(one, other)
    for one, other in _overlapping(rows):
        groups.join(one, other)
    return tuple(_topic([rows[i] for i in group], documents, len(pairs)) for group in groups.all())


def _date(document: Document) -> str:
    return document.issued or document.published or document.effective or ""


def _same_topic(rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for i, (_, row) in enumerate(rows):
        name = _NUMBERED.sub(" ", row.topic.lower()).strip()
        if name not in _SAYS_LITTLE:
            yield first.setdefault(name, i), i


def _overlapping(rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, int]]:
    """Rows of a pair and of the next one that quote the same words of the document between them."""
    for i, (pair, row) in enumerate(rows):
        for j in range(i + 1, len(rows)):
            next_pair, other = rows[j]
            if next_pair == pair + 1 and any(c.start < d.end and d.start < c.end for c in row.b for d in other.a):
                yield i, j


def _topic(rows: Sequence[tuple[int, Row]], documents: Sequence[Document], n_pairs: int) -> Topic:
    cells: list[dict[tuple[int, int], Citation]] = [{} for _ in documents]
    statuses: list[set[str]] = [set() for _ in range(n_pairs)]
    for pair, row in rows:
        statuses[pair].add(row.status)
        cells[pair].update(((c.start, c.end), c) for c in row.a)
        cells[pair + 1].update(((c.start, c.end), c) for c in row.b)
    told = tuple(_one_of(found) for found in statuses)
    return Topic(rows[0][1].topic, told, tuple(tuple(cell.values()) for cell in cells))


def _one_of(statuses: set[str]) -> str:
    """One word for several rows: what was added here and removed there has changed."""
    if {"added", "removed"} <= statuses:
        return "changed"
    return next((status for status in STATUSES if status in statuses), NOT_ADDRESSED)


class _Groups:
    """Sets of row numbers that grow together (union-find)."""

    def __init__(self, n: int) -> None:
        self._above = list(range(n))

    def join(self, one: int, other: int) -> None:
        """Make the groups of two rows one."""
        low, high = sorted((self._root(one), self._root(other)))
        self._above[high] = low

    def all(self) -> list[list[int]]:
        """Every group, in the order of its first row."""
        found: dict[int, list[int]] = {}
        for i in range(len(self._above)):
            found.setdefault(self._root(i), []).append(i)
        return list(found.values())

    def _root(self, i: int) -> int:
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i


def _document_json(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "title": document.title,
        "name": short_name(document),
        "kind": document.kind.value,
        "issued": document.issued or document.published,
    }
