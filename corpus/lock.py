"""One writer at a time, who says who it is, so that whoever must wait knows for whom."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.disk import file_writing
from corpus.errors import LibraryError

_HOLDER = "writer.json"


@contextmanager
def writer_lock(
    folder: Path, *, wait_s: float = 0.0, waiting: Callable[[str], None] = lambda holder: None
) -> Iterator[None]:
    """Be the one process that writes to the library in ``folder``.

    The system frees the lock when its holder ends, however it ends.

    Args:
        folder: of the library.
        wait_s: how long to wait for another writer, in seconds; 0 does not wait.
        waiting: is told once for whom, if there is a wait.

    Raises:
        LibraryError: if another process is still writing then.
        DiskFull: if the disk takes no more.
    """
    lock = FileLock(folder / "write.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        holder = _holder(folder)
        try:
            if wait_s > 0:
                waiting(holder)
            lock.acquire(timeout=wait_s, poll_interval=0.2)
        except Timeout as error:
            raise LibraryError(
                f"another process is writing to the library in {folder}{_holder(folder)}",
                remedy="wait until it has ended, or say how long to wait: `--wait SECONDS`",
            ) from error
    try:
        with file_writing(folder):
            _sign(folder)
        yield
    finally:
        lock.release()


def is_being_written(folder: Path) -> bool:
    """Whether a process is writing to the library right now."""
    lock = FileLock(folder / "write.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _sign(folder: Path) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    partial = folder / f"{_HOLDER}.partial"
    partial.write_text(json.dumps({"pid": os.getpid(), "since": since}), "utf-8")
    partial.replace(folder / _HOLDER)


def _holder(folder: Path) -> str:
    """Its number and since when it writes, in brackets, where it has said so."""
    with suppress(OSError, ValueError, KeyError):
        said = json.loads((folder / _HOLDER).read_text("utf-8"))
        since = datetime.fromisoformat(said["since"])
        return f" (process {int(said['pid'])}, since {since:%Y-%m-%d %H:%M:%S})"
    return ""
