"""Documents without a caption: orders, notices of exchanges, comment letters, statutes, rule text. Pure."""

import re
from typing import Any

from corpus.pagemap import fold
from corpus.records import Kind
from corpus.references import file_numbers
from ingest.facts.captions import Caption
from ingest.facts.dates import DATE, valid_date
from ingest.facts.kinds import kind_of_words
from ingest.facts.releases import identifiers_end, own_releases, release_facts
from ingest.facts.titles import as_written

_HEAD_CHARS = 8000
_MASTHEAD_CHARS = 2500
_LETTER = re.compile(
    r"\b(?:Dear\s+(?:Ms|Mr|Mrs|Dr|Secretary|Sir|Madam|Chair|Commissioner|Members)|To\s+Whom\s+It\s+May)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^[ \t]*(?:Re|Subject|Ref)\s*:\s*(.{10,600}?)(?=\n\s*(?:Dear|To Whom|Ladies)\b)",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_ON_A_FILE = re.compile(r"rule-comments|\bFile\s+N|\bS7-\d|\bSR-[A-Z]|Release\s+No|comment|propos", re.IGNORECASE)
_CITED_AS = re.compile(r"may\s+be\s+cited\s+as\s+the\s+(?:‘‘|[“\"])(.+?)(?:’’|[”\"])", re.DOTALL)
_PART = re.compile(r"^\W*PART\s+(\d{1,4}[a-z]?)\s*[-—–]+\s*([^\n]{5,200})", re.MULTILINE | re.IGNORECASE)
_SECTION = re.compile(r"^\W*§\s*\d{1,4}\.\d", re.MULTILINE)
_CFR_TITLE = re.compile(r"\bTitle\s+(\d{1,2})\b|\b(\d{1,2})\s+CFR\b")
_NUMBERS_BEGIN = re.compile(
    r"^[ \t]*[\[(]?\s*(?:[A-Z][A-Za-z ]+of 19\d\d,?\s*)?Release\s+Nos?\b", re.IGNORECASE | re.MULTILINE
)
_BELOW_ANOTHER = re.compile(r"SECURITIES\s+AND\s+EXCHANGE\s+COMMISSION\s+(?=\[Release\s+Nos?\b)")
_AGENCY = re.compile(r"SECURITIES\s+AND\s+EXCHANGE\s+COMMISSION|Act\s+of\s+19", re.IGNORECASE)
_LONGEST = 600
_MATTER = re.compile(
    r"In\s+the\s+Matter\s+of\s+(?P<who>.{3,300}?)[,.]?\s*\n\s*(?:Respondents?\.?\s*)?(?P<order>ORDERS?\b.{5,400}?)(?=\n\s*\n)",
    re.DOTALL,
)
_TITLE_END = re.compile(rf"\n\s*\n|\s*\(?{DATE}|\bPursuant\s+to\s+[Ss]ection|\bI\.\s+Introduction", re.IGNORECASE)


def statute(head: str, furniture: str, body: str) -> tuple[str | None, dict[str, Any]] | None:
    """Title and fields of an enrolled statute."""
    law = re.search(r"PUBLIC LAW \d+[–-]\d+(?:\s*[-—–]+\s*([A-Z]+ \d{1,2}, \d{4}))?", furniture + "\n" + head)
    if not law or not re.search(r"Be it enacted", body[:200_000]):
        return None
    named = _CITED_AS.search(body[:200_000])
    day = valid_date(law[1].title()) if law[1] else None
    return (fold(named[1]).rstrip(".,") if named else None), ({"issued": day} if day else {})


def letter(head: str) -> tuple[str | None, dict[str, Any]] | None:
    """Title and fields of a comment letter: the file that it comments on, and its date.

    The release that its subject names is another document's number, and is not taken.
    """
    subject = _SUBJECT.search(head[:_HEAD_CHARS])
    if not subject or not _LETTER.search(head[:_HEAD_CHARS]) or not _ON_A_FILE.search(head[: subject.end()]):
        return None
    found: dict[str, Any] = {"file_numbers": tuple(file_numbers(subject[1]))}
    dated = re.search(DATE, head[: subject.start()])
    found["issued"] = valid_date(dated[0]) if dated else None
    return f"Comment letter: {fold(subject[1])}", {name: value for name, value in found.items() if value}


def rule_text(head: str) -> tuple[str, dict[str, Any]] | None:
    """Title and part of a text of the Code of Federal Regulations."""
    part, section = _PART.search(head[:_HEAD_CHARS]), _SECTION.search(head[:_HEAD_CHARS])
    title = _CFR_TITLE.search(head[:_HEAD_CHARS])
    if not part or not section or not title or part.start() > _MASTHEAD_CHARS:
        return None
    named = as_written(fold(part[2]).rstrip("."), head)
    return f"Part {part[1]}—{named}", {"cfr_parts": (f"{title[1] or title[2]} CFR {part[1]}",)}


def uncaptioned_release(head: str, body: str) -> tuple[int, str | None, Kind, dict[str, Any]] | None:
    """Where an order or a notice begins, its title, kind and fields: numbers at the top, then title and date."""
    start = _begins(head)
    masthead = head[start : start + _MASTHEAD_CHARS] if start is not None else ""
    if start is None or not own_releases(masthead):
        return None
    numbers_end = identifiers_end(masthead)
    rest = masthead[numbers_end:].lstrip(" \n];,.-/)")
    leading = re.match(DATE, rest)
    title = _title(rest[leading.end() :] if leading else rest)
    fields = release_facts(Caption(masthead[:numbers_end]))
    dates = (leading, *(re.search(DATE, part) for part in (masthead[:numbers_end], rest[: len(title) + 300])))
    day = next((valid_date(dated[0]) for dated in dates if dated), None)
    fields |= {"issued": day} if day else {}
    return start, (as_written(title, body) if title else None), kind_of_words(title, "") or Kind.OTHER, fields


def _begins(head: str) -> int | None:
    """Offset of the numbers: near the top, or on a page of the Federal Register below another notice's end."""
    top = head[:_MASTHEAD_CHARS]
    if (numbers := _NUMBERS_BEGIN.search(top)) and _AGENCY.search(top):
        return numbers.start()
    below = _BELOW_ANOTHER.search(head[:_HEAD_CHARS])
    return below.end() if below else None


def _title(text: str) -> str:
    """The paragraph after the numbers; of a proceeding, whose it is and what is ordered."""
    text = text.lstrip(" \n.")
    if matter := _MATTER.match(text):
        return f"In the Matter of {fold(matter['who'])}; {fold(matter['order'])}"
    end = _TITLE_END.search(text)
    title = fold(text[: end.start()] if end else text.split("\n\n")[0]).strip(" ;,.-")
    return title if 3 < len(title) < _LONGEST else ""
