"""How releases cite one another: number, date, place in the Federal Register and its date. Pure.

"Exchange Act Release No. 50103 (July 28, 2004), 69 FR 48008 (Aug. 6, 2004)" states four facts of a release
that need not be at hand. Numbers over 36,000 can only be of the series 34.
"""

import re
from collections.abc import Iterator
from datetime import date

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
DATE = rf"{_MONTH}\s*\d{{1,2}},?\s+\d{{4}}"
CITATION_DATE = re.compile(rf"\(({DATE})\)")
REGISTER = re.compile(r"\b(\d{2,3})\s+(?:FR|F\.R\.|Fed\.\s?Reg\.)\s+(\d[\d,]*\d)\b")
_SPELLED = re.compile(DATE)
_CITED = re.compile(
    rf"(?:\bRel(?:ease|\.)\s+Nos?\.?\s*|\band\s+)(?:34-)?(?P<number>\d{{5,6}}[A-Z]?)\s*(?:\((?P<issued>{DATE})\))?"
    r"(?:,?\s*\[?(?P<volume>\d{2,3})\s+(?:FR|F\.R\.|Fed\.\s?Reg\.)\s+(?P<page>\d{3,6})"
    rf"(?:,?\s*(?:at\s*)?[\d–-]+(?:\s*n\.\s*\d+)?)*\s*(?:\((?P<published>{DATE})\))?)?"
)
_LEAST = 36_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def as_iso(spelled: str) -> str:
    """Turn "Sept. 6, 1996" into "1996-09-06"; "" for a day that no month has."""
    month, day, year = re.findall(r"[A-Za-z]+|\d+", spelled)
    try:
        return date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day)).isoformat()
    except ValueError:
        return ""


def spelled_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Dates in a text: where each begins and ends, and which it is."""
    for match in _SPELLED.finditer(text):
        yield match.start(), match.end(), as_iso(match[0])


def citations(text: str) -> Iterator[tuple[str, str, str]]:
    """(release number, "issued", "published" or "federal_register", value) for all that is said of each release."""
    for match in _CITED.finditer(text):
        if int(match["number"].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) < _LEAST:
            continue
        release = f"34-{match['number']}"
        for name in ("issued", "published"):
            if match[name]:
                yield release, name, as_iso(match[name])
        if match["volume"]:
            yield release, "federal_register", f"{match['volume']} FR {match['page']}"


def year_of_volume(citation: str) -> int:
    """The year of a volume of the Federal Register: the first is of 1936."""
    return int(citation.split()[0]) + 1935
