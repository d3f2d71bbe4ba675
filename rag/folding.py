"""Near-duplicates among found chunks: a rule or paragraph that several releases print is shown once. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.pagemap import fold
from corpus.records import Chunk, Document, Kind, Voice
from rag.wording import ALIKE, Shingle, Words, are_alike, holds, words_of

_LOOK_AHEAD = 40  # chunks behind the last one shown that may say what one of those shown says
_PROBES, _PROBE_CHARS = 12, 24  # of a text that shares eight in ten shingles with another, some stand in it as they are
_STANDING = {Kind.RULE_TEXT: 3, Kind.STATUTE: 3, Kind.FINAL_RULE: 2, Kind.INTERPRETATION: 1}


@dataclass(frozen=True, slots=True)
class Folded:
    """Chunks that say the same.

    Attributes:
        kept: is shown.
        best: the one that was ranked best; ``kept`` takes its place in the ranking.
        others: all but ``kept``, best first.
    """

    kept: Chunk
    best: Chunk
    others: tuple[Chunk, ...]


@dataclass(slots=True)
class _Group:
    """Attributes: equals: the founder, best ranked, and what is alike. within: shorter ones that it holds."""

    founder: Chunk
    text: str
    words: Words
    equals: list[Chunk]
    within: list[Chunk] = field(default_factory=list)


def fold_duplicates(
    chunks: Iterable[Chunk], k: int, documents: Mapping[str, Document], named: Collection[str] = ()
) -> list[Folded]:
    """The first ``k`` chunks that differ, each with those that say the same.

    Shown is the one whose document the question names; else rule text before other voices,
    what is in force before what is proposed, the latest release that sets a rule out, and at
    last the best ranked. Within one document, and among reports of companies, which say
    what they say of another year, only the very same words of one document are one.

    Args:
        chunks: best first; read no further than ``k`` and some more.
        k: how many are shown.
        documents: of all the chunks, by id.
        named: ids of the documents that the question names.
    """
    groups = _Groups(documents)
    for looked, chunk in enumerate(chunks):
        if len(groups.found) >= k and looked >= k + _LOOK_AHEAD:
            break
        groups.add(chunk, may_found=len(groups.found) < k)
    return [_folded(group, documents, named) for group in groups.found]


class _Groups:
    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.found: list[_Group] = []
        self._documents = documents
        self._by_text: dict[str, list[_Group]] = {}
        self._by_shingle: dict[Shingle, list[_Group]] = {}

    def add(self, chunk: Chunk, *, may_found: bool) -> None:
        text = fold(chunk.text).lower()
        for group in self._by_text.get(text, ()):
            if self._comparable(group.founder, chunk) or group.founder.document_id == chunk.document_id:
                group.equals.append(chunk)
                return
        if not (may_found or self._may_repeat(text)):
            return
        words = words_of(chunk.text, chunk.note_calls, footnotes=chunk.voice is Voice.FOOTNOTE)
        joined = self._join(chunk, words)
        if joined is None and may_found:
            joined = self._found(chunk, text, words)
        if joined is not None:
            self._by_text.setdefault(text, []).append(joined)

    def _may_repeat(self, text: str) -> bool:
        """Whether any of some short pieces of a text stands in a founder; reading its words costs much more."""
        step = max((len(text) - _PROBE_CHARS) // _PROBES, 1)
        pieces = [text[at : at + _PROBE_CHARS] for at in range(0, max(len(text) - _PROBE_CHARS, 1), step)]
        return any(piece in group.text for group in self.found for piece in pieces)

    def _comparable(self, founder: Chunk, chunk: Chunk) -> bool:
        kinds = {self._documents[c.document_id].kind for c in (founder, chunk)}
        return founder.document_id != chunk.document_id and Kind.COMPANY_REPORT not in kinds

    def _join(self, chunk: Chunk, words: Words) -> _Group | None:
        for group in self._near(words):
            if not self._comparable(group.founder, chunk):
                continue
            if are_alike(group.words, words):
                group.equals.append(chunk)
                return group
            if holds(group.words, words):
                group.within.append(chunk)
                return group
        return None

    def _near(self, words: Words) -> Iterator[_Group]:
        """Groups whose founders share enough shingles with a text, best ranked first."""
        shared = Counter(id(group) for shingle in words.shingles for group in self._by_shingle.get(shingle, ()))
        enough = {i for i, n in shared.items() if n >= ALIKE * len(words.shingles)}
        yield from (group for group in self.found if id(group) in enough)

    def _found(self, chunk: Chunk, text: str, words: Words) -> _Group:
        group = _Group(chunk, text, words, [chunk])
        self.found.append(group)
        for shingle in words.shingles:
            self._by_shingle.setdefault(shingle, []).append(group)
        return group


def _folded(group: _Group, documents: Mapping[str, Document], named: Collection[str]) -> Folded:
    kept = max(group.equals, key=lambda chunk: _standing(chunk, documents[chunk.document_id], named))
    rest = [chunk for chunk in (*group.equals, *group.within) if chunk is not kept]
    return Folded(kept, group.founder, tuple(rest))


def _standing(chunk: Chunk, document: Document, named: Collection[str]) -> tuple[bool, bool, int, str]:
    """What is shown of several that say the same; the first of the best, where they stand alike."""
    sets_out = chunk.voice is Voice.RULE_TEXT
    return (
        chunk.document_id in named,
        sets_out,
        _STANDING.get(document.kind, 0),
        (document.issued or "") if sets_out else "",
    )
