"""Duties that a document states more than once: the strongest statement of each, and where it stands again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.library import Library
from corpus.records import Voice
from rag.force import Force, force_of
from rag.obligations import Duty
from rag.ownduties import Found

_ALIKE = 0.65
_STRENGTH = (
    Voice.RULE_TEXT, Voice.PREAMBLE, Voice.FOOTNOTE, Voice.FRONT_MATTER, Voice.PAPERWORK_BURDEN,
    Voice.ECONOMIC_ANALYSIS,
)  # fmt: skip
_WHICH = re.compile(r"\b(?:who|that|which|whose)\b.*", re.DOTALL)
_SMALL = frozenset(
    ["a", "an", "the", "each", "every", "any", "all", "no", "such", "these", "those", "its", "their", "of", "other"]
)
_ANYONE = re.compile(r"^(?:(?:each|every|any|all) )?(?:entity|entities|firms?|persons?|party|parties)$", re.IGNORECASE)
_SEVERAL = re.compile(r",| or | and ")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|thirty|sixty|ninety)\b")
_DIGITS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "thirty": "30", "sixty": "60", "ninety": "90",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restated:
    """A duty as its strongest statement tells it.

    Attributes:
        kept: rule text before preamble before paperwork before economic analysis; then the one with most facts.
        also: the other statements, in document order.
    """

    kept: Found
    also: tuple[Found, ...] = ()

    def completed(self, also: Sequence[Found]) -> Duty:
        """The duty, with the deadline, threshold and condition of the strongest of ``also`` where it has none."""
        duty = self.kept.duty
        for other in (f.duty for f in sorted(also, key=_rank)):
            duty = replace(
                duty,
                deadline=duty.deadline or other.deadline,
                threshold=duty.threshold or other.threshold,
                condition=duty.condition or other.condition,
            )
        return duty


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement with what it is compared by.

    Attributes:
        words: of the act, as the index has them.
        actor: words of the actor without what follows "who" or "that".
    """

    found: Found
    force: Force
    words: frozenset[str]
    actor: frozenset[str]
    numbers: frozenset[str]


def gather_restated(library: Library, found: Sequence[Found]) -> list[Restated]:
    """Every paragraph of rule text, and of the other sentences one for each duty of the same actor.

    Two statements are the same duty when two thirds of the words of the act are the same, and
    neither their force, their actors, the numbers of their deadlines nor their costs differ.

    Args:
        library: tells the words.
        found: rule text first, in the order to be told in.
    """
    groups: list[list[_Read]] = []
    for read in (_read(library, item) for item in found):
        group = None if read.found.voice is Voice.RULE_TEXT else _group_of(read, groups)
        if group is None:
            groups.append([read])
        else:
            group.append(read)
    return [_told([read.found for read in group]) for group in groups]


def _told(group: Sequence[Found]) -> Restated:
    kept = min(group, key=_rank)
    lines = {(f.line.start, f.line.end): f for f in group if f.line != kept.line}
    return Restated(kept, tuple(lines[place] for place in sorted(lines)))


def _rank(found: Found) -> tuple[int, int]:
    duty = found.duty
    facts = sum(fact is not None for fact in (duty.actor, duty.deadline, duty.threshold, duty.condition, duty.cost))
    strength = _STRENGTH.index(found.voice) if found.voice in _STRENGTH else len(_STRENGTH)
    return strength, -facts


def _read(library: Library, found: Found) -> _Read:
    duty = found.duty
    actor = duty.actor or ""
    return _Read(
        found,
        force_of(duty.modality, duty.action),
        frozenset(library.terms(duty.action)),
        frozenset(library.terms(_WHICH.sub("", actor))) - _SMALL,
        frozenset(_DIGITS.get(n, n) for n in _NUMBER.findall((duty.deadline or "").lower())),
    )


def _group_of(read: _Read, groups: Sequence[list[_Read]]) -> list[_Read] | None:
    """The group whose first statement is most like this one, if any is the same duty."""
    alike = list(_alike(read, groups))
    return max(alike, key=lambda pair: pair[0])[1] if alike else None


def _alike(read: _Read, groups: Sequence[list[_Read]]) -> Iterator[tuple[float, list[_Read]]]:
    size = len(read.words)
    for group in groups:
        first = group[0]
        if first.force is not read.force or not _ALIKE * size <= len(first.words) <= size / _ALIKE:
            continue
        common = len(first.words & read.words)
        union = size + len(first.words) - common
        if common >= _ALIKE * union > 0 and all(_agree(other, read) for other in group):
            yield common / union, group


def _agree(one: _Read, other: _Read) -> bool:
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    costs = (one.found.duty.cost, other.found.duty.cost)
    if all(costs) and costs[0] != costs[1]:
        return False
    names = (one.found.duty.actor, other.found.duty.actor)
    if one.actor == other.actor or any(name is None or _ANYONE.search(name) for name in names):
        return True
    fewer, more = sorted((one, other), key=lambda read: len(read.actor))
    return fewer.actor < more.actor and _SEVERAL.search(more.found.duty.actor or "") is not None
