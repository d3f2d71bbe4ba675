"""Files that a reader must survive: broken, hostile, or only very large. Written by hand where no library would."""

import os
import socket
import zlib
from collections.abc import Sequence
from pathlib import Path


def write_pdf(path: Path, objects: Sequence[bytes]) -> None:
    """Write a PDF of these objects, numbered from 1; the first is the catalog."""
    body, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    path.write_bytes(bytes(body) + table + trailer)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


PAGE = b"<< /Type /Page /Parent %d 0 R /MediaBox %s /Resources << %s >> /Contents %d 0 R >>"
LETTER = b"[0 0 612 792]"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SENTENCE = b"BT /F1 12 Tf 72 700 Td (Dealers shall be quiet at night.) Tj ET"


def one_page_pdf(
    path: Path,
    *,
    content: bytes = stream(SENTENCE),
    box: bytes = LETTER,
    root: bytes = b"",
    more: Sequence[bytes] = (),
) -> None:
    """A PDF of one page; ``root`` is added to the catalog, ``more`` are objects from 6 on."""
    page = PAGE % (2, box, b"/Font << /F1 4 0 R >>", 5)
    write_pdf(
        path,
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            FONT,
            content,
            *more,
        ],
    )


def huge_page(path: Path) -> None:
    """A page of a billion points a side."""
    one_page_pdf(path, box=b"[0 0 1000000000 1000000000]")


def cyclic_outline(path: Path) -> None:
    """Bookmarks that follow each other in a circle, and hold each other."""
    entry = b"<< /Title (Circle) /Parent 6 0 R /Next %d 0 R /First %d 0 R /Last %d 0 R /Dest [3 0 R /Fit] >>"
    more = [b"<< /Type /Outlines /First 7 0 R /Last 8 0 R /Count 2 >>", entry % (8, 7, 8), entry % (7, 8, 7)]
    one_page_pdf(path, root=b"/Outlines 6 0 R", more=more)


def deep_page_tree(path: Path, depth: int) -> None:
    """A page under ``depth`` folders of pages, one in the other."""
    nodes = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (number - 1, number + 1)
        for number in range(5, depth + 4)
    ]
    page = PAGE % (depth + 3, LETTER, b"/Font << /F1 2 0 R >>", 3)
    first = b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>"
    write_pdf(
        path,
        [b"<< /Type /Catalog /Pages 4 0 R >>", FONT, stream(SENTENCE), first, *nodes, page],
    )


def cyclic_page_tree(path: Path) -> None:
    """Folders of pages that hold each other, and one page."""
    page = PAGE % (2, LETTER, b"/Font << /F1 4 0 R >>", 5)
    write_pdf(
        path,
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            page,
            FONT,
            stream(SENTENCE),
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 2 >>",
        ],
    )


def bomb(path: Path, mebibytes: int, *, twice: bool = False) -> None:
    """A page whose content unpacks to so many MiB of blanks before its sentence; packed ``twice``, in fewer bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(mebibytes))
    packed += packer.compress(SENTENCE) + packer.flush()
    names = b"/Filter /FlateDecode"
    if twice:
        packed, names = zlib.compress(packed, 9), b"/Filter [/FlateDecode /FlateDecode]"
    one_page_pdf(path, content=stream(packed, names))


def many_forms(path: Path, depth: int, width: int) -> None:
    """Forms that draw each other ``width`` times, ``depth`` deep: a small file with width**depth sentences."""
    forms = []
    for level in range(depth):
        last = level == depth - 1
        content = SENTENCE if last else b" ".join([b"/X Do"] * width)
        resources = b"/Font << /F1 4 0 R >>" if last else b"/XObject << /X %d 0 R >>" % (level + 7)
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << %s >>" % resources
        forms.append(stream(content, entries))
    page = PAGE % (2, LETTER, b"/XObject << /X 6 0 R >>", 5)
    write_pdf(
        path,
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            FONT,
            stream(b" ".join([b"/X Do"] * width)),
            *forms,
        ],
    )


def many_pages(path: Path, count: int) -> None:
    """Pages with running text, a bookmark and a page label each."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    for page in range(1, count + 1):
        canvas.bookmarkPage(f"p{page}")
        canvas.addOutlineEntry(f"Section {page}. Of quiet hours", f"p{page}", level=0)
        canvas.addPageLabel(page - 1, "ARABIC", start=page)
        canvas.drawString(72, 730, f"Section {page}. Of quiet hours")
        for line in range(30):
            canvas.drawString(72, 700 - 20 * line, f"Dealer {page} shall be quiet at night, as paragraph {line} says.")
        canvas.showPage()
    canvas.save()


def named_pipe(path: Path) -> None:
    """A named pipe that nobody writes to."""
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    """A socket that nobody listens to."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))
