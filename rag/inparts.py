"""Evidence for each part of a question, from the passages that were read for the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.answers import Asked
from corpus.library import Library
from corpus.records import Kind
from rag.choose import WEAK
from rag.evidence import Evidence, Vectors, gather
from rag.fit import defines, holds_answer, on_definition
from rag.nearness import with_cosines
from rag.plan import asked_of
from rag.query import Query, part_of
from rag.retrieve import Found
from rag.support import support

_FOUND_AT_SIGHT = (Asked.DATE, Asked.THRESHOLD)


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


def in_parts(
    found: Found, evidence: Sequence[Evidence], library: Library, least: float, *, in_full: bool = False
) -> InParts:
    """Evidence for each part of a question in turn.

    Args:
        found: the question and its passages.
        evidence: for the whole question, best first.
        library: holds the passages.
        least: chance, 0 to 1, that the passages answer a part, below which nothing was found for it.
        in_full: keep what only fills up, too.
    """
    if not found.query.parts or found.exact.suffice:
        return InParts((evidence if in_full else _to_the_point(evidence, found.query, library),))
    vectors, lists, unanswered = Vectors(library.embedder), [], []
    for part in found.query.parts:
        query = part_of(found.query, part)
        sentences = gather(replace(found, query=query), library, vectors)
        if sentences and support(part, with_cosines(part, found.passages, library), library) >= least:
            lists.append(sentences if in_full else _to_the_point(sentences, query, library))
        else:
            unanswered.append(part)
    return InParts(tuple(lists), tuple(unanswered), evidence) if lists else InParts((evidence,))


def _to_the_point(evidence: Sequence[Evidence], query: Query, library: Library) -> Sequence[Evidence]:
    """Without what only fills up: see below; an explanation, which needs more, keeps everything."""
    kind = asked_of(query)
    if not evidence or query.broad:
        return evidence
    if kind is Asked.DEFINITION and query.subject:
        return _on_the_term(evidence, query.subject, library)
    return _with_what_is_asked(evidence, query) if kind in _FOUND_AT_SIGHT else evidence


def _on_the_term(evidence: Sequence[Evidence], subject: str, library: Library) -> Sequence[Evidence]:
    """Behind what defines a term, sentences that define it, too, or speak of its definition; behind a note, of it."""
    terms, first = set(library.terms(subject)), evidence[0].passage.document
    near = [e for e in evidence[1:] if terms <= e.terms]
    if first.kind is not Kind.NOTE:
        near = [e for e in near if defines(subject, e.text) or on_definition(subject, e.text)]
    return [evidence[0], *near]


def _with_what_is_asked(evidence: Sequence[Evidence], query: Query) -> Sequence[Evidence]:
    """Where a date or an amount is asked for and a good sentence holds one, the sentences that do."""
    holding = [e for e in evidence if holds_answer(query, e.text)]
    return holding if holding and holding[0].support >= WEAK * evidence[0].support else evidence
