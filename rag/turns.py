"""Several rankings to one: of a question that holds several, each has its turn."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.records import Passage
from rag.exact import Pins
from rag.query import Query, part_of
from rag.roundrobin import round_robin

_WHOLE_FIRST = 3  # passages for the whole question that come before the turns of its parts
Rank = Callable[[Query, Pins], list[Passage]]


def by_parts(rank: Rank, query: Query, exact: Pins, k: int) -> list[Passage]:
    """The ranking of a question; where it holds several, with a turn for each, behind what it names exactly.

    Args:
        rank: ranks passages for a question, the named places first.
        query: the question.
        exact: the places that it names.
        k: how many passages.
    """
    whole = rank(query, exact)
    if not query.parts or exact.suffice:
        return whole
    ranked = [rank(part_of(query, part), Pins()) for part in query.parts]
    return interleave(whole, ranked, k, first=max(_WHOLE_FIRST, len(exact.spots)))


def interleave(whole: Sequence[Passage], by_part: Sequence[Sequence[Passage]], k: int, *, first: int) -> list[Passage]:
    """The ``first`` best of the whole question, then one of it and of each part in turn, each chunk once.

    A passage never scores more than the one before it.

    Args:
        whole: passages for the whole question, best first.
        by_part: passages for each part, best first.
        k: how many.
        first: how many of the whole's come before the turns begin.
    """
    turns = round_robin([whole[first:], *by_part])
    chosen: dict[str, Passage] = {}
    score = math.inf
    for passage in (*whole[:first], *turns):
        if passage.chunk.id not in chosen and len(chosen) < k:
            score = min(score, passage.score)
            chosen[passage.chunk.id] = replace(passage, score=score)
    return list(chosen.values())
