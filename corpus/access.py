"""Opening a library with the settings in force."""

from dataclasses import replace
from pathlib import Path

from corpus.embedding import load_embedder
from corpus.library import Library
from corpus.settings import CorpusSettings, library_folder, load_settings, settings_file


def open_library(
    folder: Path | None = None, *, create: bool = False, renew: bool = False, embedding_model: str | None = None
) -> Library:
    """Open the library in ``folder``, or the one that the environment names.

    Args:
        folder: where it lies.
        create: make it when it is not there.
        renew: bring the tables of an older version up to date; see :class:`Library`.
        embedding_model: to open it with in place of the one in the settings, whichever built it.

    Raises:
        LibraryError: if there is none and ``create`` is False.
        IndexMismatch: if it was built with another embedding model.
        ConfigError: if the settings file holds a mistake.
    """
    settings = load_settings(settings_file(), "corpus", CorpusSettings)
    if embedding_model is not None:
        settings = replace(settings, embedding_model=embedding_model)
    embedder = load_embedder(settings)
    return Library(library_folder(folder), embedder, create=create, renew=renew, any_model=embedding_model is not None)
