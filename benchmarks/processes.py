"""Processes and their memory, looked up in /proc (Linux), and killing them."""

import os
import random
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_SAMPLE_S = 0.25
_ORPHAN_S = 5.0
_MOST_WORKERS = 9  # ingest.worker gives up after ten starts


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
    """Kill parsing processes of a running command at random moments until it ends; how many.

    Never so many that a command gives up because its processes do not live to start.
    """
    killed = 0
    while process.poll() is None:
        time.sleep(rng.uniform(0.05, seconds / 8))
        for child in children_of(process.pid):
            if killed == _MOST_WORKERS:
                break
            with suppress(OSError):
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes() and rng.random() < 0.5:
                    os.kill(child, signal.SIGKILL)
                    killed += 1
    return killed


@dataclass
class Memory:
    """Peaks of resident memory in bytes, sampled in a thread until :meth:`stop`.

    Attributes:
        parent: of this process.
        workers: of all its children together.
        worker: of the largest of them.
    """

    parent: int = 0
    workers: int = 0
    worker: int = 0
    _stopped: threading.Event = field(default_factory=threading.Event)

    def start(self, pid: int) -> None:
        """Begin to sample a process and its children."""
        threading.Thread(target=self._sample, args=(pid,), daemon=True).start()

    def stop(self) -> None:
        """Sample no more."""
        self._stopped.set()

    def _sample(self, pid: int) -> None:
        while not self._stopped.wait(_SAMPLE_S):
            sizes = [resident(child) for child in children_of(pid)]
            self.parent = max(self.parent, resident(pid))
            self.workers = max(self.workers, sum(sizes))
            self.worker = max([self.worker, *sizes])


def resident(pid: int) -> int:
    """Resident memory of a process in bytes; 0 when it is gone."""
    with suppress(OSError, StopIteration, ValueError):
        status = Path(f"/proc/{pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) << 10
    return 0
