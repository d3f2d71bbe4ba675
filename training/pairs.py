"""Pairs of a question and the passages that answer it, made from a library without any label.

    python -m training.pairs --library DIR --out pairs.jsonl

Each line is ``{"kind", "question", "chunks": [id, …]}``. What stands for a question is never
in the passages it leads to: a passage must be found by what it says, not by a sentence of it.
"""

import argparse
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from corpus.access import open_library
from corpus.library import Library
from corpus.records import Chunk, Kind, Voice
from corpus.sentences import readable, split_sentences
from corpus.structure import ReferenceKind

_KINDS = (Kind.PROPOSED_RULE, Kind.FINAL_RULE, Kind.CONCEPT_RELEASE, Kind.INTERPRETATION)
_DEFINES = re.compile(
    r"(?:\bthe term|\bthe phrase|^|\. )\s*[“\"]([A-Za-z][\w\- ]{2,60}?),?[”\"]\s*(?:\([\w ]+\)\s*)?"
    r"(?:means|shall mean|would mean|is defined|to mean|refers to|includes|has the meaning)",
)
_WHAT_ABOUT = (
    "What is {}?", "What does {} mean?", "How is {} defined?", "definition of {}", "Who or what counts as {}?",
)  # fmt: skip
_ABOUT = ("{}", "What does the release say about {}?", "{}: what was decided and why?", "What applies to {}?")
_DULL = re.compile(
    r"^(?:agency|action|summary|dates?|addresses|introduction|background|conclusion|general|overview|discussion|"
    r"supplementary information|for further information.*|table of contents|comments?|text of.*|"
    r"statutory (?:authority|basis).*|footnotes?)$",
    re.IGNORECASE,
)
_MIN_CHARS, _MAX_CHARS = 60, 320  # of a sentence that stands for a question
_MOST_OF_A_SECTION = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the ids of the passages that answer it, any of which will do."""

    kind: str
    question: str
    chunks: tuple[str, ...]


def pairs_of(library: Library, document_id: str, random: Random) -> Iterator[Pair]:
    """Every pair of one document."""
    chunks = library.chunks(document_id)
    yield from headings(chunks, random)
    yield from neighbours(chunks)
    yield from requests(chunks)
    yield from definitions(chunks, random)
    yield from notes(library, document_id, chunks)
    yield from citing(library, document_id, chunks)


def headings(chunks: Sequence[Chunk], random: Random) -> Iterator[Pair]:
    """A section's heading, and the passages of the section."""
    for section, inside in _by_section(chunks).items():
        heading = section.rpartition(" › ")[2].strip()
        if len(heading.split()) >= 2 and not _DULL.match(heading):
            kept = [c.id for c in inside if c.voice is not Voice.FOOTNOTE][:_MOST_OF_A_SECTION]
            if kept:
                yield Pair("heading", random.choice(_ABOUT).format(heading), tuple(kept))


def neighbours(chunks: Sequence[Chunk]) -> Iterator[Pair]:
    """A sentence, and the passages before and after its own in the section."""
    for inside in _by_section(chunks).values():
        body = [c for c in inside if c.voice not in (Voice.FOOTNOTE, Voice.FRONT_MATTER)]
        for n, chunk in enumerate(body):
            around = [c.id for c in (body[n - 1 : n] if n else []) + body[n + 1 : n + 2]]
            sentences = list(_sentences(chunk))
            if around and sentences:
                yield Pair("neighbour", sentences[len(sentences) // 2][1], tuple(around))


def requests(chunks: Sequence[Chunk]) -> Iterator[Pair]:
    """A question on which comment was asked for, and the passages of its section that ask nothing."""
    for inside in _by_section(chunks).values():
        told = [c.id for c in inside if c.voice is not Voice.FOOTNOTE and not _asks(c)]
        for chunk in inside if told else ():
            for _, sentence in _sentences(chunk):
                if sentence.endswith("?") and chunk.voice is not Voice.FOOTNOTE:
                    yield Pair("request", sentence, tuple(told[:_MOST_OF_A_SECTION]))


def definitions(chunks: Sequence[Chunk], random: Random) -> Iterator[Pair]:
    """A question for the meaning of a term, and the passages that define it."""
    found: dict[str, list[str]] = {}
    for chunk in chunks:
        for match in _DEFINES.finditer(chunk.text):
            found.setdefault(" ".join(match[1].split()), []).append(chunk.id)
    for term, where in found.items():
        yield Pair("definition", random.choice(_WHAT_ABOUT).format(term), tuple(dict.fromkeys(where)))


def notes(library: Library, document_id: str, chunks: Sequence[Chunk]) -> Iterator[Pair]:
    """A sentence that calls a footnote, and the note's passage."""
    at = _Places(chunks)
    for note in library.footnotes(document_id):
        holder = at.chunk(note.start)
        for call in note.calls:
            caller = at.chunk(call)
            if holder and caller and caller.id != holder.id and (sentence := _sentence_at(caller, call)):
                yield Pair("note", sentence, (holder.id,))


def citing(library: Library, document_id: str, chunks: Sequence[Chunk]) -> Iterator[Pair]:
    """A sentence that refers to a section, and the first passages of that section."""
    at = _Places(chunks)
    for reference in library.references(document_id):
        if reference.kind is ReferenceKind.SECTION and reference.points_to is not None:
            caller = at.chunk(reference.start)
            first = at.index(reference.points_to)
            if caller is None or first is None or chunks[first].section == caller.section:
                continue
            inside = [c.id for c in chunks[first : first + 4] if c.section == chunks[first].section]
            if sentence := _sentence_at(caller, reference.start):
                yield Pair("reference", sentence, tuple(inside))


class _Places:
    """Which chunk of a document holds an offset."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._chunks = chunks
        self._starts = [chunk.start for chunk in chunks]

    def index(self, offset: int) -> int | None:
        found = bisect_right(self._starts, offset) - 1
        return found if found >= 0 and offset < self._chunks[found].end else None

    def chunk(self, offset: int) -> Chunk | None:
        found = self.index(offset)
        return None if found is None else self._chunks[found]


def _by_section(chunks: Sequence[Chunk]) -> dict[str, list[Chunk]]:
    found: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        if chunk.section:
            found.setdefault(chunk.section, []).append(chunk)
    return found


def _asks(chunk: Chunk) -> bool:
    return chunk.voice is Voice.REQUEST_FOR_COMMENT or "?" in chunk.text


def _sentences(chunk: Chunk) -> Iterator[tuple[int, str]]:
    for sentence in split_sentences(chunk.text):
        words = readable(chunk.text[sentence.start : sentence.end])
        if _MIN_CHARS <= len(words) <= _MAX_CHARS:
            yield sentence.start, words


def _sentence_at(chunk: Chunk, offset: int) -> str:
    """The sentence of the chunk that holds an offset of the document, or "" if it is too short or too long."""
    at = offset - chunk.start
    for sentence in split_sentences(chunk.text):
        if sentence.start <= at < sentence.end:
            words = readable(chunk.text[sentence.start : sentence.end])
            return words if _MIN_CHARS <= len(words) <= _MAX_CHARS else ""
    return ""


def drawn(pairs: Sequence[Pair], most: int, random: Random) -> list[Pair]:
    """At most ``most`` pairs of each kind, drawn by chance, each question once."""
    unique = list({pair.question: pair for pair in pairs}.values())
    random.shuffle(unique)
    counts: Counter[str] = Counter()
    kept = []
    for pair in unique:
        counts[pair.kind] += 1
        if counts[pair.kind] <= most:
            kept.append(pair)
    return kept


def main() -> None:
    """Write the pairs of a library's releases and say how many of each kind there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=5000, help="pairs of each kind")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random = Random(options.seed)
    library = open_library(options.library)
    releases = [d.id for d in library.documents().values() if d.kind in _KINDS]
    pairs = [pair for document_id in sorted(releases) for pair in pairs_of(library, document_id, random)]
    kept = drawn(pairs, options.most, random)
    rows = [json.dumps({"kind": p.kind, "question": p.question, "chunks": p.chunks}) for p in kept]
    options.out.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(releases)} releases, {len(pairs)} pairs, {len(kept)} kept: {dict(Counter(p.kind for p in kept))}")


if __name__ == "__main__":
    main()
