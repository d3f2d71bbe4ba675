"""A question taken apart: the rules and releases it names, what it asks about them, of whom. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.library import OUR_WRITING
from corpus.records import Document
from corpus.references import find_mentions
from corpus.structure import ReferenceKind
from rag.actors import find_subject
from rag.placenames import spelled_out
from rag.query import short_title


class NameKind(StrEnum):
    """What a name is of."""

    REGULATION = "regulation"
    RULE = "rule"
    RELEASE = "release"
    TITLE = "title"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Name:
    """Words of a question that name a rule, a release or a law; ``number`` is a rule's, "611"."""

    kind: NameKind
    start: int
    end: int
    words: str
    number: str = ""


_KINDS = {
    ReferenceKind.RELEASE: NameKind.RELEASE,
    ReferenceKind.FILE: NameKind.RELEASE,
    ReferenceKind.FEDERAL_REGISTER: NameKind.RELEASE,
    ReferenceKind.CFR: NameKind.RULE,
    ReferenceKind.STATUTE: NameKind.LAW,
    ReferenceKind.USC: NameKind.LAW,
}
_NAMED_FOR_A_RULE = re.compile(r"\b(?:regulation|rules?|act|interpretation|pilot|program|plan)\b")
_JOINT = re.compile(r"\s+(?:of|under|in)\s+(?:the\s+)?", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:\b(?:under|in|of|by|for|from|with|to|on)\s+)?(?:\bthe\s+)?(?:\b(?:(?:re)?proposed|adopted|final)\s+)?"
    r"(?:\brelease\s+(?:no\.?\s+)?)?$",
    re.IGNORECASE,
)
_STAGE = re.compile(r"(?:\bthe\s+)?\b(?:(?:re)?proposed|adopted|final)\s+$", re.IGNORECASE)
_WHAT_IS = re.compile(
    r"^(?P<lead>(?:and\s+)?(?P<word>who|what|which)\s+(?P<verb>is|are|was|were|would be))\s+(?P<topic>\S.*)$",
    re.IGNORECASE,
)
_NOT_A_NOUN = re.compile(r"^(?:not|there|it|that|this|they|to|meant|\w+ed|\w+ing)\b(?!\s+(?:of|system|center))", re.I)
_LAST_NOUN = re.compile(
    r"\b(?:an?|the|any)\s+(?!(?:Commission|SEC)\b)[\w’'-]+(?:\s+(?!(?:to|of|have|has|do|say|require)\b)[\w’'-]+){0,4}"
    r"(?=(?:\s+(?:have|has))?$)",
    re.I,
)
_ATTRIBUTE = re.compile(
    r"\b(?:dates?|deadline|period|costs?|burdens?|benefits?|purpose|reasons?|rationale|status|penalt(?:y|ies)|summary"
    r"|objectives?|scope|alternatives)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"^(?P<lead>.*?)\b(?P<aux>must|may|shall|should|can|could|will|would|do|does|did|has|have)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_MOST_SUBJECT = 7
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_VENUES = re.compile(r"(?:[\w-]+ ){0,2}(?:systems?|ATSs?|SROs?|makers?|sellers?|traders?|plans?)", re.IGNORECASE)
_GOES_ON = re.compile(r"^(?:or|and|of|centers?|makers?|participants?|systems?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, taken apart.

    Attributes:
        text: without its mark; "Reg NMS" is spelled out.
        names: rules, regulations, releases and laws that it names, in order.
        context: the last of them with what it belongs to: "Rule 610 of Regulation NMS", or "".
        span: of the context in the text, with a "the proposed" in front of it.
        verb: of "What is the access fee cap …": "What is"; "" of other questions.
        topic: of such a question: "the access fee cap"; of others "".
        thing: the last thing that the question speaks of: "an intermarket sweep order", or "".
    """

    text: str
    names: tuple[Name, ...]
    context: str
    span: tuple[int, int]
    verb: str
    topic: str
    thing: str

    @classmethod
    def read(cls, question: str, documents: Iterable[Document]) -> "Asked":
        """Take a question apart; ``documents`` tell which titles are names."""
        text = spelled_out(" ".join(question.split())).rstrip("?!. ")
        found = tuple(sorted(_names(text, documents), key=lambda name: name.start))
        start, end = _context(text, found)
        bare = _without(text, start, end) if end else text
        match = _WHAT_IS.match(bare)
        topic = match["topic"].strip() if match and not _NOT_A_NOUN.match(match["topic"]) else ""
        last = _LAST_NOUN.search(bare)
        staged = _STAGE.search(text[:start]) if end else None
        span = (staged.start() if staged else start, end)
        return cls(
            text, found, text[start:end], span, match["lead"] if match else "", topic, last[0] if last else topic
        )

    @property
    def attribute(self) -> bool:
        """Whether the topic is a date, a cost or the like, which "it" never means."""
        return bool(_ATTRIBUTE.search(self.topic))

    @property
    def whole_topic(self) -> str:
        """The topic with the rule that it is of, as the question words it."""
        return self.text[len(self.verb) :].strip() if self.topic else ""

    def clause(self) -> tuple[str, str, str, str] | None:
        """The question word, the verb, who and what of "When | must | an SCI entity | notify …"; None of others."""
        match = _CLAUSE.match(self.text)
        if match is None:
            return None
        words = match["rest"].split()
        for count in range(1, min(_MOST_SUBJECT, len(words) - 1) + 1):
            subject, rest = " ".join(words[:count]), " ".join(words[count:])
            if is_actor(subject) and not _GOES_ON.match(rest):
                return match["lead"].strip(), match["aux"].lower(), subject, rest
        return None


def is_actor(phrase: str) -> bool:
    """Whether a phrase is one for persons or firms: "small entities"."""
    bare = _ARTICLE.sub("", phrase)
    return " of " not in phrase and (_VENUES.fullmatch(bare) is not None or find_subject(bare) == bare)


def _names(text: str, documents: Iterable[Document]) -> Iterator[Name]:
    taken: list[tuple[int, int]] = []
    for mention in find_mentions(text):
        kind = _KINDS.get(mention.kind)
        if mention.kind is ReferenceKind.RULE:
            kind = NameKind.RULE if mention.number else NameKind.REGULATION
        if kind is not None:
            taken.append((mention.start, mention.end))
            yield Name(kind, mention.start, mention.end, text[mention.start : mention.end], mention.number)
    titles = {short_title(d) for d in documents if d.kind not in OUR_WRITING}
    for title in sorted(titles, key=len, reverse=True):
        if len(title.split()) < 2 or not _NAMED_FOR_A_RULE.search(title.lower()) or title.lower() not in text.lower():
            continue
        for match in re.finditer(rf"\b{re.escape(title)}\b", text, re.IGNORECASE):
            if all(match.end() <= low or high <= match.start() for low, high in taken):
                taken.append(match.span())
                yield Name(NameKind.TITLE, *match.span(), match[0])


def _context(text: str, names: tuple[Name, ...]) -> tuple[int, int]:
    """The last name, joined with those it is "of"; an empty span where there is none."""
    if not names:
        return 0, 0
    start, end = names[-1].start, names[-1].end
    for name in reversed(names[:-1]):
        if _JOINT.fullmatch(text, name.end, start) or not text[name.end : start].strip(" ,"):
            start = name.start
    return start, end


def _without(text: str, start: int, end: int) -> str:
    lead = _LEAD.search(text[:start])
    return " ".join((text[: lead.start() if lead else start] + " " + text[end:]).split()).rstrip(" ,")
