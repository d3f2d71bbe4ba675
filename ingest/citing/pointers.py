"""References within a document: "see Section II.A.2 above", "supra note 12". Pure.

What belongs to another document ("Proposing Release at note 12", "section II of the
Proposing Release") is a reference that points nowhere here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.grammar import BLANK
from corpus.records import Section
from corpus.structure import Footnote, Reference, ReferenceKind

_BEFORE_CHARS, _AFTER_CHARS = 60, 60
_HERE = r"(?:supra|infra|above|below)"
_HERE_BEFORE = re.compile(rf"\b{_HERE},?\s+(?:(?:at|in|the|text|discussion|accompanying|and)\s+)*$", re.IGNORECASE)

_SECTION_NUMBER = (
    r"[IVXL]{1,6}(?:\.(?:[A-Z]|\d{1,2}|[ivx]{1,4}|[a-z])(?!\w))*(?:\.?\((?:[a-z]{1,4}|[A-Z]|\d{1,2})\))*(?!\w)"
)
_JOINT = r"(?:\.?,\s*(?:and\s+|or\s+|&\s*)?|\.?\s+(?:and|or|through|to|&)\s+|-)"
_SECTION = re.compile(
    rf"\b(?P<word>[Ss]ections?|SECTIONS?|[Pp]arts?){BLANK}(?P<numbers>{_SECTION_NUMBER}(?:{_JOINT}{_SECTION_NUMBER})*)"
)
_SECTION_HERE_AFTER = re.compile(
    rf"\.?,?\s*\(?(?:(?:immediately|of the discussion)\s+)?{_HERE}\b"
    r"|\.?\s+(?:of|in|to)\s+this\s+(?:[\w-]+\s+)?(?:release|notice|proposal|order|supplementary|statement|adopting|proposing"
    r"|interpretation|document|preamble)",
    re.IGNORECASE,
)
_OWNER_BEFORE = re.compile(
    r"(?:\b[A-Z][\w’'&-]*[.:]?,?(?:\s+supra\s+(?:note|footnote|n\.)\s*\d*,?)?(?:\s+at)?|\b[Ii]d\.,?(?:\s+at)?)\s+$"
)
_SIGNAL_BEFORE = re.compile(r"\b(?:See|Also|In|The|As|And|Under|Supra|Infra|Cf\.|Generally|E\.g\.|Both|Compare),?\s+$")
_TOLD_BEFORE = re.compile(
    r"\b(?:see(?:\s+also)?|discuss\w*|descri\w+|noted|outlined|explain\w*|address\w*|detail\w*|set\s+forth)"
    r"(?:\s+\w+){0,4}\s+$",
    re.IGNORECASE,
)
_OWNER_AFTER = re.compile(
    r"\.?,?\s+(?:of|in|to|on|under)\s+(?:the|our|an?|its|that|each|their|both|proposed|new|[A-Z])\b"
)
_FORM_AFTER = re.compile(
    r"\.?,?\s+(?:of|in|to|on)\s+(?:(?:the|a|an|its|their|proposed|new|amended|current)\s+)*(?:[\w-]+\s+)?"
    r"(?:Forms?|Schedules?|FOCUS|Act)\b"
)
_RELEASE_BEFORE = re.compile(r"\b(?:Release|Proposal),?\s+(?:at\s+)?$")
_RELEASE_AFTER = re.compile(r"\.?,?\s+(?:of|in|to)\s+(?:the\s+)?(?:[\w.-]+\s+){0,5}?(?:Release|Proposal)\b")

_NOTE_NUMBER = r"\d{1,4}(?:-\d{1,4})?"
_NOTE = re.compile(
    rf"\b(?P<word>[Nn]otes?|[Ff]ootnotes?|(?:nn?|fn|FN)\.){BLANK}?(?P<numbers>{_NOTE_NUMBER}"
    rf"(?:(?:,\s*(?:and\s+|or\s+|&\s*)?|\s+(?:and|or|&)\s+){_NOTE_NUMBER}(?!\w|[.,]\d|\s+(?:CFR|U\.S\.C|FR)\b))*)"
    r"(?![\w%]|[.,]\d|\()"
)
_NOTE_HERE_AFTER = re.compile(rf",?\s*\(?(?:and\s+(?:its\s+|the\s+)?accompanying\s+text,?\s+)?{_HERE}\b", re.IGNORECASE)
_NOTE_OWNER_BEFORE = re.compile(
    r"(?P<word>\b[A-Za-z][\w’'&.)-]*|[”\"\])]),?\s+(?:(?P<at>at)\s+)?"
    r"(?:(?:the\s+)?(?:text|discussion)\s+(?:at|in|\w+ing)\s+)?$"
)
_NO_OWNERS = frozenset((
    "see", "also", "in", "the", "as", "and", "or", "with", "under", "from", "generally", "compare", "e.g.", "i.e.",
    "cf.", "both", "but", "of", "by", "to", "accord",
))  # fmt: skip
_NOTE_OWNER_AFTER = re.compile(r",?\s+(?:of|to|in)\s+(?:the|our|an?|its|that|each|their|[A-Z]|paragraph|financial)")
_LEGEND_AFTER = re.compile(r"\s+to\s+")
_PAGE_BEFORE = re.compile(r"\d,?\s*(?:&\s*)?$")
_PAGES_AND = re.compile(r"\bat\s+[\d,\s-]+(?:and|&)\s+$")
_SEE_BEFORE = re.compile(r"\b[Ss]ee\s+(?:also\s+)?$")


def find_section_references(text: str, sections: Sequence[Section]) -> Iterator[Reference]:
    """References to numbered sections; those of this document point to where the section begins."""
    starts: dict[str, set[int]] = defaultdict(set)
    for section in sections:
        if section.number and not section.number.startswith("§"):
            starts[section.path.split(" › ")[0]].add(section.start)
    for match in _SECTION.finditer(text):
        before, after = _around(text, match)
        here = _section_is_here(before, after)
        if _FORM_AFTER.match(after) or not (here or _names_section(match["word"], before, after)):
            continue
        for start, end, number in _numbers(match, _SECTION_NUMBER):
            sure = here or (here is None and ("." in number or _TOLD_BEFORE.search(before) is not None))
            found = starts.get(number, set()) if sure else set()
            points_to = next(iter(found)) if len(found) == 1 else None
            yield Reference(ReferenceKind.SECTION, start, end, number, points_to)


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    return text[max(match.start() - _BEFORE_CHARS, 0) : match.start()], text[match.end() : match.end() + _AFTER_CHARS]


def _section_is_here(before: str, after: str) -> bool | None:
    """Whether the words say that a section is of this document (True) or of another (False)."""
    if _HERE_BEFORE.search(before) or _SECTION_HERE_AFTER.match(after):
        return True
    owned = _OWNER_BEFORE.search(before) and not _SIGNAL_BEFORE.search(before)
    return False if owned or _OWNER_AFTER.match(after) else None


def _names_section(word: str, before: str, after: str) -> bool:
    """A "Part" is a section only when a release is named beside it; "FOCUS Report Part II" is none."""
    is_part = word.lower().startswith("part")
    return not is_part or bool(_RELEASE_BEFORE.search(before) or _RELEASE_AFTER.match(after))


def _numbers(match: re.Match[str], number: str) -> Iterator[tuple[int, int, str]]:
    """Each number of an enumeration: its span, the first one's with the word before it, and the number made plain."""
    shift = match.start("numbers")
    for position, found in enumerate(re.finditer(number, match["numbers"])):
        start = match.start() if position == 0 else shift + found.start()
        yield start, shift + found.end(), re.sub(r"[.()]+", ".", found[0]).strip(".")


def find_note_references(text: str, footnotes: Sequence[Footnote]) -> Iterator[Reference]:
    """References to footnotes; those of this document point to where the note begins."""
    starts: dict[str, list[int]] = defaultdict(list)
    for note in footnotes:
        starts[note.number].append(note.start)
    for match in _NOTE.finditer(text):
        before, after = _around(text, match)
        if _is_no_footnote(before, after):
            continue
        here = _note_is_here(match["word"], before, after)
        if match["word"][0] == "N" and not (here and match["numbers"].partition("-")[0] in starts):
            continue  # "Note 16" of a company's report: a note to its financial statements
        for start, end, number in _numbers(match, _NOTE_NUMBER):
            found = starts.get(number.partition("-")[0], []) if here else []
            yield Reference(ReferenceKind.FOOTNOTE, start, end, number, found[0] if len(found) == 1 else None)


def _is_no_footnote(before: str, after: str) -> bool:
    """Whether it is another kind of note: "Note 1 to paragraph (a)" is a rule's, and "641 n.3" a court's."""
    if _HERE_BEFORE.search(before):
        return False
    return bool(_LEGEND_AFTER.match(after) or (_PAGE_BEFORE.search(before) and not _NOTE_HERE_AFTER.match(after)))


def _note_is_here(word: str, before: str, after: str) -> bool:
    """Whether a note is this document's."""
    if _HERE_BEFORE.search(before) or _NOTE_HERE_AFTER.match(after):
        return True
    if "." in word or word[0] == "N":
        return _SEE_BEFORE.search(before) is not None
    owner = _NOTE_OWNER_BEFORE.search(before)
    owned = owner is not None and (owner["at"] is not None or owner["word"].lower() not in _NO_OWNERS)
    return not (owned or _PAGES_AND.search(before) or _NOTE_OWNER_AFTER.match(after))
