"""How much disk does a library take for 1,000 pages, and does removal give it back?

    python -m benchmarks.disk_use PATH... [--dim 384]

Ingests the files, then removes every second document, then compacts. A table of MiB by store
is printed, then one line of JSON. Vectors of 384 numbers are as large as the default model's, and
cost no time. Pages of text files are counted as 3,000 characters each: they have no pages of their own.
"""

import argparse
import json
import tempfile
from pathlib import Path

from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.upkeep import compact, store_bytes
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources

_TEXT_PAGE_CHARS = 3000


def pages_of(library: Library) -> float:
    """Pages of the documents that answer."""
    found = 0.0
    for document_id, document in library.documents().items():
        pages = library.pages(document_id)
        text = sum(len(page.text) for page in pages)
        found += len(pages) if document.media == "pdf" else text / _TEXT_PAGE_CHARS
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--dim", type=int, default=384, help="numbers in a vector")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library", HashEmbedder(arguments.dim), create=True)
        sources = find_sources(arguments.paths)[0]
        source_bytes = sum(source.path.stat().st_size for source in sources)
        report = ingest(library, sources, ChunkSettings())
        pages, chunks = pages_of(library), library.catalog.indexed_chunks()
        stages = {"ingested": _settled(library)}
        with library.writing():
            for document_id in sorted(library.documents())[::2]:
                library.remove(document_id)
        left = pages_of(library)
        stages["half removed"] = _settled(library)
        with library.writing():
            compact(library)
        stages["compacted"] = _settled(library)
        problems = len(library.verify())
        library.close()
    stores = list(stages["ingested"])
    print(f"{len(report.new)} documents, {pages:.0f} pages, {chunks} passages, {source_bytes / 2**20:.1f} MiB of files")
    print(f"{'MiB':14}", *(f"{store:>10}" for store in stores), f"{'all':>10}")
    for stage, sizes in stages.items():
        print(f"{stage:14}", *(f"{sizes[store] / 2**20:10.2f}" for store in stores), f"{_all(sizes) / 2**20:10.2f}")
    per_thousand = {store: round(size / pages * 1000 / 2**20, 2) for store, size in stages["ingested"].items()}
    print(
        f"{'per 1,000 p.':14}",
        *(f"{per_thousand[store]:10.2f}" for store in stores),
        f"{sum(per_thousand.values()):10.2f}",
    )
    print(
        json.dumps(
            {
                "what": "disk_use",
                "documents": len(report.new),
                "failed": len(report.failed),
                "pages": round(pages),
                "pages_left": round(left),
                "chunks": chunks,
                "source_bytes": source_bytes,
                "bytes": stages,
                "mib_per_1000_pages": per_thousand,
                "grown_per_source_byte": round(_all(stages["ingested"]) / source_bytes, 2),
                "verify_problems": problems,
            }
        )
    )


def _settled(library: Library) -> dict[str, int]:
    """Sizes with nothing waiting to be written: SQLite's log is emptied first."""
    library.catalog.db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return store_bytes(library)


def _all(sizes: dict[str, int]) -> int:
    return sum(sizes.values())


if __name__ == "__main__":
    main()
