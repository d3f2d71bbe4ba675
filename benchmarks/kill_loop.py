"""Kill reglens at random moments, again and again; is the library the same as one that was left alone?

    python -m benchmarks.kill_loop [--kills 60] [--seed 1] [--keep FOLDER]

Two libraries go through the same life: an ingest of small files (text, PDF, and some that
cannot be read), an ingest after half of them changed, two removals, `rebuild`, `rebuild` with
another embedding model, `reread` and `compact`. Before each step of the second library its
command is killed (SIGKILL) at a random moment within the time that the step took in the first
(every fourth time at any moment, else once it has begun to write), and started again, until
that step has had its share of kills; then it runs once undisturbed. A command that gets through
before it is killed is undone, and the step begun anew. After each kill the processes that the
command had started must be gone. A third library is ingested while its parsing processes are
killed, then once more. A table is printed, then one line of JSON.
"""

import argparse
import json
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.library_state import differences
from corpus.catalog import INDEXING, REMOVING, RESTORING, Catalog
from corpus.indexes import Indexes

QUESTIONS = ("quiet dealers at night", "rule 7 of the exchange", "who must publish quotations", "section 11Ac1-5")
_ORPHAN_S = 5.0


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
    """

    seconds: float = 0.0
    writing_s: float = 0.0
    runs: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    workers_killed: int = 0
    orphans: int = 0


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
        catalog = Catalog(self.library / "catalog.sqlite")
        try:
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
            return "while files were read, or between batches" if writing else "while it started"
        finally:
            catalog.close()


def write_files(folder: Path, version: int = 1) -> None:
    """Sixteen small texts, two PDFs, and files that cannot be read; with ``version`` 2, half are changed."""
    for number in range(16):
        changed = f" As amended {version} times." if version > 1 and number % 2 else ""
        text = f"Rule {number} of the exchange.{changed} " + " ".join(
            f"Dealer {number}-{n} shall be quiet at night under section 11Ac1-{n}.\n\n" for n in range(60)
        )
        (folder / f"rule-{number:02}.txt").write_text(text)
    (folder / "twin.txt").write_bytes((folder / "rule-00.txt").read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\0\1\2")
    (folder / "mislabelled.pdf").write_bytes(b"PK\3\4 this is a zip")
    for number in range(2):
        _draw_pdf(folder / f"quotations-{number}.pdf", f"Who must publish quotations, part {number}.", pages=12)


def _draw_pdf(path: Path, text: str, *, pages: int) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    for page in range(pages):
        for line in range(40):
            canvas.drawString(
                72, 740 - 16 * line, f"{text} Page {page}, line {line}: an exchange publishes quotations."
            )
        canvas.showPage()
    canvas.save()


def children_of(pid: int) -> list[int]:
    """Processes that a process has started, and theirs."""
    found: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in tasks.read_text().split()]
    return found + [grandchild for child in found for grandchild in children_of(child)]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet waited for does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    return False


def kill_and_look(process: "subprocess.Popen[str]") -> int:
    """Kill a process; how many of those that it had started are still there some seconds later."""
    children = children_of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    deadline = time.monotonic() + _ORPHAN_S
    while (left := sum(map(is_alive, children))) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def kill_workers(process: "subprocess.Popen[str]", seconds: float, rng: random.Random) -> int:
    """Kill parsing processes of a running command at random moments until it ends; how many."""
    killed = 0
    while process.poll() is None:
        time.sleep(rng.uniform(0.05, seconds / 8))
        for child in children_of(process.pid):
            with suppress(OSError):
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes() and rng.random() < 0.5:
                    os.kill(child, signal.SIGKILL)
                    killed += 1
    return killed


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
    for difference in found[:50]:
        print(difference[:400])
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
                "differences": len(found),
                "seconds": round(time.perf_counter() - began, 1),
                "python": platform.python_version(),
            }
        )
    )
    sys.exit(bool(found or orphans))


if __name__ == "__main__":
    main()
