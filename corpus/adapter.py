"""What the taught question encoder differs in from the model it was taught from.

The file holds, for every weight matrix that training moved, the difference from the base
model, a row at a time: int8 numbers and one float32 scale a row. Added to the base they give
questions' vectors whose cosine with those of the trained model is at least 0.999.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from corpus.models import DEFAULT_EMBEDDER, sha256_of

_SCALE = ".scale"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A shipped adapter.

    Attributes:
        base: name of the model that it changes.
        path: of its safetensors file.
    """

    name: str
    base: str
    path: Path
    sha256: str
    licence: str


QUESTION_ADAPTER = Adapter(
    name="regulation-questions-1",
    base=DEFAULT_EMBEDDER.name,
    path=Path(str(files("corpus.models") / "regulation_questions" / "adapter.safetensors")),
    sha256="955d0ba8f72a57e5e05a692a11375b4986c2552900888532e54b7e8d51241bfd",
    licence="Apache-2.0",
)


def differences(base: Mapping[str, Any], taught: Mapping[str, Any]) -> dict[str, NDArray[np.generic]]:
    """What an adapter file holds: for each weight that moved its int8 steps and, under ``NAME.scale``, their size.

    Args:
        base: weights of the base model by name, as torch tensors.
        taught: the same of the trained one.
    """
    found: dict[str, NDArray[np.generic]] = {}
    for name, weight in base.items():
        moved = (taught[name] - weight).float().numpy()
        if not np.any(moved):
            continue
        rows = moved.reshape(moved.shape[0], -1) if moved.ndim > 1 else moved.reshape(1, -1)
        scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12).astype(np.float32) / 127
        found[name] = np.round(rows / scale).astype(np.int8).reshape(moved.shape)
        found[name + _SCALE] = scale.reshape(-1)
    return found


def apply(adapter: Adapter, model: Any) -> None:
    """Add an adapter's differences to the weights of a torch module, in place.

    Raises:
        ModelError: if the file is not the published one.
    """
    from safetensors.numpy import load_file

    found = sha256_of(adapter.path) if adapter.path.is_file() else "no file"
    if found != adapter.sha256:
        raise ModelError(
            f"{adapter.path} is not the published {adapter.name}: {found[:12]}…, expected {adapter.sha256[:12]}…",
            remedy='install reglens again, or set question_model = "plain" in [corpus]',
        )
    stored = load_file(adapter.path)
    weights = model.state_dict()
    for name, steps in stored.items():
        if not name.endswith(_SCALE):
            rows = steps.reshape(stored[name + _SCALE].shape[0], -1).astype(np.float32)
            moved = (rows * stored[name + _SCALE][:, None]).reshape(steps.shape)
            weights[name].add_(weights[name].new_tensor(moved))
