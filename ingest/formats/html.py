"""HTML: EDGAR filings, pages of the Federal Register and of sec.gov. What a reader sees becomes text, nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from corpus.pagemap import fold
from corpus.records import Kind
from ingest.facts.metadata import Facts, read_facts
from ingest.formats.decoding import decode_text
from ingest.formats.flow import Block, LaidOut, NewPage, lay_blocks
from ingest.formats.gpotext import is_register_text, register_blocks, running_head
from ingest.formats.htmlblocks import Walk, is_register_heading, note_targets
from ingest.formats.htmlnotes import Draft, DraftBlock, settle_notes
from ingest.formats.markup import Element, parse_html
from ingest.formats.pageedges import find_page_edges
from ingest.formats.textfiling import filing_drafts
from ingest.readout import Readout

_PAGE_LINE = re.compile(r"^[ \t]*<PAGE>", re.MULTILINE | re.IGNORECASE)
_FR_TITLE = re.compile(r"^Federal Register\s*(?:::|\|)\s*|\s*\|\s*Federal Register$")
_KIND_OF_PAGE = re.compile(r"(?:form\s+)?(?:10-[KQ]|8-K|untitled|document)\b", re.IGNORECASE)
_MIN_HEADINGS = 3


def read_html(data: bytes) -> Readout:
    """A page as bytes."""
    text, notes = decode_text(data)
    return read_html_text(text, notes)


def read_html_text(text: str, notes: tuple[str, ...] = ()) -> Readout:
    """A page as text.

    Args:
        text: all of it.
        notes: what was odd about its encoding.
    """
    root = parse_html(_PAGE_LINE.sub("\f", text) if "<pre" in text.lower() else text)
    title = root.find("title")
    named = _page_title(fold(title.text())) if title else ""
    metadata = {"title": named} if named else {}
    main = _main(root)
    if (plain := _preformatted(main)) is not None:
        return read_lines(plain, metadata, notes)
    register = _is_register(root)
    walk = Walk(note_targets(root), register=register)
    drafts = walk.drafts(main)
    if walk.pictures:
        notes = (*notes, f"pictures in it that were not read: {walk.pictures}")
    drafts = _from_first_page(drafts) if register else find_page_edges(_without_stray_headings(drafts))
    laid = lay_blocks(settle_notes(drafts))
    facts = _with_tagged(read_facts(laid.body, _furniture(laid), metadata), root)
    if register and not metadata:  # the text of such a page is without its title
        facts = replace(facts, title=None)
    return Readout(laid.pages, facts, marks=laid.marks, tables=laid.tables, notes=notes)


def read_lines(text: str, metadata: dict[str, str], notes: tuple[str, ...] = ()) -> Readout:
    """Text in lines, as the Federal Register's or with EDGAR's tags for pages and tables."""
    register = is_register_text(text)
    blocks: list[Block] = list(register_blocks(text)) if register else settle_notes(filing_drafts(text))
    laid = lay_blocks(blocks)
    furniture = running_head(text) if register else _furniture(laid)
    facts = read_facts(laid.body, furniture, {} if register else metadata)
    return Readout(laid.pages, facts, marks=laid.marks, tables=laid.tables, notes=notes)


def _page_title(title: str) -> str:
    """The title of a page, "" where it is a file's name or the name of its kind."""
    title = _FR_TITLE.sub("", title)
    return "" if " " not in title or _KIND_OF_PAGE.match(title) else title


def _main(root: Element) -> Element:
    """The element that holds the document, without the site around it."""
    body = root.find("body") or root
    whole = len(body.text())
    for element in body.elements():
        wanted = element.tag == "main" or element.get("id") == "fulltext_content_area"
        if wanted and len(element.text()) > whole / 3:
            return element
    return body


def _preformatted(main: Element) -> str | None:
    """The lines of a page that is one block of preformatted text, else None."""
    blocks = [element for element in main.elements() if element.tag == "pre"]
    text = "\n".join(block.text() for block in blocks)
    return text if len(text.strip()) > 0.8 * len(main.text().strip()) > 0 else None


def _is_register(root: Element) -> bool:
    """Whether the headings are those of federalregister.gov, which gives them ids such as "h-12"."""
    headings = (e for e in root.elements() if re.fullmatch("h[1-6]", e.tag))
    return sum(map(is_register_heading, headings)) >= _MIN_HEADINGS


def _without_stray_headings(drafts: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Headings count where the page marks them throughout; a title in ``h1`` above bold headings does not."""
    places, length = [0], 0
    for draft in drafts:
        if isinstance(draft, Draft):
            places += [length] if draft.level else []
            length += len(draft.text)
    widest = max(b - a for a, b in pairwise([*places, length]))
    if len(places) > _MIN_HEADINGS and widest <= length / 2:
        return list(drafts)
    return [replace(draft, level=0) if isinstance(draft, Draft) else draft for draft in drafts]


def _from_first_page(drafts: Sequence[DraftBlock]) -> list[DraftBlock]:
    """The page before the first that is marked, where text stands on it; the Federal Register counts through."""
    for position, draft in enumerate(drafts):
        marks = [draft] if isinstance(draft, NewPage) else draft.tokens if isinstance(draft, Draft) else ()
        for at, mark in enumerate(marks):
            if not isinstance(mark, NewPage) or not (mark.label or "").isdigit():
                continue
            begun = any(isinstance(before, Draft) for before in drafts[:position]) or at > 0
            return [NewPage(str(int(mark.label or 0) - 1)), *drafts] if begun else list(drafts)
    return list(drafts)


def _furniture(laid: LaidOut) -> str:
    return "\n".join(line for page in laid.pages[:4] for line in page.furniture)


def _with_tagged(facts: Facts, root: Element) -> Facts:
    """What the inline XBRL of a company's report states about it, where the text was not understood (dei taxonomy)."""
    stated: dict[str, str] = {}
    for element in root.elements():
        if element.tag == "ix:nonnumeric" and (name := element.get("name")).startswith("dei:"):
            stated.setdefault(name.removeprefix("dei:"), fold(element.text()))
    company, form = stated.get("EntityRegistrantName"), stated.get("DocumentType")
    if not company or not form:
        return facts
    fields: dict[str, Any] = {"company": company, "form": form}
    year, period = stated.get("DocumentFiscalYearFocus"), stated.get("DocumentFiscalPeriodFocus")
    if year and period:
        fields["fiscal_period"] = f"FY{year}" if period == "FY" else f"{period} FY{year}"
    title = facts.title if facts.kind is Kind.COMPANY_REPORT else f"{company}, Form {form}"
    return Facts(title, Kind.COMPANY_REPORT, fields | facts.fields)
