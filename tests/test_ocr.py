"""Pages that are pictures: what is done without OCR, what with it, and how its words become lines."""

from collections.abc import Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import ConfigError, SourceError
from corpus.library import Library
from corpus.pagemap import PageMap
from corpus.records import Page
from ingest.chunks import ChunkSettings
from ingest.formats import ocr
from ingest.formats.ocr import OcrSettings, Word
from ingest.formats.pdf import RawPdf, draw_page, word_boxes
from ingest.formats.pictures import page_ranges
from ingest.formats.scanned import scanned_page
from ingest.layout.pages import lay_out
from ingest.pipeline import ingest
from ingest.reading import read_document
from ingest.sources import Source
from tests.release_factory import DrawnRelease

needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the [ocr] extra is not installed")
PRINTED = "This page has text of its own."
LINES = ("Dealers shall be quiet at night.", "A bell counts as a noise.")


def pdf_of(path: Path, *pages: str, stamp: str = "") -> Path:
    """A PDF whose pages are "text", "picture" (of two other lines) or "blank"."""
    canvas = Canvas(str(path), pagesize=LETTER)
    for kind in pages:
        if kind == "text":
            canvas.drawString(72, 700, PRINTED)
        elif kind == "picture":
            canvas.drawImage(ImageReader(picture_of_lines()), 0, 0, *LETTER)
            canvas.drawString(300, 20, stamp)
        canvas.showPage()
    canvas.save()
    return path


def picture_of_lines() -> Image.Image:
    """The lines as a scanner at 150 dots per inch would give them."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=LETTER)
    canvas.setFont("Times-Roman", 14)
    for n, line in enumerate(LINES):
        canvas.drawString(72, 700 - 20 * n, line)
    canvas.save()
    page = pypdfium2.PdfDocument(data.getvalue())[0]
    picture: Image.Image = page.render(scale=150 / 72, grayscale=True).to_pil()
    return picture


def words(*lines: tuple[str, float, float, float], size: float = 0.012) -> list[list[Word]]:
    """Lines as (text, left, top, width), all in fractions of the page, with words as wide as their letters are many."""
    found = []
    for text, left, top, width in lines:
        unit, at, line = width / len(text), left, []
        for word in text.split():
            line.append(Word(word, at, top, at + unit * len(word), top + size))
            at += unit * (len(word) + 1)
        found.append(line)
    return found


class FakeReader:
    """Stands in for the models: every picture holds the same two lines."""

    def lines(self, picture: Image.Image) -> list[list[Word]]:
        return words((LINES[0], 0.1, 0.1, 0.5), (LINES[1], 0.1, 0.12, 0.4))


@pytest.fixture
def fake_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "PictureReader", FakeReader)
    monkeypatch.setattr(ocr, "name", lambda: "a fake")


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


def read(path: Path) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    parsed = read_document(Source(path, "pdf"), ChunkSettings())
    return parsed.pages, parsed.document.notes


# Without OCR ------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_ocr")
def test_without_ocr_a_scan_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no text in any of its 2 pages: the pages are pictures") as caught:
        read(pdf_of(tmp_path / "scan.pdf", "picture", "picture"))
    assert "`python -m pip install 'reglens[ocr]'`" in caught.value.remedy


@pytest.mark.usefixtures("no_ocr")
def test_without_ocr_pages_without_text_are_named(tmp_path: Path) -> None:
    pages, notes = read(pdf_of(tmp_path / "mixed.pdf", "text", "picture", "picture"))
    assert [bool(page.text) for page in pages] == [True, False, False]
    assert notes[0].startswith("pages 2-3: no text (pictures, or blank); to read it, install OCR with")


# With a reader in its place ---------------------------------------------------------------


@pytest.mark.usefixtures("fake_ocr")
def test_only_pages_without_text_are_read_and_a_note_names_them(tmp_path: Path) -> None:
    pages, notes = read(pdf_of(tmp_path / "mixed.pdf", "text", "picture", "blank", "picture"))
    assert [page.text for page in pages] == [PRINTED, "\n".join(LINES), "", "\n".join(LINES)]
    assert [bool(page.words) for page in pages] == [False, True, False, True]
    assert notes == (
        "pages 2, 4: read by OCR (a fake), which can misread a word",
        "page 3: no text (blank, or a picture without words)",
    )


@pytest.mark.usefixtures("fake_ocr")
def test_a_scan_with_a_stamp_is_still_a_scan(tmp_path: Path) -> None:
    pages, _ = read(pdf_of(tmp_path / "stamped.pdf", "picture", stamp="RECEIVED 2024-05-01"))
    assert pages[0].text == "\n".join(LINES)


@pytest.mark.usefixtures("fake_ocr")
def test_a_figure_below_a_running_head_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "figures.pdf"), pagesize=LETTER)
    for number, text in enumerate(("Bells ring.", "Gongs boom.", "", "Oil burns."), start=1):
        canvas.drawString(72, 750, f"Quiet Hours, page {number}")
        if text:
            canvas.drawString(72, 600, text)
        else:
            canvas.drawImage(ImageReader(picture_of_lines()), 72, 72, 450, 500)
        canvas.showPage()
    canvas.save()
    pages, notes = read(tmp_path / "figures.pdf")
    assert pages[2].text == "\n".join(LINES)
    assert notes == ("page 3: read by OCR (a fake), which can misread a word",)


@pytest.mark.usefixtures("fake_ocr")
def test_a_short_page_of_text_is_not_a_scan(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "short.pdf"), pagesize=LETTER)
    canvas.drawString(72, 400, "Left blank on purpose.")
    canvas.save()
    pages, notes = read(tmp_path / "short.pdf")
    assert (pages[0].text, notes) == ("Left blank on purpose.", ())


@pytest.mark.usefixtures("fake_ocr")
def test_a_scan_that_takes_too_long_ends_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reglens.toml").write_text("[ocr]\nseconds = 1e-9\n")
    monkeypatch.setenv("REGLENS_CONFIG", str(tmp_path / "reglens.toml"))
    with pytest.raises(SourceError, match="its 2 pictures of pages takes longer than") as caught:
        read(pdf_of(tmp_path / "scan.pdf", "picture", "picture"))
    assert "ocrmypdf" in caught.value.remedy


@pytest.mark.usefixtures("fake_ocr")
def test_a_document_with_a_few_pictures_is_read_without_those_that_take_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reglens.toml").write_text("[ocr]\nseconds = 1e-9\n")
    monkeypatch.setenv("REGLENS_CONFIG", str(tmp_path / "reglens.toml"))
    pages, notes = read(pdf_of(tmp_path / "mixed.pdf", "text", "picture", "text"))
    assert [page.text for page in pages] == [PRINTED, "", PRINTED]
    (note,) = notes
    assert note.startswith("page 2: pictures for which no time was left; set seconds in [ocr]")


@needs_ocr
def test_a_picture_in_which_no_word_is_certain_has_no_lines() -> None:
    from rapidocr.utils.output import RapidOCROutput

    reader = object.__new__(ocr.PictureReader)
    reader._engine = lambda array: RapidOCROutput()
    assert reader.lines(picture_of_lines()) == []


@pytest.mark.usefixtures("fake_ocr")
def test_boxes_of_words_come_back_from_the_library(empty: Library, tmp_path: Path) -> None:
    parsed = read_document(Source(pdf_of(tmp_path / "scan.pdf", "picture"), "pdf"), ChunkSettings())
    with empty.writing():
        empty.add([parsed])
    assert empty.pages(parsed.document.id) == parsed.pages
    page = empty.pages(parsed.document.id)[0]
    start = page.text.index("quiet")
    (box,) = word_boxes(page, start, start + len("quiet at"))
    unit = 0.5 / len(LINES[0])
    assert box.left == pytest.approx(0.1 + unit * LINES[0].index("quiet"), abs=1e-3)
    assert box.right == pytest.approx(0.1 + unit * (LINES[0].index("night") - 1), abs=1e-3)
    assert (box.top, box.bottom) == (0.1, 0.112)
    assert len(word_boxes(page, start, page.text.index("bell"))) == 2


# Words to lines ---------------------------------------------------------------------------


def texts(lines: Sequence[Sequence[Word]]) -> list[str]:
    page, _ = scanned_page(1, lines, 612, 792)
    return [line.text for line in page.lines]


def test_two_columns_are_read_one_after_the_other_below_a_head_over_both() -> None:
    left = [(f"left column line {n} of it", 0.1, 0.2 + 0.02 * n, 0.36) for n in range(8)]
    right = [(f"right column line {n} of it", 0.54, 0.2 + 0.02 * n, 0.36) for n in range(8)]
    head = ("A head that runs over both of the columns below it", 0.1, 0.1, 0.8)
    mixed = [line for pair in zip(right, left, strict=True) for line in pair]
    assert texts(words(*mixed, head)) == [head[0], *(line[0] for line in left), *(line[0] for line in right)]


def test_a_table_is_read_row_by_row() -> None:
    labels = [("Sales" + "s" * 2 * n, 0.1, 0.2 + 0.02 * n, 0.06 + 0.02 * n) for n in range(8)]
    figures = [(f"{n},234", 0.6, 0.2 + 0.02 * n, 0.05) for n in range(8)]
    assert texts(words(*figures, *labels)) == [f"{label[0]} {n},234" for n, label in enumerate(labels)]


def test_a_scanned_table_is_kept_as_a_table() -> None:
    labels = [(f"Sales of goods {n}", 0.1, 0.2 + 0.02 * n, 0.16) for n in range(8)]
    figures = [(f"{n},{last}", left, 0.2 + 0.02 * n, 0.05) for n in range(8) for left, last in ((0.6, 234), (0.8, 567))]
    page, _ = scanned_page(1, words(*figures, *labels), 612, 792)
    laid_out = lay_out(RawPdf((page,), (), (), {}, ()))
    (table,) = laid_out.tables
    assert table.rows == tuple((f"Sales of goods {n}", f"{n},234", f"{n},567") for n in range(8))
    assert laid_out.pages[0].text.splitlines()[3] == "Sales of goods 3 3,234 3,567"


def test_the_number_of_a_note_is_raised_and_a_broken_word_is_marked() -> None:
    number = [[Word("12", 0.1, 0.8, 0.115, 0.807)]]
    page, boxes = scanned_page(1, [*words(("See the Bell Report, which is con-", 0.13, 0.801, 0.5)), *number], 612, 792)
    (line,) = page.lines
    assert (line.raised, line.text, line.broken) == ("12", "12 See the Bell Report, which is con", True)
    assert boxes[0] == (0, 2, 0.1, 0.8, 0.115, 0.807)
    assert boxes[1][:2] == (3, 6)


def test_page_ranges() -> None:
    assert [page_ranges(pages) for pages in ([3], [3, 4, 5, 9], [1, 3])] == ["page 3", "pages 3-5, 9", "pages 1, 3"]


def test_settings_are_checked() -> None:
    with pytest.raises(ConfigError, match="dpi=10"):
        OcrSettings(dpi=10)


# With the models --------------------------------------------------------------------------


@needs_ocr
def test_a_model_that_is_not_the_published_one_is_not_loaded_and_none_is_downloaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "_MODELS", ocr._MODELS | {"another.onnx": "0" * 64})
    with pytest.raises(SourceError, match=r"another\.onnx is missing or not the published one") as caught:
        ocr.PictureReader()
    assert "pip install --force-reinstall" in caught.value.remedy


@needs_ocr
def test_a_scan_is_read_and_its_words_are_where_they_are_printed(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "scan.pdf", "picture")
    (page,), notes = read(path)
    assert page.text == "\n".join(LINES)
    assert notes[0].startswith("page 1: read by OCR (RapidOCR ")
    start = page.text.index("quiet")
    (box,) = word_boxes(page, start, start + len("quiet"))
    picture = draw_page(path, 1, width_pixels=1200).convert("L")
    width, height = picture.size
    inside = picture.crop(
        (round(box.left * width), round(box.top * height), round(box.right * width), round(box.bottom * height))
    )
    darkest, _ = inside.getextrema()
    assert isinstance(darkest, int | float)
    assert darkest < 100
    assert box.left == pytest.approx(0.275, abs=0.02)
    assert box.right == pytest.approx(0.325, abs=0.02)


@needs_ocr
def test_a_scanned_release_is_understood_like_a_printed_one(
    proposal: DrawnRelease, empty: Library, tmp_path: Path
) -> None:
    """Two pages of the drawn release as a scanner at 200 dots per inch would give them, through the library."""
    printed = pypdfium2.PdfDocument(proposal.path)
    pictures = [printed[n].render(scale=200 / 72, grayscale=True).to_pil() for n in (0, 4)]
    path = tmp_path / "scan.pdf"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=200)
    report = ingest(empty, [Source(path, "pdf")], ChunkSettings())
    assert not report.failed
    (document,) = empty.documents().values()
    assert document.release_numbers == ("34-99001",)
    text = "".join(PageMap(empty.pages(document.id)).text.split()).lower()
    shown = [part for n in (0, 4) for part in (*proposal.pages[n].body, *proposal.pages[n].notes)]
    expected = " ".join(shown).split()
    read_words = sum("".join(word.split()).lower() in text for word in expected)
    assert read_words / len(expected) > 0.97
    assert empty.verify() == []
