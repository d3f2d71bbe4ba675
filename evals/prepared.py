"""Questions embedded beforehand, many at once, which is several times faster than one by one."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedded, Embedder
from corpus.pagemap import fold


class PreparedQueries:
    """An embedder that knows these questions already, white space folded; others it embeds as they come."""

    def __init__(self, embedder: Embedder, questions: Sequence[str]) -> None:
        self._embedder = embedder
        self.name = embedder.name
        folded = list(dict.fromkeys(fold(question) for question in questions))
        rows = embedder.embed_queries(folded) if folded else ()
        self._known = dict(zip(folded, rows, strict=True))

    @property
    def questions(self) -> Embedder:
        """See :class:`Embedder`."""
        return self

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Embedded:
        """See :class:`Embedder`."""
        return self._embedder.embed_documents(texts, progress)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        known: NDArray[np.float32] | None = self._known.get(text)
        return self._embedder.embed_query(text) if known is None else known

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        return np.stack([self.embed_query(text) for text in texts])
