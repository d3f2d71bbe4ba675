"""What was asked and answered before, so that the next question can lean on it. Pure; made to be kept as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.answers import Answer
from corpus.errors import SourceError
from corpus.library import OUR_WRITING
from corpus.records import Document
from rag.asked import Asked
from rag.query import short_title


@dataclass(frozen=True, slots=True)
class Source:
    """A source that an answer cited, in the order of its numbers.

    Attributes:
        section: its path, "II.A.2 › Definition of retail customer", or "".
        page: physical page, from 1.
    """

    document: str
    title: str
    section: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what its answer came from.

    Attributes:
        question: as the user typed it.
        asked: the question that was asked, a full sentence.
        subject: the rule or release it was about ("Regulation NMS"), or "".
        documents: ids of the documents that the answer cites, each once; empty where there was no answer.
        sections: paths of the sections that it cites, each once.
        sources: what it cites; ``sources[0]`` is shown as [1].
        more: how often a longer answer to it was asked for.
    """

    question: str
    asked: str
    subject: str = ""
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns, the latest last."""

    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """The latest turn."""
        return self.turns[-1] if self.turns else None

    def after(self, turn: Turn) -> "Conversation":
        """This conversation with one more turn."""
        return Conversation((*self.turns, turn))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it is asked.

    Attributes:
        question: as the user typed it.
        asked: a full sentence that stands on its own; ``question`` itself where that does.
        changed: whether the question leaned on the turn before.
        why: what it leaned on, in words for the user; "" where nothing.
        documents: ids of the documents to ask first, or None for all.
        more: how often a longer answer was asked for, in a row.
    """

    question: str
    asked: str
    changed: bool = False
    why: str = ""
    documents: tuple[str, ...] | None = None
    more: int = 0


def turn_of(resolved: Resolved, answer: Answer, documents: Mapping[str, Document]) -> Turn:
    """What the next question may lean on."""
    cited = [citation for claim in answer.claims for citation in claim.citations]
    sources = tuple(Source(c.document_id, c.title, c.section, c.page, c.quote) for c in cited)
    return turn_from(resolved, sources, documents)


def turn_from(resolved: Resolved, sources: Iterable[Source], documents: Mapping[str, Document]) -> Turn:
    """A turn whose answer cited these sources."""
    kept = tuple(sources)
    return Turn(
        resolved.question,
        resolved.asked,
        _subject(resolved.asked, kept, documents),
        tuple(dict.fromkeys(source.document for source in kept)),
        tuple(dict.fromkeys(source.section for source in kept if source.section)),
        kept,
        resolved.more,
    )


def _subject(asked: str, sources: tuple[Source, ...], documents: Mapping[str, Document]) -> str:
    """The rule or release that the question names; else the release that the answer quotes first."""
    if context := Asked.read(asked, documents.values()).context:
        return context
    cited = (documents[source.document] for source in sources if source.document in documents)
    return next((name_of(d) for d in cited if d.kind not in OUR_WRITING), "")


def name_of(document: Document) -> str:
    """What a document is called in a question: its release number, or its title."""
    return document.release_numbers[0] if document.release_numbers else short_title(document)


def turn_json(turn: Turn) -> dict[str, Any]:
    """A turn as it is kept."""
    return {
        "question": turn.question,
        "asked": turn.asked,
        "subject": turn.subject,
        "documents": list(turn.documents),
        "sections": list(turn.sections),
        "sources": [
            {"document": s.document, "title": s.title, "section": s.section, "page": s.page, "quote": s.quote}
            for s in turn.sources
        ],
        "more": turn.more,
    }


def turn_from_json(value: Any, where: str) -> Turn:
    """A turn as :func:`turn_json` wrote it.

    Args:
        value: what was read.
        where: from, in words for the user.

    Raises:
        SourceError: if it is not a turn.
    """
    try:
        sources = tuple(
            Source(_text(s, "document"), _text(s, "title"), _text(s, "section"), _count(s, "page"), _text(s, "quote"))
            for s in value["sources"]
        )
        documents, sections = (tuple(str(item) for item in value[name]) for name in ("documents", "sections"))
        asked, subject = _text(value, "asked"), _text(value, "subject")
        return Turn(_text(value, "question"), asked, subject, documents, sections, sources, _count(value, "more"))
    except (KeyError, TypeError) as error:
        raise SourceError(
            f"{where} does not hold a question with its answer's sources",
            remedy="remove that line, or name another file with --thread",
        ) from error


def _text(row: Any, name: str) -> str:
    if not isinstance(value := row[name], str):
        raise TypeError(name)
    return value


def _count(row: Any, name: str) -> int:
    if not isinstance(value := row[name], int) or isinstance(value, bool):
        raise TypeError(name)
    return value
