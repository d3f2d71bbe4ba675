"""Rows that fit a topic, best first."""

from collections.abc import Sequence

import numpy as np

from corpus.library import Library
from rag.rows import Draft

_MEANING = 0.5
_KEPT_FROM, _SHARE_OF_BEST = 0.35, 0.6


def fitting(library: Library, drafts: Sequence[Draft], topic: str) -> list[Draft]:
    """The drafts that speak of a topic, by their words and their meaning.

    A row's fit is the mean of its cosine with the topic and the share of the topic's
    words that it shows; rows far below the best are left out.
    """
    wanted = set(library.terms(topic))
    if not drafts:
        return []
    vector = library.embedder.embed_query(topic)
    cosines = library.embedder.embed_documents([_shown(d) for d in drafts]).vectors @ vector
    fits = []
    for n, (draft, cosine) in enumerate(zip(drafts, np.clip(cosines, 0.0, 1.0), strict=True)):
        shown, head = set(library.terms(draft.words)), set(library.terms(draft.topic))
        share = len(wanted & shown) / len(wanted) if wanted else 0.0
        named = len(wanted & head) / len(wanted) if wanted else 0.0
        fits.append((_MEANING * float(cosine) + (1 - _MEANING) * share + 0.15 * named, -n))
    best = max(fits)[0]
    floor = max(_KEPT_FROM, _SHARE_OF_BEST * best)
    return [drafts[-n] for fit, n in sorted(fits, reverse=True) if fit >= floor]


def _shown(draft: Draft) -> str:
    quotes = [s.text for s in (*draft.new, *draft.old)]
    return f"{draft.topic}: {' '.join(quotes)}"[:400]
