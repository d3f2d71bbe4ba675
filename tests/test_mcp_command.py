"""What `reglens mcp` refuses, and how its answers are kept small; the server itself is tested in test_mcp.py."""

import pytest

import reglens
from corpus.errors import ConfigError
from rag.mcp_command import http_place
from rag.serving import fitted
from tests.calling import RUN


def test_without_the_sdk_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.mcp_command.find_spec", lambda _: None)
    result = RUN.invoke(reglens.app, ["mcp"])
    assert isinstance(result.exception, ConfigError)
    assert result.exception.remedy == "pip install 'reglens[mcp]'"
    assert result.stdout == ""


def test_http_stays_on_this_machine_unless_told_otherwise() -> None:
    assert http_place("127.0.0.1:8765", any_host=False) == ("127.0.0.1", 8765)
    assert http_place("[::1]:8765", any_host=False) == ("::1", 8765)
    assert http_place("0.0.0.0:8765", any_host=True) == ("0.0.0.0", 8765)
    for text, problem in [
        ("0.0.0.0:8765", "whoever reaches it may read"),
        ("example.org:80", "whoever reaches it may read"),
        ("8765", "is no address"),
        ("127.0.0.1:0", "is no address"),
        ("127.0.0.1:http", "is no address"),
    ]:
        with pytest.raises(ConfigError, match=problem):
            http_place(text, any_host=False)


def test_what_does_not_fit_is_counted() -> None:
    result = {"head": "x", "rows": ["a" * 40, "b" * 40, "c" * 40], "sections": ["d" * 10, "e" * 10]}
    assert fitted(result, "rows", "sections", most_chars=130) == {
        "head": "x",
        "rows": ["a" * 40, "b" * 40],
        "sections": [],
        "left_out": {"rows": 1, "sections": 2},
    }
    huge = fitted({"rows": ["a" * 900, "b"]}, "rows", most_chars=100)
    assert huge == {"rows": ["a" * 900], "left_out": {"rows": 1}}
    small = fitted({"rows": ["a"], "sections": ["b"]}, "rows", "sections", most_chars=100)
    assert small["left_out"] == {"rows": 0, "sections": 0}
