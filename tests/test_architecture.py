"""The layers of the design, kept by a machine."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {"corpus": set(), "ingest": {"corpus"}, "rag": {"corpus"}, "evals": {"corpus", "rag"}}
HOME = {
    "pypdf": "ingest/formats/pdfstructure.py",
    "pypdfium2": "ingest/formats/pdf.py",
    "selectolax": "ingest/formats/markup.py",
    "defusedxml": "ingest/formats/markup.py",
    "xml": "ingest/formats/markup.py",
    "zipfile": "ingest/archives.py",
    "rapidocr": "ingest/formats/ocr.py",
    "chromadb": "corpus/vectors.py",
    "tantivy": "corpus/fulltext.py",
    "sentence_transformers": "corpus/embedding.py",
    "transformers": "corpus/embedding.py",
    "torch": "corpus/embedding.py",
    "langchain": "rag/loop.py",
    "langchain_core": "rag/loop.py",
    "langgraph": "rag/loop.py",
    "mcp": "rag/mcp_server.py",
    "mcp_types": "rag/mcp_server.py",
    "sqlite3": "corpus/database.py",
    "docx": "rag/compared/word.py",
    "openpyxl": "rag/impactfiles.py",
    "httpx": "ingest/fetching/transport.py",
}
MODELS = ("langchain", "langchain_core")  # made and asked in rag/models.py, let loose on tools in rag/loop.py
FILES = [path for layer in ALLOWED for path in sorted((ROOT / layer).rglob("*.py"))]
PAGE = [ROOT / "app.py", *sorted((ROOT / "views").rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """Top-level names of every import in a file, wherever in the file it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    forbidden = (ALLOWED.keys() | {"app", "reglens", "views", "streamlit", "tests"}) - ALLOWED[layer] - {layer}
    assert not imported(path) & forbidden


@pytest.mark.parametrize("path", [*FILES, *PAGE, ROOT / "reglens.py"], ids=lambda p: str(p.relative_to(ROOT)))
def test_vendors_stay_in_their_file(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    strays = {v for v in imported(path) & HOME.keys() if name != HOME[v]}
    strays -= set(MODELS) if name == "rag/models.py" else set()
    assert not strays


@pytest.mark.parametrize("layer", [*ALLOWED, "views"])
def test_generic_names_resolve_to_this_repository(layer: str) -> None:
    """PyPI has other packages called `evals` and `rag`; installed beside us they would win silently."""
    command = [sys.executable, "-P", "-c", f"import {layer}; print({layer}.__file__)"]
    found = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"run `pip install -e .` first\n{found.stderr}"
    assert Path(found.stdout.strip()).is_relative_to(ROOT)


def test_help_does_not_import_what_is_slow() -> None:
    slow = {
        "torch", "chromadb", "streamlit", "numpy", "langchain", "tantivy", "pypdf", "httpx", "selectolax", "rapidocr",
        "docx", "mcp", "openpyxl",
    }  # fmt: skip
    code = f"import sys, reglens; print(sorted({slow} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_no_file_names_a_path_of_one_machine() -> None:
    for path in [*FILES, *PAGE, ROOT / "README.md", ROOT / "reglens.py"]:
        text = path.read_text("utf-8")
        assert not any(start in text for start in ("/home/", "/root/", "/work/", "/Users/")), path
