"""Fewer rows: those that say of one passage what another says become one; of very many the best stay. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.rows import Draft

_MOST_QUOTES, _MOST_BESIDE = 5, 4
MOST_ROWS = 120
_FACT = re.compile(r"\d+(?:\.\d+)?\s?%|\$\s?\d|\b\d+ (?:\w+ )?(?:days?|months?|years?|hours?)\b|[“\"]")
_FORCE = re.compile(
    r"\b(?:requir|prohibit|permit|exempt|except|defin|eliminat|remov|replac|lower|rais|increas|reduc)\w*"
    r"|\b(?:must|shall|may not|no longer)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:discussed|described) (?:\w+ )*?(?:below|above)\b|^\W*(?:Below|The following)\b", re.IGNORECASE
)
_ESTIMATED = re.compile(r"\bestimat\w+", re.IGNORECASE)


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


def best(drafts: Sequence[Draft], most: int = MOST_ROWS) -> list[Draft]:
    """The ``most`` rows that tell most, in their order.

    Facts, duties and words of the earlier document count for a row; an announcement of what
    is discussed elsewhere, and an estimate, count against it.
    """
    ranked = sorted(range(len(drafts)), key=lambda n: (-_worth(drafts[n]), n))[:most]
    return [drafts[n] for n in sorted(ranked)]


def _worth(draft: Draft) -> float:
    told = " ".join(s.text for s in draft.new)
    facts, duties = len(_FACT.findall(told)), len(_FORCE.findall(told))
    against = 2.0 * bool(_ANNOUNCED.search(told)) + 2.0 * bool(_ESTIMATED.search(told))
    return min(facts, 4) + min(duties, 3) + 1.0 * bool(draft.old) + 0.5 * bool(draft.reason) - against


def _repeats(a: Draft, b: Draft) -> bool:
    same = bool(a.old and b.old) and a.old[0] == b.old[0]
    grouped = a.group == b.group != ""
    most = _MOST_QUOTES if same or not a.old else _MOST_BESIDE
    return (
        (same or grouped)
        and a.status == b.status
        and {s.section for s in a.new} == {s.section for s in b.new}
        and len({*a.new, *b.new}) <= most
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
