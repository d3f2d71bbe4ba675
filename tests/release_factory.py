"""Draws the PDF files that the tests read, and tells the truth about each of them.

``draw_release`` draws an invented SEC release (quiet_hours.py), either as the agency prints it or as the
Federal Register does; ``draw_company_report`` a small annual report; the functions after them, files that
cannot be read. Drawn twice with the same arguments, a file has the same bytes. To look at all of them:
``python -m tests.release_factory FOLDER``.
"""

import re
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn_pages import (
    Block,
    DrawnHeading,
    DrawnNote,
    DrawnPage,
    DrawnParagraph,
    Furniture,
    Layout,
    parse,
)
from tests.lantern_report import CASH_FLOWS, COMPANY, FISCAL_YEAR_END, FORM, REPORT_TEXT
from tests.looks import FEDERAL_REGISTER, RELEASE, REPORT
from tests.page_drawing import LETTER, draw_pages, label_pages
from tests.quiet_hours import PROPOSAL
from tests.quiet_hours_adopted import ADOPTION

__all__ = [
    "DrawnHeading",
    "DrawnNote",
    "DrawnPage",
    "DrawnParagraph",
    "DrawnRelease",
    "DrawnReport",
    "draw_company_report",
    "draw_release",
    "encrypted_pdf",
    "image_only_pdf",
    "truncated_pdf",
    "zero_bytes",
    "zip_named_pdf",
]


@dataclass(frozen=True, slots=True)
class DrawnRelease:
    """A drawn release and the truth about it."""

    path: Path
    pages: tuple[DrawnPage, ...]
    headings: tuple[DrawnHeading, ...]
    paragraphs: tuple[DrawnParagraph, ...]
    notes: tuple[DrawnNote, ...]


@dataclass(frozen=True, slots=True)
class DrawnReport:
    """A drawn company report and the truth about it.

    Attributes:
        path: the file.
        company: its name as on the cover.
        form: ``"10-K"``.
        fiscal_year_end: as on the cover.
        pages: what each page shows; the cover has a label and no printed number.
        headings: the Items.
        cash_flows: label, this year, last year; thousands of dollars; ``""`` where a cell is empty.
        cash_flow_page: 1-based.
    """

    path: Path
    company: str
    form: str
    fiscal_year_end: str
    pages: tuple[DrawnPage, ...]
    headings: tuple[DrawnHeading, ...]
    cash_flows: tuple[tuple[str, str, str], ...]
    cash_flow_page: int


def draw_release(
    path: Path,
    *,
    columns: int = 1,
    bookmarks: bool = True,
    page_labels: bool = True,
    notes: bool = True,
    running_heads: bool = True,
    proposal: bool = True,
    added: Sequence[str] = (),
) -> DrawnRelease:
    """Draw Regulation Quiet Hours.

    Args:
        path: where to write.
        columns: 1 for the agency's own print (front pages i, ii, iii, then 1), 3 for the Federal Register
            (pages from 5001, or 8001 as adopted; notes drawn before the body, words cut at line ends).
        bookmarks: whether the PDF has an outline; headings of level 4 are never in it.
        page_labels: whether the PDF has /PageLabels. Printed numbers are there in any case.
        notes: whether there are footnotes and their calls.
        running_heads: whether there is a line above the body, on every page but the first (Federal Register:
            on every page, holding the page number).
        proposal: draw the proposing release (34-99001), else the adopting one (34-99002).
        added: paragraphs in the marks of quiet_hours.py, put before part II; for a changed or a hostile text.

    Returns:
        What is on which page.

    Raises:
        ValueError: unless ``columns`` is 1 or 3.
    """
    if columns not in (1, 3):
        raise ValueError(f"a release has 1 or 3 columns, not {columns}")
    register = columns == 3
    text = PROPOSAL if proposal else ADOPTION
    text = text.replace("\n\n# II. ", "\n\n".join(["", *added, "# II. "]), 1)
    filed = "2024-00999 Filed 1-17-24" if proposal else "2024-28999 Filed 12-12-24"
    blocks, note_texts = parse(_as_registered(text, filed) if register else text, with_notes=notes)
    layout = Layout(blocks, note_texts, FEDERAL_REGISTER if register else RELEASE, {})
    if register:
        furniture = _register_furniture(layout, proposal=proposal, heads=running_heads, labels=page_labels)
    else:
        front = next(p.first_page for p in layout.paragraphs() if p.kind == "heading1") - 1
        printed = [_roman(n) for n in range(1, front + 1)]
        printed += [str(n) for n in range(1, len(layout.pages) - front + 1)]
        starts = {n: first for n, (_, first, _) in layout.spans().items()}
        layout = Layout(blocks, note_texts, RELEASE, {n: printed[page - 1] for n, page in starts.items()})
        head = f"Release No. {'34-99001' if proposal else '34-99002'}; Regulation Quiet Hours"
        furniture = [Furniture(printed[0] if page_labels else None, None, None)]
        furniture += [Furniture(label, head if running_heads else None, label) for label in printed[1:]]
    headings = layout.headings(in_bookmarks=bookmarks)
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    canvas.setTitle("Regulation Quiet Hours")
    if page_labels:
        label_pages(canvas, furniture)
    draw_pages(canvas, layout, furniture, headings)
    return DrawnRelease(path, layout.drawn_pages(furniture), headings, layout.paragraphs(), layout.drawn_notes())


def draw_company_report(path: Path) -> DrawnReport:
    """Draw an annual report: cover, Items 1, 1A, 7 and 8, the last with a table of cash flows."""
    blocks, _ = parse(REPORT_TEXT)
    table = next(n for n, block in enumerate(blocks) if block.kind == "row")
    rows = [Block("row", "", " ; ".join(row)) for row in CASH_FLOWS]
    blocks[table : table + 1] = rows
    layout = Layout(blocks, {}, REPORT, {})
    numbers = [str(n) for n in range(1, len(layout.pages) + 1)]
    furniture = [
        Furniture(None, None, None),
        *(Furniture(n, f"{COMPANY} — Form {FORM}", n) for n in numbers[1:]),
    ]
    headings = layout.headings(in_bookmarks=False)
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    draw_pages(canvas, layout, furniture, headings)
    pages = layout.drawn_pages(furniture)
    return DrawnReport(path, COMPANY, FORM, FISCAL_YEAR_END, pages, headings, CASH_FLOWS, layout.spans()[table][1])


def encrypted_pdf(path: Path, password: str) -> None:
    """Draw one page that opens only with ``password``; with ``""`` anyone may read but not change it."""
    lock = StandardEncryption(password, ownerPassword="owner of the quiet hours", strength=128)
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1, encrypt=lock)
    canvas.drawString(72, 700, "Nothing may be sent during quiet hours.")
    canvas.save()


def truncated_pdf(path: Path) -> None:
    """Draw a release and keep the first half of its bytes, as after a broken download."""
    draw_release(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def image_only_pdf(path: Path) -> None:
    """Draw a release, then keep only pictures of its first two pages, as a scanner would: no text layer."""
    draw_release(path)
    document = pypdfium2.PdfDocument(path)
    pictures = [document[n].render(scale=1.5, grayscale=True).to_pil() for n in range(2)]
    document.close()
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    for picture in pictures:
        canvas.drawImage(ImageReader(picture), 0, 0, *LETTER)
        canvas.showPage()
    canvas.save()


def zero_bytes(path: Path) -> None:
    """Write an empty file."""
    path.write_bytes(b"")


def zip_named_pdf(path: Path) -> None:
    """Write a zip archive, whatever the path is called."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo("release.txt", (2024, 1, 18, 0, 0, 0)), "Regulation Quiet Hours")
    path.write_bytes(held.getvalue())


def _roman(number: int) -> str:
    """Write 1 to 8 as i to viii."""
    return ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")[number - 1]


def _as_registered(text: str, filed: str) -> str:
    """Write a release as the Federal Register does: its dashes, its quotes, its brackets, its last lines."""
    text = re.sub(r"^! (Release No\. .+)$", r"! [\1]", text, count=1, flags=re.MULTILINE)
    text += f"\n\n[FR Doc. {filed}; 8:45 am]\n\n! BILLING CODE 8011-01-P"
    text = re.sub(r"(?<=\d)-(?=\w)|(?<=\w)-(?=\d)", "–", text)
    return text.replace("“", "‘‘").replace("”", "’’")


def _register_furniture(layout: Layout, *, proposal: bool, heads: bool, labels: bool) -> list[Furniture]:
    """Make the Federal Register's head (page number at the outer edge) and foot of each page."""
    first, issue, kind, mark = (
        (5001, "Vol. 89, No. 12 / Thursday, January 18, 2024", "Proposed Rules", "18JAP2")
        if proposal
        else (8001, "Vol. 89, No. 240 / Friday, December 13, 2024", "Rules and Regulations", "13DER2")
    )
    furniture = []
    for n in range(1, len(layout.pages) + 1):
        number, title = str(first + n - 1), f"Federal Register / {issue} / {kind}"
        head = f"{title} {number}" if n % 2 else f"{number} {title}"
        frame = f"Jkt 262001 PO 00000 Frm {n:05} Fmt 4702 Sfmt 4702"
        foot = f"VerDate Sep<11>2014 16:21 {frame} E:\\FR\\FM\\{mark}.SGM {mark}"
        furniture.append(Furniture(number if heads or labels else None, head if heads else None, foot))
    return furniture


def main(folder: Path) -> None:
    """Draw one of each into a folder, to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, proposal in (("proposed", True), ("adopted", False)):
        draw_release(folder / f"{name}.pdf", proposal=proposal)
        draw_release(folder / f"{name}-register.pdf", proposal=proposal, columns=3)
    draw_company_report(folder / "report.pdf")
    encrypted_pdf(folder / "encrypted.pdf", "hush")
    truncated_pdf(folder / "truncated.pdf")
    image_only_pdf(folder / "image-only.pdf")
    zero_bytes(folder / "zero.pdf")
    zip_named_pdf(folder / "zip.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
