"""What our way to search should beat: plain BM25, plain vectors, and their fusion by rank alone."""

from collections.abc import Collection, Sequence

from corpus.embedding import Embedder
from corpus.fulltext import PLAIN
from corpus.library import Library
from corpus.pagemap import fold


def plain_rankings(
    library: Library, question: str, depth: int, only: Collection[str] | None = None, embedder: Embedder | None = None
) -> tuple[list[str], list[str]]:
    """Chunk ids by the words of their bodies, and by the cosine of the library's own model, best first.

    Args:
        library: is searched.
        question: in the user's words.
        depth: how many of each.
        only: ids of the documents to look in; None for all.
        embedder: of the same model, which may know the question already.
    """
    vector = (embedder or library.embedder).embed_query(fold(question))
    by_words = library.search_words(question, depth, only, weights=PLAIN)
    by_meaning = library.search_meaning(vector, depth, only)
    return [chunk_id for chunk_id, _ in by_words], [chunk_id for chunk_id, _ in by_meaning]


def reciprocal_rank_fusion(rankings: Sequence[Sequence[str]], k: int = 60) -> list[str]:
    """Order ids by the sum of 1 / (k + rank) over the rankings that hold them, ranks from 1.

    Cormack, Clarke & Büttcher 2009, doi:10.1145/1571941.1572114.

    Args:
        rankings: ids, best first, each once in a ranking.
        k: how little the first ranks stand out.

    Returns:
        Every id of any ranking, best first, ties in the order of their first appearance.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda item: -scores[item])
