"""What the measuring commands share: options, a progress bar, how a report is shown."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.errors import ConfigError

Folder = Annotated[Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)]
Kept = Annotated[
    Path | None,
    typer.Option("--library", help="Keep the library here, and reuse what it holds.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


def check_known(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    """Refuse a value that an option does not have.

    Raises:
        ConfigError: which names the first such value, and those that there are.
    """
    for name in given:
        if name not in known:
            raise ConfigError(f"{option} {name!r} is unknown", remedy=f"use one of: {', '.join(known)}")


def show(report: dict[str, Any], print_for_people: Callable[[dict[str, Any]], None], *, json_output: bool) -> None:
    """Print a report: one JSON object, or as a person reads it."""
    if json_output:
        print(json.dumps(report, ensure_ascii=False))
    else:
        print_for_people(report)


@contextmanager
def progress(totals: dict[str, int]) -> Iterator[Callable[[str, int], None]]:
    """A bar on stderr for each name; call what is yielded with a name and how many more are done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        tasks = {what: bar.add_task(what, total=total) for what, total in totals.items()}
        yield lambda what, count: bar.advance(tasks[what], count)
