"""Text of a PDF that nobody sees is left out, and said; what is seen stays."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from ingest.chunks import ChunkSettings
from ingest.formats.pdf import RawPdf, quote_boxes, read_pdf
from ingest.layout.unseen import Ink, unseen
from ingest.reading import read_document
from ingest.sources import Source
from tests.conftest import real
from tests.hostile_documents import ORDER, drawn

HONEST = "A note on the record of a quiet hour, which an exchange keeps with care."
BLACK, WHITE = (0, 0, 0, 255), (255, 255, 255, 255)


def read(folder: Path, content: bytes) -> RawPdf:
    path = folder / "note.pdf"
    path.write_bytes(content)
    return read_pdf(path)


def lines(pdf: RawPdf) -> list[str]:
    return [line.text.strip() for page in pdf.pages for line in page.lines]


@pytest.mark.parametrize(
    "how",
    [{"colour": (1, 1, 1)}, {"colour": (0.98, 0.98, 0.99)}, {"size": 0.1}, {"size": 0.9}, {"mode": 3}],
    ids=["white", "nearly white", "size zero", "under a point", "not drawn"],
)
def test_what_nobody_sees_is_left_out_and_counted(tmp_path: Path, how: dict[str, Any]) -> None:
    found = read(tmp_path, drawn(ORDER, **how))
    assert lines(found) == [HONEST]
    assert found.notes == (
        "69 characters that nobody sees were left out on page 1 (too small, in the colour of the paper or not drawn)",
    )


def test_black_text_stays_and_nothing_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, drawn(ORDER))
    assert lines(found) == [HONEST, ORDER]
    assert found.notes == ()


def test_the_note_reaches_the_document(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_bytes(drawn(ORDER, colour=(1, 1, 1)))
    found = read_document(Source(path, "pdf"), ChunkSettings())
    assert any("69 characters that nobody sees" in note for note in found.document.notes)
    assert "previous instructions" not in "".join(page.text for page in found.pages)


def on_canvas(draw: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, pagesize=(612, 792), invariant=1)
    canvas.setFont("Times-Roman", 12)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def test_white_letters_on_a_dark_bar_stay(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(60, 690, 300, 24, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 700, "Years that a record is kept")

    assert lines(read(tmp_path, on_canvas(draw))) == ["Years that a record is kept"]


def test_the_text_layer_of_a_scan_stays(tmp_path: Path) -> None:
    """Text that is not drawn, over a picture of the same words."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (612, 60), 255)
    ImageDraw.Draw(picture).text((72, 20), "A record is kept for five years " * 2, fill=0, font_size=18)

    def draw(canvas: Any) -> None:
        canvas.drawImage(ImageReader(picture), 0, 680, 612, 60)
        text = canvas.beginText(72, 702)
        text.setTextRenderMode(3)
        text.setFont("Times-Roman", 18)
        text.textLine("A record is kept for five years")
        canvas.drawText(text)

    assert lines(read(tmp_path, on_canvas(draw))) == ["A record is kept for five years"]


def test_a_seen_word_right_behind_an_unseen_one_stays(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        text = canvas.beginText(72, 700)
        text.setFillColorRGB(1, 1, 1)
        text.textOut("14")
        text.setFillColorRGB(0, 0, 0)
        text.textOut("Date: five years")
        canvas.drawText(text)

    found = read(tmp_path, on_canvas(draw))
    assert lines(found) == ["Date: five years"]
    assert found.notes[0].startswith("2 characters that nobody sees were left out on page 1 ")


def test_a_quote_behind_unseen_text_is_marked_where_it_is_printed(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 720, ORDER)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 396, HONEST)

    path = tmp_path / "note.pdf"
    path.write_bytes(on_canvas(draw))
    (page,) = read_document(Source(path, "pdf"), ChunkSettings()).pages
    start = page.text.index("record")
    (box,) = quote_boxes(path, 1, page.runs, start, start + 6)
    assert 0.48 < box.top < box.bottom < 0.51


def test_the_printers_marks_of_a_real_page_are_left_out_without_a_word() -> None:
    found = read_pdf(real("sec_pdfs/federal-register-2020-17221.pdf"))
    assert not any("Jkt" in line for line in lines(found))
    assert found.notes == ()


def test_small_letters_are_unseen_without_a_look_at_the_page() -> None:
    def never(_: int) -> bool:
        raise AssertionError("asked")

    assert list(unseen([(0, Ink(0.5, BLACK)), (1, Ink(12, BLACK))], never)) == [0]


def test_pale_letters_are_unseen_where_most_of_a_run_shows_nothing() -> None:
    inks = [(index, Ink(12, WHITE)) for index in (0, 1, 2, 5, 6, 7)]
    assert list(unseen(inks, lambda index: index in (1, 5, 6))) == [0, 1, 2]
