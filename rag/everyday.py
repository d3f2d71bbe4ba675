"""Everyday words for terms of art: "short summary sheet for clients" for "relationship summary".

A question in plain words shares few with a release. What it says is looked up in
``data/everyday_words.tsv`` (everyday words, then the terms that regulators use), and the terms
are searched for beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files

MOST_TERMS = 4
"""How many terms a question is given at most, those of its longest everyday words first."""


@cache
def entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everyday words and the terms for them, the most usual first."""
    lines = files("rag").joinpath("data/everyday_words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.strip())
    return tuple(
        (words.strip(), tuple(term.strip() for term in terms.split(";")))
        for variants, terms in rows
        for words in variants.split("|")
    )


class Lexicon:
    """The entries as one index sees them, read when they are first needed.

    Args:
        terms_of: index terms of a text.
    """

    def __init__(self, terms_of: Callable[[str], list[str]]) -> None:
        self._terms_of = terms_of

    @cached_property
    def _entries(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for words, terms in entries():
            if stems := tuple(self._terms_of(words)):
                found.setdefault(stems, terms)
        return found

    def terms_of_art(self, question: str) -> tuple[str, ...]:
        """Terms for the everyday words of a question, those that it uses itself left out."""
        stems = self._terms_of(question)
        longest = max(map(len, self._entries), default=0)
        there = set(stems)
        found: dict[str, None] = {}
        for size in range(longest, 0, -1):
            for terms in self._matches(stems, size):
                found |= dict.fromkeys(t for t in terms if not set(self._terms_of(t)) <= there)
        return tuple(found)[:MOST_TERMS]

    def _matches(self, stems: Sequence[str], size: int) -> list[tuple[str, ...]]:
        windows = (tuple(stems[n : n + size]) for n in range(len(stems) - size + 1))
        return [self._entries[window] for window in windows if window in self._entries]
