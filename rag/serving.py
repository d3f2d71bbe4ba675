"""What an assistant may ask of a library: each answer one JSON object of bounded size. Only reads.

No answer is cut in silence. What did not fit is counted under ``left_out``, and the caller
reads on from there with ``offset`` (of a list) or ``start`` (of a page's text).
"""

import json
from functools import lru_cache
from threading import Lock
from typing import Any

from corpus.contracts import answer_json, passage_json
from corpus.errors import ConfigError, NotInLibrary
from corpus.library import READY, Library
from corpus.pagemap import PageMap
from corpus.records import Document, Section
from rag.answer import answer
from rag.compare import compare, comparison_json
from rag.follow import followed_json
from rag.impact import find_obligations, impact_json
from rag.retrieve import Retriever
from rag.scope import Scope
from rag.settings import RagSettings

Json = dict[str, Any]
MOST_CHARS = 40_000
"""Of one answer, as JSON: about 10,000 tokens."""
MOST_PAGE_CHARS = 20_000
MOST_PASSAGES = 50
MOST_QUESTION_CHARS = 2_000


class FrontDesk:
    """The questions, over one library. Threads may share it; they are served one by one.

    Methods raise :class:`NotInLibrary` for a document, release or page that is not there.
    """

    def __init__(self, library: Library, settings: RagSettings) -> None:
        self._library = library
        self._settings = settings
        self._retriever = Retriever(library, settings.retrieval)
        self._one_at_a_time = Lock()
        # Long lists are read in parts; a part costs no second comparison while the library stays as it is.
        self._compared = lru_cache(maxsize=4)(self._compare)
        self._obliged = lru_cache(maxsize=4)(self._impact)

    def search(self, query: str, k: int, scope: Scope) -> Json:
        """Passages, best first: the contract of ``search``, and ``left_out``."""
        with self._one_at_a_time:
            found = self._retriever.search(query, min(k, MOST_PASSAGES), scope)
        result = {
            "query": query,
            "passages": [passage_json(passage, rank) for rank, passage in enumerate(found.passages, start=1)],
            "followed": [followed_json(item, rank) for rank, item in enumerate(found.followed, start=1)],
            "searched": found.searched,
            "timings_ms": {stage: round(ms, 1) for stage, ms in found.timings_ms.items()},
        }
        return fitted(result, "passages", "followed")

    def ask(self, question: str, scope: Scope) -> Json:
        """An answer of sentences that stand in the documents, or an abstention: the contract of ``ask``."""
        with self._one_at_a_time:
            found = answer(question, self._retriever, self._settings.answering, scope)
        return fitted(answer_json(found), "claims", "nearest")

    def compare(self, a: str, b: str, topic: str | None, offset: int) -> Json:
        """What changed between two documents: the contract of ``compare``, from row ``offset`` on."""
        with self._one_at_a_time:
            found = self._compared(self._library.catalog.generation(), a, b, topic or None)
        return _from(found, offset, "rows")

    def _compare(self, _generation: int, a: str, b: str, topic: str | None) -> Json:
        return comparison_json(compare(self._library, self._library.find(a), self._library.find(b), topic))

    def impact(self, document: str, actor: str | None, offset: int) -> Json:
        """Who must do what by when: the contract of ``impact``, from item ``offset`` on, sections last."""
        with self._one_at_a_time:
            found = self._obliged(self._library.catalog.generation(), document, actor or None)
        return _from(found, offset, "obligations", "sections")

    def _impact(self, _generation: int, document: str, actor: str | None) -> Json:
        return impact_json(find_obligations(self._library, self._library.find(document), actor or ()))

    def list_documents(self, words: str | None, offset: int) -> Json:
        """Documents that answer and hold all of ``words`` in title, numbers, kind, company or file name."""
        wanted = (words or "").lower().split()
        with self._one_at_a_time:
            entries = [entry for entry in self._library.entries() if entry.state == READY]
        known = [_document_json(entry.document) | {"pages": entry.pages, "chunks": entry.chunks} for entry in entries]
        fitting = [d for d in known if all(word in _name_of(d) for word in wanted)]
        return _from({"documents": fitting}, offset, "documents")

    def read_page(self, document: str, page: int, start: int) -> Json:
        """The text of a page from ``start`` on, with its printed label and the sections that it shows.

        ``start`` and ``end`` are offsets in the page's text; ``left_out`` counts characters after ``end``.
        """
        with self._one_at_a_time:
            found = self._library.find(document)
            pages = self._library.page_map(found.id)
            sections = self._library.sections(found.id)
        shown = next((p for p in pages.pages if p.number == page), None)
        if shown is None:
            raise NotInLibrary(
                f"{found.title} has no page {page}",
                remedy=f"name a page from 1 to {len(pages.pages)}, as counted in the file",
            )
        if start > len(shown.text):
            raise ConfigError(
                f"page {page} has {len(shown.text)} characters, so none from {start} on", remedy="use a smaller start"
            )
        end = min(start + MOST_PAGE_CHARS, len(shown.text))
        return {
            "document_id": found.id,
            "title": found.title,
            "page": page,
            "page_label": shown.label,
            "n_pages": len(pages.pages),
            "sections": [section.path for section in _shown(sections, pages, page, start, end)],
            "text": shown.text[start:end],
            "start": start,
            "end": end,
            "left_out": {"characters": len(shown.text) - end},
        }


def _shown(sections: list[Section], pages: PageMap, page: int, start: int, end: int) -> list[Section]:
    """Sections that have text between two offsets of a page's body."""
    body = pages.page(page).body_chars
    if start >= min(end, body):
        return []
    low = pages.offset_on_page(page, start)
    high = pages.offset_on_page(page, min(end, body) - 1)
    return [section for section in sections if section.start <= high and section.end > low]


def _document_json(document: Document) -> Json:
    return {
        "document_id": document.id,
        "title": document.title,
        "kind": document.kind.value,
        "release_numbers": list(document.release_numbers),
        "file_numbers": list(document.file_numbers),
        "company": document.company,
        "issued": document.issued,
        "source": document.source.replace("\\", "/").rpartition("/")[2],
    }


def _name_of(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False).lower()


def _from(result: Json, offset: int, *lists: str) -> Json:
    """A result from item ``offset`` on, its lists counted as one after the other; ``total`` counts all items."""
    rest: Json = {}
    skip = offset
    for name in lists:
        rest[name] = result[name][skip:]
        skip = max(skip - len(result[name]), 0)
    total = sum(len(result[name]) for name in lists)
    return fitted({**result, **rest, "total": total, "offset": offset}, *lists)


def fitted(result: Json, *lists: str, most_chars: int = MOST_CHARS) -> Json:
    """A result with as many whole items of its lists as fit, earlier lists first, at least one of the first.

    Returns:
        The result and ``left_out``: by name of a list, how many of its items were left out.
    """
    room = most_chars - _chars({name: value for name, value in result.items() if name not in lists})
    kept: Json = {}
    for name in lists:
        kept[name] = []
        for item in result[name]:
            room -= _chars(item) + 2  # with what separates it
            if room < 0 and any(kept.values()):
                break
            kept[name].append(item)
    left_out = {name: len(result[name]) - len(kept[name]) for name in lists}
    return {**result, **kept, "left_out": left_out}


def _chars(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False))
