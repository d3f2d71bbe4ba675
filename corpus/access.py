"""Opening a library with the settings in force."""

from pathlib import Path

from corpus.embedding import load_embedder
from corpus.library import Library
from corpus.settings import CorpusSettings, library_folder, load_settings, settings_file


def open_library(folder: Path | None = None, *, create: bool = False) -> Library:
    """Open the library in ``folder``, or the one that the environment names.

    Raises:
        LibraryError: if there is none and ``create`` is False.
        IndexMismatch: if it was built with another embedding model.
        ConfigError: if the settings file holds a mistake.
    """
    settings = load_settings(settings_file(), "corpus", CorpusSettings)
    return Library(library_folder(folder), load_embedder(settings), create=create)
