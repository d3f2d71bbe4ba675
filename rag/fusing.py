"""Two rankings to one.

Scores of BM25 and cosines are on different scales; each list is brought to 0..1 and combined
with one weight (convex combination, Bruch, Gai & Ingber 2023, doi:10.1145/3596512).
"""

from collections.abc import Collection, Sequence

from corpus.records import owner_of


def fuse(
    by_words: Sequence[tuple[str, float]], by_meaning: Sequence[tuple[str, float]], meaning_weight: float
) -> list[tuple[str, float]]:
    """Convex combination of two rankings, best first, ties in id order.

    BM25 scores are divided by the best of them, cosines stretched from the worst to the
    best; an id that is missing from a list counts 0 there.

    Args:
        by_words: chunk ids and BM25 scores, best first.
        by_meaning: chunk ids and cosines, nearest first.
        meaning_weight: of the second list, 0 to 1.
    """
    scores: dict[str, float] = {}
    lowest_cosine = by_meaning[-1][1] if by_meaning else 0.0
    for ranking, weight, worst in (
        (by_words, 1 - meaning_weight, 0.0),
        (by_meaning, meaning_weight, lowest_cosine),
    ):
        span = (ranking[0][1] - worst if ranking else 0.0) or 1.0
        for chunk_id, score in ranking:
            scores[chunk_id] = scores.get(chunk_id, 0.0) + weight * (score - worst) / span
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


MENTION_BONUS = 0.15


def favour(fused: Sequence[tuple[str, float]], mentioned: Collection[str]) -> list[tuple[str, float]]:
    """Lift chunks of documents whose title the question names."""
    lifted = [(i, s + MENTION_BONUS * (owner_of(i) in mentioned)) for i, s in fused]
    return sorted(lifted, key=lambda item: (-item[1], item[0]))
