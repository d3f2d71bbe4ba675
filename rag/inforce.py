"""The law in force: whether a question asks for it, and which proposals something later has overtaken."""

import re
from collections.abc import Iterable

from corpus.answers import Citation
from corpus.library import Library
from corpus.lineage import Relation, short_name
from corpus.records import Document, Kind
from rag.query import Query

_OTHER_TIMES = re.compile(
    r"\bpropos\w*|\bwould\b|\bif adopted\b|\b(?:did|was|were|had)\b|\bcomment(?:er|ator|s|ed)?\b", re.IGNORECASE
)
_ADOPTED = re.compile(r"\b(?:adopted|final)\b", re.IGNORECASE)
_OVERTAKES = (Relation.ADOPTS, Relation.REPROPOSES, Relation.WITHDRAWS)


def asks_for_law(query: Query) -> bool:
    """Whether a question is about what holds now: in the present tense, and of no release but one it calls adopted."""
    if _OTHER_TIMES.search(query.text):
        return False
    return bool(_ADOPTED.search(query.text)) or not query.reason.startswith(("release ", "file ", "proposal"))


def overtaken(documents: Iterable[Document], library: Library) -> dict[str, tuple[str, ...]]:
    """Of these documents the proposals that later ones of the library adopt, repropose or withdraw, with those ones."""
    found: dict[str, tuple[str, ...]] = {}
    for document in {d.id: d for d in documents if d.kind is Kind.PROPOSED_RULE}.values():
        links = library.links(document.id)
        later = [link.source_id for link in links if link.target_id == document.id and link.relation in _OVERTAKES]
        if later:
            found[document.id] = tuple(dict.fromkeys(later))
    return found


def only_proposed(query: Query, citations: Iterable[Citation], library: Library) -> tuple[str, ...]:
    """A notice where the law in force was asked for and nothing but proposals is cited."""
    documents = library.documents()
    cited = {c.document_id: documents[c.document_id] for c in citations if c.document_id in documents}
    if not cited or not asks_for_law(query) or any(d.kind is not Kind.PROPOSED_RULE for d in cited.values()):
        return ()
    named = ", ".join(f"{short_name(d)} ({d.title})" if d.release_numbers else d.title for d in cited.values())
    return (f"Only a proposal was found: {named}. What it says may never have become a rule.",)
