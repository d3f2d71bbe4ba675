"""Who speaks in a passage, told by the headings above it and by its wording. Pure."""

import re
from collections.abc import Sequence

from corpus.records import Kind, Section, Voice

_HEADINGS = (
    (Voice.RULE_TEXT, re.compile(r"^text of (the )?(proposed|final|adopted|rule|form)|^rule text\b", re.IGNORECASE)),
    (Voice.PAPERWORK_BURDEN, re.compile(r"paperwork reduction|collections? of information|\bPRA\b", re.IGNORECASE)),
    (Voice.REQUEST_FOR_COMMENT, re.compile(r"requests? for comment|solicitation of comment", re.IGNORECASE)),
    (
        Voice.ECONOMIC_ANALYSIS,
        re.compile(
            r"economic (analysis|effects|considerations|consequences)|costs? (and|&) benefits?|cost-benefit"
            r"|consideration of (the )?(costs|burden|benefits|impact)|regulatory flexibility|effects? on efficiency",
            re.IGNORECASE,
        ),
    ),
)
_FRONT = {"agency", "action", "summary", "dates", "date", "addresses", "for further information contact"}
_SPEAKS = (
    r"(?:stat|argu|suggest|believ|urg|recommend|oppos|support|express|assert|contend|question|request|not|maintain|"
    r"object|agre|disagre|rais|advocat|ask|claim|indicat|propos|comment|criticiz|favor|prefer|point)(?:ed|es|s|d|ing)?\b"
)
_COMMENTER = re.compile(rf"\b(?:commenters?|commentators?)\b[^.]{{0,60}}?\b{_SPEAKS}", re.IGNORECASE)
_SENTENCE = re.compile(r"[.?!][”)]?\d{0,4}\s")


def voice_of(text: str, chain: Sequence[Section], kind: Kind, *, in_notes: bool) -> Voice:
    """The voice of a chunk.

    Args:
        text: of the chunk.
        chain: sections it lies in, outermost first; empty before the first heading.
        kind: of its document.
        in_notes: it is a footnote.
    """
    if in_notes:
        return Voice.FOOTNOTE
    if kind in (Kind.STATUTE, Kind.RULE_TEXT) or any(s.number.startswith("§") for s in chain):
        return Voice.RULE_TEXT
    if (chain and chain[-1].heading.lower() in _FRONT) or (not chain and kind in _RELEASES):
        return Voice.FRONT_MATTER
    for section in reversed(chain):
        for voice, pattern in _HEADINGS:
            if pattern.search(section.heading):
                return voice
    return _by_wording(text)


_RELEASES = (Kind.PROPOSED_RULE, Kind.FINAL_RULE, Kind.CONCEPT_RELEASE, Kind.INTERPRETATION, Kind.SRO_FILING)


def _by_wording(text: str) -> Voice:
    sentences = [s for s in _SENTENCE.split(text) if len(s) > 20] or [text]
    if sum(bool(_COMMENTER.search(s)) for s in sentences) * 2 > len(sentences):
        return Voice.COMMENTER_VIEW
    if text.count("?") >= 2 and text.count("?") * 2 >= len(sentences):
        return Voice.REQUEST_FOR_COMMENT
    return Voice.PREAMBLE
