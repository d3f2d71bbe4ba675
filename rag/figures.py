"""Rows for figures with which the later document shows what has happened since the earlier one."""

import re
from collections.abc import Iterator

from rag.align import Part, zone
from rag.phrases import ADDED
from rag.rows import Draft, Side, heading
from rag.stated import Line

_PERCENT = re.compile(r"\b\d[\d,.]*\s?(?:%|percent\b)", re.IGNORECASE)
_TREND = re.compile(
    r"\b(?:declined|decreased|dropped|fell|fallen|increased|rose|risen|grew|grown|doubled|tripled)\b", re.IGNORECASE
)
_OTHERS = re.compile(r"\bcommenters?\b|\bletters?\b|\bwould (?:have )?(?:be|been|increase|decrease)", re.IGNORECASE)
_FEWEST, _QUOTED, _MOST = 3, 6, 4


def figure_rows(old: Side, new: Side) -> Iterator[Draft]:
    """A row for each section of the discussion that tells at least three trends in percent, those with most first.

    Figures that the earlier document holds too are not counted.
    """
    known = {_plain(m[0]) for m in _PERCENT.finditer(old.outline.text)}
    found: list[tuple[int, Part, list[Line]]] = []
    for part in new.outline.parts:
        if zone(part) == "discussion" and part.heading:
            lines = [line for line in new.outline.lines(part) if _tells_trend(line)]
            told = {f for line in lines for m in _PERCENT.finditer(line.text) if (f := _plain(m[0])) not in known}
            if len(told) >= _FEWEST:
                found.append((len(told), part, lines))
    for _, part, lines in sorted(found, key=lambda item: (-item[0], item[1].start))[:_MOST]:
        spans = tuple(new.span(line.start, line.end, part.path, part.voice) for line in lines[:_QUOTED])
        rest = len(lines) - len(spans)
        also = f" {rest} more sentences of this section tell such figures." if rest else ""
        yield Draft(heading(part), ADDED, (), spans, f"{new.name} tells figures that {old.name} does not have.{also}")


def _tells_trend(line: Line) -> bool:
    trend = _PERCENT.search(line.text) and _TREND.search(line.text)
    return bool(trend) and not _OTHERS.search(line.text) and len(line.text) <= 1600


def _plain(figure: str) -> str:
    return re.sub(r"[^\d.]", "", figure).rstrip(".")
