"""How far verdicts agree with labels. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.questions import Point, PointKind
from corpus.sentences import split_sentences
from evals.metrics import RESAMPLES, SEED, Interval
from evals.report import rounded
from evals.rubric.labels import Label
from evals.rubric.scorer import Score, Verdict


class Judge(Protocol):
    """Anything that says which points an answer states."""

    def score(self, points: Sequence[Point], sentences: Sequence[str]) -> Score:
        """See :meth:`evals.rubric.scorer.Scorer.score`."""
        ...


def sentences_of_text(text: str) -> list[str]:
    """The sentences of a labelled text."""
    return [text[s.start : s.end] for s in split_sentences(text)]


def verdicts(judge: Judge, labels: Sequence[Label]) -> list[Verdict]:
    """The judge's verdict on each label, given the whole rubric of its question as in a run."""
    said = []
    for label in labels:
        score = judge.score(label.question.points, sentences_of_text(label.text))
        said.append(next(v for v in score.verdicts if v.point.id == label.point.id))
    return said


def agreement(labels: Sequence[Label], said: Sequence[Verdict]) -> dict[str, Any]:
    """Kappa, precision and recall of verdicts against labels.

    Returns:
        For "points" (must and bonus), each kind of point, each source of text (its must and
        bonus points) and "contradiction or suspicion": ``n``, ``n_stated``, ``kappa`` with its
        interval, ``precision``, ``recall`` (None over nothing); ``readers``: the kappa of the
        two readers with each other.
    """
    report: dict[str, Any] = {}
    for name, chosen in _groups(labels):
        report[name] = _row([labels[i].stated for i in chosen], [said[i].expressed for i in chosen])
    if wrong := [i for i, label in enumerate(labels) if _is_wrong(label)]:
        near = [said[i].expressed or said[i].suspected for i in wrong]
        report["contradiction or suspicion"] = _row([labels[i].stated for i in wrong], near)
    both = [label.readers for label in labels if len(label.readers) == 2]
    report["readers"] = {
        "n": len(both),
        "kappa": rounded(kappa([a for a, _ in both], [b for _, b in both])) if both else None,
    }
    return report


def _row(truth: Sequence[bool], ours: Sequence[bool]) -> dict[str, Any]:
    hits = sum(t and o for t, o in zip(truth, ours, strict=True))
    return {
        "n": len(truth),
        "n_stated": sum(truth),
        "kappa": rounded(kappa(truth, ours)),
        "ci95": {"kappa": kappa_interval(truth, ours).as_json()},
        "precision": rounded(hits / sum(ours)) if any(ours) else None,
        "recall": rounded(hits / sum(truth)) if any(truth) else None,
    }


def _is_wrong(label: Label) -> bool:
    return label.point.kind is PointKind.CONTRADICTION


def _groups(labels: Sequence[Label]) -> Iterator[tuple[str, list[int]]]:
    true = [i for i, label in enumerate(labels) if not _is_wrong(label)]
    yield "points", true
    for source in dict.fromkeys(labels[i].source for i in true):
        yield source, [i for i in true if labels[i].source == source]
    for kind in PointKind:
        if of_kind := [i for i, label in enumerate(labels) if label.point.kind is kind]:
            yield kind.value, of_kind


def kappa(a: Sequence[bool], b: Sequence[bool]) -> float:
    """Agreement beyond chance of two raters with two answers; Cohen 1960, doi:10.1177/001316446002000104.

    Returns:
        -1 to 1; 1 when both always gave the same one answer.

    Raises:
        ValueError: if the two differ in length, or are empty.
    """
    if len(a) != len(b) or not a:
        raise ValueError(f"{len(a)} answers cannot be compared with {len(b)}")
    return _kappa(np.array(a, dtype=bool), np.array(b, dtype=bool))


def _kappa(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
    observed, yes_a, yes_b = float((a == b).mean()), float(a.mean()), float(b.mean())
    chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def kappa_interval(a: Sequence[bool], b: Sequence[bool]) -> Interval:
    """95 % interval of kappa: pairs are drawn, as in :func:`evals.metrics.bootstrap_interval`."""
    pairs = np.array([a, b], dtype=bool)
    random = np.random.default_rng(SEED)
    drawn = [pairs[:, random.integers(0, len(a), len(a))] for _ in range(RESAMPLES)]
    low, high = np.percentile([_kappa(first, second) for first, second in drawn], [2.5, 97.5])
    return Interval(float(low), float(high))
