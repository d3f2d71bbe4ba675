"""Which sentences an answer shows, and in what order. Pure."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from rag.evidence import Evidence
from rag.fit import leans
from rag.roundrobin import round_robin

WEAK = 0.7  # sentences that carry less than this share of what the best one carries are not shown ...
WEAK_IN_BROAD = 0.35  # ... or this, where an explanation is asked for
_NEAR = 0.1  # of the best score: a sentence that stands by itself leads before one that begins with "It"
_Name = TypeVar("_Name", bound=Hashable)
_SAME = 0.6  # of the words of the shorter sentence; what shares more says nothing new


def choose(lists: Sequence[Sequence[Evidence]], count: int, weak: float = WEAK) -> list[list[Evidence]]:
    """The best sentence for each part of a question, then in turn others that add something, each in reading order.

    Args:
        lists: evidence for each part, best first; one list for a question without parts.
        count: how many sentences at most, over all parts.
        weak: share of the support of a part's best sentence below which a sentence is not shown.

    Returns:
        For each part its sentences: the direct one first, then as :func:`grouped` has them.
    """
    good = [_led(list(_strong(evidence, weak))) for evidence in lists]
    turns = round_robin([[(n, item) for item in evidence] for n, evidence in enumerate(good)])
    chosen: list[list[Evidence]] = [[] for _ in lists]
    for n, item in turns:
        taken = [other for part in chosen for other in part]
        if len(taken) == count:
            break
        if not any(repeats_fact(item, other) for other in taken):
            chosen[n].append(item)
    return [grouped(part) for part in chosen]


def _strong(evidence: Sequence[Evidence], weak: float) -> Iterator[Evidence]:
    for item in evidence:
        if item.support < weak * evidence[0].support:
            return
        yield item


def _led(evidence: list[Evidence]) -> list[Evidence]:
    """With a sentence that stands by itself in front, where one comes near enough to the best."""
    lead = next((e for e in evidence if not leans(e.text) and e.score >= evidence[0].score - _NEAR), None)
    return evidence if lead is None else [lead, *(e for e in evidence if e is not lead)]


def grouped(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence first, then its document and section; other groups follow in the order of their best.

    Args:
        evidence: best first.
    """
    documents = _first_places(e.passage.chunk.document_id for e in evidence)
    sections = _first_places((e.passage.chunk.document_id, e.passage.chunk.section) for e in evidence)

    def key(e: Evidence) -> tuple[int, int, int]:
        owner = e.passage.chunk.document_id
        return documents[owner], sections[owner, e.passage.chunk.section], e.start

    return [*evidence[:1], *sorted(evidence[1:], key=key)]


def _first_places(names: Iterable[_Name]) -> dict[_Name, int]:
    return {name: n for n, name in enumerate(dict.fromkeys(names))}


def repeats_fact(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences share most of their words."""
    shorter = min(len(one.terms), len(other.terms))
    return bool(shorter) and len(one.terms & other.terms) / shorter >= _SAME
