"""A stand-in for federalregister.gov, data.sec.gov and www.sec.gov on this machine.

It answers in the documented shapes, remembers what it was asked, and can be told to misbehave.
"""

import gzip
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

VALID_FIELDS = frozenset(
    {
        "abstract", "action", "agencies", "agency_names", "body_html_url", "cfr_references", "citation",
        "comment_url", "comments_close_on", "correction_of", "corrections", "dates", "disposition_notes",
        "docket_id", "docket_ids", "dockets", "document_number", "effective_on", "end_page", "excerpts",
        "executive_order_notes", "executive_order_number", "explanation", "full_text_xml_url", "html_url",
        "images", "images_metadata", "json_url", "mods_url", "not_received_for_publication", "page_length",
        "page_views", "pdf_url", "president", "presidential_document_number", "proclamation_number",
        "public_inspection_pdf_url", "publication_date", "raw_text_url", "regulation_id_number_info",
        "regulation_id_numbers", "regulations_dot_gov_info", "regulations_dot_gov_url", "significant",
        "signing_date", "start_page", "subtype", "title", "toc_doc", "toc_subject", "topics", "type", "volume",
    }
)  # fmt: skip
"""Of the API, as its server's source lists them; it answers 400 to any other."""
TYPE_NAMES = {"RULE": "Rule", "PRORULE": "Proposed Rule", "NOTICE": "Notice", "PRESDOCU": "Presidential Document"}
REFUSAL = b"<!DOCTYPE html><html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head></html>"


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    path: str
    query: str
    headers: dict[str, str]


@dataclass
class Body:
    """A file at an address.

    Attributes:
        etag: sent where it is not "".
        ranges: whether parts of it are served.
        packed: whether it is compressed for those who accept that.
    """

    data: bytes
    media_type: str = "application/pdf"
    etag: str = '"v1"'
    ranges: bool = True
    packed: bool = False


Trouble = Callable[["Handler", Body], None]


@dataclass
class StandIn:
    """What the stand-in holds and what it was asked.

    Attributes:
        documents: listings of the Federal Register by number, as its API gives them.
        bodies: by path.
        answers: JSON by path, for EDGAR.
        troubles: by path, one for each of the next requests to it.
        lists_at_most: the API does not list more than so many of what matches.
    """

    base: str = ""
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    troubles: dict[str, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[Asked] = field(default_factory=list)
    lists_at_most: int = 10_000

    def add_document(self, number: str, data: bytes, **listed: Any) -> dict[str, Any]:
        """Publish a document, as PDF, XML and HTML."""
        published = str(listed.get("publication_date", "2018-05-09"))
        day = published.replace("-", "/")
        pdf = f"/content/pkg/FR-{published}/pdf/{number}.pdf"
        xml = f"/documents/full_text/xml/{day}/{number}.xml"
        html = f"/documents/full_text/html/{day}/{number}.html"
        self.bodies[pdf] = Body(data)
        self.bodies[xml] = Body(b'<?xml version="1.0"?><RULE><P>A rule.</P></RULE>', "text/xml")
        self.bodies[html] = Body(b"<div><p>A rule.</p></div>", "text/html")
        listing = {field: None for field in VALID_FIELDS} | {
            "title": f"Document {number}",
            "type": "Proposed Rule",
            "action": "Proposed rule.",
            "document_number": number,
            "publication_date": published,
            "agencies": [
                {
                    "raw_name": "SECURITIES AND EXCHANGE COMMISSION",
                    "name": "Securities and Exchange Commission",
                    "id": 466,
                    "slug": "securities-and-exchange-commission",
                    "parent_id": None,
                }
            ],
            "docket_ids": [],
            "regulation_id_numbers": [],
            "cfr_references": [],
            "corrections": [],
            "page_length": 10,
            "html_url": f"{self.base}/documents/{day}/{number}/a-title",
            "pdf_url": self.base + pdf,
            "full_text_xml_url": self.base + xml,
            "body_html_url": self.base + html,
        }
        self.documents[number] = listing | listed
        return self.documents[number]

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    def listing(self, query: str) -> tuple[int, dict[str, Any]]:
        """Status and answer of ``documents.json``."""
        named = parse_qs(query)
        if bad := next((name for name in named.get("fields[]", ()) if name not in VALID_FIELDS), None):
            return 400, {"status": 400, "message": f"field '{bad}' not valid"}
        found = sorted(
            (d for d in self.documents.values() if _matches(d, named)),
            key=lambda d: (d["publication_date"], d["document_number"]),
            reverse=True,
        )
        answer: dict[str, Any] = {"count": len(found), "description": "Documents"}
        per_page, page = int(named.get("per_page", ["20"])[0]), int(named.get("page", ["1"])[0])
        listed = found[: self.lists_at_most]
        shown = listed[(page - 1) * per_page : page * per_page]
        if shown:
            answer["total_pages"] = -(-len(listed) // per_page)
            if page < answer["total_pages"]:
                pairs = [pair for pair in parse_qsl(query) if pair[0] not in ("page", "format")]
                following = urlencode([*pairs, ("format", "json"), ("page", str(page + 1))])
                answer["next_page_url"] = f"{self.base}/api/v1/documents?{following}"
            fields = named.get("fields[]", ["title", "document_number", "pdf_url"])
            answer["results"] = [{name: d[name] for name in fields} for d in shown]
        return 200, answer


def _matches(document: dict[str, Any], named: dict[str, list[str]]) -> bool:
    slugs = {agency["slug"] for agency in document["agencies"]}
    types = [TYPE_NAMES[name] for name in named.get("conditions[type][]", ())]
    day = document["publication_date"]
    words = f"{document['title']} {document['abstract'] or ''}".lower()
    return (
        (not (wanted := named.get("conditions[agencies][]")) or bool(slugs & set(wanted)))
        and (not types or document["type"] in types)
        and day >= named.get("conditions[publication_date][gte]", [""])[0]
        and day <= named.get("conditions[publication_date][lte]", ["9999"])[0]
        and named.get("conditions[term]", [""])[0].lower() in words
    )


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    site: StandIn

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.site.asked.append(
            Asked(parts.path, parts.query, {name.lower(): value for name, value in self.headers.items()})
        )
        body = self.site.bodies.get(parts.path, Body(b""))
        if self.site.troubles[parts.path]:
            self.site.troubles[parts.path].popleft()(self, body)
        elif parts.path in ("/api/v1/documents.json", "/api/v1/documents"):
            self.send_json(*self.site.listing(parts.query))
        elif parts.path.startswith("/api/v1/documents/"):
            number = parts.path.removeprefix("/api/v1/documents/").removesuffix(".json")
            known = self.site.documents.get(number)
            self.send_json(*((200, known) if known else (404, {"status": 404, "message": "Record Not Found"})))
        elif parts.path in self.site.answers:
            self.send_json(200, self.site.answers[parts.path])
        elif parts.path in self.site.bodies:
            self.send_body(body)
        else:
            self.send_data(404, b"<html><body>Not Found</body></html>", {"Content-Type": "text/html"})

    def send_json(self, status: int, value: Any) -> None:
        data = gzip.compress(json.dumps(value).encode())
        self.send_data(status, data, {"Content-Type": "application/json", "Content-Encoding": "gzip"})

    def send_body(self, body: Body) -> None:
        """The file, or the part of it that is asked for."""
        headers = {"Content-Type": body.media_type} | ({"ETag": body.etag} if body.etag else {})
        wanted = self.headers.get("Range", "")
        if body.packed and "gzip" in self.headers.get("Accept-Encoding", ""):
            self.send_data(200, gzip.compress(body.data), headers | {"Content-Encoding": "gzip"})
        elif wanted and body.ranges and self.headers.get("If-Range", body.etag) == body.etag:
            start, size = int(wanted.removeprefix("bytes=").removesuffix("-")), len(body.data)
            if start >= size:
                self.send_data(416, b"", {"Content-Range": f"bytes */{size}"})
            else:
                part = {"Content-Range": f"bytes {start}-{size - 1}/{size}"}
                self.send_data(206, body.data[start:], headers | part)
        else:
            self.send_data(200, body.data, headers)

    def send_data(self, status: int, data: bytes, headers: dict[str, str], *, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what several tests are about."""


def status(code: int, **headers: str) -> Trouble:
    """Answer with a code; header names with "_" for "-"."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, body: handler.send_data(code, b"busy", named)


def page(data: bytes, code: int = 200) -> Trouble:
    """A web page in place of the file."""
    return lambda handler, body: handler.send_data(code, data, {"Content-Type": "text/html"})


def redirect(to: str) -> Trouble:
    return lambda handler, body: handler.send_data(302, b"", {"Location": to})


def cut(after: int) -> Trouble:
    """Promise the whole file, send ``after`` bytes of it and hang up."""

    def send(handler: Handler, body: Body) -> None:
        headers = {"ETag": body.etag} if body.etag else {}
        handler.send_data(200, body.data[:after], headers, length=len(body.data))
        handler.close_connection = True

    return send


def cut_packed(after: int) -> Trouble:
    """A compressed answer without a length that breaks off, as an old server would send it."""

    def send(handler: Handler, body: Body) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(gzip.compress(body.data)[:after])
        handler.close_connection = True

    return send


def drip(gate: threading.Event, first: int, piece: int, pause_s: float) -> Trouble:
    """Send ``first`` bytes at once, set ``gate``, and the rest drop by drop."""

    def send(handler: Handler, body: Body) -> None:
        handler.send_data(200, body.data[:first], {"ETag": body.etag}, length=len(body.data))
        handler.wfile.flush()
        gate.set()
        pausing = threading.Event()
        try:
            for start in range(first, len(body.data), piece):
                pausing.wait(pause_s)
                handler.wfile.write(body.data[start : start + piece])
                handler.wfile.flush()
        except OSError:
            handler.close_connection = True

    return send


@contextmanager
def serving() -> Iterator[StandIn]:
    """A stand-in that runs until the block ends."""
    site = StandIn()
    handler = type("SiteHandler", (Handler,), {"site": site})
    server = _Server(("127.0.0.1", 0), handler)
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
