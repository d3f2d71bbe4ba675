"""What very large and hostile files cost: seconds, memory, and how they end.

    python -m benchmarks.hard_files [--pages 10000]

Each file is made, then ingested alone into a new library with the default limits (300 s, 4 GiB)
and hashed words in place of a model. `parse` is from the start of the reading process; memory is the largest
resident set of the reading process and of the whole command, sampled four times a second. A table is
printed, then one line of JSON.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.processes import Memory
from corpus.embedding import HashEmbedder
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from tests import bad_files


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file cost, and how it ended: with so many chunks, or a reason."""

    file: str
    mib: float
    pages: int
    chunks: int
    parse_s: float
    total_s: float
    worker_mib: int
    parent_mib: int
    reason: str


def million_lines(path: Path) -> None:
    """A text of a million lines."""
    path.write_text("".join(f"Line {n}: dealers shall be quiet at night.\n" for n in range(1_000_000)))


def one_line(path: Path) -> None:
    """A text of 100 MB without a line end."""
    path.write_text("dealers shall be quiet at night " * 3_125_000)


def one_word(path: Path) -> None:
    """A text of 20 MB without a blank."""
    path.write_text("x" * 20_000_000)


def files(pages: int) -> dict[str, Callable[[Path], object]]:
    """Names of files and who makes them."""
    return {
        f"{pages}-pages.pdf": lambda path: bad_files.many_pages(path, pages),
        "million-lines.txt": million_lines,
        "one-line.txt": one_line,
        "one-word.txt": one_word,
        "bomb-1-gib.pdf": lambda path: bad_files.bomb(path, 1024),
        "bomb-16-gib-packed-twice.pdf": lambda path: bad_files.bomb(path, 16384, twice=True),
        "forms-10^9-sentences.pdf": lambda path: bad_files.many_forms(path, 9, 10),
        "page-tree-100000-deep.pdf": lambda path: bad_files.deep_page_tree(path, 100_000),
        "huge-page.pdf": bad_files.huge_page,
    }


def measure(folder: Path, name: str, make: Callable[[Path], object]) -> Cost:
    """Make a file and ingest it."""
    path = folder / name
    make(path)
    size = path.stat().st_size
    library = Library(folder / f"{name}.library", HashEmbedder(384), create=True)
    memory, began = Memory(), time.perf_counter()
    memory.start(os.getpid())
    report = ingest(library, find_sources([path])[0], ChunkSettings())
    seconds = time.perf_counter() - began
    memory.stop()
    problems = [problem.what for problem in library.verify()]
    library.close()
    path.unlink()
    return Cost(
        name, round(size / 2**20, 2), report.pages, report.chunks, round(report.seconds.get("parse", 0.0), 1),
        round(seconds, 1), memory.worker >> 20, memory.parent >> 20,
        "; ".join([*(f.reason for f in report.failed), *problems]),
    )  # fmt: skip


def main() -> None:
    """Measure every file, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    arguments = parser.parse_args()
    costs = []
    heads = f"{'MiB':>7} {'pages':>6} {'chunks':>7} {'parse s':>8} {'total s':>8} {'worker':>7} {'parent':>6}"
    print(f"{'file':30} {heads}  ended")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in files(arguments.pages).items():
            cost = measure(Path(folder), name, make)
            costs.append(cost)
            numbers = f"{cost.mib:7.1f} {cost.pages:6} {cost.chunks:7} {cost.parse_s:8.1f} {cost.total_s:8.1f}"
            ended = cost.reason or "read"
            print(f"{name:30} {numbers} {cost.worker_mib:7} {cost.parent_mib:6}  {ended}", flush=True)
    print(json.dumps({"what": "hard_files", "files": [asdict(cost) for cost in costs]}))


if __name__ == "__main__":
    main()
