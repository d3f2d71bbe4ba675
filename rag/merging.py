"""Rows that say of one passage what another row says too become one. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from rag.rows import Draft

_MOST_QUOTES = 5


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Rows of one section with one status and one group, or the same first words of the earlier document, told as one.

    Nothing is lost: a row takes in the quotes of the next while it stays short enough to read.
    """
    found: list[Draft] = []
    for draft in drafts:
        place = next((n for n, other in enumerate(found) if _repeats(other, draft)), None)
        if place is None:
            found.append(draft)
        else:
            found[place] = _joined(found[place], draft)
    return found


def _repeats(a: Draft, b: Draft) -> bool:
    same = bool(a.old and b.old) and a.old[0] == b.old[0]
    return (
        (same or (a.group == b.group != ""))
        and a.status == b.status
        and {s.section for s in a.new} == {s.section for s in b.new}
        and len({*a.new, *b.new}) <= _MOST_QUOTES
    )


def _joined(a: Draft, b: Draft) -> Draft:
    said = b.difference.split(": ", 1)[-1]
    return replace(
        a,
        old=tuple(dict.fromkeys((*a.old, *b.old))),
        new=tuple(dict.fromkeys((*a.new, *b.new))),
        difference=f"{a.difference} And: {said[:1].upper()}{said[1:]}",
        reason=tuple(dict.fromkeys((*a.reason, *b.reason)))[:3],
    )
