"""How well and how fast are pictures of pages read? Run `python -m benchmarks.ocr FILE.pdf:1,5,31 FILE.pdf:2`.

Pages are drawn at 200 dots per inch and read without their text by each reader that is installed (RapidOCR
through reglens' own layout; tesseract, if it is on the path, with its own). What they read is compared with
what reglens reads in the PDF's own text: word error rate (Levenshtein distance over words, by the words of the
reference), and the same without regard to order. Seconds are processor time: the machine may be shared.
Prints a table, then one line of JSON.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL.Image import Image

from corpus.records import Page
from ingest.formats import ocr
from ingest.formats.pdf import RawPdf, draw_page, read_pdf
from ingest.formats.scanned import scanned_page
from ingest.layout.pages import lay_out

_DPI = 200


def main() -> None:
    """Read the pages that the command line names with every reader at hand."""
    pages = [(Path(name), int(number)) for name, _, numbers in _arguments() for number in numbers.split(",")]
    readers: dict[str, Callable[[Image, RawPdf, int], str]] = {}
    if ocr.is_installed():
        readers[ocr.name()] = _rapid()
    if shutil.which("tesseract"):
        readers["tesseract"] = _tesseract
    rows = {name: _measure(pages, read) for name, read in readers.items()}
    print(f"{'reader':18} {'pages':>5} {'words':>6} {'WER':>7} {'unordered':>9} {'CPU s/page':>10}")
    for name, row in rows.items():
        print(
            f"{name:18} {row['pages']:5.0f} {row['words']:6.0f} {row['wer']:7.4f} "
            f"{row['unordered']:9.4f} {row['cpu_s_per_page']:10.2f}"
        )
    print(json.dumps({"what": "ocr", "dpi": _DPI, "readers": rows}))


def _arguments() -> list[tuple[str, str, str]]:
    if len(sys.argv) < 2:
        sys.exit("usage: python -m benchmarks.ocr FILE.pdf:1,5,31 …")
    return [argument.rpartition(":") for argument in sys.argv[1:]]


def _measure(pages: Sequence[tuple[Path, int]], read: Callable[[Image, RawPdf, int], str]) -> dict[str, float]:
    errors = unordered = total = 0
    seconds = 0.0
    for path, number in pages:
        raw = read_pdf(path)
        reference = _words(_printed(lay_out(raw).pages[number - 1]))
        picture = draw_page(path, number, width_pixels=round(raw.pages[number - 1].width / 72 * _DPI))
        began = _cpu_s()
        found = _words(read(picture, raw, number))
        seconds += _cpu_s() - began
        errors += _distance(reference, found)
        shared = sum((Counter(reference) & Counter(found)).values())
        unordered += max(len(reference), len(found)) - shared
        total += len(reference)
    return {
        "pages": len(pages),
        "words": total,
        "wer": round(errors / total, 4),
        "unordered": round(unordered / total, 4),
        "cpu_s_per_page": round(seconds / len(pages), 2),
    }


def _rapid() -> Callable[[Image, RawPdf, int], str]:
    reader = ocr.PictureReader()

    def read(picture: Image, raw: RawPdf, number: int) -> str:
        page = raw.pages[number - 1]
        scanned, _ = scanned_page(number, reader.lines(picture), page.width, page.height)
        return _printed(lay_out(replace(raw, pages=(scanned,), labels=())).pages[0])

    return read


def _tesseract(picture: Image, raw: RawPdf, number: int) -> str:
    data = BytesIO()
    picture.convert("L").save(data, "PPM")
    command = ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", "3", "--dpi", str(_DPI)]
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, input=data.getvalue(), capture_output=True, env=environment, check=True)
    return done.stdout.decode("utf-8")


def _printed(page: Page) -> str:
    return f"{page.text} {' '.join(page.furniture)}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-'’]\w+)*", text.replace("-\n", "").replace("’", "'").lower())


def _distance(reference: Sequence[str], found: Sequence[str]) -> int:
    """Levenshtein distance: the fewest words to put in, leave out or change."""
    row = list(range(len(found) + 1))
    for number, word in enumerate(reference, start=1):
        before, row[0] = row[0], number
        for position, other in enumerate(found, start=1):
            best = min(row[position] + 1, row[position - 1] + 1, before + (word != other))
            before, row[position] = row[position], best
    return row[-1]


def _cpu_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
