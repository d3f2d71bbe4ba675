"""Small files to ingest, and questions about them, for benchmarks that do it over and over."""

from pathlib import Path

QUESTIONS = ("quiet dealers at night", "rule 7 of the exchange", "who must publish quotations", "section 11Ac1-5")


def write_files(folder: Path, version: int = 1) -> None:
    """Sixteen small texts, two PDFs, and files that cannot be read; with ``version`` 2, half are changed."""
    for number in range(16):
        changed = f" As amended {version} times." if version > 1 and number % 2 else ""
        text = f"Rule {number} of the exchange.{changed} " + " ".join(
            f"Dealer {number}-{n} shall be quiet at night under section 11Ac1-{n}.\n\n" for n in range(60)
        )
        (folder / f"rule-{number:02}.txt").write_text(text)
    (folder / "twin.txt").write_bytes((folder / "rule-00.txt").read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\0\1\2")
    (folder / "mislabelled.pdf").write_bytes(b"PK\3\4 this is a zip")
    for number in range(2):
        _draw_pdf(folder / f"quotations-{number}.pdf", f"Who must publish quotations, part {number}.", pages=12)


def _draw_pdf(path: Path, text: str, *, pages: int) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    for page in range(pages):
        for line in range(40):
            canvas.drawString(
                72, 740 - 16 * line, f"{text} Page {page}, line {line}: an exchange publishes quotations."
            )
        canvas.showPage()
    canvas.save()
