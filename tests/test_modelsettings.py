"""What the settings file says of a model: its time, its length, its price."""

from pathlib import Path

import pytest

from corpus.errors import ConfigError
from corpus.usage import Usage
from rag.models import load_chat
from rag.modelsettings import ModelSettings, load_model_settings
from rag.printing import usage_in_words
from rag.settings import load_agent_settings


def settings(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    path = folder / "reglens.toml"
    path.write_text(text, "utf-8")
    monkeypatch.setenv("REGLENS_CONFIG", str(path))


def test_a_price_is_read_by_the_models_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(tmp_path, monkeypatch, '[models."openai:gpt-4.1"]\ninput_per_million = 2\noutput_per_million = 8.0\n')
    price = load_model_settings("openai:gpt-4.1")
    assert price.of(Usage(1, 0, 500_000, 250_000)).cost == 3.0
    assert load_model_settings("openai:other") == ModelSettings()


def test_without_a_price_or_a_count_there_is_no_cost() -> None:
    assert ModelSettings(input_per_million=2).of(Usage(1, 0, 10, 10)).cost is None
    assert ModelSettings(input_per_million=2, output_per_million=2).of(Usage(1, 0, None, None)).cost is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[models."a:b"]\ninput = 2\n', r'unknown setting input in \[models."a:b"\]'),
        ('[models."a:b"]\ninput_per_million = -2\n', "input_per_million=-2 is not a price"),
        ('[models."a:b"]\ninput_per_million = "two"\n', "input_per_million='two' is not a price"),
        ('[models]\n"a:b" = 2\n', 'models."a:b" is not a table'),
    ],
)
def test_a_mistake_in_the_settings_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str
) -> None:
    settings(tmp_path, monkeypatch, text)
    with pytest.raises(ConfigError, match=problem):
        load_model_settings("a:b")


def test_the_limits_of_an_agent_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(tmp_path, monkeypatch, "[agent]\nmax_model_calls = 4\n")
    assert load_agent_settings().max_model_calls == 4
    assert load_agent_settings().max_tool_calls == 20


def test_what_a_model_took_is_told_in_words() -> None:
    assert usage_in_words(Usage(2, 3, 1200, 80, 4100.0, 0.0032)) == (
        "2 replies, 3 look-ups, 1,200 tokens read, 80 written, 4.1 s, 0.0032 USD"
    )
    assert usage_in_words(Usage(1, 1, None, None, 500.0)) == "1 reply, 1 look-up, 0.5 s"


def test_a_model_is_given_the_time_and_the_length_that_are_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings(tmp_path, monkeypatch, '[models."openai:local"]\ntimeout_s = 7\nmax_output_tokens = 90\n')
    vendor = load_chat("openai:local", base_url="http://127.0.0.1:1/v1").vendor
    assert (vendor.request_timeout, vendor.max_tokens) == (7, 90)  # type: ignore[attr-defined]


def test_no_time_and_no_length_are_refused() -> None:
    with pytest.raises(ConfigError, match="timeout_s=0"):
        ModelSettings(timeout_s=0)
    with pytest.raises(ConfigError, match="max_output_tokens=0"):
        ModelSettings(max_output_tokens=0)
