"""The documents that a question names, and the words by which it names them.

A release, a file, a page of the Federal Register; a title; and a regulation with the word
for a release ("the Regulation SHO adopting release"), whatever the release's own title is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.fulltext import Holding
from corpus.grammar import Mention
from corpus.library import OUR_WRITING, Library
from corpus.records import Chunk, Document, Kind, Voice
from corpus.references import find_mentions, reference_tokens
from corpus.structure import ReferenceKind
from rag.query import short_title

_RELEASE_WORD = (
    r"(?:(?:proposing|adopting|final|interpretive|concept)\s+)?(?:releases?|rule\s+release|proposals?|adoptions?)"
    r"|proposed\s+rules?|final\s+rules?"
)
_BEFORE = re.compile(r"(?:(?P<stage>(?:re)?propos(?:ed|ing)|adopt(?:ed|ing)|final)\s+)$", re.IGNORECASE)
_AFTER = re.compile(rf"\s*(?:['’]s\s+)?(?:\([^)]*\)\s*)?(?P<word>{_RELEASE_WORD})\b", re.IGNORECASE)
_PROPOSED, _ADOPTED = re.compile(r"propos", re.IGNORECASE), re.compile(r"adopt|final", re.IGNORECASE)
_ANNOUNCES = {
    Kind.FINAL_RULE: r"\badopt\w*\b[^.]{0,160}",
    Kind.PROPOSED_RULE: r"\bpropos\w*\b[^.]{0,160}",
}
_LOOKED_AT = 80


@dataclass(frozen=True, slots=True)
class DocumentName:
    """Words that name documents.

    Attributes:
        start: offset in the question; ``end`` is one past the last character.
        documents: ids, the likeliest first; empty when the library does not hold what is named.
        words: as the question words it.
    """

    start: int
    end: int
    documents: tuple[str, ...]
    words: str


def document_names(question: str, library: Library) -> tuple[DocumentName, ...]:
    """Every document that a question names, in order; none lies within another."""
    documents = library.documents()
    named: list[DocumentName] = []
    for name in (*_by_number(question, library), *_by_title(question, documents.values())):
        _add(named, name)
    if not named:
        for name in _by_subject(question, library):
            _add(named, name)
    return tuple(sorted(named, key=lambda name: name.start))


def _add(named: list[DocumentName], name: DocumentName) -> None:
    if all(name.end <= other.start or other.end <= name.start for other in named):
        named.append(name)


def _by_number(question: str, library: Library) -> Iterator[DocumentName]:
    documents = library.documents().values()
    for mention in find_mentions(question):
        words = question[mention.start : mention.end].strip()
        if mention.kind is ReferenceKind.RELEASE:
            found = _first_of_kind(d for d in documents if any(_is_number(n, mention) for n in d.release_numbers))
        elif mention.kind is ReferenceKind.FILE and mention.named:
            found = _first_of_kind(d for d in documents if mention.number.lower() in map(str.lower, d.file_numbers))
        elif mention.kind is ReferenceKind.FEDERAL_REGISTER:
            found = [d.id for d in library.resolve(f"{mention.book} {mention.number}")]
        else:
            continue
        yield DocumentName(mention.start, mention.end, tuple(found), words)


def _is_number(printed: str, mention: Mention) -> bool:
    series, _, number = printed.lower().partition("-")
    return number == mention.number.lower() and mention.book.lower() in ("", series)


def _first_of_kind(documents: Iterable[Document]) -> list[str]:
    """Ids, agencies' documents before our own digests of them, which count only where nothing else does."""
    found = list(documents)
    theirs = [d.id for d in found if d.kind not in OUR_WRITING]
    return theirs or [d.id for d in found]


def _by_title(question: str, documents: Iterable[Document]) -> Iterator[DocumentName]:
    titled: dict[str, list[Document]] = {}
    lowered = question.lower()
    for document in documents:
        title = short_title(document).lower()
        if document.kind not in OUR_WRITING and " " in title and title in lowered:
            titled.setdefault(title, []).append(document)
    for title in sorted(titled, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(title)}\b", lowered):
            start, end, stage, _ = _around(question, match.start(), match.end())
            found = [d.id for d in titled[title] if stage in (None, d.kind)]
            yield DocumentName(start, end, tuple(found), question[start:end])


def _by_subject(question: str, library: Library) -> Iterator[DocumentName]:
    """A regulation or a rule, with a word for a release: "the Rule 15c3-5 adopting release"."""
    for mention in find_mentions(question):
        start, end, stage, release = _around(question, mention.start, mention.end)
        if mention.kind is ReferenceKind.RULE and release:
            words = question[mention.start : mention.end].strip()
            found = _of_card(words, stage, library) or _announcing(words, stage or Kind.FINAL_RULE, library)
            yield DocumentName(start, end, tuple(found), question[start:end].strip())


def _around(question: str, start: int, end: int) -> tuple[int, int, Kind | None, bool]:
    """The span with the words for a stage and a release around it, the stage, and whether a release is named."""
    before, after = _BEFORE.search(question[:start]), _AFTER.match(question, end)
    said = f"{before['stage'] if before else ''} {after['word'] if after else ''}"
    proposed, adopted = _PROPOSED.search(said), _ADOPTED.search(said)
    stage = Kind.PROPOSED_RULE if proposed else Kind.FINAL_RULE if adopted else None
    return before.start() if before else start, after.end() if after else end, stage, after is not None


def _of_card(subject: str, stage: Kind | None, library: Library) -> list[str]:
    """The releases that a rule card of this name lists."""
    wanted = re.compile(rf"{re.escape(subject)}\b(?!\s+amendments)", re.IGNORECASE)
    documents = library.documents().values()
    for card in documents:
        if card.kind is Kind.RULE_CARD and wanted.match(card.title):
            numbers = set(card.release_numbers)
            listed = [d for d in documents if d.kind not in OUR_WRITING and numbers & set(d.release_numbers)]
            if found := [d.id for d in listed if stage in (None, d.kind)]:
                return found
    return []


def _announcing(subject: str, stage: Kind, library: Library) -> list[str]:
    """The first release that says at its beginning that it adopts, or proposes, what is named."""
    tokens = tuple(dict.fromkeys(reference_tokens(subject)))[:1]
    only = [d.id for d in library.documents().values() if d.kind is stage]
    if not tokens or not only:
        return []
    hits = library.search_words("summary adopting proposing new", _LOOKED_AT, only, Holding(references=tokens))
    chunks = library.catalog.chunks_by_id([chunk_id for chunk_id, _ in hits]).values()
    says = re.compile(_ANNOUNCES[stage] + re.escape(subject).replace(r"\ ", r"\s+"), re.IGNORECASE)
    found = {c.document_id for c in chunks if _opens(c) and says.search(c.text)}
    return sorted(found, key=lambda i: _place_in_series(library.documents()[i]))[:1]


def _opens(chunk: Chunk) -> bool:
    return chunk.voice is Voice.FRONT_MATTER or chunk.section.startswith("I ›")


def _place_in_series(document: Document) -> tuple[int, str]:
    """Release numbers count up: the first that counts in Exchange Act releases tells the order."""
    numbers = [n.partition("-")[2] for n in document.release_numbers if n.startswith("34-")]
    digits = re.match(r"\d+", numbers[0]) if numbers else None
    return int(digits[0]) if digits else 10**9, document.id


def outside(question: str, spans: Sequence[tuple[int, int]]) -> str:
    """The words of a question that lie outside ``spans``."""
    kept = (" " if any(low <= n < high for low, high in spans) else letter for n, letter in enumerate(question))
    return " ".join(re.findall(r"[\w$%-]+", "".join(kept)))
