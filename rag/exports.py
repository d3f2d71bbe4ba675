"""What every export shares: a cell that no spreadsheet computes, and a file that is written whole or not at all."""

import os
import tempfile
from pathlib import Path

from corpus.errors import SourceError

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def shown_only(value: str) -> str:
    """A value that a spreadsheet shows and does not compute."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value


def save(data: bytes, out: Path) -> bool:
    """Write a file; whether one that was there is replaced.

    It is written beside it and renamed, so that a full disk or a stop leaves the earlier file whole.

    Raises:
        SourceError: if it cannot be written.
    """
    replaced = out.exists()
    try:
        _replace(out, data)
    except OSError as error:
        raise SourceError(
            f"cannot write {out}: {error.strerror}", remedy="name a file in a folder that exists and that you may write"
        ) from error
    return replaced


def _replace(out: Path, data: bytes) -> None:
    if out.is_dir():
        raise IsADirectoryError(21, "it is a folder", str(out))
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
