"""What a file is decides how it is read, not its name."""

import gzip
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from corpus.errors import SourceError
from ingest.formats.sniffing import what_is
from tests.edgar_files import OLD_HTML, PLAIN_TEN_K, TEN_K, submission
from tests.reading import read_as
from tests.register_files import CODE_XML, RULE_HTML, RULE_TEXT, RULE_TEXT_PAGE, RULE_XML
from tests.release_factory import draw_release, zip_named_pdf


def zip_of(name: str, content: bytes = b"x") -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.4", "pdf"),
        (TEN_K.encode(), "html"),
        (OLD_HTML, "html"),
        (RULE_HTML.encode(), "html"),
        (RULE_TEXT_PAGE.encode(), "html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html/>', "html"),
        (b"<!-- saved from sec.gov -->\n<HTML>", "html"),
        ("\ufeff<html><body>".encode("utf-16-le"), "html"),
        (RULE_XML.encode(), "xml"),
        (CODE_XML.encode(), "xml"),
        (b"<RULE><P>x</P></RULE>\n", "xml"),
        (submission("10-K", TEN_K).encode(), "submission"),
        (b"<SEC-DOCUMENT>0000999999-24-000012.txt", "submission"),
        (b"<DOCUMENT>\n<TYPE>10-K\n", "submission"),
        (RULE_TEXT.encode(), "txt"),
        (PLAIN_TEN_K.encode(), "txt"),
        (b"<PAGE>  2\nITEM 1", "txt"),
        (b"# A heading\n", "txt"),
        (b"[Federal Register Volume 90]", "txt"),
        ("§ “1”".encode("cp1252"), "txt"),
        (b'{"documents": [1]}', "json"),
        (json.dumps([1, 2]).encode(), "json"),
        (gzip.compress(b"x"), "gzip"),
        (zip_of("a.txt"), "zip"),
        (zip_of("[Content_Types].xml"), "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "ole"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\x00\x08", "image"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    assert what_is(data) == kind


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("a.txt", "<html><body><p>Bells ring.</p></body></html>", "named .txt but is a web page (HTML)"),
        ("a.pdf", "<html><body><p>Bells ring.</p></body></html>", "named .pdf but is a web page (HTML)"),
        ("a.htm", "Bells ring.", "named .htm but is plain text"),
        ("a.md", "<html><body><p>Bells ring.</p></body></html>", "named .md but is a web page (HTML)"),
        ("a.htm", "<RULE><P>Bells ring.</P></RULE>", "named .htm but is XML"),
        ("a.xml", "<html><body>Bells ring.</body></html>", "named .xml but is a web page (HTML)"),
    ],
)
def test_a_file_is_read_as_what_it_is_and_a_note_says_so(name: str, content: str, note: str, tmp_path: Path) -> None:
    parsed = read_as(tmp_path, name, content)
    assert parsed.pages[0].text.strip() == "Bells ring."
    assert note in parsed.document.notes[0]


def test_text_in_utf_16_is_text(tmp_path: Path) -> None:
    assert read_as(tmp_path, "a.txt", "§ 1 Bells\r\nring.".encode("utf-16")).pages[0].text == "§ 1 Bells\nring."


def test_a_pdf_named_text_keeps_its_pictures(tmp_path: Path) -> None:
    data = draw_release(tmp_path / "rule.pdf").path.read_bytes()
    parsed = read_as(tmp_path, "rule.txt", data)
    assert parsed.document.media == "pdf"
    assert parsed.document.notes == ("the file is named .txt but is a PDF; it was read as that",)
    assert parsed.pages[3].runs


@pytest.mark.parametrize(
    ("name", "data", "problem", "remedy"),
    [
        ("a.txt", zip_of("[Content_Types].xml"), "an Office document", "save it as PDF"),
        ("a.htm", b"{\\rtf1\\ansi hello}", "a Rich Text document", "save it as PDF"),
        ("a.txt", b'{"a": 1}', "JSON data", "give the document itself"),
        ("a.htm", gzip.compress(b"<html>"), "compressed with gzip", "unpack it"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\0\0\0", "a picture", "print it to a PDF"),
        ("a.md", bytes(200), "binary data", "give it its right name"),
    ],
)
def test_what_is_not_read_says_what_it_is_and_what_to_do(
    name: str, data: bytes, problem: str, remedy: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=f"the file is named {name[1:]} but is {problem}") as caught:
        read_as(tmp_path, name, data)
    assert remedy in caught.value.remedy


def test_a_zip_named_pdf_says_what_to_do(tmp_path: Path) -> None:
    zip_named_pdf(tmp_path / "a.pdf")
    with pytest.raises(SourceError, match=r"named \.pdf but is a zip archive") as caught:
        read_as(tmp_path, "a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert "ends in .zip" in caught.value.remedy
