"""A row for whether each document brings duties to collect information."""

import re
from collections.abc import Iterator

from corpus.records import Voice
from rag.phrases import CHANGED
from rag.rows import Draft, Side, Span
from rag.stated import lines_of

TOPIC = "Collection of information"
_COLLECTION = re.compile(r"\bcollections? of information\b", re.IGNORECASE)
_HEADING = re.compile(r"\bpaperwork\b", re.IGNORECASE)
_ADDS_NONE = re.compile(
    r"\b(?:do|does|did|will|would) not (?:\w+ly )?(?:contain|impose|create|require|involve|include|establish|add)\b"
    r"|\b(?:contains?|imposes?|creates?|requires?|involves?|adds?) no\b",
    re.IGNORECASE,
)
_BRINGS = re.compile(
    r"\b(?:contain|impose|create|require|involve|include|establish|revise|amend|modif|affect)\w*\b|\bnew\b",
    re.IGNORECASE,
)
_FIRST = 8


def paper_rows(old: Side, new: Side) -> Iterator[Draft]:
    """One row where one of the documents has such duties and the other says that it has none."""
    before, after = _said(old), _said(new)
    if before is None or after is None or before[1] == after[1]:
        return
    told = [
        f"{side.name} {'brings' if said[1] else 'brings no'} such duties"
        for side, said in ((old, before), (new, after))
    ]
    yield Draft(TOPIC, CHANGED, (before[0],), (after[0],), f"{'; '.join(told)}.")


def _said(side: Side) -> tuple[Span, bool] | None:
    """The first sentence on the Paperwork Reduction Act that tells, and whether there are such duties."""
    for part in side.outline.parts:
        if part.voice is not Voice.PAPERWORK_BURDEN and not _HEADING.search(part.heading):
            continue
        for line in lines_of(side.outline.text, part.body, part.end)[:_FIRST]:
            if _COLLECTION.search(line.text) and not line.by_commenter and len(line.text) <= 900:
                none = _ADDS_NONE.search(line.text) is not None
                if none or _BRINGS.search(line.text):
                    return side.span(line.start, line.end, part.path, part.voice), not none
    return None
