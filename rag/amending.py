"""What a release says that amends a rule in force: there, "as proposed" does not mean "as before". Pure."""

import re

from rag.phrases import ADDED, CHANGED, REMOVED, REQUIRED, UNCHANGED, classify, is_anothers, is_stated

AS_PROPOSED = re.compile(
    r",? ?(?:(?:largely|substantially|generally|essentially|mostly) )?as (?:it was |they were )?(?:originally )?"
    r"proposed\b(?! to be| by| in)|(?<=adopting the )proposed |(?<=adopt the )proposed |(?<=adopting )proposed ",
    re.IGNORECASE,
)
_OF_PROPOSED = re.compile(
    r"\b(?:revis|modif|amend|eliminat|remov|delet|omit|chang|replac|clarif)\w* (?:[\w’-]+ ){0,3}proposed\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:we|the Commissions?|as) (?:\w+ )?propos|\bproposed\b|\b(?:the|our) proposals?\b|\bproposing release",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"^\W*(?:[\w ]+, )?(?:we|the Commissions?) (?:\w+ )?(?:believe|expect|anticipate|recognize|acknowledge|agree"
    r"|understand|note|estimate)s?\b|\b(?:designed|intended) to\b|\b(?:benefits?|costs?|burdens?)\b",
    re.IGNORECASE,
)
_WE = r"(?:we|the Commissions?)"
_AMENDMENTS = (
    r"(?:(?:the|these|this|our|today.s) (?:final |adopted |new |rule )*amendments?"
    r"|(?:the|this) (?:final )?(?:rules?|definition|form|rule \S+|paragraph \S+),? as (?:amended|revised|adopted)"
    r"|(?:the )?(?:amended|revised|new) (?:definition|form|rules?)(?: \d[\w()-]*)?)"
)
_HISTORY = re.compile(
    r"^\W*(?:On|In|Since) (?:[A-Z][a-z]+ )?(?:\d{1,2}, )?\d{4}\b|\b(?:[Oo]ver the years|[Hh]istorically)\b"
    rf"|\b{_WE} (?:also )?(?:adopted|approved|amended|eliminated)\b(?! (?:today|in this))"
)
_ASKS = re.compile(
    rf"\b{_WE} (?:did |also |, |however,? )*(?:seek|sought|request(?:ed)?|solicit(?:ed)?|asked)\b"
    rf"|\breceived\b[^.;]{{0,40}}\b(?:comments?|letters?) (?:from|in|on)\b|\burged?\b[^.;]{{0,20}}\b{_WE}\b"
    r"|\bcommenters?\b[^.;]{0,40}\b(?:supported|opposed)\b",
    re.IGNORECASE,
)
_COMMENTED = re.compile(
    r"\bcommenters?\b[^.;]{0,40}\b(?:recommend|suggest|request|argu|assert|stat|urg|believ|express)\w*", re.IGNORECASE
)
_NOT_TAKEN = re.compile(r"\bnot (?:adopting|including|finalizing|acting on|proceeding with)\b", re.IGNORECASE)
_ACT = (
    r"(?:revis|modif|amend|rais|increas|lower|reduc|extend|expand|narrow|limit|replac|chang|provid|requir|permit"
    r"|allow|includ|incorporat|clarif|defin|prohibit|exclud|exempt|appl(?:y|ies)|update|shorten|eliminat|remov)"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (status, re.compile(pattern, re.IGNORECASE))
    for status, pattern in (
        (REMOVED, r"\b(?:will|would|is|are|need|shall) no longer (?:be |have |need )?\w+"),
        (
            ADDED,
            rf"\b{_WE} (?:have |are |also )*adopt(?:ed|ing)\b[^.;]{{0,40}}\b(?:interim|temporary)\b"
            r"[^.;]{0,40}\brules?\b",
        ),
        (
            ADDED,
            rf"\bcompanion (?:release|rule|rulemaking)\b[^.;]{{0,60}}\b{_WE} (?:have |are |also )*adopt(?:ed|ing)\b"
            rf"|\b{_WE} (?:have |are |also )*adopt(?:ed|ing)\b[^.;]{{0,120}}\bcompanion (?:release|rule)",
        ),
        (
            CHANGED,
            rf"\b{_WE} (?:are|is) (?:also |now |further )*(?:(?:providing|issuing|giving)\b[^.;]{{0,30}}\b(?:guidance"
            r"|examples|interpretations?)\b|re-?publishing\b|conforming\b)",
        ),
    )
)
_SAYS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (status, re.compile(pattern, re.IGNORECASE))
    for status, pattern in (
        (REQUIRED, rf"\b{_AMENDMENTS}(?: (?:to|of|in)\b[^.;:]{{0,80}}?)?:? (?:will |would |also |further )*{_ACT}\w*"),
        (
            REQUIRED,
            r"^\W*(?:Thus, |Accordingly, |As a result, )?under (?:the |these )?(?:final )?"
            r"(?:amendments?\b|(?:amended|new) rules?\b)",
        ),
        (
            REQUIRED,
            r"\bthe (?:final|new) rules? (?:also |will |now )*(?:requir|defin|provid|permit|allow|prohibit|includ)\w*",
        ),
    )
)

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_DAY = re.compile(rf"\b(?:On|In) ({'|'.join(_MONTHS)}) (?:(\d{{1,2}}), )?(\d{{4}})\b", re.IGNORECASE)
_WAS_AMENDED = re.compile(
    rf"\b{_WE} (?:also |unanimously )*(?:approved|adopted|amended|eliminated|removed|rescinded|repealed)\b",
    re.IGNORECASE,
)
_TO_DROP = re.compile(r"\b(?:eliminat|remov|delet|rescind|repeal)\w*\b", re.IGNORECASE)


def is_history(sentence: str) -> bool:
    """Whether a sentence tells what was done at an earlier time."""
    return _HISTORY.search(sentence) is not None


def classify_between(sentence: str, between: tuple[str, str] | None) -> tuple[str, re.Match[str]] | None:
    """What a sentence says was amended after the one document and before the other.

    Args:
        sentence: "On May 4, 2006, we adopted an amendment to ...".
        between: the dates of the two documents, "YYYY-MM-DD"; None where they are not known.
    """
    if between is None or not is_stated(sentence):
        return None
    day, done = _DAY.search(sentence), _WAS_AMENDED.search(sentence)
    if day is None or done is None:
        return None
    month = [name.lower() for name in _MONTHS].index(day[1].lower()) + 1
    told = f"{day[3]}-{month:02}-{int(day[2] or 1):02}"
    if not between[0] < told < between[1]:
        return None
    return (REMOVED if _TO_DROP.search(sentence, done.start()) else CHANGED), done


def classify_amending(sentence: str) -> tuple[str, re.Match[str]] | None:
    """As :func:`rag.phrases.classify`, where the earlier document is a rule in force and no proposal.

    What is adopted "as proposed" is a change, and what was only proposed, or kept from the
    proposal, says nothing of the rule in force.
    """
    told = AS_PROPOSED.sub("", sentence)
    if _HISTORY.search(told) or _ASKS.search(told):
        return None
    found = classify(told)
    if found is not None and "propos" in found[1][0].lower():
        found = None
    if found is not None and found[0] == REMOVED and _NOT_TAKEN.search(found[1][0]):
        return UNCHANGED, found[1]
    if found is not None and found[0] != REQUIRED:
        return None if _OF_PROPOSED.search(told) else found
    if not is_stated(told):
        return found
    said = not (_EFFECT.search(told) or _PROPOSED.search(told) or _COMMENTED.search(told))
    for status, pattern in (*_PATTERNS, *_SAYS) if said else _PATTERNS:
        if (match := pattern.search(told)) is not None:
            return None if is_anothers(told, match) else (status, match)
    return found
