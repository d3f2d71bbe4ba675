"""What the citations of an answer are worth, judged apart from the code that made them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.answers import Answer, Citation, Claim
from corpus.library import Library
from evals.report import rounded
from evals.rubric.terms import stems, telling

_NUMBER = re.compile(r"\d(?:[\d.,:/-]*\d)?")
_ENOUGH = 0.5  # of a claim's telling words must stand in the quotes that are to carry it


@dataclass(frozen=True, slots=True)
class Check:
    """One citation looked up.

    Attributes:
        claim: position of its claim in the answer, from 0.
        on_page: its quote stands in the stored text of the page it names.
        elsewhere: it does not, but stands on another page of the document it names.
        supports: it stands on its page, and the claim's numbers and half of its telling words
            stand in the quotes of the claim, of which this one adds some.
    """

    claim: int
    on_page: bool
    elsewhere: bool
    supports: bool


def check_citations(library: Library, answer: Answer) -> tuple[Check, ...]:
    """Every citation of an answer, in its order."""
    cited = {citation.document_id for claim in answer.claims for citation in claim.citations}
    pages = {document: _bare_pages(library, document) for document in cited}
    return tuple(check for number, claim in enumerate(answer.claims) for check in _of_claim(pages, number, claim))


def _bare_pages(library: Library, document: str) -> dict[int, str]:
    """The stored text of each page, without white space."""
    return {page.number: "".join(page.text.split()) for page in library.catalog.pages(document)}


def _of_claim(pages: Mapping[str, Mapping[int, str]], number: int, claim: Claim) -> Iterator[Check]:
    places = [_places(pages[citation.document_id], citation) for citation in claim.citations]
    standing = [c.quote for c, (here, _) in zip(claim.citations, places, strict=True) if here]
    carried = _carries(claim.text, standing)
    wanted = telling(stems(claim.text))
    for citation, (here, elsewhere) in zip(claim.citations, places, strict=True):
        adds = bool(wanted & telling(stems(citation.quote)))
        yield Check(number, here, elsewhere, here and carried and adds)


def _places(pages: Mapping[int, str], citation: Citation) -> tuple[bool, bool]:
    """Whether the quote stands on the page named; if not, whether on another page of the document.

    Written apart from ``rag/cite.py``, which made the citation, and from its offsets; white
    space does not count.
    """
    quote = "".join(citation.quote.split())
    here = bool(quote) and quote in pages.get(citation.page, "")
    return here, bool(quote) and not here and any(quote in text for text in pages.values())


def _carries(claim: str, quotes: Sequence[str]) -> bool:
    """Whether the quotes together hold the claim's numbers and half of its telling words."""
    text = " ".join(" ".join(quotes).split())
    wanted = telling(stems(claim))
    numbers = set(_NUMBER.findall(claim)) - set(_NUMBER.findall(text))
    return not numbers and len(wanted & telling(stems(text))) >= _ENOUGH * len(wanted) and bool(quotes)


def checks_json(checks: Sequence[Check], answer: Answer | None) -> dict[str, Any]:
    """Counts for a raw row.

    ``citation_precision`` is the share of citations that support their claim,
    ``citation_recall`` the share of claims that are supported; both are None where the
    answer has none (after Gao et al. 2023, arXiv 2305.14627, with words in place of an
    entailment model).
    """
    claims = len(answer.claims) if answer else 0
    supported = len({check.claim for check in checks if check.supports})
    right = sum(check.supports for check in checks)
    return {
        "claims": claims,
        "citations": len(checks),
        "verified": sum(check.on_page for check in checks),
        "wrong_page": sum(check.elsewhere for check in checks),
        "supporting": right,
        "supported_claims": supported,
        "citation_precision": rounded(right / len(checks)) if checks else None,
        "citation_recall": rounded(supported / claims) if claims else None,
    }
