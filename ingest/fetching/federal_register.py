"""The Federal Register API, version 1 (federalregister.gov/developers/documentation/api/v1).

Shapes of questions and answers follow the API's OpenAPI description and the source code
of its server (usnationalarchives/federalregister-api-core): ``documents.json`` answers
``{count, description, total_pages, next_page_url, results}``, without ``results`` when
nothing matches and without ``next_page_url`` on the last page; ``documents/NUMBER.json``
answers the document itself, or ``{status: 404, message}`` with HTTP 404.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import FetchError
from corpus.records import Kind
from corpus.references import file_numbers, release_numbers
from ingest.fetching.downloads import Place
from ingest.fetching.transport import Transport

SEC = "securities-and-exchange-commission"
TYPES = ("RULE", "PRORULE", "NOTICE")
PER_PAGE = 1000
"""The most that one page of a listing may hold."""
FORMATS = {"pdf": ("pdf_url", ".pdf"), "xml": ("full_text_xml_url", ".xml"), "html": ("body_html_url", ".html")}
FIELDS = (
    "title", "type", "action", "abstract", "document_number", "publication_date", "agencies", "docket_ids",
    "regulation_id_numbers", "cfr_references", "citation", "start_page", "end_page", "page_length",
    "comments_close_on", "effective_on", "dates", "correction_of", "corrections",
    "html_url", "pdf_url", "full_text_xml_url", "body_html_url", "raw_text_url",
)  # fmt: skip
_NUMBER = re.compile(r"[A-Z]?\d{0,4}(?:-[A-Z]?\d{1,5}){1,2}")
_RIN = re.compile(r"\d{4}-[A-Z]{2}\d{2}")
_KINDS = (
    (re.compile(r"concept release|advance notice", re.IGNORECASE), Kind.CONCEPT_RELEASE),
    (re.compile(r"^(?:re-?)?propos|^notice of proposed rule", re.IGNORECASE), Kind.PROPOSED_RULE),
    (re.compile(r"^(?:interim |direct |temporary )*(?:final|adopt)", re.IGNORECASE), Kind.FINAL_RULE),
    (re.compile(r"^(?:commission )?interpret", re.IGNORECASE), Kind.INTERPRETATION),
)
_ABOUT_ANOTHER = re.compile(
    r"correct|extension|re-?opening|withdraw|delay|effective date|compliance date", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What to look for.

    Attributes:
        agencies: by the API's names ("slugs").
        types: of ``TYPES``.
        since: first day of publication, ISO 8601, or "".
        until: last day.
        term: words anywhere in the document; a phrase in double quotes.
    """

    agencies: Sequence[str] = (SEC,)
    types: Sequence[str] = ("RULE", "PRORULE")
    since: str = ""
    until: str = ""
    term: str = ""

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """As the API takes it, newest first."""
        conditions = [
            *(("conditions[agencies][]", agency) for agency in self.agencies),
            *(("conditions[type][]", kind) for kind in self.types),
            ("conditions[publication_date][gte]", self.since),
            ("conditions[publication_date][lte]", self.until),
            ("conditions[term]", self.term),
        ]
        fields = [("fields[]", field) for field in FIELDS]
        return [*(pair for pair in conditions if pair[1]), *fields, ("order", "newest")]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a search matched.

    Attributes:
        count: how many documents match.
        documents: those that were listed, newest first; fewer than ``count`` where a limit was
            set, or where the API lists no more.
    """

    count: int
    documents: tuple[Mapping[str, Any], ...]

    @property
    def pages(self) -> int:
        """Printed pages of the documents listed."""
        return sum(int(document.get("page_length") or 0) for document in self.documents)


class FederalRegister:
    """The API at one address."""

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base

    def document(self, number: str) -> Mapping[str, Any]:
        """One document's listing.

        Raises:
            FetchError: if there is none of that number.
        """
        fields = [("fields[]", field) for field in FIELDS]
        return self._transport.json(f"{self._base}/documents/{number}.json", fields, having="document_number")

    def cited(self, citation: str, published: str) -> Mapping[str, Any]:
        """The SEC's document at a citation, "69 FR 77424", found among those of its day.

        A citation may name the page of a document's cover, or the one after it.

        Raises:
            FetchError: if none of that day begins there.
        """
        page = int(citation.rsplit(" ", 1)[1])
        listing = self.search(Search(types=TYPES, since=published, until=published), None)
        found = [d for d in listing.documents if d.get("start_page") and abs(int(d["start_page"]) - page) <= 1]
        if not found:
            raise FetchError(
                f"the Federal Register lists no document of {published} that begins at {citation}",
                remedy="look the citation up on federalregister.gov and fetch it by its document number",
            )
        return min(found, key=lambda d: (abs(int(d["start_page"]) - page), -int(d["start_page"])))

    def search(self, search: Search, limit: int | None) -> Listing:
        """List what matches, page by page, up to ``limit`` documents or the end."""
        per_page = min(limit or PER_PAGE, PER_PAGE)
        parameters = [*search.parameters, ("per_page", str(per_page))]
        answer = self._transport.json(f"{self._base}/documents.json", parameters, having="count")
        count = int(answer["count"])
        found = list(answer.get("results") or ())
        while (following := answer.get("next_page_url")) and (limit is None or len(found) < limit):
            answer = self._transport.json(following)
            found += answer.get("results") or ()
        return Listing(count, tuple(found[:limit]))


def is_document_number(text: str) -> bool:
    """Whether it has the form of one: "2018-08582", "E9-12345", "04-4712", "R1-2018-08582"."""
    return _NUMBER.fullmatch(text) is not None


def body_place(listing: Mapping[str, Any], form: str) -> Place:
    """Where the text of a listed document is.

    Args:
        listing: as the API gives it.
        form: "pdf", "xml" or "html".

    Raises:
        FetchError: if the Federal Register has no such form of it.
    """
    field, _ = FORMATS[form]
    url = listing.get(field)
    if not url:
        others = [name for name, (other, _) in FORMATS.items() if listing.get(other)]
        raise FetchError(
            f"the Federal Register has {listing['document_number']} not as {form}",
            remedy=f"fetch it with --format {others[0]}" if others else f"see {listing.get('html_url')}",
        )
    names = ("document_number", "citation", "html_url", "correction_of", "corrections")
    identifiers = {name: listing[name] for name in names if listing.get(name)}
    return Place(url, identifiers, listing_facts(listing))


def listing_facts(listing: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of :class:`corpus.records.Document` that a listing states; nothing is guessed.

    The SEC's docket ids are its release and file numbers: ``["Release No. 34-83062",
    "File No. S7-07-18"]``, a list of releases often split over several.
    """
    dockets = "; ".join(str(docket) for docket in listing.get("docket_ids") or ()).replace("–", "-")
    parts = [
        f"{part['title']} CFR {part['part']}"
        for part in listing.get("cfr_references") or ()
        if part.get("title") and part.get("part")
    ]
    agencies = [agency.get("name") or agency.get("raw_name") for agency in listing.get("agencies") or ()]
    facts = {
        "title": listing.get("title"),
        "kind": _kind(listing),
        "agency": "; ".join(name for name in agencies if name),
        "release_numbers": tuple(release_numbers(dockets)),
        "file_numbers": tuple(file_numbers(dockets)),
        "rins": tuple(rin for rin in listing.get("regulation_id_numbers") or () if _RIN.fullmatch(rin)),
        "cfr_parts": tuple(parts),
        "federal_register": listing.get("citation"),
        "published": listing.get("publication_date"),
        "comment_deadline": listing.get("comments_close_on"),
        "effective": listing.get("effective_on"),
    }
    return {name: value for name, value in facts.items() if value}


def _kind(listing: Mapping[str, Any]) -> Kind | None:
    """Of the rules and proposals themselves; not of what corrects, extends or withdraws them."""
    action = str(listing.get("action") or "")
    if listing.get("type") not in ("Rule", "Proposed Rule") or _ABOUT_ANOTHER.search(action):
        return None
    return next((kind for pattern, kind in _KINDS if pattern.search(action)), None)
