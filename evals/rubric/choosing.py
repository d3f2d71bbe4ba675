"""The weights of the scorer that agree best with labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from corpus.questions import PointKind
from evals.rubric.agreement import kappa, sentences_of_text
from evals.rubric.labels import Label
from evals.rubric.scorer import Scorer, Signs, Weights

Setting = tuple[float, ...]
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Seen:
    """A label and the signs of every sentence of its text."""

    label: Label
    signs: tuple[Signs, ...]


def choose_weights(scorer: Scorer, labels: Sequence[Label]) -> Weights:
    """The weights on a coarse grid whose verdicts agree best with the labels.

    True points and contradictions are chosen apart. Of equally good settings the middle one
    is taken, so that the choice does not hang on one label.
    """
    seen = [
        Seen(label, tuple(scorer.signs(label.question.points, sentences_of_text(label.text))[label.point.id]))
        for label in labels
    ]
    true = [s for s in seen if s.label.point.kind is not PointKind.CONTRADICTION]
    wrong = [s for s in seen if s.label.point.kind is PointKind.CONTRADICTION]
    return _for_contradictions(_for_true_points(true), wrong)


def _for_true_points(seen: Sequence[Seen]) -> Weights:
    stated = [s.label.stated for s in seen]
    tenths = [n / 10 for n in range(11)]
    kappas: dict[Setting, float] = {}
    for groups, alignment in product(tenths, tenths):
        words = round(1 - groups - alignment, 1)
        if words < 0:
            continue
        weights = Weights(groups, alignment, words, 0.0, 1.0, 1.0)
        strongest = [max((sign.strength(weights) for sign in s.signs), default=0.0) for s in seen]
        for threshold in _steps(0.2, 0.95, 0.01):
            ours = [strength >= threshold for strength in strongest]
            kappas[groups, alignment, words, threshold] = kappa(stated, ours)
    groups, alignment, words, threshold = _middle(kappas)
    return Weights(groups, alignment, words, threshold, 1.0, 1.0)


def _for_contradictions(weights: Weights, seen: Sequence[Seen]) -> Weights:
    """A mistake is suspected only where at least nine of ten such suspicions are right."""
    stated = [s.label.stated for s in seen]
    kappas: dict[Setting, float] = {}
    for wrong, apart in product(_steps(0.4, 1.0, 0.02), _steps(0.0, 0.3, 0.02)):
        tried = replace(weights, wrong=wrong, apart=apart)
        ours = [any(sign.groups == 1.0 or sign.suspects(tried) for sign in s.signs) for s in seen]
        right = sum(t and o for t, o in zip(stated, ours, strict=True))
        if right >= _SURE * sum(ours):
            kappas[wrong, apart] = kappa(stated, ours)
    if not kappas:
        return weights
    wrong, apart = _middle(kappas)
    return replace(weights, wrong=wrong, apart=apart)


def _steps(low: float, high: float, step: float) -> list[float]:
    return [round(float(value), 2) for value in np.arange(low, high, step)]


def _middle(scores: Mapping[Setting, float]) -> Setting:
    """Of the settings that share the best score, the one in the middle of their order."""
    top = max(scores.values())
    equal = [setting for setting, value in scores.items() if value == top]
    return equal[len(equal) // 2]
