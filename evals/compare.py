"""Comparison of two documents: does it show the changes that are known to be there?"""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from corpus.errors import ReglensError
from corpus.library import Library
from evals.datasets import KnownChange
from evals.metrics import bootstrap_interval
from evals.report import rounded
from rag.compare import compare as compare_documents
from rag.compare import comparison_json

Compare = Callable[[Library, str, str], dict[str, Any]]
"""The names of two documents to the JSON contract of ``compare``."""


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
        count as missed; the reason is under ``errors``.
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
    found = {change.id: mentioned_in(rows[change.a, change.b], change.keywords) for change in changes}
    missed = [change.id for change in changes if found[change.id] is None]
    return {
        "recall": rounded(1 - len(missed) / len(changes)),
        "ci95": bootstrap_interval([float(change.id not in missed) for change in changes]).as_json(),
        "found": [change.id for change in changes if change.id not in missed],
        "missed": missed,
        "n_rows": sum(len(of_pair) for of_pair in rows.values()),
        "n_changed_rows": sum(_shows_change(row) for of_pair in rows.values() for row in of_pair),
        "found_in": {identity: topic for identity, topic in found.items() if topic is not None},
        "errors": errors,
        "seconds": round(time.perf_counter() - began, 3),
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
