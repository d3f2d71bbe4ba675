"""What a question names and asks for: releases, rules by title, companies, years, a definition. No model."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.records import Document, Kind
from corpus.references import file_numbers, release_numbers
from rag.accounting import Needs, needs, without_instructions
from rag.companies import route
from rag.parts import parts
from rag.placenames import spelled_out

_DEFINITION = re.compile(
    r"^(?:who|what)\s+(?:is|are|counts? as|qualif\w+ as)\s+(?:an?\s+|the\s+)?[\"“']?(.+?)[\"”']?"
    r"(?:\s+(?:(?:under|in|for|according|within)\b|of\s+(?:the\s+)?(?:proposed\s+)?(?:Regulation|Rule)\b).*)?\?*$"
    r"|^(?:what do(?:es)?|how (?:is|are))\s+(?:the terms?\s+|an?\s+|the\s+)?[\"“']?(.+?)[\"”']?"
    r"\s+(?:mean|measure|stand for|defined|measured)\b.*$"
    r"|^how\b(?!.*\bcomment).*?\bdefines?\s+(?:the terms?\s+|an?\s+|the\s+)?[\"“']?(.+?)[\"”']?"
    r"(?:\s+(?:under|in|for)\b.*)?\?*$"
    r"|^define\s+(?:the term\s+|an?\s+|the\s+)?[\"“']?(.+?)[\"”']?\?*$",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\b(?:requirement|prohibition)s?$")
_USUAL_WORDS = (
    (
        re.compile(
            r"(?:when|deadline|due|submit|date|period|long)\b.*\bcomments?\b"
            r"|\bcomments?\b.*\b(?:due|deadline|submit|period|by)",
            re.IGNORECASE,
        ),
        "DATES comments should be received on or before",
    ),
    (re.compile(r"\b(?:effective|take effect|in force)\b", re.IGNORECASE), "DATES effective date"),
    (
        re.compile(r"\b(?:compliance date|(?:when|date|deadline)\b.*\bcompl(?:y|iance))", re.IGNORECASE),
        "DATES compliance date",
    ),
)
_EXPLAIN = re.compile(
    r"\bhow (?:would|do|can|could|should) (?:you|one|we|i)\b|\b(?:describe|explain|discuss|outline|compare)\b"
    r"|\btell (?:me|us) about\b|\byour?\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:what|how|why|and (?:which|when|where|who))\b", re.IGNORECASE)
_NAME_WORDS = 4
_TITLES_END = re.compile(r"[:;(]")
_NAMES = re.compile(r"\b(?:regulation|rules?|form|act|interpretation|pilot|program|plan)\b|\d")
_UNTITLED = (Kind.NOTE, Kind.QUESTION)  # a note on market impact is not what "market impact" names


@dataclass(frozen=True, slots=True)
class Query:
    """A question and what it names.

    Attributes:
        documents: ids of the documents that the question names by number or by company
            and year; empty when it names none.
        reason: why those, in words for the user ("release 34-83062").
        mentioned: ids of the documents whose title stands in the question.
        topic: the question without the titles and stages ("proposed") that it names: once
            they say where to look, they say nothing about what to look for.
        subject: what a definition is asked of ("retail customer"), or "".
        parts: the questions within it, where it holds several.
        weights: how well each of a company's reports fits, relative to the best, which has 1.
        relaxed: what was asked for and set aside because nothing was there.
        needs: statements and words that a question about a company needs; None of another question.
    """

    text: str
    documents: frozenset[str]
    reason: str
    mentioned: frozenset[str] = frozenset()
    topic: str = ""
    subject: str = ""
    parts: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    relaxed: tuple[str, ...] = ()
    needs: Needs | None = None

    @property
    def broad(self) -> bool:
        """Whether an explanation or a procedure is asked for, or several things at once, and not one fact."""
        return bool(_EXPLAIN.search(self.text)) or len(_ASKS.findall(self.text)) > 1

    @property
    def words(self) -> str:
        """The question, and the words that a release would use for what is asked."""
        added = [used for asked, used in _USUAL_WORDS if asked.search(self.text)]
        return " ".join([self.topic, *added, *([self.needs.words] if self.needs else [])])


def analyse(question: str, documents: Iterable[Document]) -> Query:
    """Find which of the library's documents a question names.

    A release or file number is taken at its word; a title, with "proposed" or "adopted",
    leads to those documents; a company leads to its reports, and a fiscal year, where one
    of them fits, to that year's.
    """
    text = spelled_out(" ".join(question.split()))
    library = list(documents)
    mentioned = [d for d in library if d.kind not in _UNTITLED and _title_in(text, d)]
    topic = _topic(text, mentioned)
    plain = Query(text, frozenset(), "", frozenset(d.id for d in mentioned), topic, _subject(topic))
    plain = replace(plain, parts=parts(topic))
    return _by_number(plain, library) or _by_title(plain, mentioned) or _by_company(plain, library) or plain


def _by_number(plain: Query, library: Iterable[Document]) -> Query | None:
    releases = {number.lower() for number in release_numbers(plain.text)}
    files = {number.lower() for number in file_numbers(plain.text)}
    named = frozenset(d.id for d in library if releases & {n.lower() for n in d.release_numbers})
    reason = f"release {', '.join(sorted(releases))}"
    if not named:
        named = frozenset(d.id for d in library if files & {n.lower() for n in d.file_numbers})
        reason = f"file {', '.join(sorted(files))}"
    if not named:
        return None
    topic = _drop_numbers(plain.topic)
    return replace(plain, documents=named, reason=reason, topic=topic, subject=_subject(topic), parts=parts(topic))


def part_of(query: Query, part: str) -> Query:
    """One part as a question of its own, which keeps the documents that the whole names."""
    return replace(query, text=part, topic=part, subject=_subject(part), parts=())


def _by_title(plain: Query, mentioned: Sequence[Document]) -> Query | None:
    if not mentioned:
        return None
    stage = _stage(plain.text)
    of_stage = frozenset(d.id for d in mentioned if d.kind is stage)
    if of_stage:
        word = "proposal" if stage is Kind.PROPOSED_RULE else "adoption"
        return replace(plain, documents=of_stage, reason=f"{word} named in the question")
    if not any(_is_a_name(d) for d in mentioned):
        return None  # "short sales" is a subject, too: its release is favoured, and others are searched
    titles = ", ".join(sorted({short_title(d) for d in mentioned}))
    return replace(plain, documents=plain.mentioned, reason=f"{titles} named in the question")


def _by_company(plain: Query, library: Iterable[Document]) -> Query | None:
    found = route(plain.text, library)
    if found is None:
        return None
    return replace(
        plain,
        documents=frozenset(found.weights),
        reason=found.reason,
        topic=without_instructions(found.topic),
        weights=found.weights,
        relaxed=found.relaxed,
        needs=needs(found.topic),
        parts=(),  # the statements that it needs take turns already
    )


def _drop_numbers(topic: str) -> str:
    numbers = [*release_numbers(topic), *file_numbers(topic)]
    for number in numbers:
        topic = re.sub(
            rf"(?:(?:under|in|of|does|do)\s+)?(?:(?:release|file)\s+(?:no\.?\s+)?)?{re.escape(number)}",
            " ",
            topic,
            flags=re.IGNORECASE,
        )
    return " ".join(topic.split())


def _title_in(text: str, document: Document) -> bool:
    """Whether the question names the document's title, up to a colon or bracket: "Regulation NMS"."""
    title = short_title(document).lower()
    return " " in title and title in text.lower() and re.search(rf"\b{re.escape(title)}\b", text.lower()) is not None


def _is_a_name(document: Document) -> bool:
    """Whether nobody uses the title but to name the document or its rule, as "Regulation NMS"; not "short sales"."""
    title = short_title(document).lower()
    return len(title.split()) >= _NAME_WORDS or _NAMES.search(title) is not None


def short_title(document: Document) -> str:
    """A document's title up to a colon, semicolon or bracket: what it is called by."""
    return _TITLES_END.split(document.title)[0].strip()


def _topic(text: str, mentioned: Iterable[Document]) -> str:
    """The question without the titles it names and the words that lead to them ("under the proposed …")."""
    topic = text
    for title in {short_title(d).lower() for d in mentioned}:
        stage = (
            r"(?:(?:under|in|of|for|by|does|did|do|is|on)\s+)?(?:the\s+)?(?:(?:re)?proposed\s+|adopted\s+|final\s+)?"
        )
        after = r"(?:\s+(?:proposal|adoption|release|proposing release|adopting release)\b)?(?:['’]s)?"
        topic = re.sub(rf"\b{stage}{re.escape(title)}{after}", " ", topic, flags=re.IGNORECASE)
    topic = " ".join(topic.split()).replace(" ?", "?")
    return topic if len(re.findall(r"\w{3,}", topic)) >= 2 else text


def _stage(text: str) -> Kind | None:
    """Whether the question is about a proposal or about what was adopted; None when it names neither or both."""
    proposed = re.search(r"\bpropos(?:al|ed|es|ing)\b", text, re.IGNORECASE)
    adopted = re.search(r"\b(?:adopt(?:ed|ion|ing)|final(?:ly)?)\b", text, re.IGNORECASE)
    if bool(proposed) == bool(adopted):
        return None
    return Kind.PROPOSED_RULE if proposed else Kind.FINAL_RULE


def _subject(text: str) -> str:
    """What "Who is a retail customer under …?" asks the meaning of: "retail customer"; a requirement has none."""
    match = _DEFINITION.match(text)
    subject = next((group for group in match.groups() if group), "") if match else ""
    return subject if 0 < len(subject.split()) <= 6 and not _DUTY.search(subject) else ""
