"""Which company's reports a question is about, and which of them: company, period, form. Pure.

The names a company goes by are in ``companynames.py``, what a report covers in ``reported.py``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.library import OUR_WRITING
from corpus.records import Document, Kind
from rag.companynames import Company, companies_of, named_as_report, named_in
from rag.fiscal import CURRENT, EARNINGS, Asked, Period, asked
from rag.reported import Coverage, coverages, fit

_FITS = 0.65  # share of the best fit that is kept, and the least that counts as a report of the period

_MAY_BE = 0.5  # weight of a report without a company's name


@dataclass(frozen=True, slots=True)
class Route:
    """The reports to look in.

    Attributes:
        weights: how well each report fits, relative to the best, which has 1.
        reason: why those, in words for the user ("company 3M Company, FY2018").
        relaxed: what was asked for and set aside because nothing was there, in words for the user.
        topic: the question without the company's name.
    """

    weights: Mapping[str, float]
    reason: str
    relaxed: tuple[str, ...]
    topic: str


def is_report(document: Document) -> bool:
    """Whether a document is a company's report: its cover says so, or, where no kind is known, its file's name does."""
    return document.kind is Kind.COMPANY_REPORT or (document.kind is Kind.OTHER and named_as_report(document.source))


def route(question: str, library: Iterable[Document]) -> Route | None:
    """The reports that a question is about; None if it names none.

    A fiscal period alone leads to its reports only where the library holds nothing but reports,
    notes and cards apart: regulators have fiscal years, too.
    """
    library = list(library)
    reports = [d for d in library if is_report(d)]
    if not reports:
        return None
    wanted = asked(question)
    companies = companies_of(reports)
    spans = named_in(question, companies)
    if not spans:
        only_reports = all(is_report(d) or d.kind in OUR_WRITING for d in library)
        return _by_period(question, wanted, companies) if only_reports else None
    named = list({id(company): company for _, _, company in spans}.values())
    weights: dict[str, float] = {}
    relaxed: list[str] = []
    for company in named:
        found, aside = _of_company(company, wanted)
        weights |= found
        relaxed += aside
    if relaxed:
        weights |= _nameless(companies, wanted)
    who = " and ".join(company.name for company in named)
    reason = ", ".join([f"company {who}", *_in_words(wanted)])
    return Route(weights, reason, tuple(dict.fromkeys(relaxed)), _without(question, spans))


def _by_period(question: str, wanted: Asked, companies: Iterable[Company]) -> Route | None:
    """Reports of the period, of whichever company; only where the question names it as companies do."""
    if not wanted.fiscal or not wanted.periods:
        return None
    fits: dict[str, float] = {}
    for company in companies:
        fits |= {i: fit(c, wanted) for i, c in coverages(company.reports).items()}
    best = max(fits.values())
    of_period = {i: value / best for i, value in fits.items() if value >= max(_FITS, _FITS * best)}
    if not of_period:
        return None
    reason = ", ".join(["company reports", *_in_words(wanted)])
    return Route(of_period, reason, (), question)


def _of_company(company: Company, wanted: Asked) -> tuple[dict[str, float], list[str]]:
    """Weights of a company's reports, and what had to be set aside: the form, then the quarter, then the year."""
    covered = coverages(company.reports)
    relaxed: list[str] = []
    if wanted.forms:
        forms = wanted.forms | ({CURRENT} if EARNINGS in wanted.forms else set())  # releases are filed with one
        of_form = {i: c for i, c in covered.items() if c.form in forms}
        if found := _fitting(of_form, wanted):
            return found, relaxed
        relaxed.append(_missing(f"no {' or '.join(sorted(wanted.forms))}", company, wanted))
    if found := _fitting(covered, wanted):
        return found, relaxed
    if (latest := wanted.latest) and latest.quarter:
        relaxed.append(_missing("no report", company, wanted))
        wanted = replace(wanted, periods=(Period(latest.year),), quarter=0, dates=())
        if found := _fitting(covered, wanted):
            return found, relaxed
    relaxed.append(_missing("no report", company, wanted))
    nearest = {i: fit(c, wanted) for i, c in covered.items()}
    return _relative(nearest), relaxed


def _nameless(companies: Iterable[Company], wanted: Asked) -> dict[str, float]:
    """Reports that carry no company's name, one of which may be what is missing; of the period that is asked for."""
    covered = {i: c for company in companies if not company.joined for i, c in coverages(company.reports).items()}
    fits = {i: fit(c, wanted) for i, c in covered.items()}
    return {i: _MAY_BE * value for i, value in fits.items() if value >= _FITS}


def _fitting(covered: Mapping[str, Coverage], wanted: Asked) -> dict[str, float]:
    """The reports of the asked period; of no period in particular, all, the latest annual report before the rest."""
    if not (wanted.periods or wanted.quarter or wanted.dates):
        annual = [i for i, c in covered.items() if c.form == "10-K"]
        latest = max(annual, key=lambda i: covered[i].order, default=None)
        return {i: 1.0 if i == latest else 0.85 for i in covered}
    fits = {i: value for i, c in covered.items() if (value := fit(c, wanted)) >= _FITS}
    return _relative({i: value for i, value in fits.items() if value >= _FITS * max(fits.values())})


def _relative(fits: Mapping[str, float]) -> dict[str, float]:
    best = max(fits.values(), default=1.0)
    return {i: value / best for i, value in fits.items()}


def _missing(what: str, company: Company, wanted: Asked) -> str:
    return " for ".join(filter(None, (f"{what} of {company.name}", ", ".join(_in_words(wanted, form=False)))))


def _in_words(wanted: Asked, *, form: bool = True) -> list[str]:
    periods = [f"Q{p.quarter} {p.year}" if p.quarter else str(p.year) for p in wanted.periods]
    alone = [f"Q{wanted.quarter}"] if wanted.quarter else []
    return [*periods, *alone, *wanted.dates, *(sorted(wanted.forms) if form else ())]


def _without(question: str, spans: Sequence[tuple[int, int, Company]]) -> str:
    for start, end, _ in sorted(spans, key=lambda span: -span[0]):
        question = f"{question[:start]} {question[end:]}"
    return " ".join(question.split())
