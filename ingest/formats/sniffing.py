"""What a file is, told from its first bytes, whatever it is called. Pure."""

import json
import re

from corpus.errors import SourceError

HEAD_BYTES = 4096
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"PK\x07\x08", "zip"), (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"{\\rtf", "rtf"), (b"%!PS", "postscript"),
    (b"\x89PNG\r\n\x1a\n", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"),
    (b"MM\x00*", "image"), (b"BM", "bmp"), (b"SQLite format 3\x00", "sqlite"), (b"\x7fELF", "program"),
)  # fmt: skip
"""First bytes of formats and our name for each (IANA media types and the formats' own specifications)."""
_SAVE_AS_PDF = "open it, save it as PDF and ingest that"
_UNPACK = "unpack it and ingest the files in it"
_NOT_READ = {
    "zip": ("a zip archive", "rename it so that it ends in .zip and ingest it again"),
    "office": ("an Office document (Word, Excel or PowerPoint)", _SAVE_AS_PDF),
    "ole": ("an Office document of before 2007 (Word, Excel or PowerPoint)", _SAVE_AS_PDF),
    "epub": ("an e-book (EPUB)", _SAVE_AS_PDF),
    "rtf": ("a Rich Text document", _SAVE_AS_PDF),
    "postscript": ("a PostScript file", "convert it (for example `ps2pdf in.ps out.pdf`) and ingest the result"),
    "gzip": ("compressed with gzip", _UNPACK),
    "bzip2": ("compressed with bzip2", _UNPACK),
    "xz": ("compressed with xz", _UNPACK),
    "7z": ("a 7-Zip archive", _UNPACK),
    "rar": ("a RAR archive", _UNPACK),
    "image": ("a picture", "print it to a PDF and ingest that; its text is read when OCR is installed"),
    "json": ("JSON data", "give the document itself; its address may be in the JSON"),
    "sqlite": ("a database", "give the documents themselves"),
    "program": ("a program", "give the document itself"),
    "binary": ("binary data of a kind that is not known", "give it its right name, or download it again"),
}
_SUBMISSION = re.compile(
    rb"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE-----|<SEC-DOCUMENT>|<IMS-DOCUMENT>|<SUBMISSION>|<DOCUMENT>\s*<TYPE>)"
)
_PROLOG = re.compile(
    rb"\s*(?:<\?[^>]{0,1000}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE(?! html)[^>\[]{0,500}>\s*)*",
    re.DOTALL | re.IGNORECASE,
)
_HTML = re.compile(
    rb"<(?:!DOCTYPE html|html|head|body|title|meta|link|script|style|h[1-6]|p|div|span|table|center|font|pre|b|i|a|br"
    rb"|hr|ul|ol|section|article|main)\b",
    re.IGNORECASE,
)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")


def what_is(data: bytes) -> str:
    """Our name for what a file is: "pdf", "html", "xml", "submission" or "txt"; or of what is not read."""
    head = data[:HEAD_BYTES]
    if data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF"):
        return "pdf"
    kind = next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), "")
    if kind == "zip":
        return _zip_kind(data)
    if kind == "bmp":
        kind = "image" if head[6:10] == bytes(4) else ""
    return kind or _text_kind(data, head)


def _zip_kind(data: bytes) -> str:
    """Office documents and e-books are zip archives of a known layout."""
    if b"mimetypeapplication/epub+zip" in data[:100]:
        return "epub"
    return (
        "office"
        if b"[Content_Types].xml" in data[:HEAD_BYTES] or b"mimetypeapplication/vnd.oasis" in data[:100]
        else "zip"
    )


def _text_kind(data: bytes, head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16-le" if head[:2] == b"\xff\xfe" else "utf-16-be"
        head = head[2:].decode(encoding, "ignore").encode("utf-8")
    head = head.removeprefix(b"\xef\xbb\xbf")
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    if b"\0" in head or controls > len(head) / 20:
        return "binary"
    if _SUBMISSION.match(head):
        return "submission"
    prolog = _PROLOG.match(head)
    start = head[prolog.end() :] if prolog else head
    if _HTML.match(start):
        return "html"
    root = _ROOT.match(start)
    if head.lstrip().startswith((b"<?xml", b"<!DOCTYPE")) or (root and data.rstrip().endswith(b"</" + root[1] + b">")):
        return "xml"
    return "json" if _is_json(data) else "txt"


def _is_json(data: bytes) -> bool:
    text = data.strip()
    if text[:1] + text[-1:] not in (b"{}", b"[]"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def refuse(kind: str, suffix: str) -> SourceError:
    """The error for a file of a kind that is not read.

    Args:
        kind: of :func:`what_is`.
        suffix: of its name, such as ".pdf".
    """
    what, remedy = _NOT_READ[kind]
    return SourceError(f"the file is named {suffix} but is {what}" if suffix else f"the file is {what}", remedy=remedy)
