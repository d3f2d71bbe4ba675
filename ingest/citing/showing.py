"""What a document refers to, its footnotes and its tables, in plain words. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from textwrap import shorten

from corpus.lineage import short_name
from corpus.pagemap import PageMap, fold
from corpus.records import Document
from corpus.structure import Footnote, Reference, ReferenceKind, Table

_GROUPS = (
    ("Releases", (ReferenceKind.RELEASE,)),
    ("Rules and regulations", (ReferenceKind.RULE, ReferenceKind.CFR)),
    ("Statutes", (ReferenceKind.STATUTE, ReferenceKind.USC)),
    ("Federal Register", (ReferenceKind.FEDERAL_REGISTER,)),
    ("Files", (ReferenceKind.FILE,)),
)
_OPEN: tuple[tuple[str, Callable[[Reference], bool]], ...] = (
    ("rules whose part of the CFR is not certain", lambda r: r.target.startswith("Rule ")),
    ("sections of a law that is not named", lambda r: r.target.startswith(("section ", "Act section "))),
    ("releases whose series is not named", lambda r: r.target.startswith("Release ")),
    ("sections of other documents, or not found here", lambda r: _nowhere(r, ReferenceKind.SECTION)),
    ("footnotes of other documents, or not found here", lambda r: _nowhere(r, ReferenceKind.FOOTNOTE)),
)
_MOST = 10
_LINE_CHARS = 100


def reference_lines(
    references: Sequence[Reference], resolve: Callable[[str], Sequence[Document]], own_id: str
) -> Iterator[str]:
    """What is referred to most, by group, what of it is in the library, and what could not be resolved.

    Args:
        references: of a document.
        resolve: from a target to the documents at hand.
        own_id: of the document itself.
    """
    yield f"{len(references)} references"
    here: Counter[Document] = Counter()
    for target, count in Counter(r.target for r in references).items():
        here.update({document: count for document in resolve(target) if document.id != own_id})
    if here:
        yield f"In this library: {here.total()} in all, to {len(here)} documents"
        yield from (f"  {count:5}  {_name(document)}" for document, count in here.most_common())
    for name, kinds in _GROUPS:
        counts = Counter(_without_paragraphs(r.target) for r in references if r.kind in kinds)
        if counts:
            yield f"{name}: {counts.total()} in all, {len(counts)} different; most often"
            yield from (f"  {count:5}  {target}" for target, count in counts.most_common(_MOST))
    inside = Counter(r.kind for r in references if r.points_to is not None)
    yield (
        f"Within the document: {inside[ReferenceKind.SECTION]} references to its sections, "
        f"{inside[ReferenceKind.FOOTNOTE]} to its footnotes"
    )
    for words, is_open in _OPEN:
        counts = Counter(r.target for r in references if is_open(r))
        if counts:
            named = ", ".join(f"{target} ×{count}" if count > 1 else target for target, count in counts.most_common(5))
            more = f" and {len(counts) - 5} more" if len(counts) > 5 else ""
            yield f"Not resolved, {words}: {counts.total()} ({named}{more})"


def _name(document: Document) -> str:
    name = short_name(document)
    return name if name == document.title else f"{name} ({document.title})"


def footnote_lines(page_map: PageMap, footnotes: Sequence[Footnote]) -> Iterator[str]:
    """Each note: its number, the pages of the note and of its calls, and how it begins."""
    uncalled = sum(not note.calls for note in footnotes)
    yield f"{len(footnotes)} footnotes" + (f"; for {uncalled} of them no call was found" if uncalled else "")
    for note in footnotes:
        pages = dict.fromkeys(page_map.page_of(call) for call in note.calls)
        called = f"called on page {', '.join(map(str, pages))}" if pages else "no call found"
        yield f"  {note.number:>5}  page {note.page}, {called}: {_beginning(note, page_map)}"


def table_lines(tables: Sequence[Table]) -> Iterator[str]:
    """Each table with its page and caption, and its rows with a bar between two cells."""
    yield f"{len(tables)} tables"
    for table in tables:
        yield ""
        yield f"page {table.page}" + (f": {table.caption}" if table.caption else "")
        yield from ("  " + " | ".join(row) for row in table.rows)


def _beginning(note: Footnote, page_map: PageMap) -> str:
    """How a note begins, without its number."""
    words = fold(page_map.text[note.start : note.end]).removeprefix(note.number).lstrip()
    return shorten(words, _LINE_CHARS, placeholder=" …")


def _without_paragraphs(target: str) -> str:
    """What is counted: 17 CFR 242.611 for its paragraph (a)(1); the brackets of "206(4)-7" stay."""
    number, bracket, rest = target.partition("(")
    return target if not bracket or "-" in rest.rpartition(")")[2] or ")-" in rest else number


def _nowhere(reference: Reference, kind: ReferenceKind) -> bool:
    return reference.kind is kind and reference.points_to is None
