"""What is at hand about releases, as plain statements: who says what of which document."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from corpus.errors import SourceError
from corpus.library import READY, Library
from corpus.lineage import lineage
from corpus.pagemap import PageMap
from corpus.records import Document, Kind, Section
from evals.cards.cited import citations
from evals.datasets import read_file

OWN, INDEX, CITED = "own", "index", "cited"
_NUMBER = re.compile(r"item_id:\s*federal_register:(\S+)")
_DEED = re.compile(r"\b(?:extension|correct|withdraw|delay|reopening|order)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody states one fact of one document.

    Attributes:
        subject: the number of the document that it is about.
        kind: "release", "file_number", "rin", "cfr", "federal_register", "issued", "published", "effective",
            "compliance", "comment_deadline", or a relation, whose value is the number of the other document.
        by: "own" (the document itself), "index", or "cited" (another document).
        where: the number of the document that says so, or "INDEX".
    """

    subject: str
    kind: str
    value: str
    by: str
    where: str


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: its record, its text and its sections."""

    document: Document
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is at hand: statements by subject, documents by number, and adoptions and proposals by listing."""

    statements: Mapping[str, tuple[Statement, ...]]
    read: Mapping[str, Read] = field(default_factory=dict)

    def of(self, subjects: Iterable[str], kind: str) -> list[Statement]:
        """What is stated of this kind about these documents."""
        return [s for subject in subjects for s in self.statements.get(subject, ()) if s.kind == kind]

    def listed(self, numbers: Iterable[str], *, proposals: bool) -> dict[str, str]:
        """Dates of the plain proposals, or plain adoptions, among listed documents, with their numbers."""
        wanted = Kind.PROPOSED_RULE if proposals else Kind.FINAL_RULE
        found = [self.read[number].document for number in sorted(numbers) if number in self.read]
        return {
            d.published: d.document_number
            for d in found
            if d.document_number and d.published and d.kind is wanted and not _DEED.search(f"{d.title} {d.action}")
        }


def files_for(wanted: Collection[str], texts: Path | None, abstracts: Path | None) -> list[Path]:
    """The files at hand of the documents whose numbers are wanted."""
    found = [path for path in _files(texts) if path.stem in wanted]
    for path in _files(abstracts):
        number = _NUMBER.search(read_file(path)) if path.suffix == ".md" else None
        if number and number[1] in wanted:
            found.append(path)
    return found


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    if not folder.is_dir():
        raise SourceError(f"no folder {folder}", remedy="check the path")
    return sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md"))


def gather(library: Library, wanted: Collection[str], texts: Path | None, index: Path | None) -> Evidence:
    """Everything that the library, the index and the footnotes of all texts state of the wanted documents."""
    read = _read(library)
    unique = {r.document.id: r for r in read.values()}
    found = [s for r in unique.values() for s in _own(r.document)]
    found += _linked([r.document for r in unique.values()])
    found += _indexed(index, wanted) if index else []
    found += [s for path in _files(texts) for s in _cited(path, wanted)]
    grouped: dict[str, list[Statement]] = {}
    for statement in dict.fromkeys(found):
        grouped.setdefault(statement.subject, []).append(statement)
    return Evidence({subject: tuple(said) for subject, said in grouped.items()}, read)


def _read(library: Library) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for entry in library.entries():
        if entry.state == READY:
            document = entry.document
            pages = library.catalog.pages(document.id)
            made = Read(document, PageMap(pages).text, tuple(library.catalog.sections(document.id)))
            found |= dict.fromkeys(_numbers(document), made)
    return found


def _numbers(document: Document) -> tuple[str, ...]:
    return tuple(filter(None, (*document.release_numbers, document.document_number)))


def _own(document: Document) -> Iterator[Statement]:
    values: dict[str, Sequence[str | None]] = {
        "release": document.release_numbers,
        "file_number": document.file_numbers,
        "rin": document.rins,
        "cfr": document.cfr_parts,
        "compliance": document.compliance,
    }
    for name in ("federal_register", "issued", "published", "effective", "comment_deadline"):
        values[name] = (getattr(document, name),)
    numbers = _numbers(document)
    for number in numbers:
        for name, stated in values.items():
            yield from (Statement(number, name, value, OWN, numbers[0]) for value in stated if value)
        for relation, target in document.stated_lineage:
            yield Statement(number, relation, target, OWN, numbers[0])


def _linked(documents: Sequence[Document]) -> Iterator[Statement]:
    by_id = {document.id: _numbers(document) for document in documents}
    for link in lineage(documents):
        for number in by_id[link.source_id]:
            for target in by_id[link.target_id]:
                yield Statement(number, link.relation.value, target, CITED, f"{number}: {link.evidence}")


def _indexed(index: Path, wanted: Collection[str]) -> Iterator[Statement]:
    for row in csv.DictReader(StringIO(read_file(index)), delimiter="\t"):
        number = (row.get("release") or "").strip()
        if number in wanted:
            values = {"release": number, "file_number": row.get("file_no"), "rin": row.get("rin")}
            yield from (Statement(number, name, v.strip(), INDEX, "INDEX") for name, v in values.items() if v)


def _cited(path: Path, wanted: Collection[str]) -> Iterator[Statement]:
    for release, kind, value in citations(read_file(path)):
        if release in wanted and value and path.stem != release:
            yield Statement(release, kind, value, CITED, path.stem)
