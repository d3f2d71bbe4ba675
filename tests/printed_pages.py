"""Printed lines made by hand, every character 5 points wide and 10 high, and small files, for tests of the layout."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from ingest.layout.printed import Gap, Line

WIDTH, HEIGHT = 5.0, 10.0


def row(bottom: float, *cells: tuple[float, str], first_char: int = 0, height: float = HEIGHT) -> Line:
    """A line of cells, each given by its left edge and its words; white space inside a cell is 5 points wide."""
    text, gaps = "", []
    for number, (left, words) in enumerate(cells):
        if number:
            before, last = cells[number - 1]
            gaps.append(Gap(len(text), len(text) + 1, before + WIDTH * len(last), left))
            text += " "
        start = len(text)
        gaps += [
            Gap(start + i, start + i + 1, left + WIDTH * i, left + WIDTH * (i + 1))
            for i, character in enumerate(words)
            if character == " "
        ]
        text += words
    last_left, last_words = cells[-1]
    wide = tuple(sorted(gaps, key=lambda gap: gap.start)) if len(cells) > 1 else ()
    return Line(
        text, first_char, cells[0][0], bottom, last_left + WIDTH * len(last_words), bottom + height, height,
        font="Times", raised="", broken=False, gaps=wide,
    )  # fmt: skip


def line(text: str, left: float, bottom: float, **changes: object) -> Line:
    """A line without cells."""
    made = row(bottom, (left, text))
    values = {name: getattr(made, name) for name in made.__dataclass_fields__} | changes
    return Line(**values)


def turned_pdf(path: Path, turned: int, lines: Sequence[str]) -> Path:
    """A page drawn sideways or upside down, and turned clockwise by so many degrees to be shown upright."""
    held = BytesIO()
    canvas = Canvas(held, pagesize=(612, 792))
    canvas.translate(*{90: (612, 0), 180: (612, 792), 270: (0, 792)}[turned])
    canvas.rotate(turned)
    canvas.setFont("Helvetica", 12)
    for number, text in enumerate(lines):
        canvas.drawString(72, 500 - 20 * number, text)
    canvas.save()
    writer = PdfWriter()
    writer.add_page(PdfReader(held).pages[0].rotate(turned))
    writer.write(path)
    return path


def printed_text(path: Path, page_number: int, char: int, count: int) -> str:
    """So many characters of a page from an index on, as the PDF library itself gives them."""
    document = pypdfium2.PdfDocument(path)
    try:
        text: str = document[page_number - 1].get_textpage().get_text_range(char, count)
        return text
    finally:
        document.close()
