"""A retriever that keeps passages which speak to a language model out of what it finds."""

from dataclasses import replace

from rag.orders import addresses_a_model
from rag.retrieve import Found, Retriever
from rag.scope import Scope


class CarefulRetriever(Retriever):
    """Finds what another retriever finds, but for passages that speak to a language model.

    ``searched["passages_withheld"]`` counts those left out.

    Args:
        inner: how, and in which library, is searched.
    """

    def __init__(self, inner: Retriever) -> None:
        super().__init__(inner.library, inner.settings, inner.embedder)
        self._inner = inner

    def search(self, question: str, k: int, scope: Scope | None = None, *, widen: bool = False) -> Found:
        """See :meth:`rag.retrieve.Retriever.search`."""
        found = self._inner.search(question, k, scope, widen=widen)
        passages = tuple(passage for passage in found.passages if not addresses_a_model(passage))
        followed = tuple(item for item in found.followed if not addresses_a_model(item.passage))
        searched = found.searched | {"passages_withheld": len(found.passages) - len(passages)}
        return replace(found, passages=passages, followed=followed, searched=searched)
