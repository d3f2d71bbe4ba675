"""Which rows of a comparison are shown: those of some statuses, and not too many. Pure."""

from collections.abc import Collection
from typing import Any

from corpus.errors import ConfigError
from rag.compare import STATUSES


def chosen(comparison: dict[str, Any], statuses: Collection[str], limit: int | None) -> dict[str, Any]:
    """A comparison with the rows of these statuses (none: any), at most ``limit`` of them.

    ``counts`` stays that of all rows; ``left_out`` is how many of the wanted rows the limit cut off.
    """
    wanted = [row for row in comparison["rows"] if not statuses or row["status"] in statuses]
    kept = wanted[:limit]
    return {**comparison, "rows": kept, "left_out": len(wanted) - len(kept)}


def chosen_of_chain(chain: dict[str, Any], statuses: Collection[str], limit: int | None) -> dict[str, Any]:
    """A chain with the rows and topics of these statuses; the limit holds for each pair and for the topics."""
    topics = [t for t in chain["topics"] if not statuses or set(t["statuses"]) & set(statuses)]
    return {
        **chain,
        "pairs": [chosen(pair, statuses, limit) for pair in chain["pairs"]],
        "topics": topics[:limit],
        "left_out": len(topics) - len(topics[:limit]),
    }


def read_statuses(words: str | None) -> tuple[str, ...]:
    """The statuses of "changed,added".

    Raises:
        ConfigError: if one is unknown.
    """
    found = tuple(w.strip().lower().replace(" ", "_").replace("-", "_") for w in (words or "").split(",") if w.strip())
    for status in found:
        if status not in STATUSES:
            raise ConfigError(f"--status {status!r} is unknown", remedy=f"use some of: {', '.join(STATUSES)}")
    return found
