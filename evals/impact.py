"""Obligations found in documents against labels written by hand.

A labelled sentence is found when the quotes of one obligation, or of the places where it is stated
again, cover at least half of it. Of several such obligations the one that names most of the labelled
words of the act is judged. An estimate of what someone will spend is not told as binding them, so it
finds none. A condition without which a duty does not arise may be told as its
threshold or as its condition.
A sentence that cannot be found in its document again counts as missed, and is listed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.answers import Citation
from corpus.errors import NotInLibrary
from corpus.library import Library
from corpus.records import Document
from evals.impact_labels import PARTS, ImpactLabel, find_sentence
from evals.metrics import bootstrap_interval
from evals.modality import modality_of
from evals.report import rounded
from rag.force import Force
from rag.impact import Impact, Obligation, find_obligations

Find = Callable[[Library, Document], Impact]

HALF = 0.5
FIELDS = ("actor", "modality", "deadline", "threshold", "action")


@dataclass(frozen=True, slots=True)
class Judged:
    """One label, and what was found where it points.

    Attributes:
        found: the obligation there, if any.
        restated: the sentence is only named as another place of that obligation.
        lost: the sentence is not in the document any more.
    """

    label: ImpactLabel
    found: Obligation | None
    restated: bool = False
    lost: bool = False


def evaluate_impact(library: Library, labels: Sequence[ImpactLabel], find: Find = find_obligations) -> dict[str, Any]:
    """How many labelled obligations are found, how many other sentences are listed, and which fields are right.

    Args:
        library: holds the documents.
        labels: at least one.
        find: reads the obligations of a document.

    Returns:
        ``all``, ``dev`` and ``check``: for ``listed_itself``, ``found`` (that, or stated again),
        ``wrongly_listed`` and each field, ``n`` right
        ``of`` how many, their share and its 95 % interval (bootstrap over sentences). ``missed``, ``listed``
        and ``wrong`` name sentences of the part that is developed on; those of the other are not shown.
    """
    by_document: dict[str, list[ImpactLabel]] = {}
    for label in labels:
        by_document.setdefault(label.document, []).append(label)
    judged: list[Judged] = []
    missing = []
    for name, wanted in by_document.items():
        try:
            document = library.find(name)
        except NotInLibrary:
            missing.append(name)
            judged += [Judged(label, None) for label in wanted]
            continue
        obligations = find(library, document).obligations
        binding = [item for item in obligations if item.kind is not Force.ESTIMATE]
        judged += _judge(library.page_map(document.id).text, wanted, binding)
    dev = [row for row in judged if row.label.part == "dev"]
    return {
        "n_labels": len(labels),
        "all": _measure(judged),
        **{part: _measure([row for row in judged if row.label.part == part]) for part in PARTS},
        "missed": [row.label.id for row in dev if row.label.binding and row.found is None],
        "listed": [row.label.id for row in dev if not row.label.binding and row.found is not None],
        "wrong": {field: [row.label.id for row in _found(dev) if not is_right(row, field)] for field in FIELDS},
        "missing_documents": missing,
        "lost": [row.label.id for row in judged if row.lost],
    }


def _judge(text: str, labels: Sequence[ImpactLabel], obligations: Sequence[Obligation]) -> list[Judged]:
    judged = []
    for label in labels:
        place = find_sentence(text, label)
        if place is None:
            judged.append(Judged(label, None, lost=True))
            continue
        there = [item for item in obligations if _covered(place, _all_quotes(item)) >= HALF]
        best = max(
            there,
            key=lambda item: (_share_of(label.action_words, item.action), _covered(place, _own_quotes(item))),
            default=None,
        )
        judged.append(Judged(label, best, best is not None and _covered(place, _own_quotes(best)) < HALF))
    return judged


def _own_quotes(obligation: Obligation) -> tuple[Citation, ...]:
    return (obligation.citation, *obligation.continued)


def _all_quotes(obligation: Obligation) -> tuple[Citation, ...]:
    return (*_own_quotes(obligation), *obligation.also)


def _covered(place: tuple[int, int], quotes: Sequence[Citation]) -> float:
    """Share of a sentence that quotes cover."""
    start, end = place
    return sum(max(0, min(end, quote.end) - max(start, quote.start)) for quote in quotes) / (end - start)


def _found(judged: Sequence[Judged]) -> list[Judged]:
    return [row for row in judged if row.label.binding and row.found is not None]


def _measure(judged: Sequence[Judged]) -> dict[str, Any]:
    binding = [row for row in judged if row.label.binding]
    return {
        "listed_itself": _share([row.found is not None and not row.restated for row in binding]),
        "found": _share([row.found is not None for row in binding]),
        "wrongly_listed": _share([row.found is not None for row in judged if not row.label.binding]),
        **{field: _share([is_right(row, field) for row in _found(judged)]) for field in FIELDS},
    }


def _share(hits: Sequence[bool]) -> dict[str, Any]:
    if not hits:
        return {"n": 0, "of": 0, "share": None, "ci95": None}
    return {
        "n": sum(hits),
        "of": len(hits),
        "share": rounded(sum(hits) / len(hits)),
        "ci95": bootstrap_interval([float(hit) for hit in hits]).as_json(),
    }


def is_right(row: Judged, field: str) -> bool:
    """Whether a field of what was found agrees with the label.

    The actor must have the same head and modifiers; the modality must be of the same class; of the
    deadline, the threshold and the act, at least half of the labelled words must be there. Where the
    label is empty, the field must be. What a proposal states again "would" be so, whatever its rule text says.
    """
    label, found = row.label, row.found
    if found is None:
        return False
    if field == "actor":
        return _same(label.actor, found.actor, lambda a, b: actor_words(a) == actor_words(b))
    if field == "modality":
        kind, would_be = modality_of(found.modality)
        return modality_of(label.modality) == (kind, would_be or (row.restated and found.proposed))
    if field == "action":
        return _share_of(label.action_words, found.action) >= HALF
    if field == "deadline":
        return _same(label.deadline, found.deadline, lambda a, b: _share_of(_words(a), b) >= HALF)
    told = "; ".join(filter(None, (found.threshold, found.condition)))
    if not label.thresholds:
        return not told
    return any(_share_of(_words(t), told) >= HALF for t in label.thresholds)


def _same(label: str | None, found: str | None, agree: Callable[[str, str], bool]) -> bool:
    if label is None or found is None:
        return label is found
    return agree(label, found)


def _share_of(labelled: Sequence[str], found: str) -> float:
    """Share of the labelled words, each counted once, that what was found has."""
    wanted = {word for item in labelled for word in _words(item)}
    return len(wanted & set(_words(found))) / len(wanted) if wanted else 1.0


def actor_words(name: str) -> frozenset[str]:
    """Head noun and modifiers of a name, lower-cased and singular, without what follows the noun."""
    return frozenset(word for word in _words(_AFTER_THE_NOUN.split(name.lower(), maxsplit=1)[0]) if word not in _SMALL)


def _words(text: str) -> list[str]:
    return [_singular(word) for word in _WORD.findall(text.lower().replace("’", "'"))]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


_WORD = re.compile(r"[$\w]+(?:[-'.,]\w+)*")
_AFTER_THE_NOUN = re.compile(r"\b(?:who|that|which|whose|of|to|with|for|when|in|on|under|subject)\b")
_SMALL = frozenset({"a", "an", "and", "any", "each", "every", "or", "such", "the", "all"})
