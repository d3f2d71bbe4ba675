"""Words and their places on a picture of a page, by RapidOCR. No other file knows it.

An option: `python -m pip install 'reglens[ocr]'`. Its models come inside the package and nothing
is downloaded. Why this one: docs/decisions/0007-ocr.md.
"""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import ConfigError, SourceError
from corpus.models import sha256_of

if TYPE_CHECKING:
    from PIL.Image import Image

_MODELS = {
    "PP-OCRv6_det_small.onnx": "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    "PP-OCRv6_rec_small.onnx": "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    "ch_ppocr_mobile_v2.0_cls_mobile.onnx": "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
}
"""The models of PaddleOCR (Apache-2.0) that RapidOCR 3.10 loads, and their sha256.

They are checked first, because RapidOCR would download one that is missing or not what it should be.
"""
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
    return find_spec("rapidocr") is not None


def name() -> str:
    """The program and its version, for the note on a document that it read."""
    try:
        return f"RapidOCR {version('rapidocr')}"
    except PackageNotFoundError:
        return "RapidOCR"


class PictureReader:
    """Loads the models once.

    Raises:
        SourceError: if one of them is not what it should be.
    """

    def __init__(self) -> None:
        import rapidocr

        folder = Path(rapidocr.__file__).parent / "models"
        for name, sha256 in _MODELS.items():
            if not (folder / name).is_file() or sha256_of(folder / name) != sha256:
                raise SourceError(
                    f"the OCR model {name} is missing or not the published one",
                    remedy="run `python -m pip install --force-reinstall --no-deps 'rapidocr>=3.10,<3.11'`",
                )
        params = {"Global.log_level": "critical", "Global.use_cls": False, "Global.return_word_box": True}
        self._engine: Any = rapidocr.RapidOCR(params=params)

    def lines(self, picture: "Image") -> list[list[Word]]:
        """The words of each printed line, lines in no order."""
        import numpy as np

        array = np.asarray(picture.convert("RGB"))[:, :, ::-1]  # it wants blue, green, red
        found = self._engine(array)
        if not found.txts:  # then `word_results` is no list of lines
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
