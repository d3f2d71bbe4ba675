"""Numbers that a text cites, and the short names it gives to documents of its own rulemaking. Pure.

"Exchange Act Release No. 83062 (Apr. 18, 2018), 83 FR 21574 (“Proposing Release”)" gives a short name. It is
taken to be of the document's own rulemaking when it is bare, has only a date, or is made of words of the
document's own title; "Cross-Border Proposing Release" is another's.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from corpus.pagemap import fold
from ingest.dates import MONTHS
from ingest.releases import ACTS, release_number

CITED = re.compile(
    rf"(?:\b(?P<act>{ACTS})(?:\s+of\s+19\d\d)?,?\s*)?\bReleases?\s+(?:Nos?\.?\s*:?\s*)?"
    r"(?:(?P<series>3[345]|39|IA|IC|BHCA)\s?-\s?)?(?P<number>\d{3,6}[A-Z]?)\b",
    re.IGNORECASE,
)
SEGMENT_CHARS = 300
_REGISTER = re.compile(r"\b(\d{2,3})\s+(?:FR|Fed\.\s?Reg\.)\s+(\d{1,3},\d{3}|\d{3,6})\b")
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
        if role and _made_of(rest, words) and (cited := _cited(segment)):
            target, year = cited
            dated = _YEAR.findall(name)
            bare = not rest and not _DATED.search(name)
            yield ShortName(role, target, int(dated[-1]) if dated else year, bare, titled=bool(rest))


def numbers(text: str) -> Iterator[str]:
    """Release numbers in full form, then citations of the Federal Register ("83 FR 21574"), in order."""
    yield from (number for cited in CITED.finditer(text) if (number := number_of(cited)))
    yield from (_register(found) for found in _REGISTER.finditer(text))


def number_of(cited: re.Match[str]) -> str | None:
    """The full form of a cited release's number, or None where nothing tells its series."""
    if cited["series"]:
        return f"{cited['series']}-{cited['number']}".upper()
    return release_number(cited["act"], cited["number"]) if cited["act"] else None


def year_after(text: str) -> int:
    """The last year that a text names; 0 when it names none."""
    years = _YEAR.findall(text)
    return int(years[-1]) if years else 0


def _cited(segment: str) -> tuple[str, int] | None:
    """The last release (else citation of the Federal Register) in front of a short name, and its year."""
    releases = [(found, number) for found in CITED.finditer(segment) if (number := number_of(found))]
    if releases:
        found, number = releases[-1]
        return number, year_after(segment[found.end() :])
    register = list(_REGISTER.finditer(segment))
    return (_register(register[-1]), year_after(segment)) if register else None


def _register(found: re.Match[str]) -> str:
    return f"{found[1]} FR {found[2].replace(',', '')}"


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
