"""What becomes of an ingest on a disk that takes no more? Tried on a small file system of every size.

    python -m benchmarks.disk_full [--from 1] [--step 1] [--until 40]    (MiB; needs root on Linux, to mount)

For each size, the same files as in `kill_loop` are ingested into a library on a new tmpfs.
If that stops, the command must have said so with a remedy and ended with 1 or 2; the library, if
it was made, must still open and answer. Then the file system grows, the same command runs once
more, and the library must equal one that never lacked space. A table is printed, then one line of JSON.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.library_state import differences
from benchmarks.rule_files import QUESTIONS, write_files

DIM = 64


@dataclass(frozen=True, slots=True)
class Trial:
    """What happened on one size of disk.

    Attributes:
        code: with which the first run ended.
        said: its first line of complaint, or "".
        faults: what should not be; empty when all is well.
    """

    mebibytes: float
    code: int
    said: str
    faults: tuple[str, ...]


@contextmanager
def small_disk(folder: Path, mebibytes: float) -> Iterator[None]:
    """A tmpfs of a size on ``folder``.

    Raises:
        subprocess.CalledProcessError: where it may not be mounted.
    """
    folder.mkdir(exist_ok=True)
    size = f"size={int(mebibytes * 1024)}k"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def grow(folder: Path, mebibytes: float) -> None:
    """Make a small disk larger."""
    size = f"remount,size={int(mebibytes * 1024)}k"
    subprocess.run(["mount", "-o", size, str(folder)], check=True, capture_output=True)


def reglens(library: Path, config: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command on a library."""
    environment = os.environ | {"REGLENS_CONFIG": str(config)}
    command = [sys.executable, "-m", "reglens", *words, "--library", str(library)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def attempt(scratch: Path, files: Path, reference: Path, config: Path, mebibytes: float) -> Trial:
    """Ingest on a disk of this size, look at what is left, then let it grow and go on."""
    disk = scratch / "disk"
    faults: list[str] = []
    with small_disk(disk, mebibytes):
        library = disk / "library"
        first = reglens(library, config, "ingest", str(files))
        said = complaint(first.stderr)
        if "Traceback" in first.stderr or first.returncode not in (1, 2):
            faults.append(f"ended with {first.returncode}: {first.stderr[-300:]}")
        if (library / "catalog.sqlite").is_file() and first.returncode == 1:
            for words in (("search", QUESTIONS[0]), ("verify",), ("list",)):
                done = reglens(library, config, *words)
                if "Traceback" in done.stderr or done.returncode > 1:
                    faults.append(f"{words[0]} ended with {done.returncode}: {done.stderr[-300:]}")
        grow(disk, mebibytes + 300)
        second = reglens(library, config, "ingest", str(files))
        if second.returncode != 1 or "takes no more" in second.stderr:  # 1: some of the files cannot be read
            faults.append(f"after it grew, it ended with {second.returncode}: {second.stderr[-300:]}")
        else:
            faults += differences(reference, library, QUESTIONS, dim=DIM)
    return Trial(mebibytes, first.returncode, said, tuple(faults))


def complaint(stderr: str) -> str:
    """The line in which a command says why it ended."""
    return next((line for line in stderr.splitlines() if line.startswith("reglens: ")), "")


def main() -> None:
    """Try every size; exit 1 if anything is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="low", type=float, default=0.5)
    parser.add_argument("--step", type=float, default=0.5)
    parser.add_argument("--until", type=float, default=40)
    arguments = parser.parse_args()
    trials: list[Trial] = []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        files, config = scratch / "files", scratch / "reglens.toml"
        files.mkdir()
        write_files(files)
        config.write_text(f'[corpus]\nembedding_model = "hash-{DIM}"\n')
        reglens(scratch / "reference", config, "ingest", str(files))
        size = arguments.low
        while size <= arguments.until:
            trial = attempt(scratch, files, scratch / "reference", config, size)
            trials.append(trial)
            print(f"{size:6.1f} MiB  {trial.code}  {trial.said[:90]}", *trial.faults[:4], sep="\n    ", flush=True)
            size += arguments.step
            if not trial.said:
                break
    stopped = sum(bool(trial.said) for trial in trials)
    faults = sum(len(trial.faults) for trial in trials)
    print(json.dumps({"what": "disk_full", "sizes": len(trials), "stopped_for_space": stopped, "faults": faults}))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
