"""The chunks that hold a paragraph of a rule or a section of an Act, and those that discuss it."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.fulltext import Holding
from corpus.grammar import levels, plain
from corpus.library import OUR_WRITING, Library
from corpus.records import Chunk, Document, Kind, Voice, owner_of
from corpus.references import reference_tokens
from corpus.rulebook import ACT, RULE_PARTS
from corpus.sentences import split_statements
from rag.placenames import PlaceKind, PlaceName
from rag.provisions import split_rule
from rag.spots import Spot, beside, part, whole

_LAW = (Kind.RULE_TEXT, Kind.STATUTE, Kind.FINAL_RULE, Kind.INTERPRETATION, Kind.ORDER, Kind.PROPOSED_RULE)
_IN_FORCE = {kind: 2 if kind in (Kind.RULE_TEXT, Kind.STATUTE) else 1 for kind in _LAW} | {Kind.PROPOSED_RULE: 0}
_READ, _COUNTED = 80, 300
_RULE_TEXTS, _DISCUSSIONS = 2, 3
_STATES = (
    r"\s+(?:(?:of|under)\s+(?:the\s+|our\s+)?[\w’'.-]+(?:\s+[\w’'.-]+){0,3}\s+)?(?:also\s+|generally\s+|currently\s+|would\s+|will\s+)?"
    r"(?:requires?|provides?|states?|prohibits?|sets?\s+(?:out|forth)|defines?|establish(?:es)?|excepts?|specif(?:y|ies)"
    r"|permits?|limits?|allows?|imposes?|exempts?|excludes?|applies|apply|makes?|directs?|authorizes?|grants?|contains?"
    r"|is\s+(?:designed|intended)|mandates?|obligates?|identif(?:y|ies)|describes?)\b"
)
_HEADED, _HEADED_BY_PARENT, _STATED, _AT_HOME = 0.6, 0.2, 0.5, 0.4
_VOICES = {
    Voice.RULE_TEXT: 0.3, Voice.PREAMBLE: 0.3, Voice.FRONT_MATTER: 0.0, Voice.ECONOMIC_ANALYSIS: 0.0,
    Voice.COMMENTER_VIEW: 0.0, Voice.PAPERWORK_BURDEN: -0.1, Voice.REQUEST_FOR_COMMENT: -0.2, Voice.FOOTNOTE: -0.3,
}  # fmt: skip
_OURS = -0.3
_OTHER_BOOK = -0.8


@dataclass(frozen=True, slots=True)
class Held:
    """Where a rule or a section of law is held, best first.

    Attributes:
        exact: whether the very paragraph is in them, not only what it is a part of.
    """

    spots: tuple[Spot, ...]
    exact: bool


def held(place: PlaceName, words: str, library: Library, within: Collection[str] | None) -> Held:
    """The text of a rule's paragraph where the library has it, then the sections that discuss it.

    Args:
        place: a rule or a section of an Act.
        words: what the question asks of it.
        library: is searched.
        within: ids of the documents to look in; None for all.
    """
    texts, exact = rule_text(place, library, within) if place.kind is PlaceKind.RULE else ([], False)
    room = _DISCUSSIONS - (1 if texts else 0)
    labels = levels(place.paragraphs.partition("-")[0])
    homes = _homes(place, library, within)
    found = list(texts)
    for depth in range(len(labels), -1, -1):
        paragraphs = "".join(labels[:depth])
        discussing = _discussing(place, paragraphs, words, homes, library, within)
        exact = exact or (depth == len(labels) and bool(discussing))
        known = {spot.chunk.id for spot in found}
        for chunk in [c for c in discussing if c.id not in known][: room + len(texts) - len(found)]:
            found.append(_statement(chunk, place) if depth == len(labels) > 0 else beside(chunk))
        if len(found) - len(texts) >= room:
            break
    return Held(tuple(found), exact)


@dataclass(frozen=True, slots=True)
class _Homes:
    """How much documents speak of a rule.

    Attributes:
        share: 1 for the document that does most.
        fitting: the documents of the rule's book; None where the question does not name it.
    """

    share: dict[str, float]
    fitting: frozenset[str] | None


# The text itself ------------------------------------------------------------------------------


def rule_text(place: PlaceName, library: Library, within: Collection[str] | None) -> tuple[list[Spot], bool]:
    """Where a rule's paragraph begins, in force before proposed, later before earlier; whether it is that very one."""
    parts = [place.part] if place.part else ([] if "." in place.number else [str(part) for part in RULE_PARTS])
    numbers = [f"{part}.{place.number}" for part in parts] or [place.number]
    documents = library.documents()
    hits = library.search_words("", _COUNTED, within, Holding(headings=tuple(f"§ {number}" for number in numbers)))
    chunks = library.catalog.chunks_by_id([chunk_id for chunk_id, _ in hits]).values()
    wanted = {number.lower() for number in numbers}
    own = [c for c in chunks if _number(c.section).lower() in wanted and _is_law(documents.get(c.document_id))]
    runs = [list(run) for _, run in groupby(sorted(own, key=lambda c: (c.document_id, c.start)), _run)]
    found = [_paragraph(run, place.paragraphs) for run in runs]
    found.sort(key=lambda item: (-item[1], *_standing(documents[item[0].chunk.document_id])))
    depth = len(levels(place.paragraphs.partition("-")[0]))
    return [spot for spot, _ in found[:_RULE_TEXTS]], bool(found) and found[0][1] == depth


def _is_law(document: Document | None) -> bool:
    return document is not None and document.kind in _LAW


def _run(chunk: Chunk) -> tuple[str, str]:
    return chunk.document_id, _number(chunk.section)


def _number(section: str) -> str:
    """The rule that a section of rule text is: "§ 240.15l-1 › Regulation Best Interest" is "240.15l-1"."""
    head = plain(section.partition(" › ")[0])
    return head.lstrip("§ ").partition("(")[0].strip() if head.startswith("§") else ""


def _standing(document: Document) -> tuple[int, int, str]:
    """Law before releases, adopted before proposed, the latest first."""
    date = document.effective or document.published or document.issued or ""
    return -_IN_FORCE[document.kind], -int(date.replace("-", "")[:8] or 0), document.id


def _paragraph(run: Sequence[Chunk], paragraphs: str) -> tuple[Spot, int]:
    """A paragraph of a rule in the chunk in which it begins, and how many of its labels led there."""
    wanted = levels(paragraphs.partition("-")[0])
    found = _paragraphs(run)
    for depth in range(len(wanted), 0, -1):
        label = "".join(wanted[:depth])
        inside = [(start, end) for name, start, end in found if name.startswith(label)]
        if inside:
            start, end = inside[0][0], max(end for _, end in inside)
            return part(_at(run, start), start, end), depth
    return whole(run[0]), 0


def _paragraphs(run: Sequence[Chunk]) -> list[tuple[str, int, int]]:
    """The paragraphs of a rule: label, start and end in the document's text."""
    first, text = run[0].start, ""
    for chunk in run:
        text += "\n" * max(chunk.start - first - len(text), 0) + chunk.text
    headed = [("".join(levels(plain(c.section.partition(" › ")[0]))), c.start, c.end) for c in run]
    inside = [(p.label, first + p.start, first + p.end) for p in split_rule(text, 0, len(text), "")]
    return [item for item in headed if item[0]] + inside  # "§ 103.122(b)(1) › ..." is headed by its paragraph


def _at(run: Sequence[Chunk], offset: int) -> Chunk:
    return next((c for c in run if c.start <= offset < c.end), run[0])


# What discusses it ----------------------------------------------------------------------------


def _discussing(
    place: PlaceName,
    paragraphs: str,
    words: str,
    homes: _Homes,
    library: Library,
    within: Collection[str] | None,
) -> list[Chunk]:
    """The chunks that refer to a paragraph, the best of each section, best first."""
    holding = _holding(place, paragraphs)
    hits = library.search_words(f"{words} {place.words}", _READ, within, holding)
    if not hits:
        return []
    documents = library.documents()
    found = library.catalog.chunks_by_id([chunk_id for chunk_id, _ in hits])
    chunks = {chunk_id: chunk for chunk_id, chunk in found.items() if chunk.document_id in documents}
    name = _pattern(place, paragraphs)
    stated = re.compile(rf"(?:{name}){_STATES}", re.IGNORECASE)
    headed = re.compile(name, re.IGNORECASE)
    parent = re.compile(_pattern(place, ""), re.IGNORECASE)

    def worth(chunk: Chunk, score: float) -> float:
        document = documents[chunk.document_id]
        text, section = plain(chunk.text), plain(f"{document.title} › {chunk.section}")
        merit = score / hits[0][1] + _VOICES[chunk.voice] + _AT_HOME * homes.share.get(chunk.document_id, 0.0)
        merit += _HEADED if headed.search(section) else _HEADED_BY_PARENT if parent.search(section) else 0.0
        merit += _STATED if stated.search(text) else 0.0
        merit += _OURS if document.kind in OUR_WRITING else 0.0
        return merit + (_OTHER_BOOK if _is_of_another(place, name, text, homes, chunk.document_id) else 0.0)

    ranked = sorted((chunks[i] for i, _ in hits if i in chunks), key=lambda c: (-worth(c, dict(hits)[c.id]), c.id))
    first_of: dict[tuple[str, str], Chunk] = {}
    for chunk in ranked:
        first_of.setdefault((chunk.document_id, chunk.section), chunk)
    return list(first_of.values())


def _statement(chunk: Chunk, place: PlaceName) -> Spot:
    """The sentence of a chunk that says what the paragraph requires, provides or the like."""
    states = re.compile(rf"(?:{_pattern(place, place.paragraphs)}){_STATES}", re.IGNORECASE)
    for sentence in split_statements(chunk.text) if chunk.voice is not Voice.COMMENTER_VIEW else ():
        if states.search(plain(chunk.text[sentence.start : sentence.end])):
            return part(chunk, chunk.start + sentence.start, chunk.start + sentence.end)
    return beside(chunk)


def _holding(place: PlaceName, paragraphs: str) -> Holding:
    if place.kind is PlaceKind.RULE and "." not in place.number:
        return Holding(references=(f"rule:{place.number.lower()}{paragraphs}",))
    if place.kind is PlaceKind.RULE:
        return Holding(references=(f"{place.number.lower()}{paragraphs}",))
    if place.book.endswith("U.S.C."):
        return Holding(phrases=(f"{place.book.split()[0]} U.S.C. {place.number}{paragraphs}",))
    return Holding(phrases=(f"section {place.number}{paragraphs}", f"sections {place.number}{paragraphs}"))


def _homes(place: PlaceName, library: Library, within: Collection[str] | None) -> _Homes:
    every = library.search_words("", _COUNTED, within, _holding(place, ""))
    counts = Counter(owner_of(chunk_id) for chunk_id, _ in every)
    fitting: frozenset[str] | None = None
    if place.kind is PlaceKind.RULE and place.part and place.book:
        tokens = [f"{place.part}.{place.number.lower()}"]
        if place.book.startswith("Regulation "):
            tokens += reference_tokens(place.book)
        own = library.search_words("", _COUNTED, within, Holding(references=tuple(tokens)))
        fitting = frozenset(owner_of(chunk_id) for chunk_id, _ in own)
        counts = Counter({i: n for i, n in counts.items() if i in fitting})
    most = max(counts.values(), default=1)
    return _Homes({i: n / most for i, n in counts.items()}, fitting)


def _pattern(place: PlaceName, paragraphs: str) -> str:
    """How a text names the paragraph: "Rule 611(b)(8)", "paragraph (b)(8) of Rule 611", "Section 11A(a)"."""
    number = re.escape(place.number) + r"(?![\w-])"
    labels = re.escape(paragraphs)
    if place.kind is PlaceKind.STATUTE:
        return rf"{number}{labels}" if place.book.endswith("U.S.C.") else rf"sections?\s+{number}{labels}"
    end = r"(?!\d)" if not paragraphs else ""
    of = rf"|paragraphs?\s+{labels}\s+of\s+(?:\w+\s+)?rule\s+{number}" if paragraphs else ""
    return rf"(?:rules?\s+|\b\d{{3}}\.){number}{labels}{end}{of}"


def _is_of_another(place: PlaceName, name: str, text: str, homes: _Homes, document_id: str) -> bool:
    """Whether the words around the number say that it is a number of another book."""
    if homes.fitting is not None and document_id not in homes.fitting:
        return True
    if place.kind is not PlaceKind.STATUTE or not place.book or place.book.endswith("U.S.C."):
        return False
    for match in re.finditer(name, text, re.IGNORECASE):
        after = re.match(rf"[^.;]{{0,24}}\s(?:of|under)\s+the\s+(?P<act>{ACT})", text[match.end() :])
        if after is None or place.book.lower() in after["act"].lower():
            return False
    return True
