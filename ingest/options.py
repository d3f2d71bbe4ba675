"""Options and messages that several commands share."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ingest.pipeline import Progress

INTERRUPTED = 130  # exit code of a command that Ctrl-C has ended, as shells have it

Folder = Annotated[Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Name = Annotated[
    str, typer.Argument(help="Id or its beginning, release number, file name or title.", show_default=False)
]
Wait = Annotated[
    float,
    typer.Option("--wait", min=0.0, metavar="SECONDS", help="Wait this long for another process that is writing."),
]


def say_for_whom(holder: str) -> None:
    """Say on stderr for whom this process waits."""
    print(f"Waiting for another process that is writing to the library{holder}.", file=sys.stderr)


def say_repaired(repaired: Sequence[str]) -> None:
    """Say on stderr what an earlier run had left half done, and what became of it."""
    for what in repaired:
        print(f"First {what}.", file=sys.stderr)


def one_line(text: str) -> str:
    """A name that may hold line ends and the like, written so that it stays on its line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@contextmanager
def progress_bar(files: int | None) -> "Iterator[Progress]":
    """A bar on stderr that counts files (None: only passages) and passages."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks = {"file": bar.add_task("files", total=files)} if files is not None else {}

        def advance(what: str, count: int) -> None:
            if what == "chunks" and "chunks" not in tasks:
                tasks["chunks"] = bar.add_task("passages embedded", total=None)
            bar.advance(tasks[what], count)

        yield advance


@contextmanager
def ended_by_user() -> Iterator[None]:
    """Let Ctrl-C end a command that can be run again to go on."""
    try:
        yield
    except KeyboardInterrupt as error:
        print("reglens: stopped by you\n  → run it again to go on: what was done is kept", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from error
