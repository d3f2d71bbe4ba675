"""Whether what a question takes for granted of a rule stands in what was found on that rule.

"On which date did Regulation SHO abolish all short selling?" names a rule, and passages on that rule abound;
but where no single one of them holds most of what the question says of it, the question is of something else.
Questions for an explanation, long ones and those in a layman's own words are not examined: they are never
matched whole. How the limits came about: docs/decisions/0004.
"""

import re
from collections.abc import Mapping, Sequence

from corpus.answers import Asked
from corpus.library import Library
from corpus.records import Passage
from rag.evidence import terms_around
from rag.genericwords import telling
from rag.plan import asked_of
from rag.query import Query

DOUBT = -4.0  # added to the sum of signs that rag/support.py weighs
_HELD = 0.65  # share of the telling words, rare ones counting more, that one passage must hold
_MOST_WORDS = 18
_NAMES_A_RULE = re.compile(
    r"\b(?:Regulation|Rule|Form|Section)\s+[A-Z\d]"
    r"|\b[Tt]he\s+(?!(?:final|proposed|adopted|new|same)\s)(?:[\w+’'-]+\s+){1,3}(?:[Rr]ule|[Aa]ct|[Pp]ilot|[Oo]bligation|[Rr]equirement)\b"
)
_OWN_WORDS = re.compile(r"\b(?:I|my|me|we|our|us|you|your)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ASKING = (
    "what which who whom whose when where why how do does did many much long date day year section paragraph rule"
    " regulation require must after before under each than list between"
)
_EXPLAINING = (Asked.COMPARISON, Asked.PROCEDURE, Asked.LIST)


def doubt(query: Query, passages: Sequence[Passage], library: Library) -> float:
    """What a premise that the passages do not bear out takes from the support of an answer: 0 or ``DOUBT``.

    Args:
        query: the question.
        passages: that were found for it.
        library: knows how rare words are.
    """
    if not passages or query.needs is not None or query.broad or query.parts or asked_of(query) in _EXPLAINING:
        return 0.0
    if years_missing(query.text, passages):
        return DOUBT
    if not _NAMES_A_RULE.search(query.text) or _OWN_WORDS.search(query.text) or len(query.text.split()) > _MOST_WORDS:
        return 0.0
    terms = set(library.terms(telling(query.topic))) - set(library.terms(_ASKING))
    held = [terms_around(passage, library) for passage in passages]
    return DOUBT if most_held(library.rarity(sorted(terms)), held) < _HELD else 0.0


def years_missing(question: str, passages: Sequence[Passage]) -> bool:
    """Whether a question names years, none of which any passage, nor a date of its document, holds."""
    years = set(_YEAR.findall(question))
    return bool(years) and not any(year in text for passage in passages for text in _texts(passage) for year in years)


def _texts(passage: Passage) -> list[str]:
    document = passage.document
    dates = (document.issued, document.published, document.effective, document.fiscal_period, *document.compliance)
    return [passage.chunk.text, document.title, passage.chunk.section, *filter(None, dates)]


def most_held(weights: Mapping[str, float], held: Sequence[set[str]]) -> float:
    """Share of the weights, 0 to 1, that the passage with most of them holds; 1 when there are none."""
    total = sum(weights.values())
    return max(sum(weights[term] for term in terms & weights.keys()) for terms in held) / total if total else 1.0
