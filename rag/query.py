"""What a question names: releases, files, companies and years. No model, no library access."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.records import Document, Kind
from corpus.references import file_numbers, release_numbers

_YEAR = re.compile(r"\b(?:FY\s?|fiscal\s+(?:year\s+)?|Q[1-4]\s?(?:FY)?\s?|of\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_SUFFIX = re.compile(r"[,.]|\b(?:inc|corp|corporation|company|co|plc|ltd|llc|group|holdings?|the|and|&)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A question and what it names.

    Attributes:
        documents: ids of the documents that the question names by number or by company
            and year; empty when it names none.
        reason: why those, in words for the user ("release 34-83062").
        years: calendar years in the question.
    """

    text: str
    documents: frozenset[str]
    reason: str
    years: tuple[str, ...]


def analyse(question: str, documents: Iterable[Document]) -> Query:
    """Find which of the library's documents a question names.

    A release or file number is taken at its word. A company narrows to its reports, and a
    fiscal year, where one of them fits, to that year's.
    """
    text = " ".join(question.split())
    library = list(documents)
    years = tuple(dict.fromkeys(_YEAR.findall(text)))
    named = {number.lower() for number in release_numbers(text)}
    filed = {number.lower() for number in file_numbers(text)}
    by_number = {d.id for d in library if named & {n.lower() for n in d.release_numbers}}
    by_file = {d.id for d in library if filed & {n.lower() for n in d.file_numbers}}
    if by_number:
        return Query(text, frozenset(by_number), f"release {', '.join(sorted(named))}", years)
    if by_file:
        return Query(text, frozenset(by_file), f"file {', '.join(sorted(filed))}", years)
    reports, company = _company_reports(text, library)
    if not reports:
        return Query(text, frozenset(), "", years)
    of_year = [d for d in reports if set(years) & fiscal_years(d)]
    chosen = of_year or reports
    reason = f"company {company}" + (f", {', '.join(years)}" if of_year else "")
    return Query(text, frozenset(d.id for d in chosen), reason, years)


def _company_reports(text: str, library: Iterable[Document]) -> tuple[list[Document], str]:
    """Reports of the company whose name, or whose name's first words, stand in the question."""
    words = f" {_plain(text)} "
    found: dict[str, list[Document]] = {}
    for document in library:
        if document.kind is Kind.COMPANY_REPORT and document.company:
            name = _plain(document.company)
            if name and (f" {name} " in words or f" {name.replace(' ', '')} " in words):
                found.setdefault(name, []).append(document)
    if not found:
        return [], ""
    longest = max(found, key=len)
    return found[longest], found[longest][0].company or ""


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", _SUFFIX.sub(" ", name.lower().replace("'s ", " ").replace("’s ", " "))).split())


def fiscal_years(document: Document) -> set[str]:
    """Years that a company report can be meant by.

    A fiscal year that ends by mid-January counts to the year before as well; a retailer's
    year that ends on 3 February 2019 is its fiscal 2018 to some and 2019 to others.
    """
    ended = (document.fiscal_period or document.issued or "")[-10:]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", ended):
        return set()
    year, month = int(ended[:4]), int(ended[5:7])
    return {str(year)} | ({str(year - 1)} if month <= 2 else set())
