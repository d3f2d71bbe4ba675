"""Which of the numbers that could begin headings continue one numbering. Pure.

A document's numbers are read as a walk over a stack of open levels ("III.", "B.", "2."):
a heading goes on at an open level, opens one below, or opens one above those of an inner
style. Every walk has a score: what speaks for each heading that it takes, less what each
irregular step costs. The best walk is looked for with a beam, so that one odd number does
not spoil what comes after it, and "i." is read as the ninth letter or the first roman
number by what follows.

Costs are on the scale of :func:`ingest.outline.typography.heading_weight`; both were set by hand on
releases whose headings are known (``reglens eval headings``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.outline.numbering import STYLES, Reading

_BEAM = 32
_DEEPEST = 7
_LONGEST_JUMP = 4
_LATEST_FIRST = 4
_NEXT = -1.0  # exactly the next number is itself evidence
_OVERLOOKED = 1.5  # each heading between
_LOST_SIBLING = 2.0
_LOST_PARENT = 2.5
_NUMBERED_TWICE = 2.5
_NAMED_JUMP = 3.0
_STYLE_AGAIN = 1.0
_UNDER_ITSELF = 3.0
_UPSIDE_DOWN = 1.0
_RANK = {style: rank for rank, style in enumerate(STYLES)}


@dataclass(frozen=True, slots=True)
class Step:
    """A place where a heading could begin.

    Attributes:
        readings: of its number.
        weight: what speaks for a heading, numbering aside; below 0 what speaks against it.
        named: bookmarks or table of contents name it, so that its number may jump.
    """

    readings: tuple[Reading, ...]
    weight: float
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Walk:
    """A way to read the numbers so far.

    Attributes:
        stack: the levels that are open, outermost first.
        taken: (step, level from 1) of the last heading, and the walk before it.
    """

    score: float
    stack: tuple[Reading, ...] = ()
    taken: "tuple[int, int, _Walk] | None" = None


def continue_numbering(steps: Sequence[Step]) -> dict[int, int]:
    """Positions in ``steps`` that belong to the numbering, and the level of each, from 1."""
    walks = [_Walk(0.0)]
    for index, step in enumerate(steps):
        found = {walk.stack: walk for walk in reversed(walks)}
        for walk in walks:
            for stack, cost in _continuations(walk.stack, step):
                score = walk.score + step.weight - cost
                if stack not in found or score > found[stack].score:
                    found[stack] = _Walk(score, stack, (index, len(stack), walk))
        walks = sorted(found.values(), key=lambda w: -w.score)[:_BEAM]
    levels: dict[int, int] = {}
    taken = walks[0].taken
    while taken is not None:
        index, level, walk = taken
        levels[index] = level
        taken = walk.taken
    return levels


def _continuations(stack: tuple[Reading, ...], step: Step) -> Iterable[tuple[tuple[Reading, ...], float]]:
    """The stacks that ``step`` can lead to, with the cost of each."""
    for reading in step.readings:
        for depth, open_level in enumerate(stack):
            if open_level.style == reading.style:
                innermost = depth + 1 == len(stack)
                cost = _cost_of_going_on(open_level.value, reading.value, named=step.named, innermost=innermost)
                if cost is not None:
                    yield (*stack[:depth], reading), cost
        first = _OVERLOOKED * (min(reading.value, _LATEST_FIRST) - 1)
        outer = next((depth for depth, above in enumerate(stack) if _RANK[reading.style] < _RANK[above.style]), None)
        if outer is not None:
            yield (*stack[:outer], reading), first + _UPSIDE_DOWN
        if len(stack) < _DEEPEST:
            yield (*stack, reading), first + _cost_of_opening(stack, reading)


def _cost_of_going_on(before: int, value: int, *, named: bool, innermost: bool) -> float | None:
    if value == before + 1:
        return _NEXT
    if value > before:
        return _OVERLOOKED * min(value - before - 1, _LONGEST_JUMP)
    if value == 1:
        return _LOST_SIBLING if innermost else _LOST_PARENT
    if value == before:
        return _NUMBERED_TWICE
    return _NAMED_JUMP if named else None


def _cost_of_opening(stack: tuple[Reading, ...], reading: Reading) -> float:
    cycle = stack[_last_cycle(stack) :]
    if cycle and cycle[-1].style == reading.style:
        return _UNDER_ITSELF
    if any(open_level.style == reading.style for open_level in cycle):
        return _STYLE_AGAIN
    return _UPSIDE_DOWN if cycle and _RANK[reading.style] < _RANK[cycle[-1].style] else 0.0


def _last_cycle(stack: tuple[Reading, ...]) -> int:
    """Where the styles begin anew: below an unnumbered heading "1." may stand under "a."."""
    styles = [open_level.style for open_level in stack]
    return max((i for i, style in enumerate(styles) if style in styles[:i]), default=0)
