"""Making indexes anew, reading again, giving space back, and what `verify` finds."""

import json
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

import reglens
from corpus.embedding import Embedded, HashEmbedder
from corpus.errors import IndexMismatch, LibraryError, ReglensError
from corpus.hnsw_files import cut_short
from corpus.indexes import Indexes
from corpus.library import Library
from corpus.records import ParsedDocument, Section
from corpus.structure import Footnote, Reference, ReferenceKind, Table
from corpus.upkeep import compact, rebuild, reembed, store_bytes
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.reread import reread
from ingest.sources import find_sources
from tests.made_documents import id_of, parsed
from tests.test_recovery import killed_at


class CountingEmbedder(HashEmbedder):
    """Counts what it embeds."""

    def __init__(self, dim: int = 256) -> None:
        super().__init__(dim)
        self.texts = 0

    def embed_documents(self, texts: Any, progress: Any = None) -> Embedded:
        """See :class:`Embedder`."""
        self.texts += len(texts)
        return super().embed_documents(texts, progress)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        return HashEmbedder(self._dim).embed_query(text)


def answers(library: Library) -> list[list[str]]:
    """What is found by words and by meaning, best first, ties in the order of their ids."""
    vector: NDArray[np.float32] = library.embedder.embed_query("quiet hours begin at nine")
    found = library.search_words("quiet hours begin at nine", 5), library.search_meaning(vector, 5)
    return [[i for i, _ in sorted(hits, key=lambda hit: (-round(hit[1], 4), hit[0]))] for hits in found]


@pytest.fixture
def stocked(empty: Library, tmp_path: Path) -> Library:
    """Three files, one of them replaced, one removed."""
    for name, text in (("a", "Quiet hours begin at nine."), ("b", "Lanterns burn at ten."), ("c", "Dealers sleep.")):
        (tmp_path / f"{name}.txt").write_text(text)
    put(empty, tmp_path)
    (tmp_path / "b.txt").write_text("Lanterns burn at eleven.")
    put(empty, tmp_path)
    (tmp_path / "c.txt").unlink()
    with empty.writing():
        empty.remove(next(i for i, d in empty.documents().items() if d.source.endswith("c.txt")))
    return empty


def put(library: Library, *paths: Path) -> None:
    assert not ingest(library, find_sources(list(paths))[0], ChunkSettings()).failed


DAMAGE: dict[str, Callable[[Path], object]] = {
    "vectors gone": lambda folder: shutil.rmtree(folder / "chroma"),
    "full text gone": lambda folder: shutil.rmtree(folder / "tantivy"),
    "vectors broken": lambda folder: (folder / "chroma" / "chroma.sqlite3").write_bytes(b"not a database" * 100),
    "full text broken": lambda folder: (folder / "tantivy" / "meta.json").write_text("{"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_said_so_and_made_anew_from_the_catalog(stocked: Library, damage: str) -> None:
    before = answers(stocked)
    stocked.close()
    DAMAGE[damage](stocked.folder)
    embedder = CountingEmbedder()
    library = Library(stocked.folder, embedder)
    with pytest.raises(LibraryError, match="reglens rebuild"):
        answers(library)
    assert any("reglens rebuild" in problem.remedy for problem in library.verify())
    with library.writing(tidy=False):
        rebuild(library)
    assert embedder.texts == 0
    assert answers(library) == before
    assert library.verify() == []
    assert len(list(library.folder.glob("chroma*/"))) == len(list(library.folder.glob("tantivy*/"))) == 1


@pytest.mark.parametrize("after", [False, True])
def test_a_rebuild_that_is_broken_off_leaves_the_old_in_use(
    stocked: Library, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    before = answers(stocked)
    with killed_at(monkeypatch, Indexes, "settle", after=after), stocked.writing(tidy=False):
        rebuild(stocked)
    assert answers(stocked) == before
    with stocked.writing() as repaired:
        assert repaired == ["deleted 1 file or folder that an earlier run had left"]
    assert answers(stocked) == before
    assert stocked.verify() == []


def test_another_model_takes_over_when_it_has_everything_and_not_before(
    stocked: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = answers(stocked), CountingEmbedder(dim=128)
    with pytest.raises(IndexMismatch, match="--embedding-model hash-128"):
        Library(stocked.folder, new)
    library = Library(stocked.folder, new, any_model=True)
    with killed_at(monkeypatch, Indexes, "replace_vectors", after=False), library.writing(tidy=False):
        reembed(library)
    assert new.texts == 3
    assert answers(stocked) == old
    put(stocked, next(Path(d.source) for d in stocked.documents().values() if d.source.endswith("a.txt")))
    with library.writing(tidy=False):
        reembed(library)
    assert new.texts == 3  # none twice
    assert {len(row) for _, rows in library.catalog.vectors.each() for row in rows} == {128}
    assert answers(library)[0] == old[0]
    assert library.verify() == []
    with pytest.raises(IndexMismatch, match="hash-128"):
        answers(stocked)
    with pytest.raises(IndexMismatch, match='set embedding_model = "hash-128"'):
        Library(stocked.folder, HashEmbedder())


def test_a_document_that_changes_meanwhile_is_embedded_again_for_the_new_model(
    stocked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(stocked.folder, CountingEmbedder(dim=128), any_model=True)
    with killed_at(monkeypatch, Indexes, "replace_vectors", after=False), library.writing(tidy=False):
        reembed(library)
    (tmp_path / "new.txt").write_text("Exchanges publish quotations.")
    put(stocked, tmp_path)
    with library.writing(tidy=False):
        reembed(library)
    assert isinstance(library.embedder, CountingEmbedder)
    assert library.embedder.texts == 4
    assert library.verify() == []


def test_reading_again_embeds_only_what_is_new_and_keeps_what_answers(stocked: Library, tmp_path: Path) -> None:
    before, states = answers(stocked), {e.document.id: e.state for e in stocked.entries()}
    library = Library(stocked.folder, CountingEmbedder())
    for path in tmp_path.glob("*.txt"):
        path.unlink()  # the originals are enough
    with library.writing():
        report = reread(library, ChunkSettings())
    assert (len(report.replaced), report.failed, report.not_reached) == (3, [], [])
    assert isinstance(library.embedder, CountingEmbedder)
    assert library.embedder.texts == 0
    assert answers(library) == before
    assert {e.document.id: e.state for e in library.entries()} == states
    assert {Path(e.document.source).name for e in library.entries()} == {"a.txt", "b.txt"}
    assert library.verify() == []


def test_other_chunk_settings_are_applied_by_reading_again_and_never_mixed(
    empty: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("".join(f"Dealer {name}{n} shall be quiet.\n\n" for n in range(60)))
    put(empty, tmp_path)
    smaller = ChunkSettings(max_chars=300)
    with pytest.raises(IndexMismatch, match="reglens reread"):
        ingest(empty, find_sources([tmp_path])[0], smaller)
    with pytest.raises(IndexMismatch, match="reglens reread"), empty.writing():
        reread(empty, smaller, [next(iter(empty.documents()))])
    with killed_at(monkeypatch, Indexes, "put", after=False), empty.writing():
        reread(empty, smaller)
    assert empty.documents() == {}
    with empty.writing():
        assert not reread(empty, smaller).failed
    assert len(empty.documents()) == 2
    assert all(len(c.text) <= 300 for i in empty.documents() for c in empty.chunks(i))
    assert empty.verify() == []


def test_a_file_that_can_no_longer_be_read_leaves_its_document_as_it_is(stocked: Library) -> None:
    document = next(d for d in stocked.documents().values() if d.source.endswith("a.txt"))
    stocked.originals.place(document).write_text("Other words.")
    with stocked.writing():
        report = reread(stocked, ChunkSettings(), [document.id])
    assert [f.reason for f in report.failed] == ["its file is not the one that was ingested"]
    assert stocked.page_map(document.id).text == "Quiet hours begin at nine."


def test_removing_gives_space_back_when_it_is_asked_to(empty: Library) -> None:
    with empty.writing():
        empty.add([_long(f"{n:02}") for n in range(12)])
    full = store_bytes(empty)
    with empty.writing():
        for n in range(10):
            empty.remove(id_of(f"{n:02}"))
    with empty.writing():
        found = compact(empty)
    after = store_bytes(empty)
    assert {store: size for store, (_, size) in found.items()} == after
    for store in ("catalog", "vectors", "full text"):
        assert after[store] < full[store] / 2, store
    assert len(empty.documents()) == 2
    assert empty.verify() == []


def _long(identity: str) -> ParsedDocument:
    """A document of 150 chunks."""
    lines = [f"Dealer {identity}-{n} shall be quiet at night, and so shall exchange {n}.\n" for n in range(150)]
    item = parsed(identity, "".join(lines))
    starts = [sum(map(len, lines[:n])) for n in range(150)]
    first = item.chunks[0]
    chunks = [replace(first, start=s, end=s + len(t), text=t) for s, t in zip(starts, lines, strict=True)]
    return replace(item, chunks=tuple(chunks))


OLDER = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '', remedy TEXT NOT NULL DEFAULT '',
    pages INTEGER NOT NULL DEFAULT 0, chunks INTEGER NOT NULL DEFAULT 0);
CREATE TABLE sources (path TEXT PRIMARY KEY, document_id TEXT NOT NULL);
CREATE TABLE chunks (id TEXT PRIMARY KEY, document_id TEXT NOT NULL);
INSERT INTO meta VALUES ('schema', '2'), ('embedder', 'hash-256'), ('generation', '7');
"""


def test_a_library_of_an_older_version_says_what_to_do_and_is_read_again(stocked: Library, tmp_path: Path) -> None:
    before = answers(stocked)
    with closing(sqlite3.connect(stocked.folder / "catalog.sqlite")) as new:
        documents = new.execute("SELECT id, record, state, reason FROM documents").fetchall()
        sources = new.execute("SELECT path, document_id FROM sources").fetchall()
    stocked.close()
    for path in stocked.folder.glob("catalog.sqlite*"):
        path.unlink()
    with closing(sqlite3.connect(stocked.folder / "catalog.sqlite")) as old:
        old.executescript(OLDER)
        for identity, record, state, reason in documents:
            values = json.loads(record) | {"a_field_of_old": 1}
            values.pop("notes")
            row = (identity, json.dumps(values), state, reason)
            old.execute("INSERT INTO documents (id, record, state, reason) VALUES (?, ?, ?, ?)", row)
        old.executemany("INSERT INTO sources VALUES (?, ?)", sources)
        old.commit()
    with pytest.raises(IndexMismatch, match=r"reglens reread --library") as caught:
        Library(stocked.folder, HashEmbedder())
    assert "\n" not in caught.value.remedy
    library = Library(stocked.folder, HashEmbedder(), renew=True)
    assert {e.state for e in library.entries()} == {"outdated"}
    with library.writing():
        assert len(reread(library, ChunkSettings()).replaced) == 3
    assert answers(library) == before
    assert sorted(e.state for e in library.entries()) == ["ready", "ready", "replaced"]
    assert library.verify() == []
    assert len(list(library.folder.glob("chroma*/"))) == 1


def test_an_index_file_that_was_cut_short_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "segment"
    folder.mkdir()
    (folder / "header.bin").write_bytes(struct.pack("<i6Q", 1, 0, 100, 10, 1740, 0, 0))  # ten elements of 1,740 bytes
    (folder / "data_level0.bin").write_bytes(bytes(17400))
    (folder / "length.bin").write_bytes(bytes(40))
    (folder / "link_lists.bin").write_bytes(bytes(40))
    assert cut_short(tmp_path) is None
    for name in ("data_level0.bin", "length.bin", "link_lists.bin"):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[:-1])
        assert cut_short(tmp_path) == name
        (folder / name).write_bytes(whole)


def test_a_library_of_a_newer_version_is_left_alone(empty: Library) -> None:
    with empty.catalog.writing():
        empty.catalog.set_meta("schema", "99")
    for renew in (False, True):
        with pytest.raises(IndexMismatch, match="install the version of reglens that wrote it"):
            Library(empty.folder, HashEmbedder(), renew=renew)


def test_verify_names_what_lies_outside_its_text_and_the_remedy(empty: Library) -> None:
    item = parsed("a1", "I. Scope\n\nQuiet hours.")
    wrong = replace(
        item,
        sections=(Section("I", "Scope", 1, "I › Scope", 0, 99, 1, 1), Section("", "x", 1, "x", 0, 1, 2, 2)),
        footnotes=(Footnote("1", 10, 99, 1), Footnote("2", 10, 12, 3), Footnote("3", 10, 12, 1, (22,))),
        tables=(Table(2, 0, 1, ()), Table(1, 0, 99, ()), Table(1, 0, 5, (("a",), ("b", "c")))),
        references=(Reference(ReferenceKind.RULE, 5, 99, "Rule 1"), Reference(ReferenceKind.SECTION, 0, 2, "II", 22)),
    )
    with empty.writing():
        empty.add([wrong])
    problems = empty.verify()
    ends = f" (document {id_of('a1')})"
    assert [p.what.removeprefix("catalog: ").removesuffix(ends) for p in problems] == [
        "section 'I › Scope' lies at 0-99, outside the text",
        "section 'x' names pages 2-2 of 1",
        "footnote 1 lies at 10-99, outside the text",
        "footnote 2 names page 3, but stands on 1",
        "footnote 3 is called from outside the text",
        "table names page 2, which is not there",
        "table lies at 0-99, outside the text of page 1",
        "table on page 1 has rows of different lengths",
        "reference to Rule 1 lies at 5-99, outside the text",
        "reference to II points to 22, outside the text",
    ]
    assert {p.remedy for p in problems} == {f"run `reglens reread {id_of('a1')}`"}


def test_verify_looks_at_originals_sources_and_vectors(stocked: Library) -> None:
    a, b = sorted(stocked.documents().values(), key=lambda d: d.source)
    stocked.originals.place(a).write_text("Other words.")
    stocked.originals.place(b).unlink()
    with stocked.catalog.writing():
        stocked.catalog.db.write("INSERT INTO sources VALUES ('lost.txt', 'nothing')")
        chunk = stocked.chunks(a.id)[0]
        stocked.catalog.vectors.put([chunk.id], np.ones((1, 256), dtype=np.float32))
    found = {problem.what for problem in stocked.verify()}
    assert found == {
        f"files: the original {a.sha256[:12]}… of {a.title!r} is not what was ingested",
        f"files: the original {b.sha256[:12]}… of {b.title!r} is missing",
        "catalog: lost.txt is noted as the file of a document that is not there",
        f"vectors: chunk {chunk.id} has another vector than in the catalog",
    }


def test_the_commands_keep_their_contracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "reglens.toml"
    config.write_text('[corpus]\nembedding_model = "hash-64"\n')
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("Quiet hours begin at nine.")
    (tmp_path / "files" / "b.txt").write_text("Lanterns burn.")
    library = str(tmp_path / "library")

    def call(*words: str, code: int = 0) -> dict[str, Any]:
        result = CliRunner().invoke(reglens.app, [*words, "--library", library, "--json"])
        assert result.exit_code == code, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    call("ingest", str(tmp_path / "files"))
    assert call("rebuild") == {"documents": 2, "chunks": 2, "embedder": "hash-64", "repaired": []}
    assert call("rebuild", "--only", "words")["chunks"] == 2
    assert [len(call("reread")["reread"]), len(call("reread", "b.txt")["reread"])] == [2, 1]
    sizes = call("compact")["bytes"]
    assert sizes.keys() == {"catalog", "vectors", "full text", "files"}
    assert all(set(size) == {"before", "after"} for size in sizes.values())
    assert call("rebuild", "--embedding-model", "hash-32")["embedder"] == "hash-32"
    result = CliRunner().invoke(reglens.app, ["list", "--library", library])
    assert isinstance(result.exception, ReglensError)
    assert 'set embedding_model = "hash-32"' in result.exception.remedy
    config.write_text('[corpus]\nembedding_model = "hash-32"\n')
    assert call("verify") == {"documents": 2, "chunks": 2, "mismatches": [], "remedies": []}
