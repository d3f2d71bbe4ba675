"""What the measuring commands share: options, settings, a progress bar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rag.settings import RagSettings

Folder = Annotated[Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


def rag_settings() -> "RagSettings":
    """Table ``[rag]`` of the settings file."""
    from corpus.settings import load_settings, settings_file
    from rag.settings import RagSettings

    return load_settings(settings_file(), "rag", RagSettings)


@contextmanager
def progress(totals: dict[str, int]) -> Iterator[Callable[[str, int], None]]:
    """A bar on stderr for each name; call what is yielded with a name and how many more are done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        tasks = {what: bar.add_task(what, total=total) for what, total in totals.items()}
        yield lambda what, count: bar.advance(tasks[what], count)
