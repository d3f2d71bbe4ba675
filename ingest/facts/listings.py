"""A listing of the Federal Register kept as Markdown: title, document number, day of publication, abstract. Pure.

Its front matter names the source ``federal_register`` and the item ``federal_register:NUMBER``; ``date`` there
is when the listing was collected, ``original_published`` when the document was published.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.pagemap import fold
from corpus.records import Kind
from ingest.facts.dates import DATE, valid_date
from ingest.facts.kinds import kind_of_words
from ingest.facts.releases import own_releases

_SOURCE = "federal_register"
_ABSTRACT = re.compile(r"^##\s+(?:Summary|Abstract)\s*\n(.*?)(?=^##\s|\Z)", re.DOTALL | re.MULTILINE)
_AGENCIES = (
    "Securities and Exchange Commission",
    "Commodity Futures Trading Commission",
    "Federal Deposit Insurance Corporation",
    "Federal Trade Commission",
    "Board of Governors of the Federal Reserve System",
)


def is_listing(front: Mapping[str, Any]) -> bool:
    """Whether a file's front matter says that it lists a document of the Federal Register."""
    return front.get("source") == _SOURCE and str(front.get("item_id", "")).startswith(f"{_SOURCE}:")


def listing_facts(front: Mapping[str, Any], body: str) -> tuple[str | None, Kind, dict[str, Any]]:
    """Title, kind and fields; the agency only where the abstract's first words name it."""
    title = fold(str(front.get("title") or "")).strip("[] ") or None
    stated = _ABSTRACT.search(body)
    abstract = fold(stated[1]) if stated else ""
    found: dict[str, Any] = {
        "document_number": str(front["item_id"]).removeprefix(f"{_SOURCE}:"),
        "published": _day(front.get("original_published")),
        "agency": _agency(abstract),
        "release_numbers": own_releases(title or ""),
    }
    if found["release_numbers"] and (dated := re.search(DATE, title or "")):
        found["issued"] = valid_date(dated[0])
    kind = kind_of_words(title or "", abstract) or Kind.OTHER
    return title, kind, {name: value for name, value in found.items() if value}


def _day(value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()[:10]
    stated = re.match(r"\d{4}-\d\d-\d\d", str(value or ""))
    return stated[0] if stated else None


def _agency(abstract: str) -> str | None:
    """Agencies that the first sentence makes its subject."""
    subject = re.match(r"(?:The\s+)?(.{0,300}?)\s(?:is|are|has|have|proposes?|adopts?|published)\b", abstract)
    named = [agency for agency in _AGENCIES if subject and agency in subject[1]]
    return "; ".join(sorted(named, key=abstract.index)) or None
