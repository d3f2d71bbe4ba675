"""Runs of the bank as files: raw rows that survive a kill, under a line that says what they depend on."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from evals.bank.exam import Exam
from evals.bank.trials import Examiner

Row = dict[str, Any]
_MAKE_ONE = "make one with `reglens eval bank --out RUN.jsonl`"


@dataclass(frozen=True, slots=True)
class Run:
    """Every row of a run, and what it was made with.

    Attributes:
        fingerprint: what the figures depend on, by name; see :func:`evals.bank.exam.made_with`.
        rows: of questions (``"row": "question"``) and of unanswerable ones.
    """

    fingerprint: dict[str, Any]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[str]:
        """The columns that were run, in their order."""
        return list(dict.fromkeys(row["column"] for row in self.of("question")))

    def of(self, kind: str, column: str | None = None) -> list[Row]:
        """Rows of one kind, and of one column where it is named."""
        return [r for r in self.rows if r["row"] == kind and column in (None, r.get("column"))]


def ask_bank(
    exam: Exam,
    examiner: Examiner,
    made_with: dict[str, Any],
    out: Path | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Run:
    """Ask every question in every column, then those that have no answer.

    Args:
        exam: the questions.
        examiner: asks and judges.
        made_with: the fingerprint of this run.
        out: raw rows are written there one by one; rows of an earlier part of the same run
            are kept, those that ended in an error are asked again.
        progress: called once a row.

    Raises:
        SourceError: if ``out`` holds a run that was made with something else, or no run.
    """
    done = _begun(out, made_with) if out is not None else {}
    rows: list[Row] = []
    for key, make in _tasks(exam, examiner):
        row = done.get(key)
        if row is None:
            row = make()
            if out is not None:
                with out.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        rows.append(row)
        progress()
    return Run(made_with, tuple(rows))


Key = tuple[str, str, str]


def _tasks(exam: Exam, examiner: Examiner) -> Iterator[tuple[Key, Callable[[], Row]]]:
    for column in exam.columns:
        for question in exam.questions:
            yield ("question", question.id, column), partial(examiner.try_question, question, column)
    for identity, (why, text) in exam.unanswerable.items():
        yield ("unanswerable", identity, ""), partial(examiner.try_unanswerable, identity, text, why)


def _begun(out: Path, made_with: dict[str, Any]) -> dict[Key, Row]:
    """Rows that are already in the file; it is begun where it is not there."""
    if not out.exists() or out.stat().st_size == 0:
        _write(out, [{"row": "run", "fingerprint": made_with}])
        return {}
    run = load_run(out)
    differing = [name for name in made_with if run.fingerprint.get(name) != made_with[name]]
    if differing:
        raise SourceError(
            f"{out} holds a run that was made with another {', '.join(differing)}",
            remedy="name another file with --out, or remove that one",
        )
    kept = {_key(row): row for row in run.rows if not row["error"]}
    _write(out, [{"row": "run", "fingerprint": run.fingerprint}, *kept.values()])
    return kept


def _write(path: Path, rows: Sequence[Row]) -> None:
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    partial.replace(path)


def _key(row: Row) -> Key:
    return row["row"], row["id"], row.get("column", "")


def load_run(path: Path) -> Run:
    """Read a run: the file of ``--out``, or what ``reglens eval bank --json`` printed.

    A last line that a kill cut short is left out.

    Raises:
        SourceError: if the file is not that.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot read the run {path}: {error}", remedy=_MAKE_ONE) from error
    rows = _printed(text) or _lines(path, text)
    head = rows[0] if rows else {}
    if head.get("row") != "run" or not isinstance(head.get("fingerprint"), dict):
        raise SourceError(f"{path} is not a run of the bank", remedy=_MAKE_ONE)
    for row in rows[1:]:
        if row.get("row") not in ("question", "unanswerable") or "id" not in row or "error" not in row:
            raise SourceError(f"{path} holds a line that is no row of a run", remedy=_MAKE_ONE)
    return Run(head["fingerprint"], tuple(rows[1:]))


def _printed(text: str) -> list[Row] | None:
    """The rows in the one object that ``--json`` prints; None when the text is something else."""
    try:
        report = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(report, dict) or "questions" not in report:
        return None
    return [{"row": "run", "fingerprint": report.get("made_with")}, *report["questions"], *report["unanswerable"]]


def _lines(path: Path, text: str) -> list[Row]:
    rows = []
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            if number == len(lines):
                break
            raise SourceError(f"{path}, line {number} is not JSON", remedy="remove that line") from error
        if not isinstance(row, dict):
            raise SourceError(f"{path}, line {number} is no row of a run", remedy=_MAKE_ONE)
        rows.append(row)
    return rows
