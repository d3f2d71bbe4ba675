"""The disk that holds a library: when it takes no more, and how much a folder takes of it."""

import errno
import os
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import DiskFull

_COPIES = "copies-"
_LONGEST_USE_S = 24 * 3600
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MARGIN_BYTES = 4 << 20
"""With less than this free, a write that ended without an error is not trusted either."""


def disk_full(folder: Path, detail: object) -> DiskFull:
    """The error to raise when ``folder`` takes no more; ``detail`` is what the writer said."""
    free = shutil.disk_usage(folder).free
    return DiskFull(
        f"the disk that holds {folder} takes no more ({free / 2**20:.0f} MiB free; {detail})",
        remedy="free space there, then run the same command again: what was done is kept",
    )


@contextmanager
def file_writing(folder: Path) -> Iterator[None]:
    """Say in words that the disk under ``folder`` is full, where the system says it by number.

    Raises:
        DiskFull: if it is.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full(folder, error.strerror) from error
        raise


def folder_bytes(folder: Path) -> int:
    """Bytes of all files under a folder or of one file, as the disk holds them; 0 when there is none.

    Files that vanish meanwhile are not counted.
    """
    found = 0
    for path in [folder, *folder.rglob("*")]:
        with suppress(FileNotFoundError):
            status = path.lstat()
            found += getattr(status, "st_blocks", -(-status.st_size // 512)) * 512
    return found


@contextmanager
def room_for_copies(parent: Path) -> Iterator[Path]:
    """A new folder under ``parent`` that is deleted at the end; its name tells whose it is.

    Raises:
        DiskFull: if the disk takes no more.
    """
    with file_writing(parent):
        folder = TemporaryDirectory(prefix=f"{_COPIES}{os.getpid()}-{platform.node()}-", dir=parent)
    with folder:
        yield Path(folder.name)


def left_copies(parent: Path) -> list[Path]:
    """Folders of :func:`room_for_copies` whose process was killed; those of other machines after a day."""
    return [folder for folder in parent.glob(f"{_COPIES}*") if _is_left(folder)]


def _is_left(folder: Path) -> bool:
    number, _, rest = folder.name.removeprefix(_COPIES).partition("-")
    if rest.startswith(f"{platform.node()}-") and number.isdigit():
        return not _is_running(int(number))
    return time.time() - folder.stat().st_mtime > _LONGEST_USE_S


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True
