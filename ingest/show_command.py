"""`reglens show`."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.printable import escaped, printable
from ingest.options import Folder, Json, Name

if TYPE_CHECKING:
    from corpus.library import Library
    from corpus.records import Document


def show_command(
    context: typer.Context,
    document: Name,
    references: Annotated[bool, typer.Option("--references", help="Show what it refers to.")] = False,
    footnotes: Annotated[bool, typer.Option("--footnotes", help="Show its footnotes and their calls.")] = False,
    tables: Annotated[bool, typer.Option("--tables", help="Show its tables, row by row.")] = False,
    library: Folder = None,
    json_output: Json = False,
) -> None:
    """Show what is known of a document: its facts, sections and pages."""
    opened = context.obj(library)
    found = opened.find(document)
    read = {"references": opened.references, "footnotes": opened.footnotes, "tables": opened.tables}
    wanted = {"references": references, "footnotes": footnotes, "tables": tables}
    asked = {name: read[name](found.id) for name, is_wanted in wanted.items() if is_wanted}
    if json_output:
        parts = {"lineage": opened.links(found.id), "sections": opened.sections(found.id), **asked}
        shown = {name: [asdict(part) for part in some] for name, some in parts.items()}
        for reference in shown.get("references", ()):
            reference["documents"] = [document.id for document in opened.resolve(reference["target"])]
        print(escaped(json.dumps({"document": asdict(found)} | shown, ensure_ascii=False)))
    elif asked:
        _print_parts(opened, found, asked)
    else:
        _print_document(opened, found)


def _print_parts(library: "Library", document: "Document", asked: dict[str, Any]) -> None:
    from ingest.citing.showing import footnote_lines, reference_lines, table_lines

    lines = {
        "references": lambda some: reference_lines(some, library.resolve, document.id),
        "footnotes": lambda some: footnote_lines(library.page_map(document.id), some),
        "tables": table_lines,
    }
    for name, some in asked.items():
        for line in lines[name](some):
            print(printable(line))


def _print_document(library: "Library", document: "Document") -> None:
    for name, value in asdict(document).items():
        if value:
            print(printable(f"{name:18} {_in_words(value)}"))
    print(f"{'pages':18} {len(library.pages(document.id))}")
    for line in _lineage_lines(library, document.id):
        print(f"{'lineage':18} {line}")
    for section in library.sections(document.id):
        print(printable(f"{'  ' * section.level}{section.path}  (page {section.first_page})"))


def _in_words(value: object) -> str:
    """A field for reading: the items of a tuple with commas, the parts of an item with blanks."""
    if not isinstance(value, tuple):
        return str(value)
    return ", ".join(" ".join(map(_in_words, item)) if isinstance(item, tuple) else str(item) for item in value)


def _lineage_lines(library: "Library", document_id: str) -> "Iterator[str]":
    """What the document does to others and they to it, and how that is known."""
    from corpus.lineage import DONE_BY, short_name

    documents = library.documents()
    for link in library.links(document_id):
        does, other = (link.relation.value, link.target_id)
        if link.target_id == document_id:
            does, other = DONE_BY[link.relation], link.source_id
        title = documents[other].title
        name = short_name(documents[other])
        yield f"{does} {name}{f' ({title})' if name != title else ''}: {link.evidence}"
