"""Company, form and period of a company report, from its cover; and of an earnings release, from its opening. Pure.

Cover as the forms prescribe it (17 CFR 249.308a, 249.310, 249.220f): form, period, Commission file number,
name of the registrant. PDF text may set every word of it on a line of its own, so white space means nothing.
"""

import re
from collections import Counter
from typing import Any

from corpus.pagemap import fold
from ingest.facts.dates import DATE, valid_date

_COVER_CHARS = 6000
_OPENING_CHARS = 3500
_BODY_CHARS = 300_000
_FORM = re.compile(r"\bF\s?ORM\s+(10-KT?|10-QT?|8-K|20-F|40-F|6-K|11-K|[SF]-\d{1,2})\s?(/A)?(?![\w-])", re.IGNORECASE)
_AMENDMENT = re.compile(r"\bAmendment\s+No\.?\s*\d", re.IGNORECASE)
_AGENCY = re.compile(r"SECURITIES\s+AND\s+EXCHANGE\s+COMMISSION", re.IGNORECASE)
_NAME_BELOW = re.compile(r"\(?\s*Exact\s+name\s+of\s+(?:the\s+)?(?:registrant|company)", re.IGNORECASE)
_FILE_NUMBER = re.compile(r"Commission\s+File\s+N(?:umber|o)s?\s*[.:]*\s*(?:\d{1,3}-\d{3,6}(?:-\d{2})?)", re.IGNORECASE)
# What can stand between the last printed line of the cover and the name under it.
_ABOVE_NAME = re.compile(
    rf"{_FILE_NUMBER.pattern}\.?|_{{3,}}|{DATE}\)?|\breported\)?\s*:?|\b1934\b|\bD\.?C\.?,?\s+20549\b|\bto\b(?=\s*[_\s]*$)",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*\n|\s+(?:State\s+of\s+Incorporation|\()", re.IGNORECASE)
_PERIODS = (
    ("fiscal year ended", re.compile(rf"for\s+the\s+(?:fiscal\s+)?year\s+ended:?\s+({DATE})", re.IGNORECASE)),
    ("quarter ended", re.compile(rf"for\s+the\s+quarter(?:ly)?\s+(?:period\s+)?ended:?\s+({DATE})", re.IGNORECASE)),
    (
        "transition period ended",
        re.compile(rf"for\s+the\s+transition\s+period\s+from:?\s+{DATE}\s+to:?\s+({DATE})", re.IGNORECASE),
    ),
)
_REPORT_DATE = re.compile(rf"Date\s+of\s+report\b[^:]{{0,60}}:\s*({DATE})", re.IGNORECASE)
_LISTED = re.compile(
    r"((?:[A-Z][\w&.’'-]*|of|and|the|&)(?:,?\s(?:[A-Z][\w&.’'-]*|of|and|&|plc|de|S\.A\.)){0,6}),?\s*"
    r"\((?:NYSE|NASDAQ|Nasdaq|NASDAQ\s?GS|AMEX|NYSE\s?American)\s?:\s?[A-Z.]{1,6}[,;:)\s]"
)
_HEADLINE = re.compile(
    rf"^(?:Exhibit\s+99\.?\d*\s+|{DATE}\s+|FOR IMMEDIATE RELEASE:?\s+)*([A-Z][\w&.,’' -]{{1,60}}?)\s+"
    r"(?:reports?|announces?)\s(?=.{0,80}\b(?:quarter|year|fiscal)\b).{0,140}?\bresults\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    rf"\b(quarter|three[\s-]months?|thirteen[\s-]weeks?|year|twelve[\s-]months?|fifty-(?:two|three)[\s-]weeks?)\b[^.]{{0,90}}?"
    rf"\bended\s+({DATE})",
    re.IGNORECASE,
)
_DATELINE = re.compile(rf"({DATE})\s*(?:[–—-]|/PRNewswire|\n)")


def company_report(body: str) -> tuple[str, dict[str, Any]] | None:
    """Title and fields of a report that has the cover of one of the SEC's forms, else None."""
    cover = body[:_COVER_CHARS]
    form = _FORM.search(fold(cover)) if _AGENCY.search(cover) else None
    printed = _registrant(cover) if form else None
    if form is None or not printed:
        return None
    company = company_name(printed, body)
    amended = form[2] or _AMENDMENT.search(fold(cover)[: form.end() + 200])
    fields: dict[str, Any] = {"company": company, "form": form[1].upper() + ("/A" if amended else "")}
    fields |= _period(fold(cover))
    period = fields.get("fiscal_period") or fields.get("issued")
    return ", ".join(filter(None, (company, f"Form {fields['form']}", period))), fields


def earnings_release(body: str) -> tuple[str, dict[str, Any]] | None:
    """Title and fields of a text whose headline says that a company reports its results for a quarter or year."""
    opening = fold(body[:_OPENING_CHARS])
    headline = _HEADLINE.match(opening)
    if headline is None:
        return None
    listed = _LISTED.search(opening)
    fields: dict[str, Any] = {
        "company": _without_dateline(listed[1]).rstrip(".") if listed else company_name(headline[1], body)
    }
    if (ended := _ENDED.search(opening)) and (day := valid_date(ended[2])):
        span = "fiscal year" if re.match("year|twelve|fifty", ended[1], re.IGNORECASE) else "quarter"
        fields["fiscal_period"] = f"{span} ended {day}"
    if (dated := _DATELINE.search(body[:1500])) and (day := valid_date(dated[1])):
        fields["issued"] = day
    return ", ".join(filter(None, (fields["company"], "earnings release", fields.get("fiscal_period")))), fields


def _registrant(cover: str) -> str | None:
    """The name as the cover prints it: above "(Exact name of registrant", else under the Commission file number."""
    below = _NAME_BELOW.search(cover)
    if below is None:
        number = next((m for m in _FILE_NUMBER.finditer(cover) if cover[: m.start()].endswith("\n")), None)
        name = cover[number.end() :].lstrip(" .\n") if number else ""
        end = _AFTER_NAME.search(name)
        return fold(name[: end.start()]) if end and re.search(r"[A-Za-z]{2}", name[: end.start()]) else None
    above = fold(cover[max(0, below.start() - 400) : below.start()])
    cut = max((match.end() for match in _ABOVE_NAME.finditer(above)), default=0)
    name = above[cut:].strip(" _.,:;")
    return name if 1 < len(name) < 120 else None


def company_name(printed: str, body: str) -> str:
    """A name as the report itself mostly writes it: "AMCOR PLC" on the cover, "Amcor plc" in the text."""
    letters = [re.escape(character) for character in printed if not character.isspace()]
    spaced = r"\s*".join(letters)
    spellings = re.findall(rf"(?<!\w){spaced}(?!\w)", body[:_BODY_CHARS], re.IGNORECASE)
    counted = Counter(fold(spelling) for spelling in spellings)
    written = [spelling for spelling, _ in counted.most_common() if re.search(r"[a-z]{2}", spelling)]
    return written[0] if written else printed


def _period(cover: str) -> dict[str, str]:
    for span, pattern in _PERIODS:
        if (stated := pattern.search(cover)) and (day := valid_date(stated[1])):
            return {"fiscal_period": f"{span} {day}"}
    report = _REPORT_DATE.search(cover)
    day = valid_date(report[1]) if report else None
    return {"issued": day} if day else {}


def _without_dateline(name: str) -> str:
    """The company's name without what a wire service sets in front of it."""
    return re.split(r"\s[–—-]{1,2}\s|--", name)[-1].strip(" ,")
