"""Fiscal years, quarters, dates and forms that a question asks for. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = (
    re.compile(rf"\b{_MONTH}\s+{_DAY}\s*,?\s*{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s*{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-{_DAY}\b", re.IGNORECASE),
)
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}

ANNUAL, QUARTERLY, CURRENT, EARNINGS = "10-K", "10-Q", "8-K", "earnings release"
_FORMS = (
    (ANNUAL, re.compile(r"\b(?:10-?\s?k|20-?f|40-?f)s?\b|annual\s?reports?\b", re.IGNORECASE)),
    (QUARTERLY, re.compile(r"\b10-?\s?qs?\b|\bquarterly\s+reports?\b", re.IGNORECASE)),
    (CURRENT, re.compile(r"\b(?:8-?\s?k|6-?k)s?\b|\bcurrent\s+reports?\b", re.IGNORECASE)),
    (
        EARNINGS,
        re.compile(r"\bearnings\b(?=\s*(?:press\s+)?(?:release|announcement))|\bpress\s+release", re.IGNORECASE),
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A fiscal year, or one of its quarters.

    Attributes:
        quarter: 1 to 4; 0 for the whole year.
    """

    year: int
    quarter: int = 0

    @property
    def end(self) -> tuple[int, int]:
        """Sorts periods by when they end."""
        return self.year, self.quarter or 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says of time and form.

    Attributes:
        periods: named, in order, each once.
        quarter: named without its year, or 0.
        dates: ISO dates.
        forms: "10-K", "10-Q", "8-K", "earnings release".
        fiscal: whether a period is named as companies name theirs ("FY2022", "Q2 2023").
    """

    periods: tuple[Period, ...] = ()
    quarter: int = 0
    dates: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()
    fiscal: bool = False

    @property
    def latest(self) -> Period | None:
        """The last period to end: the report that covers it has the earlier ones beside it."""
        return max(self.periods, key=lambda period: (period.end, period.quarter), default=None)


def asked(question: str) -> Asked:
    """Read periods, dates and forms out of a question.

    A half year or nine months are taken for the quarter they end with: its report holds them.
    """
    dates = tuple(dict.fromkeys(_dates(question)))
    text = _normal(_without_dates(question))
    found = [Period(int(m[1]), int(m[2] or 0)) for m in re.finditer(r"\bFY((?:19|20)\d\d)(?:Q([1-4]))?\b", text)]
    fiscal = bool(found)
    found = found or [
        Period(int(m[1])) for m in re.finditer(r"(?<![\w.$/,-])((?:19|20)\d\d)(?![\w%]|,\d|\.\d|-\d\d?\b)", text)
    ]
    alone = re.search(r"(?<!\d)\bQ([1-4])\b", text)
    if not found and not alone:
        found = [Period(int(day[:4])) for day in dates]
    return Asked(
        tuple(dict.fromkeys(found)),
        int(alone[1]) if alone else 0,
        dates,
        frozenset(form for form, pattern in _FORMS if pattern.search(question)),
        fiscal or alone is not None,
    )


def _normal(text: str) -> str:
    """The text with every fiscal year as FY2022 and every quarter as FY2022Q3, or Q3 where it has no year."""
    text = re.sub(r"(?<=\d)\s*[–—−]\s*(?=\w)|(?<=\d)-(?=(?:FY|19|20)\d)", " to ", text)
    text = re.sub(
        r"\b(?:FY|CY|fiscal(?:\s+years?)?|financial\s+year)\s*[-'’]?\s*((?:19|20)\d\d)\b", r"FY\1", text, flags=re.I
    )
    text = re.sub(r"\b(?:FY|CY)\s*[-'’]?\s*(\d\d)\b", r"FY20\1", text, flags=re.I)
    text = re.sub(
        r"\b(FY(?:19|20)\d\d)\s*(?:to|through|and|vs\.?|versus|&|,)\s+(?=(?:19|20)\d\d\b)", r"\1 FY", text, flags=re.I
    )
    text = re.sub(r"\b(FY(?:19|20)\d\d)\s*/\s*(?:20)?(\d\d)\b", r"\1 FY20\2", text)
    text = re.sub(r"\b(?:FY)?((?:19|20)\d\d)[\s_-]?Q([1-4])\b", r"FY\1Q\2", text, flags=re.I)
    text = re.sub(r"\b([1-4])Q\s*['’]?(?:20)?(\d\d)\b", r"FY20\2Q\1", text, flags=re.I)
    text = re.sub(rf"\b({'|'.join(_QUARTERS)})[\s-]+(?:fiscal\s+)?quarter\b", _quarter, text, flags=re.I)
    text = re.sub(r"\b(?:quarter|qtr)\s+([1-4])\b", r"Q\1", text, flags=re.I)
    text = re.sub(r"\b(?:H1|1H|first[\s-]+half|six\s+months)\b", "Q2", text, flags=re.I)
    text = re.sub(r"\b(?:H2|2H|second[\s-]+half)\b", "Q4", text, flags=re.I)
    text = re.sub(r"\b(?:nine\s+months|9M)\b", "Q3", text, flags=re.I)
    link = r"\s*(?:,|of|in|for|during|ended|the|-)?\s*(?:the\s+)?['’]?"
    text = re.sub(rf"\bQ([1-4]){link}\s*(?:FY)?((?:19|20)\d\d)\b", r"FY\2Q\1", text, flags=re.I)
    return re.sub(r"\bQ([1-4])\s*['’](\d\d)\b", r"FY20\2Q\1", text, flags=re.I)


def _quarter(match: re.Match[str]) -> str:
    return f"Q{_QUARTERS[match[1].lower()]}"


def _dates(text: str) -> Iterator[str]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            named = parts.get("month")
            month = _MONTHS.index(named[:3].lower()) + 1 if named else int(parts["number"])
            try:
                yield date(int(parts["year"]), month, int(parts["day"])).isoformat()
            except ValueError:
                continue


def _without_dates(text: str) -> str:
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    return text
