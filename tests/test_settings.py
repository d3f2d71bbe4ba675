from pathlib import Path

import pytest

from corpus.errors import ConfigError, SourceError
from corpus.settings import CorpusSettings, library_folder, load_settings
from ingest.chunks import ChunkSettings
from rag.settings import RagSettings


def test_a_key_that_is_no_setting_is_refused_with_those_that_are(tmp_path: Path) -> None:
    file = tmp_path / "reglens.toml"
    file.write_text("[corpus]\nembeding_model = 'x'\n")
    with pytest.raises(ConfigError, match="unknown setting embeding_model") as caught:
        load_settings(file, "corpus", CorpusSettings)
    assert "embedding_model" in caught.value.remedy


def test_a_table_overrides_the_defaults_it_names(tmp_path: Path) -> None:
    file = tmp_path / "reglens.toml"
    file.write_text("[rag]\nmax_sentences = 2\n[ingest]\nmax_chars = 700\n")
    assert load_settings(file, "rag", RagSettings).answering.max_sentences == 2
    assert load_settings(file, "ingest", ChunkSettings).max_chars == 700
    assert load_settings(None, "ingest", ChunkSettings) == ChunkSettings()


@pytest.mark.parametrize("text", ["[rag\n", "[rag]\nmin_support = 2.0\n", "[rag]\nmeaning_weight = -1.0\n"])
def test_bad_values_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "reglens.toml"
    file.write_text(text)
    with pytest.raises(ConfigError):
        _use(file)


def _use(file: Path) -> None:
    settings = load_settings(file, "rag", RagSettings)
    _ = settings.retrieval, settings.answering


def test_chunk_settings_have_different_fingerprints() -> None:
    assert ChunkSettings().fingerprint != ChunkSettings(max_chars=900).fingerprint
    assert ChunkSettings().fingerprint == ChunkSettings().fingerprint


def test_the_library_lies_where_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path))
    assert library_folder() == tmp_path
    assert library_folder(Path("x")) == Path("x")


def test_errors_survive_the_way_back_from_a_worker() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(SourceError("bad file", remedy="mend it")))
    assert (error.problem, error.remedy, str(error)) == ("bad file", "mend it", "bad file\n  → mend it")
