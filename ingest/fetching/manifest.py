"""What was fetched into a folder: one line of JSON for each file, rewritten whole or not at all."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import FetchError
from corpus.models import sha256_of

FILE_NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFile:
    """A file that arrived whole.

    Attributes:
        path: its name in the folder.
        url: where it was found, before redirects.
        sha256: of its bytes, computed while they arrived.
        bytes: its size.
        fetched_at: ISO 8601, UTC.
        etag: as the server sent it, or "".
        identifiers: by which it was asked for: document number, accession number, release and so on.
        facts: fields of :class:`corpus.records.Document` that the listing states.
    """

    path: str
    url: str
    sha256: str
    bytes: int
    fetched_at: str
    etag: str = ""
    identifiers: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


class Manifest:
    """The files of one folder, in the order in which they were first fetched.

    Raises:
        FetchError: if the file cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / FILE_NAME
        self._files = {file.path: file for file in self._read()}

    def __iter__(self) -> Iterator[FetchedFile]:
        return iter(self._files.values())

    def get(self, path: str) -> FetchedFile | None:
        """What is recorded of a file."""
        return self._files.get(path)

    def is_intact(self, file: FetchedFile) -> bool:
        """Whether the file is there, byte for byte."""
        path = self.folder / file.path
        return path.is_file() and path.stat().st_size == file.bytes and sha256_of(path) == file.sha256

    def record(self, file: FetchedFile) -> None:
        """Add a file, or replace what was recorded of it."""
        self._files[file.path] = file
        lines = [json.dumps(asdict(known), ensure_ascii=False) + "\n" for known in self._files.values()]
        replace_file(self._path, "".join(lines))

    def _read(self) -> Iterator[FetchedFile]:
        if not self._path.is_file():
            return
        for number, line in enumerate(self._path.read_text("utf-8").splitlines(), start=1):
            try:
                yield FetchedFile(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise FetchError(
                    f"{self._path}, line {number}, is not a line that reglens wrote ({error})",
                    remedy="delete that line; the file it named is fetched again when it is wanted",
                ) from error


def replace_file(path: Path, text: str) -> None:
    """Write a small file so that it is either the old one or the new one, even if the power fails."""
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
