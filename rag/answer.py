"""The main path: a question in, a cited answer out, or an honest abstention.

Read this file first. The answer is made of sentences that stand in the documents; a
language model, where the user names one, may word it instead (``rag/generate.py``), and
passes the same check.
"""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from corpus.answers import Account, Answer, Citation, Claim, Conflict
from corpus.sentences import readable
from rag.answersettings import AnswerSettings, Length
from rag.choose import choose
from rag.cite import cite_passage
from rag.disputes import disputes
from rag.evidence import Evidence
from rag.inforce import only_proposed
from rag.inparts import InParts, in_parts
from rag.intact import intact
from rag.plan import plan_of
from rag.reading import Reading, read, reading_of
from rag.retrieve import Retriever
from rag.scope import Scope, allowed_in
from rag.usedterms import defined_terms

__all__ = ["EXTRACTIVE", "AnswerSettings", "answer", "finish", "quote_evidence", "read", "reading_of"]


EXTRACTIVE = "extractive"
_OF_A_PART = 0.5  # share of min_support that a part of a question needs
_NEAREST = 3


def answer(
    question: str, retriever: Retriever, settings: AnswerSettings | None = None, scope: Scope | None = None
) -> Answer:
    """Answer with sentences from the documents, each with its verified citation.

    Args:
        question: in the user's words.
        retriever: where passages come from.
        settings: how much is read and shown.
        scope: which documents are asked.
    """
    settings = settings or AnswerSettings()
    began = time.perf_counter()
    reading = read(question, retriever, settings, scope)
    parts, chosen = compose(reading, retriever, settings)
    shown = list(_verified(chosen, retriever))
    account = Account(plan_of(reading.found.query), parts.unanswered)
    if settings.length != Length.SHORT:
        allowed = allowed_in(retriever.library, retriever.library.documents(), scope or Scope())
        account, shown = _weighed(account, shown, reading, retriever, allowed)
    claims = tuple(claim for _, claim in shown)
    timings = reading.found.timings_ms | {"total": (time.perf_counter() - began) * 1000}
    return finish(question, claims, reading, retriever, EXTRACTIVE, timings, account=account)


def compose(reading: Reading, retriever: Retriever, settings: AnswerSettings) -> tuple[InParts, list[Evidence]]:
    """What was found for each part of the question, and the sentences to show, part by part; none without support."""
    if not reading.suffices(settings):
        return InParts(()), []
    query = reading.found.query
    in_full, least = settings.length == Length.FULL, settings.min_support * _OF_A_PART
    parts = in_parts(reading.found, reading.evidence, retriever.library, least, in_full=in_full)
    count = settings.sentences_for(query, len(parts.lists))
    chosen = choose([*parts.lists, parts.rest], count, settings.weak_for(query))
    return parts, [intact(item, retriever.library) for part in chosen for item in part]


def _verified(chosen: Sequence[Evidence], retriever: Retriever) -> Iterator[tuple[Evidence, Claim]]:
    """The sentences whose every quote holds, each once, with the claims they become."""
    shown: list[Evidence] = []
    for item in chosen:
        citations = quote_evidence(item, retriever)
        if citations and all(c.verified for c in citations) and not any(_within(item, other) for other in shown):
            shown.append(item)
            yield item, Claim(readable(item.text), citations, item.because)


def _weighed(
    account: Account,
    shown: Sequence[tuple[Evidence, Claim]],
    reading: Reading,
    retriever: Retriever,
    allowed: Collection[str],
) -> tuple[Account, list[tuple[Evidence, Claim]]]:
    """The account with conflicts and defined terms, and the sentences with those that they conflict with."""
    shown, conflicts = list(shown), []
    for dispute in disputes([item for item, _ in shown], retriever.library, allowed):
        shown += () if any(dispute.other is item for item, _ in shown) else _verified([dispute.other], retriever)
        places = [n for n, (item, _) in enumerate(shown) if item is dispute.one or item is dispute.other]
        if len(places) == 2:
            conflicts.append(Conflict(dispute.about, dispute.kind, (places[0], places[1]), dispute.explanation))
    citations = [citation for _, claim in shown for citation in claim.citations]
    defined = defined_terms(reading.found.query, citations, retriever.library)
    return replace(account, conflicts=tuple(conflicts), definitions=defined), shown


def _within(one: Evidence, other: Evidence) -> bool:
    same = one.passage.chunk.document_id == other.passage.chunk.document_id
    return same and other.start <= one.start and one.end <= other.end


def quote_evidence(evidence: Evidence, retriever: Retriever) -> tuple[Citation, ...]:
    """Citations for one sentence: one for each page it stands on."""
    return cite_passage(retriever.library, evidence.passage, evidence.start, evidence.end)


def finish(
    question: str,
    claims: tuple[Claim, ...],
    reading: Reading,
    retriever: Retriever,
    model: str,
    timings_ms: dict[str, float],
    dropped: tuple[tuple[str, str], ...] = (),
    account: Account | None = None,
) -> Answer:
    """An answer of these claims; without any, an abstention that shows what came nearest."""
    nearest: list[Citation] = []
    if not claims:
        for item in choose([reading.evidence], _NEAREST)[0]:
            nearest += quote_evidence(item, retriever)
    found = reading.found
    searched = found.searched | {"passages_read": len(found.passages), "best_support": round(reading.support, 3)}
    cited = [citation for claim in claims for citation in claim.citations]
    account = account or Account(plan_of(found.query))
    account = replace(account, notices=(*account.notices, *only_proposed(found.query, cited, retriever.library)))
    return Answer(question, claims, not claims, searched, tuple(nearest), model, dropped, timings_ms, account)
