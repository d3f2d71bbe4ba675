"""Follow-up questions against what was written by hand: filled in where they lean on a turn before, else left alone.

The earlier questions and the documents that answered them stand in the file, so that only
the reading of the follow-up is measured, not the search. Filling in and leaving alone are
reported apart: a question that was changed without need is the worse mistake.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from corpus.library import OUR_WRITING
from corpus.records import Document
from evals.datasets import json_lines, text
from rag.conversation import Conversation, Resolved, Source, turn_from
from rag.followup import resolve
from rag.query import analyse

FOLLOWUPS = Path(__file__).parent / "data" / "followups_dev.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A question after others.

    Attributes:
        earlier: each question before, with the sources of its answer: (release number, section path).
        changed: whether the question leans on those before it.
        keywords: that must stand in the question as asked; without, those that must not. Case does not count.
        documents: release numbers of the documents that must be asked first; empty where none must be.
    """

    id: str
    earlier: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    question: str
    changed: bool
    keywords: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read cases, one a line.

    Raises:
        SourceError: on a line that is not a case, or a file without any.
    """
    found = tuple(_case(row, where) for where, row in json_lines(path))
    if not found:
        raise SourceError(f"{path} holds no cases", remedy="check the path")
    return found


def _case(row: dict[str, Any], where: str) -> Case:
    try:
        earlier = tuple(
            (str(turn["question"]), tuple((str(s["document"]), str(s["section"])) for s in turn["sources"]))
            for turn in row["earlier"]
        )
        words, without, documents = (
            tuple(map(str, row.get(name, []))) for name in ("keywords", "without", "documents")
        )
        changed = bool(row["changed"])
    except (KeyError, TypeError) as error:
        raise SourceError(
            f'{where} is not a follow-up with "earlier" questions, their "sources" and "changed"',
            remedy="mend that line",
        ) from error
    return Case(text(row, "id", where), earlier, text(row, "question", where), changed, words, without, documents)


def resolved_case(case: Case, documents: Mapping[str, Document]) -> Resolved:
    """The case's question after those before it."""
    by_number = {n: d for d in documents.values() if d.kind not in OUR_WRITING for n in d.release_numbers}
    conversation = Conversation()
    for question, cited in case.earlier:
        sources = [
            Source(by_number[number].id, by_number[number].title, section, 1, "")
            for number, section in cited
            if number in by_number
        ]
        turn = turn_from(resolve(question, conversation, documents), sources, documents)
        conversation = conversation.after(turn)
    return resolve(case.question, conversation, documents)


def evaluate_followups(documents: Mapping[str, Document], cases: Sequence[Case]) -> dict[str, Any]:
    """Read every case's question after those before it.

    Args:
        documents: of a library, by id.
        cases: what to read, and what should come of it.

    Returns:
        ``filled_in``: of the questions that lean on others, how many hold every keyword, and how many are
        also asked of the right documents first; ``left_alone``: of the others, how many stay as they are;
        each with ``n``. ``wrong``: every case that is not right, with what was asked instead.
    """
    filled, placed, alone, wrong = 0, 0, 0, []
    for case in cases:
        resolved = resolved_case(case, documents)
        worded = _holds(resolved, case) if case.changed else not resolved.changed
        right = worded and (not case.changed or _asks_of(resolved, case, documents))
        filled += case.changed and worded
        placed += case.changed and right
        alone += not case.changed and worded
        if not right:
            wrong.append({"id": case.id, "question": case.question, "asked": resolved.asked, "worded": worded})
    leaning = sum(case.changed for case in cases)
    return {
        "filled_in": {"right": filled, "with_documents": placed, "n": leaning},
        "left_alone": {"right": alone, "n": len(cases) - leaning},
        "wrong": wrong,
    }


def _holds(resolved: Resolved, case: Case) -> bool:
    asked = resolved.asked.lower()
    return (
        resolved.changed
        and all(word.lower() in asked for word in case.keywords)
        and not any(word.lower() in asked for word in case.without)
    )


def _asks_of(resolved: Resolved, case: Case, documents: Mapping[str, Document]) -> bool:
    """Whether the expected documents are kept from before, or named in the question as it is asked."""
    ids = resolved.documents or tuple(analyse(resolved.asked, documents.values()).documents)
    numbers = {number for i in ids for number in documents[i].release_numbers}
    return set(case.documents) <= numbers
