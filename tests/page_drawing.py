"""Draws a layout on a reportlab canvas: words, footnotes, what stands around them, bookmarks, page labels."""

from collections.abc import Sequence
from typing import Any

from tests.drawn_pages import DrawnHeading, Furniture, Layout
from tests.typesetting import CALL_SCALE, FACES, NOTE_GAP, Column, Line, Look

LETTER = (612.0, 792.0)


def label_pages(canvas: Any, furniture: Sequence[Furniture]) -> None:
    """Write /PageLabels: one range of roman labels if there are any, one of arabic ones."""
    labels = [around.label or "" for around in furniture]
    arabic = next(n for n, label in enumerate(labels) if label.isdigit())
    if arabic:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    canvas.addPageLabel(arabic, style="ARABIC", start=int(labels[arabic]))


def draw_pages(canvas: Any, layout: Layout, furniture: Sequence[Furniture], headings: Sequence[DrawnHeading]) -> None:
    """Draw and save: what stands around each page first, then (in columns) the notes, then the body."""
    owners = [n for n, block in enumerate(layout.blocks) if block.level]
    targets = {n: heading for n, heading in zip(owners, headings, strict=True) if heading.in_bookmarks}
    for page, around in zip(layout.pages, furniture, strict=True):
        _draw_around(canvas, layout.look, around)
        if len(page) > 1:
            _draw_notes(canvas, layout.look, page)
        for n, column in enumerate(page):
            top = layout.look.top
            for line in column.body:
                if heading := targets.pop(line.owner, None):
                    canvas.bookmarkPage(f"h{line.owner}", fit="XYZ", left=0, top=top)
                    canvas.addOutlineEntry(heading.title, f"h{line.owner}", level=heading.level - 1)
                top -= line.leading
                _draw_line(canvas, line, layout.look.column_x(n), top + line.leading / 4)
        if len(page) == 1:
            _draw_notes(canvas, layout.look, page)
        canvas.showPage()
    canvas.save()


def _draw_around(canvas: Any, look: Look, around: Furniture) -> None:
    """Draw the lines above and below the body."""
    middle, right = LETTER[0] / 2, look.column_x(look.columns - 1) + look.width
    if around.head and look.columns > 1:
        canvas.setFont("Times-Bold", 9)
        canvas.drawCentredString(middle, look.top + 14, around.head)
        canvas.line(look.left, look.top + 8, right, look.top + 8)
    elif around.head:
        canvas.setFont("Times-Italic", 10)
        canvas.drawRightString(right, look.top + 20, around.head)
    if around.footer and look.columns > 1:
        canvas.setFont("Helvetica", 5)
        canvas.drawString(look.left, 20, around.footer)
    elif around.footer:
        canvas.setFont("Times-Roman", 12)
        canvas.drawCentredString(middle, 40, around.footer)


def _draw_notes(canvas: Any, look: Look, page: Sequence[Column]) -> None:
    """Draw the footnotes of each column upwards from its foot, with a short rule above."""
    for n, column in enumerate(page):
        bottom, x = look.bottom, look.column_x(n)
        for line in column.notes:
            bottom += line.leading
        if column.notes:
            canvas.line(x, bottom + NOTE_GAP / 2, x + look.width * 0.3, bottom + NOTE_GAP / 2)
        for line in column.notes:
            bottom -= line.leading
            _draw_line(canvas, line, x, bottom + line.leading / 4)


def _draw_line(canvas: Any, line: Line, x: float, y: float) -> None:
    """Draw one line with its label and what stands at its right, its baseline at ``y``."""
    for runs, start in (((line.label,) if line.label else (), line.label_at), (line.runs, line.indent)):
        words = canvas.beginText(x + start, y)
        for run in runs:
            call = run.style == "call"
            words.setFont(FACES[run.style], line.size * (CALL_SCALE if call else 1))
            words.setRise(line.size / 3 if call else 0)
            words.textOut(run.text)
        canvas.drawText(words)
    canvas.setFont(FACES["roman"], line.size)
    for stop, text in line.right:
        canvas.drawRightString(x + stop, y, text)
