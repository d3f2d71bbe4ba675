"""Conflicts between the sentences of an answer, or between one of them and its counterpart in a linked release."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.answers import Disputed
from corpus.library import Library
from corpus.lineage import Relation, short_name
from corpus.records import Passage, Voice
from corpus.sentences import split_statements
from rag.conflicts import Difference, difference, states_a_value
from rag.evidence import Evidence

_LINKS = (Relation.ADOPTS, Relation.AMENDS, Relation.REPROPOSES, Relation.CORRECTS)
_READ = 4  # chunks of the linked releases that are read beside a sentence
_MOST = 3
_VOICES = (Voice.RULE_TEXT, Voice.PREAMBLE, Voice.FRONT_MATTER)  # estimates are revised, not in conflict


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two sentences that disagree; the first is one of the answer's."""

    one: Evidence
    other: Evidence
    kind: Disputed
    about: str
    explanation: str


def disputes(chosen: Sequence[Evidence], library: Library, within: Collection[str]) -> list[Dispute]:
    """The sentences of an answer that another one, or a linked release, contradicts; each at most once.

    Args:
        chosen: the sentences that are shown.
        library: holds their documents and those that propose, adopt, amend or correct them.
        within: ids of the documents that are asked.
    """
    found: list[Dispute] = []
    for n, item in enumerate(chosen):
        if any(item is dispute.other for dispute in found):
            continue
        if item.passage.chunk.voice not in _VOICES or not states_a_value(item.text):
            continue
        linked = _linked(item, library) & set(within)
        others = [other for other in chosen[n + 1 :] if other.passage.chunk.document_id in linked]
        for other in (*others, *_counterparts(item, linked, library)):
            if (differs := difference(item.text, other.text)) is not None:
                found.append(Dispute(item, other, differs.kind, differs.about, _explained(item, other, differs)))
                break
        if len(found) == _MOST:
            break
    return found


def _linked(item: Evidence, library: Library) -> set[str]:
    document_id = item.passage.chunk.document_id
    links = [link for link in library.links(document_id) if link.relation in _LINKS]
    return {i for link in links for i in (link.source_id, link.target_id)} - {document_id}


def _counterparts(item: Evidence, linked: set[str], library: Library) -> Iterator[Evidence]:
    """Sentences of linked releases that share most with a sentence."""
    if not linked:
        return
    documents = library.documents()
    hits = library.search_words(item.text, _READ, linked)
    for chunk in library.catalog.chunks_by_id([chunk_id for chunk_id, _ in hits]).values():
        if chunk.voice not in _VOICES:
            continue
        label = library.catalog.page_label(chunk.document_id, chunk.first_page)
        passage = Passage(chunk, documents[chunk.document_id], label, 0.0)
        for sentence in split_statements(chunk.text):
            text = chunk.text[sentence.start : sentence.end]
            start, end = chunk.start + sentence.start, chunk.start + sentence.end
            yield Evidence(passage, start, end, text, 0.0, 0.0, frozenset())


def _explained(one: Evidence, other: Evidence, differs: Difference) -> str:
    said = ((one, differs.one), (other, differs.other))
    return "; ".join(f"{short_name(e.passage.document)} says “{words}”" for e, words in said) + "."
