"""How documents hang together: what proposes, adopts, amends, corrects, extends or withdraws what. Pure.

Computed from the documents at hand whenever it is asked for; nothing of it is stored. Two sources: what the
texts state (:attr:`corpus.records.Document.stated_lineage`) and the file that documents share. A file of the
SEC ("S7-07-18") is opened for one rulemaking, but may come to hold a proposal, extensions of its comment
period, a second proposal, several adoptions and corrections, so that kinds and order decide who is linked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Document, Kind


class Relation(StrEnum):
    """What one document does to another."""

    PROPOSES = "proposes"
    REPROPOSES = "reproposes"
    ADOPTS = "adopts"
    AMENDS = "amends"
    WITHDRAWS = "withdraws"
    CORRECTS = "corrects"
    EXTENDS = "extends"


@dataclass(frozen=True, slots=True)
class Link:
    """One document acts on another: ``source_id`` adopts ``target_id``.

    Attributes:
        evidence: how that is known, in words for the user.
    """

    source_id: str
    relation: Relation
    target_id: str
    evidence: str


DONE_BY = {
    Relation.PROPOSES: "followed by the proposal",
    Relation.REPROPOSES: "reproposed in",
    Relation.ADOPTS: "adopted in",
    Relation.AMENDS: "amended by",
    Relation.WITHDRAWS: "withdrawn by",
    Relation.CORRECTS: "corrected by",
    Relation.EXTENDS: "dates changed by",
}
"""What a relation is from the side of its target: the one is adopted in the other."""
_RULEMAKING = (Kind.PROPOSED_RULE, Kind.FINAL_RULE, Kind.CONCEPT_RELEASE, Kind.INTERPRETATION)
_DESCRIBED = (Kind.NOTE, Kind.RULE_CARD, Kind.QUESTION, Kind.COMMENT_LETTER)
_DEEDS = (
    (Relation.WITHDRAWS, re.compile(r"\bwithdraw", re.IGNORECASE)),
    (Relation.CORRECTS, re.compile(r"\bcorrect", re.IGNORECASE)),
    (Relation.EXTENDS, re.compile(r"\b(?:extension|re-?opening|delay)\b", re.IGNORECASE)),
)
_AGAIN = re.compile(r"\bre-?\s?propos", re.IGNORECASE)
_SERIES = re.compile(r"(.+)-(\d+)([A-Z]?)")
_CFR = re.compile(r"(\d+ CFR [\w.-]+?)((?:\([^)]*\))+)$")


def documents_by_number(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """Ids of the documents that each number names, numbers in small letters.

    Release, file and Federal Register document numbers, citations of the Federal Register ("83 fr 21574") and
    parts or sections of the Code of Federal Regulations ("17 cfr 242.611"). A document that only tells of
    others (a note, a comment letter) is named by none but its file; a part of the Code names its text and not
    the releases that amend it.
    """
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        for number in _names(document):
            found.setdefault(number.lower(), {})[document.id] = None
    return {number: tuple(ids) for number, ids in found.items()}


def _names(document: Document) -> Iterator[str]:
    yield from document.file_numbers
    if document.kind in (Kind.RULE_TEXT, Kind.RULE_CARD):
        yield from document.cfr_parts
    if document.kind not in _DESCRIBED:
        yield from document.release_numbers
        yield from filter(None, (document.document_number, document.federal_register))


def resolve(target: str, by_number: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The documents that a reference points at: "34-51808", "S7-07-18", "83 FR 21574", "17 CFR 242.611(a)(1)".

    Args:
        target: as :class:`corpus.structure.Reference` spells it.
        by_number: from :func:`documents_by_number`.

    Returns:
        Their ids; for a paragraph or section of the Code that no document is, those of what holds it.
    """
    wanted = target.lower()
    paragraph = _CFR.match(target)
    section = paragraph[1].lower() if paragraph else wanted
    part = section.split(".")[0] if " cfr " in section else section
    return next((by_number[name] for name in (wanted, section, part) if name in by_number), ())


def lineage(documents: Iterable[Document]) -> tuple[Link, ...]:
    """Every link between documents of rulemaking, each once, what is stated before what a file tells."""
    rulemaking = sorted((d for d in documents if d.kind in _RULEMAKING), key=lambda d: d.id)
    links = [*_stated(rulemaking), *_by_files(rulemaking)]
    first = {(link.source_id, link.relation, link.target_id): link for link in reversed(links)}
    return tuple(link for link in links if first[link.source_id, link.relation, link.target_id] is link)


def short_name(document: Document) -> str:
    """How one document names another: by its first release number, its Federal Register number, else its title."""
    if document.release_numbers:
        return document.release_numbers[0]
    return f"FR Doc. {document.document_number}" if document.document_number else document.title


def links_by_document(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """The links that touch each document, as source or target."""
    found: dict[str, list[Link]] = {}
    for link in links:
        for identity in (link.source_id, link.target_id):
            found.setdefault(identity, []).append(link)
    return {identity: tuple(touching) for identity, touching in found.items()}


def _stated(documents: Sequence[Document]) -> Iterator[Link]:
    by_number = documents_by_number(documents)
    for document in documents:
        for relation, number in document.stated_lineage:
            targets = [identity for identity in by_number.get(number.lower(), ()) if identity != document.id]
            if len(targets) == 1 or " FR " not in number:  # two documents can begin on one page of the Register
                evidence = f"it names {number} as what it {relation}"
                yield from (Link(document.id, Relation(relation), target, evidence) for target in targets)


def _by_files(documents: Sequence[Document]) -> Iterator[Link]:
    files: dict[str, list[Document]] = {}
    for document in documents:
        for number in document.file_numbers:
            files.setdefault(number.lower(), []).append(document)
    for number, members in files.items():
        for document in members:
            earlier = [other for other in members if other is not document and _before(other, document)]
            yield from _within_file(document, earlier, number.upper())


def _within_file(document: Document, earlier: Sequence[Document], number: str) -> Iterator[Link]:
    """What a document does to the earlier ones of its file."""
    deed = _deed(document)
    proposals = [other for other in earlier if other.kind is Kind.PROPOSED_RULE and _deed(other) is None]
    adoptions = [other for other in earlier if other.kind is Kind.FINAL_RULE and _deed(other) is None]
    evidence = f"both are in file {number}"
    if deed is not None:
        of_its_kind = adoptions if document.kind is Kind.FINAL_RULE else proposals
        targets, relation = _latest(of_its_kind), deed
    elif document.kind is Kind.FINAL_RULE:
        targets, relation = _latest(proposals), Relation.ADOPTS
        same = [other for other in adoptions if other.title.lower() == document.title.lower()]
        for target in _latest(same):
            yield Link(document.id, Relation.AMENDS, target.id, f"{evidence} under one title, and it is later")
    elif document.kind is Kind.PROPOSED_RULE:
        concepts = [other for other in earlier if other.kind is Kind.CONCEPT_RELEASE]
        again = proposals and _AGAIN.search(f"{document.action}; {document.title}")
        targets, relation = (
            (_latest(proposals), Relation.REPROPOSES) if again else (_latest(concepts), Relation.PROPOSES)
        )
    else:
        return
    yield from (Link(document.id, relation, target.id, f"{evidence}, and it is later") for target in targets)


def _deed(document: Document) -> Relation | None:
    """What a document does to another of its own kind, by its ACTION line and the last clause of its title."""
    _, semicolon, last = document.title.rpartition(";")
    words = f"{document.action or ''}; {last if semicolon else ''}"
    return next((relation for relation, pattern in _DEEDS if pattern.search(words)), None)


def _latest(documents: Sequence[Document]) -> list[Document]:
    """The documents that none of the others comes after."""
    return [d for d in documents if not any(other is not d and _before(d, other) for other in documents)]


def _before(one: Document, other: Document) -> bool:
    """Whether one document came out before the other, as far as dates and numbers tell.

    A file is opened by what proposes: where nothing tells the order of a proposal and an adoption, the
    proposal is first.
    """
    for a, b in ((one.issued, other.issued), (one.published, other.published)):
        if a and b and a != b:
            return a < b
    if (order := _by_series(one, other)) is not None:
        return order
    closing = [d.comment_deadline if d.kind is Kind.PROPOSED_RULE else d.effective for d in (one, other)]
    if closing[0] and closing[1] and one.kind is not other.kind:
        return closing[0] < closing[1]
    return _STAGE.get(one.kind, 0) < _STAGE.get(other.kind, 0)


_STAGE = {Kind.CONCEPT_RELEASE: 1, Kind.PROPOSED_RULE: 2, Kind.FINAL_RULE: 3, Kind.INTERPRETATION: 3}


def _by_series(one: Document, other: Document) -> bool | None:
    """Order within a series of release numbers, which count up; None when they share no series."""
    numbers = [_numbered(document) for document in (one, other)]
    for series in numbers[0].keys() & numbers[1].keys():
        if numbers[0][series] != numbers[1][series]:
            return numbers[0][series] < numbers[1][series]
    return None


def _numbered(document: Document) -> dict[str, tuple[int, str]]:
    found = (_SERIES.fullmatch(number) for number in document.release_numbers)
    return {match[1]: (int(match[2]), match[3]) for match in found if match}
