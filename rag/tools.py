"""What an agent may do in a library: look. Nothing here writes, fetches or runs anything.

Each tool answers with text for the model and, apart from it, the places of the passages
that it showed: what the model may cite is never read out of a text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.answers import Citation
from corpus.errors import NotInLibrary
from corpus.pagemap import fold
from corpus.printable import printable
from corpus.records import Document, Passage
from rag.careful import CarefulRetriever
from rag.compare import compare
from rag.impact import find_obligations, impact_json
from rag.ledger import Entry, Ledger, placed, span
from rag.orders import addresses_a_model, speaks_to_a_model
from rag.pointers import pointers
from rag.prompt import MAX_PASSAGE_CHARS, block, disarm
from rag.scope import Scope, allowed_in
from rag.standing import standing

FOUND, OF_PAGES, OF_REFERENCE, ROWS, DUTIES, LISTED = 8, 12, 4, 10, 15, 40
MAX_REPLY_CHARS = 24_000
MAX_PAGES = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """What a tool found.

    Attributes:
        text: for the model.
        entries: the passages in it.
        withheld: passages that speak to a language model and were left out.
    """

    text: str
    entries: tuple[Entry, ...] = ()
    withheld: int = 0


class Tools:
    """Read-only tools over one library, for one conversation.

    Args:
        retriever: finds passages.
        ledger: numbers them.
        scope: documents outside it are not shown.
    """

    def __init__(self, retriever: CarefulRetriever, ledger: Ledger, scope: Scope) -> None:
        self._retriever, self._ledger, self._scope = retriever, ledger, scope
        self._library = retriever.library
        self._allowed = allowed_in(self._library, self._library.documents(), scope)

    @property
    def documents(self) -> int:
        """How many documents may be looked at."""
        return len(self._allowed)

    def search(self, query: str, document: str = "") -> Looked:
        """The passages that come nearest to a query, in all documents or in one.

        Raises:
            NotInLibrary: if the document is not there.
        """
        scope = replace(self._scope, documents=(self._document(document).id,)) if document else self._scope
        found = self._retriever.search(query, FOUND, scope)
        looked = self._show((p, "") for p in found.passages)
        withheld = found.searched["passages_withheld"]
        assert isinstance(withheld, int)
        return replace(looked, withheld=looked.withheld + withheld)

    def read_pages(self, document: str, page: str, more: int = 0) -> Looked:
        """A page by its printed label or its number in the file, and up to two pages after it.

        Raises:
            NotInLibrary: if there is no such document or page.
        """
        meant = self._document(document)
        first = self._page(meant, page)
        last = first + min(max(more, 0), MAX_PAGES - 1)
        chunks = [c for c in self._library.chunks(meant.id) if c.first_page <= last and c.last_page >= first]
        return self._show(((placed(self._library, c, meant), "") for c in chunks), OF_PAGES)

    def follow_reference(self, passage: int, reference: str) -> Looked:
        """What a shown passage points at: "footnote 157", "Section III.B.2", "34-51808".

        Raises:
            NotInLibrary: if no such passage was shown, or it has no such reference.
        """
        source = self._ledger.passage(passage)
        if source is None:
            raise NotInLibrary(f"no passage {passage} was shown", remedy="name one by its number")
        places = [p for p in pointers([source], self._library) if p.document_id in self._allowed]
        wanted = [p for p in places if _same(reference, p.name)]
        if not wanted:
            names = ", ".join(dict.fromkeys(p.name for p in places)) or "nothing in the library"
            raise NotInLibrary(
                f"passage {passage} does not point at {disarm(reference)!r}", remedy=f"it points at: {disarm(names)}"
            )
        owner, section = self._library.documents()[wanted[0].document_id], source.chunk.section or "a passage"
        link = "of" if wanted[0].called else "referred to by"
        because = f"{wanted[0].name} {link} “{section}” in {source.document.title}"
        inside = [c for c in self._library.chunks(owner.id) if c.start < wanted[0].end and c.end > wanted[0].start]
        return self._show(((placed(self._library, c, owner), because) for c in inside), OF_REFERENCE)

    def compare(self, first: str, second: str, topic: str) -> Looked:
        """What changed from one document to the other, provision by provision.

        Raises:
            NotInLibrary: if one of them is not there.
        """
        found = compare(self._library, self._document(first), self._document(second), topic.strip() or None)
        parts = []
        for row in found.rows[:ROWS]:
            head = f"{row.status.replace('_', ' ')}: {row.topic}. {row.difference}"
            sides = [("first document", row.a), ("second document", row.b), ("reason given", row.reason)]
            parts.append((head, [(side, c) for side, citations in sides for c in citations]))
        return self._rows(parts, len(found.rows), "differences")

    def impact(self, document: str, actor: str = "") -> Looked:
        """Who must do what by when under a document.

        Raises:
            NotInLibrary: if it is not there.
        """
        found = find_obligations(self._library, self._document(document), actor.strip() or ())
        worded = impact_json(found)["obligations"][:DUTIES]
        parts = []
        for duty, row in zip(found.obligations[:DUTIES], worded, strict=True):
            facts = [f"{name}: {row[name]}" for name in ("condition", "deadline", "threshold", "cost") if row[name]]
            head = "; ".join([f"{row['actor'] or 'not named'}: {row['wording']}", *facts])
            parts.append((head, [("stated in", c) for c in (duty.citation, *duty.continued)]))
        return self._rows(parts, len(found.obligations), "obligations")

    def list_documents(self, words: str = "") -> Looked:
        """The documents that may be looked at, those with all of these words in title or number."""
        documents = [d for i, d in self._library.documents().items() if i in self._allowed]
        lines = [self._line(d) for d in sorted(documents, key=lambda d: d.title.lower())]
        fits = [line for line in lines if all(word in line.lower() for word in words.lower().split())]
        left = [f"({len(fits) - LISTED} more are not listed; name words of the title)"] if len(fits) > LISTED else []
        return Looked("\n".join([*fits[:LISTED], *left]) or "There is no such document.")

    def title(self, name: str) -> str:
        """A document's title for the user, or the name as it was given where there is no such document."""
        try:
            return self._document(name).title
        except NotInLibrary:
            return name

    def _document(self, name: str) -> Document:
        found = self._library.find(name)
        if found.id not in self._allowed:
            raise NotInLibrary(
                f"{name!r} is not among the documents that are asked", remedy="list_documents shows them"
            )
        return found

    def _page(self, document: Document, name: str) -> int:
        pages = self._library.pages(document.id)
        wanted = name.strip().lower()
        labelled = [page.number for page in pages if page.label and page.label.lower() == wanted]
        counted = [page.number for page in pages if str(page.number) == wanted]
        if found := labelled or counted:
            return found[0]
        raise NotInLibrary(f"there is no page {disarm(name)!r}", remedy=f"the document has pages 1 to {len(pages)}")

    def _line(self, document: Document) -> str:
        title = disarm(fold(printable(document.title)))[:160]
        if speaks_to_a_model(document.title):
            title = "(a title that is not shown, because it speaks to a language model)"
        numbers = ", ".join(document.release_numbers[:2])
        about = (document.id[:8], title, numbers, standing(self._library, document), document.issued or "")
        return " · ".join(disarm(part) for part in about if part)

    def _show(self, passages: Iterable[tuple[Passage, str]], most: int = FOUND) -> Looked:
        given = list(passages)
        safe = [(p, why) for p, why in given if not addresses_a_model(p)]
        blocks: list[str] = []
        entries: list[Entry] = []
        for passage, because in safe[:most]:
            if blocks and sum(map(len, blocks)) + min(len(passage.chunk.text), MAX_PASSAGE_CHARS) > MAX_REPLY_CHARS:
                break
            entry = self._ledger.add(passage, because)
            blocks.append(block(entry.number, passage, self._library, because))
            entries.append(entry)
        notes = list(_left_out(len(safe) - len(entries), len(given) - len(safe)))
        return Looked("\n\n".join([*blocks, *notes]) or "Nothing was found.", tuple(entries), len(given) - len(safe))

    def _rows(self, rows: Sequence[tuple[str, Sequence[tuple[str, Citation]]]], total: int, what: str) -> Looked:
        """Rows of findings, each under its heading with the passages that carry it."""
        parts: list[str] = []
        entries: list[Entry] = []
        withheld = used = 0
        for head, citations in rows:
            cited = [(side, self._cited(c)) for side, c in citations]
            passages = [(side, p) for side, p in cited if p is not None]
            if any(addresses_a_model(p) for _, p in passages) or speaks_to_a_model(head):
                withheld += 1
                continue
            size = sum(len(p.chunk.text) for _, p in passages)
            if parts and used + size > MAX_REPLY_CHARS:
                break
            shown = [(side, self._ledger.add(p), p) for side, p in passages]
            blocks = [f"{side}:\n{block(entry.number, p, self._library)}" for side, entry, p in shown]
            parts.append("\n".join([disarm(fold(printable(head)))[:600], *blocks]))
            used += size
            entries += [entry for _, entry, _ in shown]
        if (left := total - len(parts) - withheld) > 0:
            parts.append(f"({left} more {what} are not shown; name a narrower topic or actor)")
        return Looked("\n\n".join(parts) or f"No {what} were found.", tuple(entries), withheld)

    def _cited(self, citation: Citation) -> Passage | None:
        document = self._library.documents().get(citation.document_id)
        if document is None:
            return None
        return span(self._library, document, citation.start, citation.end, citation.section, citation.voice)


def _left_out(more: int, withheld: int) -> Iterator[str]:
    if more:
        yield f"({more} more passages are not shown)"
    if withheld:
        yield f"({withheld} passages are left out, because they are written to a language model)"


def _same(reference: str, name: str) -> bool:
    """Whether a model's words for a reference mean the pointer with this name."""
    asked, known = (re.findall(r"[a-z0-9.()-]+", text.lower()) for text in (reference, name))
    return bool(asked) and (asked == known or all(word in known for word in asked))
