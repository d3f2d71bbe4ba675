"""First questions that the documents at hand can answer. Pure."""

from collections.abc import Iterable

from corpus.records import Document, Kind

_BY_TITLE: tuple[tuple[str, Kind, str], ...] = (
    (
        "regulation best interest",
        Kind.PROPOSED_RULE,
        "Who is a retail customer under the proposed Regulation Best Interest?",
    ),
    ("regulation best interest", Kind.FINAL_RULE, "What is the compliance date of Regulation Best Interest?"),
    ("regulation nms", Kind.FINAL_RULE, "What is the access fee cap under Regulation NMS?"),
    ("effective spread", Kind.NOTE, "What is the effective spread?"),
    ("kyle", Kind.NOTE, "What is Kyle's lambda?"),
    ("vpin", Kind.NOTE, "What is VPIN?"),
    ("order-flow imbalance", Kind.NOTE, "What is order-flow imbalance?"),
    ("market impact", Kind.NOTE, "What is the square-root law of market impact?"),
)


def suggest(documents: Iterable[Document], limit: int = 4) -> list[str]:
    """Questions whose answers these documents state, the agency's own documents first.

    Args:
        documents: that are asked.
        limit: how many at most.
    """
    known = sorted(documents, key=lambda d: (d.title.lower(), d.id))
    found = [
        question
        for words, kind, question in _BY_TITLE
        if any(d.kind is kind and words in d.title.lower() for d in known)
    ]
    about_rules = [q for d in known for q in _from_facts(d)]
    ours = {question for _, kind, question in _BY_TITLE if kind is Kind.NOTE}
    ordered = [q for q in found if q not in ours] + about_rules + [q for q in found if q in ours]
    return list(dict.fromkeys(ordered))[:limit]


def _from_facts(document: Document) -> list[str]:
    """Questions about dates that were read from the document itself."""
    if not document.release_numbers:
        return []
    number = document.release_numbers[0]
    if document.kind is Kind.PROPOSED_RULE and document.comment_deadline:
        return [f"By what date should comments on {number} be received?"]
    if document.kind in (Kind.FINAL_RULE, Kind.INTERPRETATION) and document.effective:
        return [f"What is the effective date of {number}?"]
    return []
