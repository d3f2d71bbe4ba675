"""Pages of a PDF that are pictures: found, and read where OCR is installed."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class PicturesRead:
    """A PDF after its pictures were read.

    Attributes:
        raw: the PDF with the lines of those pages.
        words: the boxes of their words, by page.
        unread: pages that are pictures and for which no time was left.
    """

    raw: RawPdf
    words: dict[int, tuple[WordBox, ...]] = field(default_factory=dict)
    unread: tuple[int, ...] = ()


def read_pictures(path: Path, raw: RawPdf, pages: Sequence[Page], settings: ocr.OcrSettings) -> PicturesRead:
    """Read the pages of a PDF that are pictures.

    Args:
        path: the PDF.
        raw: what its own text says.
        pages: made of it.
        settings: of the reading.

    Returns:
        The PDF as it is where OCR is not installed.

    Raises:
        SourceError: if most of the pages are pictures, and reading them takes longer than ``settings`` allow.
    """
    wanted = [raw.pages[p.number - 1] for p in pages if _is_picture(path, raw.pages[p.number - 1], p)]
    if not wanted or not ocr.is_installed():
        return PicturesRead(raw)
    read: dict[int, RawPage] = {}
    boxes: dict[int, tuple[WordBox, ...]] = {}
    reader, deadline = ocr.PictureReader(), time.monotonic() + settings.seconds
    unread: tuple[int, ...] = ()
    for done, page in enumerate(wanted):
        if time.monotonic() > deadline:
            if 2 * len(wanted) > len(raw.pages):
                raise _too_slow(len(wanted), done, settings)
            unread = tuple(page.number for page in wanted[done:])
            break
        picture = draw_page(path, page.number, width_pixels=round(page.width / _POINTS_PER_INCH * settings.dpi))
        if not _is_blank(picture) and (lines := reader.lines(picture)):
            read[page.number], boxes[page.number] = scanned_page(page.number, lines, page.width, page.height)
    shown = tuple(read.get(page.number, page) for page in raw.pages)
    return PicturesRead(replace(raw, pages=shown), boxes, unread)


def picture_notes(pages: Sequence[Page], unread: Sequence[int]) -> tuple[str, ...]:
    """What the user should know about the pages that had no text of their own."""
    read = [page.number for page in pages if page.words]
    wordless = [page.number for page in pages if not page.text.strip() and page.number not in unread]
    notes = [f"{page_ranges(read)}: read by OCR ({ocr.name()}), which can misread a word"] if read else []
    if unread:
        notes.append(
            f"{page_ranges(unread)}: pictures for which no time was left; set seconds in [ocr] and "
            "seconds_per_document in [ingest] higher, and run `reglens reread` on the document"
        )
    if wordless and ocr.is_installed():
        notes.append(f"{page_ranges(wordless)}: no text (blank, or a picture without words)")
    elif wordless:
        how = f"to read it, {ocr.INSTALL}, remove the document and ingest it again"
        notes.append(f"{page_ranges(wordless)}: no text (pictures, or blank); {how}")
    return tuple(notes)


def _too_slow(pictures: int, done: int, settings: ocr.OcrSettings) -> SourceError:
    return SourceError(
        f"reading its {pictures} pictures of pages takes longer than {settings.seconds:.0f} seconds ({done} were read)",
        remedy="read them once for all with `ocrmypdf in.pdf out.pdf`, and ingest out.pdf; or set seconds in [ocr] "
        "and seconds_per_document in [ingest] higher",
    )


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
