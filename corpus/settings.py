"""Every number that changes what is stored or answered, and where the settings come from."""

import hashlib
import json
import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from corpus.errors import ConfigError

S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusSettings:
    """Table ``[corpus]`` of the settings file.

    Attributes:
        embedding_model: ``"default"`` (comes with the package), a folder, or the name of a
            sentence-transformers model on the Hugging Face hub. A hub model is downloaded
            by sentence-transformers, and only when it is named here.
        question_model: ``"default"`` reads questions with the encoder that was taught on
            regulation, where the library was built with the default model; ``"plain"`` reads
            them with the library's own model.
        precision: ``"auto"`` takes bfloat16 where the processor computes it natively and
            float32 elsewhere; or name one.
        batch_size: texts embedded at once.

    Raises:
        ConfigError: on a value that is out of range.
    """

    embedding_model: str = "default"
    question_model: str = "default"
    precision: str = "auto"
    batch_size: int = 32

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ConfigError(f"precision={self.precision!r} is unknown", remedy=f"use one of: {', '.join(PRECISIONS)}")
        if self.question_model not in QUESTION_MODELS:
            raise ConfigError(
                f"question_model={self.question_model!r} is unknown", remedy=f"use one of: {', '.join(QUESTION_MODELS)}"
            )
        if self.batch_size < 1:
            raise ConfigError(f"batch_size={self.batch_size} is below 1", remedy="use 32")


QUESTION_MODELS = ("default", "plain")
PRECISIONS = ("auto", "float32", "bfloat16")


def load_settings(path: Path | None, table: str, settings_class: type[S], *, inner: str | None = None) -> S:
    """Read ``[table]`` of a TOML file over the defaults of ``settings_class``.

    Args:
        path: the file; None means that there is none.
        table: name of the table.
        settings_class: frozen dataclass with a default for every field.
        inner: name of a table within that table, which is read in its place.

    Raises:
        ConfigError: on a file that is missing or not TOML, and on a key that is not a
            setting, so that a typo never passes silently.
    """
    if path is None:
        return settings_class()
    values = _read_toml(path).get(table, {})
    if inner is not None:
        values, table = values.get(inner, {}), f'{table}."{inner}"'
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: {table} is not a table", remedy=f"write [{table}] on a line of its own")
    known = {f.name for f in fields(settings_class)}  # type: ignore[arg-type]
    if unknown := sorted(values.keys() - known):
        raise ConfigError(
            f"{path}: unknown setting {', '.join(unknown)} in [{table}]",
            remedy=f"use one of: {', '.join(sorted(known))}",
        )
    return settings_class(**values)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(
            f"cannot read the settings file {path}: {error.strerror}", remedy="check REGLENS_CONFIG"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}", remedy="mend that line") from error


def settings_file() -> Path | None:
    """The file named by ``REGLENS_CONFIG``, else ``reglens.toml`` in the working folder, else none."""
    if named := os.environ.get("REGLENS_CONFIG"):
        return Path(named)
    here = Path("reglens.toml")
    return here if here.is_file() else None


def library_folder(named: Path | None = None) -> Path:
    """Where the library lies: ``named``, else ``REGLENS_LIBRARY``, else the user's data folder."""
    if named is not None:
        return named
    if from_environment := os.environ.get("REGLENS_LIBRARY"):
        return Path(from_environment)
    return Path(platformdirs.user_data_dir("reglens")) / "library"


def fingerprint(values: dict[str, object]) -> str:
    """Name a set of values by 12 hex digits."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]
