"""Bytes of a text file as text, whatever it declares about its encoding. Pure."""

import codecs
import re

_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_AS_CP1252 = {"iso8859-1", "ascii", "cp1252"}  # how browsers read what is declared so (encoding.spec.whatwg.org)
_NAMES = {"cp1252": "Windows-1252"}


def has_mark(data: bytes) -> bool:
    """Whether a file begins with a byte order mark."""
    return any(data.startswith(mark) for mark, _ in _MARKS)


def decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text with its line ends as newlines, and what was odd about its encoding, in words for the user.

    A byte order mark counts first. UTF-8 is recognised whatever is declared, because text in
    another encoding is hardly ever valid UTF-8; then the declared encoding, then Windows-1252.
    """
    text, notes = _decode(data)
    if lost := text.count("\ufffd"):
        notes = (*notes, f"characters that are not valid in its encoding, replaced by \ufffd: {lost}")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if encoding:
        return data.decode(encoding, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        declared = _declared(data[:_HEAD_BYTES])
    encoding = "cp1252" if declared in {*_AS_CP1252, "utf-8", ""} else declared
    note = f"the text is not UTF-8; it was read as {_NAMES.get(encoding, encoding)}"
    return data.decode(encoding, "replace"), () if declared in _AS_CP1252 else (note,)


def _declared(head: bytes) -> str:
    """Python's name of the encoding that HTML or XML declares, "" for none or an unknown one."""
    found = _DECLARED.search(head)
    try:
        return codecs.lookup((found[1] or found[2]).decode("ascii")).name if found else ""
    except LookupError:
        return ""
