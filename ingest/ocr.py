"""Words and their places on a picture of a page, by RapidOCR. No other file knows it.

An option: `python -m pip install 'reglens[ocr]'`. Its models come inside the package and nothing
is downloaded. Why this one: docs/decisions/0007-ocr.md.
"""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from corpus.errors import ConfigError, SourceError

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "install OCR with `python -m pip install 'reglens[ocr]'`"


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrSettings:
    """Table ``[ocr]`` of the settings file.

    Attributes:
        dpi: of the picture that is read, dots per inch.
        seconds: that the pictures of one document may take.

    Raises:
        ConfigError: on a value that is out of range.
    """

    dpi: int = 200
    seconds: float = 240.0

    def __post_init__(self) -> None:
        if not 72 <= self.dpi <= 600 or self.seconds <= 0:
            raise ConfigError(f"dpi={self.dpi}, seconds={self.seconds} cannot be used", remedy="use 200 and 240")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read; its box as fractions (0 to 1) of the picture's width and height, from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def is_installed() -> bool:
    """Whether pictures can be read."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def name() -> str:
    """The program and its version, for the note on a document that it read."""
    try:
        return f"RapidOCR {version('rapidocr')}"
    except PackageNotFoundError:
        return "RapidOCR"


class PictureReader:
    """Loads the models once.

    Raises:
        SourceError: if they cannot be loaded.
    """

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        params = {"Global.log_level": "critical", "Global.use_cls": False, "Global.return_word_box": True}
        try:
            self._engine: Any = RapidOCR(params=params)
        except (OSError, ValueError, RuntimeError) as error:  # a model file that is missing, or changed
            raise SourceError(f"OCR cannot be started ({error})", remedy=f"{INSTALL} again") from error

    def lines(self, picture: "Image") -> list[list[Word]]:
        """The words of each printed line, lines in no order."""
        import numpy as np

        array = np.asarray(picture.convert("RGB"))[:, :, ::-1]  # it wants blue, green, red
        found = self._engine(array)
        if found.word_results is None:
            return []
        width, height = picture.size
        return [
            [_word(text, box, width, height) for text, _, box in line if text.strip()] for line in found.word_results
        ]


def _word(text: str, box: list[list[float]], width: int, height: int) -> Word:
    across, down = [x for x, _ in box], [y for _, y in box]
    return Word(
        text.strip(),
        max(min(across) / width, 0.0), max(min(down) / height, 0.0),
        min(max(across) / width, 1.0), min(max(down) / height, 1.0),
    )  # fmt: skip
