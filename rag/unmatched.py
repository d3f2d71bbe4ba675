"""Rows for sections of one document that the other does not take up, one for each chapter."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from corpus.library import Library
from corpus.records import Voice
from rag.align import Part, zone
from rag.rows import NOT_ADDRESSED, Draft, Side, heading
from rag.stated import Line, lines_of

_ELSEWHERE = 0.85
_MIN_CHARS = 400
_QUOTED, _NAMED = 3, 8
_COMMENTS = re.compile(r"requests? for comment|comments?\b|^(?:the )?propos(?:al|ed \w+)s?$", re.IGNORECASE)
_SILENT = (Voice.FRONT_MATTER, Voice.REQUEST_FOR_COMMENT, Voice.FOOTNOTE)


def unmatched_rows(
    library: Library,
    old: Side,
    new: Side,
    aligned: Mapping[int, Sequence[tuple[int, float]]],
    stated: Sequence[Draft],
) -> Iterator[Draft]:
    """Rows for the sections that have no counterpart and that no passage of the other document comes near to."""
    paired = {i for matches in aligned.values() for i, _ in matches}
    yield from _silent(library, old, new, [p for p in old.outline.parts if p.index not in paired])
    spoken = {s.section for d in stated for s in d.new}
    alone = [p for p in new.outline.parts if p.index not in aligned and p.path not in spoken]
    for draft in _silent(library, new, old, alone):
        yield Draft(draft.topic, draft.status, (), draft.old, draft.difference)


def _silent(library: Library, side: Side, other: Side, parts: Sequence[Part]) -> Iterator[Draft]:
    """One row for each chapter, which quotes its first silent section and names the others."""
    quiet: dict[str, list[tuple[Part, Line]]] = {}
    for part in parts:
        if _speaks(part) and not _taken_up(library, part, other) and (line := _first_line(side, part)):
            quiet.setdefault(part.above[0] if part.above else part.heading, []).append((part, line))
    for found in quiet.values():
        spans = [side.span(line.start, line.end, part.path, part.voice) for part, line in found[:_QUOTED]]
        others = [heading(part) for part, _ in found[1:]]
        said = f"{other.name} has no section on this and does not take it up elsewhere."
        yield Draft(heading(found[0][0]), NOT_ADDRESSED, tuple(spans), (), said + _also(others))


def _also(headings: Sequence[str]) -> str:
    if not headings:
        return ""
    rest = len(headings) - _NAMED
    named = "; ".join(f"“{h}”" for h in headings[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
    return f" The same holds for {named}."


def _first_line(side: Side, part: Part) -> Line | None:
    lines = lines_of(side.outline.text, part.body, part.end)
    return next(
        (s for s in lines if len(s.text.split()) >= 10 and not s.text.endswith("?") and not s.by_commenter), None
    )


def _taken_up(library: Library, part: Part, other: Side) -> bool:
    """Whether some passage of the other document is about what most of the part's passages are about."""
    if not part.chunks or not other.outline.chunks:
        return False
    stored = library.vectors([c.id for c in part.chunks])
    vectors = np.array([stored[c.id] for c in part.chunks], dtype=np.float32)
    nearest = (vectors @ other.outline.vectors.T).max(axis=1)
    return float(np.median(nearest)) >= _ELSEWHERE


def _speaks(part: Part) -> bool:
    return (
        bool(part.heading)
        and part.end - part.start >= _MIN_CHARS
        and part.voice not in _SILENT
        and zone(part) == "discussion"
        and not _COMMENTS.search(part.heading)
    )
