import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.embedding import HashEmbedder
from corpus.errors import IndexMismatch, LibraryError, NotInLibrary
from corpus.library import Library
from corpus.models import sha256_of
from corpus.pagemap import PageMap
from corpus.records import Kind, Section
from corpus.structure import Footnote, Reference, ReferenceKind, Table
from tests.made_documents import parsed


def test_what_was_added_is_found_by_words_and_by_meaning(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Dealers shall fall silent at night."), parsed("b2", "Exchanges publish quotations.")])
    assert empty.search_words("silent dealers", 5)[0][0].startswith("a1")
    vector = empty.embedder.embed_query("exchanges publish quotations")
    assert empty.search_meaning(vector, 5)[0][0].startswith("b2")
    assert empty.verify() == []


def test_a_search_can_be_kept_to_some_documents(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours apply."), parsed("b2", "Quiet hours apply here too.")])
    only = ["b2".ljust(16, "0")]
    assert [i[:2] for i, _ in empty.search_words("quiet hours", 5, only)] == ["b2"]
    vector = empty.embedder.embed_query("quiet hours")
    assert [i[:2] for i, _ in empty.search_meaning(vector, 5, only)] == ["b2"]


def test_a_replaced_document_stops_answering_but_can_still_be_read(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours begin at nine.", source="rule.txt")])
        added = empty.add([parsed("b2", "Quiet hours begin at ten.", source="rule.txt")])
    assert added.replaced == {"b2".ljust(16, "0"): "a1".ljust(16, "0")}
    assert [i[:2] for i, _ in empty.search_words("quiet hours begin", 5)] == ["b2"]
    assert [i[:2] for i, _ in empty.search_meaning(empty.embedder.embed_query("quiet hours"), 5)] == ["b2"]
    assert empty.page_map("a1".ljust(16, "0")).text == "Quiet hours begin at nine."
    assert empty.verify() == []


def test_a_removed_document_leaves_nothing_behind(empty: Library, tmp_path: Path) -> None:
    original = tmp_path / "a1.txt"
    original.write_text("Quiet hours apply.")
    item = parsed("a1", "Quiet hours apply.", sha256=sha256_of(original))
    with empty.writing():
        empty.keep_original(item.document, original)
        empty.add([item])
        assert empty.original(item.document) is not None
        empty.remove(item.document.id)
    assert empty.entries() == []
    assert empty.search_words("quiet hours", 5) == []
    assert empty.original(item.document) is None
    assert empty.verify() == []


def test_verify_names_a_chunk_that_is_not_what_its_page_says(empty: Library) -> None:
    item = parsed("a1", "Quiet hours apply.")
    wrong = replace(item, chunks=(replace(item.chunks[0], text="Loud hours apply!!"),))
    with empty.writing():
        empty.add([wrong])
    (problem,) = empty.verify()
    assert "is not what stands at its offsets" in problem.what


def test_verify_names_a_chunk_without_a_vector(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours apply.")])
        with empty.indexes.vectors() as index:
            index.remove_document("a1".ljust(16, "0"))
    (problem,) = empty.verify()
    assert problem.what == f"vectors: chunk {'a1'.ljust(16, '0')}:0-18 is missing"
    assert "reglens rebuild" in problem.remedy


def test_a_second_writer_is_refused_with_a_remedy(empty: Library) -> None:
    other = Library(empty.folder, HashEmbedder())
    with empty.writing(), pytest.raises(LibraryError, match="another process is writing"), other.writing():
        pass


def test_another_embedding_model_is_refused(empty: Library) -> None:
    with pytest.raises(IndexMismatch, match="built with another embedding model"):
        Library(empty.folder, HashEmbedder(dim=128))


def test_other_chunk_settings_are_refused(empty: Library) -> None:
    empty.claim_chunking("aaa")
    with pytest.raises(IndexMismatch, match="other chunk settings"):
        empty.claim_chunking("bbb")


def test_a_missing_library_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="reglens ingest"):
        Library(tmp_path / "nowhere", HashEmbedder())


def test_a_document_is_found_by_the_names_people_use(empty: Library) -> None:
    release = parsed("a1", "Text one.", title="Regulation Quiet Hours", release_numbers=("34-99001",))
    card = parsed(
        "b2", "Text two.", title="Regulation Quiet Hours (2024)", kind=Kind.RULE_CARD, release_numbers=("34-99001",)
    )
    with empty.writing():
        empty.add([release, card])
    for name in ("34-99001", "a1000", "a1.txt", "regulation quiet hours", release.document.id):
        assert empty.find(name).id == release.document.id
    with pytest.raises(NotInLibrary, match="fits 2 documents"):
        empty.find("quiet")
    with pytest.raises(NotInLibrary, match="reglens list"):
        empty.find("34-11111")


def test_a_reader_sees_what_another_process_wrote(empty: Library) -> None:
    reader = Library(empty.folder, HashEmbedder())
    assert reader.search_words("quiet", 5) == []
    assert reader.search_meaning(reader.embedder.embed_query("quiet"), 5) == []
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours apply.")])
    assert len(reader.search_words("quiet", 5)) == 1
    assert len(reader.search_meaning(reader.embedder.embed_query("quiet"), 5)) == 1


def test_pages_and_structure_come_back_as_they_went_in(empty: Library) -> None:
    item = parsed("a1", "I. Scope\n\nQuiet hours.")
    section = Section("I", "Scope", 1, "I › Scope", 0, 22, 1, 1)
    page = replace(
        item.pages[0], label="iv", furniture=("Quiet Hours", "iv"), runs=((0, 12), (10, 30)), calls=((8, "12"),)
    )
    note = Footnote("12", 10, 22, 1, (8,))
    table = Table(1, 0, 22, (("Fee", "$3"), ("", "$4")), "Fees")
    reference = Reference(ReferenceKind.SECTION, 0, 2, "I", 0)
    with empty.writing():
        empty.add([
            replace(
                item, sections=(section,), pages=(page,), footnotes=(note,), tables=(table,), references=(reference,)
            )
        ])  # fmt: skip
    assert empty.sections(item.document.id) == [section]
    assert empty.pages(item.document.id) == (page,)
    assert empty.footnotes(item.document.id) == [note]
    assert empty.tables(item.document.id) == [table]
    assert empty.references(item.document.id) == [reference]


def test_records_in_the_catalog_are_plain_json(empty: Library) -> None:
    with empty.writing():
        empty.add([parsed("a1", "Quiet hours apply.", release_numbers=("34-99001",))])
    row = empty.catalog.db.row("SELECT record FROM documents")
    assert row is not None
    assert json.loads(row[0])["release_numbers"] == ["34-99001"]


def test_page_map_is_the_text_that_chunks_were_cut_from(filled: Library) -> None:
    for document_id in filled.documents():
        page_map = PageMap(filled.pages(document_id))
        chunks = filled.chunks(document_id)
        assert all(page_map.text[c.start : c.end] == c.text for c in chunks)
        assert "".join("".join(c.text for c in chunks).split()) == "".join(page_map.text.split())
