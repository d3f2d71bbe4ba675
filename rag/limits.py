"""By when, above which amount and at what cost, as a sentence states it. Pure."""

import re

_UNIT = r"(?:business |calendar |trading |settlement )?(?:days?|months?|years?|hours?|minutes?|seconds?|weeks?)"
_COUNT = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty"
    r"|thirty|sixty|ninety)"
)
_DAY = r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
_DEADLINE = re.compile(
    rf"\b(?:no later than|not later than|prior to or at the time of|at or before)\b[^,;.]{{3,90}}"
    rf"|\bwithin {_COUNT} {_UNIT}\b(?: (?:of|after|before|from|following)\b[^,;.]{{3,70}})?"
    rf"|\b(?:by|before|until|on or before|on|as of|after) {_DAY}"
    rf"|\b(?:until )?(?:at least )?{_COUNT} {_UNIT} (?:after|before|prior to|from|following)\b[^,;.]{{3,70}}"
    rf"|\bfor (?:a period of )?(?:at least |not less than |no less than |a minimum of )?{_COUNT} {_UNIT}\b"
    r"|\bat the time (?:the|of|that)\b[^,;.]{3,60}"
    r"|\bbefore (?:the|each|any|every) (?:first )?[a-z]+(?: (?!(?:and|or)\b)[a-z]+){0,5}"
    r"|\b(?:once|at least once|twice) (?:in every|every|each|an?) (?:calendar )?(?:year|quarter|month|week|day)\b"
    r"|\b(?:at least |no less (?:frequently|often) than |not less (?:frequently|often) than )?(?:annually|quarterly"
    r"|monthly|weekly|daily|semi-annually|on an? (?:annual|quarterly|monthly|daily|ongoing) basis)\b"
    rf"|\b(?:at least |not less than |no less (?:frequently )?than )?(?:once )?every (?:(?:{_COUNT} )?(?:calendar )?"
    r"(?:year|quarter|month)s?)\b|\bnot less than once each (?:calendar )?year\b"
    r"|\b(?:promptly|immediately|simultaneously with|as soon as (?:reasonably )?(?:practicable|possible|practical)"
    r"|without (?:undue|unreasonable) delay|in a timely (?:manner|fashion)|on a timely basis)\b"
    r"|\b(?:prior to (?:(?:the|an?|any|each|every|such) |becoming |making |effecting |executing )"
    r"|upon (?:(?:any|each|every|becoming|responsible) |(?:the )?(?:request|receipt|occurrence|discovery|completion) ))"
    r"[^,;.()]{3,70}",
    re.IGNORECASE,
)
_STOP = r"(?:that|to|which|of|and|or|in|for|before|after|at|on|by|must|shall|may|should|would|will|is|are|has|have)\b"
_WORDS = rf"(?: (?!{_STOP})[a-z-]+)"
_AMOUNT = rf"(?:\$ ?[\d,.]*\d(?!\d)(?: (?:million|billion))?(?: per \w+)?|{_COUNT}(?!\d)(?: ?%| percent| per ?cent)?)"
_THRESHOLD = re.compile(
    r"\b(?:(?:more|less|fewer|greater|lower|higher) than(?: or equal to)?|at least|at most|not? more than"
    r"|no less than|in excess of|exceed(?:s|ing)?|up to|equal to or (?:greater|less) than|minimum of|maximum of) "
    rf"(?:a |an )?{_AMOUNT}(?! {_UNIT}){_WORDS}{{0,3}}"
    r"|\$ ?[\d,.]*\d(?: (?:million|billion))? (?:or (?:more|less)|per [a-z]+)"
    rf"|\b\d[\d.,]*(?: ?%| percent)(?: or (?:more|less))?(?: of{_WORDS}{{1,5}})?",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\$ ?\d(?:[\d,.]*\d)?(?![\d,.]*\d)(?: (?:million|billion))?(?!(?: (?:million|billion))? per (?:share|unit"
    r"|contract)\b)"
    r"(?: (?:per|for each|a) (?-i:[A-Z]{2,} )?[a-z-]+)?"
    r"|\b(?<!within )(?<!-)\d[\d,.]* (?:(?!or\b|and\b|to\b|of\b|for\b)[a-z-]+ ){0,3}(?:hours?\b|minutes\b)"
    r"(?: (?:per|a|for each) [a-z-]+)?",
    re.IGNORECASE,
)


_CONDITION = re.compile(r" (?:if|unless|except|provided that|because|so that|and does)\b", re.IGNORECASE)


def stated_deadline(sentence: str) -> str | None:
    """Dates, periods and moments by which something is due, at most two, or None."""
    return _stated(_DEADLINE, sentence, until=_CONDITION)


def stated_threshold(sentence: str) -> str | None:
    """Amounts, counts and shares from which or up to which something applies, at most two, or None."""
    return _stated(_THRESHOLD, sentence)


def stated_cost(sentence: str) -> str | None:
    """Dollars and hours in a sentence about burden, in order, or None."""
    found = [m[0].strip() for m in _COST.finditer(" ".join(sentence.split()))]
    return "; ".join(dict.fromkeys(found[:4])) or None


def _stated(pattern: re.Pattern[str], text: str, until: re.Pattern[str] | None = None) -> str | None:
    found = [m[0].strip(" ,") for m in pattern.finditer(text)]
    found = [until.split(words)[0].strip() for words in found] if until else found
    return "; ".join(dict.fromkeys(found[:2])) or None
