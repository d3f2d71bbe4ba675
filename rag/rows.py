"""What the makers of comparison rows share: a side of the comparison, and a row before it is cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.records import Document, Voice
from rag.align import Outline, Part
from rag.provisions import Provision, provisions

NOT_ADDRESSED = "not_addressed"
_QUOTED = re.compile(r"[“\"]([^”\"]{3,60}?)[,.]?[”\"]")
_NUMBERING = re.compile(r"^(?:[IVX]+|[A-Z]|\d{1,2}|[a-z]|\([a-z0-9]+\))\.?\s+(?=[A-Z“])")
_NAMED = re.compile(
    r"\bdefinition of (?:an? |the )?[a-z][a-z-]*(?: [a-z-]+){0,3}?(?= (?:to|so|as|in|for|that|and|which)\b|[,.;]|$)"
    r"|\b[Rr]ules? \d+[\w-]*(?:\([\w]+\))*|\bparagraphs? \([\w]+\)(?:\([\w]+\))*"
    r"|\b[A-Z][a-z]+(?:[ -](?:of |and |the )?[A-Z][a-z]+){1,4}\b"
)
_WORD = re.compile(r"[a-z]+")
_SAY_LITTLE = frozenset((
    "final", "proposed", "proposal", "rule", "rules", "amendment", "amendments", "adopted", "adoption", "discussion",
    "comment", "comments", "received", "commission", "s", "response", "responses", "reproposed", "re", "published",
    "action", "a", "and", "of", "on", "the", "to",
))  # fmt: skip
_SMALL = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
))  # fmt: skip
_TOO_COMMON = re.compile(
    r"^(?:The|In|As|For|We|Similar|Consistent|Proposing|Adopting|Securities|Exchange|Advisers?|Federal"
    r"|Section)\b|Release|Commission|Act\b"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document that a row quotes."""

    start: int
    end: int
    section: str
    voice: Voice
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before its spans become citations.

    Attributes:
        old: spans of the earlier document; ``new`` and ``reason`` of the later one.
        group: rows of one group, status and section may be told as one; "" for a row that stands alone.
    """

    topic: str
    status: str
    old: tuple[Span, ...]
    new: tuple[Span, ...]
    difference: str
    reason: tuple[Span, ...] = ()
    group: str = ""

    @property
    def words(self) -> str:
        """Everything it would show, but the reason."""
        return " ".join([self.topic, *(s.text for s in self.old), *(s.text for s in self.new), self.difference])


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two documents, read."""

    document: Document
    outline: Outline
    rules: tuple[Provision, ...]

    @classmethod
    def read(cls, library: Library, document: Document) -> "Side":
        """Read what a comparison needs of a document."""
        return cls(document, Outline(library, document), tuple(provisions(library, document)))

    @property
    def name(self) -> str:
        """What to call it in a sentence: its release number, or its title."""
        numbers = self.document.release_numbers
        return numbers[0] if numbers else self.document.title

    def words(self, rule: Provision) -> str:
        """What a paragraph of its rules says, on one line."""
        return " ".join(self.outline.text[rule.start : rule.end].split())

    def span(self, start: int, end: int, section: str, voice: Voice) -> Span:
        """A stretch of it."""
        return Span(start, end, section, voice, " ".join(self.outline.text[start:end].split()))


def heading(part: Part | None) -> str:
    """The heading of a part as a topic, with the one above it where it says little by itself."""
    if part is None or not part.heading:
        return "General"
    own = plain(part.heading)
    if part.above and (len(own.split()) <= 2 or not set(_WORD.findall(own.lower())) - _SAY_LITTLE):
        return f"{plain(part.above[-1])}: {own}"
    return own


def plain(words: str) -> str:
    """Heading words without their number and in ordinary letters."""
    text = _NUMBERING.sub("", " ".join(words.split())).strip(" .:")
    if not text.isupper():
        return text
    return " ".join(w if n and w in _SMALL else w.title() for n, w in enumerate(text.lower().split()))


def quoted_terms(texts: Sequence[str]) -> list[str]:
    """Short terms in quotation marks, in order, each once."""
    found = [m[1].strip(" ,.") for text in texts for m in _QUOTED.finditer(text)]
    return list(dict.fromkeys(term for term in found if len(term.split()) <= 6))


def named_things(text: str) -> list[str]:
    """What a clause names: "the definition of retail customer", "Care Obligation", "Rule 17a-3"."""
    found = [" ".join(m[0].split()) for m in _NAMED.finditer(text)]
    return list(dict.fromkeys(name for name in found if not _TOO_COMMON.search(name)))
