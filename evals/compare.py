"""Comparison of two documents: does it show the changes that are known to be there?"""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from corpus.errors import ReglensError
from corpus.library import Library
from evals.changes import KnownChange
from evals.metrics import bootstrap_interval
from evals.report import rounded
from rag.compare import compare as compare_documents
from rag.compare import comparison_json

Compare = Callable[[Library, str, str], dict[str, Any]]
"""The names of two documents to the JSON contract of ``compare``."""
Shown = dict[str, str | None]
"""Topic of the row that shows a change, by its id; None where no row does."""


def compare_named(library: Library, a: str, b: str) -> dict[str, Any]:
    """Compare two documents by their names.

    Raises:
        NotInLibrary: if one of them is not there.
    """
    return comparison_json(compare_documents(library, library.find(a), library.find(b), None))


def evaluate_compare(
    library: Library,
    changes: Sequence[KnownChange],
    compare: Compare = compare_named,
    progress: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Compare each pair of documents once and look for its known changes.

    Returns:
        The JSON contract of ``eval compare``. The changes of a pair that cannot be compared
        count as missed; the reason is under ``errors``. ``called_changed`` names those that are
        unchanged and that a row shows as a change: false alarms, no part of the recall.
    """
    began = time.perf_counter()
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    errors = []
    for a, b in dict.fromkeys((change.a, change.b) for change in changes):
        try:
            rows[a, b] = compare(library, a, b)["rows"]
        except ReglensError as error:
            rows[a, b] = []
            errors.append({"a": a, "b": b, "reason": error.problem, "remedy": error.remedy})
        progress()
    shown = {known.id: mentioned_in(rows[known.a, known.b], known.keywords) for known in changes}
    real = [known for known in changes if not known.unchanged]
    groups = {name: [known for known in changes if known.set == name] for name in _names(k.set for k in changes)}
    return {
        **_figures(changes, shown),
        "found": [known.id for known in real if shown[known.id] is not None],
        "missed": [known.id for known in real if shown[known.id] is None],
        "called_changed": [known.id for known in changes if known.unchanged and shown[known.id] is not None],
        "n_rows": sum(len(of_pair) for of_pair in rows.values()),
        "n_changed_rows": sum(_shows_change(row) for of_pair in rows.values() for row in of_pair),
        "found_in": {known.id: shown[known.id] for known in real if shown[known.id] is not None},
        "by_part": _by_part(changes, shown),
        "by_set": {name: _figures(some, shown) | {"by_part": _by_part(some, shown)} for name, some in groups.items()},
        "errors": errors,
        "seconds": round(time.perf_counter() - began, 3),
    }


def _by_part(changes: Sequence[KnownChange], shown: Shown) -> dict[str, dict[str, Any]]:
    names = _names(known.part for known in changes)
    return {name: _figures([known for known in changes if known.part == name], shown) for name in names}


def _names(of: Iterable[str]) -> list[str]:
    return sorted({name for name in of if name})


def _figures(changes: Sequence[KnownChange], shown: Shown) -> dict[str, Any]:
    """Recall of the changes, and how many unchanged ones a row shows as a change."""
    hits = [float(shown[known.id] is not None) for known in changes if not known.unchanged]
    return {
        "recall": rounded(sum(hits) / len(hits)) if hits else None,
        "ci95": bootstrap_interval(hits).as_json() if hits else None,
        "n_changes": len(hits),
        "n_unchanged": len(changes) - len(hits),
        "n_called_changed": sum(known.unchanged and shown[known.id] is not None for known in changes),
    }


def mentioned_in(rows: Iterable[dict[str, Any]], keywords: Sequence[str]) -> str | None:
    """Topic of the first row, not ``unchanged``, that mentions at least half of the keywords; else None.

    Case and white space do not count; a row's topic, difference and quotes do.
    """
    wanted = [_plain(keyword) for keyword in keywords]
    for row in rows:
        if _shows_change(row):
            text = _plain(" ".join(_texts(row)))
            if 2 * sum(keyword in text for keyword in wanted) >= len(wanted):
                return str(row["topic"])
    return None


def _shows_change(row: dict[str, Any]) -> bool:
    return bool(row["status"] != "unchanged")


def _texts(row: dict[str, Any]) -> Iterable[str]:
    yield str(row["topic"])
    yield str(row["difference"] or "")
    for side in ("a", "b", "reason"):
        yield from (str(citation["quote"]) for citation in row[side])


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
