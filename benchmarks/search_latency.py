"""How long does one search take, stage by stage?

    python -m benchmarks.search_latency LIBRARY [QUESTIONS.jsonl] [-k 10] [--rounds 3]

QUESTIONS holds lines of JSON with "question"; the questions over SEC releases that ship are asked
without it. Every question is asked once before anything is timed, so that files are in memory, indexes
are open and the model is loaded; then all of them `--rounds` times, one after the other. Wall time
and processor time of the asking thread are both given: where other work shares the machine, only
the second says what a search costs (embedding and the indexes also work in threads of their own, which
it leaves out). Stages are the retriever's own; "total" is the whole call. Prints a table, then one
line of JSON.
"""

import argparse
import json
import os
import platform
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.access import open_library
from evals.datasets import json_lines, text
from evals.gold_places import QUESTIONS
from rag.retrieve import Retriever
from rag.settings import load_rag_settings

_PERCENTILES = (50, 95, 99)


def main() -> None:
    """Ask, time and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("-k", type=int, default=10, help="passages asked for")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    asked = [text(row, "question", where) for where, row in json_lines(arguments.questions)]
    library = open_library(arguments.library)
    retriever = Retriever(library, load_rag_settings().retrieval)
    for question in asked:
        retriever.search(question, arguments.k)
    stages = _timed(retriever, asked * arguments.rounds, arguments.k)
    conditions = {
        "questions": len(asked),
        "rounds": arguments.rounds,
        "k": arguments.k,
        "documents": len(library.documents()),
        "chunks": library.catalog.indexed_chunks(),
        "embedder": library.embedder.name,
        "depth": retriever.settings.depth,
        "cpus": os.cpu_count(),
        "load_1min": round(os.getloadavg()[0], 2),
        "nice": os.nice(0),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    for name, value in conditions.items():
        print(f"{name:12} {value}")
    rows = {stage: _percentiles(times) for stage, times in stages.items()}
    print(f"\n{'milliseconds':16}" + "".join(f"{f'p{p}':>9}" for p in _PERCENTILES))
    for stage, row in rows.items():
        print(f"{stage:16}" + "".join(f"{value:9.1f}" for value in row.values()))
    print(json.dumps({"what": "search_latency", **conditions, "ms": rows}))


def _timed(retriever: Retriever, questions: Sequence[str], k: int) -> dict[str, list[float]]:
    """Milliseconds of every search by stage, its total, and its total of processor time."""
    stages: dict[str, list[float]] = {}
    for question in questions:
        began, worked = time.perf_counter(), time.thread_time()
        found = retriever.search(question, k)
        total, processor = time.perf_counter() - began, time.thread_time() - worked
        for stage, ms in found.timings_ms.items():
            stages.setdefault(stage, []).append(ms)
        stages.setdefault("total", []).append(total * 1000)
        stages.setdefault("total, processor", []).append(processor * 1000)
    return stages


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    return {f"p{p}": round(float(np.percentile(times, p)), 2) for p in _PERCENTILES}


if __name__ == "__main__":
    main()
