"""Pages of a PDF that are pictures: found, and read where OCR is installed."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from corpus.records import Page
from ingest.formats import ocr
from ingest.formats.pdf import RawPdf, draw_page, picture_share
from ingest.formats.scanned import WordBox, scanned_page
from ingest.layout.printed import RawPage

if TYPE_CHECKING:
    from PIL.Image import Image

_STAMP_CHARS = 40  # a scan may carry a stamp or a file name as text
_PICTURE_SHARE = 0.25  # of the page, by its largest image
_WHITE = 200  # grey level from 0 to 255; a page without anything darker is blank
_POINTS_PER_INCH = 72.0


def read_pictures(
    path: Path, raw: RawPdf, pages: Sequence[Page], settings: ocr.OcrSettings
) -> tuple[RawPdf, dict[int, tuple[WordBox, ...]]]:
    """Read the pages of a PDF that are pictures.

    Args:
        path: the PDF.
        raw: what its own text says.
        pages: made of it.
        settings: of the reading.

    Returns:
        The PDF with the lines of those pages, and the boxes of their words by page. Where OCR is not
        installed, the PDF as it is, and none.

    Raises:
        SourceError: if reading them takes longer than ``settings`` allow.
    """
    wanted = [raw.pages[p.number - 1] for p in pages if _is_picture(path, raw.pages[p.number - 1], p)]
    if not wanted or not ocr.is_installed():
        return raw, {}
    read: dict[int, RawPage] = {}
    boxes: dict[int, tuple[WordBox, ...]] = {}
    for page, lines in _read_all(path, wanted, settings):
        read[page.number], boxes[page.number] = scanned_page(page.number, lines, page.width, page.height)
    return replace(raw, pages=tuple(read.get(page.number, page) for page in raw.pages)), boxes


def picture_notes(pages: Sequence[Page]) -> tuple[str, ...]:
    """What the user should know about the pages that had no text of their own."""
    read = [page.number for page in pages if page.words]
    wordless = [page.number for page in pages if not page.text.strip()]
    notes = [f"{page_ranges(read)}: read by OCR ({ocr.name()}), which can misread a word"] if read else []
    if wordless and ocr.is_installed():
        notes.append(f"{page_ranges(wordless)}: no text (blank, or a picture without words)")
    elif wordless:
        how = f"to read it, {ocr.INSTALL}, remove the document and ingest it again"
        notes.append(f"{page_ranges(wordless)}: no text (pictures, or blank); {how}")
    return tuple(notes)


def _read_all(
    path: Path, wanted: Sequence[RawPage], settings: ocr.OcrSettings
) -> Iterator[tuple[RawPage, list[list[ocr.Word]]]]:
    """Pages and the words of their lines; pages without any are left out."""
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
            yield page, lines


def _is_picture(path: Path, raw: RawPage, page: Page) -> bool:
    """Whether a page has no text at all, or besides its running head no more than a stamp on a scan or figure."""
    return not raw.lines or (
        len(page.text.strip()) <= _STAMP_CHARS and picture_share(path, page.number) > _PICTURE_SHARE
    )


def _is_blank(picture: "Image") -> bool:
    darkest, _ = picture.convert("L").getextrema()
    return isinstance(darkest, int | float) and darkest > _WHITE


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
