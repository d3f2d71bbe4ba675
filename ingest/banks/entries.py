"""What a bank's file gives for one question, and what is wrong with its lines."""

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from corpus.questions import Question

GENERAL = "general"
"""Level or topic of a question whose file names none."""
_SHOWN = 20
_SHORT = {"scenario-based": "scenario", "ai-workflow-tools": "workflow"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as its file gives it.

    Attributes:
        line: where it begins, 1-based.
        hint: what a good answer covers, in the file's words; "" where only points are given.
        question: "" where the file has no wording for it.
        id: "" where the file gives none.
        must: points that are given as such, besides those in the hint; ``bonus`` and ``contradiction`` likewise.
        ready: the question itself, where the file has it in our own form; nothing else counts then.
    """

    line: int
    hint: str = ""
    question: str = ""
    id: str = ""
    level: str = GENERAL
    topic: str = GENERAL
    must: tuple[str, ...] = ()
    bonus: tuple[str, ...] = ()
    contradiction: tuple[str, ...] = ()
    ready: Question | None = None


class Flaws:
    """What is wrong with the lines of a file, collected so that all of it can be said at once."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, line: int, problem: str, remedy: str) -> None:
        """Note what is wrong with a line, and what to do about it."""
        self._found.append((line, problem, remedy))

    def refuse(self, path: Path) -> None:
        """Refuse the file if anything is wrong with it.

        Raises:
            SourceError: which names the first twenty lines, in order, and counts the others.
        """
        if not self._found:
            return
        said = [f"  line {line}: {problem} → {remedy}" for line, problem, remedy in sorted(self._found)[:_SHOWN]]
        if (others := len(self._found) - _SHOWN) > 0:
            said.append(f"  … and {others} more")
        errors = "1 error" if len(self._found) == 1 else f"{len(self._found)} errors"
        raise SourceError(
            "\n".join([f"{path} has {errors}, and nothing was written:", *said]),
            remedy="mend this and import the file again",
        )


def level_name(group: str) -> str:
    """A group's name as a level: its words in small letters, joined by hyphens; "" if it has none."""
    slug = "-".join(re.findall(r"[^\W_]+", group.lower()))
    return _SHORT.get(slug, slug)
