"""Who speaks in a passage, told by the headings above it and by its wording. Pure.

What a passage says of its speaker comes before what its heading says: a commenter quoted in
the economic analysis is a commenter still, and a question put to the public is a question.
"""

import re
from collections.abc import Sequence

from corpus.pagemap import fold
from corpus.records import Kind, Section, Voice
from corpus.sentences import split_sentences

_RULE_HEADING = re.compile(
    r"^text of (?:the )?(?:proposed|final|adopted|rule|form|amendments?)|^rule text\b|^PART \d{3}\s?[-–—]"
    r"|^(?:final|proposed) rules?$|^list of subjects\b",
    re.IGNORECASE,
)
_HEADINGS = (
    (Voice.PAPERWORK_BURDEN, re.compile(r"paperwork reduction|collections? of information|\bPRA\b", re.IGNORECASE)),
    (
        Voice.REQUEST_FOR_COMMENT,
        re.compile(r"requests? for (?:public )?comment|solicitation of comment", re.IGNORECASE),
    ),
    (
        Voice.ECONOMIC_ANALYSIS,
        re.compile(
            r"economic (?:analysis|baseline|effects|impact|considerations|consequences)"
            r"|\bcosts?(?: ?[/–-] ?| (?:and|&) (?:\w+ ){0,2})benefits?\b|\bcost benefit analysis"
            r"|\bbenefits?(?: ?[/–-] ?| (?:and|&) (?:\w+ ){0,2})costs?\b"
            r"|consideration of (?:the )?(?:costs|burden|benefits|impact|promotion)"
            r"|(?:effects?|impacts?|burdens?) on (?:efficiency|competition)|competition,? and capital formation"
            r"|regulatory flexibility|\bsmall entit(?:y|ies)\b|small business regulatory",
            re.IGNORECASE,
        ),
    ),
)
_FRONT = re.compile(
    r"^(?:agency|action|summary|(?:effective |compliance )?dates?|addresses|for further information,? contact"
    r"|supplementary information|table of contents)$",
    re.IGNORECASE,
)
_RELEASES = (
    Kind.PROPOSED_RULE,
    Kind.FINAL_RULE,
    Kind.CONCEPT_RELEASE,
    Kind.INTERPRETATION,
    Kind.SRO_FILING,
    Kind.ORDER,
)

_SUBJECT = r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\bas )"
_ENDING = r"(?:t?ed|es|s|d|t?ing|e)?"
_CLAIM = (
    r"(?:stat|argu|suggest|believ|urg|recommend|oppos|support|express|assert|contend|request|maintain|object|agre|"
    r"disagre|advocat|ask|claim|indicat|criticiz|favor|prefer|thought|think|felt|said|wrote|voic|endors|encourag|"
    r"caution|warn|challeng|represent|opin|emphasiz|predict|reiterat)"
)
_TOPIC = (
    r"(?:question|rais|propos|comment|point|observ|offer|address|cit|describ|explain|submit|sought|provid|report|"
    r"estimat|discuss|mention|respond)"
)
_SAID = (
    rf"{_SUBJECT}(?:(?:{_CLAIM}|{_TOPIC}){_ENDING}|not(?:ed?|es|ing)|identif(?:y|ies|ied)"
    r"|(?:was|were|is|are|remain(?:ed|s)?) (?:\w+ )?(?:concerned|worried)|ha(?:d|s|ve) (?:\w+ )?concerns"
    r"|(?:was|is) that)\b(?! (?:above|below|earlier)\b)"
)
_CLAIMED = rf"(?:{_CLAIM}e?d|noted|said|thought|felt|wrote)\b"
_WE = r"(?:we\b|the (?:commissions?|agencies|staff)\b(?!['’]))"
_NOT_WE = rf"(?:(?!\b{_WE}|\bthe (?:final|adopted) )[^.;])"
_COMMENTER = re.compile(
    rf"\b(?:commenters?|commentators?)\b(?!['’]){_NOT_WE}{{0,80}}?\b{_SAID}"
    r"|\b(?:according to|in the (?:view|opinion) of|as suggested by|comments? (?:letters? )?(?:received )?from)"
    r" (?:\w+ ){0,3}(?:commenters?|commentators?)\b"
    rf"|^(?:[^.;]{{0,60}}, )?in (?:its|his|her|their) comments?(?: letters?)?\b{_NOT_WE}{{0,80}}?\b{_SAID}",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    rf"^(?:[^.;]{{0,60}}, )?{_WE} (?:also )?received (?!no\b)[^.;,]{{0,60}}?\bcomments?(?: letters?)? [^.;,]{{0,60}}?"
    rf"\b{_SUBJECT}{_CLAIM}(?:ed|ing)\b",
    re.IGNORECASE,
)
_BY_NAME = re.compile(rf"(?:The )?(?!SEC\b|GAO\b|OMB\b|CFTC\b)[A-Z]{{3,6}} (?:also |further |generally )?{_CLAIMED}")
_GOES_ON = re.compile(
    r"^(?:(?:Similarly|In addition|Moreover|Further|Furthermore|Specifically|For example|Finally|However|Rather"
    r"|Likewise|Instead|Alternatively|Conversely|In particular|Among other things),? )?"
    rf"(?:(?:They|Others?|Another|Some|Many|Several|A few|Most|Two|Three|Four|Both|One|He|She)\b[^.;]{{0,60}}?{_SAID}"
    r"|They\b|(?:These|Those|This|That|The(?: same)?|Other) (?:\w+ )?(?:commenters?|commentators?)\b)",
    re.IGNORECASE,
)
_NAMED_GOES_ON = re.compile(
    r"^(?:[A-Z][^.;]{0,60}?, )?(?:The )?"
    r"(?!(?:[A-Z][\w&.’'-]* |of )*(?:Commissions?|Agencies|Congress|Courts?|Senate|House|Staff|Act|Rules?|Section"
    r"|Release|Report|Study)\b)"
    r"[A-Z][\w&.’'-]*(?: (?:of |and |for )?[A-Z][\w&.’'-]*){0,4} (?:also |further |generally |similarly )?"
    rf"{_CLAIMED}"
)
_AGENCY = re.compile(
    r"^(?:[A-Z][\w ,’']{0,60}?, |(?:While|Although|Because|As|When|If|Since|Nevertheless|So while) )?"
    rf"(?:{_WE}|today\b|as (?:adopted|proposed)\b)"
    rf"|^(?:While|Although|Because|Since|Where|When|If|To the extent|Notwithstanding)\b[^.;]*, {_WE}"
    r"|^(?:\w+, )?(?:in (?:response to|light of)|consistent with|contrary to|after considering|having considered)"
    r" (?:(?!requests?\b|release\b)\w+ ){0,4}(?:commenters?|commentators?|comments)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?[”)]?\s*$|\b(?:we|commission|staff)(?: also| further| generally| specifically| particularly)*"
    r" (?:requests?|solicits?|seeks?|invites?|asks? for|welcomes?|are requesting|is requesting|encourages?)"
    r"(?: \w+){0,3} (?:comment|input|data|views|feedback|commenters|interested)"
    r"|\b(?:commenters?|comments?|interested (?:persons?|parties)) (?:are|is)(?: \w+ly| also)?"
    r" (?:requested|asked|invited|encouraged|solicited|sought)\b",
    re.IGNORECASE,
)
_AMENDS = re.compile(
    r"\bto read as follows:?\s*$|\b(?:is|are) (?:hereby )?(?:proposed to be )?amended (?:as follows:?|by:?)\s*$"
    r"|\b(?:is|are) (?:hereby )?(?:proposed to be )?amended by (?:adding|removing|revising|redesignating)\b"
    r"|^(?:\w{1,2}\. )?(?:amend|add|revise|remove|remove and reserve) (?:§|section \d|paragraph \()"
    r"|^list of subjects in \d|^authority: \d+ U\.? ?S\.? ?C",
    re.IGNORECASE,
)


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
    if kind in (Kind.STATUTE, Kind.RULE_TEXT) or any(_is_rule_text(section) for section in chain):
        return Voice.RULE_TEXT
    if (chain and _FRONT.match(chain[-1].heading)) or (not chain and kind in _RELEASES):
        return Voice.FRONT_MATTER
    return _by_wording(text) or _by_heading(chain) or Voice.PREAMBLE


def _is_rule_text(section: Section) -> bool:
    return section.number.startswith("§") or _RULE_HEADING.search(section.heading) is not None


def _by_heading(chain: Sequence[Section]) -> Voice | None:
    for section in reversed(chain):
        for voice, pattern in _HEADINGS:
            if pattern.search(section.heading):
                return voice
    return None


def _by_wording(text: str) -> Voice | None:
    """The speaker of more than half of the text, when its wording tells."""
    said = {Voice.COMMENTER_VIEW: 0, Voice.REQUEST_FOR_COMMENT: 0, Voice.RULE_TEXT: 0}
    before: Voice | None = None
    whole = 0
    for span in split_sentences(text):
        sentence = fold(text[span.start : span.end])
        before = _speaker(sentence, before)
        whole += len(sentence)
        if before is not None:
            said[before] += len(sentence)
    return next((voice for voice, length in said.items() if 2 * length > whole), None)


def _speaker(sentence: str, before: Voice | None) -> Voice | None:
    if _ASKS.search(sentence):
        return Voice.REQUEST_FOR_COMMENT
    if _RECEIVED.match(sentence):
        return Voice.COMMENTER_VIEW
    if _AGENCY.match(sentence):
        return None
    if _COMMENTER.search(sentence) or _BY_NAME.match(sentence):
        return Voice.COMMENTER_VIEW
    if before is Voice.COMMENTER_VIEW and (_GOES_ON.match(sentence) or _NAMED_GOES_ON.match(sentence)):
        return Voice.COMMENTER_VIEW
    return Voice.RULE_TEXT if _AMENDS.search(sentence) else None
