"""Parsing in processes of their own, each with a limit on time and memory.

A file that hangs the parser or eats the machine's memory ends as a reason; the other files go
on. A thread looks after each process, which reads one document at a time and is replaced when
it does not survive one. Outcomes come in the order of the files, and not much more than one
batch is read ahead of whoever takes them.
"""

import os
import signal
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from threading import Condition, Thread

from corpus.errors import SourceError
from corpus.records import ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.process import KilledAtStart, Lost, NotStarted, Outcome, ParsingProcess, Read, TimedOut
from ingest.reading import read_document
from ingest.sources import Source

AHEAD_CHUNKS = 2000
_STARTS = 10
_KILLS = 3  # so often may a document's process be killed from outside before the document is blamed


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
    work = _Work(sources)
    count = min(limits.workers or _default_workers(limits), len(sources))
    threads = [Thread(target=_Reader(work, settings, limits, read).run, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        for position, source in enumerate(sources):
            yield source, work.take(position)
    finally:
        work.stop()
        for thread in threads:
            thread.join()


def _default_workers(limits: Limits) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(cores - 1, memory // (2 * limits.memory_bytes)))


@dataclass(eq=False)
class _Work:
    """What is to be parsed, shared by the threads that see to it and the one that takes the outcomes."""

    sources: Sequence[Source]
    begun: int = 0
    done: dict[int, Outcome | NotStarted] = field(default_factory=dict)
    stopped: bool = False
    running: set[ParsingProcess] = field(default_factory=set)
    changed: Condition = field(default_factory=Condition)

    def next(self) -> int | None:
        """Position of a source to begin with, as soon as there is room for its outcome; None when there is none."""
        with self.changed:
            self.changed.wait_for(lambda: self.stopped or self._held_chunks() < AHEAD_CHUNKS)
            if self.stopped or self.begun == len(self.sources):
                return None
            self.begun += 1
            return self.begun - 1

    def _held_chunks(self) -> int:
        return sum(len(o.chunks) for o in self.done.values() if isinstance(o, ParsedDocument))

    def put(self, position: int, outcome: Outcome | NotStarted) -> None:
        with self.changed:
            self.done[position] = outcome
            self.changed.notify_all()

    def take(self, position: int) -> Outcome:
        with self.changed:
            self.changed.wait_for(lambda: position in self.done)
            outcome = self.done.pop(position)
            self.changed.notify_all()
        if isinstance(outcome, NotStarted):
            raise outcome
        return outcome

    def started(self, process: ParsingProcess) -> None:
        with self.changed:
            self.running.add(process)
            if self.stopped:
                process.kill()

    def ended(self, process: ParsingProcess) -> None:
        with self.changed:
            self.running.discard(process)

    def stop(self) -> None:
        with self.changed:
            self.stopped = True
            self.changed.notify_all()
            for process in self.running:
                process.kill()


class _Reader:
    """Looks after one process at a time."""

    def __init__(self, work: _Work, settings: ChunkSettings, limits: Limits, read: Read) -> None:
        self._work, self._settings, self._limits, self._read = work, settings, limits, read
        self._process: ParsingProcess | None = None

    def run(self) -> None:
        """Parse one source after another, until there are no more."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # its processes inherit this
        while (position := self._work.next()) is not None:
            try:
                outcome: Outcome | NotStarted = self._parse(self._work.sources[position])
            except NotStarted as error:
                outcome = error
            self._work.put(position, outcome)
        self._end()

    def _parse(self, source: Source) -> Outcome:
        """Parse a source. Only what a process does not survive that has read nothing before is the source's fault."""
        kills = 0
        while True:
            process = self._process or self._start()
            fresh = process.documents == 0
            try:
                return process.parse(source, self._settings, self._limits.seconds)
            except TimedOut:
                self._end()
                return _given_up(f"reading it took longer than {self._limits.seconds:.0f} seconds")
            except Lost as lost:
                self._end()
                kills += lost.killed
                again = not fresh or not lost.begun or (lost.killed and kills < _KILLS)
                if self._work.stopped or not again:
                    return _given_up(lost.reason)

    def _start(self) -> ParsingProcess:
        for _ in range(_STARTS):
            self._process = ParsingProcess(self._read, self._limits.memory_bytes)
            self._work.started(self._process)
            try:
                self._process.wait_until_ready()
            except KilledAtStart:
                self._end()
            except NotStarted:
                self._end()
                raise
            else:
                return self._process
        raise NotStarted(
            f"a process to read files in was killed {_STARTS} times while it started",
            remedy="check that memory is free",
        )

    def _end(self) -> None:
        if self._process is not None:
            self._work.ended(self._process)
            self._process.close()
            self._process = None


def _given_up(reason: str) -> GivenUp:
    return GivenUp(reason, remedy="open it and print it to a new PDF, then ingest that")
