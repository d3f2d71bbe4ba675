"""Rows for numbers that differ in sentences that are otherwise alike."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.records import Voice
from rag.align import Part, zone
from rag.phrases import CHANGED
from rag.redline import Edit, number_edits
from rag.rows import Draft, Side, heading
from rag.stated import Line, lines_of

_ALIKE, _ALIKE_ELSEWHERE = 0.6, 0.75
_WITHIN, _FEW = 0.75, 8
_PER_PART = 5
_MOST, _EDITS = 80, 4
_NUMBER = re.compile(r"(?<![\w.])\$?\d[\d,.]*%?")
_NOT_A_FACT = re.compile(r"\b(?:See|supra|infra|Id\.|Letter from|footnote|Figure|Table)\b")
_NOTE_CALL = re.compile(
    r"(?:(?<=[A-Za-z”’)\]][.,;:])|(?<=[”’)\]]))\s?(\d{1,4})(?=[\s.,;]|$)|(?<=[a-z])(\d{1,4})(?=\s|$)"
)
_LABEL = re.compile(r"\((\d+)\)")
_SPACE = re.compile(r"\W")
_DATES = re.compile(r"^(?:effective|compliance)?(?: and compliance)? ?dates?\b", re.IGNORECASE)
_WORTH = re.compile(
    r"\$|%|percent|\b(?:hours?|days?|months?|years?|million|billion|broker-dealers|firms|entities|respondents"
    r"|advisers|accounts)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the earlier document that tells a number, and its words without the numbers."""

    line: Line
    part: Part
    bag: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that are alike but for numbers.

    Attributes:
        source: the part of the earlier document that holds ``old``.
    """

    old: Line
    source: Part
    new: Line
    edits: Sequence[Edit]


def number_rows(
    library: Library,
    old: Side,
    new: Side,
    aligned: Mapping[int, Sequence[tuple[int, float]]],
    stated: Sequence[Draft],
) -> Iterator[Draft]:
    """Amounts, counts, dates and periods that became others: for each section a row, of its most telling sentences.

    A sentence that tells only what an earlier row told is left out.
    """
    taken = {(s.start, s.end) for d in stated for s in d.new}
    known = [
        Sentence(line, part, _bag(library, line.text))
        for part in old.outline.parts
        if zone(part) != "rule"
        for line in _numbered(old, part)
    ]
    told: set[str] = set()
    rows = 0
    for part in new.outline.parts:
        if zone(part) == "rule" or not part.heading or _DATES.search(part.heading) or rows == _MOST:
            continue
        sources = [p for i, _ in aligned.get(part.index, ())[:3] for p in _with_parts_under(old.outline.parts, i)]
        pairs: list[Pair] = []
        found = list(_of_part(library, new, part, sources, known, taken))
        for pair in sorted(found, key=lambda p: (-len(p.edits[:_EDITS]), p.new.start)):
            if len(pairs) < _PER_PART and not told.issuperset(str(e) for e in pair.edits):
                told |= {str(e) for e in pair.edits}
                pairs.append(pair)
        if pairs:
            rows += 1
            yield _draft(old, new, part, sorted(pairs, key=lambda p: p.new.start))


def _of_part(
    library: Library,
    new: Side,
    part: Part,
    sources: Sequence[Part],
    known: Sequence[Sentence],
    taken: set[tuple[int, int]],
) -> Iterator[Pair]:
    """Sentences of a part and those of the earlier document that they resemble.

    These stand in the sections that correspond, or anywhere in the discussion: estimates of
    costs repeat one another too much to be told apart by their words.
    """
    inside = {source.index for source in sources}
    near = [s for s in known if s.part.index in inside]
    far = [s for s in known if zone(s.part) == zone(part) == "discussion"]
    for line in _numbered(new, part):
        if (line.start, line.end) in taken:
            continue
        bag = _bag(library, line.text)
        found = _most_alike(bag, near, _ALIKE) or _most_alike(bag, far, _ALIKE_ELSEWHERE)
        if found is None:
            continue
        other, source = found.line, found.part
        edits = telling_edits(
            _without_calls(source, other), _without_calls(part, line), _calls(source, other), _calls(part, line)
        )
        if edits:
            yield Pair(other, source, line, edits)


def _with_parts_under(parts: Sequence[Part], index: int) -> list[Part]:
    """A part and those of the sections that lie in its section."""
    depth = len(parts[index].above)
    end = next((p.index for p in parts[index + 1 :] if len(p.above) <= depth), len(parts))
    return list(parts[index:end])


def _draft(old: Side, new: Side, part: Part, pairs: Sequence[Pair]) -> Draft:
    told = dict.fromkeys(str(e) for pair in pairs for e in pair.edits[:_EDITS])
    return Draft(
        heading(part),
        CHANGED,
        tuple(dict.fromkeys(old.span(p.old.start, p.old.end, p.source.path, _voice(old, p.old)) for p in pairs)),
        tuple(new.span(p.new.start, p.new.end, part.path, _voice(new, p.new)) for p in pairs),
        f"Numbers: {'; '.join(told)}.",
    )


def _voice(side: Side, line: Line) -> Voice:
    return Voice.COMMENTER_VIEW if line.by_commenter else side.outline.voice_at(line.start)


def _numbered(side: Side, part: Part) -> list[Line]:
    return [
        line
        for line in lines_of(side.outline.text, part.body, part.end)
        if 8 <= len(line.text.split()) <= 90
        and _NUMBER.search(line.text)
        and _WORTH.search(line.text)
        and not _NOT_A_FACT.search(line.text)
        and not line.by_commenter
    ]


def _bag(library: Library, text: str) -> frozenset[str]:
    return frozenset(t for t in library.terms(text) if not any(c.isdigit() for c in t))


def _most_alike(bag: frozenset[str], sentences: Sequence[Sentence], least: float) -> Sentence | None:
    best, found = least, None
    for sentence in sentences:
        shared = _likeness(bag, sentence.bag)
        if shared > best:
            best, found = shared, sentence
    return found


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of common words, 0 to 1; a sentence that holds nearly all words of another is like it, too."""
    if not a or not b:
        return 0.0
    common, shorter = len(a & b), min(len(a), len(b))
    within = _WITHIN * common / shorter if shorter >= _FEW else 0.0
    return max(common / len(a | b), within)


def telling(edit: Edit) -> bool:
    """Whether an edit is told in few words and is about an amount, a count or a period, not a bare number."""
    short = len(edit.old.split()) <= 8 and len(edit.new.split()) <= 8
    return short and all(_WORTH.search(words) or "," in words for words in (edit.old, edit.new))


def telling_edits(old: str, new: str, old_calls: set[str], new_calls: set[str]) -> list[Edit]:
    """Edits in which a number became another, told in few words; numbers of footnotes and of paragraphs are none."""
    labels, new_labels = set(_LABEL.findall(old)), set(_LABEL.findall(new))
    found = [
        e
        for e in number_edits(old, new)
        if len(e.old.split()) <= 8
        and len(e.new.split()) <= 8
        and not (_bare(e.old) <= labels and _bare(e.new) <= new_labels)
        and _SPACE.sub("", e.old) != _SPACE.sub("", e.new)
    ]
    return [e for e in found if telling(e) or not (_bare(e.old) <= old_calls and _bare(e.new) <= new_calls)]


def _bare(words: str) -> set[str]:
    return set(re.findall(r"\d[\d,.]*", words))


def _calls(part: Part, line: Line) -> set[str]:
    """The numbers of the footnotes that a sentence may call."""
    return {call for c in part.chunks if c.start < line.end and c.end > line.start for call in c.note_calls}


def _without_calls(part: Part, line: Line) -> str:
    calls = _calls(part, line)
    return _NOTE_CALL.sub(lambda m: "" if (m[1] or m[2]) in calls else m[0], line.text)
