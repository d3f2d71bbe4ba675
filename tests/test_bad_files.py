"""Every kind of bad file at once: each ends as a reason with a remedy or is read, and the others go on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfWriter

from corpus.errors import SourceError
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.formats.pdf import read_pdf
from ingest.pipeline import ingest, look_at
from ingest.report import Report
from ingest.sources import Source, find_sources
from ingest.worker import Limits
from tests import bad_files
from tests.release_factory import encrypted_pdf, truncated_pdf, zip_named_pdf

LIMITS = Limits(seconds=30.0, memory_bytes=512 << 20)


def run(library: Library, *paths: Path, retry_failed: bool = False) -> Report:
    sources = find_sources(list(paths))[0]
    return ingest(library, sources, ChunkSettings(), limits=LIMITS, retry_failed=retry_failed)


def test_each_bad_file_ends_as_a_reason_and_the_others_go_on(empty: Library, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    encrypted_pdf(folder / "password.pdf", "secret")
    truncated_pdf(folder / "truncated.pdf")
    zip_named_pdf(folder / "zip.pdf")
    bad_files.deep_page_tree(folder / "deep.pdf", 5000)
    bad_files.bomb(folder / "bomb.pdf", 1024, twice=True)
    bad_files.write_pdf(folder / "pageless.pdf", [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] >>"])
    bad_files.named_pipe(folder / "pipe.txt")
    bad_files.unix_socket(folder / "socket.txt")
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "nothing.txt").symlink_to(folder / "nowhere.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "nul.txt").write_bytes(b"Dealers\0shall be quiet.")
    (folder / "zero.md").write_bytes(b"")
    (folder / "good.txt").write_text("Dealers shall be quiet at night.")
    report = run(empty, folder)
    reasons = {Path(failure.source).name: failure.reason for failure in report.failed}
    expected = {
        "password.pdf": "encrypted and asks for a password",
        "truncated.pdf": "not a readable PDF",
        "zip.pdf": "named .pdf but is a zip archive",
        "deep.pdf": "page 1 cannot be read",
        "bomb.pdf": "0.5 GiB",
        "pageless.pdf": "not a readable PDF",
        "pipe.txt": "it is a named pipe, not a file",
        "socket.txt": "it is a socket, not a file",
        "circle.txt": "Too many levels of symbolic links",
        "nothing.txt": "No such file",
        "device.txt": "it is a device, not a file",
        "nul.txt": "is binary data of a kind that is not known",
        "zero.md": "the file is empty",
    }
    assert reasons.keys() == expected.keys()
    assert {name: reasons[name] for name, part in expected.items() if part not in reasons[name]} == {}
    assert all(failure.remedy for failure in report.failed)
    assert [Path(stored.source).name for stored in report.new] == ["good.txt"]
    assert {e.document.title for e in empty.entries() if e.state == "failed"} == expected.keys()
    assert empty.verify() == []


def test_odd_files_are_read(empty: Library, tmp_path: Path) -> None:
    encrypted_pdf(tmp_path / "anyone-may-read.pdf", "")
    for algorithm in ("AES-128", "AES-256"):
        bad_files.one_page_pdf(tmp_path / f"{algorithm}.pdf")
        writer = PdfWriter(clone_from=tmp_path / f"{algorithm}.pdf")
        writer.encrypt(user_password="", owner_password="owner of the quiet hours", algorithm=algorithm)
        writer.write(tmp_path / f"{algorithm}.pdf")
    bad_files.huge_page(tmp_path / "huge.pdf")
    bad_files.cyclic_outline(tmp_path / "outline.pdf")
    bad_files.cyclic_page_tree(tmp_path / "tree.pdf")
    (tmp_path / "latin.txt").write_bytes("A fee of 5 €, § 3.".encode("cp1252"))
    (tmp_path / "late-nul.txt").write_bytes(b"Dealers shall be quiet. " * 300 + b"\0 And exchanges.")
    (tmp_path / "new\nline.txt").write_text("A name of two lines.")
    (tmp_path / ("n" * 246 + ".txt")).write_text("A name of 250 characters.")
    (tmp_path / os.fsdecode(b"\xff\xfe.txt")).write_text("A name that is not UTF-8.")
    report = run(empty, tmp_path)
    assert report.failed == []
    assert len(report.new) == 11
    texts = {Path(d.source).stem: empty.page_map(i).text for i, d in empty.documents().items()}
    assert texts["latin"] == "A fee of 5 €, § 3."
    assert texts["late-nul"].endswith("\0 And exchanges.")
    assert texts["\\xff\\xfe"] == "A name that is not UTF-8."
    assert texts["new\nline"] == "A name of two lines."
    assert all("quiet" in texts[name] for name in ("AES-128", "AES-256", "huge", "outline", "tree"))
    assert len(empty.search_words("exchanges", 5)) == 1
    assert empty.verify() == []


def test_a_page_that_cannot_be_read_is_said_and_the_others_are(tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    page = bad_files.PAGE % (2, bad_files.LETTER, b"/Font << /F1 4 0 R >>", 5)
    pages = b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>"
    content = bad_files.stream(bad_files.SENTENCE)
    bad_files.write_pdf(path, [b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, bad_files.FONT, content, b"42"])
    raw = read_pdf(path)
    assert [len(p.lines) for p in raw.pages] == [1, 0]
    assert raw.notes[0].startswith("page 2 cannot be read")


def test_what_crashed_the_parser_is_not_tried_again_until_something_changes(empty: Library, tmp_path: Path) -> None:
    path = tmp_path / "forms.pdf"
    bad_files.many_forms(path, depth=9, width=10)
    hard = Limits(seconds=60.0, memory_bytes=400 << 20)

    def reason(limits: Limits = hard, *, retry_failed: bool = False) -> tuple[str, str, bool]:
        report = ingest(
            empty, [Source(path, "pdf")], ChunkSettings(), limits=limits, retry_failed=retry_failed
        )  # fmt: skip
        (failure,) = report.failed
        return failure.reason, failure.remedy, report.seconds.get("parse", 0.0) > 0.0

    first, _, tried = reason()
    assert tried
    again, remedy, tried = reason()
    assert (again, tried) == (f"{first}, when it was last tried", False)
    assert "--retry-failed" in remedy
    assert reason(retry_failed=True) == (first, "open it and print it to a new PDF, then ingest that", True)
    assert reason(Limits(seconds=60.0, memory_bytes=300 << 20))[2]
    path.write_bytes(path.read_bytes() + b"% changed\n")
    assert reason()[2]


def test_a_file_that_failed_cheaply_is_tried_again_each_time(empty: Library, tmp_path: Path) -> None:
    (tmp_path / "zero.txt").write_bytes(b"")
    assert (
        run(empty, tmp_path).failed[0].reason
        == run(empty, tmp_path).failed[0].reason
        == ("the file is empty (zero bytes)")
    )


@contextmanager
def without_rights() -> Iterator[None]:
    """Whoever runs the tests, root may read everything, so be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    folder = tmp_path / "files"
    (folder / "closed").mkdir(parents=True)
    (folder / "secret.txt").write_text("x")
    (folder / "secret.txt").chmod(0)
    (folder / "closed").chmod(0)
    with without_rights():
        sources = find_sources([folder])[0]
    assert [source.path.name for source in sources] == ["secret.txt", "closed"]
    reasons = []
    for source in sources:
        with without_rights(), pytest.raises(SourceError) as caught:
            look_at(source, LIMITS)
        reasons.append(caught.value.problem)
    assert reasons == ["it cannot be opened: Permission denied", "this folder cannot be looked into"]
    (folder / "closed").chmod(0o755)
