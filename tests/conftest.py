"""What several tests need: drawn releases, and libraries filled with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.embedding import HashEmbedder
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from tests.release_factory import DrawnRelease, draw_release

REAL_FILES = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> DrawnRelease:
    """The drawn proposal, as the agency prints it."""
    return draw_release(tmp_path_factory.mktemp("proposal") / "proposal.pdf")


@pytest.fixture(scope="session")
def adoption(tmp_path_factory: pytest.TempPathFactory) -> DrawnRelease:
    """The drawn adoption of the same rule."""
    return draw_release(tmp_path_factory.mktemp("adoption") / "adoption.pdf", proposal=False)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, proposal: DrawnRelease, adoption: DrawnRelease) -> Library:
    """A library that holds both; tests only read it."""
    library = Library(tmp_path_factory.mktemp("library"), HashEmbedder(), create=True)
    sources, _ = find_sources([proposal.path, adoption.path])
    report = ingest(library, sources, ChunkSettings())
    assert not report.failed
    return library


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    """A new library of one test's own."""
    library = Library(tmp_path / "library", HashEmbedder(), create=True)
    yield library
    library.close()


def real(path: str) -> Path:
    """A real filing to test on; the test is skipped where it is not at hand."""
    found = REAL_FILES / path
    if not found.exists():
        pytest.skip(f"the real file {path} is not at hand")
    return found
