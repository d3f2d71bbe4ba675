"""SIGKILL at random moments of real commands; the loop that counts is `python -m benchmarks.kill_loop`."""

from pathlib import Path

import pytest

from benchmarks.kill_loop import STEPS, run

SOME = tuple(step for step in STEPS if step.name in ("ingest", "ingest of changed files"))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_killed_at_random_moments_a_library_is_in_the_end_as_if_it_had_been_left_alone(tmp_path: Path) -> None:
    tallies, differences = run(tmp_path / "lives", kills=5, seed=20260101, steps=SOME)
    assert differences == []
    assert sum(sum(tally.kills.values()) for tally in tallies.values()) >= 5
    assert [said for tally in tallies.values() for said in tally.silent] == []
    assert sum(tally.orphans for tally in tallies.values()) == 0
    assert tallies["ingest, its workers killed"].workers_killed > 0
