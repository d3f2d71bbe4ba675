"""The sections in which a document speaks of its costs, dates and effects, each with its most telling sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.answers import Citation
from corpus.library import Library
from rag.align import Outline, zone
from rag.cite import cite

_IMPACT = re.compile(
    r"econom|cost|benefit|burden|paperwork|compliance (?:date|period)|effective date|small (?:entit|business)"
    r"|flexibility"
    r"|request for comment|competition|implementation|transition",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\b(?:Table|Panel|Figure) (?:\d|[A-Z]\b)")
_TELLING = re.compile(r"\$ ?\d|\b\d[\d,.]* (?:\w+ ){0,2}hours?\b|\b\d{4}\b|\b(?:days|months) after\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImpactSection:
    """A section in which a document speaks of its costs, dates and effects, and its most telling sentence."""

    section: str
    citation: Citation


def impact_sections(library: Library, outline: Outline) -> Iterator[ImpactSection]:
    """Sections whose heading or voice is of costs, burden, dates or comment, in order."""
    for part in outline.parts:
        if zone(part) == "rule" or not (_IMPACT.search(part.heading) or zone(part) in ("paperwork", "costs")):
            continue
        lines = [
            line
            for line in outline.lines(part)
            if len(line.text.split()) >= 8 and not line.by_commenter and not _is_table(line.text)
        ]
        if not lines:
            continue
        best = max(lines, key=lambda line: (min(len(_TELLING.findall(line.text)), 3), -line.start))
        citations = cite(library, outline.document, best.start, best.end, part.path, part.voice)
        if citations and all(c.verified for c in citations):
            yield ImpactSection(part.path, citations[0])


def _is_table(text: str) -> bool:
    """Whether a line is the text of a table: its name, or mostly numbers."""
    words = text.split()
    return _TABLE.search(text) is not None or sum(any(c.isdigit() for c in w) for w in words) > 0.3 * len(words)
