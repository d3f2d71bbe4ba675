"""How well one statement can be aligned with another, word by word, in meaning.

Recall of BERTScore (Zhang, Kishore, Wu, Weinberger & Artzi 2020, arXiv 1904.09675): each word
of the statement is matched with the word of the sentence that is nearest to it, both in the
light of their sentences, and the cosines are averaged, rare words weighing more.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import TokenEmbedder, Tokens
from evals.rubric.terms import Rarity


class Aligner:
    """Aligns texts, each of which is embedded once.

    Args:
        embedder: of words in their sentences.
        background: statements in which words that occur often count as little telling.
    """

    def __init__(self, embedder: TokenEmbedder, background: Sequence[str]) -> None:
        self._embedder = embedder
        self._rarity = Rarity(embedder.pieces(background))
        self._tokens: dict[str, Tokens] = {}
        self._weights: dict[str, NDArray[np.float64]] = {}

    def learn(self, texts: Sequence[str]) -> None:
        """Embed those texts that are new, many at once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._tokens]
        if new:
            self._tokens.update(zip(new, self._embedder.embed_tokens(new), strict=True))

    def recall(self, statement: str, sentence: str) -> float:
        """How much of the statement the sentence holds, 0 to 1; 0 when either has no words.

        Both must have been learnt.
        """
        wanted, given = self._tokens[statement], self._tokens[sentence]
        if not wanted.pieces or not given.pieces:
            return 0.0
        nearest = (wanted.vectors @ given.vectors.T).max(axis=1)
        return max(float(np.average(nearest, weights=self._weights_of(statement))), 0.0)

    def _weights_of(self, statement: str) -> NDArray[np.float64]:
        if statement not in self._weights:
            pieces = self._tokens[statement].pieces
            self._weights[statement] = np.array([self._rarity.of(piece) for piece in pieces])
        return self._weights[statement]
