"""Fusing rankings by rank alone, which any other way of fusing should beat. Pure."""

from collections.abc import Sequence


def reciprocal_rank_fusion(rankings: Sequence[Sequence[str]], k: int = 60) -> list[str]:
    """Order ids by the sum of 1 / (k + rank) over the rankings that hold them, ranks from 1; ties in id order.

    Cormack, Clarke & Büttcher 2009, doi:10.1145/1571941.1572114.

    Args:
        rankings: ids, best first, each once in a ranking.
        k: how little the first ranks stand out.

    Returns:
        Every id of any ranking, best first.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda item: (-scores[item], item))
