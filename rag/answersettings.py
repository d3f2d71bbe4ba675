"""How much is read for an answer and shown of it."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import ConfigError
from rag.choose import WEAK, WEAK_IN_BROAD
from rag.query import Query

_FULL, _WEAK_IN_FULL = 3, 0.7


class Length(StrEnum):
    """How long an answer is: the one direct sentence for each part of a question, the usual, or up to thrice that."""

    SHORT = "short"
    NORMAL = "normal"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSettings:
    """Part of table ``[rag]`` of the settings file.

    Attributes:
        read_passages: passages that are read for an answer.
        max_sentences: sentences that an extractive answer shows.
        broad_sentences: the same, of a question that asks for an explanation or a procedure.
        min_support: how likely an answer must be, 0 to 1, below which there is none.
        length: "short", "normal" or "full"; see :class:`Length`.

    Raises:
        ConfigError: on a value that is out of range.
    """

    read_passages: int = 20
    max_sentences: int = 4
    broad_sentences: int = 10
    min_support: float = 0.4
    length: str = Length.NORMAL

    def __post_init__(self) -> None:
        if self.length not in list(Length):
            raise ConfigError(f"length={self.length!r} is unknown", remedy=f"use one of: {', '.join(Length)}")
        counts = (self.read_passages, self.max_sentences, self.broad_sentences)
        if min(counts) < 1 or not 0 <= self.min_support <= 1:
            raise ConfigError(
                f"read_passages={self.read_passages}, max_sentences={self.max_sentences}, "
                f"broad_sentences={self.broad_sentences}, min_support={self.min_support} cannot be used",
                remedy="the first three are 1 or more, min_support lies between 0 and 1",
            )

    def sentences_for(self, query: Query, parts: int = 1) -> int:
        """How many sentences an extractive answer to this question, of so many parts, shows."""
        if self.length == Length.SHORT:
            return parts
        usual = self.broad_sentences if query.broad else self.max_sentences
        return usual * (_FULL if self.length == Length.FULL else 1)

    def weak_for(self, query: Query) -> float:
        """Share of the support of the best sentence below which a sentence is not shown."""
        return (WEAK_IN_BROAD if query.broad else WEAK) * (_WEAK_IN_FULL if self.length == Length.FULL else 1.0)
