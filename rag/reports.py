"""Ranking the pages of companies' reports: whole pages, the statements a question needs among the first.

Evidence in a report is a page: a table, or the paragraph that explains it. The scores of its
passages and the words of the whole page are put together, pages of the statements that are
needed are set among the others by turns, so that a question about two statements has both
early, and each page then shows its best passage.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.library import Library
from corpus.records import Chunk, Document, owner_of
from rag.accounting import Needs, needs
from rag.companies import is_report
from rag.query import Query
from rag.roundrobin import round_robin
from rag.statements import Statement, StatementPage, find_statements

PageKey = tuple[str, int]
Scored = Sequence[tuple[str, float]]

_UNNAMED = 0.5  # weight of a report that was searched but does not fit
_READ = 4  # documents whose pages are read whole, the best fitting
_K1, _B = 1.2, 0.75  # of BM25 over pages, as over passages
_EXPECTED = 0.5  # weight of a word that reports use for what is asked, beside one of the question's own
_SECOND, _SPLIT = 0.25, 0.8  # share of a page's second passage, and of one that runs over a page break
_HEADING = _DISCUSSION = 0.12
_LEAST_STATEMENT, _NEAR_BEST, _MOST_STATEMENT_PAGES = 0.6, 0.7, 4
_TEXT_FIRST, _TEXT_BETWEEN = 4, 2
_IN_DISCUSSION = re.compile(r"management.s discussion|\bitem 7\b|results of operations", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Report:
    """What has been read of one report, by page."""

    statements: Mapping[Statement, Sequence[StatementPage]]
    chunks: Mapping[int, Sequence[Chunk]]
    terms: Mapping[int, Counter[str]]


class ReportPages:
    """Ranks pages of the reports in one library; what it reads of a report it keeps while the library is unchanged."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._generation = -1
        self._read: dict[str, _Report] = {}

    def rank(
        self, fused: Scored, query: Query, documents: Mapping[str, Document], searched: Collection[str]
    ) -> list[tuple[str, float]]:
        """Order passages by page where only companies' reports were searched.

        Args:
            fused: chunk ids and scores, best first.
            query: the question.
            documents: the library's, by id.
            searched: ids of the documents that were searched.

        Returns:
            The same passages and those of statement pages, best first; ``fused`` as it is where
            other documents were searched, too.
        """
        if not fused or not all(i in documents and is_report(documents[i]) for i in searched):
            return list(fused)
        needed = query.needs or needs(query.text)
        weights = {i: query.weights.get(i, _UNNAMED) for i in searched}
        if not query.weights.keys() & weights.keys():
            weights = dict.fromkeys(searched, 1.0)
        found = dict.fromkeys(owner_of(chunk_id) for chunk_id, _ in fused)
        read = sorted(found, key=lambda i: -weights[i])[:_READ]
        scores = dict(fused)
        by_page = _by_page(self._library.catalog.chunks_by_id(list(scores)).values())
        words = self._word_scores(query.topic, needed.words, read)
        texts = {key: _passages_score(by_page.get(key, ()), scores, needed) for key in by_page.keys() | words.keys()}
        texts = {key: (value + words.get(key, 0.0)) * weights[key[0]] for key, value in texts.items()}
        statements = [self._pages_of(statement, read, weights) for statement in needed.statements]
        order = by_turns(sorted(texts, key=lambda key: (-texts[key], key)), statements, first=needed.leads)
        return list(self._shown(order, by_page, scores))

    def _report(self, document_id: str) -> _Report:
        if (generation := self._library.catalog.generation()) != self._generation:
            self._generation, self._read = generation, {}
        if document_id not in self._read:
            pages = self._library.pages(document_id)
            chunks = _by_page(self._library.chunks(document_id))
            self._read[document_id] = _Report(
                find_statements([(page.number, page.text) for page in pages]),
                {number: found for (_, number), found in chunks.items()},
                {page.number: Counter(self._library.terms(page.text)) for page in pages},
            )
        return self._read[document_id]

    def _word_scores(self, topic: str, expected: str, read: Sequence[str]) -> dict[PageKey, float]:
        """BM25 over whole pages, from 0 to 1 for the best; pages without any of the words are left out."""
        asked = dict.fromkeys(self._library.terms(expected), _EXPECTED) | dict.fromkeys(self._library.terms(topic), 1.0)
        rarity = self._library.rarity(list(asked))
        pages = {(i, number): terms for i in read for number, terms in self._report(i).terms.items()}
        mean = sum(terms.total() for terms in pages.values()) / max(len(pages), 1) or 1.0
        scores = {}
        for key, terms in pages.items():
            length = _K1 * (1 - _B + _B * terms.total() / mean)
            shared = (term for term in asked if term in terms)
            scores[key] = sum(asked[t] * rarity[t] * terms[t] * (_K1 + 1) / (terms[t] + length) for t in shared)
        best = max(scores.values(), default=0.0)
        return {key: score / best for key, score in scores.items() if score > 0}

    def _pages_of(self, statement: Statement, read: Iterable[str], weights: Mapping[str, float]) -> list[PageKey]:
        """Pages of one statement, likeliest first; those that are much less likely than the first are left out."""
        found = [
            (page.score * weights[i], (i, page.page)) for i in read for page in self._report(i).statements[statement]
        ]
        found.sort(key=lambda item: (-item[0], item[1]))
        least = max(_LEAST_STATEMENT, _NEAR_BEST * found[0][0]) if found else 0.0
        return [key for score, key in found if score >= least][:_MOST_STATEMENT_PAGES]

    def _shown(
        self, order: Sequence[PageKey], by_page: Mapping[PageKey, Sequence[Chunk]], scores: Mapping[str, float]
    ) -> Iterator[tuple[str, float]]:
        """The best passage of each page in turn, then what is left; scores fall evenly from first to last."""

        def fitness(chunk: Chunk) -> tuple[bool, float, int]:
            return chunk.first_page == chunk.last_page, scores.get(chunk.id, 0.0), len(chunk.text)

        pages = (by_page.get((i, page)) or self._report(i).chunks.get(page, ()) for i, page in order)
        best = [max(chunks, key=fitness).id for chunks in pages if chunks]
        ids = list(dict.fromkeys([*best, *scores]))
        top = max(scores.values())
        yield from ((chunk_id, top * (1 - place / len(ids))) for place, chunk_id in enumerate(ids))


def _by_page(chunks: Iterable[Chunk]) -> dict[PageKey, list[Chunk]]:
    found: dict[PageKey, list[Chunk]] = {}
    for chunk in chunks:
        for page in range(chunk.first_page, chunk.last_page + 1):
            found.setdefault((chunk.document_id, page), []).append(chunk)
    return found


def _passages_score(chunks: Sequence[Chunk], scores: Mapping[str, float], needed: Needs) -> float:
    """What a page's two best passages score, and where they stand."""
    best = sorted((scores[c.id] * (1.0 if c.first_page == c.last_page else _SPLIT) for c in chunks), reverse=True)
    score = sum(best[:1]) + _SECOND * sum(best[1:2])
    headings = {chunk.section.rpartition(" › ")[2] for chunk in chunks}
    if any(pattern.search(heading) for pattern in needed.headings for heading in headings):
        score += _HEADING
    if needed.narrative and any(_IN_DISCUSSION.search(chunk.section) for chunk in chunks):
        score += _DISCUSSION
    return score


def by_turns(texts: Sequence[PageKey], statements: Sequence[Sequence[PageKey]], *, first: bool) -> list[PageKey]:
    """Set the pages of statements among the others.

    Args:
        texts: pages by what they say, best first.
        statements: of each statement that is needed, its pages, likeliest first.
        first: whether the likeliest page of each statement stands before the rest; if not, a
            few others stand before them.

    Returns:
        All of them, each once.
    """
    likeliest = [pages[0] for pages in statements if pages]
    others = round_robin([pages[1:] for pages in statements])
    head = [*likeliest, *texts[:_TEXT_FIRST]] if first else [*texts[:_TEXT_FIRST], *likeliest]
    rest = iter(texts[_TEXT_FIRST:])
    tail = [page for other in others for page in (other, *islice(rest, _TEXT_BETWEEN))]
    return list(dict.fromkeys([*head, *tail, *rest]))
