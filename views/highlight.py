"""The quoted words, marked: on a picture of the page, or in its text. Pure: no Streamlit, no files."""

from collections.abc import Sequence
from html import escape

from PIL import Image, ImageChops, ImageDraw

from ingest.formats.pdf import Box

_YELLOW = (255, 232, 92)
_PAD = 0.0015  # of the page's width and height, so that the edges of letters are covered


def highlight(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """The picture with a yellow rectangle on every box, as a marker pen would: white becomes yellow, black stays.

    Args:
        picture: of a page, any size.
        boxes: fractions of the page.

    Returns:
        A new RGB picture of the same size.
    """
    base = picture.convert("RGB")
    layer = Image.new("RGB", base.size, (255, 255, 255))
    draw = ImageDraw.Draw(layer)
    for box in boxes:
        left, top = (box.left - _PAD) * base.width, (box.top - _PAD) * base.height
        right, bottom = (box.right + _PAD) * base.width, (box.bottom + _PAD) * base.height
        draw.rectangle((left, top, right, bottom), fill=_YELLOW)
    return ImageChops.multiply(base, layer)


def mark() -> Image.Image:
    """The page's icon: two lines of text, one of them marked. Drawn, because a named icon would be downloaded."""
    icon = Image.new("RGBA", (64, 64), (31, 90, 140, 255))
    draw = ImageDraw.Draw(icon)
    draw.rectangle((12, 16, 52, 26), fill="white")
    draw.rectangle((12, 36, 40, 48), fill=_YELLOW)
    return icon


def marked_text(text: str, start: int, end: int, *, around: int) -> str:
    """HTML that shows part of a text with ``text[start:end]`` marked; every character of the text is escaped.

    Args:
        text: of a page.
        start: offset of the quote.
        end: one past its last character.
        around: characters shown before and after the quote; cut at white space.
    """
    low, high = _window(text, start, end, around)
    before, quote, after = escape(text[low:start]), escape(text[start:end]), escape(text[end:high])
    lead, trail = "… " if low > 0 else "", " …" if high < len(text) else ""
    return (
        '<div style="max-width: 46rem; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55">'
        f'{lead}{before}<mark style="background: #ffe352; color: #111">{quote}</mark>{after}{trail}</div>'
    )


def _window(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    low, high = max(start - around, 0), min(end + around, len(text))
    while 0 < low < start and not text[low - 1].isspace():
        low += 1
    while end < high < len(text) and not text[high].isspace():
        high -= 1
    return low, high
