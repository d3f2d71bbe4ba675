"""The heaviest rising chain among numbered candidates. Pure.

The numbers of footnotes count upwards through a document, and so do their calls. Which "12"
is a note's number, and which one the beginning of "12 months", is told by the chain that
explains most: each candidate alone says little.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be the number ``value`` of a sequence.

    Attributes:
        offset: in the text.
        value: >= 1.
        weight: how much speaks for it, > 0.
    """

    offset: int
    value: int
    weight: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What a chain pays, in the unit of the weights.

    Attributes:
        skip: for each number left out between two members.
        most_skip: at most, however many are left out.
        restart: for beginning again at 1; None where a sequence never does.
    """

    skip: float
    most_skip: float
    restart: float | None = None


class _PrefixMaximum:
    """Largest (score, index) among values up to a bound, in logarithmic time (a Fenwick tree)."""

    def __init__(self, values: int) -> None:
        self._tree: list[tuple[float, int]] = [(float("-inf"), -1)] * (values + 2)

    def put(self, value: int, score: float, index: int) -> None:
        value += 1
        while value < len(self._tree):
            self._tree[value] = max(self._tree[value], (score, index))
            value += value & -value

    def below(self, value: int) -> tuple[float, int]:
        best = (float("-inf"), -1)
        while value > 0:
            best = max(best, self._tree[value])
            value -= value & -value
        return best


def heaviest_chain(candidates: Sequence[Candidate], costs: Costs) -> tuple[float, list[Candidate]]:
    """The chain, rising in offset and value, whose weights less its costs are greatest.

    A longest increasing subsequence with weights, gap costs and restarts, in
    O(n log(largest value)).

    Args:
        candidates: in any order; of several at one offset at most one is taken.
        costs: see :class:`Costs`.

    Returns:
        Its score, and its members in order; (0.0, []) when there are none.
    """
    ordered = sorted(candidates, key=lambda c: (c.offset, -c.value))
    if not ordered:
        return 0.0, []
    size = max(c.value for c in ordered)
    by_step, by_jump = _PrefixMaximum(size), _PrefixMaximum(size)
    by_step.put(0, 0.0, -1)
    by_jump.put(0, -costs.most_skip, -1)
    best, before = (0.0, -1), []
    for index, c in enumerate(ordered):
        near, far = by_step.below(c.value), by_jump.below(c.value)
        ways = [(near[0] - costs.skip * (c.value - 1), near[1]), far]
        if costs.restart is not None and c.value == 1:
            ways.append((best[0] - costs.restart, best[1]))
        score, previous = max(ways)
        score += c.weight
        before.append(previous)
        by_step.put(c.value, score + costs.skip * c.value, index)
        by_jump.put(c.value, score - costs.most_skip, index)
        best = max(best, (score, index))
    chain, index = [], best[1]
    while index >= 0:
        chain.append(ordered[index])
        index = before[index]
    return best[0], chain[::-1]
