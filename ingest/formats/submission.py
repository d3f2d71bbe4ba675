"""EDGAR's full submission: one text file that wraps all documents of a filing. The main one is read.

Layout: ``<SEC-HEADER>`` with lines "CONFORMED SUBMISSION TYPE: 10-K", then for each document
``<DOCUMENT>``, ``<TYPE>``, ``<SEQUENCE>``, ``<FILENAME>``, ``<DESCRIPTION>`` and its content in
``<TEXT>`` (EDGAR Filer Manual; Public Dissemination Service technical specification).
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from corpus.errors import SourceError
from corpus.pagemap import fold
from corpus.records import Kind
from ingest.facts.metadata import Facts
from ingest.formats.decoding import decode_text
from ingest.formats.html import read_html_text, read_lines
from ingest.formats.sniffing import what_is
from ingest.readout import Readout

_REPORTS = re.compile(r"(?:10-K|10-Q|8-K|20-F|40-F|6-K)(?:T|405|SB|405T|SB40)?(?:/A)?")
_PERIODS = {
    "10-K": "fiscal year ended",
    "20-F": "fiscal year ended",
    "40-F": "fiscal year ended",
    "10-Q": "quarter ended",
}
_NAMED = 5  # documents that a note names; the others are counted


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document of a submission; ``type`` such as "10-K" or "EX-21.1"."""

    type: str
    name: str
    content: str


def read_submission(data: bytes) -> Readout:
    """The main document of a submission, and what the header states of it.

    Raises:
        SourceError: if there is no document in it that can be read.
    """
    text, notes = decode_text(data)
    header, documents = _split(text)
    if not documents:
        raise SourceError("the submission holds no document", remedy="download it again; it may be cut short")
    form = _stated(header, "CONFORMED SUBMISSION TYPE") or documents[0].type
    main = next((document for document in documents if document.type == form), documents[0])
    readout = _read(main, notes)
    notes = (*readout.notes, *_left_out(main, [d for d in documents if d is not main]))
    return replace(readout, facts=_with_header(readout.facts, header, form), notes=notes)


def _split(text: str) -> tuple[str, list[Enclosed]]:
    starts = [match.end() for match in re.finditer(r"^<DOCUMENT>", text, re.MULTILINE)]
    header = text[: starts[0]] if starts else text
    ends = [*(start - len("<DOCUMENT>") for start in starts[1:]), len(text)]
    return header, [_enclosed(text[start:end]) for start, end in zip(starts, ends[: len(starts)], strict=True)]


def _enclosed(text: str) -> Enclosed:
    opening = text.find("<TEXT>")
    head, content = (text[:opening], text[opening + len("<TEXT>") :]) if opening >= 0 else (text, "")
    closing = content.rfind("</TEXT>")
    content = re.sub(r"\A\s*<(XBRL|XML|HTML)>\s*(?=<)", "", content[:closing] if closing >= 0 else content)
    named = {
        name: match[1].strip() for name in ("TYPE", "FILENAME") if (match := re.search(rf"^<{name}>(.*)$", head, re.M))
    }
    return Enclosed(named.get("TYPE", ""), named.get("FILENAME", ""), content)


def _read(document: Enclosed, notes: tuple[str, ...]) -> Readout:
    kind = what_is(document.content[:100_000].encode("utf-8"))
    if kind == "html":
        return read_html_text(document.content, notes)
    if kind != "txt" or document.content.lstrip().startswith(("<PDF>", "begin ")):
        raise SourceError(
            f"the submission's main document ({document.type} {document.name}) is not text",
            remedy="download that document by itself and ingest it",
        )
    return read_lines(document.content, {}, notes)


def _left_out(main: Enclosed, others: list[Enclosed]) -> list[str]:
    if not others:
        return []
    types = [kind or "unnamed" for kind in Counter(document.type for document in others)]
    named = ", ".join(types[:_NAMED]) + (f" and {len(types) - _NAMED} other kinds" if len(types) > _NAMED else "")
    read = fold(f"{main.type} {main.name}")
    return [f"the submission holds {len(others) + 1} documents: {read} was read, {len(others)} were not ({named})"]


def _stated(header: str, name: str) -> str:
    match = re.search(rf"^\s*{name}:[ \t]*(\S.*?)\s*$", header, re.MULTILINE)
    return match[1] if match else ""


def _with_header(facts: Facts, header: str, form: str) -> Facts:
    """The facts of the text, and from the header what the text did not state."""
    company = _stated(header, "COMPANY CONFORMED NAME")
    if not company or not _REPORTS.fullmatch(form):
        return facts
    fields: dict[str, Any] = {"company": company, "form": form}
    if day := _day(_stated(header, "CONFORMED PERIOD OF REPORT")):
        span = _PERIODS.get(form.split("/")[0])
        fields |= {"fiscal_period": f"{span} {day}"} if span else {"issued": day}
    if facts.kind is Kind.COMPANY_REPORT:
        return replace(facts, fields=fields | facts.fields)
    return Facts(f"{company}, Form {form}", Kind.COMPANY_REPORT, fields | facts.fields)


def _day(digits: str) -> str:
    try:
        return datetime.strptime(digits, "%Y%m%d").date().isoformat()
    except ValueError:
        return ""
