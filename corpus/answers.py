"""What is answered: claims with their citations, and what an answer says of itself.

An account tells how the question was read, what stays open, and which terms are defined where.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count

from corpus.places import Place
from corpus.records import Voice
from corpus.usage import Usage


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote on one page of one document.

    Attributes:
        quote: the words as printed, white space folded. A quote never crosses a page:
            a sentence that does is quoted by two citations.
        start: offset of the quote in the document's text.
        page_start: offset of the quote in the stored text of its page.
        line: line of a text file on which it begins, from 1; None for a PDF.
        verified: the quote was found there, character by character.
        status: standing of the source, e.g. "proposed; adopted in 34-86031".
        also_in: other places where the same words stand, footnote numbers aside.
    """

    document_id: str
    title: str
    page: int
    page_label: str | None
    section: str
    quote: str
    start: int
    end: int
    page_start: int
    page_end: int
    verified: bool
    status: str
    voice: Voice
    line: int | None = None
    also_in: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement and the quotes that carry it.

    Attributes:
        because: how its source was come by, where it was not found but referred to: "footnote 157, called in …".
    """

    text: str
    citations: tuple[Citation, ...]
    because: str = ""


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
    citation: Citation


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, on what evidence, or that it was not.

    Attributes:
        searched: what was looked through: documents, passages read, filters, filters relaxed.
        nearest: the nearest passages, shown when there is no answer.
        dropped: claims of a language model that failed the check, with the reason.
        timings_ms: milliseconds by stage.
        account: how the question was read, what stays open, and what the reader must know of how it came about.
        usage: what the language model took; None where none was named.
    """

    question: str
    claims: tuple[Claim, ...]
    abstained: bool
    searched: dict[str, object]
    nearest: tuple[Citation, ...]
    model: str
    dropped: tuple[tuple[str, str], ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    account: Account = NO_ACCOUNT
    usage: Usage | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """What the reader must know before using it, in plain words."""
        return self.account.notices

    def noting(self, *notices: str) -> "Answer":
        """The same answer with more notices."""
        return replace(self, account=replace(self.account, notices=(*self.notices, *notices)))

    @property
    def text(self) -> str:
        """The answer to read: its claims with numbered citations, or why there is none."""
        if self.abstained:
            return "The documents searched do not answer this question."
        numbers = count(1)
        return "\n".join(f"{c.text} {''.join(f'[{next(numbers)}]' for _ in c.citations)}" for c in self.claims)
