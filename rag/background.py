"""What an amending release says elsewhere about a change that it states in few words: its proposal."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.align import Part
from rag.amending import AS_PROPOSED, is_history
from rag.rows import Side, quoted_terms
from rag.stated import Line, Statement, lines_of, list_after

_PROPOSAL = re.compile(r"\bpropos(?:al|ed)\b", re.IGNORECASE)
_PROPOSED = re.compile(
    r"\b(?:we|the Commissions?) (?:also |had |have |therefore |specifically |originally )*proposed\b"
    r"|\bproposed (?:[\w.()-]+ ){1,3}would\b|^\W*as (?:originally )?proposed, [^.;]{0,80}\bwould\b",
    re.IGNORECASE,
)
_ANY = frozenset((
    "adopt", "adopted", "adopting", "after", "also", "amendment", "amendments", "carefully", "changes", "comments",
    "commission", "considering", "consideration", "definition", "definitions", "final", "generally", "largely",
    "modifications", "proposed", "provision", "received", "requirement", "response", "rule", "rules", "some",
    "substantially", "that", "with",
))  # fmt: skip
_WORD = re.compile(r"[a-z][a-z-]{3,}")
_MOST = 2


def with_background(new: Side, part: Part, s: Statement) -> Statement:
    """A statement of an amending release, preceded by what it takes to understand it."""
    return with_meaning(new, part, s) if is_history(s.own.text) else with_proposal(new, part, s)


def with_proposal(new: Side, part: Part, s: Statement) -> Statement:
    """A statement that something is adopted as proposed, preceded by what the release says was proposed.

    The proposal stands in the section before ("1. Proposed amendment … 3. Final amendment")
    or in the sentences before.
    """
    if not AS_PROPOSED.search(s.own.text):
        return s
    found = _proposed(new, part, s.own)
    return replace(s, lines=(*found, *(line for line in s.lines if line not in found)))


def with_meaning(new: Side, part: Part, s: Statement) -> Statement:
    """A statement about something that goes by a name, preceded by the sentence of its section that explains the name.

    "We eliminated the “quiet” provision" says little by itself; "the “quiet” provision, which
    excepted lamps sold before May" says what it was.
    """
    for term in quoted_terms([s.own.text]):
        for line in new.outline.lines(part):
            explained = re.search(
                rf"[“\"]{re.escape(term)}[”\"] (?:\w+ ){{0,3}}?(?:\w+, which|that|\w+ that)\b", line.text
            )
            if explained and line.end <= s.own.start and line not in s.lines:
                return replace(s, lines=(line, *s.lines))
    return s


def _proposed(new: Side, part: Part, own: Line) -> Sequence[Line]:
    """Up to two sentences that tell the proposal, those that share most words with the statement, in order."""
    told: list[tuple[Line, ...]] = []
    for sibling in new.outline.parts:
        near = sibling.above == part.above and _PROPOSAL.search(sibling.heading) and sibling.end <= part.start
        if near or sibling.index == part.index:
            lines = lines_of(new.outline.text, sibling.body, sibling.end)
            told += [
                (line, *list_after(lines, n)) for n, line in enumerate(lines) if line.end <= own.start and _says(line)
            ]
    words = set(_WORD.findall(own.text.lower())) - _ANY
    shared = {group: len(words & set(_WORD.findall(group[0].text.lower()))) for group in told}
    told = [group for group in told if shared[group] or not words]
    best = sorted(told, key=lambda group: (-shared[group], group[0].start))[:_MOST]
    return [line for group in sorted(best, key=lambda group: group[0].start) for line in group]


def _says(line: Line) -> bool:
    return _PROPOSED.search(line.text) is not None and not line.by_commenter and 8 <= len(line.text.split()) <= 120
