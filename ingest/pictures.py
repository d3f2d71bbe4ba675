"""Pages of a PDF that are pictures: found, and read where OCR is installed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest import ocr
from ingest.pdf import RawPage, RawPdf, draw_page, picture_share
from ingest.scanned import WordBox, scanned_page

if TYPE_CHECKING:
    from PIL.Image import Image

_STAMP_CHARS = 40  # a scan may carry a stamp or a file name as text
_SCAN_SHARE = 0.5  # of the page that images cover
_WHITE = 200  # grey level from 0 to 255; a page without anything darker is blank
_POINTS_PER_INCH = 72.0


def read_pictures(
    path: Path, raw: RawPdf, settings: ocr.OcrSettings
) -> tuple[RawPdf, dict[int, tuple[WordBox, ...]], tuple[str, ...]]:
    """Read the pages of a PDF that have no text of their own.

    Args:
        path: the PDF.
        raw: what its own text says.
        settings: of the reading.

    Returns:
        The PDF with the lines of those pages, the boxes of their words by page, and what the user should
        know. Where OCR is not installed, the PDF as it is.

    Raises:
        SourceError: if reading them takes longer than ``settings`` allow.
    """
    wanted = [page for page in raw.pages if _is_picture(path, page)]
    if not wanted or not ocr.is_installed():
        return raw, {}, _unread(raw, wanted)
    read: dict[int, RawPage] = {}
    boxes: dict[int, tuple[WordBox, ...]] = {}
    for number, lines in _read_all(path, wanted, settings):
        width, height = raw.pages[number - 1].width, raw.pages[number - 1].height
        read[number], boxes[number] = scanned_page(number, lines, width, height)
    pages = tuple(read.get(page.number, page) for page in raw.pages)
    notes = [f"{page_ranges(sorted(read))}: read by OCR ({ocr.name()}), which can misread a word"] if read else []
    if wordless := [page.number for page in pages if not page.lines]:
        notes.append(f"{page_ranges(wordless)}: no text (blank, or a picture without words)")
    return replace(raw, pages=pages), boxes, tuple(notes)


def _read_all(
    path: Path, wanted: Sequence[RawPage], settings: ocr.OcrSettings
) -> Iterator[tuple[int, list[list[ocr.Word]]]]:
    """Numbers of pages and the words of their lines; pages without any are left out."""
    reader, deadline = ocr.PictureReader(), time.monotonic() + settings.seconds
    for done, page in enumerate(wanted):
        if time.monotonic() > deadline:
            raise SourceError(
                f"reading its {len(wanted)} pictures of pages takes longer than {settings.seconds:.0f} seconds "
                f"({done} were read)",
                remedy="read them once for all with `ocrmypdf in.pdf out.pdf`, and ingest out.pdf",
            )
        picture = draw_page(path, page.number, width_pixels=round(page.width / _POINTS_PER_INCH * settings.dpi))
        if not _is_blank(picture) and (lines := reader.lines(picture)):
            yield page.number, lines


def _is_picture(path: Path, page: RawPage) -> bool:
    """Whether a page has no text, or no more than a stamp on a scan."""
    chars = sum(len(line.text) for line in page.lines)
    return chars == 0 or (chars <= _STAMP_CHARS and picture_share(path, page.number) > _SCAN_SHARE)


def _is_blank(picture: "Image") -> bool:
    darkest, _ = picture.convert("L").getextrema()
    return isinstance(darkest, int | float) and darkest > _WHITE


def _unread(raw: RawPdf, wanted: Sequence[RawPage]) -> tuple[str, ...]:
    if not wanted or len(wanted) == len(raw.pages):
        return ()
    pages = page_ranges([page.number for page in wanted])
    return (f"{pages}: no text (pictures, or blank); to read it, {ocr.INSTALL}, remove the document, ingest it again",)


def page_ranges(numbers: Sequence[int]) -> str:
    """Page numbers in words: "page 3", "pages 3-5, 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    names = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(names)}"
