"""EDGAR: which company, which of its filings, where they lie.

``company_tickers.json`` is ``{"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple
Inc."}, …}``. ``submissions/CIK##########.json`` holds the company's name and
``filings.recent``, one list per column and one entry per filing, newest first; older
filings stand in the files that ``filings.files`` names, each with the columns at its top
(sec.gov/edgar/sec-api-documentation).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from corpus.errors import FetchError
from corpus.records import Kind
from ingest.fetching.downloads import SUFFIXES, Place
from ingest.fetching.transport import Transport

_COLUMNS = ("accessionNumber", "filingDate", "reportDate", "form", "primaryDocument", "size")
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_LEGAL = re.compile(r"\b(?:inc|corp|corporation|co|company|ltd|plc|llc|lp|the|de|md|new)\b")
_REPORTS = re.compile(r"(?:10-K|10-Q|8-K|20-F|40-F|6-K)(?:T|405|SB)?(?:/A)?")


@dataclass(frozen=True, slots=True)
class Company:
    """A filer: its Central Index Key, its name and its ticker symbols."""

    cik: int
    name: str
    tickers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing of a company.

    Attributes:
        accession: "0000320193-23-000106".
        filed: ISO date.
        period: end of the period reported on, ISO date, or "".
        document: name of its main file as EDGAR gives it; "" for filings before about 2001,
            which are one text file.
        size_bytes: of the whole submission, exhibits included.
    """

    company: Company
    form: str
    accession: str
    filed: str
    period: str
    document: str
    size_bytes: int

    @property
    def file_name(self) -> str:
        """Ours: the accession number, and the kind of the file."""
        return f"{self.accession}{PurePosixPath(self.document).suffix.lower() if self.document else '.txt'}"

    def place(self, sec: str) -> Place:
        """Where it lies in the archive.

        Args:
            sec: base address of the SEC's site.

        Raises:
            FetchError: if its main file is of a kind that is not read.
        """
        folder = f"{sec}/Archives/edgar/data/{self.company.cik}"
        if PurePosixPath(self.file_name).suffix not in SUFFIXES:
            raise FetchError(
                f"the main file of {self.accession} is {self.document}",
                remedy="only .htm, .pdf, .xml and .txt are read",
            )
        inside = (
            f"{self.accession.replace('-', '')}/{quote(self.document)}" if self.document else f"{self.accession}.txt"
        )
        identifiers = {"cik": self.company.cik, "accession": self.accession, "form": self.form, "filed": self.filed}
        facts: dict[str, Any] = {"company": self.company.name, "form": self.form}
        if _REPORTS.fullmatch(self.form):
            facts["kind"] = Kind.COMPANY_REPORT
            facts["title"] = ", ".join(part for part in (self.company.name, f"Form {self.form}", self.period) if part)
        return Place(f"{folder}/{inside}", identifiers | ({"period": self.period} if self.period else {}), facts)


class Edgar:
    """EDGAR at the addresses of the settings.

    Args:
        transport: how it is asked.
        data: base address of the submissions.
        sec: base address of the SEC's site.
    """

    def __init__(self, transport: Transport, data: str, sec: str) -> None:
        self._transport = transport
        self._data = data
        self._sec = sec

    def company(self, wanted: str) -> Company:
        """The company of a CIK, ticker or name.

        Raises:
            FetchError: if there is none, or there are several.
        """
        if re.fullmatch(r"(?:CIK)?\d{1,10}", wanted, re.IGNORECASE):
            return Company(int(wanted.upper().removeprefix("CIK")), "")
        found = matching(companies(self._transport.json(f"{self._sec}/files/company_tickers.json")), wanted)
        if len(found) == 1:
            return found[0]
        if not found:
            raise FetchError(
                f"no company in the SEC's list of tickers is called {wanted!r}",
                remedy="the list holds traded companies only: give the CIK (see https://www.sec.gov/search-filings)",
            )
        shown = "\n".join(f"  {c.cik:>10}  {c.name} ({', '.join(c.tickers)})" for c in found[:20])
        more = f"\n  and {len(found) - 20} more" if len(found) > 20 else ""
        raise FetchError(
            f"{wanted!r} fits {len(found)} companies:\n{shown}{more}", remedy=f"choose one: --company {found[0].cik}"
        )

    def filings(self, company: Company, since: str = "", until: str = "") -> Iterator[Filing]:
        """A company's filings in a span of filing dates, newest first; older files are asked only where needed.

        Raises:
            FetchError: if there is no such company, or the answer is not in the documented form.
        """
        answer = self._transport.json(f"{self._data}/submissions/CIK{company.cik:010d}.json", having="filings")
        named = Company(company.cik, str(answer.get("name") or company.name), tuple(answer.get("tickers") or ()))
        yield from _in_span(filings_of(named, answer["filings"].get("recent") or {}), since, until)
        for older in answer["filings"].get("files") or ():
            name = str(older.get("name"))
            if (until and older.get("filingFrom", "") > until) or (since and older.get("filingTo", "9999") < since):
                continue
            if not re.fullmatch(r"CIK\d{10}-submissions-\d+\.json", name):
                raise FetchError(f"EDGAR names an odd file, {name!r}", remedy="report this, with the company")
            columns = self._transport.json(f"{self._data}/submissions/{name}")
            yield from _in_span(filings_of(named, columns), since, until)


def companies(tickers: Mapping[str, Mapping[str, Any]]) -> list[Company]:
    """The companies of ``company_tickers.json``, one for each CIK, in its order.

    Raises:
        FetchError: if it is not in the documented form.
    """
    names: dict[int, str] = {}
    symbols: dict[int, list[str]] = {}
    try:
        for row in tickers.values():
            cik = int(row["cik_str"])
            names.setdefault(cik, str(row["title"]))
            symbols.setdefault(cik, []).append(str(row["ticker"]))
    except (KeyError, TypeError) as error:
        raise FetchError(
            "the SEC's list of tickers is in another form than is documented",
            remedy="give the CIK instead of the name, and report this",
        ) from error
    return [Company(cik, name, tuple(symbols[cik])) for cik, name in names.items()]


def matching(known: Sequence[Company], wanted: str) -> list[Company]:
    """Companies of that ticker or exactly that name; without any, those whose names hold all its words."""
    name = _plain(wanted)
    exact = [c for c in known if wanted.upper() in c.tickers or _plain(c.name) == name]
    words = set(name.split())
    return exact or [c for c in known if words and words <= set(_plain(c.name).split())]


def _plain(name: str) -> str:
    """A name without punctuation, case and legal form."""
    letters = re.sub(r"[^a-z0-9& ]+", " ", re.sub(r"[.'’]", "", name.lower()))
    return " ".join(_LEGAL.sub(" ", letters).split()) or " ".join(letters.split())


def filings_of(company: Company, columns: Mapping[str, Sequence[Any]]) -> list[Filing]:
    """Rows from the columns of a submissions file.

    Raises:
        FetchError: if a column is missing, or shorter than another so that rows would be mixed up.
    """
    lengths = {name: len(columns[name]) if name in columns else None for name in _COLUMNS}
    if None in lengths.values() or len(set(lengths.values())) != 1:
        raise FetchError(
            f"EDGAR's list for {company.name or company.cik} has columns of different lengths: {lengths}",
            remedy="run the same command later; if it stays so, report it",
        )
    rows = zip(*(columns[name] for name in _COLUMNS), strict=True)
    return [
        Filing(company, str(form), str(accession), str(filed), str(period or ""), str(document or ""), int(size or 0))
        for accession, filed, period, form, document, size in rows
        if _ACCESSION.fullmatch(str(accession))
    ]


def _in_span(filings: Sequence[Filing], since: str, until: str) -> Iterator[Filing]:
    return (f for f in filings if (not since or f.filed >= since) and (not until or f.filed <= until))
