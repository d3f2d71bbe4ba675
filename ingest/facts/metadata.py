"""What a document says of itself: kind, numbers, dates, company. Pure.

Only what stands in the text, or in a Markdown file's front matter, is taken. This is the entry: each family of
documents has a module of its own (releases.py, mastheads.py, companies.py, listings.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corpus.pagemap import fold
from corpus.records import Kind
from ingest.facts.captions import HEAD_CHARS, Caption, read_caption
from ingest.facts.companies import company_report, earnings_release
from ingest.facts.dates import DATE, stated_dates, valid_date
from ingest.facts.kinds import kind_of_action, kind_of_words
from ingest.facts.listings import is_listing, listing_facts
from ingest.facts.mastheads import letter, rule_text, statute, uncaptioned_release
from ingest.facts.register import register_facts
from ingest.facts.releases import release_facts
from ingest.facts.titles import file_title, first_line, release_title

_STAGE = re.compile(
    r"^\s*(?:Joint\s+|Interim\s+)?(Final|Proposed)\s+Rules?\s*:|\bThe\s+(final|proposed)\s+rules?\b",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = re.compile(
    r"^[ \t]*By\s+the\s+(?:Securities\s+and\s+Exchange\s+)?Commission\b[^\n]{0,60}\n(?:[^\n]*\n){0,6}?"
    rf"[ \t]*(?:Dated?\s*:?\s*)?({DATE})",
    re.IGNORECASE | re.MULTILINE,
)
_DATED = re.compile(rf"^[ \t]*Dated?\s*:\s*({DATE})", re.IGNORECASE | re.MULTILINE)
_CLOSING_CHARS = 4000


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
    text = re.sub(r"(?<=\w)[–‑](?=\w)", "-", body)  # the Federal Register prints "34–51808"
    facts = (
        _company(text)
        or _named(text, furniture)
        or _release(text, furniture, metadata)
        or _uncaptioned(text, furniture)
    )
    if facts is None or not facts.title:
        title = file_title(metadata) or first_line(body[:HEAD_CHARS])
        return Facts(title, facts.kind, facts.fields) if facts else Facts(title)
    return facts


def _company(text: str) -> Facts | None:
    found = company_report(text) or earnings_release(text)
    return Facts(found[0], Kind.COMPANY_REPORT, found[1]) if found else None


def _named(text: str, furniture: str) -> Facts | None:
    """A statute or a comment letter."""
    if law := statute(text[:HEAD_CHARS], furniture, text):
        return Facts(law[0], Kind.STATUTE, law[1])
    if read_caption(text[:HEAD_CHARS]) is None and (written := letter(text)):
        return Facts(written[0], Kind.COMMENT_LETTER, written[1])
    return None


def _release(text: str, furniture: str, metadata: Mapping[str, str]) -> Facts | None:
    """A rulemaking release, or another document with the caption of one."""
    caption = read_caption(text[:HEAD_CHARS])
    if caption is None:
        return None
    fields = register_facts(text, furniture, caption.start) | release_facts(caption)
    fields |= stated_dates(caption.dates, fields.get("published"))
    if action := fold(caption.action.split("\n\n")[0]).rstrip("."):
        fields["action"] = action
    if issued := _issued(text[caption.start :]):
        fields["issued"] = issued
    title = release_title(caption, text, metadata)
    return Facts(title, _kind(caption, title or ""), fields)


def _kind(caption: Caption, title: str) -> Kind:
    """By the ACTION line; one that names no kind ("Amendments to national market system plan") leaves it open."""
    if kind_of_words(title, "") is Kind.SRO_FILING:
        return Kind.SRO_FILING
    if kind := kind_of_action(caption.action):
        return kind
    if kind := kind_of_words(title, caption.summary):
        return kind
    stage = _STAGE.search(caption.masthead)
    if stage is None:
        return Kind.OTHER
    return Kind.FINAL_RULE if (stage[1] or stage[2]).lower() == "final" else Kind.PROPOSED_RULE


def _issued(text: str) -> str | None:
    """The date under the signature: after "By the Commission", else the last of the closing lines."""
    signed = _SIGNED.findall(text) or _DATED.findall(text[-_CLOSING_CHARS:])
    return valid_date(signed[-1]) if signed else None


def _uncaptioned(text: str, furniture: str) -> Facts | None:
    """An order, a notice or rule text."""
    if release := uncaptioned_release(text[:HEAD_CHARS], text):
        start, title, kind, fields = release
        return Facts(title, kind, register_facts(text, furniture, start) | fields)
    if rules := rule_text(text[:HEAD_CHARS]):
        return Facts(rules[0], Kind.RULE_TEXT, rules[1])
    return None


def front_matter_facts(front: Mapping[str, Any], body: str = "") -> Facts:
    """Facts from a Markdown file's front matter: a listing of the Federal Register, or our own notes and rule cards.

    Args:
        front: the front matter.
        body: what follows it; a listing's abstract.
    """
    if is_listing(front):
        return Facts(*listing_facts(front, body))
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
