"""Whether a sentence of a release is the agency's own statement about its own rule, as it stands. Pure.

Not so: what commenters say, what a study or an earlier release said, what other laws require,
requirements that are dropped, and in an adopting release what had only been proposed.
"""

import re

from rag.phrases import by_commenter, is_report

_FEWEST_WORDS, _MOST_WORDS = 6, 220
_REPORTED = re.compile(
    r"\bsuggestions? (?:are|is|was|were)\b|\bcommenters?[’'] (?:concerns?|suggestions?|views?|arguments?) that\b|"
    r"\b(?!Commission|we\b)[\w’]+ (?:also |generally |further )?(?:believed|argued|asserted|contended|suggested"
    r"|recommended|urged|maintained|opined|questioned|advocated|expressed|claimed|opposed|favored|requested|asked"
    r"|thought"
    r"|objected|disagreed|emphasized)\b|\b(?:commenters?|commentators?|dissenters?)\b[^.;]{0,50}\b(?:stat|not|support"
    r"|agree|believ|say|said|claim|fear|suggest|argue)\w*|\bas (?:the|some|one|several|many"
    r"|other) (?:\w+ )?(?:commenters?"
    r"|dissenters?)\b|\bletters? from\b|\b(?:they|he|she|others) (?:state|said|argue|contend|suggest|note)[ds]?\b"
    r"|\brecommendations?\b[^.]{0,120}\bthe Commission should\b",
    re.IGNORECASE,
)
_OWN_VOICE = re.compile(
    r"\b(?:we|the Commission)(?: \w+){0,2} (?:agrees?|disagrees?|believes?|notes?|recognizes?|acknowledges?|emphasizes?"
    r"|understands?|is adopting|are adopting|is revising|continues?)\b|\b(?:adopted|final) (?:rule|regulation"
    r"|amendment)",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^\W*(?:In|On|Since|Until|Before) (?:\w+ (?:\d{1,2}, )?)?(?:19|20)\d\d\b|\b(?:initially|originally"
    r"|previously) (?:proposed"
    r"|required|prohibited|adopted)\b|\bwould have (?:been )?(?:require|prohibit|permit|obligat|allow)\w*"
    r"|\bCongress (?:mandated|required|directed)\b|\bStudy\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:Commission|we) (?:does|do) not (?:agree|believe)\b[^,]*\b(?:requir|permit|allow)|"
    r"\bin response to (?:the |this |a )?comments? that [^,]*\b(?:should|must|may|required?|prohibit\w*)\b"
    r"|\bdisagrees? with (?:the |those |this )?comment(?:er)?s?\b|"
    r"\b(?:eliminat|remov|delet|omit|rescind|not adopt|declin|withdraw|drop)\w*(?: to adopt)? (?:the |a |any |its "
    r"|an )?"
    r"(?:[\w-]+ ){0,4}(?:requirements?|provisions?|obligations?|prohibitions?)\b",
    re.IGNORECASE,
)
_ONLY_PROPOSED = re.compile(
    r"\b(?:[Rr]ep|[Pp])roposed (?:[Rr]ules?|items?|paragraphs?|regulation|definitions?|amendments?|requirement)\b"
    r"|\bProposal\b|\bproposal (?:provided|would)\b"
    r"|\bProposing Release\b|^\W*As proposed\b|\bwas proposed\b",
)
_ADOPTED_TOO = re.compile(
    r"\badopt|\bfinal\b|\bwill\b|\bcorrespond|\bconsistent\b|\bas amended\b|\bsimilar\b", re.IGNORECASE
)
_OTHER_RULE = re.compile(
    r"\b(?:FINRA|NASD|NYSE|MSRB|CFTC|DOL|ISO|SRO)(?:’s)? (?:\w+ ){0,2}[Rr]ules? [^.;]{0,80}\brequir"
    r"|\bSections? [\w()]+(?:,? (?:and|or) [\w()]+)* (?:of the [\w ]*Act )?(?:also )?requires?\b|^\W*Currently\b"
    r"|\bcourts\b"
)
_OTHER_LAW = re.compile(
    r"\b(?:FINRA|NASD|DOL|ERISA|PTEs?|BIC Exemption|Advisers Act|existing|currently|current(?: law| rules?)"
    r"|state (?:law|securities)"
    r"|NYSE Rule|MSRB)\b"
)
_THIS = re.compile(
    r"\b(?:propos\w+|as adopted|adopt(?:ing|ed)|amend\w+|would|final rule|Regulation (?:Best|[A-Z]+)\b|(?:new "
    r"|the )?[Rr]ule \d{3}|paragraph \(|will)\b"
)


def is_own(text: str, heading: str) -> bool:
    """Whether a sentence is the document's own, about this rule, and long enough to say something.

    Args:
        text: of the sentence, on one line.
        heading: of its section; under one that names another law, the sentence must name this rule.
    """
    if not _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS or by_commenter(text) or is_report(text):
        return False
    if _HISTORY.search(text) or _WITHDRAWN.search(text) or _OTHER_RULE.search(text):
        return False
    if _REPORTED.search(text) and not _OWN_VOICE.search(text):
        return False
    return names_this_rule(text) or not (_OTHER_LAW.search(text) or _OTHER_LAW.search(heading))


def names_this_rule(text: str) -> bool:
    """Whether a sentence names what the release proposes or adopts, or says what would or will be."""
    return _THIS.search(text) is not None


def is_of_proposal(text: str) -> bool:
    """Whether a sentence of an adopting release only tells what had been proposed."""
    return _ONLY_PROPOSED.search(text) is not None and not _ADOPTED_TOO.search(text)
