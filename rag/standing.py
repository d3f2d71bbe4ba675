"""How what is cited stands today: proposed or adopted, with what changes, amended by what, and in whose voice."""

import re
from weakref import WeakKeyDictionary

from corpus.fulltext import Holding
from corpus.library import Library
from corpus.lineage import DONE_BY, Relation, short_name
from corpus.records import Document, Kind, Voice

_STANDING = {
    Kind.PROPOSED_RULE: "proposed",
    Kind.FINAL_RULE: "adopted",
    Kind.CONCEPT_RELEASE: "concept release",
    Kind.INTERPRETATION: "interpretation",
    Kind.SRO_FILING: "exchange filing",
    Kind.COMPANY_REPORT: "company report",
    Kind.COMMENT_LETTER: "comment letter",
    Kind.STATUTE: "statute",
    Kind.RULE_TEXT: "rule text",
    Kind.NOTE: "reference note",
    Kind.ORDER: "order",
    Kind.RULE_CARD: "rule card",
    Kind.QUESTION: "question bank",
    Kind.OTHER: "document",
}
_ACTS = {
    Relation.WITHDRAWS: "withdrawal of",
    Relation.CORRECTS: "correction of",
    Relation.EXTENDS: "change of dates of",
}
_VOICES = {
    Voice.COMMENTER_VIEW: "a commenter's view",
    Voice.REQUEST_FOR_COMMENT: "a question put to commenters",
}
_CHANGED = re.compile(
    r"\badopt\w*\b[^.;]{0,160}\bwith\s+(?:(?:certain|some|several|minor|slight|one|a\s+few|a\s+number\s+of)\s+)?"
    r"(?:\w+\s+)?(?:modifications?|changes|revisions)\b"
    r"|\bas\s+adopted\s+reflects\s+(?:\w+\s+){1,4}changes\b",
    re.IGNORECASE,
)
_LOOKED_FOR = ("with modifications", "with changes", "with revisions", *(
    f"{some} {changes}"
    for some in ("certain", "some", "several", "minor", "slight", "number of")
    for changes in ("modifications", "changes", "revisions")
))  # fmt: skip
_OWN_WORDS = (Voice.PREAMBLE, Voice.FRONT_MATTER, Voice.ECONOMIC_ANALYSIS)
_READ = 12
_known: WeakKeyDictionary[Library, dict[str, bool]] = WeakKeyDictionary()


def status_of(library: Library, document: Document, voice: Voice) -> str:
    """The standing of a document, and whose words these are where they are not the agency's own statement."""
    speaker = _VOICES.get(voice, "")
    return "; ".join(filter(None, (standing(library, document), speaker)))


def standing(library: Library, document: Document) -> str:
    """How a document stands today, as far as the library can tell: "proposed; adopted with changes in 34-86031".

    What it does to another comes first ("correction of 33-10618"), then what others did to it, each as the
    links of the library's lineage show it; nothing is said that no document shows.
    """
    documents = library.documents()
    links = library.links(document.id)
    status = _STANDING[document.kind]
    for link in links:
        if link.source_id == document.id and link.relation in _ACTS:
            status = f"{_ACTS[link.relation]} {short_name(documents[link.target_id])}"
    done: dict[str, set[str]] = {}
    for relation in Relation:
        for link in links:
            if link.target_id == document.id and link.relation is relation:
                changed = relation is Relation.ADOPTS and says_it_changed(library, link.source_id)
                words = "adopted with changes in" if changed else DONE_BY[relation]
                done.setdefault(words, set()).add(short_name(documents[link.source_id]))
    return "; ".join([status, *(f"{words} {', '.join(sorted(names))}" for words, names in done.items())])


def says_it_changed(library: Library, adoption_id: str) -> bool:
    """Whether an adoption says in the agency's own words that it adopts with changes."""
    known = _known.setdefault(library, {})
    if adoption_id not in known:
        hits = library.search_words(
            "adopting with modifications changes", _READ, {adoption_id}, Holding(phrases=_LOOKED_FOR)
        )
        chunks = library.catalog.chunks_by_id([chunk_id for chunk_id, _ in hits]).values()
        known[adoption_id] = any(chunk.voice in _OWN_WORDS and _CHANGED.search(chunk.text) for chunk in chunks)
    return known[adoption_id]
