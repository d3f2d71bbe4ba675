"""Fit the weights of the learned ranker, and say how it does on questions it was not fitted on.

    python -m training.ranker --beir FOLDER LIBRARY IDS --sections LIBRARY --out rag/data/ranker.json

Logistic regression over the candidates' features, standardized; a right candidate of the SEC
questions counts so much that each question's right ones together weigh as one. Questions for an
exact reference are left out: they are answered by naming the place. The weight of
``section_references`` is set by hand, see ``rag/rank.py``.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from corpus.access import open_library
from corpus.library import OUR_WRITING, Library
from evals.datasets import load_beir, load_ids, only_queries
from evals.gold_places import QUESTIONS, load_place_questions
from evals.retrieval import document_id
from evals.sections import Places
from rag.rank import FEATURES, Candidate, features
from rag.retrieve import Retriever
from rag.scope import Scope

BY_HAND = {"section_references": 4.0}
FOLDS = 5
_STRENGTH = 0.3  # C of the regression: inverse of its regularization


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question: their features, and which are right.

    Attributes:
        table: shape ``(n, len(FEATURES))``.
        right: shape ``(n,)``.
        weight: of a right candidate; a wrong one weighs 1.
    """

    table: NDArray[np.float32]
    right: NDArray[np.bool_]
    weight: float


class Recorder:
    """Stands in for the ranker, leaves the order as it is and keeps what it saw first."""

    def __init__(self) -> None:
        self.question = ""
        self.candidates: Sequence[Candidate] = ()

    def __call__(self, question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """See :class:`rag.rank.Ranker`."""
        if not self.candidates:
            self.question, self.candidates = question, candidates
        return list(candidates)


def judged(folder: Path, library: Library, ids: Path) -> Iterator[Example]:
    """Questions of a benchmark in BEIR form."""
    benchmark = only_queries(load_beir(folder), load_ids(ids))
    names = {document_id(passage): passage.id for passage in benchmark.passages}
    for query, text in benchmark.queries.items():
        seen = _seen(library, text)
        right = np.array([names[c.chunk.document_id] in benchmark.qrels[query] for c in seen.candidates])
        yield Example(features(seen.question, seen.candidates, library), right, 1.0)


def placed(library: Library) -> Iterator[Example]:
    """The shipped questions over SEC releases, those for exact references left out."""
    places = Places(library)
    for question in load_place_questions(QUESTIONS):
        if question.kind != "reference":
            seen = _seen(library, question.question)
            right = np.array([any(places.hit(c.chunk, gold) for gold in question.gold) for c in seen.candidates])
            yield Example(features(seen.question, seen.candidates, library), right, 1 / max(int(right.sum()), 1))


def _seen(library: Library, question: str) -> Recorder:
    """The candidates of the whole question: it is searched for before its parts."""
    recorder = Recorder()
    Retriever(library, ranker=recorder).search(question, 1, Scope(without_kinds=OUR_WRITING), widen=True)
    return recorder


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weight of each feature, those that are set by hand among them."""
    learned = [n for n, name in enumerate(FEATURES) if name not in BY_HAND]
    table = np.concatenate([example.table for example in examples])[:, learned]
    right = np.concatenate([example.right for example in examples])
    weight = np.concatenate([np.where(example.right, example.weight, 1.0) for example in examples])
    spread = table.std(axis=0) + 1e-6
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit((table - table.mean(axis=0)) / spread, right, sample_weight=weight)
    found = dict(zip((FEATURES[n] for n in learned), model.coef_[0] / spread, strict=True))
    return {name: round(float(found.get(name, BY_HAND.get(name, 0.0))), 4) for name in FEATURES}


def found_at(examples: Sequence[Example], weights: dict[str, float], k: int) -> float:
    """Share of questions with a right candidate among the first ``k``."""
    row = np.array([weights[name] for name in FEATURES])
    return float(np.mean([e.right[np.argsort(-(e.table @ row), kind="stable")[:k]].any() for e in examples]))


def main() -> None:
    """Fit on all, and cross-validate on the SEC questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beir", nargs=3, type=Path, required=True, metavar=("FOLDER", "LIBRARY", "IDS"))
    parser.add_argument("--sections", type=Path, required=True, metavar="LIBRARY")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    folder, place, ids = options.beir
    rulebooks = list(judged(folder, open_library(place), ids))
    releases = list(placed(open_library(options.sections)))
    held = [found_at(releases[n::FOLDS], fit(rulebooks + _but(releases, n)), 10) for n in range(FOLDS)]
    print(f"{len(rulebooks)} judged questions, {len(releases)} over releases")
    print(f"found among 10, of {FOLDS} parts in turn kept apart: {np.mean(held):.3f}")
    options.out.write_text(json.dumps({"weights": fit(rulebooks + releases)}, indent=1) + "\n", "utf-8")


def _but(examples: Sequence[Example], part: int) -> list[Example]:
    return [example for n, example in enumerate(examples) if n % FOLDS != part]


if __name__ == "__main__":
    main()
