"""Measures of rankings, and how sure they are. Pure.

A *ranking* lists ids, best first, without repeats. *Relevance* maps the judged ids of one
query to grades >= 0; an id that is not judged counts 0. *Qrels* map queries to relevance,
a *run* maps queries to rankings. All values are fractions from 0 to 1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import log2

import numpy as np
from numpy.typing import NDArray

from evals.report import rounded

Relevance = Mapping[str, float]
Qrels = Mapping[str, Relevance]
Run = Mapping[str, Sequence[str]]
Measure = Callable[[Sequence[str], Relevance], float]

RESAMPLES = 2000
SEED = 20240229


def recall_at_k(ranking: Sequence[str], relevance: Relevance, k: int) -> float:
    """Share of the relevant ids among the first ``k``; trec_eval's ``recall_k``.

    Raises:
        ValueError: if nothing is relevant; such a query has no recall.
    """
    relevant = _relevant(relevance)
    return len(relevant.intersection(ranking[:k])) / len(relevant)


def average_precision_at_k(ranking: Sequence[str], relevance: Relevance, k: int) -> float:
    """Sum over relevant ids at rank <= k of precision at that rank, over *all* relevant ids.

    trec_eval's ``map_cut_k``: the divisor is the number of relevant ids, even when there
    are more than ``k``. Grades count as relevant or not.

    Raises:
        ValueError: if nothing is relevant.
    """
    relevant = _relevant(relevance)
    hits, total = 0, 0.0
    for rank, item in enumerate(ranking[:k], start=1):
        if item in relevant:
            hits += 1
            total += hits / rank
    return total / len(relevant)


def ndcg_at_k(ranking: Sequence[str], relevance: Relevance, k: int) -> float:
    """Normalised discounted cumulative gain; trec_eval's ``ndcg_cut_k``.

    Gain is the grade itself (Järvelin & Kekäläinen 2002, doi:10.1145/582415.582418), not
    2**grade - 1; the discount is log2(rank + 1).

    Raises:
        ValueError: if nothing is relevant.
    """
    _relevant(relevance)
    ideal = _dcg(sorted(relevance.values(), reverse=True)[:k])
    return _dcg([relevance.get(item, 0.0) for item in ranking[:k]]) / ideal


def reciprocal_rank_at_k(ranking: Sequence[str], relevance: Relevance, k: int) -> float:
    """1 / rank of the first relevant id, 0 when none is among the first ``k``.

    trec_eval's ``recip_rank`` cut at ``k`` (Voorhees 1999, TREC-8 question answering track).

    Raises:
        ValueError: if nothing is relevant.
    """
    relevant = _relevant(relevance)
    return next((1 / rank for rank, item in enumerate(ranking[:k], start=1) if item in relevant), 0.0)


def _relevant(relevance: Relevance) -> set[str]:
    relevant = {item for item, grade in relevance.items() if grade > 0}
    if not relevant:
        raise ValueError("nothing is relevant to this query")
    return relevant


def _dcg(grades: Sequence[float]) -> float:
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


MEASURES: dict[str, Measure] = {
    "recall@10": partial(recall_at_k, k=10),
    "map@10": partial(average_precision_at_k, k=10),
    "ndcg@10": partial(ndcg_at_k, k=10),
    "mrr@10": partial(reciprocal_rank_at_k, k=10),
}


def per_query(run: Run, qrels: Qrels, measure: Measure) -> NDArray[np.float64]:
    """One value for every judged query, in the order of the qrels; one without a ranking scores 0."""
    return np.array([measure(run.get(query, ()), relevance) for query, relevance in qrels.items()], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the mean would fall in 95 of 100 repetitions with other queries of the same kind."""

    low: float
    high: float

    def as_json(self) -> list[float]:
        """Both ends, as reports show them."""
        return [rounded(self.low), rounded(self.high)]


def bootstrap_interval(values: Sequence[float] | NDArray[np.float64]) -> Interval:
    """95 % interval of a mean over queries: percentile bootstrap with a fixed seed.

    Efron & Tibshirani 1993, An Introduction to the Bootstrap, section 13.3.

    Args:
        values: one per query, at least one.

    Raises:
        ValueError: if there are no values.
    """
    means = _resampled_means(np.asarray(values, dtype=np.float64))
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(low), float(high))


def bootstrap_ratio(above: Sequence[float], below: Sequence[float]) -> Interval:
    """95 % interval of sum(above) / sum(below): rows are drawn whole, as in :func:`bootstrap_interval`.

    Args:
        above: one value per row, such as hits.
        below: of the same rows, such as what could have been hit; a draw whose sum is 0 counts 0.

    Raises:
        ValueError: if the two differ in length, or are empty.
    """
    if len(above) != len(below) or not above:
        raise ValueError(f"{len(above)} values cannot be divided by {len(below)}")
    rows = np.array([above, below], dtype=np.float64)
    random = np.random.default_rng(SEED)
    sums = [rows[:, random.integers(0, len(above), len(above))].sum(axis=1) for _ in range(RESAMPLES)]
    low, high = np.percentile([top / bottom if bottom else 0.0 for top, bottom in sums], [2.5, 97.5])
    return Interval(float(low), float(high))


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of (ours - theirs) over the same queries.

    Attributes:
        interval: 95 %; a loss is significant when all of it lies below 0.
    """

    mean: float
    interval: Interval

    @property
    def is_loss(self) -> bool:
        """Whether ours is worse beyond what other queries could explain."""
        return self.interval.high < 0

    def as_json(self) -> dict[str, object]:
        """Mean and interval, as reports show them."""
        return {"mean": rounded(self.mean), "ci95": self.interval.as_json()}


def paired_difference(
    ours: Sequence[float] | NDArray[np.float64], theirs: Sequence[float] | NDArray[np.float64]
) -> Difference:
    """Paired bootstrap: queries are drawn, and both systems are judged on the same draw.

    Raises:
        ValueError: if the two differ in length, or are empty.
    """
    if len(ours) != len(theirs):
        raise ValueError(f"{len(ours)} values cannot be paired with {len(theirs)}")
    differences = np.asarray(ours, dtype=np.float64) - np.asarray(theirs, dtype=np.float64)
    return Difference(float(differences.mean()), bootstrap_interval(differences))


def _resampled_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if values.size == 0:
        raise ValueError("no values: nothing was judged")
    random = np.random.default_rng(SEED)
    means = [values[random.integers(0, values.size, values.size)].mean() for _ in range(RESAMPLES)]
    return np.array(means, dtype=np.float64)
