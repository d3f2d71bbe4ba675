"""From what a person asks for to the list of files wanted."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import ConfigError, FetchError
from corpus.filings import listed_filings
from ingest.fetching.edgar import Company, Edgar, Filing
from ingest.fetching.federal_register import (
    FORMATS,
    PER_PAGE,
    SEC,
    TYPES,
    FederalRegister,
    Search,
    is_document_number,
)
from ingest.fetching.fetch import Wanted, wanted_documents, wanted_filings, wanted_listings, wanted_releases
from ingest.fetching.settings import FetchSettings
from ingest.fetching.transport import Transport

_RELEASE = re.compile(r"(?:3[345]|39|IA|IC)-\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for: documents by number, a search, a company's filings, or the shipped list.

    Attributes:
        numbers: of Federal Register documents, or of releases in the shipped list.
        agencies: as the Federal Register names them.
        types: of the Federal Register.
        term: to look for there.
        company: name, ticker or CIK of an EDGAR filer.
        forms: of EDGAR.
        since: first day, ISO date, or "".
        until: last day.
        starter: all of the shipped list.
        body: "pdf", "xml" or "html", for the Federal Register.
        limit: fetch at most so many of what matches.
        everything: fetch all that match, however many.
    """

    numbers: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    term: str = ""
    company: str = ""
    forms: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    starter: bool = False
    body: str = "pdf"
    limit: int | None = None
    everything: bool = False

    def __post_init__(self) -> None:
        if self.body not in FORMATS:
            raise ConfigError(f"--format {self.body} is unknown", remedy=f"use one of: {', '.join(FORMATS)}")
        if unknown := sorted(set(self.types) - set(TYPES)):
            raise ConfigError(f"--type {', '.join(unknown)} is unknown", remedy=f"use one of: {', '.join(TYPES)}")
        if self.forms and not self.company:
            raise ConfigError("--form is of EDGAR filings, and no company is named", remedy="add --company NAME")
        chosen = [bool(self.numbers), self.starter, bool(self.company), self.is_search]
        if sum(chosen) != 1:
            raise ConfigError(
                "name one thing to fetch" if not any(chosen) else "name only one thing to fetch at a time",
                remedy='document numbers, or --term "…" / --agency / --type / --since, or --company with --form, '
                "or --starter",
            )

    @property
    def is_search(self) -> bool:
        """Whether the Federal Register is to be searched."""
        span = (self.since or self.until) and not self.company
        return bool(self.agencies or self.types or self.term or span)


@dataclass(frozen=True, slots=True)
class Selection:
    """What to fetch; ``matched`` is how many a search matched, None where nothing was searched for."""

    wanted: Sequence[Wanted]
    matched: int | None = None


def select(request: Request, transport: Transport, settings: FetchSettings) -> Selection:
    """Find out which files are meant. Searches ask the servers; numbers are looked up when they are fetched.

    Raises:
        FetchError: if that cannot be told, or if a search matches many and neither a limit
            nor ``everything`` was given.
    """
    register = FederalRegister(transport, settings.federal_register)
    if request.company:
        return _of_company(request, Edgar(transport, settings.edgar, settings.sec), settings)
    if request.is_search:
        return _of_search(request, register, settings.ask_above)
    if request.starter:
        return Selection(wanted_releases(listed_filings(), register, settings.sec, request.body)[: request.limit])
    return Selection([_of_number(number, request.body, register, settings.sec) for number in request.numbers])


def _of_number(number: str, body: str, register: FederalRegister, sec: str) -> Wanted:
    if listed := [filing for filing in listed_filings() if filing.release == number]:
        return wanted_releases(listed, register, sec, body)[0]
    if _RELEASE.match(number):
        raise FetchError(
            f"{number} is a release number, and not one of the shipped list",
            remedy=f'find its Federal Register document: reglens fetch --term "{number}"',
        )
    if not is_document_number(number):
        raise FetchError(
            f"{number!r} is no Federal Register document number", remedy="they look like 2018-08582 or E9-12345"
        )
    return wanted_documents([number], register, body)[0]


def _of_search(request: Request, register: FederalRegister, ask_above: int) -> Selection:
    search = Search(
        agencies=request.agencies or (SEC,),
        types=request.types or ("RULE", "PRORULE"),
        since=request.since,
        until=request.until,
        term=request.term,
    )
    asks = request.limit is None and not request.everything
    listing = register.search(search, PER_PAGE if asks else request.limit)
    if asks and listing.count > ask_above:
        of = "" if len(listing.documents) == listing.count else f"the first {len(listing.documents):,} have "
        raise FetchError(
            f"{listing.count:,} documents match ({of}{listing.pages:,} printed pages)",
            remedy="narrow the search, or add --limit N for the newest N, or --yes for all of them",
        )
    return Selection(wanted_listings(listing.documents, request.body), listing.count)


def _of_company(request: Request, edgar: Edgar, settings: FetchSettings) -> Selection:
    company = edgar.company(request.company)
    filings = list(edgar.filings(company, request.since, request.until))
    chosen = [filing for filing in filings if filing.form in request.forms]
    if not chosen:
        raise _no_such_form(request, company, filings)
    if request.limit is None and not request.everything and len(chosen) > settings.ask_above:
        megabytes = sum(filing.size_bytes for filing in chosen) / 1e6
        raise FetchError(
            f"{len(chosen):,} filings match (up to {megabytes:,.0f} MB, exhibits counted)",
            remedy="narrow it with --since and --until, or add --limit N for the newest N, or --yes for all of them",
        )
    return Selection(wanted_filings(chosen[: request.limit], settings.sec), len(chosen))


def _no_such_form(request: Request, company: Company, filings: Sequence[Filing]) -> FetchError:
    name = f"{filings[0].company.name} (CIK {company.cik})" if filings else request.company
    missing = f"has filed no {' or '.join(request.forms)}" if request.forms else "files several forms"
    counts = ", ".join(f"{form} ({n})" for form, n in Counter(f.form for f in filings).most_common(12))
    return FetchError(
        f"{name} {missing}; what is there: {counts or 'nothing in that span'}",
        remedy="choose with --form, for example --form 10-K",
    )
