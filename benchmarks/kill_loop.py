"""Kill reglens at random moments, again and again; is the library the same as one that was left alone?

    python -m benchmarks.kill_loop [--kills 60] [--seed 1] [--keep FOLDER]

Two libraries go through the same life: an ingest of small files (text, PDF, and some that
cannot be read), an ingest after half of them changed, two removals, `rebuild`, `rebuild` with
another embedding model, `reread` and `compact`. Before each step of the second library its
command is killed (SIGKILL) at a random moment within the time that the step took in the first
(every fourth time at any moment, else once it has begun to write), and started again, until
that step has had its share of kills; then it runs once undisturbed. A command that gets through
before it is killed is undone, and the step begun anew. After each kill the library must answer,
and the processes that the command had started must be gone. A third library is ingested while its parsing processes are
killed, then once more. A table is printed, then one line of JSON.
"""

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.library_state import differences
from benchmarks.processes import kill_and_look, kill_workers
from benchmarks.rule_files import QUESTIONS, write_files
from corpus.catalog import INDEXING, REMOVING, RESTORING, Catalog
from corpus.embedding import HashEmbedder
from corpus.errors import ReglensError
from corpus.indexes import Indexes
from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the life of a library; ``change`` is done to its files before.

    Attributes:
        weight: its share of the kills.
    """

    name: str
    words: tuple[str, ...]
    weight: int = 1
    change: bool = False


STEPS = (
    Step("ingest", ("ingest", "{files}"), 4),
    Step("ingest of changed files", ("ingest", "{files}"), 3, change=True),
    Step("remove", ("remove", "rule-03.txt"), 2),
    Step("remove again", ("remove", "rule-04.txt"), 2),
    Step("rebuild", ("rebuild",), 2),
    Step("rebuild with another model", ("rebuild", "--embedding-model", "hash-48"), 2),
    Step("reread", ("reread",), 3),
    Step("compact", ("compact",), 2),
)


@dataclass(slots=True)
class Tally:
    """What happened to one step.

    Attributes:
        seconds: of the undisturbed run.
        writing_s: of these, after it had begun to write.
        kills: by where they hit.
        orphans: processes that outlived a killed parent.
        silent: what was said where the library did not answer after a kill.
    """

    seconds: float = 0.0
    writing_s: float = 0.0
    runs: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    workers_killed: int = 0
    orphans: int = 0
    silent: list[str] = field(default_factory=list)


class Life:
    """A library and its settings, over files that it may share with another."""

    def __init__(self, folder: Path, files: Path) -> None:
        self.folder, self.files, self.library = folder, files, folder / "library"
        self.folder.mkdir()
        self.set_model("hash-64")

    def set_model(self, name: str) -> None:
        """Write the settings file."""
        self.model = name
        (self.folder / "reglens.toml").write_text(f'[corpus]\nembedding_model = "{name}"\n[ingest]\nworkers = 2\n')

    def start(self, step: Step) -> "subprocess.Popen[str]":
        """Begin a step's command, in a session of its own."""
        words = [word.format(files=self.files) for word in step.words]
        environment = os.environ | {"REGLENS_CONFIG": str(self.folder / "reglens.toml")}
        return subprocess.Popen(
            [sys.executable, "-m", "reglens", *words, "--library", str(self.library)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def finish(self, step: Step, tally: Tally) -> None:
        """Run a step undisturbed; how long it took is noted."""
        began = time.perf_counter()
        process = self.start(step)
        self.wait_until_writing(process)
        writing = time.perf_counter()
        out, err = process.communicate()
        tally.seconds, tally.writing_s = time.perf_counter() - began, time.perf_counter() - writing
        tally.runs += 1
        gone = step.words[0] == "remove" and "there is no document" in err  # the killed run had got that far
        if process.returncode not in ((0, 1) if step.words[0] == "ingest" else (0,)) and not gone:
            raise SystemExit(f"{step.name} ended with {process.returncode}:\n{out}\n{err}")

    def signed(self) -> float:
        """When a writer last said that it writes; 0 when none ever did."""
        with suppress(OSError):
            return (self.library / "writer.json").stat().st_mtime
        return 0.0

    def wait_until_writing(self, process: "subprocess.Popen[str]") -> None:
        """Wait until a command that was just begun writes, or has ended."""
        before = self.signed()
        while process.poll() is None and self.signed() == before:
            time.sleep(0.005)

    def stage(self, *, writing: bool) -> str:
        """Where the last command was broken off, as the library shows; ``writing``: it had begun to write."""
        if not (self.library / "catalog.sqlite").is_file():
            return "before there was a library"
        with closing(Catalog(self.library / "catalog.sqlite")) as catalog:
            if catalog.version is None:
                return "before there was a library"
            indexes = Indexes(self.library, catalog)
            if indexes.is_torn():
                return "while the vector index was written"
            if indexes.is_touched():
                return "while it was indexed"
            states = [state for state in (INDEXING, RESTORING, REMOVING) if catalog.ids_in_state(state)]
            if states:
                return f"while documents were {' and '.join(states)}"
            if len(list(self.library.glob("chroma*/")) + list(self.library.glob("tantivy*/"))) > 2:
                return "while new indexes were made"
            return "before or between its changes" if writing else "while it started"

    def complaints(self) -> list[str]:
        """What a search says now, if it does not answer."""
        if not (self.library / "catalog.sqlite").is_file():
            return []
        with closing(Catalog(self.library / "catalog.sqlite")) as catalog:
            model = catalog.meta("embedder") if catalog.version else None
        if model is None:
            return []
        try:
            with closing(Library(self.library, HashEmbedder(int(model.removeprefix("hash-"))))) as library:
                library.search_words(QUESTIONS[0], 5)
                library.search_meaning(library.embedder.embed_query(QUESTIONS[0]), 5)
        except ReglensError as error:
            return [error.problem]
        return []


def disturb(life: Life, step: Step, calm: Tally, kills: int, rng: random.Random, tally: Tally) -> None:
    """Start a step and kill it at a random moment, until it was killed often enough without getting through."""
    before = life.folder / "before"
    if life.library.is_dir():
        shutil.copytree(life.library, before)
    while sum(tally.kills.values()) < kills:
        signed = life.signed()
        process = life.start(step)
        tally.runs += 1
        if rng.random() < 0.25:
            delay = rng.uniform(0.05, calm.seconds)
        else:
            life.wait_until_writing(process)
            delay = rng.uniform(0.0, calm.writing_s)
        try:
            process.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            tally.orphans += kill_and_look(process)
            tally.kills[life.stage(writing=life.signed() != signed)] += 1
            tally.silent += life.complaints()
        else:
            shutil.rmtree(life.library)
            if before.is_dir():
                shutil.copytree(before, life.library)
    shutil.rmtree(before, ignore_errors=True)


def run(folder: Path, kills: int, seed: int, steps: Sequence[Step] = STEPS) -> tuple[dict[str, Tally], list[str]]:
    """All lives; what happened in the disturbed ones, and how they differ from the undisturbed."""
    rng = random.Random(seed)
    files = folder / "files"
    files.mkdir(parents=True)
    write_files(files)
    calm, wild, widowed = (Life(folder / name, files) for name in ("calm", "wild", "widowed"))
    tallies = {step.name: Tally() for step in steps}
    share = sum(step.weight for step in steps)
    found: list[str] = []
    for step in steps:
        if step.change:
            write_files(files, version=2)
        undisturbed = Tally()
        calm.finish(step, undisturbed)
        if step is steps[0]:
            tallies["ingest, its workers killed"] = _widow(widowed, step, undisturbed.seconds, rng)
            found += _compared(calm, widowed, "ingest, its workers killed")
        disturb(wild, step, undisturbed, -(-kills * step.weight // share), rng, tallies[step.name])
        wild.finish(step, tallies[step.name])
        if "--embedding-model" in step.words:
            calm.set_model(step.words[-1])
            wild.set_model(step.words[-1])
        found += _compared(calm, wild, step.name)
    return tallies, found


def _widow(life: Life, step: Step, seconds: float, rng: random.Random) -> Tally:
    """Run a step while its parsing processes are killed, then once undisturbed."""
    tally = Tally(runs=1)
    process = life.start(step)
    tally.workers_killed = kill_workers(process, seconds, rng)
    _, said = process.communicate()
    if process.returncode not in (0, 1):
        raise SystemExit(f"{step.name} did not survive its workers: {said}")
    life.finish(step, tally)
    return tally


def _compared(calm: Life, other: Life, after: str) -> list[str]:
    dim = int(calm.model.removeprefix("hash-"))
    return [f"after {after}: {d}" for d in differences(calm.library, other.library, QUESTIONS, dim=dim)]


def main() -> None:
    """Run, print a table and a line of JSON; exit 1 if anything differs or outlived its parent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a new folder for both libraries, which is not deleted")
    arguments = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        tallies, found = run(arguments.keep or Path(scratch), arguments.kills, arguments.seed)
    print(f"{'step':28} {'runs':>5} {'kills':>6} {'workers':>8} {'outlived':>9}  killed")
    for name, tally in tallies.items():
        stages = "; ".join(f"{count} {stage}" for stage, count in tally.kills.most_common())
        counts = f"{tally.runs:5} {sum(tally.kills.values()):6} {tally.workers_killed:8} {tally.orphans:9}"
        print(f"{name:28} {counts}  {stages}")
    silent = [said for tally in tallies.values() for said in tally.silent]
    for line in [*(f"did not answer: {said}" for said in silent), *found][:50]:
        print(line[:400])
    orphans = sum(tally.orphans for tally in tallies.values())
    print(
        json.dumps(
            {
                "what": "kill_loop",
                "seed": arguments.seed,
                "kills": sum(sum(tally.kills.values()) for tally in tallies.values()),
                "workers_killed": sum(tally.workers_killed for tally in tallies.values()),
                "stages": dict(sum((tally.kills for tally in tallies.values()), Counter())),
                "runs": sum(tally.runs for tally in tallies.values()),
                "outlived_their_parent": orphans,
                "did_not_answer_after_a_kill": len(silent),
                "differences": len(found),
                "seconds": round(time.perf_counter() - began, 1),
                "python": platform.python_version(),
            }
        )
    )
    sys.exit(bool(found or orphans or silent))


if __name__ == "__main__":
    main()
