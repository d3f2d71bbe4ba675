"""PDF files: pdfium for text, geometry and pictures; their structure is read in ``pdfstructure.py``.

Why two: docs/decisions/0001-two-pdf-readers.md.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from corpus.records import Page
from ingest.formats.pdfstructure import read_structure
from ingest.layout.printed import RawPage, Rectangle, printed_lines
from ingest.layout.unseen import Ink, unseen
from ingest.readout import Bookmark

if TYPE_CHECKING:
    from PIL.Image import Image

_LETTER = 612.0, 792.0  # points
_WORD = re.compile(r"\S+")
_PRINTERS_MARK = re.compile(r"(?:VerDate)?[A-Z][a-z]{2}.{2,30}Jkt\d")  # white, on all pages of a public printer
_DRAWN_SCALE = 1  # pixels a point, to see whether text is seen
_CONTRAST = 24  # of 255


@dataclass(frozen=True, slots=True)
class RawPdf:
    """What the two readers found in a file.

    Attributes:
        labels: page labels that the file itself declares, one for each page, or empty.
        metadata: title, subject, keywords and the like that are not blank.
        notes: what could not be read, in words for the user.
    """

    pages: tuple[RawPage, ...]
    labels: tuple[str, ...]
    bookmarks: tuple[Bookmark, ...]
    metadata: dict[str, str]
    notes: tuple[str, ...]


def read_pdf(path: Path) -> RawPdf:
    """Read text, geometry and structure of a PDF.

    Raises:
        SourceError: if the file is encrypted, damaged or not a PDF.
    """
    pages, unread = _read_pages(path)
    labels, bookmarks, metadata, notes = read_structure(path, len(pages))
    return RawPdf(pages, labels, bookmarks, metadata, unread + notes)


def _open(path: Path) -> Any:
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        reason = str(error)
        if "password" in reason.lower():
            raise SourceError(
                "the file is encrypted and asks for a password", remedy="save a copy without the password, ingest that"
            ) from error
        raise SourceError(
            f"the file is not a readable PDF ({reason.rstrip('.')})", remedy="download it again and check that it opens"
        ) from error


def _read_pages(path: Path) -> tuple[tuple[RawPage, ...], tuple[str, ...]]:
    """The pages, and what is to be said of those that cannot be read, which are empty, and of hidden text."""
    import pypdfium2 as pdfium

    hidden: dict[int, int] = {}
    with closing(_open(path)) as document:
        pages, unread = [], []
        for index in range(len(document)):
            try:
                page, unseen_chars = _read_page(document, index)
                pages.append(page)
                hidden |= {index + 1: unseen_chars} if unseen_chars else {}
            except pdfium.PdfiumError as error:
                unread.append(f"page {index + 1} cannot be read ({str(error).rstrip('.')})")
                pages.append(RawPage(index + 1, *_LETTER, ()))
    if unread and len(unread) == len(pages):
        raise SourceError(unread[0], remedy="download it again and check that it opens")
    return tuple(pages), (*unread, *_of_hidden(hidden))


def _of_hidden(hidden: dict[int, int]) -> tuple[str, ...]:
    pages = ", ".join(map(str, list(hidden)[:5])) + (" and others" if len(hidden) > 5 else "")
    left_out = f"{sum(hidden.values())} characters that nobody sees were left out on page {pages}"
    return (f"{left_out} (too small, in the colour of the paper or not drawn)",) if hidden else ()


def _read_page(document: Any, index: int) -> tuple[RawPage, int]:
    page = document[index]
    text_page = page.get_textpage()
    width, height = page.get_size()
    glyphs = _PageGlyphs(page, text_page)
    hidden = glyphs.leave_out_unseen()
    found = RawPage(index + 1, width, height, tuple(printed_lines(glyphs)))
    text_page.close()
    page.close()
    return found, hidden


class _PageGlyphs:
    """See :class:`ingest.layout.printed.Glyphs`. Calls pdfium itself: a page asks for thousands of boxes."""

    def __init__(self, page: Any, text_page: Any) -> None:
        import pypdfium2.raw as pdfium_c

        self._page, self._open_page, self._raw = page, text_page, text_page.raw  # the handle lives as long as its page
        self._box_of, self._font_of = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_GetFontInfo
        self._box = pdfium_c.FS_RECTF()
        self._name, self._flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self._fonts: dict[bytes, str] = {}
        self._turned, self._size = page.get_rotation(), page.get_size()
        text = text_page.get_text_range()
        count = text_page.count_chars()
        if len(text) != count:
            codes = (pdfium_c.FPDFText_GetUnicode(self._raw, index) for index in range(count))
            text = "".join(map(_char, codes))
        self.text = text

    def box(self, index: int) -> Rectangle:
        box = self._box
        self._box_of(self._raw, index, box)
        if self._turned:
            return _as_shown((box.left, box.bottom, box.right, box.top), self._turned, *self._size)
        return box.left, box.bottom, box.right, box.top

    def font(self, index: int) -> str:
        self._font_of(self._raw, index, self._name, 128, self._flags)
        name = self._name.value
        if name not in self._fonts:
            self._fonts[name] = name.decode("utf-8", "replace")
        return self._fonts[name]

    def leave_out_unseen(self) -> int:
        """Put blanks in the place of characters that nobody sees; how many there were, a printer's marks aside."""
        hidden = set(unseen(self._inks(), self._shows))
        words = "".join(self.text[index] for index in sorted(hidden))
        self.text = "".join(" " if index in hidden else char for index, char in enumerate(self.text))
        return 0 if _PRINTERS_MARK.match(words) else len(hidden)

    def _inks(self) -> Iterator[tuple[int, Ink]]:
        """Characters that may be unseen: those at the beginning of a word, to save time."""
        import pypdfium2.raw as pdfium_c

        object_of, address_of = pdfium_c.FPDFText_GetTextObject, ctypes.addressof
        current, drawn = 0, None
        for word in _WORD.finditer(self.text):
            for index in range(*word.span()):
                found = object_of(self._raw, index)
                address = address_of(found.contents) if found else 0
                if address != current:
                    current, drawn = address, self._ink(index, found) if address else None
                if drawn is not None and not drawn.doubtful:
                    break
                if drawn is not None:
                    yield index, drawn

    def _ink(self, index: int, text_object: Any) -> Ink:
        import pypdfium2.raw as pdfium_c

        matrix = pdfium_c.FS_MATRIX()
        red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
        size = pdfium_c.FPDFText_GetFontSize(self._raw, index)
        pdfium_c.FPDFText_GetMatrix(self._raw, index, matrix)
        painted = pdfium_c.FPDFPageObj_GetFillColor(text_object, red, green, blue, opacity)
        colour = (red.value, green.value, blue.value, opacity.value) if painted else (0, 0, 0, 255)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(text_object)
        return Ink(abs(size) * math.hypot(matrix.c, matrix.d), colour, mode)

    def _shows(self, index: int) -> bool:
        """Whether the drawn page shows more than one colour in a character's box."""
        left, bottom, right, top = self.box(index)
        height = self._drawn.height
        low_x, high_x = math.floor(left * _DRAWN_SCALE), math.ceil(right * _DRAWN_SCALE)
        low_y, high_y = math.floor(height - top * _DRAWN_SCALE), math.ceil(height - bottom * _DRAWN_SCALE)
        if high_x <= low_x or high_y <= low_y:
            return True  # some fonts state no size: nothing can be said
        extremes: Any = self._drawn.crop((low_x, low_y, high_x, high_y)).getextrema()
        return bool(extremes[1] - extremes[0] >= _CONTRAST)

    @cached_property
    def _drawn(self) -> "Image":
        picture: Image = self._page.render(scale=_DRAWN_SCALE, grayscale=True).to_pil()
        return picture


def _char(code: int) -> str:
    """A character of its own for each code: a blank for none, and for half a character."""
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "


def _as_shown(box: Rectangle, turned: int, width: float, height: float) -> Rectangle:
    """A box of a page that is shown turned clockwise by 90, 180 or 270 degrees; its size is that shown."""
    left, bottom, right, top = box
    if turned == 90:
        return bottom, height - right, top, height - left
    if turned == 180:
        return width - right, height - top, width - left, height - bottom
    return width - top, left, width - bottom, right


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as fractions (0 to 1) of its width and height, from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def quote_boxes(path: Path, page_number: int, runs: tuple[tuple[int, int], ...], start: int, end: int) -> list[Box]:
    """Where ``page.text[start:end]`` is printed: one box for each line, or cell of a table.

    Args:
        path: the PDF.
        page_number: physical, from 1.
        runs: ``Page.runs`` of that page.
        start: offset into the page's stored text.
        end: one past the last character.

    Raises:
        SourceError: if the file can no longer be read.
    """
    with closing(_open(path)) as document:
        page = document[page_number - 1]
        glyphs = _PageGlyphs(page, page.get_textpage())
        width, height = page.get_size()
        boxes: list[Box] = []
        for low, high in _char_spans(runs, start, end):
            drawn = [glyphs.box(index) for index in range(low, high)]
            drawn = [box for box in drawn if box[2] > box[0]]
            if drawn:
                left, right = min(b[0] for b in drawn), max(b[2] for b in drawn)
                bottom, top = min(b[1] for b in drawn), max(b[3] for b in drawn)
                boxes.append(Box(left / width, 1 - top / height, right / width, 1 - bottom / height))
        return boxes


def word_boxes(page: Page, start: int, end: int) -> list[Box]:
    """Where ``page.text[start:end]`` stands on a page that was read by OCR: one box for each line, of whole words."""
    boxes = []
    for low, high in _char_spans(page.runs, start, end):
        words = [box for first, last, *box in page.words if first < high and last > low]
        if words:
            lefts, tops, rights, bottoms = zip(*words, strict=True)
            boxes.append(Box(min(lefts), min(tops), max(rights), max(bottoms)))
    return boxes


def picture_share(path: Path, page_number: int) -> float:
    """Share (0 to 1) of a page that its largest image covers.

    Raises:
        SourceError: if the file can no longer be read.
    """
    import pypdfium2.raw as pdfium_c

    with closing(_open(path)) as document:
        page = document[page_number - 1]
        width, height = page.get_size()
        bounds = [image.get_bounds() for image in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,))]
        areas = [(right - left) * (top - bottom) for left, bottom, right, top in bounds]
        return float(min(max(areas, default=0.0) / (width * height), 1.0))


def _char_spans(runs: tuple[tuple[int, int], ...], start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    ends = [offset for offset, _ in runs[1:]] + [end]
    for (offset, char), stop in zip(runs, ends, strict=False):
        low, high = max(offset, start), min(stop, end)
        if low < high:
            spans.append((char + low - offset, char + high - offset))
    return spans


def draw_page(path: Path, page_number: int, *, width_pixels: int) -> "Image":
    """A picture of one page.

    Raises:
        SourceError: if the file can no longer be read.
    """
    with closing(_open(path)) as document:
        page = document[page_number - 1]
        picture: Image = page.render(scale=width_pixels / page.get_width()).to_pil()
        return picture
