"""What a company's report covers: fiscal years, quarters, form; and how well that fits what is asked. Pure.

A fiscal year is called by the calendar year in which it ends. One that ends in January or
February is also called by the year before; one that ends in the first ten days of a month
belongs to the month before it (years of 52 or 53 weeks).
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from corpus.records import Document
from rag.fiscal import ANNUAL, CURRENT, EARNINGS, QUARTERLY, Asked, Period

_STEM = re.compile(
    r"(?:^|[^0-9a-z])(?:fy)?(?P<year>(?:19|20)\d\d)(?:[-_ ]?q(?P<quarter>[1-4]))?(?![0-9])", re.IGNORECASE
)
_STEM_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")
_STEM_FORMS = (
    (ANNUAL, re.compile(r"10-?k|20-?f|annual", re.IGNORECASE)),
    (QUARTERLY, re.compile(r"10-?q(?![a-z])", re.IGNORECASE)),
    (CURRENT, re.compile(r"8-?k", re.IGNORECASE)),
    (EARNINGS, re.compile(r"earnings|press[-_ ]?release|results", re.IGNORECASE)),
)
_CLOSE_DAYS = 10
_LATE_DAYS = 14  # within which an event is reported
_SOME_EVENT = 0.7  # fit of an event's report, of which the year alone is known
_ANOTHER_DAY = 0.7  # the most of a report of the right year when a day is named


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one report is about.

    Attributes:
        form: "10-K", "10-Q", "8-K", "earnings release", or "".
        periods: fiscal years and quarters it reports on, each with how surely it is called so, 0 to 1.
        ends: ISO date its period ends, or "".
        issued: ISO date of the report itself, or "".
    """

    form: str
    periods: Mapping[Period, float]
    ends: str
    issued: str

    @property
    def order(self) -> tuple[int, int]:
        """Sorts reports by when their period ends."""
        return max((period.end for period in self.periods), default=(0, 0))


def coverages(reports: Sequence[Document]) -> dict[str, Coverage]:
    """What each report of one company covers, by id; its annual reports say when its fiscal years end."""
    closing = next((month for d in reports if (month := _closing_month(d))), 12)
    return {d.id: _coverage(d, closing) for d in reports}


def _closing_month(document: Document) -> int | None:
    """The month in which fiscal years end, as an annual report or a quarter in a file's name tells it."""
    ended = _period_end(document)
    if ended is None or _is_annual(document):
        return ended.month if ended else None
    named = _STEM.search(_STEM_DAY.sub("", Path(document.source).stem))
    return (ended.month - 3 * int(named["quarter"]) - 1) % 12 + 1 if named and named["quarter"] else None


def _is_annual(document: Document) -> bool:
    return (document.fiscal_period or "").startswith("fiscal year")


def _coverage(document: Document, closing_month: int) -> Coverage:
    stem = Path(document.source).stem
    periods: dict[Period, float] = {}
    form = _form(document, stem)
    if named := _STEM.search(_STEM_DAY.sub("", stem)):
        periods[Period(int(named["year"]), int(named["quarter"] or 0))] = 1.0
    ended = _period_end(document)
    if ended:
        year = ended.year + (ended.month > closing_month)
        quarter = 0 if _is_annual(document) else ((ended.month - closing_month - 1) % 12) // 3 + 1
        early = closing_month <= 2
        for called, sure in ((year, 1.0), (year - 1, 0.7)) if early else ((year, 1.0),):
            periods.setdefault(Period(called, quarter), sure)
    if form == EARNINGS:
        periods |= {
            Period(p.year): sure for p, sure in periods.items() if p.quarter == 4 and Period(p.year) not in periods
        }
    issued = document.issued or _stem_day(stem)
    if issued and not periods:
        periods[Period(int(issued[:4]))] = 1.0
    return Coverage(form, periods, (document.fiscal_period or "")[-10:], issued)


def _stem_day(stem: str) -> str:
    """The ISO date in a file's name, or "" where there is none."""
    for year, month, day in _STEM_DAY.findall(stem):
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _form(document: Document, stem: str) -> str:
    stated = (document.form or "").upper()
    if not stated and "earnings release" in document.title.lower():
        return EARNINGS
    known = next((form for form in (ANNUAL, QUARTERLY, CURRENT) if stated.startswith(form)), stated)
    named = next((form for form, pattern in _STEM_FORMS if pattern.search(stem)), "")
    return EARNINGS if known == CURRENT and named == EARNINGS else known or named


def _period_end(document: Document) -> date | None:
    """Last day of the period, moved back by the days a year of whole weeks may run over."""
    ended = re.search(r"\d{4}-\d\d-\d\d$", document.fiscal_period or "")
    return date.fromisoformat(ended[0]) - timedelta(days=_CLOSE_DAYS) if ended else None


def fit(coverage: Coverage, asked: Asked) -> float:
    """How well a report fits what a question asks for, 0 to 1; of a question that asks for no period, 0.5.

    The report of the period comes first. A later one that has the period beside its own
    figures follows: one year on, two years on (income and cash flows only); then reports
    of a part of the year.
    """
    if asked.dates and (exact := _on_a_date(coverage, asked.dates)):
        return exact
    wanted = asked.latest
    if wanted is None:
        return (
            max((0.9 for period in coverage.periods if period.quarter == asked.quarter), default=0.2)
            if asked.quarter
            else 0.5
        )
    near = max((sure * _near(period, wanted, coverage.form) for period, sure in coverage.periods.items()), default=0.05)
    return min(near, _ANOTHER_DAY) if asked.dates else near


def _on_a_date(coverage: Coverage, dates: Collection[str]) -> float:
    if coverage.ends in dates:
        return 0.95
    if not coverage.issued:
        return 0.0
    late = min(_days_late(coverage.issued, dates))
    if late == 0:
        return 1.0
    return 0.9 if late <= _LATE_DAYS and coverage.form in (CURRENT, EARNINGS) else 0.0


def _days_late(issued: str, dates: Collection[str]) -> Iterator[float]:
    """How many days after each date; never, for one that comes later."""
    for day in dates:
        days = (date.fromisoformat(issued) - date.fromisoformat(day)).days
        yield days if days >= 0 else math.inf


def _near(held: Period, wanted: Period, form: str) -> float:
    if form == CURRENT and held.year == wanted.year:
        return _SOME_EVENT
    if held == wanted:
        return 1.0
    if held.year == wanted.year:
        if wanted.quarter == 4 and not held.quarter:
            return 0.9
        if not wanted.quarter:
            return 0.35
        return 0.4 if not held.quarter else 0.3 if held.quarter > wanted.quarter else 0.1
    later = held.year - wanted.year
    if later == 1:
        return 0.5 if held.quarter == wanted.quarter else 0.25
    return 0.3 if later == 2 and not held.quarter and not wanted.quarter else 0.05
