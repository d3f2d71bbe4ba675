"""The passages that define the terms of a question."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.fulltext import Holding
from corpus.library import Library
from corpus.records import Chunk, Document, Kind, Voice, owner_of
from corpus.sentences import split_statements
from rag.genericwords import GENERIC
from rag.query import Query

_OPEN, _CLOSE = r"[“\"‘'`]", r"[,.]?[”\"’']"
_WOULD = r"(?:(?:shall|would|will)\s+(?:also\s+)?)?"
_VERB = (
    rf"{_WOULD}(?:means?\b|ha(?:s|ve)\s+the\s+(?:same\s+)?meaning|includes?\b|refers?\s+to\b)"
    r"|(?:is|are|was|were|would\s+be|will\s+be)\s+defined\b"
)
_DEFINES = r"(?:(?:re)?defin(?:e[sd]?|ing)|interpret(?:s|ed)?|definition\s+of)\s+(?:the\s+terms?\s+)?(?:an?\s+|the\s+)?"
_AS = r"\s*(?:as\b(?!\s+(?:proposed|adopted|discussed))|to\s+(?:mean|include)\b|:)"
_TERM = "\x00"  # stands for the term in what is around it
_QUOTED, _EITHER = f"{_OPEN}{_TERM}{_CLOSE}", f"{_OPEN}?{_TERM}(?:{_CLOSE})?"
_ASIDE = r"\s*(?:\([^)]*\)\s*)?(?:,?\s*(?:as\s+used\s+)?in\s+[\w()§. -]{2,40}?\s*,?\s*)?"
_PLAIN = re.compile(
    rf"{_QUOTED}{_ASIDE}(?:{_VERB})|\bthe\s+term\s+{_EITHER}{_ASIDE}(?:{_VERB})|{_DEFINES}{_EITHER}{_AS}"
    rf"|{_TERM}\s+(?:shall\s+)?means?\b(?!\s+that)",
    re.IGNORECASE,
)
_LESS_PLAIN = re.compile(
    rf"{_EITHER}\s+(?:is|are|would\s+be|was)\s+(?:generally\s+|currently\s+)?defined\b"
    rf"|{_QUOTED}\s+(?:is|are)\s+(?:an?|any)\b|\b(?:An?|The|Any)\s+{_TERM}\s+(?:is|are|refers\s+to)\s+(?:an?|any|generally)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?:^|\n|\)\s)\s*{_TERM}\.?\s+(?:{_VERB})", re.IGNORECASE)  # "(2) Dealer includes …"
_VOICES = {
    Voice.RULE_TEXT: 0.8,
    Voice.PREAMBLE: 0.4,
    Voice.FRONT_MATTER: 0.1,
    Voice.ECONOMIC_ANALYSIS: 0.1,
    Voice.FOOTNOTE: -0.2,
}
_DEFINES_NOTHING = re.compile(r"\b(?:not|declin\w+ to)\s+(?:\w+\s+)?defin|\bwhat\s+[“\"]|\?\s*$", re.IGNORECASE)
_DEFINING_VOICES = (Voice.RULE_TEXT, Voice.PREAMBLE, Voice.FRONT_MATTER)
_KINDS = {Kind.RULE_TEXT: 0.2, Kind.STATUTE: 0.2, Kind.FINAL_RULE: 0.1, Kind.RULE_CARD: -0.2, Kind.QUESTION: -1.0}
_PLAINLY, _ALSO, _HEADED, _FITTING = 1.0, 0.6, 0.4, 0.3
_READ, _FOR_SUBJECT, _FOR_USED = 60, 2, 2
_MOST_WORDS, _NEAR = 3, 20
_AROUND = 90  # characters on either side of a term in which its definition must begin
_FORMS = (
    "{} means", "{} defined", "define {}", "{} includes", "term {}", "definition {}", "interpret {}",
)  # fmt: skip
_PLACE = 7  # passages that stay before the definition of a term that is used and not asked for


@dataclass(frozen=True, slots=True)
class Definitions:
    """Chunks that define what a question speaks of.

    Attributes:
        asked: of the term whose meaning is asked for, the best first.
        used: of other terms of the question, one for each.
    """

    asked: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


def definitions(
    query: Query, library: Library, ranking: Sequence[tuple[str, float]], within: Collection[str] | None
) -> Definitions:
    """Where the library defines the term whose meaning a question asks, or else the terms that it uses.

    Args:
        query: the question.
        library: is searched.
        ranking: chunk ids by the question's words, best first: used terms are looked for in their documents.
        within: ids of the documents to look in; None for all.
    """
    if query.subject:
        found = _defining([_singular(query.subject)], query.topic, library, within)
        return Definitions(asked=tuple(chunk_id for _, chunk_id in found)[:_FOR_SUBJECT])
    near = {owner_of(chunk_id) for chunk_id, _ in ranking[:_NEAR]}
    first: dict[str, str] = {}
    found = _defining(list(dict.fromkeys(_terms(query.topic))), query.topic, library, near)
    for term, chunk_id in sorted(found, key=lambda item: -len(item[0].split())):
        if not any(term in longer for longer in first):
            first.setdefault(term, chunk_id)
    return Definitions(used=tuple(dict.fromkeys(first.values()))[:_FOR_USED])


def terms_defined(
    question: str, library: Library, within: Collection[str], most: int
) -> Iterator[tuple[str, Chunk, int, int]]:
    """Terms of a question that documents define in plain words, the longest first.

    Args:
        question: in whose words terms are looked for.
        library: is searched.
        within: ids of the documents to look in.
        most: how many terms at most.

    Returns:
        For each the term, the chunk, and where the defining sentence begins and ends in the chunk's text.
    """
    given: list[str] = []
    found = _defining(list(dict.fromkeys(_terms(question))), question, library, within) if within else []
    chunks = library.catalog.chunks_by_id([chunk_id for _, chunk_id in found])
    for term, chunk_id in sorted(found, key=lambda item: -len(item[0].split())):
        chunk = chunks[chunk_id]
        if len(given) == most or chunk.voice not in _DEFINING_VOICES or any(term in other for other in given):
            continue
        for sentence in split_statements(chunk.text):
            words = chunk.text[sentence.start : sentence.end]
            if _plainly(term, words, chunk.voice) == _PLAINLY and not _DEFINES_NOTHING.search(words):
                given.append(term)
                yield term, chunk, sentence.start, sentence.end
                break


def lift(fused: Sequence[tuple[str, float]], found: Definitions) -> list[tuple[str, float]]:
    """A ranking with definitions raised: asked-for ones to its head, those of used terms among its first places."""
    if not fused:
        return []
    best, place = fused[0][1], min(_PLACE, len(fused))
    moved = {*found.asked, *(i for i in found.used if i not in [head for head, _ in fused[:place]])}
    others = [item for item in fused if item[0] not in moved]
    asked = [(i, best + 0.01 * (len(found.asked) - n)) for n, i in enumerate(found.asked)]
    used = [(i, fused[place - 1][1]) for i in found.used if i in moved and i not in found.asked]
    return [*asked, *others[:place], *used, *others[place:]]


def _defining(
    terms: Sequence[str], question: str, library: Library, within: Collection[str] | None
) -> list[tuple[str, str]]:
    """Terms and the chunks that define them, the plainest definition first."""
    if not terms:
        return []
    forms = _FORMS if len(terms) == 1 else _FORMS[:3]
    phrases = tuple(form.format(term) for term in terms for form in forms)
    hits = dict(library.search_words(f"{question} means", _READ, within, Holding(phrases=phrases)))
    best = max(hits.values(), default=1.0)
    documents = library.documents()
    found: list[tuple[float, str, str]] = []
    for chunk in library.catalog.chunks_by_id(list(hits)).values():
        if (document := documents.get(chunk.document_id)) is not None:
            for term in terms:
                if plainly := _plainly(term, chunk.text, chunk.voice):
                    worth = plainly + _standing(term, chunk, document) + _FITTING * hits[chunk.id] / best
                    found.append((worth, term, chunk.id))
    return [(term, chunk_id) for _, term, chunk_id in sorted(found, key=lambda item: (-item[0], item[2]))]


def _plainly(term: str, text: str, voice: Voice) -> float:
    """How plainly a text defines a term; 0 when it does not."""
    best = 0.0
    for match in re.finditer(rf"\b{_words(term)}\b", text, re.IGNORECASE):
        before, after = text[: match.start()][-_AROUND:], text[match.end() :][:_AROUND]
        around = f"{before}{_TERM}{after}"
        if _PLAIN.search(around) or (voice is Voice.RULE_TEXT and _LISTED.search(around)):
            return _PLAINLY
        if not best and _LESS_PLAIN.search(around):
            best = _ALSO
    return best


def _words(term: str) -> str:
    """A term whose words may be in the plural and parted by a hyphen or a line's end."""
    return r"[\s-]+".join(rf"{re.escape(_singular(word))}s?" for word in term.split())


def _standing(term: str, chunk: Chunk, document: Document) -> float:
    """Whose voice it is, in what document, under what heading."""
    headed = _HEADED if re.search(_words(term), chunk.section, re.IGNORECASE) else 0.0
    return _VOICES.get(chunk.voice, 0.0) + _KINDS.get(document.kind, 0.0) + headed


def _singular(term: str) -> str:
    return term[:-1] if term.endswith("s") and not term.endswith(("ss", "us", "is")) and len(term) > 4 else term


def _terms(question: str) -> Iterator[str]:
    """Two or three words in a row that may be a term: none of them says nothing."""
    for run in re.split(r"[^\w\s’'-]+", question):
        words = run.split()
        for size in range(_MOST_WORDS, 1, -1):
            for low in range(len(words) - size + 1):
                gram = words[low : low + size]
                if not any(word.lower() in GENERIC or len(word) < 2 for word in gram):
                    yield _singular(" ".join(gram))
