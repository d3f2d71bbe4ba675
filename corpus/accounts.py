"""What an answer says of itself: how the question was read, what stays open, which terms are defined where.

Imports nothing of ours at run time; a citation is only named here.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.records import Citation


class Asked(StrEnum):
    """What a question asks for."""

    DEFINITION = "definition"
    OBLIGATION = "obligation"
    THRESHOLD = "threshold"
    DATE = "date"
    REASON = "reason"
    COMPARISON = "comparison"
    LIST = "list"
    PROCEDURE = "procedure"
    FORMULA = "formula"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question was read.

    Attributes:
        parts: the questions within it, where it holds several.
        documents: ids of the documents that it names, in order.
    """

    kind: Asked = Asked.FACT
    parts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


_NO_PLAN = Plan()


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term of the question and the sentence that defines it."""

    term: str
    citation: "Citation"


class Disputed(StrEnum):
    """In what two sentences differ that say the same otherwise."""

    NUMBER = "number"
    DATE = "date"
    MODALITY = "modality"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims of one answer that disagree.

    Attributes:
        about: what both speak of, in their own words.
        claims: their places among the claims, from 0.
        explanation: what each says, in words for the user.
    """

    about: str
    kind: Disputed
    claims: tuple[int, int]
    explanation: str


@dataclass(frozen=True, slots=True)
class Account:
    """What an answer says of itself.

    Attributes:
        unanswered_parts: parts of the question for which nothing was found.
        definitions: where terms of the question are defined.
        notices: what the reader must know before using the answer ("Only a proposal was found: …").
    """

    plan: Plan = _NO_PLAN
    unanswered_parts: tuple[str, ...] = ()
    definitions: tuple[DefinedTerm, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[str, ...] = ()


NO_ACCOUNT = Account()
