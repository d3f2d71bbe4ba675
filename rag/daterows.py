"""A row for the dates that the two documents open with: from when each of them holds."""

import re
from collections.abc import Iterator

from corpus.records import Voice
from rag.phrases import ADDED, CHANGED, UNCHANGED
from rag.rows import Draft, Side, Span
from rag.stated import lines_of

_HEADING = re.compile(r"^(?:effective|compliance)?(?: and (?:effective|compliance))? ?dates?\b", re.IGNORECASE)
_HOLDS = re.compile(r"\b(?:effective|compl(?:y|iance)|expir\w+)\b", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:{_MONTHS})\s+\d{{1,2}},\s+\d{{4}}\b")
_BLANK = re.compile(r"\[\s*insert", re.IGNORECASE)
_MOST, _MOST_CHARS = 4, 900
TOPIC = "Effective and compliance dates"


def date_rows(old: Side, new: Side) -> Iterator[Draft]:
    """At most one row; a day for comments, and a date that is still to be put in, is none of these dates."""
    before, after = _opening_dates(old), _opening_dates(new)
    if not after:
        return
    then, now = _days(before), _days(after)
    if then == now and before:
        yield Draft(TOPIC, UNCHANGED, before, after, "The dates are the same.")
    elif before and then and now:
        yield Draft(TOPIC, CHANGED, before, after, f"Dates: “{'; '.join(then)}” became “{'; '.join(now)}”.")
    elif not before and now:
        yield Draft(TOPIC, ADDED, (), after, f"{new.name} sets its dates: {'; '.join(now)}.")


def _opening_dates(side: Side) -> tuple[Span, ...]:
    found = []
    for part in side.outline.parts:
        if part.voice is Voice.FRONT_MATTER and _HEADING.search(part.heading):
            for line in lines_of(side.outline.text, part.body, part.end):
                holds = _HOLDS.search(f"{part.heading} {line.text}")
                told = _DATE.search(line.text) and not _BLANK.search(line.text)
                if holds and told and len(line.text) <= _MOST_CHARS:
                    found.append(side.span(line.start, line.end, part.path, part.voice))
    return tuple(found[:_MOST])


def _days(spans: tuple[Span, ...]) -> list[str]:
    return list(dict.fromkeys(day for span in spans for day in _DATE.findall(span.text)))
