"""One process that parses documents, and what becomes of it when a document is too much for it."""

import ctypes
import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection

from corpus.errors import ReglensError, SourceError
from corpus.records import ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.sources import Source

Read = Callable[[Source, ChunkSettings], ParsedDocument]
Outcome = ParsedDocument | SourceError

_READY, _BEGUN, _NO_MEMORY = "ready", "begun", "no memory"
_START_S = 120.0
_WATCH_S = 0.5
_PR_SET_PDEATHSIG = 1  # prctl(2)
_OUT_OF_MEMORY_SIGNALS = (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL)  # how pdfium ends itself then


class NotStarted(ReglensError):
    """A parsing process could not be started, though it was tried again where it had been killed from outside."""


class KilledAtStart(Exception):
    """A parsing process was killed from outside before it was ready."""


class TimedOut(Exception):
    """A document took longer than it may."""


class Lost(Exception):
    """The process did not survive a document.

    Args:
        reason: in words.
        killed: it was killed from outside, by the system or a person.
        begun: it had begun with the document.
    """

    def __init__(self, reason: str, *, killed: bool = False, begun: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.killed = killed
        self.begun = begun


class ParsingProcess:
    """A process that parses one document after another.

    It ends with the process that started it, however that ends.

    Args:
        read: does the parsing.
        memory_bytes: most address space it may take.

    Attributes:
        documents: how many it has been given.
    """

    def __init__(self, read: Read, memory_bytes: int) -> None:
        self.documents = 0
        self._memory_bytes = memory_bytes
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, read, memory_bytes, os.getpid()), name="reglens parser", daemon=True
        )
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        """Wait until it has loaded what it needs.

        Raises:
            KilledAtStart: if it is killed before.
            NotStarted: if it does not.
        """
        try:
            ready = self._connection.poll(_START_S) and self._connection.recv() == _READY
        except (EOFError, OSError):
            ready = False
        if not ready:
            self._process.join(1.0)
            if self._process.exitcode == -signal.SIGKILL:
                raise KilledAtStart
            raise NotStarted(
                f"a process to read files in cannot be started (it ended with {self._process.exitcode})",
                remedy="check that memory is free; a script that calls `ingest` must do so under "
                '`if __name__ == "__main__":`',
            )

    def parse(self, source: Source, settings: ChunkSettings, seconds: float) -> Outcome:
        """Parse a document.

        Raises:
            TimedOut: if it takes longer than ``seconds`` from when it is begun.
            Lost: if the process did not survive it.
        """
        self.documents += 1
        begun = False
        try:
            self._connection.send((source, settings))
            begun = self._connection.recv() == _BEGUN
            if not self._connection.poll(seconds):
                raise TimedOut
            outcome = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._lost(begun=begun) from error
        if outcome == _NO_MEMORY:
            raise Lost(f"reading it took more than {self._memory_bytes / 2**30:.1f} GiB of memory")
        return outcome  # type: ignore[no-any-return]

    def kill(self) -> None:
        """End it at once; whoever waits for it learns that it is lost."""
        self._process.kill()

    def close(self) -> None:
        """End it and let go of it; only for whoever waits for it."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _lost(self, *, begun: bool) -> Lost:
        self._process.join(_START_S)
        code = self._process.exitcode or 0
        if code == -signal.SIGKILL:
            return Lost("the system or a person killed the process that read it", killed=True, begun=begun)
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        if -code in _OUT_OF_MEMORY_SIGNALS:
            limit = f"{self._memory_bytes / 2**30:.1f} GiB"
            return Lost(f"the parser broke off on it ({name}), as it does when it needs more than {limit}", begun=begun)
        return Lost(f"the parser crashed on it ({name})", begun=begun)


def _serve(connection: Connection, read: Read, memory_bytes: int, parent: int) -> None:
    """What the process does: parse what it is sent, until nobody is there to send more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    end_with(parent)
    _limit_memory(memory_bytes)
    connection.send(_READY)
    with suppress(EOFError, OSError):  # the parent is gone
        while True:
            source, settings = connection.recv()
            connection.send(_BEGUN)
            try:
                connection.send(_outcome(read, source, settings))
            except MemoryError:
                connection.send(_NO_MEMORY)
                return


def _outcome(read: Read, source: Source, settings: ChunkSettings) -> Outcome:
    try:
        parsed = read(source, settings)
        _check_storable(parsed)
    except SourceError as error:
        return error
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser raises on this file, the other files go on
        return SourceError(
            f"the parser failed on it ({type(error).__name__}: {error})",
            remedy="this is a mistake in reglens: please report it, with the file",
        )
    return parsed


def _check_storable(parsed: ParsedDocument) -> None:
    """No store takes half a character, as a broken PDF may hold (a surrogate without its other half)."""
    texts = [page.text for page in parsed.pages]
    try:
        "".join([*texts, json.dumps(asdict(parsed.document), ensure_ascii=False)]).encode()
    except UnicodeEncodeError as error:
        raise SourceError(
            f"its text holds what is no character ({error.reason})", remedy="print it to a new PDF and ingest that"
        ) from error


def _limit_memory(memory_bytes: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):  # a lower limit is in force already
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def end_with(parent: int) -> None:
    """End this process as soon as the process with the number ``parent``, which started it, has ended.

    Linux does it by itself when it is asked to; elsewhere a thread looks every half second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:
            return
        os._exit(1)  # it ended before it could be asked
    threading.Thread(target=watch, args=(parent,), daemon=True).start()


def watch(parent: int) -> None:
    """Look every half second whether the process that started this one is still there; end when it is not."""
    while os.getppid() == parent:
        time.sleep(_WATCH_S)
    os._exit(1)
