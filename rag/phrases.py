"""The set phrases with which an agency says what it changed, kept, added or dropped. Pure.

Patterns are read in order, the first that fits decides; sentences come with single blanks.
"""

import re

ADDED, REMOVED, CHANGED, UNCHANGED = "added", "removed", "changed", "unchanged"
REQUIRED, BACKGROUND = "required", "background"

_WE = r"(?:we|the Commissions?)"
_AGENCY = (
    r"(?:we|the (?:Commissions?|amendments?|final rules?|rules?|new rules?|exemption)|as adopted|this (?:release"
    r"|amendment))"
)
_BE = (
    r"(?:are|is|have|has|were|will|also|now|therefore|thus|accordingly|further|been|being|determined to"
    r"|decided to| |otherwise"
    r"|instead|generally|expressly|explicitly|specifically|hereby|not)+"
)
_ENDING = r"(?:e|y|ing|ed|ying|ied|s)?"
_RECAST = rf"(?:revis|modif|amend|replac|chang|redesignat|restructur|narrow|broaden|expand){_ENDING}"
_CHANGE = (
    r"(?:revis|modif|amend|refin|narrow|broaden|expand|replac|chang|clarif|alter|limit|extend|lengthen|shorten"
    r"|rais|lower|increas"
    rf"|reduc|redesignat|streamlin|simplif|restructur|focus){_ENDING}"
)
_DROP = r"(?:remov|eliminat|delet|omit|withdr[ae]w|rescind|discontinu|repeal|drop)(?:e|t?ing|t?ed|p?ing|n)?"
_PROPOSED = r"as (?:it was |they were )?(?:originally )?proposed\b"
_NEAR, _FAR = r"[^.;]{0,40}", r"[^.;]{0,120}"
_THING = r"(?:requirement|provision|paragraph|obligation|exception|exemption|definition|condition)"
_MODIFICATIONS = r"(?:modifications?|revisions?|changes?|exceptions?)"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (status, re.compile(pattern, re.IGNORECASE))
    for status, pattern in (
        (BACKGROUND, r"^\W*(?:\w+ ){0,3}as (?:originally )?proposed\b[^.;]*?\bwould\b"),
        (UNCHANGED, r"\bdid not propose,? and (?:we )?(?:are|is) not adopting\b"),
        (
            UNCHANGED,
            rf"\b{_WE}\b{_NEAR}\bnot (?:\w+ly |otherwise )?"
            r"(?:revising|modifying|amending|changing|making (?:any )?(?:changes?|modifications?))\b",
        ),
        (UNCHANGED, rf"\b{_WE}\b{_NEAR}\b(?:declin(?:e|es|ed|ing)|not doing so|decided against|determined not to)\b"),
        (CHANGED, rf"\b(?:largely|substantially|generally|essentially|mostly) {_PROPOSED}"),
        (CHANGED, rf"\b{_PROPOSED},? (?:but\b|with\b(?!out)|except|subject to|however)"),
        (CHANGED, rf"\badopt(?:ing|ed|s)?\b{_FAR}\bwith (?:\w+ ){{0,3}}{_MODIFICATIONS}\b"),
        (
            REMOVED,
            rf"\b{_WE}\b{_NEAR}\b"
            r"(?:not (?:adopting|including|retaining|finalizing|acting on|proceeding with)"
            r"|no longer (?:adopting|including|requiring|retaining))\b",
        ),
        (REMOVED, rf"\b{_AGENCY} {_BE} ?{_DROP}\b"),
        (
            REMOVED,
            rf"\b{_AGENCY} {_BE} ?{_CHANGE}\b[^.;]{{0,80}}\b(?:to {_DROP}|by (?:eliminating|removing|deleting))\b",
        ),
        (
            REMOVED,
            rf"\b{_WE}\b[^.;]{{0,80}}\bamendments?\b[^.;]{{0,80}}\b(?:to|that) (?:will )?{_DROP}\b"
            r"|\bamendments? (?:will )?(?:eliminates?|removes?|deletes?)\b",
        ),
        (
            ADDED,
            rf"\b{_WE} {_BE} ?"
            r"(?:adding|add(?:ed)? a|incorporating|creating|introducing|establishing an? (?:new|additional))\b",
        ),
        (ADDED, rf"\b{_WE}\b[^.;]{{0,60}}\badopting\b[^.;]{{0,60}}\b(?:new|additional) (?:\w+ ){{0,3}}{_THING}"),
        (
            ADDED,
            rf"\bthis new {_THING}\b|\b(?:the )?propos(?:al|ed rule) (?:had|contained|included) no\b",
        ),
        (
            UNCHANGED,
            rf"(?:^|\b(?:adopt(?:ing|ed|s)?|retain(?:ing|ed|s)?|unchanged|remains?)\b[^.;]{{0,160}})\b{_PROPOSED}",
        ),
        (
            UNCHANGED,
            rf"\b(?:without|no) (?:change|modification|revision)s? from the propos"
            rf"|\b{_WE}\b{_NEAR}\b(?:retain(?:ing)?"
            r"|reaffirm(?:ing)?|reiterat(?:e|ing)|continu(?:e|ing) to (?:require|apply|include|believe))\b",
        ),
        (CHANGED, rf"\b{_WE} {_BE} ?{_CHANGE}\b|\b{_AGENCY} {_BE} ?{_RECAST}\b"),
        (CHANGED, rf"\b(?:has|have) been (?:{_CHANGE}|{_DROP})\b"),
        (
            CHANGED,
            rf"\b{_WE} (?:are|is|have|has) (?:also |now )?(?:expressly|explicitly) "
            r"(?:requir|identif|includ|provid|stat|defin)",
        ),
        (
            UNCHANGED,
            r"\b(?:similar to|consistent with|as in|as (?:stated|discussed|explained|described) in"
            r"|as we did in) the propos",
        ),
        (
            CHANGED,
            r"\b(?:unlike|in contrast to|in a change from|different from|compared (?:to|with)"
            r"|differs? from) the propos",
        ),
        (
            CHANGED,
            rf"\b(?:rather than|instead of|in lieu of|in place of|as opposed to)\b{_FAR}\b(?:propos|interpret)",
        ),
        (
            CHANGED,
            rf"\b{_WE} (?:are|is) (?:instead|now) \w+ing\b|\b{_WE}\b[^.;]{{0,60}}\b(?:provid|set|establish)ing "
            r"an? (?:\w+ ){0,2}(?:compliance|effective|implementation) (?:date|period)",
        ),
        (REQUIRED, rf"\b{_WE} (?:are|is) (?:\w+ly |also )?(?:requiring|adopting|establishing)\b"),
        (
            REQUIRED,
            rf"\bit is our (?:view|position) that\b|\b{_WE} (?:are|is) (?:\w+ly |also )?(?:interpreting"
            r"|(?:stating|taking) (?:our|its|the) (?:view|position))\b",
        ),
    )
)

_BEFORE = re.compile(r"(\b[a-z]+)(?: that| which)? $")
_JOINS = frozenset((
    "accordingly", "although", "and", "because", "but", "comments", "hence", "however", "if", "or", "release",
    "since", "so", "therefore", "though", "thus", "today", "when", "while", "yet",
))  # fmt: skip
_REFUSED = re.compile(rf"\b{_WE} (?:are|is|have|has|were|will)(?: \w+ly| also| therefore)? not\b", re.IGNORECASE)
_COMMENTER = re.compile(
    r"^\W*(?!We\b|The Commission\b)(?:(?:[A-Z][\w’-]+ly|However|For example|In addition|Further|Finally|Also"
    r"|Still),? )?"
    r"(?:\w+ ){0,4}(?:commenters?|commentators?|letters?|investors? groups?|trade associations?)\b",
    re.IGNORECASE,
)
_SAYS = r"(?:recommend|suggest|request|urg|ask|argu|stat|contend|express|believ|propos)\w*"
_OTHERS = re.compile(
    rf"\b(?:commenters?|commentators?)\b[^.;]{{0,80}}\b{_SAYS}\b[^.;]*\b{_WE}\b"
    rf"|\b(?:recommend|suggest|request|urg|ask)\w* (?:that )?{_WE}\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rf"\b{_WE} (?:\w+ly |also )?(?:are|is|have|has|believes?|agrees?|disagrees?|acknowledges?|notes?|concludes?"
    rf"|recognizes?"
    r"|understands?|continues?)\b",
    re.IGNORECASE,
)
_JUNK = re.compile(
    r"^\W*(?:\d+ )?(?:See|Id\.|Letter|Cf\.|supra)\b|Letter from|\(“[^”]{0,60}Letter”\)|\bsupra\b|\. \. \. \.|\?\W*$"
    r"|”\)[;.,]|\b[A-Z][\w.’]+ Letters?\b"
)


def classify(sentence: str) -> tuple[str, re.Match[str]] | None:
    """The status that a sentence states, and the words that state it; None when it states none.

    A sentence that only reports what commenters asked for states none.
    """
    if not is_stated(sentence):
        return None
    for status, pattern in PATTERNS:
        if (match := pattern.search(sentence)) is not None:
            if status == BACKGROUND or is_anothers(sentence, match) or is_aside(status, sentence, match):
                return None
            return (UNCHANGED if _is_refused(status, match) else status), match
    return None


def is_aside(status: str, sentence: str, match: re.Match[str]) -> bool:
    """Whether a requirement is only mentioned: "the changes that we are adopting", "as we are requiring today"."""
    before = _BEFORE.search(sentence[: match.start()])
    return status == REQUIRED and before is not None and before[1] not in _JOINS


def _is_refused(status: str, match: re.Match[str]) -> bool:
    """Whether the agency says that it is not doing this: "we are not adding"."""
    refused = _REFUSED.search(match[0])
    return status in (ADDED, CHANGED, REQUIRED) and refused is not None


def is_stated(sentence: str) -> bool:
    """Whether a sentence is one in which an agency may state something: no question, reference or view of others."""
    return len(sentence.split()) >= 5 and len(sentence) <= 1600 and not is_junk(sentence) and not by_commenter(sentence)


def by_commenter(sentence: str) -> bool:
    """Whether a sentence reports what a commenter said, and nothing that the agency does or thinks."""
    return _COMMENTER.search(sentence) is not None and not _ACTS.search(sentence)


def is_junk(sentence: str) -> bool:
    """Whether it is a question, a reference to a letter or a stray footnote."""
    return _JUNK.search(sentence) is not None


def is_report(sentence: str) -> bool:
    """Whether a sentence is not the agency's own statement: a question, a reference, a request by others."""
    others = _OTHERS.search(sentence)
    return is_junk(sentence) or (others is not None and not _ACTS.match(sentence))


def is_anothers(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words stand in what a commenter asked for."""
    others = _OTHERS.search(sentence)
    return others is not None and others.end() > match.start() and not _ACTS.search(match[0])
