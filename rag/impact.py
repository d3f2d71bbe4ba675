"""What a document would make whom do: obligations with their citations, where its costs are discussed, what it asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.answers import Citation
from corpus.contracts import citation_json
from corpus.library import Library
from corpus.records import Document, Kind, Voice
from rag.align import Outline
from rag.cite import cite
from rag.costs import Costs
from rag.force import Force, force_of, in_words
from rag.impactsections import ImpactSection, impact_sections
from rag.obligations import Duty
from rag.ownduties import Found, own_duties
from rag.ownrules import rules_laid_down
from rag.provisions import provisions
from rag.requests import Request, find_requests
from rag.restated import Restated, gather_restated
from rag.ruleduties import rule_duties

_AGENCY = re.compile(r"\b(?:commission|staff|we|department|congress|agency|commenters?|doj|dol|finra)\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"\b(?:existing|currently|current (?:law|rules?|requirements?)|already)\b", re.IGNORECASE)
_OF_PROPOSAL = re.compile(r"\bpropos|\bwould\b", re.IGNORECASE)
_PROPOSALS = (Kind.PROPOSED_RULE, Kind.CONCEPT_RELEASE)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty, prohibition, permission or piece of advice. What its sentence does not state is None.

    Attributes:
        modality: the force as worded: ``shall``, ``must not``, ``may``, ``would be required``.
        cost: dollars or hours that the same sentence names, or the one that ``cost_source`` quotes.
        citation: the sentence, or its part on its first page.
        continued: the rest of a sentence that runs over a page.
        condition: if, unless, where or when what.
        kind: what the modality amounts to.
        proposed: whether it would bind only if the proposal is adopted.
        cost_source: the sentence that the cost comes from, where it is another one.
        also: where the same duty of the same actor is stated again, in document order; a deadline, threshold
            or condition that ``citation`` does not hold stands there.
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
    condition: str | None = None
    kind: Force = Force.DUTY
    proposed: bool = False
    cost_source: Citation | None = None
    also: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """The obligations of a document, rule text first, the sections on its impact, and what it asks the public."""

    document: Document
    obligations: tuple[Obligation, ...]
    sections: tuple[ImpactSection, ...]
    requests: tuple[Request, ...] = ()


def find_obligations(library: Library, document: Document, actor: str | Sequence[str] = ()) -> Impact:
    """Read the obligations that a document states in its own voice.

    Left out: what commenters say, questions, what other laws and rules already require, and what
    the agency itself will do (unless ``actor`` names it).

    Args:
        library: holds the document.
        document: is read.
        actor: keep only obligations whose actor's name has all words of one of these; "broker-dealers"
            fits "broker or dealer".
    """
    outline = Outline(library, document)
    wanted = [set(library.terms(name)) for name in ([actor] if isinstance(actor, str) else actor)]
    rules = provisions(library, document)
    found = [Found(*duty, Voice.RULE_TEXT) for duty in rule_duties(outline, rules)]
    found += own_duties(outline, rules_laid_down(outline.text, [rule.name for rule in rules]))
    found = [f for f in found if _is_kept(library, f.duty, wanted)]
    costs = Costs(outline)
    obligations = [_cited(library, document, costs, group) for group in gather_restated(library, found)]
    return Impact(
        document,
        tuple(o for o in obligations if o is not None),
        tuple(impact_sections(library, outline)),
        tuple(find_requests(library, outline)),
    )


def impact_json(impact: Impact) -> dict[str, Any]:
    """An impact report as the JSON that commands print."""
    return {
        "document_id": impact.document.id,
        "title": impact.document.title,
        "obligations": [_obligation_json(o) for o in impact.obligations],
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
        "requests": [
            {
                "number": r.number,
                "printed": r.printed,
                "text": r.text,
                "section": r.section,
                "citation": citation_json(r.citation),
                "continued": [citation_json(c) for c in r.continued],
            }
            for r in impact.requests
        ],
    }


def _obligation_json(o: Obligation) -> dict[str, Any]:
    return {
        "actor": o.actor,
        "modality": o.modality,
        "action": o.action,
        "condition": o.condition,
        "deadline": o.deadline,
        "threshold": o.threshold,
        "cost": o.cost,
        "cost_source": citation_json(o.cost_source) if o.cost_source else None,
        "kind": o.kind.value,
        "proposed": o.proposed,
        "wording": _wording(o),
        "section": o.section,
        "voice": o.voice.value,
        "citation": citation_json(o.citation),
        "continued": [citation_json(c) for c in o.continued],
        "also": [citation_json(c) for c in o.also],
    }


def _wording(o: Obligation) -> str:
    """What an obligation says in a clause; the whole sentence where it names no one, so that its subject is seen."""
    if o.actor is None:
        return " ".join(" ".join(c.quote for c in (o.citation, *o.continued)).split())
    return in_words(o.modality, o.action, proposed=o.proposed)


def _is_kept(library: Library, duty: Duty, wanted: Sequence[set[str]]) -> bool:
    if wanted:
        named = set(library.terms(duty.actor or ""))
        return any(words <= named for words in wanted)
    return duty.actor is None or not _AGENCY.search(duty.actor)


def _cited(library: Library, document: Document, costs: Costs, group: Restated) -> Obligation | None:
    found = group.kept
    citations = _verified(library, document, found)
    if not citations:
        return None
    also = [(other, _verified(library, document, other)) for other in group.also]
    also = [(other, quoted) for other, quoted in also if quoted]
    duty = group.completed([other for other, _ in also])
    force = force_of(duty.modality, duty.action)
    cost, source = costs.of(found) if duty.cost is None and force is Force.DUTY else (duty.cost, None)
    quoted = cite(library, document, source.line.start, source.line.end, source.section, source.voice) if source else ()
    verified = next((c for c in quoted if c.verified), None)
    return Obligation(
        duty.actor, duty.modality, duty.action, duty.deadline, duty.threshold,
        cost if source is None or verified else None, found.section, found.voice, citations[0], citations[1:],
        condition=duty.condition, kind=force, proposed=_is_proposed(document, found),
        cost_source=verified, also=tuple(c for _, quoted in also for c in quoted),
    )  # fmt: skip


def _verified(library: Library, document: Document, found: Found) -> tuple[Citation, ...]:
    """The sentence of a duty, a citation a page; empty unless all of it is verified."""
    citations = cite(library, document, found.line.start, found.line.end, found.section, found.voice)
    return citations if all(c.verified for c in citations) else ()


def _is_proposed(document: Document, found: Found) -> bool:
    """Whether a duty of a proposal is a proposed one, and not one already in force that it describes."""
    in_force = _IN_FORCE.search(found.line.text) is not None and not _OF_PROPOSAL.search(found.line.text)
    return document.kind in _PROPOSALS and (found.voice is Voice.RULE_TEXT or not in_force)
