"""Records as the JSON that commands print. Keys are a promise: add, never rename."""

from dataclasses import asdict
from typing import Any

from corpus.answers import Account, Answer, Citation, Claim
from corpus.places import Place
from corpus.records import Passage


def citation_json(c: Citation) -> dict[str, Any]:
    """A citation; ``start`` and ``end`` are offsets in the document, ``page_start`` and ``page_end`` on the page."""
    return {
        "document_id": c.document_id,
        "title": c.title,
        "page": c.page,
        "page_label": c.page_label,
        "section": c.section,
        "quote": c.quote,
        "verified": c.verified,
        "status": c.status,
        "voice": c.voice.value,
        "start": c.start,
        "end": c.end,
        "page_start": c.page_start,
        "page_end": c.page_end,
        "line": c.line,
        "also_in": [place_json(place) for place in c.also_in],
    }


def place_json(place: Place) -> dict[str, Any]:
    """Another place where the words of a passage or a quote stand."""
    return {
        "document_id": place.document_id,
        "title": place.title,
        "page": place.page,
        "page_label": place.page_label,
        "section": place.section,
    }


def passage_json(passage: Passage, rank: int) -> dict[str, Any]:
    """A passage at its rank, from 1."""
    chunk = passage.chunk
    return {
        "rank": rank,
        "score": round(passage.score, 6),
        "chunk_id": chunk.id,
        "document_id": chunk.document_id,
        "title": passage.document.title,
        "page": chunk.first_page,
        "last_page": chunk.last_page,
        "page_label": passage.page_label,
        "section": chunk.section,
        "voice": chunk.voice.value,
        "text": chunk.text,
        "bm25": passage.bm25,
        "cosine": passage.cosine,
        "also_in": [place_json(place) for place in passage.also_in],
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim; ``because`` is there only where its source was referred to, not found."""
    came = {"because": claim.because} if claim.because else {}
    return {"text": claim.text, "citations": [citation_json(c) for c in claim.citations], **came}


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer, or an abstention with what came nearest."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "claims": [claim_json(claim) for claim in answer.claims],
        "searched": answer.searched,
        "nearest": [citation_json(c) for c in answer.nearest],
        "model": answer.model,
        "dropped": [{"claim": claim, "reason": reason} for claim, reason in answer.dropped],
        "timings_ms": {stage: round(ms, 1) for stage, ms in answer.timings_ms.items()},
        **_account_json(answer.account),
        "usage": None if answer.usage is None else asdict(answer.usage),
    }


def _account_json(account: Account) -> dict[str, Any]:
    """What an answer says of itself; ``claims`` of a conflict are places in the list of claims, from 0."""
    plan = account.plan
    return {
        "plan": {"kind": plan.kind.value, "parts": list(plan.parts), "documents": list(plan.documents)},
        "unanswered_parts": list(account.unanswered_parts),
        "definitions": [{"term": d.term, "citation": citation_json(d.citation)} for d in account.definitions],
        "conflicts": [
            {"about": c.about, "kind": c.kind.value, "claims": list(c.claims), "explanation": c.explanation}
            for c in account.conflicts
        ],
        "notices": list(account.notices),
    }
