"""A writer that is broken off between any two of its steps: the next one finishes or undoes what it left."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.catalog import Catalog
from corpus.embedding import HashEmbedder
from corpus.indexes import Indexes
from corpus.library import Library
from corpus.models import sha256_of
from corpus.originals import Originals
from corpus.stored_vectors import StoredVectors
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from tests.made_documents import id_of, parsed


class Killed(BaseException):
    """Stands for SIGKILL: nobody catches it."""


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, *, after: bool) -> Iterator[None]:
    """Break off the first call of a method, before it does anything or when it has done it."""

    def broken(self: object, *arguments: object, **options: object) -> object:
        if after:
            original(self, *arguments, **options)
        raise Killed

    original = getattr(owner, name)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, broken)
        try:
            yield
        except Killed:
            return
    pytest.fail(f"{name} was not called")


STEPS = [
    (Catalog, "put", False),
    (Catalog, "put", True),
    (StoredVectors, "put", False),
    (StoredVectors, "put", True),
    (Indexes, "put", False),
    (Indexes, "put", True),
    (Catalog, "publish", False),
    (Catalog, "publish", True),
    (Indexes, "settle", True),
]


@pytest.mark.parametrize(("owner", "name", "after"), STEPS)
def test_a_replacement_that_is_broken_off_is_finished_or_never_was(
    empty: Library, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, after: bool
) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours begin at nine.", source="rule.txt")])
    with killed_at(monkeypatch, owner, name, after=after), empty.writing():
        empty.add([parsed("b2", "Quiet hours begin at ten.", source="rule.txt")])
    empty.close()
    library = Library(empty.folder, HashEmbedder())
    assert [i[:2] for i, _ in library.search_words("quiet hours begin", 5)] == ["a1"]
    assert [i[:2] for i, _ in library.search_meaning(library.embedder.embed_query("quiet hours"), 5)] == ["a1"]
    with library.writing() as repaired:
        expected = "a1" if (owner, name) == (Catalog, "put") else "b2"
        assert bool(repaired) == (expected == "b2")
    assert [i[:2] for i, _ in library.search_words("quiet hours begin", 5)] == [expected]
    assert library.catalog.source("rule.txt") == id_of(expected)
    assert library.verify() == []
    with library.writing() as repaired:
        assert repaired == []


@pytest.mark.parametrize(
    ("owner", "name", "after"),
    [
        (Catalog, "set_state", True),
        (Indexes, "remove", False),
        (Indexes, "remove", True),
        (Catalog, "drop", True),
        (Originals, "delete", False),
    ],
)
def test_a_removal_that_is_broken_off_is_finished_or_never_was(
    empty: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: type, name: str, after: bool
) -> None:
    (tmp_path / "a1.txt").write_text("Quiet hours apply.")
    item = parsed("a1", "Quiet hours apply.", sha256=sha256_of(tmp_path / "a1.txt"))
    with empty.writing():
        empty.keep_original(item.document, tmp_path / "a1.txt")
        empty.add([item, parsed("b2", "Lanterns burn.")])
    with killed_at(monkeypatch, owner, name, after=after), empty.writing():
        empty.remove(item.document.id)
    with empty.writing():
        there = (owner, name) == (Catalog, "set_state")  # that transaction was not complete
        assert [e.document.id[:2] for e in empty.entries()] == (["a1", "b2"] if there else ["b2"])
    assert bool(list(empty.folder.glob("files/*"))) is there
    assert empty.verify() == []


def test_an_index_that_changed_under_a_killed_writer_is_made_anew_and_asked_by_nobody_before(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours apply."), parsed("b2", "Lanterns burn.")])
    with empty.catalog.writing():
        empty.catalog.set_meta("vectors touched", json.dumps({"other/files.bin": [1, 2]}))
    for path in (empty.folder / "chroma").glob("*/*.bin"):
        path.write_bytes(b"torn")
    empty.close()
    library = Library(empty.folder, HashEmbedder())
    assert [i[:2] for i, _ in library.search_meaning(library.embedder.embed_query("lanterns"), 1)] == ["b2"]
    assert "was killed while it was writing" in library.verify()[0].what
    with library.writing() as repaired:
        assert repaired[0].startswith("made the vector index anew")
    assert not (empty.folder / "chroma").exists()
    assert [i[:2] for i, _ in library.search_meaning(library.embedder.embed_query("lanterns"), 1)] == ["b2"]
    assert library.verify() == []


def test_what_belongs_to_nothing_is_deleted(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours apply.")])
    (empty.folder / "files").mkdir()
    (empty.folder / "files" / f"{'c' * 64}.partial").write_bytes(b"half")
    (empty.folder / "files" / f"{'d' * 64}.pdf").write_bytes(b"of no document")
    (empty.folder / "chroma-12345678").mkdir()
    (empty.folder / "tantivy-12345678").mkdir()
    assert [p.what for p in empty.verify()] == [
        f"files: {'c' * 64}.partial belongs to no document",
        f"files: {'d' * 64}.pdf belongs to no document",
    ]
    with empty.writing() as repaired:
        assert repaired == ["deleted 4 files or folders that an earlier run had left"]
    assert [p.name for p in empty.folder.rglob("*") if p.name.endswith((".partial", ".pdf", "-12345678"))] == []


def run(library: Library, *paths: Path) -> list[str]:
    """Ingest; reasons of the failures."""
    return [f.reason for f in ingest(library, find_sources(list(paths))[0], ChunkSettings()).failed]


def test_copies_of_a_killed_process_are_deleted_and_those_of_a_running_one_are_not(empty: Library) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    node = platform.node()
    names = [f"copies-{ended.pid}-{node}-a", f"copies-{os.getpid()}-{node}-b", "copies-1-elsewhere-c", "copies-1-far-d"]
    for name in names:
        (empty.folder / name).mkdir()
    day_before_yesterday = time.time() - 2 * 24 * 3600
    os.utime(empty.folder / names[3], (day_before_yesterday, day_before_yesterday))
    with empty.writing() as repaired:
        assert repaired == ["deleted 2 files or folders that an earlier run had left"]
    assert [name for name in names if (empty.folder / name).is_dir()] == names[1:3]


def test_a_version_that_cannot_be_read_does_not_silence_the_one_before(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "rule.txt"

    def answer() -> list[str]:
        return [empty.page_map(i).text for i in empty.documents()]

    path.write_text("Quiet hours begin at nine.")
    run(empty, path)
    path.write_bytes(b"")
    assert run(empty, path) == ["the file is empty (zero bytes)"]
    assert answer() == ["Quiet hours begin at nine."]
    assert sorted(e.state for e in empty.entries()) == ["failed", "ready"]
    path.write_text("Quiet hours begin at ten.")
    run(empty, path)
    assert answer() == ["Quiet hours begin at ten."]
    assert sorted(e.state for e in empty.entries()) == ["ready", "replaced"]


def test_every_failed_file_is_listed_though_their_bytes_are_the_same(empty: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"")
    assert len(run(empty, tmp_path)) == 2
    failed = {e.document.title: e.document.id for e in empty.entries()}
    assert failed.keys() == {"a.txt", "b.txt"}
    with empty.writing():
        empty.remove(failed["a.txt"])
    assert [e.document.title for e in empty.entries()] == ["b.txt"]


def test_the_same_name_in_two_folders_is_two_files(
    empty: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, hour in (("one", "nine"), ("two", "ten")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rule.txt").write_text(f"Quiet hours begin at {hour}.")
        monkeypatch.chdir(tmp_path / folder)
        run(empty, Path("rule.txt"))
    assert len(empty.documents()) == 2


Change = Callable[[Path], object]


@pytest.mark.parametrize(
    "change", [lambda p: p.write_text("Other words, as long."), lambda p: p.unlink()], ids=["changed", "gone"]
)
def test_a_file_that_changes_while_it_is_read_is_not_kept_wrongly(
    empty: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    path = tmp_path / "rule.txt"
    path.write_text("Quiet hours at nine..")
    keep = Originals.keep

    def late(self: Originals, *arguments: object) -> None:
        change(path)
        keep(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Originals, "keep", late)
    (reason,) = run(empty, path)
    assert "changed while it was being read" in reason or "can no longer be opened" in reason
    assert list(empty.folder.glob("files/*")) == []
    assert [e.state for e in empty.entries()] == ["failed"]
