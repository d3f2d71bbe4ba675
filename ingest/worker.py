"""Parsing in a process of its own, with a limit on time and memory.

A file that hangs the parser or eats the machine's memory ends as a reason; the other
files go on.
"""

import multiprocessing
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass

from corpus.errors import SourceError
from corpus.records import ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.reading import read_document
from ingest.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost: seconds, and bytes of address space of the parsing process."""

    seconds: float = 300.0
    memory_bytes: int = 6 * 2**30


def parse_all(
    sources: Sequence[Source], settings: ChunkSettings, limits: Limits
) -> Iterator[tuple[Source, ParsedDocument | SourceError]]:
    """Parse files in order, one ahead of the caller; a failure is yielded, not raised."""
    with _Worker(limits) as worker:
        waiting: list[tuple[Source, Future[ParsedDocument]]] = []
        for source in sources:
            waiting.append((source, worker.submit(source, settings)))
            if len(waiting) > 1:
                first, future = waiting.pop(0)
                outcome = worker.outcome(future)
                if worker.restarted:  # the one behind it was lost with the process
                    waiting = [(s, worker.submit(s, settings)) for s, _ in waiting]
                yield first, outcome
        for source, future in waiting:
            yield source, worker.outcome(future)


class _Worker:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.restarted = False
        self._pool = self._start()

    def __enter__(self) -> "_Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self._kill()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            1, mp_context=context, initializer=_limit_memory, initargs=(self._limits.memory_bytes,)
        )

    def submit(self, source: Source, settings: ChunkSettings) -> "Future[ParsedDocument]":
        return self._pool.submit(read_document, source, settings)

    def outcome(self, future: "Future[ParsedDocument]") -> ParsedDocument | SourceError:
        self.restarted = False
        try:
            error = future.exception(timeout=self._limits.seconds)
        except TimeoutError:
            return self._failed(f"reading it took longer than {self._limits.seconds:.0f} seconds")
        if error is None:
            return future.result()
        if isinstance(error, SourceError):
            return error
        if isinstance(error, BrokenProcessPool):
            return self._failed("the parser crashed on it")
        if isinstance(error, MemoryError):
            return self._failed(f"reading it took more than {self._limits.memory_bytes / 2**30:.1f} GiB of memory")
        return SourceError(
            f"the parser failed on it ({type(error).__name__}: {error})",
            remedy="this is a mistake in reglens: please report it, with the file",
        )

    def _failed(self, reason: str) -> SourceError:
        self._kill()
        self._pool = self._start()
        self.restarted = True
        return SourceError(reason, remedy="open it and print it to a new PDF, then ingest that")

    def _kill(self) -> None:
        for process in list((self._pool._processes or {}).values()):
            with suppress(ProcessLookupError):
                process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _limit_memory(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
