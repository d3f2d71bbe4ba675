"""Parsing in processes of their own, each with a limit on time and memory.

A file that hangs the parser or eats the machine's memory ends as a reason; the other files go
on. A thread looks after each process, which reads one document at a time and is replaced when
it does not survive one. Outcomes come in the order of the files, and not much more than one
batch is read ahead of whoever takes them.
"""

import os
import signal
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import resource_tracker
from threading import Condition, local

from corpus.errors import SourceError
from corpus.records import ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.process import KilledAtStart, Lost, NotStarted, Outcome, ParsingProcess, Read, TimedOut
from ingest.reading import read_document
from ingest.sources import Source

AHEAD_CHUNKS = 2000
_STARTS = 10
_KILLS = 5  # so often may a document's process be killed from outside before the document is blamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may cost, and how many are read at once.

    Attributes:
        seconds: from when reading it begins.
        memory_bytes: address space of the process that reads it; macOS does not hold to it.
        workers: processes; 0 for one less than there are processor cores, but no more than may
            take half of the machine's memory together, and at least one.
    """

    seconds: float = 300.0
    memory_bytes: int = 4 * 2**30
    workers: int = 0


class GivenUp(SourceError):
    """A file that cost more than it may, or crashed the parser: under the same limits it would again."""


def parse_all(
    sources: Sequence[Source], settings: ChunkSettings, limits: Limits, read: Read = read_document
) -> Generator[tuple[Source, Outcome], None, None]:
    """Parse files; a failure is yielded, not raised.

    Args:
        sources: what to parse.
        settings: how it is cut.
        limits: of each document.
        read: does the parsing, in another process.

    Yields:
        Each source with what became of it, in order.

    Raises:
        NotStarted: if no process for it can be started.
    """
    resource_tracker.ensure_running()  # or the first start of a process in a thread would let SIGINT through to it
    readers = _Readers(settings, limits, read)
    count = min(limits.workers or _default_workers(limits), max(1, len(sources)))
    threads = ThreadPoolExecutor(count, thread_name_prefix="reader", initializer=_leave_interrupts_to_others)
    waiting = deque((source, threads.submit(readers.read, source, n)) for n, source in enumerate(sources))
    try:
        while waiting:
            source, future = waiting.popleft()
            outcome = future.result()
            readers.make_room(outcome)
            yield source, outcome
    finally:
        readers.stop()
        threads.shutdown(cancel_futures=True)
        readers.close()


def _leave_interrupts_to_others() -> None:
    """Ctrl-C wakes the main thread only if no other takes the signal; processes that this thread starts inherit it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _default_workers(limits: Limits) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(cores - 1, memory // (2 * limits.memory_bytes)))


class _Readers:
    """One process for each thread that reads, and the room for what they have read ahead."""

    def __init__(self, settings: ChunkSettings, limits: Limits, read: Read) -> None:
        self._settings, self._limits, self._read = settings, limits, read
        self._mine = local()
        self._running: set[ParsingProcess] = set()
        self._changed = Condition()
        self._held_chunks = self._taken = 0
        self._stopped = False

    def read(self, source: Source, position: int) -> Outcome:
        """Parse a source as soon as there is room for what comes of it, or it is the next to be taken."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._held_chunks < AHEAD_CHUNKS or position == self._taken)
        outcome = self._parse(source)
        with self._changed:
            self._held_chunks += _chunks(outcome)
        return outcome

    def make_room(self, outcome: Outcome) -> None:
        """What was read is taken."""
        with self._changed:
            self._held_chunks -= _chunks(outcome)
            self._taken += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Begin with nothing more, and end every process."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
            for process in self._running:
                process.kill()

    def close(self) -> None:
        """Let go of the processes, when no thread is left."""
        for process in self._running:
            process.close()

    def _parse(self, source: Source) -> Outcome:
        """Parse a source. Only what a process does not survive that has read nothing before is the source's fault."""
        kills = 0
        while True:
            process = getattr(self._mine, "process", None) or self._start()
            fresh = process.documents == 0
            try:
                return process.parse(source, self._settings, self._limits.seconds)
            except TimedOut:
                self._end(process)
                return _given_up(f"reading it took longer than {self._limits.seconds:.0f} seconds")
            except Lost as lost:
                self._end(process)
                kills += lost.killed
                again = not fresh or not lost.begun or (lost.killed and kills < _KILLS)
                if self._stopped or not again:
                    return _killed(lost.reason) if lost.killed else _given_up(lost.reason)

    def _start(self) -> ParsingProcess:
        for _ in range(_STARTS):
            process = ParsingProcess(self._read, self._limits.memory_bytes)
            with self._changed:
                self._running.add(process)
                if self._stopped:
                    process.kill()
            try:
                process.wait_until_ready()
            except KilledAtStart:
                self._end(process)
            except NotStarted:
                self._end(process)
                raise
            else:
                self._mine.process = process
                return process
        raise NotStarted(
            f"a process to read files in was killed {_STARTS} times while it started",
            remedy="check that memory is free",
        )

    def _end(self, process: ParsingProcess) -> None:
        with self._changed:
            self._running.discard(process)
        process.close()
        self._mine.process = None


def _chunks(outcome: Outcome) -> int:
    return len(outcome.chunks) if isinstance(outcome, ParsedDocument) else 0


def _killed(reason: str) -> SourceError:
    return SourceError(f"{reason}, {_KILLS} times", remedy="ingest it again when memory is free")


def _given_up(reason: str) -> GivenUp:
    return GivenUp(reason, remedy="open it and print it to a new PDF, then ingest that")
