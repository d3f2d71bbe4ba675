"""Formulas and rows of tables are quoted whole."""

import re
from dataclasses import replace

from corpus.library import Library
from corpus.sentences import split_sentences
from rag.evidence import Evidence

_EQUATION = re.compile(r"\S\s?[=≈≤≥∝]\s?\S")
_PROSE = re.compile(r"\b[a-z]{4,}\b")
_MOST_PROSE = 5  # words of four letters or more in a line that is a formula
_LEADS = re.compile(r"(?::|\b(?:is|are|by|as))\s*$")


def intact(evidence: Evidence, library: Library) -> Evidence:
    """A sentence, widened to the formula that it leads to or cuts and to the rows of a table that it cuts."""
    chunk = evidence.passage.chunk
    low, high = with_formula(chunk.text, evidence.start - chunk.start, evidence.end - chunk.start)
    low, high = _with_rows(evidence, library, low, high)
    text = chunk.text[low:high]
    return replace(evidence, start=chunk.start + low, end=chunk.start + high, text=text)


def is_formula(line: str) -> bool:
    """Whether a printed line is a formula and not a sentence that holds one."""
    return bool(_EQUATION.search(line)) and len(_PROSE.findall(line)) <= _MOST_PROSE


def with_formula(text: str, low: int, high: int) -> tuple[int, int]:
    """The span ``text[low:high]`` with the formula that it cuts, that follows its colon or that it follows."""
    start, end = _line_of(text, low)
    if is_formula(text[start:end]):
        low = start
        lead = text[:start].rstrip()
        if lead.endswith(":"):
            low = [*split_sentences(lead)][-1].start
    if _LEADS.search(text[low:high]):
        following = len(text) - len(text[high:].lstrip())
        start, end = _line_of(text, following)
        high = end if is_formula(text[start:end]) else high
    start, end = _line_of(text, high - 1)
    while is_formula(text[start:end]):
        high = end
        start, end = _line_of(text, end + 1) if end + 1 < len(text) else (0, 0)
    return low, len(text[:high].rstrip())


def _line_of(text: str, at: int) -> tuple[int, int]:
    """Where the line that holds a character begins and ends."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _with_rows(evidence: Evidence, library: Library, low: int, high: int) -> tuple[int, int]:
    """The span with the whole lines of every table in which it begins or ends."""
    chunk = evidence.passage.chunk
    pages = library.page_map(chunk.document_id)
    text = chunk.text
    for table in library.tables(chunk.document_id):
        if not chunk.first_page <= table.page <= chunk.last_page:
            continue
        first = pages.offset_on_page(table.page, table.start) - chunk.start
        last = first + table.end - table.start
        if first <= low < last:
            low = _line_of(text, low)[0]
        if first < high <= last:
            high = _line_of(text, high - 1)[1]
    return low, high
