"""PDF files: pdfium for text, geometry and pictures, pypdf for structure.

Why two: docs/decisions/0001-two-pdf-readers.md.
"""

import ctypes
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from ingest.readout import Bookmark

if TYPE_CHECKING:
    from PIL.Image import Image

_LETTER = 612.0, 792.0  # points
_LINE_END = "\r\n"
_BROKEN_WORD = "\ufffe"  # what pdfium puts where a word was hyphenated at a line's end
_CLEAN = {0x00: " ", 0x02: "-", 0x09: " ", 0xA0: " ", 0xAD: "-", 0xF0B7: "•", 0xF0A7: "•", 0x2028: " "}
_NOTE_START = re.compile(r"(\d{1,4}|\*{1,3}|[†‡])\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page.

    Attributes:
        text: its characters, one for each character of the PDF from ``first_char`` on.
        left, bottom, right, top: in points from the page's lower left corner.
        last_bottom: of its last character; lower than ``bottom`` where the PDF runs two
            printed lines together.
        height: of its characters' boxes in points (the larger of first and last).
        font: name of the font of its first character, "" when it differs from the last's.
        raised: number or mark that stands raised at its beginning ("12"), else "".
        broken: its last word continues in the next line.
    """

    text: str
    first_char: int
    left: float
    bottom: float
    right: float
    top: float
    last_bottom: float
    height: float
    font: str
    raised: str
    broken: bool


@dataclass(frozen=True, slots=True)
class RawPage:
    """Lines of a page in the order of the file; sizes in points."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


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
    labels, bookmarks, metadata, notes = _read_structure(path, len(pages))
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
    """The pages, and what is to be said of those that cannot be read, which are empty."""
    import pypdfium2 as pdfium

    document = _open(path)
    try:
        pages, unread = [], []
        for index in range(len(document)):
            try:
                pages.append(_read_page(document, index))
            except pdfium.PdfiumError as error:
                unread.append(f"page {index + 1} cannot be read ({str(error).rstrip('.')})")
                pages.append(RawPage(index + 1, *_LETTER, ()))
    finally:
        document.close()
    if unread and len(unread) == len(pages):
        raise SourceError(unread[0], remedy="download it again and check that it opens")
    return tuple(pages), tuple(unread)


def _read_page(document: Any, index: int) -> RawPage:
    page = document[index]
    text_page = page.get_textpage()
    width, height = page.get_size()
    found = RawPage(index + 1, width, height, tuple(_lines(text_page)))
    text_page.close()
    page.close()
    return found


def _lines(text_page: Any) -> list[Line]:
    text = text_page.get_text_range()
    if len(text) != text_page.count_chars():
        text = "".join(_char(text_page, index) for index in range(text_page.count_chars()))
    lines: list[Line] = []
    start = 0
    for printed in re.split(f"{_LINE_END}|{_BROKEN_WORD}", text):
        end = start + len(printed)
        broken = text[end : end + 1] == _BROKEN_WORD
        if printed.strip():
            lines.append(_line(text_page, printed, start, broken=broken))
        start = end + (1 if broken else len(_LINE_END))
    return lines


def _char(text_page: Any, index: int) -> str:
    import pypdfium2.raw as pdfium_c

    code = pdfium_c.FPDFText_GetUnicode(text_page.raw, index)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "  # no half characters


def _line(text_page: Any, printed: str, start: int, *, broken: bool) -> Line:
    text = printed.translate(_CLEAN)
    first = start + len(text) - len(text.lstrip())
    text = text.strip()
    last = first + len(text) - 1
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    _, last_bottom, right, last_top = text_page.get_charbox(last, loose=True)
    raised = _raised(text_page, text, first, top - bottom)
    font, last_font = _font(text_page, first), _font(text_page, last)
    return Line(
        text, first, left, bottom, right, top, last_bottom,
        height=max(top - bottom, last_top - last_bottom),
        font=font if font == last_font else "",
        raised=raised, broken=broken,
    )  # fmt: skip


def _raised(text_page: Any, text: str, first: int, height: float) -> str:
    """The footnote number at the beginning of a line: smaller than the letter after it."""
    match = _NOTE_START.match(text)
    if not match:
        return ""
    _, bottom, _, top = text_page.get_charbox(first + match.end(), loose=True)
    return match[1] if height < 0.85 * (top - bottom) else ""


def _font(text_page: Any, index: int) -> str:
    import pypdfium2.raw as pdfium_c

    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page.raw, index, name, 128, flags)
    return name.value.decode("utf-8", "replace")


def _read_structure(
    path: Path, page_count: int
) -> tuple[tuple[str, ...], tuple[Bookmark, ...], dict[str, str], tuple[str, ...]]:
    """Labels, bookmarks and metadata by pypdf; what it cannot read is said, and reading goes on without."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # one such file writes thousands of lines
    notes: list[str] = []
    labels: tuple[str, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    metadata: dict[str, str] = {}
    try:
        reader = PdfReader(path)
        root = reader.root_object
        labels = tuple(reader.page_labels) if "/PageLabels" in root else ()
        bookmarks = tuple(_bookmarks(reader, reader.outline, 1)) if "/Outlines" in root else ()
        found: dict[Any, Any] = dict(reader.metadata or {})
        metadata = {str(k).lstrip("/").lower(): str(v).strip() for k, v in found.items() if str(v).strip()}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        # pypdf reports malformed structure with all of these; the text has been read by pdfium.
        notes.append(f"bookmarks and page labels could not be read ({type(error).__name__}: {str(error)[:120]})")
    if labels and len(labels) != page_count:
        notes.append(f"the file declares {len(labels)} page labels for {page_count} pages; they are not used")
        labels = ()
    return labels, bookmarks, metadata, tuple(notes)


def _bookmarks(reader: Any, entries: list[Any], level: int) -> list[Bookmark]:
    found: list[Bookmark] = []
    for entry in entries:
        if isinstance(entry, list):
            found += _bookmarks(reader, entry, level + 1)
        else:
            index = reader.get_destination_page_number(entry)
            title = " ".join(str(entry.title).split())
            if index is not None and index >= 0 and title:
                found.append(Bookmark(title, level, index + 1))
    return found


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as fractions (0 to 1) of its width and height, from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def quote_boxes(path: Path, page_number: int, runs: tuple[tuple[int, int], ...], start: int, end: int) -> list[Box]:
    """Where ``page.text[start:end]`` is printed: one box for each line.

    Args:
        path: the PDF.
        page_number: physical, from 1.
        runs: ``Page.runs`` of that page.
        start: offset into the page's stored text.
        end: one past the last character.

    Raises:
        SourceError: if the file can no longer be read.
    """
    document = _open(path)
    try:
        page = document[page_number - 1]
        text_page = page.get_textpage()
        width, height = page.get_size()
        boxes: list[Box] = []
        for low, high in _char_spans(runs, start, end):
            drawn = [text_page.get_charbox(index, loose=True) for index in range(low, high)]
            drawn = [box for box in drawn if box[2] > box[0]]
            if drawn:
                left, right = min(b[0] for b in drawn), max(b[2] for b in drawn)
                bottom, top = min(b[1] for b in drawn), max(b[3] for b in drawn)
                boxes.append(Box(left / width, 1 - top / height, right / width, 1 - bottom / height))
        return boxes
    finally:
        document.close()


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
    document = _open(path)
    try:
        page = document[page_number - 1]
        picture: Image = page.render(scale=width_pixels / page.get_width()).to_pil()
        return picture
    finally:
        document.close()
