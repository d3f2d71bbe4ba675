"""What a document would make whom do: obligations with their citations, and where its costs are discussed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.contracts import citation_json
from corpus.library import Library
from corpus.records import Citation, Document, Voice
from rag.align import Outline, Part, zone
from rag.cite import cite
from rag.limits import stated_cost
from rag.obligations import Duty, read_burden, read_duty
from rag.phrases import is_report
from rag.provisions import provisions
from rag.ruleduties import rule_duties
from rag.stated import Line, lines_of

_ORDER = ("rule", "discussion", "paperwork", "costs")
_ALIKE = 0.75
_AGENCY = re.compile(r"\b(?:commission|staff|we|department|congress|agency|commenters?|doj|dol|finra)\b", re.IGNORECASE)
_PERHAPS = re.compile(
    r"^(?:also )?(?:be|have|incur|lack|experience|benefit|face|suffer|prefer|want|need|believe|perceive|find"
    r"|result|vary|differ|view"
    r"|seek|become|receive|feel|rely|already|respond|decide|pass|help|not)\b",
    re.IGNORECASE,
)
_OTHER_LAW = re.compile(
    r"\b(?:FINRA|NASD|DOL|ERISA|PTEs?|BIC Exemption|Advisers Act|existing|currently|current(?: law| rules?)"
    r"|state (?:law|securities)"
    r"|NYSE Rule|MSRB)\b"
)
_THIS = re.compile(
    r"\b(?:propos\w+|as adopted|adopt(?:ing|ed)|amend\w+|would|final rule|Regulation (?:Best|[A-Z]+)\b|(?:new "
    r"|the )?[Rr]ule \d{3}|paragraph \(|will)\b"
)
_IMPACT = re.compile(
    r"econom|cost|benefit|burden|paperwork|compliance (?:date|period)|effective date|small (?:entit|business)"
    r"|flexibility"
    r"|request for comment|competition|implementation|transition",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\b(?:Table|Panel|Figure) (?:\d|[A-Z]\b)")
_TELLING = re.compile(r"\$ ?\d|\b\d[\d,.]* (?:\w+ ){0,2}hours?\b|\b\d{4}\b|\b(?:days|months) after\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty, prohibition or permission. What its sentence does not state is None.

    Attributes:
        modality: the force as worded: ``shall``, ``must not``, ``may``, ``would be required``.
        cost: dollars or hours that the same sentence names.
        citation: the sentence, or its part on its first page.
        continued: the rest of a sentence that runs over a page.
    """

    actor: str | None
    modality: str
    action: str
    deadline: str | None
    threshold: str | None
    cost: str | None
    section: str
    voice: Voice
    citation: Citation
    continued: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class ImpactSection:
    """A section in which a document speaks of its costs, dates and effects, and its most telling sentence."""

    section: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Impact:
    """The obligations of a document, rule text first, and the sections on its impact."""

    document: Document
    obligations: tuple[Obligation, ...]
    sections: tuple[ImpactSection, ...]


def find_obligations(library: Library, document: Document, actor: str | None = None) -> Impact:
    """Read the obligations that a document states in its own voice.

    Left out: what commenters say, questions, what other laws already require, and what
    the agency itself will do (unless ``actor`` names it).

    Args:
        library: holds the document.
        document: is read.
        actor: keep only obligations whose actor's name has all of these words.
    """
    outline = Outline(library, document)
    wanted = set(library.terms(actor)) if actor else set()
    found = [(*duty, Voice.RULE_TEXT) for duty in rule_duties(outline, provisions(library, document))]
    found += _of_parts(outline)
    found = [f for f in found if _is_kept(library, f[0], wanted)]
    obligations = [_cited(library, document, *f) for f in _without_repeats(library, found)]
    return Impact(
        document,
        tuple(o for o in obligations if o is not None),
        tuple(_sections(library, outline)),
    )


def impact_json(impact: Impact) -> dict[str, Any]:
    """An impact report as the JSON that commands print."""
    return {
        "document_id": impact.document.id,
        "title": impact.document.title,
        "obligations": [
            {
                "actor": o.actor,
                "modality": o.modality,
                "action": o.action,
                "deadline": o.deadline,
                "threshold": o.threshold,
                "cost": o.cost,
                "section": o.section,
                "voice": o.voice.value,
                "citation": citation_json(o.citation),
                "continued": [citation_json(c) for c in o.continued],
            }
            for o in impact.obligations
        ],
        "sections": [
            {
                "section": s.section,
                "page": s.citation.page,
                "page_label": s.citation.page_label,
                "quote": s.citation.quote,
                "citation": citation_json(s.citation),
            }
            for s in impact.sections
        ],
    }


_Found = tuple[Duty, Line, str, Voice]


def _of_parts(outline: Outline) -> Iterator[_Found]:
    for kind in _ORDER[1:]:
        for part in outline.parts:
            if zone(part) == kind:
                yield from _of_part(outline, part)


def _of_part(outline: Outline, part: Part) -> Iterator[_Found]:
    for line in lines_of(outline.text, part.body, part.end):
        duty = _read(line, zone(part)) if _speaks_for_itself(line) else None
        if duty is None:
            continue
        voice = outline.voice_at(line.start)
        if voice in (Voice.COMMENTER_VIEW, Voice.REQUEST_FOR_COMMENT):
            voice = Voice.PREAMBLE
        yield duty, line, part.path, voice


def _read(line: Line, kind: str) -> Duty | None:
    """The duty of a sentence outside rule text; the economic analysis counts only where it names a cost."""
    duty = read_duty(line.text)
    if duty is None or duty.actor is None or (duty.modality.startswith("may") and _PERHAPS.search(duty.action)):
        return read_burden(line.text) if kind == "paperwork" else None
    if kind == "discussion":
        return duty
    duty = replace(duty, cost=stated_cost(line.text))
    return duty if duty.cost is not None or kind == "paperwork" else None


def _speaks_for_itself(line: Line) -> bool:
    """Whether a sentence is the document's own, about this rule, and long enough to say something."""
    if not 6 <= len(line.text.split()) <= 160 or line.by_commenter or is_report(line.text):
        return False
    return not (_OTHER_LAW.search(line.text) and not _THIS.search(line.text))


def _is_kept(library: Library, duty: Duty, wanted: set[str]) -> bool:
    if wanted:
        return duty.actor is not None and wanted <= set(library.terms(duty.actor))
    return duty.actor is None or not _AGENCY.search(duty.actor)


def _without_repeats(library: Library, found: Sequence[_Found]) -> list[_Found]:
    """Every paragraph of rule text, and of the other sentences the first that says nearly the same."""
    kept: list[_Found] = []
    seen: list[set[str]] = []
    for item in found:
        words = set(library.terms(f"{item[0].actor or ''} {item[0].action}"))
        if item[3] is Voice.RULE_TEXT or all(len(words & other) < _ALIKE * len(words | other) for other in seen):
            kept.append(item)
            seen.append(words)
    return kept


def _cited(
    library: Library, document: Document, duty: Duty, line: Line, section: str, voice: Voice
) -> Obligation | None:
    citations = cite(library, document, line.start, line.end, section, voice)
    if not citations or not all(c.verified for c in citations):
        return None
    return Obligation(
        duty.actor, duty.modality, duty.action, duty.deadline, duty.threshold, duty.cost,
        section, voice, citations[0], citations[1:],
    )  # fmt: skip


def _sections(library: Library, outline: Outline) -> Iterator[ImpactSection]:
    for part in outline.parts:
        if zone(part) == "rule" or not (_IMPACT.search(part.heading) or zone(part) in ("paperwork", "costs")):
            continue
        lines = [
            line
            for line in lines_of(outline.text, part.body, part.end)
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
