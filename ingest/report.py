"""What became of every file of one ingest."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stored:
    """A file and the document it became."""

    source: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, why, and what to do."""

    source: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended before it had dealt with every file, and what to do.

    Attributes:
        by_user: the user ended it.
    """

    reason: str
    remedy: str
    by_user: bool = False


BY_USER = Stop("stopped by you", "run it again to go on: what was done is kept", by_user=True)


@dataclass(slots=True)
class Report:
    """What became of every file of one run: each stands in exactly one of the first five lists.

    Attributes:
        replaced: changed files; the earlier version no longer answers.
        not_reached: files that were not dealt with, because the run was stopped.
        stopped: why, or None.
        repaired: what an earlier run had left half done, and what became of it.
        truncated: chunks longer than the embedding model reads.
        notes: what could not be read inside files that were ingested.
        seconds: wall-clock time by stage.
    """

    new: list[Stored] = field(default_factory=list)
    unchanged: list[Stored] = field(default_factory=list)
    replaced: list[Stored] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    not_reached: list[str] = field(default_factory=list)
    stopped: Stop | None = None
    repaired: list[str] = field(default_factory=list)
    pages: int = 0
    chunks: int = 0
    truncated: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to ``seconds[stage]``."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began
