"""Headings with a number: which of the candidates continue the numbering of a release or of its rule text. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.outline.candidates import Candidate
from ingest.outline.heading import Heading
from ingest.outline.named import letters
from ingest.outline.sequence import Step, continue_numbering
from ingest.outline.standing import CONTACT_CAPTION, FIRST_CAPTION, rule_text_starts

_LISTING_RUN = 6
_LISTING_GAP = 40
_NEVER = -4.0  # more than a number that fits between its neighbours can outweigh
_NOTHING_BETWEEN = 4


@dataclass(frozen=True, slots=True)
class _Zone:
    """A stretch of text with a numbering of its own; ``level`` is that of the heading it lies under, 0 for none."""

    start: int
    level: int
    is_rule_text: bool


def numbered_headings(candidates: Sequence[Candidate], standing: Sequence[Heading]) -> list[Heading]:
    """Numbered headings in order: the release's own, and those within each part or section of its rule text.

    In rule text "(a) General." begins a paragraph of the rule; only what stands alone is a heading.

    Args:
        candidates: in the order of the text.
        standing: headings that are known by their wording, in order.
    """
    candidates = _without_listing(_said_once(_without_contacts(candidates, standing)))
    found: list[Heading] = []
    for zone, following in pairwise([*_zones(candidates, standing), None]):
        if zone is not None:
            within = [
                c for c in candidates if c.start >= zone.start and (following is None or c.start < following.start)
            ]
            taken = _taken([c for c in within if c.alone or not zone.is_rule_text])
            found += [replace(heading, level=heading.level + zone.level) for heading in taken]
    return found


def as_heading(candidate: Candidate, level: int) -> Heading:
    """A candidate that was taken."""
    number = candidate.number.printed if candidate.number else ""
    return Heading(candidate.start, candidate.end, number, candidate.title, level)


def _without_contacts(candidates: Sequence[Candidate], standing: Sequence[Heading]) -> list[Candidate]:
    """Leave out what stands under the caption that names persons to ask: their initials look like numbers."""
    ends = [*(h.start for h in standing[1:]), None]
    spans = [(h.start, end) for h, end in zip(standing, ends, strict=False) if h.text.startswith(CONTACT_CAPTION)]
    return [
        c for c in candidates if not any(start <= c.start and end is not None and c.start < end for start, end in spans)
    ]


def _zones(candidates: Sequence[Candidate], standing: Sequence[Heading]) -> list[_Zone]:
    rules = {h.start for h in rule_text_starts(standing, [(c.start, c.title) for c in candidates])}
    zones = [_Zone(0, 0, is_rule_text=False)]
    for heading in standing:
        if heading.start in rules:
            zones.append(_Zone(heading.start, heading.level, is_rule_text=True))
        elif heading.text == FIRST_CAPTION and zones[-1].is_rule_text:  # the next document in an issue
            zones.append(_Zone(heading.start, 0, is_rule_text=False))
    return zones


def _taken(candidates: Sequence[Candidate]) -> list[Heading]:
    """The candidates that continue the numbering, with its levels."""
    printed = Counter(_key(c) for c in candidates if c.printed)
    able = [c for c in candidates if c.number is not None and (c.printed or not printed[_key(c)])]
    steps = [Step(c.number.readings if c.number else (), c.weight, named=c.name is not None) for c in able]
    return [as_heading(able[index], level) for index, level in sorted(continue_numbering(steps).items())]


def _said_once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Some texts repeat headings on the spot: "A. Rules 1. Background 1. Background"."""
    kept: list[Candidate] = []
    said: set[tuple[str, str]] = set()
    end = 0
    for candidate in candidates:
        if candidate.start - end > _NOTHING_BETWEEN:
            said = set()
        if _key(candidate) not in said:
            kept.append(candidate)
        said.add(_key(candidate))
        end = candidate.end
    return kept


def _without_listing(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out tables of contents that say not what they are: many candidates with nothing between them.

    The last is kept: it is the first heading of the text.
    """
    runs: list[list[Candidate]] = []
    end = -_LISTING_GAP
    for candidate in candidates:
        if candidate.weight > _NEVER:
            if candidate.start - end >= _LISTING_GAP:
                runs.append([])
            if candidate.start >= end:  # else it lies within the words of the one before
                end = candidate.end
            runs[-1].append(candidate)
    return [c for run in runs for c in (run if _count_apart(run) < _LISTING_RUN else run[-1:])]


def _count_apart(run: Sequence[Candidate]) -> int:
    """How many candidates of a run do not overlap."""
    count, end = 0, 0
    for candidate in run:
        if candidate.start >= end:
            count, end = count + 1, candidate.end
    return count


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.number.symbol if candidate.number else "", letters(candidate.title)
