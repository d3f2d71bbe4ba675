"""Which files to read, and what each of them is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import SourceError

BANK_SUFFIX = ".jsonl"  # read when named, not when found in a folder: most such files are no question bank
MEDIA = {".pdf": "pdf", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest; ``media`` is "pdf", "txt", "md" or "jsonl" (a question bank).

    Attributes:
        label: what to call it where its text states no title; "" for the file's own name.
        facts: fields of :class:`corpus.records.Document` that a listing states, for those that the text does not.
    """

    path: Path
    media: str
    label: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)


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
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path)):
                if file.suffix.lower() in MEDIA:
                    found.setdefault(file.resolve(), Source(file, MEDIA[file.suffix.lower()]))
                else:
                    passed_over.append(file)
        elif not path.exists():
            raise SourceError(
                f"no such file or folder: {path}", remedy="check the path; globs are expanded by the shell"
            )
        elif path.suffix.lower() == BANK_SUFFIX:
            found.setdefault(path.resolve(), Source(path, "jsonl"))
        elif path.suffix.lower() not in MEDIA:
            known = ", ".join(sorted({*MEDIA, BANK_SUFFIX}))
            raise SourceError(f"{path} is not of a kind that can be read", remedy=f"give files that end in {known}")
        else:
            found.setdefault(path.resolve(), Source(path, MEDIA[path.suffix.lower()]))
    return list(found.values()), passed_over


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)
