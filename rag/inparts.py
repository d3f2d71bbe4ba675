"""Evidence for each part of a question, from the passages that were read for the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.accounts import Asked
from corpus.library import Library
from corpus.records import Passage
from rag.evidence import Evidence, Vectors, gather
from rag.fit import DIGESTS, defines
from rag.plan import asked_of
from rag.query import Query, part_of
from rag.retrieve import Found
from rag.support import support


@dataclass(frozen=True, slots=True)
class InParts:
    """Evidence by part.

    Attributes:
        lists: for each part that has any, its sentences, best first; one list for a question without parts.
        unanswered: the parts for which nothing was found.
        rest: beside the parts of a question, the sentences for it as a whole.
    """

    lists: tuple[Sequence[Evidence], ...]
    unanswered: tuple[str, ...] = ()
    rest: Sequence[Evidence] = ()


def in_parts(found: Found, evidence: Sequence[Evidence], library: Library, least: float) -> InParts:
    """Evidence for each part of a question in turn.

    Args:
        found: the question and its passages.
        evidence: for the whole question, best first.
        library: holds the passages.
        least: chance, 0 to 1, that the passages answer a part, below which nothing was found for it.
    """
    if not found.query.parts or found.exact.suffice:
        return InParts((_to_the_point(evidence, found.query, library),))
    vectors, lists, unanswered = Vectors(library.embedder), [], []
    for part in found.query.parts:
        query = part_of(found.query, part)
        sentences = gather(replace(found, query=query), library, vectors)
        if sentences and support(part, _nearness(part, found.passages, library), library) >= least:
            lists.append(_to_the_point(sentences, query, library))
        else:
            unanswered.append(part)
    return InParts(tuple(lists), tuple(unanswered), evidence) if lists else InParts((evidence,))


def _nearness(part: str, passages: Sequence[Passage], library: Library) -> list[Passage]:
    """The passages with their cosines to the part."""
    vector = library.embedder.embed_query(part)
    rows = library.vectors([passage.chunk.id for passage in passages])
    return [replace(p, cosine=float(rows[p.chunk.id] @ vector)) if p.chunk.id in rows else p for p in passages]


def _to_the_point(evidence: Sequence[Evidence], query: Query, library: Library) -> Sequence[Evidence]:
    """Behind what defines a term only sentences that define it, too, or speak of it in the same document."""
    if not evidence or not query.subject or asked_of(query) is not Asked.DEFINITION:
        return evidence
    subject, first = set(library.terms(query.subject)), evidence[0].passage.document
    near = [e for e in evidence[1:] if subject <= e.terms]
    if first.kind in DIGESTS:
        return [evidence[0], *near]
    return [evidence[0], *(e for e in near if e.passage.document.id == first.id or defines(query.subject, e.text))]
