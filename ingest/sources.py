"""Which files to read, and what each of them is."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from ingest.folders import files_under

BANK_SUFFIX = ".jsonl"  # read when named, not when found in a folder: most such files are no question bank
MEDIA = {".pdf": "pdf", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest; ``media`` is "pdf", "txt", "md" or "jsonl" (a question bank).

    Attributes:
        label: what to call it where its text states no title; "" for the file's own name.
    """

    path: Path
    media: str
    label: str = ""

    @property
    def place(self) -> str:
        """The path as text."""
        return path_text(self.path)


def path_text(path: Path) -> str:
    r"""A path as text that can be stored and printed; bytes in it that are no UTF-8 are written ``\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Path]]:
    """Files under ``paths``, folders searched through, in order and without repeats.

    Returns:
        What can be read, and the files inside folders that are of another kind.

    Raises:
        SourceError: if a named path does not exist, or a named file is of an unknown kind.
    """
    found: dict[Path, Source] = {}
    passed_over: list[Path] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - False, too, where one may not look
            files, closed = files_under(path)
            for file in files:
                if file.suffix.lower() in MEDIA and not file.is_dir():
                    found.setdefault(_real(file), Source(file, MEDIA[file.suffix.lower()]))
                else:
                    passed_over.append(file)
            found |= {folder: Source(folder, "folder") for folder in closed}  # for a reason to be recorded
        elif not os.path.lexists(path):
            raise SourceError(
                f"no such file or folder: {path}", remedy="check the path; globs are expanded by the shell"
            )
        elif path.suffix.lower() == BANK_SUFFIX:
            found.setdefault(_real(path), Source(path, "jsonl"))
        elif path.suffix.lower() not in MEDIA:
            known = ", ".join(sorted({*MEDIA, BANK_SUFFIX}))
            raise SourceError(f"{path} is not of a kind that can be read", remedy=f"give files that end in {known}")
        else:
            found.setdefault(_real(path), Source(path, MEDIA[path.suffix.lower()]))
    return list(found.values()), passed_over


def _real(path: Path) -> Path:
    """The path without links in it; one that leads in a circle stays as it is."""
    return Path(os.path.realpath(path))
