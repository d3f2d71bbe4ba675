"""What a print of the Federal Register says of itself: citation, day of publication, document number. Pure.

Printed pages carry "Federal Register / Vol. 85, No. 152 / Thursday, August 6, 2020 / Proposed Rules" as their
running head; the text edition opens with "[Federal Register Volume 85, Number 152 (Thursday, August 6, 2020)]".
"""

import re

from ingest.facts.dates import DATE, valid_date

_DAY = rf"[A-Z][a-z]+day,\s+(?P<day>{DATE})"
_RUNNING_HEAD = re.compile(
    rf"(?:^(?P<before>\d{{1,6}})\s+)?Federal\s+Register\s*/\s*Vol\.\s*(?P<volume>\d+),\s*No\.\s*\d+\s*/\s*{_DAY}\s*/"
    r"\s*[A-Za-z ,]+?(?:\s(?P<after>\d{1,6}))?$",
    re.MULTILINE,
)
_FIRST_PAGE = re.compile(rf"Federal\s+Register\s+(?P<page>\d{{1,6}})\s+Vol\.\s*(?P<volume>\d+),\s*No\.\s*\d+\s+{_DAY}")
_TEXT_EDITION = re.compile(
    r"\[(?:Federal\s+Register\s+Volume\s+(?P<volume>\d+),\s+Number\s+\d+\s+"
    rf"\({_DAY}\)|(?:Federal\s+Register:\s*)?(?P<date>{DATE})\s+\(Volume\s+(?P<number>\d+),\s+Number\s+\d+\))\]"
    r".{0,250}?\[Pages?\s+(?P<page>\d{1,6})",
    re.DOTALL,
)
_DOCUMENT = re.compile(r"\[?FR\s+Doc\.?\s*(?:No:?|No\.)?\s*:?\s*((?:\d{4}|[A-Z]\d|\d{2})-\d{3,6})\b(?=\s*(?:Filed|\]))")
_OPENING_CHARS = 3000


def register_facts(body: str, furniture: str, start: int = 0) -> dict[str, str]:
    """Those of ``federal_register`` ("85 FR 47698"), ``published`` and ``document_number`` that are printed.

    Args:
        body: with "-" for every hyphen.
        furniture: running heads of the first pages, in order.
        start: offset at which the document itself begins; another may end above it on its first page.
    """
    found: dict[str, str | None] = {}
    opening = body[:_OPENING_CHARS]
    edition = _TEXT_EDITION.search(opening)
    if edition:
        volume, day = edition["volume"] or edition["number"], edition["day"] or edition["date"]
        found = {"federal_register": f"{volume} FR {edition['page']}", "published": valid_date(day)}
    elif first := _FIRST_PAGE.search(opening):
        found = {"federal_register": f"{first['volume']} FR {first['page']}", "published": valid_date(first["day"])}
    elif head := _RUNNING_HEAD.search(furniture):
        found = {"federal_register": _cited(head, furniture), "published": valid_date(head["day"])}
    number = (edition and _DOCUMENT.search(opening, edition.end())) or _DOCUMENT.search(body, start)
    found["document_number"] = number[1] if number else None
    return {name: value for name, value in found.items() if value}


def _cited(head: re.Match[str], furniture: str) -> str | None:
    """The citation, where the first running head is that of the document's first page.

    A page's head comes before its "VerDate" line; a section's first page has no head, so that the first head
    is then the second page's.
    """
    page = head["before"] or head["after"]
    made_up = furniture.find("VerDate")
    return f"{head['volume']} FR {page}" if page and not 0 <= made_up < head.start() else None
