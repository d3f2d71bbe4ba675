"""Several processes and threads on one library: writers wait or are refused, readers see what is new and no error."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus.embedding import HashEmbedder
from corpus.errors import LibraryError
from corpus.library import Library
from rag.retrieve import Retriever
from tests.made_documents import id_of, parsed

ROOT = Path(__file__).parents[1]


def start(script: str, *words: object, **options: Any) -> "subprocess.Popen[str]":
    """Run Python code in another process."""
    command = [sys.executable, "-c", script, *map(str, words)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, **options)


HOLDER = """
import sys, time
from pathlib import Path
from corpus.embedding import HashEmbedder
from corpus.library import Library

with Library(Path(sys.argv[1]), HashEmbedder()).writing():
    print("writing", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def another_writer(library: Library, seconds: float) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the library for writing."""
    process = start(HOLDER, library.folder, seconds)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_writer_is_refused_and_told_who_writes_since_when(empty: Library) -> None:
    with another_writer(empty, 60) as process:
        with pytest.raises(LibraryError) as caught, empty.writing():
            pass
        assert f"(process {process.pid}, since 20" in caught.value.problem
        assert "--wait SECONDS" in caught.value.remedy
        began = time.monotonic()
        with pytest.raises(LibraryError), empty.writing(wait_s=0.5):
            pass
        assert 0.5 <= time.monotonic() - began < 10


def test_a_second_writer_can_wait_and_says_for_whom(empty: Library) -> None:
    said: list[str] = []
    with another_writer(empty, 0.7) as process, empty.writing(wait_s=60, waiting=said.append):
        assert len(said) == 1
        assert f"process {process.pid}" in said[0]


def test_the_lock_of_a_killed_writer_is_free(empty: Library) -> None:
    with another_writer(empty, 60) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with empty.writing():
            pass


WRITER = """
import sys
from pathlib import Path
from corpus.embedding import HashEmbedder
from corpus.library import Library
from tests.made_documents import id_of, parsed

library = Library(Path(sys.argv[1]), HashEmbedder())
for n in range(int(sys.argv[2])):
    with library.writing():
        # each document is in one piece: its title, its page and its chunk say the same number
        library.add([parsed(f"{n:02}", f"Dealer {n} shall be quiet at night.", title=f"Rule {n}", source="a.txt")])
        library.add([parsed(f"b{n:02}", f"Exchange {n} shall be quiet at night.", title=f"Rule {n}")])
"""


def test_a_reader_sees_what_another_process_writes_and_never_an_error_or_half_a_document(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("first", "Lanterns are quiet at night.")])
    reader = Retriever(Library(empty.folder, HashEmbedder()))
    rounds = 12
    writer = start(WRITER, empty.folder, rounds)
    seen: list[int] = []
    searches = 0
    while writer.poll() is None or searches == 0:
        found = reader.search("who shall be quiet at night", 50)
        searches += 1
        for passage in found.passages:
            number = passage.document.title.removeprefix("Rule ")
            assert number in passage.chunk.text or passage.document.title == "A rule"
            assert reader.library.page_map(passage.document.id).text == passage.chunk.text
            assert passage.bm25 is not None
            assert passage.cosine is not None
        dealers = [p for p in found.passages if p.chunk.text.startswith("Dealer")]
        assert len(dealers) <= 1  # one version of that file answers, or for a moment none
        seen.append(len(found.passages))
    writer.communicate()
    assert writer.returncode == 0
    last = reader.search("who shall be quiet at night", 50)
    assert len(last.passages) == 1 + 1 + rounds
    assert searches > 5
    assert len(set(seen)) > 3  # it saw the library grow, without being opened again
    assert sorted(seen) == seen or max(a - b for a, b in pairwise(seen)) <= 1
    assert reader.library.verify() == []


def test_threads_share_a_library_while_one_of_them_writes(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("first", "Lanterns are quiet at night.")])
    errors: list[BaseException] = []
    stop = threading.Event()

    def search(library: Library) -> None:
        try:
            while not stop.is_set():
                found = Retriever(library).search("who is quiet at night", 10)
                assert found.passages
        except BaseException as error:
            errors.append(error)

    own = [Library(empty.folder, HashEmbedder()) for _ in range(2)]
    threads = [threading.Thread(target=search, args=(library,)) for library in (empty, empty, *own)]
    for thread in threads:
        thread.start()
    with empty.writing():
        for n in range(15):
            empty.add([parsed(f"{n:02}", f"Dealer {n} shall be quiet at night.")])
        empty.remove(id_of("03"))
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(own[0].search_meaning(empty.embedder.embed_query("quiet"), 50)) == 15
    assert empty.verify() == []


def test_opening_a_library_does_not_disturb_another_that_is_open(empty: Library, tmp_path: Path) -> None:
    other = Library(tmp_path / "other", HashEmbedder(), create=True)
    for library, text in ((empty, "Quiet hours."), (other, "Lanterns burn.")):
        with library.writing():
            library.add([parsed("a1", text)])
    again = Library(empty.folder, HashEmbedder())
    vector = empty.embedder.embed_query("quiet hours")
    assert [len(library.search_meaning(vector, 5)) for library in (empty, other, again, empty)] == [1, 1, 1, 1]
    other.close()
    assert len(again.search_meaning(vector, 5)) == 1


INGEST = """
import signal
import sys
from pathlib import Path
import reglens
from ingest import worker
from tests import hard_reading

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    worker.parse_all.__defaults__ = (hard_reading.read,)
    sys.argv[0] = "reglens"
    reglens.main()
"""


def test_ctrl_c_ends_an_ingest_with_a_report_and_the_next_goes_on(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    names = ["good-1", "good-2", "sleep-600", "good-3"]
    for n, name in enumerate(names):
        (files / f"{name}.txt").write_text(f"Rule {n}.")
    (tmp_path / "reglens.toml").write_text('[corpus]\nembedding_model = "hash-64"\n')
    script = tmp_path / "interrupted.py"
    script.write_text(INGEST)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "REGLENS_CONFIG": str(tmp_path / "reglens.toml")}
    command = [sys.executable, str(script), "ingest", str(files), "--json", "--library", str(tmp_path / "library")]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    writer = tmp_path / "library" / "writer.json"
    deadline = time.monotonic() + 60
    while not writer.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)  # the third file is being read
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "run it again to go on" in err
    report = json.loads(out)
    done = [*report["new"], *report["unchanged"], *report["replaced"], *report["failed"]]
    assert sorted([*(Path(d["source"]).stem for d in done), *(Path(s).stem for s in report["not_reached"])]) == sorted(
        names
    )
    assert "sleep-600" in [Path(s).stem for s in report["not_reached"]]
    assert report["stopped"]["reason"] == "stopped by you"
