"""The places that a question names exactly: rules, sections of law, footnotes, pages, sections of a document. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.grammar import LABEL, plain, squeezed
from corpus.references import find_mentions
from corpus.rulebook import part_of, regulation_name
from corpus.structure import ReferenceKind


class PlaceKind(StrEnum):
    """What a place is."""

    RULE = "rule"
    STATUTE = "statute"
    FOOTNOTE = "footnote"
    PAGE = "page"
    SECTION = "section"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place as a question names it.

    Attributes:
        start: offset in the question; ``end`` is one past its last character.
        number: "611" of a rule, "157" of a footnote, "II.A.2" of a section, "iv" of a page.
        paragraphs: "(a)(1)" of a rule or a section of an Act, or "".
        book: "Regulation NMS", "Exchange Act", "15 U.S.C.", or "" where the words do not say.
        part: of 17 CFR, where it is sure: "242"; else "".
        words: as the question words it.
    """

    kind: PlaceKind
    start: int
    end: int
    number: str
    paragraphs: str = ""
    book: str = ""
    part: str = ""
    words: str = ""


_NUMBER_WORD = r"\s*(?:(?:no|nos|number|numbers)\b\.?\s*|#\s*)?"
_FOOTNOTE = re.compile(rf"\b(?:foot-?\s?notes?|notes?|fns?\.?|nn?\.){_NUMBER_WORD}(?=\d)", re.IGNORECASE)
_PAGE = re.compile(rf"\b(?:pages?|pp?\.|pgs?\.?){_NUMBER_WORD}(?=\d|[ivxl]+\b|[A-F]-\d)", re.IGNORECASE)
_QUESTION = re.compile(
    rf"\b(?:questions?|requests?\s+for\s+comments?(?:\s+questions?)?){_NUMBER_WORD}(?=\d)", re.IGNORECASE
)
_COUNT = re.compile(r"\d{1,5}\b(?![.,]\d|%|\s*(?:days?|years?|months?|percent|million|billion)\b)")
_PAGE_NAME = re.compile(r"\d{1,6}\b(?![.,]\d|%)|[ivxl]+\b|[A-F]-\d{1,3}\b", re.IGNORECASE)
_THEN = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+)?|\s(?:and|or|through|to)\s+|&\s*|-\s*)(?=\w)")
_OUTLINE = re.compile(r"\b(?:[Ss]ub)?(?:[Ss]ections?|[Ss]ec\.|SECTIONS?|[Pp]arts?|PARTS?|[Cc]hapters?)\s+(?=[IVXL])")
_STEP = r"(?:[A-Za-z]|\d{1,2}|[ivx]{2,5})"
_OUTLINE_NUMBER = re.compile(
    rf"[IVXL]{{1,6}}(?:\.?\({_STEP}\)|\.{_STEP}(?![\w-]))*(?![\w-])(?!(?<=\sI)\s+(?!of\b|in\b|and\b|from\b)[a-z])"
)
_BARE = re.compile(rf"(?<![\w.§-])(?<!\()(?P<number>\d{{2,4}}[A-Z]?)(?P<paragraphs>(?:{LABEL})+)")
_COUNTED = (
    (PlaceKind.SECTION, _OUTLINE, _OUTLINE_NUMBER),
    (PlaceKind.FOOTNOTE, _FOOTNOTE, _COUNT),
    (PlaceKind.PAGE, _PAGE, _PAGE_NAME),
    (PlaceKind.QUESTION, _QUESTION, _COUNT),
)
_STATUTES = {ReferenceKind.STATUTE: PlaceKind.STATUTE, ReferenceKind.USC: PlaceKind.STATUTE}
_REGULATION = re.compile(r"\b[Rr]eg\.?\s+(?=(?:[A-Z][A-Z\w-]*|best interest)\b)")


def spelled_out(question: str) -> str:
    """A question with "Reg NMS" as "Regulation NMS" and "Reg BI" as "Regulation Best Interest"."""
    text = _REGULATION.sub("Regulation ", question)
    return re.sub(r"\bRegulation (BI|best interest)\b", lambda m: regulation_name(m[1]), text, flags=re.IGNORECASE)


def places(question: str) -> tuple[PlaceName, ...]:
    """Every place that a question names exactly, in order; none lies within another."""
    text = plain(question)
    taken: list[PlaceName] = []
    for place in (*_law(text), *_counted(text), *_bare(text)):
        if all(place.end <= other.start or other.end <= place.start for other in taken):
            taken.append(replace(place, words=question[place.start : place.end].strip()))
    return tuple(sorted(taken, key=lambda place: place.start))


def _law(text: str) -> Iterator[PlaceName]:
    for mention in find_mentions(text):
        if mention.kind is ReferenceKind.CFR and "." in mention.number and mention.book == "17 CFR":
            part, _, number = mention.number.partition(".")
            yield PlaceName(PlaceKind.RULE, mention.start, mention.end, number, mention.paragraphs, mention.book, part)
        elif mention.kind is ReferenceKind.CFR and "." in mention.number:
            yield PlaceName(
                PlaceKind.RULE, mention.start, mention.end, mention.number, mention.paragraphs, mention.book
            )
        elif mention.kind is ReferenceKind.RULE and mention.number:
            sure = part_of(mention.number, mention.book)
            part = str(sure) if sure else ""
            yield PlaceName(
                PlaceKind.RULE, mention.start, mention.end, mention.number, mention.paragraphs, mention.book, part
            )
        elif mention.kind in _STATUTES:
            yield PlaceName(
                PlaceKind.STATUTE, mention.start, mention.end, mention.number, mention.paragraphs, mention.book
            )


def _counted(text: str) -> Iterator[PlaceName]:
    """What is counted through a document; each of "footnotes 3, 5 and 7" and of "Sections II.A and III(B)"."""
    for kind, lead, number in _COUNTED:
        for match in lead.finditer(text):
            start, found = match.start(), number.match(text, match.end())
            while found:
                printed = found[0]
                if kind is PlaceKind.SECTION:
                    printed = ".".join(re.findall(r"\w+", printed))
                yield PlaceName(kind, start, found.end(), printed)
                joint = _THEN.match(text, found.end())
                start = joint.end() if joint else found.end()
                found = number.match(text, start) if joint else None


def _bare(text: str) -> Iterator[PlaceName]:
    """A number with paragraphs and no word that says what it is: "611(b)(8)"."""
    for match in _BARE.finditer(text):
        number = match["number"]
        sure = part_of(number, "")
        part = str(sure) if sure else ""
        yield PlaceName(PlaceKind.RULE, match.start(), match.end(), number, squeezed(match["paragraphs"]), "", part)
