"""References within a document: "see Section II.A.2 above", "supra note 12". Pure.

What belongs to another document ("Proposing Release at note 12", "section II of the
Proposing Release") is a reference that points nowhere here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.grammar import BLANK
from corpus.records import Section
from corpus.structure import Footnote, Reference, ReferenceKind

_NUMBER = r"[IVXL]{1,6}(?:\.(?:[A-Z]|\d{1,2}|[ivx]{1,4}|[a-z])(?![\w]))*(?:\.?\((?:[a-z]{1,4}|\d{1,2})\))*(?!\w)"
_JOINT = r"(?:\.?,\s*(?:and\s+|or\s+|&\s*)?|\.?\s+(?:and|or|through|to|&)\s+|-)"
_SECTION = re.compile(rf"\b(?P<word>[Ss]ections?|SECTIONS?|[Pp]arts?){BLANK}(?P<numbers>{_NUMBER}(?:{_JOINT}{_NUMBER})*)")
_HERE_BEFORE = re.compile(r"\b(?:supra|infra|above|below),?\s+(?:(?:at|in|the|text|discussion|accompanying)\s+)*$", re.IGNORECASE)
_HERE_AFTER = re.compile(
    r"\.?,?\s*\(?(?:(?:immediately|of the discussion)\s+)?(?:supra|infra|above|below)\b"
    r"|\.?\s+(?:of|in|to)\s+this\s+(?:[\w-]+\s+)?(?:[Rr]elease|[Nn]otice|[Pp]roposal|[Oo]rder|[Ss]upplementary|SUPPLEMENTARY|[Ss]tatement"
    r"|[Aa]dopting|[Pp]roposing|[Ii]nterpretation|[Dd]ocument|[Pp]reamble)",
)
_ELSEWHERE_BEFORE = re.compile(
    r"(?:\b[A-Z][\w’'&-]*[.:]?,?(?:\s+supra\s+(?:note|footnote|n\.)\s*\d*,?)?(?:\s+at)?|\b[Ii]d\.,?(?:\s+at)?)\s+$"
)
_RELEASE_BEFORE = re.compile(r"\b(?:Release|Proposal),?\s+(?:at\s+)?$")
_RELEASE_AFTER = re.compile(r"\.?,?\s+(?:of|in|to)\s+(?:the\s+)?(?:[\w.-]+\s+){0,5}?(?:Release|Proposal)\b")
_SIGNAL_BEFORE = re.compile(r"(?:\b(?:See|Also|In|The|As|And|Under|Supra|Infra|Cf\.|Generally|E\.g\.|Both|Compare),?\s+)$")
_TOLD_BEFORE = re.compile(
    r"\b(?:[Ss]ee(?:\s+also)?|[Dd]iscuss\w*|[Dd]escri\w+|noted|outlined|[Ee]xplain\w*|[Aa]ddress\w*|[Dd]etail\w*|set\s+forth)"
    r"(?:\s+\w+){0,4}\s+$"
)
_ELSEWHERE_AFTER = re.compile(r"\.?,?\s+(?:of|in|to|on|under)\s+(?:the|our|an?|its|that|each|their|both|proposed|new|[A-Z])\b")
_FORM_AFTER = re.compile(
    r"\.?,?\s+(?:of|in|to|on)\s+(?:(?:the|a|an|its|their|proposed|new|amended|current)\s+)*(?:[\w-]+\s+)?(?:Forms?|Schedules?|FOCUS|Act)\b"
)
_NOTE = re.compile(
    rf"\b(?P<word>[Nn]otes?|[Ff]ootnotes?|(?:nn?|fn|FN)\.){BLANK}?(?P<numbers>\d{{1,4}}(?:-\d{{1,4}})?"
    r"(?:(?:,\s*(?:and\s+|or\s+|&\s*)?|\s+(?:and|or|&)\s+)\d{1,4}(?:-\d{1,4})?(?!\w|[.,]\d|\s+(?:CFR|U\.S\.C|FR)\b))*)(?![\w%]|[.,]\d|\()"
)
_NOTE_HERE_BEFORE = re.compile(r"\b(?:supra|infra|above|below),?\s+(?:(?:at|in|the|text|discussion|accompanying|and)\s+)*$", re.IGNORECASE)
_NOTE_HERE_AFTER = re.compile(r",?\s*\(?(?:and\s+(?:its\s+|the\s+)?accompanying\s+text,?\s+)?(?:supra|infra|above|below)\b", re.IGNORECASE)
_NOTE_ELSEWHERE_BEFORE = re.compile(
    r"(?P<word>\b[A-Za-z][\w’'&.)-]*|[”\"\])]),?\s+(?:(?P<at>at)\s+)?(?:(?:the\s+)?(?:text|discussion)\s+(?:at|in|\w+ing)\s+)?$"
)
_PAGE_AND = re.compile(r"\bat\s+[\d,\s-]+(?:and|&)\s+$")  # "AFR Letter at 7-8 and note 28"
_SIGNALS = frozenset("see also in the as and or with under from generally compare e.g. i.e. cf. both but of by to accord".split())
_NOTE_ELSEWHERE_AFTER = re.compile(r",?\s+(?:of|to|in)\s+(?:the|our|an?|its|that|each|their|[A-Z]|paragraph|financial)")
_LEGEND = re.compile(r"\s+to\s+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A printed number, and whether it means this document (None: the words do not tell)."""

    start: int
    end: int
    target: str
    here: bool | None


def find_section_references(text: str, sections: Sequence[Section]) -> Iterator[Reference]:
    """References to numbered sections; those of this document point to where the section begins."""
    starts: dict[str, set[int]] = defaultdict(set)
    for section in sections:
        if section.number and not section.number.startswith("§"):
            starts[section.path.split(" › ")[0]].add(section.start)
    for match in _SECTION.finditer(text):
        before, after = text[max(match.start() - 50, 0) : match.start()], text[match.end() : match.end() + 60]
        here = _section_here(before, after)
        of_release = _RELEASE_BEFORE.search(before) or _RELEASE_AFTER.match(after)
        if match["word"].lower().startswith("part") and not here and not of_release:
            continue  # "Part II of Form 10-K", "FOCUS Report Part II": no section of a release
        if _FORM_AFTER.match(after):
            continue
        for start, end, number in _numbers(match, _NUMBER):
            mine = here or (here is None and ("." in number or _TOLD_BEFORE.search(before) is not None))
            found = starts.get(number, set()) if mine else set()
            points_to = next(iter(found)) if len(found) == 1 else None
            yield Reference(ReferenceKind.SECTION, start, end, number, points_to)


def _section_here(before: str, after: str) -> bool | None:
    if _HERE_BEFORE.search(before) or _HERE_AFTER.match(after):
        return True
    if _ELSEWHERE_AFTER.match(after) or (_ELSEWHERE_BEFORE.search(before) and not _SIGNAL_BEFORE.search(before)):
        return False
    return None


def _numbers(match: re.Match[str], number: str) -> Iterator[tuple[int, int, str]]:
    """Each number of the match: its span, the first one's with the word before it, and the number made plain."""
    start, shift = match.start(), match.start("numbers")
    for found in re.finditer(number, match["numbers"]):
        plain = re.sub(r"[()]+", ".", found[0]).strip(".").replace("..", ".")
        yield start if start == match.start() else shift + found.start(), shift + found.end(), plain
        start = -1


def find_note_references(text: str, footnotes: Sequence[Footnote]) -> Iterator[Reference]:
    """References to footnotes; those of this document point to where the note begins."""
    starts: dict[str, list[int]] = defaultdict(list)
    for note in footnotes:
        starts[note.number].append(note.start)
    for match in _NOTE.finditer(text):
        before, after = text[max(match.start() - 60, 0) : match.start()], text[match.end() : match.end() + 50]
        here = _note_here(match["word"], before, after)
        if here is None:
            continue
        for start, end, number in _numbers(match, r"\d+(?:-\d+)?"):
            found = starts.get(number.partition("-")[0], []) if here else []
            points_to = found[0] if len(found) == 1 else None
            yield Reference(ReferenceKind.FOOTNOTE, start, end, number, points_to)


def _note_here(word: str, before: str, after: str) -> bool | None:
    """Whether a note is this document's; None when it is no footnote of a release at all."""
    if _LEGEND.match(after) and not _NOTE_HERE_BEFORE.search(before):
        return None  # "Note 1 to paragraph (a)"
    if _NOTE_HERE_BEFORE.search(before) or _NOTE_HERE_AFTER.match(after):
        return True
    if re.search(r"\d,?\s*(?:&\s*)?$", before):
        return None  # "641 n.3": a note of a court's opinion
    if "." in word:
        return re.search(r"\b[Ss]ee\s+(?:also\s+)?$", before) is not None
    if _PAGE_AND.search(before) or (word[0] == "N" and not before.rstrip().endswith("See")):
        return False
    owner = _NOTE_ELSEWHERE_BEFORE.search(before)
    owned = owner is not None and (owner["at"] is not None or owner["word"].lower() not in _SIGNALS)
    return not owned and not _NOTE_ELSEWHERE_AFTER.match(after)
