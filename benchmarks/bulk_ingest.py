"""Ingest many files in one run, and say what it took and what was lost.

    python -m benchmarks.bulk_ingest LIBRARY PATH...

LIBRARY is a new folder, which is kept. The settings in force are used, so the default model
embeds unless they name another. Memory is sampled four times a second from /proc: of this process,
and of its parsing processes together and each (resident set; Linux only). Failures are named,
`verify` is run, and one line of JSON ends the output. Exit code 1 if a file is in no list of the
report, or verify finds a problem.
"""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

from benchmarks.processes import Memory
from corpus.access import open_library
from corpus.upkeep import store_bytes
from ingest.pipeline import ingest
from ingest.settings import load_ingest_settings
from ingest.sources import find_sources


def main() -> None:
    """Ingest, verify and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("paths", nargs="+", type=Path)
    arguments = parser.parse_args()
    if arguments.library.exists():
        parser.error(f"{arguments.library} is there already")
    library = open_library(arguments.library, create=True)
    library.embedder.embed_query("load the model")
    settings = load_ingest_settings()
    sources, passed_over = find_sources(arguments.paths)
    memory, began, done = Memory(), time.perf_counter(), 0
    memory.start(os.getpid())

    def progress(what: str, count: int) -> None:
        nonlocal done
        if what == "file":
            done += count
            print(f"{time.perf_counter() - began:8.0f} s  {done} of {len(sources)} files", file=sys.stderr)

    report = ingest(library, sources, settings.chunks, limits=settings.limits, progress=progress)
    seconds = time.perf_counter() - began
    memory.stop()
    problems = library.verify()
    in_lists = [*report.new, *report.unchanged, *report.replaced, *report.failed, *report.not_reached]
    lost = len(sources) - len(in_lists)
    for failure in report.failed:
        print(f"failed: {failure.source}: {failure.reason}\n  → {failure.remedy}")
    for problem in problems[:50]:
        print(f"verify: {problem.what}\n  → {problem.remedy}")
    figures = {
        "what": "bulk_ingest",
        "files": len(sources),
        "passed_over": len(passed_over),
        "new": len(report.new),
        "unchanged": len(report.unchanged),
        "replaced": len(report.replaced),
        "failed": len(report.failed),
        "not_reached": len(report.not_reached),
        "lost": lost,
        "stopped": report.stopped.reason if report.stopped else None,
        "notes": len(report.notes),
        "pages": report.pages,
        "chunks": report.chunks,
        "truncated": report.truncated,
        "wall_s": round(seconds, 1),
        "pages_per_s": round(report.pages / seconds, 2),
        "chunks_per_s": round(report.chunks / seconds, 2),
        "seconds": {stage: round(value, 1) for stage, value in report.seconds.items()},
        "peak_mib": {
            "parent": memory.parent >> 20,
            "workers": memory.workers >> 20,
            "largest_worker": memory.worker >> 20,
        },
        "library_mib": {store: round(size / 2**20, 1) for store, size in store_bytes(library).items()},
        "embedder": library.embedder.name,
        "verify_problems": len(problems),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    library.close()
    print(json.dumps(figures))
    sys.exit(bool(lost or problems))


if __name__ == "__main__":
    main()
