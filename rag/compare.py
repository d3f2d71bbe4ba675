"""Two documents, provision by provision: what was added, removed, changed, kept, or is not addressed.

Kinds of rows, in this order: paragraphs of rule text that both documents hold; what the
later document states about its changes, with the earlier wording beside it; the dates they
open with; whether information is to be collected; figures that are new; numbers that differ
in sentences that are otherwise alike; chapters that the other document does not take up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.answers import Citation
from corpus.contracts import citation_json
from corpus.library import Library
from corpus.lineage import short_name
from corpus.records import Document, Kind
from rag.align import align
from rag.cite import cite
from rag.daterows import date_rows
from rag.figures import figure_rows
from rag.marking import Mark, Marks, mark
from rag.numbers import number_rows
from rag.paperrows import paper_rows
from rag.rows import NOT_ADDRESSED, Draft, Side
from rag.rulerows import rule_rows
from rag.staterows import state_rows
from rag.topic import fitting
from rag.unmatched import unmatched_rows

STATUSES = ("changed", "added", "removed", "unchanged", NOT_ADDRESSED)
_STAGE = {Kind.CONCEPT_RELEASE: 0, Kind.PROPOSED_RULE: 1, Kind.FINAL_RULE: 2}
_OPPOSITE = {"added": "removed", "removed": "added"}


@dataclass(frozen=True, slots=True)
class Row:
    """One provision in both documents.

    Attributes:
        topic: the provision, in heading words.
        status: ``added``, ``removed``, ``changed``, ``unchanged`` or ``not_addressed``,
            going from the first document to the second.
        a: quotes of the first document; may be empty.
        b: quotes of the second.
        difference: what differs, in plain words.
        reason: quotes of the later document that say why. One in the voice of a commenter
            is what the agency answered to, not its own view.
    """

    topic: str
    status: str
    a: tuple[Citation, ...]
    b: tuple[Citation, ...]
    difference: str
    reason: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows of a comparison, in the order of the documents, or best first when a topic was asked for."""

    a: Document
    b: Document
    rows: tuple[Row, ...]


def compare(library: Library, a: Document, b: Document, topic: str | None = None) -> Comparison:
    """Compare two documents of a library.

    Args:
        library: holds both.
        a: the first; usually the proposal or the earlier version.
        b: the second.
        topic: keep only rows that fit it, best first.
    """
    turned = _is_later(a, b)
    earlier, later = (b, a) if turned else (a, b)
    drafts = list(_drafts(library, earlier, later))
    if topic:
        drafts = fitting(library, drafts, topic)
    rows = [_row(library, earlier, later, d, turned=turned) for d in drafts]
    rows = [row for row in rows if _all_verified(row) and (row.a or row.b)]
    if topic and not rows:
        said = "no sentence of either document was found that states a change, or that none was made, on this topic"
        rows = [Row(topic, NOT_ADDRESSED, (), (), said, ())]
    return Comparison(a, b, tuple(rows))


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Two documents.

    ``marks`` of a row holds ``[start, end, kind, quote]`` for every stretch of ``a`` and of ``b`` that the
    other side does not have: 0-based half-open offsets in the quote that stands at index ``quote`` of that
    side, and ``word``, ``number``, ``date`` or ``modal``. ``versions`` says whether the two sides are versions
    of one text, compared word by word; if not, only numbers, dates and modal verbs are marked.
    """
    return {
        "a": comparison.a.id,
        "b": comparison.b.id,
        "a_title": comparison.a.title,
        "b_title": comparison.b.title,
        "a_name": short_name(comparison.a),
        "b_name": short_name(comparison.b),
        "counts": _counts(row.status for row in comparison.rows),
        "rows": [_row_json(row) for row in comparison.rows],
    }


def _drafts(library: Library, earlier: Document, later: Document) -> Iterator[Draft]:
    old, new = Side.read(library, earlier), Side.read(library, later)
    aligned = align(library, old.outline, new.outline)
    stated = state_rows(library, old, new, aligned)
    yield from rule_rows(library, old, new, stated)
    yield from stated
    yield from date_rows(old, new)
    yield from paper_rows(old, new)
    yield from figure_rows(old, new)
    yield from number_rows(library, old, new, aligned, stated)
    yield from unmatched_rows(library, old, new, aligned, stated)


def _is_later(a: Document, b: Document) -> bool:
    """Whether ``a`` is the later of the two: by date, else by what they are; ``b`` where nothing tells."""
    dates = [d.issued or d.published or d.effective for d in (a, b)]
    if a.kind in _STAGE and b.kind in _STAGE and _STAGE[a.kind] != _STAGE[b.kind]:
        return _STAGE[a.kind] > _STAGE[b.kind]
    return bool(dates[0] and dates[1] and dates[0] > dates[1])


def _row(library: Library, earlier: Document, later: Document, draft: Draft, *, turned: bool) -> Row:
    old = _cited(library, earlier, draft.old)
    new = _cited(library, later, draft.new)
    reason = _cited(library, later, draft.reason)
    row = Row(draft.topic, draft.status, old, new, draft.difference, reason)
    if not turned:
        return row
    return replace(row, status=_OPPOSITE.get(row.status, row.status), a=new, b=old)


def _cited(library: Library, document: Document, spans: Sequence[Any]) -> tuple[Citation, ...]:
    return tuple(c for s in spans for c in cite(library, document, s.start, s.end, s.section, s.voice))


def _all_verified(row: Row) -> bool:
    return all(c.verified for c in (*row.a, *row.b, *row.reason))


def _counts(statuses: Iterable[str]) -> dict[str, int]:
    counts = Counter(statuses)
    return {status: counts[status] for status in STATUSES if counts[status]}


def _row_json(row: Row) -> dict[str, Any]:
    marks = mark([c.quote for c in row.a], [c.quote for c in row.b])
    if row.status == "unchanged" and not marks.versions:
        marks = Marks((), (), versions=False)
    return {
        "topic": row.topic,
        "status": row.status,
        "a": [citation_json(c) for c in row.a],
        "b": [citation_json(c) for c in row.b],
        "difference": row.difference,
        "reason": [citation_json(c) for c in row.reason],
        "marks": {
            "a": [_mark_json(m) for m in marks.old],
            "b": [_mark_json(m) for m in marks.new],
            "versions": marks.versions,
        },
    }


def _mark_json(found: Mark) -> list[int | str]:
    return [found.start, found.end, found.kind, found.quote]
