"""`reglens compare`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from corpus.library import Library
    from corpus.records import Document


def compare_command(
    context: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT", help="Two or more, the earliest first.", show_default=False),
    ],
    topic: Annotated[str | None, typer.Option("--topic", help="Only what concerns this.", show_default=False)] = None,
    status: Annotated[
        str | None, typer.Option("--status", help='Only these rows, e.g. "changed,added".', show_default=False)
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="At most so many rows.", show_default=False)
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help="text, json, md, html, csv or docx; else as FILE ends.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write to this file; one that is there is replaced.", show_default=False),
    ] = None,
    library: Annotated[
        Path | None, typer.Option("--library", help="Folder of the library.", show_default=False)
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Compare two documents, or three and more in a chain, provision by provision."""
    from corpus.errors import ConfigError
    from rag.compared.choosing import read_statuses
    from rag.compared.writing import choose_format, render, write

    if len(names) < 2:
        raise ConfigError("a comparison needs two documents or more", remedy="reglens compare 34-83062 34-86031")
    chosen_form = choose_format(form, out, json_output=json_output)
    statuses = read_statuses(status)
    opened = context.obj(library)
    found = _compared(opened, find_all(opened, names), topic, statuses, limit)
    content = render(found, topic, chosen_form, styled=out is None and sys.stdout.isatty())
    if out is not None:
        write(content, out)
    elif isinstance(content, str):
        sys.stdout.write(content)
        sys.stdout.flush()


def find_all(library: "Library", names: list[str]) -> "list[Document]":
    """The documents of these names.

    Raises:
        ConfigError: if one is named twice.
        NotInLibrary: if one is not there.
    """
    from corpus.errors import ConfigError

    found: dict[str, str] = {}
    documents = []
    for name in names:
        document = library.find(name)
        if document.id in found:
            raise ConfigError(
                f"{found[document.id]} and {name} are the same document",
                remedy="name two different ones; `reglens list` shows what is in the library",
            )
        found[document.id] = name
        documents.append(document)
    return documents


def _compared(
    library: "Library", documents: "list[Document]", topic: str | None, statuses: tuple[str, ...], limit: int | None
) -> dict[str, Any]:
    from rag.compared.choosing import chosen, chosen_of_chain

    if len(documents) == 2:
        from rag.compare import compare, comparison_json

        return chosen(comparison_json(compare(library, documents[0], documents[1], topic)), statuses, limit)
    from rag.chain import chain_json, compare_chain

    return chosen_of_chain(chain_json(compare_chain(library, documents, topic)), statuses, limit)
