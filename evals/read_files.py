"""A library made of files for one measurement."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.library import Library
    from evals.pages import Ingest


@contextmanager
def library_of(files: Sequence[Path], ingest: "Ingest", kept: Path | None) -> Iterator["Library"]:
    """A library that holds what was read from ``files``; no model is loaded.

    Args:
        files: files and folders.
        ingest: reads them.
        kept: the folder of the library, reused with what it holds; without one, the library is thrown away.
    """
    from corpus.embedding import HashEmbedder
    from corpus.library import Library

    with tempfile.TemporaryDirectory(prefix="reglens-eval-") as temporary:
        place = kept or Path(temporary)
        ingest(place, list(files), words_only=True)
        library = Library(place, HashEmbedder())
        try:
            yield library
        finally:
            library.close()
