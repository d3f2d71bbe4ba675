"""Ways to read a file that test what looks after the reading: they hang, crash, allocate, or note when they ran.

Each is a module-level function, so that it can be sent to another process. What it does depends on
the file's name.
"""

import ctypes
import os
import re
import signal
import time
from pathlib import Path

from corpus.errors import SourceError
from corpus.records import Chunk, Document, Kind, Page, ParsedDocument, Voice
from ingest.chunks import ChunkSettings
from ingest.sources import Source


def read(source: Source, settings: ChunkSettings, *, chunks: int = 1) -> ParsedDocument:
    """A document whose text is the file's name, after what the name asks for."""
    del settings
    kind = source.path.stem.split("-")[0]
    if kind in _DEEDS:
        _DEEDS[kind](source.path)
    text = source.path.stem
    document = Document(text.ljust(16, "0")[:16], "0" * 64, str(source.path), text, Kind.OTHER, "txt")
    cut = tuple(Chunk(document.id, 0, len(text), 1, 1, "", Voice.PREAMBLE, text) for _ in range(chunks))
    return ParsedDocument(document, (Page(1, None, text, len(text)),), (), cut)


def read_long(source: Source, settings: ChunkSettings) -> ParsedDocument:
    """As :func:`read`, with 800 chunks; leaves a file beside the source to say that it ran."""
    source.path.with_suffix(".begun").touch()
    return read(source, settings, chunks=800)


def _sleep(path: Path) -> None:
    time.sleep(float(path.stem.split("-")[1]))


def _hang_in_c(path: Path) -> None:
    re.fullmatch(r"(a|a)*b", "a" * 40)  # 2**40 steps, and never lets go of the interpreter


def _allocate(path: Path) -> None:
    held = [bytearray(1 << 28) for _ in range(64)]
    del held


def _crash(path: Path) -> None:
    ctypes.string_at(0)


def _abort(path: Path) -> None:
    os.abort()


def _be_killed(path: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _be_killed_once(path: Path) -> None:
    mark = path.with_suffix(".killed")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _leave(path: Path) -> None:
    os._exit(3)


def _refuse(path: Path) -> None:
    raise SourceError("it is no good", remedy="write a better one")


def _look_for_interrupts(path: Path) -> None:
    is_blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    raise SourceError("interrupts are blocked" if is_blocked else "interrupts come through", remedy="")


def _fail(path: Path) -> None:
    raise ZeroDivisionError("by nought")


_DEEDS = {
    "sleep": _sleep,
    "hang": _hang_in_c,
    "allocate": _allocate,
    "crash": _crash,
    "abort": _abort,
    "killed": _be_killed,
    "once": _be_killed_once,
    "leave": _leave,
    "refuse": _refuse,
    "fail": _fail,
    "interrupts": _look_for_interrupts,
}
