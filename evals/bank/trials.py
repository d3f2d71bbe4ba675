"""One question asked once: what the answer says of what it should, and what its citations are worth.

While the bank is asked, nothing that came from it can be found: documents of kind
``question`` are out of scope, except in the last column, where nothing else is in scope and
which shows how far the score could go. A passage that repeats a rubric point all the same is reported as a leak.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.answers import Answer
from corpus.contracts import answer_json
from corpus.errors import ReglensError
from corpus.library import Library
from corpus.questions import PointKind, Question
from corpus.records import Kind
from corpus.sentences import split_sentences
from evals.bank.citations import Check, check_citations, checks_json
from evals.bank.leaks import leaks
from evals.report import rounded
from evals.rubric.judge import ModelJudge
from evals.rubric.scorer import Score, Scorer
from rag.asking import Ask
from rag.retrieve import Retriever
from rag.scope import Scope

OURS = (Kind.NOTE, Kind.RULE_CARD)
COLUMNS = {
    "filings_only": Scope(without_kinds=(*OURS, Kind.QUESTION)),
    "with_notes": Scope(without_kinds=(Kind.QUESTION,)),
    "bank_itself": Scope(kinds=(Kind.QUESTION,)),
}
CEILING = "bank_itself"
_READ = 10  # passages among which the gold notes are looked for


@dataclass(frozen=True, slots=True)
class Found:
    """What retrieval brought for a question, apart from what was answered.

    Attributes:
        notes: names of the gold notes among the first ten passages.
        leaks: passages that repeat a rubric point: title and the words repeated.
    """

    notes: tuple[str, ...]
    leaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examiner:
    """What is needed to ask and to judge.

    Attributes:
        ask: the answerer under test.
        retriever: searches the same library in the same way.
        judge: a language model whose verdicts are kept beside the scorer's.
    """

    library: Library
    ask: Ask
    retriever: Retriever
    scorer: Scorer
    judge: ModelJudge | None = None

    def try_question(self, question: Question, column: str) -> dict[str, Any]:
        """Ask once and score; an error becomes a row without an answer, which covers nothing."""
        scope = COLUMNS[column]
        began = time.perf_counter()
        try:
            answer = self.ask(question.question, scope)
            latency_ms = _since_ms(began)
            found = self._find(question, scope)
        except ReglensError as error:
            nothing = self.scorer.score(question.points, ())
            return _row(question, column, None, nothing, (), None, _since_ms(began), str(error))
        sentences = sentences_of(answer)
        score = self.scorer.score(question.points, sentences)
        row = _row(question, column, answer, score, check_citations(self.library, answer), found, latency_ms, "")
        return row | self._judged(question, sentences)

    def _judged(self, question: Question, sentences: Sequence[str]) -> dict[str, Any]:
        """The second judge's verdicts; an error of the judge is a note of its own and leaves the scorer's alone."""
        if self.judge is None:
            return {}
        try:
            score = self.judge.score(question.points, sentences)
        except ReglensError as error:
            return {"judge_error": str(error), "judge_must": None, "judge_stated": []}
        stated = [verdict.point.id for verdict in score.verdicts if verdict.expressed]
        return {"judge_error": "", "judge_must": _rounded(score.coverage(PointKind.MUST)), "judge_stated": stated}

    def try_unanswerable(self, identity: str, question: str, why: str) -> dict[str, Any]:
        """Ask what no document answers."""
        began = time.perf_counter()
        row: dict[str, Any] = {"row": "unanswerable", "id": identity, "why": why, "question": question}
        try:
            answer = self.ask(question, COLUMNS["with_notes"])
        except ReglensError as error:
            return row | {"abstained": False, "error": str(error), "latency_ms": _since_ms(began), "answer": None}
        return row | {
            "abstained": answer.abstained,
            "error": "",
            "latency_ms": _since_ms(began),
            "answer": answer_json(answer),
        }

    def _find(self, question: Question, scope: Scope) -> Found:
        passages = self.retriever.search(question.question, _READ, scope).passages
        names = [_stem(passage.document.source) for passage in passages]
        texts = [(passage.document.title, passage.chunk.text) for passage in passages]
        return Found(tuple(note for note in question.notes if note in names), tuple(leaks(question, texts)))


def _stem(source: str) -> str:
    return source.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]


def _since_ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


def sentences_of(answer: Answer) -> list[str]:
    """The sentences of an answer's claims, in order; none when it abstained."""
    if answer.abstained:
        return []
    return [claim.text[s.start : s.end] for claim in answer.claims for s in split_sentences(claim.text)]


def _row(
    question: Question,
    column: str,
    answer: Answer | None,
    score: Score,
    checks: Sequence[Check],
    found: Found | None,
    latency_ms: float,
    error: str,
) -> dict[str, Any]:
    """One trial as a raw row: what was asked, answered, judged, and on what evidence."""
    notes_in_scope = question.notes and column == "with_notes"
    return {
        "row": "question",
        "id": question.id,
        "column": column,
        "level": question.level,
        "topic": question.topic,
        "question": question.question,
        "must": _rounded(score.coverage(PointKind.MUST)),
        "bonus": _rounded(score.coverage(PointKind.BONUS)),
        "contradictions": [verdict.point.id for verdict in score.contradictions],
        "suspected": [verdict.point.id for verdict in score.suspicions],
        "points": [_point_json(score, n) for n in range(len(score.verdicts))],
        **checks_json(checks, answer),
        "note_recall": rounded(len(found.notes) / len(question.notes)) if found and notes_in_scope else None,
        "leaks": list(found.leaks) if found and column != CEILING else [],
        "abstained": answer is not None and answer.abstained,
        "error": error,
        "latency_ms": latency_ms,
        "answer": answer_json(answer) if answer else None,
    }


def _point_json(score: Score, n: int) -> Mapping[str, Any]:
    verdict = score.verdicts[n]
    return {
        "id": verdict.point.id,
        "kind": verdict.point.kind.value,
        "text": verdict.point.text,
        "expressed": verdict.expressed,
        "suspected": verdict.suspected,
        "strength": rounded(verdict.strength),
        "evidence": verdict.evidence,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else rounded(value)
