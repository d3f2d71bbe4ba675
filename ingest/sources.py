"""Which files to read, and what each of them is called."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.errors import SourceError
from ingest.folders import files_under

BANK_SUFFIX = ".jsonl"  # read when named, not when found in a folder: most such files are no question bank
MEDIA = {
    ".pdf": "pdf", ".htm": "html", ".html": "html", ".xhtml": "html", ".xml": "xml",
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".zip": "zip",
}  # fmt: skip
"""What a file is taken for by its suffix; what it is, its first bytes say when it is read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest.

    Attributes:
        path: where its bytes can be read now.
        media: a value of :data:`MEDIA`, or "jsonl" (a question bank).
        label: what to call it where its text states no title; "" for its own name.
        alias: name that is not its path, such as "filings.zip!inner/path.pdf"; "" when its path is its name.
        facts: fields of :class:`corpus.records.Document` that a listing states, for those that the text does not.
        problem: why it cannot be read, where that is known already; nothing need be at ``path`` then.
    """

    path: Path
    media: str
    label: str = ""
    alias: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    problem: SourceError | None = None

    @property
    def name(self) -> str:
        """Under which the catalog keeps it and the user knows it."""
        return self.alias or path_text(self.path)

    @property
    def file_name(self) -> str:
        """The last part of its name."""
        return PurePosixPath(self.alias.rpartition("!")[2]).name if self.alias else self.path.name


def path_text(path: Path) -> str:
    r"""A path as text that can be stored and printed; bytes in it that are no UTF-8 are written ``\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Path]]:
    """Files under ``paths``, folders searched through, in order and without repeats.

    Returns:
        What can be read, zip archives among it, and the files inside folders that are of another kind.

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
