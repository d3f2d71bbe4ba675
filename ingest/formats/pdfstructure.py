"""The structure that a PDF file declares: page labels, bookmarks, metadata. Read by pypdf.

Why two readers: docs/decisions/0001-two-pdf-readers.md.
"""

import logging
from pathlib import Path
from typing import Any

from ingest.readout import Bookmark


def read_structure(
    path: Path, page_count: int
) -> tuple[tuple[str, ...], tuple[Bookmark, ...], dict[str, str], tuple[str, ...]]:
    """Labels, bookmarks and metadata by pypdf; what it cannot read is said, and reading goes on without."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # one such file writes thousands of lines
    notes: list[str] = []
    labels: tuple[str, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    metadata: dict[str, str] = {}
    try:
        reader = PdfReader(path)
        root = reader.root_object
        labels = tuple(reader.page_labels) if "/PageLabels" in root else ()
        bookmarks = tuple(_bookmarks(reader, reader.outline, 1)) if "/Outlines" in root else ()
        found: dict[Any, Any] = dict(reader.metadata or {})
        metadata = {str(k).lstrip("/").lower(): str(v).strip() for k, v in found.items() if str(v).strip()}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        # pypdf reports malformed structure with all of these; the text has been read by pdfium.
        notes.append(f"bookmarks and page labels could not be read ({type(error).__name__}: {str(error)[:120]})")
    if labels and len(labels) != page_count:
        notes.append(f"the file declares {len(labels)} page labels for {page_count} pages; they are not used")
        labels = ()
    return labels, bookmarks, metadata, tuple(notes)


def _bookmarks(reader: Any, entries: list[Any], level: int) -> list[Bookmark]:
    found: list[Bookmark] = []
    for entry in entries:
        if isinstance(entry, list):
            found += _bookmarks(reader, entry, level + 1)
        else:
            index = reader.get_destination_page_number(entry)
            title = " ".join(str(entry.title).split())
            if index is not None and index >= 0 and title:
                found.append(Bookmark(title, level, index + 1))
    return found
