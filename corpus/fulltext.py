"""tantivy, behind one class: BM25 over title, section and body, and exact references."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.disk import disk_full
from corpus.errors import LibraryError
from corpus.references import reference_tokens

if TYPE_CHECKING:
    import tantivy

_ANALYZER = "regulation"
_WORDS = r"[\p{L}\p{N}]+(?:[.,][\p{N}]+)*"
WRITER_MEMORY_BYTES = 64_000_000
_REMEDY = "run `reglens rebuild`: it makes it anew from the catalog"
_FULL = ("No space left", "StorageFull", "File too large", "FileTooLarge", "Disk quota")


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """How much a BM25 match counts in each field, relative to the body.

    Attributes:
        pairs: of two neighbouring words of the question that stand together in the body, in
            that order and with at most one word between them (sequential dependence, Metzler
            & Croft 2005, doi:10.1145/1076034.1076115).
    """

    title: float = 0.15
    section: float = 0.6
    references: float = 1.5
    pairs: float = 0.2


USUAL = FieldWeights()
PLAIN = FieldWeights(title=0.0, section=0.0, references=0.0, pairs=0.0)
"""BM25 over the words of the bodies and nothing else: what a search is compared with."""


@dataclass(frozen=True, slots=True)
class TextEntry:
    """What the index stores of one chunk."""

    chunk_id: str
    document_id: str
    title: str
    section: str
    body: str


@dataclass(frozen=True, slots=True)
class Holding:
    """What a chunk must hold to be found: at least one of these.

    Attributes:
        references: tokens of :func:`corpus.references.reference_tokens`, e.g. "rule:611(a)(1)".
        phrases: words that stand together in the body, as the index sees them.
        headings: words that stand together in the section's path.
    """

    references: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


class FullTextIndex:
    """BM25 (k1 = 1.2, b = 0.75) over chunks.

    Words are lower-cased, English stop words dropped, the rest stemmed (Porter 2). Rule,
    section, release and file numbers are kept whole in a field of their own.

    Args:
        folder: holds it; None keeps it in memory.
        create: make it when it is not there.

    Raises:
        LibraryError: if it is damaged, or not there and ``create`` is False.
    """

    def __init__(self, folder: Path | None, *, create: bool = False) -> None:
        import tantivy

        self._folder = folder
        if folder and create:
            folder.mkdir(parents=True, exist_ok=True)
        elif folder and not (folder / "meta.json").is_file():
            raise LibraryError(f"the full text in {folder} is gone", remedy=_REMEDY)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("chunk_id", stored=True, tokenizer_name="raw")
        builder.add_text_field("document_id", stored=False, tokenizer_name="raw")
        for name in ("title", "section", "body"):
            builder.add_text_field(name, stored=False, tokenizer_name=_ANALYZER)
        builder.add_text_field("references", stored=False, tokenizer_name="raw")
        self._schema = builder.build()
        self._analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORDS))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stopword("english"))
            .filter(tantivy.Filter.stemmer("english"))
            .build()
        )
        with self._in_words():
            self._index = tantivy.Index(self._schema, path=str(folder) if folder else None)
        self._index.register_tokenizer(_ANALYZER, self._analyzer)

    def terms(self, text: str) -> list[str]:
        """The words of ``text`` as the index sees them."""
        return list(self._analyzer.analyze(text))

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each term in the bodies: ln(1 + (n - df + 0.5) / (df + 0.5)), as in BM25."""
        searcher = self._index.searcher()
        counts = {term: searcher.doc_freq("body", term) for term in terms}
        return {term: math.log(1 + (searcher.num_docs - n + 0.5) / (n + 0.5)) for term, n in counts.items()}

    def replace(self, document_ids: Collection[str], entries: Sequence[TextEntry]) -> None:
        """Forget these documents and store ``entries``, in one commit."""
        import tantivy

        with self._in_words():
            writer = self._index.writer(heap_size=WRITER_MEMORY_BYTES, num_threads=1)
            for document_id in document_ids:
                writer.delete_documents_by_term("document_id", document_id)
            for entry in entries:
                row = tantivy.Document()
                row.add_text("chunk_id", entry.chunk_id)
                row.add_text("document_id", entry.document_id)
                row.add_text("title", entry.title)
                row.add_text("section", entry.section)
                row.add_text("body", entry.body)
                for token in reference_tokens(entry.body):
                    row.add_text("references", token)
                writer.add_document(row)
            writer.commit()
            writer.wait_merging_threads()
        self.reload()

    def reload(self) -> None:
        """See what another process has committed."""
        with self._in_words():
            self._index.reload()

    def count(self) -> int:
        """How many chunks there are."""
        return int(self._index.searcher().num_docs)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:  # with which of the two, tantivy's parts do not agree
            if any(words in str(error) for words in _FULL):
                raise disk_full((self._folder or Path()).parent, error) from error
            raise LibraryError(f"the full text in {self._folder} cannot be used: {error}", remedy=_REMEDY) from error

    def search(
        self,
        query: str,
        k: int,
        *,
        only: Collection[str] | None,
        hidden: Collection[str],
        weights: FieldWeights = USUAL,
        holding: Holding | None = None,
    ) -> list[tuple[str, float]]:
        """Chunk ids and BM25 scores, best first; ties in the index's own order.

        Args:
            query: in the user's words; nothing in it is an operator.
            k: how many, >= 1.
            only: document ids to search; None for all.
            hidden: document ids that must not be found.
            weights: of the fields.
            holding: what a chunk must hold besides; then one that shares no word with the query is found, too.
        """
        import tantivy

        clauses = self._word_clauses(query, weights)
        if holding is None and not clauses:
            return []
        parts = [
            (tantivy.Occur.Must if holding is None else tantivy.Occur.Should, tantivy.Query.boolean_query(clauses))
        ]
        if holding is not None:
            parts.append((tantivy.Occur.Must, self._held(holding)))
        if only is not None:
            parts.append((tantivy.Occur.Must, self._documents(only)))
        if hidden:
            parts.append((tantivy.Occur.MustNot, self._documents(hidden)))
        searcher = self._index.searcher()
        with self._in_words():
            hits = searcher.search(tantivy.Query.boolean_query(parts), limit=k).hits
        return [(str(searcher.doc(address).get_first("chunk_id")), score) for score, address in hits]

    def _word_clauses(self, query: str, weights: FieldWeights) -> "list[tuple[tantivy.Occur, tantivy.Query]]":
        import tantivy

        def clause(field: str, term: str, weight: float) -> Any:
            found = tantivy.Query.term_query(self._schema, field, term)
            return tantivy.Occur.Should, tantivy.Query.boost_query(found, weight)

        in_order = self.terms(query)
        words = list(dict.fromkeys(in_order))
        clauses = [clause("body", word, 1.0) for word in words]
        for field, weight in (("title", weights.title), ("section", weights.section)):
            clauses += [clause(field, word, weight) for word in words if weight > 0]
        tokens = dict.fromkeys(reference_tokens(query)) if weights.references > 0 else ()
        clauses += [clause("references", token, weights.references) for token in tokens]
        for pair in dict.fromkeys(pairwise(in_order)) if weights.pairs > 0 else ():
            together = tantivy.Query.phrase_query(self._schema, "body", list(pair), slop=1)
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(together, weights.pairs)))
        return clauses

    def _held(self, holding: Holding) -> Any:
        import tantivy

        found: list[Any] = [tantivy.Query.term_query(self._schema, "references", t) for t in holding.references]
        for field, phrases in (("body", holding.phrases), ("section", holding.headings)):
            found += [self._phrase(field, phrase) for phrase in phrases if self.terms(phrase)]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in found])

    def _phrase(self, field: str, phrase: str) -> Any:
        """Words in a row; a stop word may stand between two of them, besides the phrase's own."""
        import tantivy

        words: list[Any] = self.terms(phrase)
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, field, words[0])
        own = len(re.findall(r"\w+", phrase)) - len(words)
        return tantivy.Query.phrase_query(self._schema, field, words, slop=1 + max(own, 0))

    def _documents(self, document_ids: Collection[str]) -> Any:
        import tantivy

        found = tantivy.Query.term_set_query(self._schema, "document_id", sorted(document_ids))
        return tantivy.Query.const_score_query(found, 0.0)

    def chunk_ids(self) -> set[str]:
        """Every chunk id in the index."""
        import tantivy

        searcher = self._index.searcher()
        if searcher.num_docs == 0:
            return set()
        hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        return {str(searcher.doc(address).get_first("chunk_id")) for _, address in hits}
