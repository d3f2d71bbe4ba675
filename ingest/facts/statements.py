"""What a text states about other documents: what it adopts, amends, corrects, extends or withdraws. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from corpus.pagemap import fold
from corpus.records import Kind
from ingest.facts.captions import HEAD_CHARS, read_caption
from ingest.facts.shortnames import SEGMENT_CHARS, ShortName, cited_releases, numbers, short_names, year_after

_FRONT_CHARS = 6000
_FIRST_SENTENCES_CHARS = 600
_TERMS = (
    r"\b(?:extension|re-?opening|extending|delay(?:ing)?)\s+(?:of\s+|the\s+|by\s+[\w ]+?\s+)*"
    r"(?:comment\s+periods?|compliance\s+dates?|effective\s+dates?|effective\s+and\s+compliance)"
)
# What a document does to one that is there already: told by its ACTION line, its title, or its summary.
_DEEDS = (
    ("withdraws", r"\bwithdraw", r"(?:^|;\s*)withdrawal\b", r"(?!)"),
    ("corrects", r"\bcorrect", r"(?:^|;\s*)correct", r"(?!)"),
    ("extends", _TERMS, _TERMS, _TERMS),
)
_PROPOSED_HERE = re.compile(
    r"""\b(?:(?:we|the\s+commissions?)\s+(?:re-?)?proposed\s+(?:this|these|the)\s+(?:[a-z]+\s+){0,2}?
    (?:rules?|amendments?|package|forms?)\s+(?:of\s+rules\s+)?(?=in\b|on\b|$)
    |(?:the|these)\s+(?:new\s+)?(?:rules?\s+and\s+)?(?:rule\s+)?(?:amendments?|rules?)\s+(?:was|were)\s+(?:re-?)?proposed\b
    |(?:our|the)\s+proposing\s+release,)""",
    re.IGNORECASE | re.VERBOSE,
)
_UP_TO_RELEASE = re.compile(r"[^.]{0,160}(?:\.\s+See\b)?[^.;]{0,200}?(?=Release)")
_NOT_PROPOSING = re.compile(r"adopt|re-?open|exten[ds]|comments?\b", re.IGNORECASE)
_AGAIN = re.compile(r"\bre-?\s?propos", re.IGNORECASE)
_RULEMAKING = (Kind.PROPOSED_RULE, Kind.FINAL_RULE, Kind.CONCEPT_RELEASE, Kind.INTERPRETATION)


def stated_lineage(text: str, kind: Kind, title: str, fields: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(relation, number of the other document), each once, as a document of rulemaking states them.

    Args:
        text: all of it, footnotes included.
        kind: of the document; only those of rulemaking state lineage.
        title: words of which a short name may be made.
        fields: of the document: its action, agency, file and release numbers are looked at.
    """
    if kind not in _RULEMAKING:
        return ()
    text = _plain(text)
    own = {*fields.get("release_numbers", ()), fields.get("federal_register")}
    found = list(_deed(text, title, str(fields.get("action") or ""), own))
    shorts = [name for name in short_names(text, title, str(fields.get("agency") or "")) if name.target not in own]
    if kind is Kind.FINAL_RULE:
        files = fields.get("file_numbers", ())
        found += [*_by_file(text, files), *_adoption(shorts, _opened(files), found[0][0] if found else "amends")]
        if not any(relation == "adopts" and target not in own for relation, target in found):
            found += _proposed_here(text, _opened(files))
    elif kind is Kind.PROPOSED_RULE:
        found += _proposal(shorts, again=_AGAIN.search(text[:_FRONT_CHARS]) is not None)
    return tuple(dict.fromkeys((relation, target) for relation, target in found if target not in own))


def _plain(text: str) -> str:
    """One hyphen and one pair of quotation marks, however the Federal Register prints them."""
    for printed, plain in (("``", "“"), ("''", "”"), ("‘‘", "“"), ("’’", "”")):
        text = text.replace(printed, plain)
    return re.sub(r"(?<=\w)[–‑](?=\w)", "-", text)


def _deed(text: str, title: str, action: str, own: Set[object]) -> Iterator[tuple[str, str]]:
    """The first document that a correction, extension or withdrawal names in its summary, or in what follows it."""
    caption = read_caption(text[:HEAD_CHARS])
    summary = caption.summary if caption else text[:_FRONT_CHARS]
    told = (action, title, fold(summary)[:_FIRST_SENTENCES_CHARS])
    for relation, *patterns in _DEEDS:
        if any(re.search(pattern, words, re.IGNORECASE) for pattern, words in zip(patterns, told, strict=True)):
            named = (number for part in (summary, text[:_FRONT_CHARS]) for number in numbers(part))
            first = next((number for number in named if number not in own), None)
            yield from ((relation, first),) if first else ()
            return


def _by_file(text: str, files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The release that a final rule cites as "Release No. …, [File No. …]" under its own file, if not as adopted."""
    own = "|".join(map(re.escape, files)) or "(?!)"
    for match in re.finditer(rf"[\[(,;]\s*File\s+No\.?\s*(?:{own})\b", text):
        segment = text[max(0, match.start() - SEGMENT_CHARS // 2) : match.start()]
        around = segment + text[match.end() : match.end() + 80]
        cited = cited_releases(segment)
        if cited and not _NOT_PROPOSING.search(around):
            yield "adopts", cited[-1].number


def _proposed_here(text: str, opened: int) -> Iterator[tuple[str, str]]:
    """The release that a sentence such as "We proposed these amendments in March 2004. See Release No. …" names."""
    for match in _PROPOSED_HERE.finditer(text):
        upto = _UP_TO_RELEASE.match(text, match.end())
        cited = cited_releases(text, max(upto.start(), upto.end() - 60), upto.end() + 40) if upto else []
        if cited:
            year = year_after(text[cited[0].end : cited[0].end + 40])
            if not year or year >= opened:
                yield "adopts", cited[0].number


def _opened(files: Sequence[str]) -> int:
    """Year in which the first of the files was opened, "S7-07-18" in 2018; 0 when none tells it."""
    years = [int(year) for file in files for year in re.findall(r"^S7-\d+-(\d\d)$", file)]
    return min((1900 + year if year > 50 else 2000 + year for year in years), default=0)


def _adoption(shorts: Sequence[ShortName], opened: int, changes: str) -> Iterator[tuple[str, str]]:
    """A final rule adopts its own proposal and amends (or corrects, or extends) what was adopted before it.

    Where bare names stand, dated ones are of earlier rounds; of dated ones the latest counts. A proposal older
    than the file, or than an adoption that is built on, is an earlier round's too. What only a citation of the
    Federal Register names as adopted is as often another agency's.
    """
    adopted = [name for name in shorts if name.role == "adoption"]
    yield from ((changes, name.target) for name in adopted if " FR " not in name.target)
    proposed = [name for name in shorts if name.role == "proposal" and (name.year >= opened or not name.year)]
    latest = max((name.year for name in proposed), default=0)
    proposed = [name for name in proposed if name.bare] or [name for name in proposed if name.year == latest]
    yield from (("adopts", name.target) for name in proposed if not any(_precedes(name, other) for other in adopted))


def _proposal(shorts: Sequence[ShortName], *, again: bool) -> Iterator[tuple[str, str]]:
    """A proposal may propose again; it proposes on what a concept release asked, or to amend what its title names."""
    for name in shorts:
        if name.role == "proposal" and again:
            yield "reproposes", name.target
        elif name.role == "concept" or (name.role == "adoption" and name.titled):
            yield "proposes", name.target


def _precedes(one: ShortName, other: ShortName) -> bool:
    """By number within a series, else by year."""
    a, b = (re.fullmatch(r"(.*)-(\d+)[A-Z]?", name.target) for name in (one, other))
    if a and b and a[1] == b[1]:
        return int(a[2]) < int(b[2])
    return one.year < other.year
