"""XML of the Federal Register and the eCFR: a document of federalregister.gov, an issue of govinfo.gov, a CFR part."""

import re

from corpus.errors import SourceError
from corpus.pagemap import fold
from corpus.records import Kind
from ingest.facts.metadata import Facts, read_facts
from ingest.formats.flow import LaidOut, lay_blocks
from ingest.formats.gpoxml import Walk
from ingest.formats.markup import Element, parse_xml
from ingest.readout import Readout

_ARTICLES = ("RULE", "PRORULE", "NOTICE", "PRESDOCU", "CORRECT")
_ISSUES = ("FEDREG", "RULES", "PRORULES", "NOTICES", "PRESDOCS", "NEWPART")
_CODES = ("ECFR", "DLPSTEXTCLASS", "CFRGRANULE", "CFRDOC", *(f"DIV{n}" for n in range(1, 10)))
ROOTS = (*_ARTICLES, *_ISSUES, *_CODES)
"""Root elements of the files that :func:`read_xml` reads."""
_SMALL_WORDS = frozenset(("and", "for", "of", "on", "the", "to", "in"))


def read_xml(data: bytes) -> Readout:
    """A document or an issue of the Federal Register, or part of the Code of Federal Regulations.

    Raises:
        SourceError: if it is XML of another kind, or not well-formed.
    """
    root = parse_xml(data)
    if root.tag not in ROOTS:
        raise SourceError(
            f"the file is XML of a kind that is not read (its root is <{root.tag[:40]}>)",
            remedy="give Federal Register or eCFR XML; of a company's filing, the .htm or .txt file",
        )
    articles = [element for element in root.elements() if element.tag in _ARTICLES]
    walk = Walk(issue=len(articles) > 1)
    laid = lay_blocks(walk.blocks(root))
    notes = []
    if len(articles) > 1:
        facts = _issue_facts(root)
        notes.append(f"the file is an issue with {len(articles)} documents; they were read as one")
    else:
        facts = _article_facts(articles[0], laid) if articles else _code_facts(root)
    if walk.pictures:
        notes.append(f"forms, charts or formulas that are pictures, and were not read: {walk.pictures}")
    return Readout(laid.pages, facts, marks=laid.marks, tables=laid.tables, notes=tuple(notes))


def _article_facts(article: Element, laid: LaidOut) -> Facts:
    """What the text says; title and agency from their tags where the caption has no labels."""
    subject, agency = article.find("SUBJECT"), article.find("AGENCY")
    title = fold(subject.text()) if subject else ""
    facts = read_facts(laid.body, "", {"title": title} if title else {})
    named = {"agency": _capitalised(fold(agency.text()))} if agency and facts.kind is not Kind.OTHER else {}
    return Facts(title or facts.title, facts.kind, named | facts.fields)


def _issue_facts(root: Element) -> Facts:
    stated = {tag: fold(found.text()) for tag in ("VOL", "NO", "DATE") if (found := root.find(tag))}
    parts = [f"Vol. {stated['VOL']}" if "VOL" in stated else "", f"No. {stated['NO']}" if "NO" in stated else ""]
    title = ", ".join(part for part in ("Federal Register", *parts, stated.get("DATE", "")) if part)
    return Facts(title, Kind.OTHER, {"federal_register": f"{stated['VOL']} FR"} if "VOL" in stated else {})


def _code_facts(root: Element) -> Facts:
    """Title and CFR part; the number of the CFR's title begins a division's NODE, "17:4.0.1.1.3"."""
    head = root.find("HEAD", "HD")
    parts = [element for element in root.elements() if element.tag == "DIV5" and element.get("N")]
    numbers = [f"{title[1]} CFR {part.get('N')}" for part in parts if (title := re.match(r"(\d+):", part.get("NODE")))]
    fields = {"cfr_parts": tuple(dict.fromkeys(numbers))} if numbers else {}
    return Facts(fold(head.text()) if head else None, Kind.RULE_TEXT, fields)


def _capitalised(name: str) -> str:
    words = [w.lower() if w.lower() in _SMALL_WORDS else w.capitalize() for w in name.split()]
    return " ".join([words[0].capitalize(), *words[1:]]) if words else ""
