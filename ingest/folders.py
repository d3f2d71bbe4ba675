"""What lies in a folder, whatever it is; nothing in it is opened."""

import os
import stat
from pathlib import Path

_LIBRARY = "catalog.sqlite"
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def files_under(folder: Path) -> tuple[list[Path], list[Path]]:
    """Everything in a folder and its folders that is no folder itself, in order.

    Names that begin with a dot are left out. Links to folders are not followed, and folders
    that hold a library not looked into: they are listed like files.

    Returns:
        What was found, and the folders that could not be looked into.
    """
    found: list[Path] = []
    closed: list[Path] = []
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError:
            closed.append(current)
            continue
        if _LIBRARY in (entry.name for entry in visible):
            found.append(current)
            continue
        waiting += [Path(entry.path) for entry in visible if entry.is_dir(follow_symlinks=False)]
        found += [Path(entry.path) for entry in visible if not entry.is_dir(follow_symlinks=False)]
    return sorted(found), sorted(closed)


def special_kind(path: Path) -> str | None:
    """What a path is if it is no ordinary file: "a named pipe" and the like; links are followed.

    Raises:
        OSError: if there is nothing, or it may not be seen.
    """
    return _KINDS.get(stat.S_IFMT(path.stat().st_mode))
