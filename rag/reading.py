"""What is read for a question: passages, their sentences, and whether these will do."""

from dataclasses import dataclass, replace

from rag.answersettings import AnswerSettings
from rag.evidence import Evidence, gather
from rag.inforce import asks_for_law, overtaken
from rag.premise import doubt
from rag.quoting import quoted
from rag.retrieve import Found, Retriever
from rag.scope import Scope
from rag.support import support

_INSIDE = 12  # passages of a document that are read besides those found


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for a question.

    Attributes:
        evidence: sentences of the passages, best first.
        support: the chance that they answer the question, 0 to 1.
    """

    found: Found
    evidence: tuple[Evidence, ...]
    support: float

    def suffices(self, settings: AnswerSettings) -> bool:
        """Whether there is something to quote, and reason enough to quote it."""
        return bool(self.evidence) and self.support >= settings.min_support


def read(question: str, retriever: Retriever, settings: AnswerSettings, scope: Scope | None) -> Reading:
    """Passages and their sentences, best first.

    Where the documents that the question names do not answer it, all documents are read;
    ``found.searched`` says so.
    """
    found = retriever.search_to_answer(question, settings.read_passages, scope)
    if found.query.broad and found.passages:
        found = _deepen(question, found, retriever, scope or Scope())
    found = _in_force(question, found, retriever, scope or Scope())
    reading = reading_of(found, retriever)
    if reading.suffices(settings) or not reading.found.query.documents:
        return reading
    wider = reading_of(retriever.search_to_answer(question, settings.read_passages, scope, widen=True), retriever)
    return wider if wider.suffices(settings) else reading


def _deepen(question: str, found: Found, retriever: Retriever, scope: Scope) -> Found:
    """Besides what was found, more of the document that comes nearest: an explanation stands together."""
    nearest = max(found.passages, key=lambda passage: passage.cosine or 0.0).document
    return _with_more(question, found, retriever, replace(scope, documents=(nearest.id,)))


def _in_force(question: str, found: Found, retriever: Retriever, scope: Scope) -> Found:
    """Besides proposals, what adopts them, where the law in force is asked for and none of it was found."""
    if not asks_for_law(found.query) or scope.documents or scope.releases:
        return found
    later = overtaken([passage.document for passage in found.passages], retriever.library)
    read_in = {passage.document.id for passage in found.passages}
    missing = {i for ids in later.values() if not read_in & set(ids) for i in ids}
    return (
        _with_more(question, found, retriever, replace(scope, documents=tuple(sorted(missing)))) if missing else found
    )


def _with_more(question: str, found: Found, retriever: Retriever, scope: Scope) -> Found:
    inside = retriever.search_to_answer(question, _INSIDE, scope)
    known = {passage.chunk.id for passage in found.passages}
    more = tuple(passage for passage in inside.passages if passage.chunk.id not in known)
    return replace(found, passages=found.passages + more)


def reading_of(found: Found, retriever: Retriever) -> Reading:
    """The sentences of what was found, and whether they will do."""
    named = quoted(found, retriever.library)
    evidence = named or gather(found, retriever.library)
    library, query, passages = retriever.library, found.query, found.passages
    chance = 1.0 if named else support(query.topic, passages, library, doubt(query, passages, library))
    return Reading(found, tuple(evidence), chance)
