"""The command line: mounts each package's commands, and turns errors into one line with a remedy."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

import evals.commands
import ingest.commands
import ingest.options
import rag.commands
from corpus.errors import ReglensError
from corpus.printable import printable

if TYPE_CHECKING:
    from corpus.library import Library

app = typer.Typer(
    name="reglens",
    help="Ask US securities regulation: answers with citations that were checked on the page.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def open_library(folder: Path | None = None, *, create: bool = False) -> "Library":
    """Open a library; where none was named and none is there yet, make the one that comes with reglens."""
    from corpus.access import open_library as open_folder
    from corpus.settings import library_folder

    place = library_folder(folder)
    if create or folder is not None or (place / "catalog.sqlite").is_file():
        return open_folder(folder, create=create)
    from ingest.shipped import shipped_sources

    sources = shipped_sources()
    print(
        f"No library yet: making one in {place} from the {len(sources)} texts that come with reglens.", file=sys.stderr
    )
    library = open_folder(None, create=True)
    ingest.commands.end_if_stopped(ingest.commands.ingest_files(library, sources))
    return library


def _ingest_into(folder: Path, paths: list[Path], *, words_only: bool = False) -> None:
    from corpus.embedding import HashEmbedder
    from corpus.library import Library
    from ingest.sources import find_sources

    library = Library(folder, HashEmbedder(), create=True) if words_only else open_library(folder, create=True)
    try:
        ingest.commands.end_if_stopped(ingest.commands.ingest_files(library, find_sources(paths)[0]))
    finally:
        library.close()


@app.callback()
def _root(context: typer.Context) -> None:
    context.obj = open_library


ingest.commands.mount(app)
rag.commands.mount(app)
app.add_typer(evals.commands.build_app(open_library, _ingest_into), name="eval", help="Measure answers and retrieval.")


@app.command("chat", help="Open the page in a browser, on this machine only.")
def chat_command(
    library: ingest.options.Folder = None,
    port: int = typer.Option(8501, help="Port on this machine."),
) -> None:
    """Start Streamlit on ``app.py``, in place of this process."""
    page = Path(__file__).with_name("app.py")
    if library is not None:
        os.environ["REGLENS_LIBRARY"] = str(library.resolve())
    options = ["--server.address=127.0.0.1", f"--server.port={port}", "--browser.gatherUsageStats=false"]
    options += ["--server.fileWatcherType=none", "--client.toolbarMode=minimal"]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(page), *options])


def main() -> None:
    """Run a command: 0 done, 1 done with failures, 2 could not start."""
    try:
        app()
    except ReglensError as error:
        print(printable(f"reglens: {error}"), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
