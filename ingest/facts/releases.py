"""Numbers by which a release is known, from its masthead: releases, files, RINs, CFR parts, agency. Pure."""

import re
from typing import Any

from corpus.pagemap import fold
from ingest.facts.captions import Caption

_SERIES = {
    "securities act": "33",
    "securities exchange act": "34",
    "exchange act": "34",
    "public utility holding company act": "35",
    "trust indenture act": "39",
    "investment advisers act": "IA",
    "advisers act": "IA",
    "investment company act": "IC",
    "bank holding company act": "BHCA",
}
_ITEM = r"(?:\d\d|[A-Z]{2,4})\s?-\s?\d{1,6}[A-Z]?"
_BETWEEN = (
    r"\s*(?:[;,/]|\band\b|&|\s)\s*(?:and\s+)?(?:International\s+Series\s+(?:Release\s+)?No\.?\s*[\d-]+\s*[;,]?\s*)?"
)
_RELEASE_LIST = re.compile(
    rf"\bR\s?e\s?l\s?e\s?a\s?s\s?e\s?s?\s+N\s?o\s?s?\s?\.?\s?:?\s*({_ITEM}(?:{_BETWEEN}{_ITEM})*)(?![\w-])",
    re.IGNORECASE,
)
_ACTS = "|".join(sorted(_SERIES, key=len, reverse=True)).replace(" ", r"\s+")
_UNDER_AN_ACT = re.compile(
    rf"\b({_ACTS})"
    r"(?:\s+of\s+19\d\d)?,?\s*Release\s+Nos?\.?\s*:?\s*(\d{3,6}[A-Z]?)\b(?!-)",
    re.IGNORECASE,
)
_FILE = r"(?:S7|SR|PCAOB|[A-Z]{0,2}\d{1,3})(?:\s?-\s?[A-Za-z0-9]+){1,3}"
_FILE_LIST = re.compile(
    rf"\bF\s?ile\s+(?:N\s?o\s?s?\s?\.?|Numbers?)\s?:?\s*({_FILE}(?:\s*(?:[;,]|\band\b)\s*(?:and\s+)?{_FILE})*)",
    re.IGNORECASE,
)
_RULEMAKING = re.compile(r"\bS7-\d{1,2}-\d{2}\b")
_RIN_LIST = re.compile(
    r"\bRINs?\b(?:\s+(?:Nos?\.|Numbers?))?\s?:?\s*((?:\d{4}[\s-]{0,2}[A-Z][A-Z1][\s-]?[\dO]\s?[\dO]\b[\s;,]*(?:and\s+)?)+)",
    re.IGNORECASE,
)
_RIN = re.compile(r"(\d{4})[\s-]{0,2}([A-Z])([A-Z1])[\s-]?([\dO])\s?([\dO])", re.IGNORECASE)
_CFR_LIST = re.compile(
    r"\b(\d{1,2})\s+C\s?F\s?R\s+(?:P\s?A\s?R\s?T\s?S?\s+)?((?:\d{1,4}[a-z]?\b(?:\s*,?\s*(?:and\s+)?)?)+)", re.IGNORECASE
)
_IDENTIFIERS = (_RELEASE_LIST, _UNDER_AN_ACT, _FILE_LIST, _RIN_LIST, _CFR_LIST)
_SHORT_NAME = re.compile(r"\s*\([^)]*\)")


def release_facts(caption: Caption) -> dict[str, Any]:
    """Identifiers and agency, as far as the masthead and caption print them.

    Only lists that "Release No.", "File No.", "RIN" or "CFR Part" introduce count: a note of the web page
    ("See also Rel. No. …") names another release.
    """
    masthead = caption.masthead
    found = {
        "release_numbers": own_releases(masthead),
        "file_numbers": _listed(_FILE_LIST, _FILE, masthead) or tuple(dict.fromkeys(_RULEMAKING.findall(masthead))),
        "rins": tuple(dict.fromkeys(_rin(m) for text in _RIN_LIST.findall(masthead) for m in _RIN.finditer(text))),
        "cfr_parts": cfr_parts(masthead),
        "agency": agency_name(caption.agency),
    }
    return {name: value for name, value in found.items() if value}


def own_releases(masthead: str) -> tuple[str, ...]:
    """Release numbers in full form, as a masthead lists them."""
    listed = tuple(number.upper() for number in _listed(_RELEASE_LIST, _ITEM, masthead))
    return listed or tuple(
        dict.fromkeys(_release_number(act, number) for act, number in _UNDER_AN_ACT.findall(masthead))
    )


def _release_number(act: str, number: str) -> str:
    """The full form of a number under an act: ("Securities Exchange Act", "83062") gives "34-83062"."""
    return f"{_SERIES[fold(act).lower()]}-{number.upper()}"


def identifiers_end(masthead: str) -> int:
    """Where the last of the listed numbers ends, its bracket included; 0 when there is none."""
    ends = [m.end() for pattern in _IDENTIFIERS for m in pattern.finditer(masthead)]
    end = max(ends, default=0)
    closing = re.compile(r"[^\S\n]*;?[^\S\n]*(?:S7-[\d-]+)?\s*[\])]").match(masthead, end)
    return closing.end() if closing else end


def cfr_parts(masthead: str) -> tuple[str, ...]:
    """Parts that a masthead lists, "17 CFR 240"."""
    listed = (
        f"{title} CFR {part}"
        for title, parts in _CFR_LIST.findall(masthead)
        for part in re.findall(r"\d+[a-z]?", parts)
    )
    return tuple(dict.fromkeys(listed))


def agency_name(printed: str) -> str | None:
    """What stands after "AGENCY:", without the short names that it introduces."""
    return fold(_SHORT_NAME.sub("", printed)).rstrip(".; ") or None


def _listed(pattern: re.Pattern[str], item: str, text: str) -> tuple[str, ...]:
    items = (number for listed in pattern.findall(text) for number in re.findall(item, listed, re.IGNORECASE))
    return tuple(dict.fromkeys(re.sub(r"\s", "", number) for number in items))


def _rin(match: re.Match[str]) -> str:
    """A RIN is four digits, two letters, two digits: an O or a 1 in the wrong place is a 0 or an I."""
    agency, first, second, tens, ones = match.groups()
    return f"{agency}-{first.upper()}{second.upper().replace('1', 'I')}{(tens + ones).upper().replace('O', '0')}"
