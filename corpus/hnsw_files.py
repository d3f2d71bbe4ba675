"""What the files of a vector index say of themselves: when they were written, and whether they are whole.

Chroma's native index (hnswlib) writes its files in place, without a look at whether the disk
took them, and reads what was cut short without a complaint: then some neighbours are not found.
"""

import struct
from contextlib import suppress
from pathlib import Path

_HEADER = struct.Struct("<i6Q")  # version, then offset of level 0, capacity, elements, bytes of each, two offsets
_VERSION = 1


def file_marks(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change (ns) of the files that are written in place.

    A process that is killed meanwhile leaves files that do not fit together. Chroma's own
    SQLite file needs no mark: it is always whole.
    """
    found = {}
    for path in sorted(folder.glob("*/*")):
        with suppress(FileNotFoundError):
            status = path.stat()
            found[str(path.relative_to(folder))] = (status.st_size, status.st_mtime_ns)
    return found


def cut_short(folder: Path) -> str | None:
    """The name of an index file that is shorter than the header says, or None; of another format, nothing is said."""
    for header in folder.glob("*/header.bin"):
        data = header.read_bytes()[: _HEADER.size]
        if len(data) < _HEADER.size:
            return header.name
        version, _, _, elements, element_bytes, _, _ = _HEADER.unpack(data)
        if version != _VERSION or not elements:
            continue
        least = {"data_level0.bin": element_bytes, "length.bin": 4, "link_lists.bin": 4}  # bytes for each element
        for name, each in least.items():
            if _size(header.with_name(name)) < elements * each:
                return name
    return None


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1
