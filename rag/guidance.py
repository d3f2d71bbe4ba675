"""How an agency says what it makes of a rule, without the words of an amendment: views, presumptions, leave. Pure."""

import re

from rag.phrases import is_anothers, is_stated

GUIDANCE = "guidance"
_WE = r"(?:we|the Commissions?)"
_OFTEN = r"(?:also |generally |therefore |further |instead |now |would |do |does |will |not )*"
_DUTY = r"(?:its|the|this|that|their|these|such)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WE} {_OFTEN}(?:presumes?|interprets?|construes?|encourages?|clarif(?:y|ies))\b",
        rf"\b{_WE} (?:would|do|does) (?:generally )?not (?:generally )?(?:consider|view|regard|treat|deem|object)\b",
        rf"\b{_WE} would (?:generally )?(?:consider|view|regard|treat|deem|expect)\b",
        rf"\b(?:may|can) (?:also |generally |instead )*(?:satisfy|meet|comply with|fulfill) {_DUTY}\b",
        r"\b(?:may|can) (?:also |instead )*(?:apply for|seek|request) (?:an? |such |individual )?"
        r"(?:exemptions?|exemptive relief|relief|waivers?|extensions?)\b",
        r"\bgenerally should (?:not )?be\b|\bshould generally (?:not )?be\b",
    )
)
_ABOUT_THE_DRAFT = re.compile(
    r"\b(?:would|could|might) have\b|\b(?:we|the Commissions?) (?:\w+ )?proposed\b|\bin the propos|\bthe proposal\b"
    r"|\bproposing release\b|\brequest(?:ed|ing)? comment|\bprovided guidance\b"
    r"|\bencourages? [^.;]{0,60}\bcomment"
    r"|\bcommenters? (?:\w+ )?(?:stat|argu|suggest|assert|recommend|request|urg|express|contend)",
    re.IGNORECASE,
)


def guidance(sentence: str) -> tuple[str, re.Match[str]] | None:
    """:data:`GUIDANCE` and the words that give it; None for a sentence that gives none, or tells of the draft."""
    if not is_stated(sentence) or _ABOUT_THE_DRAFT.search(sentence):
        return None
    for pattern in _PATTERNS:
        if (match := pattern.search(sentence)) is not None:
            return None if is_anothers(sentence, match) else (GUIDANCE, match)
    return None
