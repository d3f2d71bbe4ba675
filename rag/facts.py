"""What in a statement can be checked exactly: quantities with units, dates, references, acronyms. Pure.

A fact of a claim is carried by a source when the source states the same fact: "10 %" is
"ten percent" and "$5 million" is "$5,000,000", but "30 days" is not "30 business days".
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.references import reference_tokens

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DATE = re.compile(
    rf"\b(?P<m1>{_MONTH})\s+(?P<d1>\d{{1,2}})\b(?!,\d)(?:,?\s+(?P<y1>\d{{4}})\b)?"
    rf"|\b(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>\d{{4}})\b)?"
    rf"|\b(?P<m3>{_MONTH}),?\s+(?P<y3>\d{{4}})\b"
    r"|\b(?P<m4>\d{1,2})/(?P<d4>\d{1,2})/(?P<y4>\d{4})\b|\b(?P<y5>\d{4})-(?P<m5>\d\d)-(?P<d5>\d\d)\b"
    rf"|\b(?P<m6>(?!May\b){_MONTH})(?!\w)"
)
_TIME = re.compile(r"\b(\d{1,2}:\d\d)(?:\s*([ap])\.?m\b)?", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:§+|\b(?:Rules?|Sections?|Items?|Parts?|Articles?|Exhibits?|Forms?|Schedules?|Tables?|Release\s+Nos?\.?)\b)"
    r"\s*((?:\d[\w.-]*|[IVX]+\b)(?:\([A-Za-z0-9]{1,4}\))*)"
    r"|\b((?:3[34]|IA|IC|39)-\d{4,6}|S7-\d+-\d+|\d{1,3}[A-Za-z]{1,2}\d{0,2}-\d{1,3}(?:\([A-Za-z0-9]{1,4}\))*)\b"
    r"|(?<!\w)((?:\([a-z0-9]{1,4}\)){2,}|(?<=paragraph\s)\([a-zA-Z0-9]{1,4}\))"
)
_ONES = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (
    {word: n for n, word in enumerate(_ONES, start=2)}
    | {word: n for n, word in enumerate(_TEENS, start=10)}
    | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNIT = (
    r"percentage\s+points?|percent|per\s+cent|%|basis\s+points?|bps|cents?|¢|dollars?|microseconds?|milliseconds?|seconds?"
    r"|minutes?|hours?|(?:business|trading|calendar)\s+(?:days?|years?)|days?|weeks?|months?|quarters?|years?|shares?"
)
_WORD_NUMBER = re.compile(
    rf"\b(?:({'|'.join(_TENS)})[-\s](one|{'|'.join(_ONES)})|({'|'.join(_WORDS)})"
    rf"|(one)(?=[-\s]+(?:{'|'.join(_SCALES)}|{_UNIT})\b))\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"(?<![\w.-])(?P<dollar>\$\s?)?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:st|nd|rd|th)?\b\)?"
    rf"(?:[\s-]*(?P<scale>{'|'.join(_SCALES)})\b)?(?:[\s-]*(?P<unit>{_UNIT})(?!\w))?",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:half|halves|twice|doubl\w+|tripl\w+|dozens?|thirds?|one[-\s]quarter)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b(?!U\.?S\b)[A-Z]{2,}(?=s?\b)")


def unsupported_facts(claim: str, source: str, context: str = "") -> list[str]:
    """Facts of ``claim``, as it prints them, that the source does not state.

    Args:
        claim: a statement.
        source: must state the claim's quantities, dates and times.
        context: the source's title and section; references, acronyms, years and dates may
            stand here instead.
    """
    wide = f"{source}\n{context}"
    missing = [text for text, date in _dates(claim) if not any(_same_date(date, d) for _, d in _dates(wide))]
    claim = _DATE.sub(" ", claim)
    times = {f"{clock}{half.lower()}" for clock, half in _TIME.findall(source)}
    for match in _TIME.finditer(claim):
        if not any(time.startswith(f"{match[1]}{(match[2] or '').lower()}") for time in times):
            missing.append(match[0])
    claim = _TIME.sub(" ", claim)
    missing += _unsupported_references(claim, wide)
    claim = _REFERENCE.sub(" ", claim)
    missing += _unsupported_quantities(claim, source, context)
    said = set(_PART.findall(source.lower()))
    missing += [word for word in _PART.findall(claim.lower()) if word not in said]
    return missing + [name for name in _ACRONYM.findall(claim) if not _names(name, wide)]


def without_facts(text: str) -> str:
    """The text without its dates, times, references and quantities: what is left are words."""
    for pattern in (_DATE, _TIME, _REFERENCE):
        text = pattern.sub(" ", text)
    return _QUANTITY.sub(" ", _WORD_NUMBER.sub(_in_digits, text))


def _dates(text: str) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    """Dates as printed and as (year, month, day), None for what is not said."""
    for match in _DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        year, month, day = parts.get("y"), parts["m"], parts.get("d")
        number = int(month) if month.isdigit() else _month(month)
        yield match[0], (int(year) if year else None, number, int(day) if day else None)


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower().rstrip(".")[:3]))


def _same_date(claimed: tuple[int | None, ...], stated: tuple[int | None, ...]) -> bool:
    """Whether every part of the claimed date is stated."""
    return all(a is None or a == b for a, b in zip(claimed, stated, strict=True))


def _unsupported_references(claim: str, source: str) -> list[str]:
    known = set(reference_tokens(source))
    missing = [token.partition(":")[2] or token for token in reference_tokens(claim) if token not in known]
    for match in _REFERENCE.finditer(claim):
        number = "".join(next(group for group in match.groups() if group).split()).rstrip(".-")
        spaced = r"\s*".join(map(re.escape, number))
        stated = re.search(rf"(?<![A-Za-z0-9]){spaced}(?![0-9])", source)
        if not stated and not reference_tokens(match[0]):
            missing.append(match[0])
    return missing


def _unsupported_quantities(claim: str, source: str, context: str) -> list[str]:
    stated = {(value, unit) for _, value, unit in _quantities(source)}
    values = {value for value, _ in stated}
    years = {Decimal(year) for _, (year, *_) in _dates(f"{source}\n{context}") if year}
    years |= {Decimal(year) for year in re.findall(r"\b(?:19|20)\d\d\b", context)}
    missing = []
    for text, value, unit in _quantities(claim):
        if (value, unit) not in stated and (unit or value not in values | years):
            missing.append(text)
    return missing


def _quantities(text: str) -> list[tuple[str, Decimal, str]]:
    """Quantities as printed, their values with the scale multiplied in, and their units."""
    text = _WORD_NUMBER.sub(_in_digits, text)
    found: list[tuple[str, Decimal, str]] = []
    matches = list(_QUANTITY.finditer(text))
    for match in matches:
        scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
        value = Decimal(match["number"].replace(",", "")) * scale
        found.append((match[0].strip(), value.normalize(), "$" if match["dollar"] else _unit(match["unit"])))
    for n in range(len(matches) - 2, -1, -1):  # "30 or 60 days": both are days
        between = text[matches[n].end() : matches[n + 1].start()]
        if not found[n][2] and re.fullmatch(r"\s*(?:,|,?\s*(?:to|or|and)|-|–)\s*", between):
            found[n] = (*found[n][:2], found[n + 1][2])
    return found


def _in_digits(match: re.Match[str]) -> str:
    tens, ones, word, _ = (group.lower() if group else "" for group in match.groups())
    if tens:
        return str(_WORDS[tens] + _WORDS.get(ones, 1))
    return str(_WORDS.get(word, 1))


def _unit(printed: str | None) -> str:
    unit = " ".join((printed or "").lower().split()).removeprefix("calendar ")
    unit = {"per cent": "percent", "%": "percent", "¢": "cent", "bps": "basis point"}.get(unit, unit).removesuffix("s")
    return "$" if unit == "dollar" else unit


def _names(acronym: str, source: str) -> bool:
    aliases = {"SEC": r"\bSEC\b|\bCommission\b"}
    return re.search(aliases.get(acronym, rf"\b{acronym}s?\b"), source) is not None
