"""How well the kind of a sentence fits the kind of a question, and where it stands. Pure."""

import re
from collections.abc import Collection

from corpus.answers import Asked
from corpus.records import Kind, Passage, Voice
from rag.plan import asked_of
from rag.query import Query

_ANSWERED, _UNANSWERED = 0.1, -0.04  # a question for a date is answered by a sentence with a date
_DEFINED, _MENTIONED, _QUESTION, _FRAGMENT, _LEANING = 0.25, 0.04, -0.25, -0.1, -0.02
_OVERTAKEN, _PAST = (
    -0.12,
    -0.06,
)  # where the law in force is asked for: a proposal; an adoption's words about its proposal
_VOICE = {
    Voice.RULE_TEXT: 0.05, Voice.PREAMBLE: 0.03, Voice.FRONT_MATTER: 0.02, Voice.ECONOMIC_ANALYSIS: 0.0,
    Voice.PAPERWORK_BURDEN: -0.02, Voice.FOOTNOTE: -0.05, Voice.COMMENTER_VIEW: -0.06, Voice.REQUEST_FOR_COMMENT: -0.1,
}  # fmt: skip
_SOURCE = {Kind.RULE_CARD: -0.06, Kind.QUESTION: -0.2}  # our own digests yield to the documents they digest
_SPAN = (
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|ninety)"
    r"(?:[\s-]+(?:business|calendar|trading|full|consecutive))?[\s-]+(?:seconds?|minutes?|days?|weeks?|months?|years?)\b"
)
_HOLDS = {
    Asked.DATE: r"(?-i:\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    rf"|\b(?:19|20)\d{{2}}\b|{_SPAN}|\b(?:calendar|business|trading)\s+days?\b"
    r"|\b(?:a|each|every|first|last|next|same|following)\s+(?:day|week|month|year)\b"
    r"|\b(?:days?|weeks?|months?|years?)\s+(?:after|before|from|following|prior)\b",
    Asked.THRESHOLD: r"\$\s?\d|\b\d{1,3}(?:,\d{3})+\b|\$0?\.\d"
    r"|\d\s?(?:percent|%|million|billion|hours|cents?|seconds?|milliseconds?|days?)",
    Asked.DEFINITION: r"\b(?:mean[s]?|define[sd]?|definition|refers? to|the term|is an?|are)\b",
    Asked.OBLIGATION: r"\b(?:shall|must|required?|requires|may not|prohibit\w*|obligat\w+)\b",
    Asked.REASON: r"\b(?:because|in order to|believe[sd]?|reason|to address|so that|concern\w*|therefore)\b"
    r"|\b(?:intended|designed) to\b",
    Asked.FORMULA: r"\s[=≈]\s|\b(?:divided by|multiplied by|minus|plus)\b"
    r"|\bthe (?:sum|ratio|product|difference) (?:of|between)\b",
    Asked.LIST: r"\((?:1|i|a)\).*\((?:2|ii|b)\)|[•●▪]|\b(?:first|second|three|four|five|six|following)\b",
}
_ANSWERS = {kind: re.compile(pattern, re.IGNORECASE | re.DOTALL) for kind, pattern in _HOLDS.items()}
_HOW_LONG = re.compile(r"\bhow long\b|\bwhat period\b", re.IGNORECASE)
_DURATION = re.compile(_SPAN, re.IGNORECASE)
_NO_DEFINITION = "used|set|proposed|adopted|discussed|intended|designed|based|similar|consistent|limited|broad|not|too"
_BEGINS_INSIDE = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s+(?:whether|and|or|if)\b|^[a-z]+\s|^[,;)”’]")
_LEANS = re.compile(
    r"^(?:However|Conversely|In addition|Additionally|(?:In|By) contrast|Nonetheless|Further(?:more)?"
    r"|Moreover|Therefore|Thus|Accordingly|Instead|Nevertheless|For example|As a result"
    r"|Similarly|Likewise|Also|Second|Third|Fourth|Finally|Consequently|Rather|This|These|Such|It|They)\b"
    r"|^Under (?:this|that|the \w+) alternative\b"
)
_OF_THE_PROPOSAL = re.compile(
    r"^(?:As\s+)?(?:originally\s+)?[Pp]roposed\s|\bwould\s+have\s+\w+|\bthe\s+proposed\s+[\w\s-]{2,40}\swould\b"
    r"|\b(?:[Ww]e|Commission)\s+(?:had\s+)?proposed\s+to\b|\bProposing Release\b"
)


def leans(text: str) -> bool:
    """Whether a sentence begins with a word that leans on the one before it: "It also", "However", "These"."""
    return _LEANS.match(text) is not None


def fit(query: Query, text: str, passage: Passage, overtaken: Collection[str] | None = None) -> float:
    """What the kind of a sentence adds to its score.

    Args:
        query: the question.
        text: of the sentence.
        passage: it stands in.
        overtaken: ids of proposals that something later replaced; None where the law in force is not asked for.
    """
    chunk, document = passage.chunk, passage.document
    worth = _VOICE[chunk.voice] + _SOURCE.get(document.kind, 0.0)
    worth += _MENTIONED if document.id in query.mentioned else 0.0
    worth += _QUESTION if text.rstrip().endswith("?") else 0.0
    worth += _LEANING if leans(text) else 0.0
    worth += _FRAGMENT if _BEGINS_INSIDE.match(text) else 0.0
    if overtaken is not None:
        worth += _OVERTAKEN if document.id in overtaken else 0.0
        worth += _PAST if document.kind is Kind.FINAL_RULE and _OF_THE_PROPOSAL.search(text) else 0.0
    if query.subject and defines(query.subject, text):
        return worth + _DEFINED
    held = holds_answer(query, text)
    return worth if held is None else worth + (_ANSWERED if held else _UNANSWERED)


def holds_answer(query: Query, text: str) -> bool | None:
    """Whether a sentence holds what the question asks for, as a date or an amount; None of a kind without a mark."""
    kind = asked_of(query)
    pattern = _DURATION if kind is Asked.DATE and _HOW_LONG.search(query.text) else _ANSWERS.get(kind)
    return None if pattern is None else pattern.search(text) is not None


def defines(subject: str, text: str) -> bool:
    """Whether a sentence says what the subject is, not merely something about it."""
    term = r"\s+".join(map(re.escape, subject.split()))
    said = rf"[“\"‘']?{term}s?[,.]?[”\"’']?"
    text = re.sub(rf"\bwhat\s+(?:an?\s+|the\s+)?{said}\s+means?\b", " ", text, flags=re.IGNORECASE)
    patterns = (
        rf"(?:defin|interpret)\w*\s+(?:of\s+)?(?:the\s+term\s+)?(?:an?\s+|the\s+)?{said}\s*(?:as\b|to\s+(?:mean|include|be)\b|:)",
        rf"definition\s+of\s+(?:an?\s+|the\s+)?{said}\s+(?:is|as|means|includes)\b(?!\s+(?:{_NO_DEFINITION}))",
        rf"{said}\s+(?:is|are)\s+defined\b|{said}\s+means?\b",
        rf"^\W*(?:An?\s+|The\s+)?(?:[\w’']+\s+)?{said}\s*(?:\([^)]*\)\s*)?(?:means?|refers?\s+to|is\s+an?|is\s+the|are)\b",
    )
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def on_definition(subject: str, text: str) -> bool:
    """Whether a sentence speaks of the subject's definition; that of a longer quoted term is another's."""
    words = r"\s+".join(map(re.escape, subject.split())) + r"s?\b"
    term = rf"(?:(?<=[“\"]){words}(?=[,.]?[”\"])|(?<![“\"]){words})"
    says = r"\b(?:defin\w+|meanings?|terms?)\b"
    between = r"\W+(?:\w+\W+){0,3}?"
    return re.search(rf"{says}{between}{term}|{term}{between}{says}", text, re.IGNORECASE) is not None
