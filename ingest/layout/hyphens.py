"""Words that were broken at a line's end, made whole. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.layout.printed import Line, RawPage

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")
_LAST = re.compile(r"[A-Za-z]*$")
_FIRST = re.compile(r"[A-Za-z]*")
_SYLLABLES = 0.2  # a document that breaks words does so in at least this part of its hyphens at line ends


@dataclass(frozen=True, slots=True)
class Words:
    """What a document tells of its words.

    Attributes:
        known: words and hyphenated compounds that stand unbroken somewhere in it, in lower case.
        broken: it breaks words at line ends; otherwise a hyphen there is the compound's own.
    """

    known: frozenset[str]
    broken: bool

    def mend(self, text: str, following: str) -> str:
        """What joins a word broken at a line's end: "con" + "cerning", but "broker" + "-" + "dealer"."""
        left, right = _halves(text, following)
        if not self.broken or not left or not right or f"{left}-{right}" in self.known:
            return "-"
        if left + right in self.known:
            return ""
        return "-" if left in self.known and right in self.known else ""


def read_words(pages: Sequence[RawPage]) -> Words:
    """The words of a document, and whether it breaks them."""
    known: set[str] = set()
    for page in pages:
        rest = False
        for line in page.lines:
            found = _WORD.findall(line.text)
            known.update(found[rest : len(found) - line.broken])
            rest = line.broken
    lower = frozenset(word.lower() for word in known)
    breaks = list(_breaks(pages))
    syllables = sum(_is_syllable(left, right, lower) for left, right in breaks)
    return Words(lower, syllables > _SYLLABLES * len(breaks))


def _breaks(pages: Sequence[RawPage]) -> Iterator[tuple[str, str]]:
    for page in pages:
        pairs: Iterator[tuple[Line, Line]] = pairwise(page.lines)
        yield from (_halves(line.text, following.text) for line, following in pairs if line.broken)


def _halves(text: str, following: str) -> tuple[str, str]:
    head, tail = _LAST.search(text), _FIRST.match(following)
    return (head[0] if head else "").lower(), (tail[0] if tail else "").lower()


def _is_syllable(left: str, right: str, known: frozenset[str]) -> bool:
    """Whether two halves are one word, and no compound of two."""
    return left + right in known and f"{left}-{right}" not in known and not (left in known and right in known)
