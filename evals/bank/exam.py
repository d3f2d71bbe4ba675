"""What is asked in a run, and what its figures depend on."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import ConfigError
from corpus.questions import BANK, Question, load_questions
from evals.bank.abstention import load_unanswerable
from evals.bank.trials import COLUMNS, Examiner
from evals.terminal import check_known
from rag.settings import RagSettings

_ROOT = Path(__file__).parents[2]
_PACKAGES = ("corpus", "rag", "evals")


@dataclass(frozen=True, slots=True)
class Exam:
    """What is asked.

    Attributes:
        unanswerable: reason and question by id.
        columns: names of :data:`evals.bank.trials.COLUMNS`.
    """

    questions: tuple[Question, ...]
    unanswerable: dict[str, tuple[str, str]]
    columns: tuple[str, ...] = tuple(COLUMNS)

    @property
    def size(self) -> int:
        """How many rows a whole run has."""
        return len(self.questions) * len(self.columns) + len(self.unanswerable)


def load_exam(bank: Path | None = None, levels: Sequence[str] = (), columns: Sequence[str] = ()) -> Exam:
    """The questions of a bank, ours by default, and those that have no answer.

    Raises:
        SourceError: if the bank cannot be read.
        ConfigError: on a level or column that does not exist, or a bank whose questions are drafts.
    """
    questions = load_questions(bank or BANK)
    check_known("--level", levels, list(dict.fromkeys(question.level for question in questions)))
    check_known("--column", columns, list(COLUMNS))
    drafts = sum(question.draft for question in questions)
    if drafts:
        raise ConfigError(
            f"{drafts} of {len(questions)} questions are drafts made from their hints, which give the answer away",
            remedy='write "question" anew in the bank and remove "draft": true',
        )
    chosen = tuple(question for question in questions if not levels or question.level in levels)
    return Exam(chosen, load_unanswerable(), tuple(columns) or tuple(COLUMNS))


def made_with(exam: Exam, examiner: Examiner, settings: RagSettings, model: str) -> dict[str, Any]:
    """What the figures of a run depend on, each under a name a user can act on."""
    library = examiner.library
    documents = sorted(library.documents())
    return {
        "library": {
            "documents": len(documents),
            "sha256": _digest([documents, library.catalog.meta("chunking")]),
            "embedder": library.embedder.name,
        },
        "bank": {"questions": len(exam.questions), "sha256": _digest([repr(exam.questions), exam.unanswerable])},
        "columns": list(exam.columns),
        "settings": asdict(settings),
        "model": model,
        "judge": examiner.judge.name if examiner.judge else None,
        "scorer": examiner.scorer.made_with,
        "code": _code(),
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _code() -> str:
    """Hash of the packages that take part, as they stand on disk."""
    digest = hashlib.sha256()
    for path in sorted(path for package in _PACKAGES for path in (_ROOT / package).rglob("*.py")):
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
