"""Numbers that a text cites, and the short names it gives to documents of its own rulemaking. Pure.

"Exchange Act Release No. 83062 (Apr. 18, 2018), 83 FR 21574 (“Proposing Release”)" gives a short name. It is
taken to be of the document's own rulemaking when it is bare, has only a date, or is made of words of the
document's own title; "Cross-Border Proposing Release" is another's.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from corpus.filingcites import find_filings
from corpus.grammar import plain
from corpus.pagemap import fold
from corpus.structure import ReferenceKind
from ingest.facts.dates import MONTHS

SEGMENT_CHARS = 300
_REGISTER = ReferenceKind.FEDERAL_REGISTER
_JOINED = re.compile(r"\s*(?:[;,/]|\band\b|&)?\s*")
_NOT_OURS = ("", "IS")  # series that is not told, and the second count that international releases carry
_NAMED = re.compile(
    r"[(\[]\s*(?:hereinafter,?\s+|collectively,?\s+|together,?\s+|the\s+|our\s+)*"
    r"[“\"‘]\s*([^”\"’()]{4,80}?)[.,]?\s*[”\"’](?:\s+(?:or|and)\s+[“\"‘][^”\"’()]{4,80}[”\"’])?\s*[)\]]"
)
_DATED = re.compile(rf"\b(?:{MONTHS})\b(?:\s+\d{{1,2}},?)?|\b(?:19|20)\d\d\b|^the\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ROLES = {
    "proposal": r"(?:re-?)?propos(?:ing\s+releases?|als?|ed\s+(?:rules?|amendments?)(?:\s+release)?)$",
    "adoption": r"(?:adopting\s+releases?|final\s+(?:rules?|amendments?)(?:\s+release)?)$",
    "concept": r"concept\s+release$",
}
_SEVERAL = re.compile(r";|(?:Commission|System|Corporation|Treasury)\W+and\s")
_LINKING = frozenset({"and", "of", "the"})


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name of the document's own rulemaking.

    Attributes:
        role: what it names: a "proposal", an "adoption" or a "concept" release.
        target: number of that document.
        year: in the name, else of the document as cited; 0 when neither tells it.
        bare: it is neither dated nor made of words of the title.
        titled: it is made of words of the title.
    """

    role: str
    target: str
    year: int
    bare: bool
    titled: bool


def short_names(text: str, title: str, agency: str) -> Iterator[ShortName]:
    """Every short name of the document's own rulemaking, where it is given.

    Args:
        text: with “ and ” for every pair of quotation marks.
        title: of which it may be made, by words or initials.
        agency: of a document of several agencies, "Joint Proposal" is its own.
    """
    words = _words(title) | ({"joint"} if _SEVERAL.search(agency) else set())
    previous = 0
    for match in _NAMED.finditer(text):
        segment = text[max(previous, match.start() - SEGMENT_CHARS) : match.start()]
        previous = match.end()
        name = fold(match[1])
        role, rest = _role(name)
        if role and _made_of(rest, words) and (cited := _last_cited(segment)):
            target, year = cited
            dated = _YEAR.findall(name)
            bare = not rest and not _DATED.search(name)
            yield ShortName(role, target, int(dated[-1]) if dated else year, bare, titled=bool(rest))


@dataclass(frozen=True, slots=True)
class Cited:
    """A release or a page of the Federal Register that a text cites: ``text[start:end]`` names ``number``."""

    start: int
    end: int
    number: str


def cited_releases(text: str, start: int = 0, end: int | None = None) -> list[Cited]:
    """Releases in order, each by its full number; one with several is cited by the first of them."""
    found: list[Cited] = []
    for cited in sorted(_cited(text[start:end], ReferenceKind.RELEASE, "-", start), key=lambda cited: cited.start):
        if found and cited.start < found[-1].end:
            continue  # the bare number within the citation
        if found and _JOINED.fullmatch(text, found[-1].end, cited.start):
            found[-1] = replace(found[-1], end=cited.end)
        else:
            found.append(cited)
    return found


def numbers(text: str) -> Iterator[str]:
    """Release numbers in full form, then citations of the Federal Register ("83 FR 21574"), in order."""
    yield from (cited.number for cited in (*cited_releases(text), *_cited(text, _REGISTER, " ")))


def _cited(text: str, kind: ReferenceKind, joint: str, shift: int = 0) -> Iterator[Cited]:
    for mention in find_filings(plain(text)):
        if mention.kind is kind and mention.named and mention.book not in _NOT_OURS:
            number = f"{mention.book}{joint}{mention.number}".upper()
            yield Cited(mention.start + shift, mention.end + shift, number)


def year_after(text: str) -> int:
    """The last year that a text names; 0 when it names none."""
    years = _YEAR.findall(text)
    return int(years[-1]) if years else 0


def _last_cited(segment: str) -> tuple[str, int] | None:
    """The last release (else citation of the Federal Register) in front of a short name, and its year."""
    releases = cited_releases(segment)
    if releases:
        return releases[-1].number, year_after(segment[releases[-1].end :])
    register = list(_cited(segment, _REGISTER, " "))
    return (register[-1].number, year_after(segment)) if register else None


def _role(name: str) -> tuple[str, str]:
    """What a short name names, and the words before that, without dates."""
    for role, pattern in _ROLES.items():
        if found := re.search(pattern, name, re.IGNORECASE):
            return role, _DATED.sub(" ", name[: found.start()]).strip()
    return "", name


def _words(title: str) -> set[str]:
    """Words of a title in small letters, and the initials of every two to five words in a row ("ETF")."""
    words = re.findall(r"[A-Za-z][A-Za-z’']*", title)
    initials = {"".join(w[0] for w in words[i : i + n]).lower() for n in range(2, 6) for i in range(len(words) - n + 1)}
    return {word.lower() for word in (*words, *re.findall(r"[\w-]+", title))} | initials


def _made_of(rest: str, words: Set[str]) -> bool:
    return all(word in words or word in _LINKING for word in re.findall(r"[\w-]+", rest.lower()))
