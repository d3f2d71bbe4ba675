"""A small bank, a small library, and an examiner over both."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from corpus.answers import Answer
from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.questions import Point, PointKind, Question
from evals.bank.exam import Exam
from evals.bank.runs import Run, ask_bank
from evals.bank.trials import Examiner
from evals.rubric.scorer import Scorer, Weights
from rag.answer import AnswerSettings, answer
from rag.retrieve import Retriever
from rag.scope import Scope

TAKE = "Market orders take liquidity from the book."
RULE = "Brokers shall post quotations every morning."
POINTS = (
    Point("must-1", PointKind.MUST, TAKE, (("market order",), ("take liquidity",))),
    Point("must-2", PointKind.MUST, "Limit orders supply it.", (("limit order",), ("supply",))),
    Point("bonus-1", PointKind.BONUS, "They come from the book.", (("from the book",),)),
)
QUESTION = Question(
    "q1", "beginner", "orders", "What do market orders take from the book?", POINTS, notes=("a1", "lost")
)
OTHER = replace(QUESTION, id="q2", level="advanced", notes=())
BY_TERMS = Weights(groups=1.0, alignment=0.0, words=0.0, threshold=1.0, wrong=2.0, apart=1.0)
MADE_WITH: dict[str, Any] = {"library": 1, "model": "extractive"}


def asking(library: Library) -> Callable[[str, Scope], Answer]:
    """The extractive answerer, easily convinced."""
    retriever = Retriever(library)
    return lambda question, scope: answer(question, retriever, AnswerSettings(min_support=0.3), scope)


def examiner(library: Library, ask: Callable[[str, Scope], Answer] | None = None) -> Examiner:
    """Judges by terms alone."""
    return Examiner(library, ask or asking(library), Retriever(library), Scorer(HashEmbedder(), BY_TERMS, []))


def run_of(library: Library, *questions: Question, ask: Callable[[str, Scope], Answer] | None = None) -> Run:
    """A whole run, without questions that have no answer."""
    return ask_bank(Exam(questions, {}), examiner(library, ask), MADE_WITH)
