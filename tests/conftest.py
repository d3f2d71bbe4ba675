"""What several tests need: drawn releases, and libraries filled with them."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from corpus.embedding import HashEmbedder
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from tests.fetch_server import StandIn, serving
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


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A server on this machine that speaks the Federal Register's and EDGAR's language."""
    with serving() as site:
        yield site


@pytest.fixture
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection to another machine, and any question for its address, fails the test."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            assert ip_address(address[0]).is_loopback, f"a connection to {address}"
        connect(self, address)

    def guarded_look_up(host: Any, *rest: Any, **options: Any) -> Any:
        assert host in ("127.0.0.1", "localhost"), f"a question for the address of {host}"
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
