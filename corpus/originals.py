"""The files that were ingested, kept by the hash of their bytes, so that a page can be drawn years later."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus.disk import file_writing
from corpus.errors import SourceError
from corpus.models import sha256_of
from corpus.records import Document

_PIECE_BYTES = 1 << 20


class Originals:
    """The folder ``files/`` of a library."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, document: Document) -> Path:
        """Where the document's file lies, or would lie."""
        return self._folder / f"{document.sha256}.{document.media}"

    def keep(self, document: Document, path: Path) -> None:
        """Copy a document's file, unless it is there.

        Raises:
            SourceError: if the file can no longer be read, or no longer holds what the document was made from.
            DiskFull: if the disk takes no more.
        """
        target = self.place(document)
        if target.is_file():
            return
        with file_writing(self._folder.parent):
            self._folder.mkdir(exist_ok=True)
            partial = target.with_suffix(".partial")
            if _copy(path, partial) != document.sha256:
                partial.unlink()
                raise SourceError("it was changed while it was being read", remedy="ingest it again when it is whole")
            partial.replace(target)

    def delete(self, document: Document) -> None:
        """Delete a document's file, if there is one."""
        self.place(document).unlink(missing_ok=True)

    def strays(self, documents: Callable[[], Iterable[Document]]) -> list[Path]:
        """Files that belong to none of the documents, and what a copy that was broken off has left.

        Args:
            documents: is asked for them, if there are any files.
        """
        present = sorted(self._folder.glob("*"))
        wanted = {self.place(document).name for document in documents()} if present else set()
        return [path for path in present if path.name not in wanted]

    def fault(self, document: Document) -> str | None:
        """What is wrong with a document's file: "is missing", "is not what was ingested", or None."""
        path = self.place(document)
        if not path.is_file():
            return "is missing"
        return None if sha256_of(path) == document.sha256 else "is not what was ingested"


def _copy(path: Path, target: Path) -> str:
    """Copy a file; the sha256 of what was copied."""
    digest = hashlib.sha256()
    try:
        source = path.open("rb")
    except OSError as error:
        raise SourceError(f"it can no longer be opened: {error.strerror}", remedy="check that it is there") from error
    with source, target.open("wb") as copy:
        while piece := source.read(_PIECE_BYTES):
            digest.update(piece)
            copy.write(piece)
    return digest.hexdigest()
