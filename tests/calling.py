"""Commands run in this process, as a program or a test runs them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

import reglens
from corpus.embedding import HashEmbedder
from corpus.library import Library
from evals.commands import build_app
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources

RUN = CliRunner()


def call(*words: str, code: int = 0) -> dict[str, Any]:
    """Run a command with --json; its object."""
    result = RUN.invoke(reglens.app, [*words, "--json"])
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def measuring(usual: Path) -> Callable[..., Result]:
    """The ``eval`` commands over libraries of hashed words; ``usual`` is the folder of the one that nobody named."""

    def open_library(folder: Path | None = None, *, create: bool = False) -> Library:
        return Library(folder or usual, HashEmbedder(), create=create)

    def ingest_into(folder: Path, paths: list[Path], *, words_only: bool = False) -> None:
        assert words_only
        library = open_library(folder, create=True)
        ingest(library, find_sources(paths)[0], ChunkSettings())
        library.close()

    app = build_app(open_library, ingest_into)
    return lambda *arguments: RUN.invoke(app, [str(a) for a in arguments], catch_exceptions=False)
