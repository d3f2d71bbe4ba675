"""Sentences of the places that a question names exactly: where it asks no more, they are the answer."""

from collections.abc import Iterator

from corpus.library import Library
from corpus.pagemap import fold
from corpus.records import Passage
from corpus.sentences import split_statements
from rag.evidence import Evidence
from rag.retrieve import Found

_MIN_WORDS = 2
_MAX_NUMBER_CHARS = 16  # of "IV.C. " and the like before a heading's words
_ABOVE_OTHERS = 10.0


def quoted(found: Found, library: Library) -> list[Evidence]:
    """The sentences of the named places in their order, the likeliest place first; none unless these suffice."""
    if not found.exact.suffice:
        return []
    by_id = {passage.chunk.id: passage for passage in found.passages}
    evidence: list[Evidence] = []
    for spot in found.exact.spots:
        if (passage := by_id.get(spot.chunk.id)) is not None:
            for start, end in _sentences(passage, spot.start, spot.end):
                text = passage.chunk.text[start - passage.chunk.start : end - passage.chunk.start]
                terms = frozenset(library.terms(text))
                evidence.append(Evidence(passage, start, end, text, 1.0, _ABOVE_OTHERS - len(evidence) / 1000, terms))
    return evidence


def _sentences(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    chunk = passage.chunk
    text = chunk.text[start - chunk.start : end - chunk.start]
    for sentence in split_statements(text):
        words = text[sentence.start : sentence.end]
        if len(words.split()) >= _MIN_WORDS and not _is_heading(words, chunk.section):
            yield start + sentence.start, start + sentence.end


def _is_heading(words: str, section: str) -> bool:
    heading = fold(section.rpartition(" › ")[2]).lower()
    printed = fold(words).lower().rstrip(".")
    return bool(heading) and heading in printed and len(printed) <= len(heading) + _MAX_NUMBER_CHARS
