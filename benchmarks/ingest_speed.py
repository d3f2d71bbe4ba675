"""How fast does a PDF become searchable, against the plain LangChain recipe?

    pip install -e '.[bench]'
    python -m benchmarks.ingest_speed FILE.pdf [--repeats 3]

Both sides run in processes of their own, turn by turn, on the same file with the same
model: ours is `reglens ingest`, the recipe is pypdf page text, RecursiveCharacterTextSplitter
1000/200, HuggingFaceEmbeddings and Chroma.from_documents. Seconds are wall-clock from the
start of the process to the last write; `work` leaves out imports and model loading.
A table is printed, then one line of JSON.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RECIPE = """
import json, sys, time
from pypdf import PdfReader
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from corpus.models import DEFAULT_EMBEDDER, checked_folder

file, folder = sys.argv[1:]
embeddings = HuggingFaceEmbeddings(model_name=str(checked_folder(DEFAULT_EMBEDDER)))
embeddings.embed_query("load the model")
began = time.perf_counter()
pages = [Document(page_content=p.extract_text(), metadata={"page": n}) for n, p in enumerate(PdfReader(file).pages)]
parsed = time.perf_counter()
chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(pages)
Chroma.from_documents(chunks, embeddings, persist_directory=folder)
ended = time.perf_counter()
print(json.dumps({"chunks": len(chunks), "parse_s": parsed - began, "work_s": ended - began}))
"""

OURS = """
import json, sys, time
from pathlib import Path
from corpus.access import open_library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources

if __name__ == "__main__":
    file, folder = map(Path, sys.argv[1:])
    library = open_library(folder, create=True)
    library.embedder.embed_query("load the model")
    began = time.perf_counter()
    report = ingest(library, find_sources([file])[0], ChunkSettings())
    ended = time.perf_counter()
    print(json.dumps({"chunks": report.chunks, "parse_s": report.seconds["parse"], "work_s": ended - began}))
"""


def run(script: str, file: Path) -> dict[str, float]:
    """Run one side in a new process and an empty folder; its figures, with ``total_s`` of the whole process."""
    with tempfile.TemporaryDirectory() as scratch:
        program = Path(scratch) / "side.py"
        program.write_text(script)
        began = time.perf_counter()
        command = [sys.executable, str(program), str(file.resolve()), str(Path(scratch) / "store")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - began
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found | {"total_s": seconds}


def main() -> None:
    """Time both sides turn by turn and print their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    sides: dict[str, list[dict[str, float]]] = {"recipe": [], "reglens": []}
    for _ in range(arguments.repeats):
        sides["recipe"].append(run(RECIPE, arguments.file))
        sides["reglens"].append(run(OURS, arguments.file))
    figures = {
        name: {key: round(median(row[key] for row in rows), 2) for key in rows[0]} for name, rows in sides.items()
    }
    print(f"{'':10} {'chunks':>8} {'parse s':>9} {'work s':>9} {'total s':>9}")
    for name, row in figures.items():
        print(f"{name:10} {row['chunks']:8.0f} {row['parse_s']:9.2f} {row['work_s']:9.2f} {row['total_s']:9.2f}")
    ratios = {
        key: round(figures["recipe"][key] / figures["reglens"][key], 2) for key in ("parse_s", "work_s", "total_s")
    }
    print(
        json.dumps(
            {
                "what": "ingest_speed",
                "file": arguments.file.name,
                "repeats": arguments.repeats,
                "median": figures,
                "recipe_over_reglens": ratios,
                "python": platform.python_version(),
                "machine": platform.machine(),
            }
        )
    )


if __name__ == "__main__":
    main()
