from pathlib import Path

import pytest

from corpus.errors import ConfigError
from ingest.settings import IngestSettings, load_ingest_settings


def test_limits_and_chunks_come_from_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "reglens.toml"
    config.write_text("[ingest]\nmax_chars = 700\nseconds_per_document = 45\nmemory_mib = 2048\nworkers = 3\n")
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    settings = load_ingest_settings()
    assert settings.chunks.max_chars == 700
    assert (settings.limits.seconds, settings.limits.memory_bytes, settings.limits.workers) == (45, 2 << 30, 3)


def test_limits_are_no_part_of_what_the_library_was_cut_with() -> None:
    assert IngestSettings(seconds_per_document=1).chunks.fingerprint == IngestSettings().chunks.fingerprint


@pytest.mark.parametrize(
    "value", [{"max_chars": 10}, {"seconds_per_document": 0}, {"workers": -1}, {"memory_mib": 100}]
)
def test_what_cannot_be_used_is_refused(value: dict[str, int]) -> None:
    with pytest.raises(ConfigError):
        IngestSettings(**value)
