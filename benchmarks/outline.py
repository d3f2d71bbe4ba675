"""Does the outline of a PDF stand without its bookmarks?

    python -m benchmarks.outline FILE.pdf

The file is ingested twice, as it is and as a copy that pypdf saved without its outline, each
into a library that is thrown away. Both are compared with the bookmarks of the file (a
bookmark is found when a section has its number and words and begins on its page; what
Word leaves of a footnote call in a bookmark, "385F", is cut off) and with the table of
contents that the file prints (`reglens eval outline`). A table is printed, then one line of
JSON; exit 1 when the file has no bookmarks.
"""

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from corpus.embedding import HashEmbedder
from corpus.errors import SourceError
from corpus.library import Library
from evals.contents import evaluate_outline
from evals.headings import common_subsequence, letters
from ingest.chunks import ChunkSettings
from ingest.formats.pdf import read_pdf
from ingest.pipeline import ingest
from ingest.readout import Bookmark
from ingest.sources import find_sources

_CALL = re.compile(r"(?<=[a-z])\d{1,4}F?$")


def without_outline(path: Path, copy: Path) -> None:
    """Save the pages of a PDF without its bookmarks."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for page in PdfReader(path).pages:
        writer.add_page(page)
    with copy.open("wb") as file:
        writer.write(file)


def measure(path: Path, bookmarks: tuple[Bookmark, ...]) -> dict[str, Any]:
    """Ingest a file and compare its sections with bookmarks and with its printed table of contents."""
    with tempfile.TemporaryDirectory(prefix="reglens-outline-") as folder:
        library = Library(Path(folder) / "library", HashEmbedder(), create=True)
        try:
            ingest(library, find_sources([path])[0], ChunkSettings())
            (document,) = library.documents().values()
            sections = library.sections(document.id)
            try:
                contents: dict[str, Any] | None = evaluate_outline(library, document.id)
            except SourceError:
                contents = None
        finally:
            library.close()
    gold = [f"{mark.page} {letters(_CALL.sub('', mark.title))}" for mark in bookmarks]
    found = [f"{section.first_page} {letters(f'{section.number} {section.heading}')}" for section in sections]
    pairs = common_subsequence(gold, found)
    taken = {j for _, j in pairs}
    return {
        "bookmarks": {
            "n_listed": len(gold),
            "n_found": len(pairs),
            "missed": [mark.title for i, mark in enumerate(bookmarks) if i not in {i for i, _ in pairs}],
            "others": [f"{s.number} {s.heading}".strip() for j, s in enumerate(sections) if j not in taken],
        },
        "contents": contents,
    }


def main() -> int:
    """Measure one file with and without its bookmarks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    bookmarks = read_pdf(path).bookmarks
    if not bookmarks:
        print(f"{path.name} has no bookmarks", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="reglens-outline-") as folder:
        copy = Path(folder) / path.name
        without_outline(path, copy)
        results = {"as it is": measure(path, bookmarks), "without bookmarks": measure(copy, bookmarks)}
    print(f"{'':<18} {'bookmarks found':>16} {'other sections':>15} {'contents found':>15} {'on their page':>14}")
    for name, result in results.items():
        marks, contents = result["bookmarks"], result["contents"]
        listed = ("–", "–")
        if contents is not None:
            listed = (
                f"{contents['n_found']}/{contents['n_listed']}",
                f"{contents['n_on_page']}/{contents['n_listed']}",
            )
        print(
            f"{name:<18} {marks['n_found']:>12}/{marks['n_listed']:<3} {len(marks['others']):>15} "
            f"{listed[0]:>15} {listed[1]:>14}"
        )
    print(json.dumps(results, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
