"""What a document says of itself: kind, numbers, dates, company. Pure.

Only what stands in the text, or in a Markdown file's front matter, is taken.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from corpus.pagemap import fold
from corpus.records import Kind
from corpus.references import file_numbers, release_numbers

HEAD_CHARS = 8000
_RIN = re.compile(r"\b(\d{4}-[A-Z]{2}\d{2})\b")
_CFR = re.compile(r"\b(\d{1,2})\s+CFR\s+Parts?\s+((?:\d{1,4}(?:,\s*(?:and\s+)?|\s+and\s+)?)+)", re.IGNORECASE)
_FR = re.compile(r"Federal Register\s*/\s*Vol\. (\d+), No\. \d+\s*/\s*\w+, (\w+ \d{1,2}, \d{4})")
_DATE = (
    r"((?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2},\s+\d{4})"
)
_COMMENTS_BY = re.compile(
    rf"comments?[^.]{{0,80}}?(?:on or before|no later than|received by|submitted by|by)[^.]{{0,20}}?\s{_DATE}",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(rf"(?:Effective Dates?\s*:?[^.;]{{0,60}}?|effective (?:on |as of )?){_DATE}", re.IGNORECASE)
_COMPLIANCE = re.compile(rf"Compliance Dates?\s*:?[^.;]{{0,160}}?{_DATE}", re.IGNORECASE)
_ISSUED = re.compile(rf"(?:Dated?|DATE)\s*:\s*{_DATE}")
_ACTIONS = (
    (Kind.CONCEPT_RELEASE, re.compile(r"concept release|advance notice", re.IGNORECASE)),
    (Kind.PROPOSED_RULE, re.compile(r"propos|re-?proposal", re.IGNORECASE)),
    (Kind.FINAL_RULE, re.compile(r"final|adopt|interim", re.IGNORECASE)),
    (Kind.INTERPRETATION, re.compile(r"interpret|guidance", re.IGNORECASE)),
)
_BLANKET = re.compile(
    r"(?:final|proposed) rules?:?$|(?:securities and exchange|commodity futures trading) commission|united states"
    r"|conformed to|washington,? d\.?c|table of contents|form \d|\W*$",
    re.IGNORECASE,
)
_FORM = re.compile(r"\bF\s?ORM\s+(10-K|10-Q|8-K|20-F|40-F|6-K)(/A)?\b", re.IGNORECASE)
_REGISTRANT = re.compile(
    r"([^\n]{3,90}(?:\n[^\n]{3,60})?)\s*\n\s*\(?\s*\(Exact\s+name\s+of\s+registrant", re.IGNORECASE
)
_YEAR_ENDED = re.compile(rf"for\s+the\s+(?:fiscal\s+)?year\s+ended:?\s+{_DATE}", re.IGNORECASE)
_QUARTER_ENDED = re.compile(rf"for\s+the\s+quarter(?:ly)?\s+(?:period\s+)?ended:?\s+{_DATE}", re.IGNORECASE)
_REPORT_DATE = re.compile(rf"Date\s+of\s+(?:R|r)eport[^\n]{{0,60}}?:?\s*{_DATE}")


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields of :class:`corpus.records.Document` that a text states; the others stay away."""

    title: str | None = None
    kind: Kind = Kind.OTHER
    fields: dict[str, Any] = field(default_factory=dict)


def read_facts(body: str, furniture: str, metadata: Mapping[str, str]) -> Facts:
    """Facts of a release, report, letter or statute.

    Args:
        body: the document's body text.
        furniture: running heads of its first pages.
        metadata: of the file, keys in lower case.
    """
    head = re.sub(r"(?<=\w)–(?=\w)", "-", body[:HEAD_CHARS])  # the Federal Register prints "34–51808"
    if report := _company_report(head):
        return report
    kind = _kind(head, body, furniture)
    if kind is Kind.OTHER:
        return Facts(_file_title(metadata) or _first_line(body), kind)
    fields = _release_fields(head, body, furniture) if kind in _RELEASES else {}
    return Facts(_title(head, metadata, kind) or _first_line(body), kind, fields)


_RELEASES = (Kind.PROPOSED_RULE, Kind.FINAL_RULE, Kind.CONCEPT_RELEASE, Kind.INTERPRETATION, Kind.SRO_FILING)


def _kind(head: str, body: str, furniture: str) -> Kind:
    if action := re.search(r"\bACTION\s*:\s*([^\n]+(?:\n[^\n]+)?)", head):
        words = action[1].split("SUMMARY")[0]
        for kind, pattern in _ACTIONS:
            if pattern.search(words):
                return kind
    if re.search(r"\bDear\s+(Ms|Mr|Mrs|Dr|Secretary|Sir|Chair)", head) and re.search(r"\bRe\s*:", head):
        return Kind.COMMENT_LETTER
    if re.search(r"PUBLIC LAW \d+[–-]\d+", furniture + head) and re.search(r"Be it enacted", body[:200_000]):
        return Kind.STATUTE
    if re.search(r"self-regulatory organizations?\s*;", head, re.IGNORECASE):
        return Kind.SRO_FILING
    return Kind.OTHER


def _title(head: str, metadata: Mapping[str, str], kind: Kind) -> str | None:
    if kind is Kind.STATUTE and (named := re.search(r"may be cited as the ‘‘([^’]+)’’|cited as the “([^”]+)”", head)):
        return fold(named[1] or named[2])
    if kind is Kind.COMMENT_LETTER and (subject := re.search(r"\bRe\s*:\s*(.{10,300}?)\n\s*\n", head, re.DOTALL)):
        return f"Comment letter: {fold(subject[1])}"
    if title := re.sub(r"^(Proposed|Final|Interim Final)\s+Rules?\s*:\s*", "", _file_title(metadata) or ""):
        return title
    return _printed_title(head)


def _printed_title(head: str) -> str | None:
    """What stands between the last identifying number and "AGENCY:"."""
    before, found, _ = head.partition("AGENCY:")
    if not found:
        return None
    ends = [
        m.end()
        for m in re.finditer(
            r"\d{4}-[A-Z]{2}\d{2}|(?:S7|SR|4)-[\w-]+\d|Release No[^\]\n]*\]?|CFR Parts?[ \d,and]+|\d–[A-Z]{2}\d{2}",
            before,
        )
    ]
    title = fold(before[max(ends, default=0) :].strip(" \n];,."))
    title = title.lstrip("]; ")
    if not 3 < len(title) < 400:
        return None
    return title.title().replace("Nms", "NMS").replace("Sec ", "SEC ") if title.isupper() else title


def _file_title(metadata: Mapping[str, str]) -> str | None:
    """The title in the file's properties, unless a word processor put the file's name there."""
    title = fold(metadata.get("title", ""))
    machine_made = re.search(
        r"^microsoft word|\.(docx?|pdf|ps|htm|html|qxd|indd)$|^untitled|^\W*$", title, re.IGNORECASE
    )
    return title if len(title) > 5 and not machine_made else None


def _first_line(body: str) -> str | None:
    lines = (fold(line)[:160] for line in body[:HEAD_CHARS].split("\n"))
    return next((line for line in lines if len(line) > 3 and not _BLANKET.match(line)), None)


def _release_fields(head: str, body: str, furniture: str) -> dict[str, Any]:
    front = head.split("SUPPLEMENTARY INFORMATION")[0]
    caption = front.split("SUMMARY:")[0]
    found: dict[str, Any] = {
        "release_numbers": tuple(release_numbers(caption)),
        "file_numbers": tuple(file_numbers(caption)),
        "rins": tuple(dict.fromkeys(_RIN.findall(caption))),
        "cfr_parts": tuple(
            f"{title} CFR {part}" for title, parts in _CFR.findall(caption) for part in re.findall(r"\d+", parts)
        ),
    }
    if agency := re.search(r"AGENCY\s*:\s*(.+?)\s*(?:\n\s*\n|ACTION)", front, re.DOTALL):
        found["agency"] = fold(agency[1]).rstrip(".")
    if register := _FR.search(furniture):
        found["federal_register"] = f"{register[1]} FR"
        found["published"] = iso_date(register[2])
    dates = front[match.start() :] if (match := re.search(r"\bDATES?\s*:", front)) else ""
    dates = re.split(r"\bADDRESSES\s*:|FOR FURTHER", dates)[0]
    for name, pattern in (("comment_deadline", _COMMENTS_BY), ("effective", _EFFECTIVE), ("compliance", _COMPLIANCE)):
        if stated := pattern.search(fold(dates)):
            found[name] = (iso_date(stated[1]),) if name == "compliance" else iso_date(stated[1])
    if signed := _ISSUED.findall(body[-4000:]):
        found["issued"] = iso_date(signed[-1])
    return {name: value for name, value in found.items() if value}


def _company_report(head: str) -> Facts | None:
    form = _FORM.search(head)
    name = _REGISTRANT.search(head)
    if not form or not name:
        return None
    company = _company_name(name[1])
    fields: dict[str, Any] = {"company": company, "form": form[1].upper() + (form[2] or "")}
    text = fold(head)
    if year := _YEAR_ENDED.search(text):
        fields["fiscal_period"] = f"fiscal year ended {iso_date(year[1])}"
    elif quarter := _QUARTER_ENDED.search(text):
        fields["fiscal_period"] = f"quarter ended {iso_date(quarter[1])}"
    elif report := _REPORT_DATE.search(text):
        fields["issued"] = iso_date(report[1])
    period = fields.get("fiscal_period") or fields.get("issued")
    title = f"{company}, Form {fields['form']}" + (f", {period}" if period else "")
    return Facts(title, Kind.COMPANY_REPORT, fields)


def _company_name(printed: str) -> str:
    line = [
        part for part in printed.split("\n") if part.strip() and not re.search(r"\d{3}|commission", part, re.IGNORECASE)
    ]
    return fold(line[-1] if line else printed).strip("_ .")


def iso_date(printed: str) -> str:
    """Turn "August 7, 2018" into "2018-08-07".

    Raises:
        ValueError: if it is no such date.
    """
    return datetime.strptime(fold(printed), "%B %d, %Y").date().isoformat()


def front_matter_facts(front: Mapping[str, Any]) -> Facts:
    """Facts from a Markdown file's front matter; names are those of our own notes and rule cards."""
    dates = {name: _plain_date(value) for name, value in dict(front.get("dates") or {}).items()}
    fields: dict[str, Any] = {
        "agency": front.get("agency"),
        "release_numbers": tuple(str(n) for n in front.get("release_numbers") or ()),
        "file_numbers": tuple(str(n) for n in front.get("file_numbers") or ()),
        "rins": tuple(str(n) for n in front.get("rin") or ()),
        "cfr_parts": tuple(str(n) for n in front.get("cfr") or ()),
        "issued": dates.get("adopted") or dates.get("proposed"),
        "licence": front.get("licence"),
        "compliance": (dates["compliance"],) if dates.get("compliance") else (),
    } | {name: dates.get(name) for name in ("published", "comment_deadline", "effective")}
    kind = Kind(front["kind"]) if front.get("kind") in {k.value for k in Kind} else Kind.OTHER
    return Facts(str(front["title"]) if front.get("title") else None, kind, {n: v for n, v in fields.items() if v})


def _plain_date(value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value else None
