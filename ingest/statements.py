"""What a text states about other documents: what it adopts, amends, corrects, extends or withdraws. Pure.

Releases give short names to the documents they build on: "Exchange Act Release No. 83062 (Apr. 18, 2018), 83 FR
21574 (“Proposing Release”)". Such a name is taken to mean the document's own rulemaking when it is bare, has
only a date, or is made of words of the document's own title; "Cross-Border Proposing Release" is another's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from corpus.pagemap import fold
from corpus.records import Kind
from ingest.captions import HEAD_CHARS, read_caption
from ingest.releases import ACTS, release_number

_PREFIX = r"(?:3[345]|39|IA|IC|BHCA)"
_CITED = re.compile(
    rf"(?:\b(?P<act>{ACTS})(?:\s+of\s+19\d\d)?,?\s*)?\bReleases?\s+(?:Nos?\.?\s*:?\s*)?"
    rf"(?:(?P<series>{_PREFIX})\s?-\s?)?(?P<number>\d{{3,6}}[A-Z]?)\b",
    re.IGNORECASE,
)
_REGISTER = re.compile(r"\b(\d{2,3})\s+(?:FR|Fed\.\s?Reg\.)\s+(\d{1,3},\d{3}|\d{3,6})\b")
_NAMED = re.compile(
    r"[(\[]\s*(?:hereinafter,?\s+|collectively,?\s+|together,?\s+|the\s+|our\s+)*"
    r"[“\"‘]\s*([^”\"’()]{4,80}?)[.,]?\s*[”\"’](?:\s+(?:or|and)\s+[“\"‘][^”\"’()]{4,80}[”\"’])?\s*[)\]]"
)
_SEGMENT_CHARS = 300
_FRONT_CHARS = 6000
_FIRST_SENTENCES_CHARS = 600
_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?:\s+\d{1,2},?)?"
    r"|\b(?:19|20)\d\d\b|^the\b",
    re.IGNORECASE,
)
_ROLES = (
    (
        "proposal",
        re.compile(
            r"(?:re-?)?propos(?:ing\s+releases?|als?|ed\s+(?:rules?|amendments?)(?:\s+release)?)$", re.IGNORECASE
        ),
    ),
    ("adoption", re.compile(r"(?:adopting\s+releases?|final\s+(?:rules?|amendments?)(?:\s+release)?)$", re.IGNORECASE)),
    ("concept", re.compile(r"concept\s+release$", re.IGNORECASE)),
)
_TERMS = (
    r"\b(?:extension|re-?opening|extending|delay(?:ing)?)\s+(?:of\s+|the\s+|by\s+[\w ]+?\s+)*"
    r"(?:comment\s+periods?|compliance\s+dates?|effective\s+dates?|effective\s+and\s+compliance)"
)
# What a document does to one that is there already: told by its ACTION line, its title, or its summary.
_DEEDS = (
    ("withdraws", r"\bwithdraw", r"(?:^|;\s*)withdrawal\b(?:\s+of\b.*\b(?:propos|rule))?", r"(?!)"),
    ("corrects", r"\bcorrect", r"(?:^|;\s*)correct", r"(?!)"),
    ("extends", _TERMS, _TERMS, _TERMS),
)
_ACRONYM_WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
_PROPOSED_HERE = re.compile(
    r"""\b(?:(?:we|the\s+commissions?)\s+(?:re-?)?proposed\s+(?:this|these|the)\s+(?:[a-z]+\s+){0,2}?
    (?:rules?|amendments?|package|forms?)\s+(?:of\s+rules\s+)?(?=in\b|on\b|$)
    |(?:the|these)\s+(?:new\s+)?(?:rules?\s+and\s+)?(?:rule\s+)?(?:amendments?|rules?)\s+(?:was|were)\s+(?:re-?)?proposed\b
    |(?:our|the)\s+proposing\s+release,)""",
    re.IGNORECASE | re.VERBOSE,
)
_UP_TO_RELEASE = re.compile(r"[^.]{0,160}(?:\.\s+See\b)?[^.;]{0,200}?(?=Release)")
_NOT_PROPOSING = re.compile(r"adopt|re-?open|exten[ds]|comments?\b", re.IGNORECASE)
_RULE_KINDS = (Kind.PROPOSED_RULE, Kind.FINAL_RULE, Kind.CONCEPT_RELEASE, Kind.INTERPRETATION)


@dataclass(frozen=True, slots=True)
class _Short:
    """A short name of the document's own rulemaking.

    Attributes:
        role: what it names: a "proposal", an "adoption" or a "concept" release.
        target: number of that document.
        year: in the name, else of the document as cited; 0 when neither tells it.
        bare: it is neither dated nor made of words of the title.
        titled: it is made of words of the title.
    """

    role: str
    target: str
    year: int
    bare: bool
    titled: bool


def stated_lineage(text: str, kind: Kind, title: str, fields: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(relation, number of the other document) as a rulemaking document states them, in the order of the text.

    Args:
        text: all of it, footnotes included.
        kind: of the document; only those of rulemaking state lineage.
        title: words of which a short name may be made.
        fields: of the document: ``action``, ``agency`` and its own numbers are looked at.
    """
    if kind not in _RULE_KINDS:
        return ()
    text = _plain(text)
    own = {*fields.get("release_numbers", ()), fields.get("federal_register")}
    files = fields.get("file_numbers", ())
    found = list(_deed(text, title, str(fields.get("action") or ""), own))
    shorts = [short for short in _short_names(text, title, str(fields.get("agency") or "")) if short.target not in own]
    if kind is Kind.FINAL_RULE:
        found += [*_by_file(text, files), *_adoption(shorts, _opened(files), found[0][0] if found else "amends")]
        if not any(relation == "adopts" and target not in own for relation, target in found):
            found += _proposed_here(text, _opened(files))
    elif kind is Kind.PROPOSED_RULE:
        found += _proposal(shorts, again=re.search(r"\bre-?\s?propos", text[:_FRONT_CHARS], re.IGNORECASE) is not None)
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
            named = [
                number for part in (summary, text[:_FRONT_CHARS]) for number in _numbers(part) if number not in own
            ]
            yield from ((relation, number) for number in named[:1])
            return


def _by_file(text: str, files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The release that a final rule cites as "Release No. …, [File No. …]" under its own file, if not as adopted."""
    for match in re.finditer(rf"[\[(,;]\s*File\s+No\.?\s*(?:{'|'.join(map(re.escape, files)) or '(?!)'})\b", text):
        segment = text[max(0, match.start() - _SEGMENT_CHARS // 2) : match.start()]
        around = segment + text[match.end() : match.end() + 80]
        cited = list(_CITED.finditer(segment))
        if cited and not _NOT_PROPOSING.search(around) and (number := _number(cited[-1])):
            yield "adopts", number


def _proposed_here(text: str, opened: int) -> Iterator[tuple[str, str]]:
    """The release that a sentence such as "We proposed these amendments in March 2004. See Release No. …" names."""
    for match in _PROPOSED_HERE.finditer(text):
        upto = _UP_TO_RELEASE.match(text, match.end())
        cited = _CITED.search(text, max(upto.start(), upto.end() - 60), upto.end() + 40) if upto else None
        if cited and (number := _number(cited)):
            years = _years(text[cited.end() : cited.end() + 40])
            if not years or years[0] >= opened:
                yield "adopts", number


def _years(text: str) -> list[int]:
    return [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text)]


def _short_names(text: str, title: str, agency: str) -> Iterator[_Short]:
    previous = 0
    words = _title_words(title)
    joint = (
        {"joint"} if re.search(r";|\band\s+Sec|\band\s+[A-Z]", agency.replace("Securities and Exchange", "")) else set()
    )
    for match in _NAMED.finditer(text):
        start, previous = max(previous, match.start() - _SEGMENT_CHARS), match.end()
        name = fold(match[1])
        role, rest = _role(name)
        if not role or not _own(rest, words | joint):
            continue
        segment = text[start : match.start()]
        cited = [found for found in _CITED.finditer(segment) if _number(found)]
        numbers = [_number(found) for found in cited] or list(_register_numbers(segment))
        if numbers and numbers[-1]:
            after = segment[cited[-1].end() :] if cited else segment
            years = _years(name) or _years(after)
            yield _Short(
                role,
                numbers[-1],
                years[-1] if years else 0,
                bare=not rest and not _DATED.search(name),
                titled=bool(rest),
            )


def _role(name: str) -> tuple[str, str]:
    """What a short name names, and the words before that, without dates."""
    for role, pattern in _ROLES:
        if found := pattern.search(name):
            return role, _DATED.sub(" ", name[: found.start()]).strip()
    return "", name


def _title_words(title: str) -> set[str]:
    """Words of a title in small letters, and the initials of every two to five words in a row ("ETF")."""
    words = _ACRONYM_WORD.findall(title)
    initials = {"".join(w[0] for w in words[i : i + n]).lower() for n in range(2, 6) for i in range(len(words) - n + 1)}
    return {word.lower() for word in re.findall(r"[\w-]+", title)} | {word.lower() for word in words} | initials


def _own(rest: str, words: set[str]) -> bool:
    return all(
        word.lower() in words for word in re.findall(r"[\w-]+", rest) if word.lower() not in ("and", "of", "the")
    )


def _opened(files: Sequence[str]) -> int:
    """Year in which the first of the files was opened, "S7-07-18" in 2018; 0 when none tells it."""
    years = [int(year) for file in files for year in re.findall(r"^S7-\d+-(\d\d)$", file)]
    return min((1900 + year if year > 50 else 2000 + year for year in years), default=0)


def _adoption(shorts: Sequence[_Short], opened: int, changes: str) -> Iterator[tuple[str, str]]:
    """A final rule adopts its own proposal and amends (or corrects, or extends) what was adopted before it.

    Where bare names stand, dated ones are of earlier rounds; of dated ones the latest counts. A proposal older
    than the file, or than an adoption that is built on, is an earlier round's too.
    """
    adopted = [short for short in shorts if short.role == "adoption"]
    yield from ((changes, short.target) for short in adopted if " FR " not in short.target)
    proposed = [short for short in shorts if short.role == "proposal" and (short.year >= opened or not short.year)]
    proposed = [s for s in proposed if s.bare] or [s for s in proposed if s.year == max(p.year for p in proposed)]
    yield from (("adopts", short.target) for short in proposed if not any(_precedes(short, other) for other in adopted))


def _proposal(shorts: Sequence[_Short], *, again: bool) -> Iterator[tuple[str, str]]:
    """A proposal may propose again; it proposes on what a concept release asked, or to amend what its title names."""
    for short in shorts:
        if short.role == "proposal" and again:
            yield "reproposes", short.target
        elif short.role == "concept" or (short.role == "adoption" and short.titled):
            yield "proposes", short.target


def _precedes(one: _Short, other: _Short) -> bool:
    a, b = (re.fullmatch(r"(.*)-(\d+)[A-Z]?", short.target) for short in (one, other))
    if a and b and a[1] == b[1]:
        return int(a[2]) < int(b[2])
    return one.year < other.year


def _numbers(text: str) -> Iterator[str]:
    """Release numbers, then citations of the Federal Register, in the order of the text."""
    yield from (number for cited in _CITED.finditer(text) if (number := _number(cited)))
    yield from _register_numbers(text)


def _number(cited: re.Match[str]) -> str | None:
    """The full form, or None for a number of which nothing tells the series."""
    if cited["series"]:
        return f"{cited['series']}-{cited['number']}".upper()
    return release_number(cited["act"], cited["number"]) if cited["act"] else None


def _register_numbers(text: str) -> Iterator[str]:
    yield from (f"{volume} FR {page.replace(',', '')}" for volume, page in _REGISTER.findall(text))
