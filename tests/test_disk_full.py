"""A disk that takes no more: said in words, and what is there still answers. Really full where it may be mounted."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.disk_full import grow, small_disk
from corpus.embedding import HashEmbedder
from corpus.errors import DiskFull
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.report import Report
from ingest.sources import find_sources

ROOT = Path(__file__).parents[1]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MiB."""
    try:
        with small_disk(tmp_path / "disk", 8):
            yield tmp_path / "disk"
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("a small file system may not be mounted here (that needs root on Linux)")


def write_rules(folder: Path, low: int, high: int) -> None:
    """Files of about 30 kB, each of other words."""
    folder.mkdir(exist_ok=True)
    for n in range(low, high):
        text = "".join(f"Dealer {n}-{i} shall be quiet at night under rule {i * n}.\n\n" for i in range(600))
        (folder / f"{n:02}.txt").write_text(text)


def fill(disk: Path) -> None:
    """Leave not a byte free."""
    filler = os.open(disk / "filler", os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):
        while os.write(filler, bytes(4096)):
            pass
    os.close(filler)
    assert os.statvfs(disk).f_bavail == 0


def run(library: Library, folder: Path) -> Report:
    return ingest(library, find_sources([folder])[0], ChunkSettings())


def test_a_full_disk_stops_an_ingest_with_a_remedy_and_the_next_run_goes_on(disk: Path, tmp_path: Path) -> None:
    library = Library(disk / "library", HashEmbedder(), create=True)
    write_rules(tmp_path / "files", 0, 1)
    assert len(run(library, tmp_path / "files").new) == 1
    before = library.search_words("dealers", 3)
    write_rules(tmp_path / "files", 1, 30)
    report = run(library, tmp_path / "files")
    assert report.stopped is not None
    assert str(disk / "library") in report.stopped.reason
    assert "free at least" in report.stopped.remedy
    assert "run the same command again" in report.stopped.remedy
    assert len(report.new) + len(report.unchanged) + len(report.not_reached) == 30
    library.close()
    opened = Library(disk / "library", HashEmbedder())
    assert opened.search_words("dealers", 3) == before
    assert len(opened.search_meaning(opened.embedder.embed_query("quiet"), 5)) == 5
    remedies = {problem.remedy.split(",")[0] for problem in opened.verify()}
    assert remedies <= {"ingest the files again", "ingest any file: that tidies up", "free space there"}
    grow(disk, 200)
    second = run(opened, tmp_path / "files")
    assert second.stopped is None
    assert len(opened.documents()) == 30
    assert opened.verify() == []


def test_with_not_a_byte_left_what_is_there_still_answers(disk: Path, tmp_path: Path) -> None:
    library = Library(disk / "library", HashEmbedder(), create=True)
    write_rules(tmp_path / "files", 0, 1)
    run(library, tmp_path / "files")
    words, vector = library.search_words("dealers", 3), library.embedder.embed_query("quiet dealers")
    meaning = library.search_meaning(vector, 3)
    library.close()
    fill(disk)
    opened = Library(disk / "library", HashEmbedder())
    assert opened.search_words("dealers", 3) == words
    assert [round(c, 5) for _, c in opened.search_meaning(vector, 3)] == [round(c, 5) for _, c in meaning]
    assert len(opened.documents()) == 1
    with pytest.raises(DiskFull), opened.writing():
        pass


LIMITED = """
import resource, sys
from pathlib import Path
from corpus.embedding import HashEmbedder
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources

if __name__ == "__main__":
    library = Library(Path(sys.argv[1]), HashEmbedder(), create=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    report = ingest(library, find_sources([Path(sys.argv[2])])[0], ChunkSettings())
    print(report.stopped.reason if report.stopped else "through")
"""


@pytest.mark.parametrize("limit_kib", [40, 300, 700, 1500])
def test_files_that_may_not_grow_stop_an_ingest_too(tmp_path: Path, limit_kib: int) -> None:
    """What a quota does, for whoever may not mount: the limit hits another store each time."""
    write_rules(tmp_path / "files", 0, 12)
    (tmp_path / "limited.py").write_text(LIMITED)
    words = [tmp_path / "limited.py", tmp_path / "library", tmp_path / "files", limit_kib << 10]
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "takes no more" in done.stdout
    library = Library(tmp_path / "library", HashEmbedder())
    assert run(library, tmp_path / "files").stopped is None
    assert len(library.documents()) == 12
    assert library.verify() == []
