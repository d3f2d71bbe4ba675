"""Documents that hang, crash or eat memory, in real processes: they end as a reason, their neighbours do not."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.processes import children_of, is_alive
from corpus.records import ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.sources import Source
from ingest.worker import GivenUp, Limits, parse_all
from tests.bad_files import many_forms
from tests.hard_reading import read, read_long

SETTINGS = ChunkSettings()
ROOT = Path(__file__).parents[1]


def outcomes(tmp_path: Path, *names: str, **limits: float) -> list[str]:
    """What becomes of files of these names: "ok", or the reason."""
    sources = [Source(tmp_path / f"{name}.txt", "txt") for name in names]
    chosen = Limits(**{"seconds": 20.0, "memory_bytes": 1 << 30, "workers": 1, **limits})  # type: ignore[arg-type]
    found = list(parse_all(sources, SETTINGS, chosen, read))
    assert [source for source, _ in found] == sources
    return ["ok" if isinstance(outcome, ParsedDocument) else outcome.problem for _, outcome in found]


def test_a_document_that_crashes_is_named_and_its_neighbours_are_read(tmp_path: Path) -> None:
    names = ("good-1", "crash", "good-2", "abort", "leave", "good-3", "refuse", "fail", "good-4")
    assert outcomes(tmp_path, *names) == [
        "ok",
        "the parser crashed on it (SIGSEGV)",
        "ok",
        "the parser broke off on it (SIGABRT), as it does when it needs more than 1.0 GiB",
        "the parser crashed on it (exit code 3)",
        "ok",
        "it is no good",
        "the parser failed on it (ZeroDivisionError: by nought)",
        "ok",
    ]


def test_the_time_limit_counts_from_the_beginning_of_each_document(tmp_path: Path) -> None:
    names = [f"sleep-0.9-{n}" for n in range(4)]
    assert outcomes(tmp_path, *names, seconds=2.0) == ["ok"] * 4


def test_a_hang_in_c_code_is_ended_and_only_it(tmp_path: Path) -> None:
    began = time.monotonic()
    found = outcomes(tmp_path, "good-1", "hang", "good-2", "sleep-0.5", seconds=2.0, workers=2)
    assert found == ["ok", "reading it took longer than 2 seconds", "ok", "ok"]
    assert time.monotonic() - began < 30


def test_memory_is_limited_for_each_document(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "good-1", "allocate", "good-2")
    assert found == ["ok", "reading it took more than 1.0 GiB of memory", "ok"]


def test_a_pdf_that_makes_the_reader_hang_or_fill_the_memory_is_given_up(tmp_path: Path) -> None:
    many_forms(tmp_path / "forms.pdf", depth=9, width=10)
    source = Source(tmp_path / "forms.pdf", "pdf")
    for limits, reason in (
        (Limits(seconds=1.0, memory_bytes=8 << 30), "reading it took longer than 1 seconds"),
        (Limits(seconds=60.0, memory_bytes=400 << 20), "needs more than 0.4 GiB"),
    ):
        ((_, outcome),) = parse_all([source], SETTINGS, limits)
        assert isinstance(outcome, GivenUp)
        assert reason in outcome.problem


def test_a_document_is_not_blamed_for_a_process_that_was_killed_from_outside(tmp_path: Path) -> None:
    found = outcomes(tmp_path, "once-1", "killed", "once-2")
    assert found == ["ok", "the system or a person killed the process that read it, 5 times", "ok"]


def test_not_much_more_is_read_ahead_than_a_batch(tmp_path: Path) -> None:
    sources = [Source(tmp_path / f"good-{n:02}.txt", "txt") for n in range(12)]
    parsing = parse_all(sources, SETTINGS, Limits(workers=2), read_long)
    next(parsing)
    deadline = time.monotonic() + 20
    while len(list(tmp_path.glob("*.begun"))) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    assert 4 <= len(list(tmp_path.glob("*.begun"))) <= 6  # one taken, three of 800 chunks waiting, up to two in hand
    parsing.close()


def test_a_process_that_cannot_be_started_is_said_so(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from pathlib import Path\n"
        "from ingest.chunks import ChunkSettings\n"
        "from ingest.sources import Source\n"
        "from ingest.worker import Limits, parse_all\n"
        "list(parse_all([Source(Path('x.txt'), 'txt')], ChunkSettings(), Limits()))\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert '`if __name__ == "__main__":`' in done.stderr


INTERRUPTED = """
from pathlib import Path
from ingest.chunks import ChunkSettings
from ingest.sources import Source
from ingest.worker import Limits, parse_all
from tests.hard_reading import read

if __name__ == "__main__":
    sources = [Source(Path(f"interrupts-{n}.txt"), "txt") for n in range(4)]
    print({outcome.problem for _, outcome in parse_all(sources, ChunkSettings(), Limits(workers=2), read)})
"""


def test_no_parsing_process_takes_an_interrupt_from_the_main_thread(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(INTERRUPTED)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(tmp_path / "interrupted.py")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "{'interrupts are blocked'}\n"


PARENT = """
import sys
from pathlib import Path
from ingest.chunks import ChunkSettings
from ingest.sources import Source
from ingest.worker import Limits, parse_all
from tests.hard_reading import read

if __name__ == "__main__":
    sources = [Source(Path(f"sleep-600-{n}.txt"), "txt") for n in range(2)]
    list(parse_all(sources, ChunkSettings(), Limits(workers=2), read))
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_parsing_processes_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, str(tmp_path / "parent.py")], env=environment)
    deadline = time.monotonic() + 30
    while len(children := children_of(parent.pid)) < 3 and time.monotonic() < deadline:  # two, and Python's own tracker
        time.sleep(0.05)
    time.sleep(1.0)  # they have begun to read
    parent.kill()
    parent.wait()
    while any(map(is_alive, children)) and time.monotonic() < deadline + 10:
        time.sleep(0.05)
    assert len(children) >= 3
    assert not any(map(is_alive, children))


WATCHED = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", f"from ingest.process import watch; watch({os.getpid()})"])
print(child.pid, flush=True)
child.wait()
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_where_the_system_does_not_end_them_they_watch_for_it_themselves() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, "-c", WATCHED], env=environment, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(1.0)
    assert is_alive(child)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(child)
