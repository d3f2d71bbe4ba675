"""The disk that holds a library: when it takes no more, and how much a folder takes of it."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.errors import DiskFull

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
