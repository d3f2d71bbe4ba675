"""Dates as filings print them, and what the DATES paragraph of a release says. Pure.

A date that is counted from another ("60 days after publication in the Federal Register") is computed only
where the document itself states the day of publication.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from corpus.pagemap import fold

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"(?:{MONTHS})\s+\d{{1,2}}\s?,\s+\d{{4}}"

_TOPIC = re.compile(
    r"(?<![a-z“\"(] )\b(?:(?:Initial|Final)\s)?(Effective|Compliance|Comments?|Transition)(?:\s(?:dates?|due|period))?"
    rf"(?:\sfor\s[^:.]{{1,90}})?\s?(?:[:.]|(?=\s{DATE}))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.;])(?<![ap]\.m\.)\s+(?=[A-Z\[(§])")
# Words that name a document as a whole; "the amendments to Rule 504" are only a part of one.
_WHOLE = r"""(?:(?:this|these|the|our|and|or|of|in|by|herein|to\s+be|joint|interim|final|temporary|new|revised|amended
    |technical|adopted|rules?|rulemaking|amendments?|revisions?|changes?|forms?|regulations?|release|document|action
    |order|notice|statement|policy|interpreta(?:tions?|tive)|interpretive|guidance|confirmation|corrections?)[\s,]+)+"""
_IN_FORCE = (
    r"(?:(?:is|are|will\s+be|will\s+become|becomes?|shall\s+be(?:come)?)\s+effective|(?:will\s+)?takes?\s+effect)"
)
_EFFECTIVE = re.compile(
    rf"""(?:{_WHOLE}{_IN_FORCE}\s+|effective\s+|(?:the\s+)?effective\s+date\s+(?:(?:of|for)\s+{_WHOLE})?(?:is|:)\s+)
    (?:on\s+|as\s+of\s+|from\s+)?(?:(?P<day>{DATE})
    |\[?(?P<count>\d+)\s+days\s+(?:after|from)\s+(?:the\s+date\s+of\s+)?publication\s+in\s+the\s+Federal\s+Register)""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_DAY = re.compile(rf"(?:on\s+|as\s+of\s+)?({DATE})")
_COMMENTS_DUE = re.compile(
    rf"""(?:comments?\b.{{0,240}}?|^)(?:on\s+or\s+before|no(?:t)?\s+later\s+than|by|until|received(?:\s+on)?
    |(?:close|end|expire)[sd]?(?:\s+on)?|extended\b.{{0,60}}?\b(?:to|until|through))\s+(?:[A-Z][a-z]+day,\s+)?({DATE})""",
    re.IGNORECASE | re.VERBOSE,
)
_PAPERWORK = re.compile(r"collections?\s+of\s+information|paperwork\s+reduction", re.IGNORECASE)
_COMPLY = re.compile(r"\bcompliance\s+(?:dates?\b|with\b.{0,200}\brequired\b|will\b)|\bmust\s+comply\b", re.IGNORECASE)
_NOT_THEN = re.compile(
    r"(?:\bbefore|\bprior\s+to|\bdated|\bissued(?:\s+on)?|\bpublished(?:\s+on|\s+in)?|\bperiod\s+beginning"
    r"|\bqualif[^,;]{0,60}\bafter)\s*$",
    re.IGNORECASE,
)
_BY_CHOICE = re.compile(r"\b(?-i:may)(?!\s+no)\b|\boption\b|\bvoluntar", re.IGNORECASE)
_BY_DUTY = re.compile(r"\b(?:must|shall|required|mandatory|(?-i:may)\s+no(?:t|\s+longer))\b", re.IGNORECASE)
_STATUS_AS_OF = re.compile(r"\bas\s+of\s*$", re.IGNORECASE)
_BINDING = re.compile(r"mandatory|compl(?:y|iance)|appl(?:y|ies)|required", re.IGNORECASE)


def iso_date(printed: str) -> str:
    """Turn "August 7, 2018" into "2018-08-07".

    Raises:
        ValueError: if it is no such date.
    """
    return datetime.strptime(fold(printed).replace(" ,", ","), "%B %d, %Y").date().isoformat()


def valid_date(printed: str | None) -> str | None:
    """The same, or None for a day that no calendar has ("June 31, 2010") and for None."""
    try:
        return iso_date(printed) if printed else None
    except ValueError:
        return None


def stated_dates(paragraph: str, published: str | None = None) -> dict[str, Any]:
    """What a DATES paragraph says of a whole release.

    Args:
        paragraph: with its label ("DATES:", "EFFECTIVE DATE:").
        published: ISO date of publication, where the document states it.

    Returns:
        Those of these fields that are stated: ``comment_deadline`` (not that for comments on paperwork
        alone), ``effective`` (of the release as a whole: where only its parts have dates, there is none)
        and ``compliance`` (every one, earliest first).
    """
    statements = list(_statements(fold(paragraph)))
    compliance = {day for topic, sentence in statements for day in _compliance(topic, sentence)}
    found = {
        "comment_deadline": next(filter(None, (_comments_due(topic, text) for topic, text in statements)), None),
        "effective": _effective(statements, published),
        "compliance": tuple(sorted(compliance)),
    }
    return {name: value for name, value in found.items() if value}


def _statements(paragraph: str) -> Iterator[tuple[str, str]]:
    """Sentences, each with the topic of the label it stands under: "effective", "compliance", …, or ""."""
    paragraph = re.sub(r"^DATES?\s?:\s*", "", paragraph, flags=re.IGNORECASE)
    labels = list(_TOPIC.finditer(paragraph))
    starts = [(0, 0, "")] + [(m.start(), m.end(), m[1].lower()) for m in labels]
    for (_, start, topic), end in zip(starts, [s for s, _, _ in starts[1:]] + [len(paragraph)], strict=True):
        for sentence in _SENTENCE_END.split(paragraph[start:end].strip()):
            if sentence.strip():
                yield topic, sentence.strip()


def _effective(statements: list[tuple[str, str]], published: str | None) -> str | None:
    """Of the first sentence that is about it."""
    for topic, sentence in statements:
        if topic == "effective" and (bare := _BARE_DAY.match(sentence)):
            return valid_date(bare[1])
        if topic in ("effective", "") and re.search(r"\beffect", sentence, re.IGNORECASE):
            stated = _EFFECTIVE.match(sentence)
            if stated and stated["count"]:
                return _days_after(published, int(stated["count"]))
            return valid_date(stated["day"]) if stated else None
        if topic == "effective" and "[" in sentence[:2]:
            return None
    return None


def _days_after(published: str | None, days: int) -> str | None:
    return (date.fromisoformat(published) + timedelta(days=days)).isoformat() if published else None


def _comments_due(topic: str, sentence: str) -> str | None:
    if _PAPERWORK.search(sentence) or not (
        topic.startswith("comment") or re.search("comment", sentence, re.IGNORECASE)
    ):
        return None
    if topic.startswith("comment") and (bare := _BARE_DAY.match(sentence)):
        return valid_date(bare[1])
    due = _COMMENTS_DUE.search(sentence)
    return valid_date(due[1]) if due else None


def _compliance(topic: str, sentence: str) -> Iterator[str]:
    if topic != "compliance" and (topic or not _COMPLY.search(sentence)):
        return
    if _BY_CHOICE.search(sentence) and not _BY_DUTY.search(sentence):
        return
    for stated in re.finditer(DATE, sentence):
        before = sentence[max(0, stated.start() - 80) : stated.start()]
        if _NOT_THEN.search(before) or (_STATUS_AS_OF.search(before) and not _BINDING.search(before)):
            continue
        if day := valid_date(stated[0]):
            yield day
