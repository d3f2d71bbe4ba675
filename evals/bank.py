"""The question bank: what our answers say of what they should, and whether their citations hold.

While the bank is asked, nothing that came from it can be found: documents of kind
``question`` are out of scope. Every question is asked twice, with our answer notes in the
library and without them, because the notes were written to be found.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from corpus.contracts import answer_json
from corpus.errors import ReglensError
from corpus.library import Library
from corpus.questions import PointKind, Question
from corpus.records import Answer, Citation, Kind
from corpus.sentences import split_sentences
from evals.metrics import bootstrap_interval
from evals.report import rounded
from evals.rubric import Score, score
from rag.retrieve import Scope

Ask = Callable[[str, Scope], Answer]
COLUMNS = {
    "with_notes": Scope(without_kinds=(Kind.QUESTION,)),
    "without_notes": Scope(without_kinds=(Kind.QUESTION, Kind.NOTE)),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One question asked once.

    Attributes:
        column: one of :data:`COLUMNS`.
        answer: None when asking raised an error; then ``error`` says which.
        verified: for each citation of the answer, whether its quote stands on its page.
        latency_ms: from question to answer.
    """

    question: Question
    column: str
    answer: Answer | None
    score: Score
    verified: tuple[bool, ...]
    latency_ms: float
    error: str = ""

    @property
    def abstained(self) -> bool:
        """There was an answer, and it said that there is none."""
        return self.answer is not None and self.answer.abstained


def run_bank(
    library: Library,
    questions: Sequence[Question],
    ask: Ask,
    progress: Callable[[], None] = lambda: None,
) -> list[Trial]:
    """Ask every question in every column, the same column's trials in the order of the questions."""
    trials = []
    for column, scope in COLUMNS.items():
        for question in questions:
            trials.append(try_question(library, question, ask, column, scope))
            progress()
    return trials


def try_question(library: Library, question: Question, ask: Ask, column: str, scope: Scope) -> Trial:
    """Ask once and score; an error becomes a trial without an answer, which covers nothing."""
    began = time.perf_counter()
    try:
        answer = ask(question.question, scope)
    except ReglensError as error:
        return Trial(question, column, None, score(question.points, ()), (), _since_ms(began), str(error))
    latency_ms = _since_ms(began)
    citations = [citation for claim in answer.claims for citation in claim.citations]
    verified = tuple(stands_on_page(library, citation) for citation in citations)
    return Trial(question, column, answer, score(question.points, sentences_of(answer)), verified, latency_ms)


def _since_ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def sentences_of(answer: Answer) -> list[str]:
    """The sentences of an answer's claims, in order; none when it abstained."""
    if answer.abstained:
        return []
    return [claim.text[s.start : s.end] for claim in answer.claims for s in split_sentences(claim.text)]


def stands_on_page(library: Library, citation: Citation) -> bool:
    """Whether the quote is in the stored text of the page it names, white space aside.

    Written apart from ``rag/cite.py``, which made the citation, and from its offsets.
    """
    pages = {page.number: page.text for page in library.catalog.pages(citation.document_id)}
    quote = "".join(citation.quote.split())
    return bool(quote) and quote in "".join(pages.get(citation.page, "").split())


def bank_report(trials: Sequence[Trial]) -> dict[str, Any]:
    """Overall numbers by column, and one row a trial."""
    report: dict[str, Any] = {"n_questions": len({trial.question.id for trial in trials})}
    for column in COLUMNS:
        report[column] = overall([trial for trial in trials if trial.column == column])
    report["questions"] = [trial_json(trial) for trial in trials]
    return report


def overall(trials: Sequence[Trial]) -> dict[str, Any]:
    """Means over every question that was asked, whether it was answered or not.

    ``verified_share`` is over all citations, None when there are none; ``citation_recall``
    is the share of claims with at least one verified citation.
    """
    must = [_coverage(trial, PointKind.MUST) or 0.0 for trial in trials]
    bonus = [b for trial in trials if (b := _coverage(trial, PointKind.BONUS)) is not None]
    checks = [check for trial in trials for check in trial.verified]
    claims = [bool(claim) for trial in trials for claim in _claims(trial)]
    latencies = sorted(trial.latency_ms for trial in trials)
    levels = sorted(trials, key=lambda trial: trial.question.level)
    return {
        "must": _mean(must),
        "bonus": _mean(bonus),
        "ci95": {
            name: bootstrap_interval(values).as_json() for name, values in (("must", must), ("bonus", bonus)) if values
        },
        "must_by_level": {
            level: _mean([_coverage(trial, PointKind.MUST) or 0.0 for trial in of_level])
            for level, of_level in groupby(levels, key=lambda trial: trial.question.level)
        },
        "contradictions": sum(len(trial.score.contradictions) for trial in trials),
        "citations": len(checks),
        "verified_share": _mean([float(check) for check in checks]),
        "citation_recall": _mean([float(claim) for claim in claims]),
        "abstained": sum(trial.abstained for trial in trials),
        "errors": sum(trial.answer is None for trial in trials),
        "latency_ms_median": round(latencies[len(latencies) // 2], 1),
        "latency_ms_worst": round(latencies[-1], 1),
    }


def _coverage(trial: Trial, kind: PointKind) -> float | None:
    return trial.score.coverage(kind)


def _claims(trial: Trial) -> list[list[bool]]:
    """For each claim, its citations that hold; a claim whose list is empty is not supported."""
    checks = iter(trial.verified)
    claims = trial.answer.claims if trial.answer else ()
    return [[True for _ in claim.citations if next(checks)] for claim in claims]


def _mean(values: Sequence[float]) -> float | None:
    return rounded(sum(values) / len(values)) if values else None


def trial_json(trial: Trial) -> dict[str, Any]:
    """One trial as a raw row: what was asked, answered, judged, and on what evidence."""
    return {
        "id": trial.question.id,
        "column": trial.column,
        "level": trial.question.level,
        "must": _rounded(_coverage(trial, PointKind.MUST)),
        "bonus": _rounded(_coverage(trial, PointKind.BONUS)),
        "contradictions": [verdict.point.id for verdict in trial.score.contradictions],
        "points": [
            {"id": v.point.id, "kind": v.point.kind.value, "expressed": v.expressed, "evidence": v.evidence}
            for v in trial.score.verdicts
        ],
        "citations": len(trial.verified),
        "verified": sum(trial.verified),
        "abstained": trial.abstained,
        "error": trial.error,
        "latency_ms": round(trial.latency_ms, 1),
        "answer": answer_json(trial.answer) if trial.answer else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else rounded(value)
