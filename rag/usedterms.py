"""Where the documents of an answer define the terms of its question."""

from collections.abc import Sequence

from corpus.answers import Citation, DefinedTerm
from corpus.library import OUR_WRITING, Library
from rag.cite import cite
from rag.defined import terms_defined
from rag.query import Query

_MOST = 3


def defined_terms(query: Query, cited: Sequence[Citation], library: Library) -> tuple[DefinedTerm, ...]:
    """Terms of the question that its documents define, and where; not the one it asks for, none that is quoted already.

    Args:
        query: the question.
        cited: what the answer quotes, in order: their documents are those of the question, unless it names others.
        library: holds them.
    """
    documents = library.documents()
    of_answer = dict.fromkeys(c.document_id for c in cited)
    within = [i for i in of_answer if i in documents and documents[i].kind not in OUR_WRITING]
    within = [i for i in within if i in query.documents] or within
    found = []
    for term, chunk, low, high in terms_defined(query.topic, library, within, _MOST):
        if term.lower() == query.subject.lower():
            continue
        start, end = chunk.start + low, chunk.start + high
        if any(c.document_id == chunk.document_id and c.start < end and start < c.end for c in cited):
            continue
        quotes = cite(library, documents[chunk.document_id], start, end, chunk.section, chunk.voice)
        if quotes and all(quote.verified for quote in quotes):
            found.append(DefinedTerm(term, quotes[0]))
    return tuple(found)
