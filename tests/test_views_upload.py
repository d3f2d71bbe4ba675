import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from corpus.library import Library
from tests.release_factory import draw_release, encrypted_pdf
from views import upload
from views.upload import IngestJob, Upload, stage

NOTE = b"---\ntitle: Lanterns\nkind: note\n---\n# Lanterns\n\nA lantern tax is a fee per lantern.\n"


def finished(job: IngestJob) -> IngestJob:
    job.wait(120)
    assert job.done
    return job


def test_a_file_is_kept_under_its_hash_whatever_it_is_called(tmp_path: Path) -> None:
    sources, refused = stage([Upload("../../evil.PDF", b"%PDF-1.7"), Upload("b\x00.md", NOTE)], tmp_path)
    assert refused == []
    assert [s.label for s in sources] == ["evil.PDF", "b .md"]
    named = [f"{hashlib.sha256(b'%PDF-1.7').hexdigest()}.pdf", f"{hashlib.sha256(NOTE).hexdigest()}.md"]
    assert [s.path for s in sources] == [tmp_path / name for name in named]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(named)


def test_the_same_bytes_twice_are_one_source(tmp_path: Path) -> None:
    assert len(stage([Upload("a.txt", b"x"), Upload("b.text", b"x")], tmp_path)[0]) == 1


def test_other_kinds_and_too_many_files_are_refused_with_a_reason(tmp_path: Path) -> None:
    uploads = [Upload("a.exe", b"MZ"), Upload("noname", b"x"), *(Upload(f"{n}.txt", b"%d" % n) for n in range(9))]
    sources, refused = stage(uploads, tmp_path)
    assert len(sources) == upload.MAX_FILES - 2
    assert [(f.source, f.reason) for f in refused] == [
        ("a.exe", "it is not of a kind that can be read"),
        ("noname", "it is not of a kind that can be read"),
        ("8.txt", "more than 10 files at once"),
    ]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "MAX_FILE_MIB", 1)
    sources, refused = stage([Upload("a.txt", b"x" * (2**20 + 1)), Upload("b.txt", b"x" * 2**20)], tmp_path)
    assert [s.label for s in sources] == ["b.txt"]
    assert refused[0].reason == "it is larger than 1 MiB"


def test_uploads_can_be_asked_and_leave_no_temporary_file(empty: Library, tmp_path: Path) -> None:
    drawn = draw_release(tmp_path / "p.pdf")
    data = drawn.path.read_bytes()
    job = finished(IngestJob(empty, uploads=[Upload("Quiet Hours.pdf", data), Upload("lanterns.md", NOTE)]))
    assert job.report is not None
    assert (len(job.report.new), job.report.failed, job.files) == (2, [], 2)
    assert [job.label(s.source) for s in job.report.new] == ["Quiet Hours.pdf", "lanterns.md"]
    titles = {d.title: d for d in empty.documents().values()}
    assert titles.keys() == {"Regulation Quiet Hours", "Lanterns"}
    original = empty.original(titles["Regulation Quiet Hours"])
    assert original is not None
    assert original.read_bytes() == data
    assert not list(empty.folder.glob("copies-*"))


def test_what_fails_is_named_as_the_user_named_it_with_a_remedy(empty: Library, tmp_path: Path) -> None:
    encrypted_pdf(tmp_path / "e.pdf", "hush")
    uploads = [Upload("secret.pdf", (tmp_path / "e.pdf").read_bytes()), Upload("x.exe", b"MZ")]
    job = finished(IngestJob(empty, uploads=uploads))
    assert job.report is not None
    assert [job.label(f.source) for f in job.report.failed] == ["x.exe", "secret.pdf"]
    assert "password" in job.report.failed[1].reason
    assert job.report.failed[1].remedy
    assert [(e.state, e.document.title) for e in empty.entries()] == [("failed", "secret.pdf")]


def test_a_text_without_a_title_is_called_what_the_user_calls_it(empty: Library) -> None:
    finished(IngestJob(empty, uploads=[Upload("my lanterns.md", b"A lantern tax is a fee per lantern and night.\n")]))
    assert [d.title for d in empty.documents().values()] == ["my lanterns.md"]


def test_a_second_writer_is_told_to_wait(empty: Library) -> None:
    with empty.writing():
        job = finished(IngestJob(empty, uploads=[Upload("a.md", NOTE)]))
    assert job.report is None
    assert job.error is not None
    assert "another process is writing" in job.error.problem


def test_an_uploaded_archive_is_unpacked_and_its_files_have_their_names(empty: Library) -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("in/lanterns.md", NOTE)
        archive.writestr("in/chart.xlsx", b"x")
        archive.writestr("../out.txt", "Out.")
    job = finished(IngestJob(empty, uploads=[Upload("filings.zip", data.getvalue())]))
    assert job.report is not None
    assert [job.label(s.source) for s in job.report.new] == ["filings.zip!in/lanterns.md"]
    assert [job.label(f.source) for f in job.report.failed] == ["filings.zip!../out.txt"]
    assert [(job.label(source), note) for source, note in job.report.notes] == [
        ("filings.zip!in/chart.xlsx", "passed over: it is of a kind that is not read")
    ]
    assert (job.total, job.files) == (2, 2)
    assert not list(empty.folder.glob("copies-*"))
