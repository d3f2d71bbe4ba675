r"""The Federal Register as the Government Publishing Office sets it as plain text, as blocks. Pure.

It begins "[Federal Register Volume 84, Number 134 (Friday, July 12, 2019)]", before 2011 with the
date first. A page begins at "[[Page 33318]]", a paragraph at an indent of four blanks. A footnote
is called ``\12\`` and stands behind the paragraph that calls it, between two lines of dashes.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from ingest.formats.flow import Block, Call, Furniture, Inline, NewPage, Note, Paragraph

_DATE = r"[A-Z][a-z]+ \d{1,2}, \d{4}"
_FIRST_LINE = re.compile(
    rf"\s*\[Federal Register(?: Volume (?P<volume>\d+), Number (?P<number>\d+) \(\w+, (?P<day>{_DATE})\)"
    rf"|: (?P<date>{_DATE}) \(Volume (?P<old_volume>\d+), Number (?P<old_number>\d+)\))\]"
)
_FIRST_PAGE = re.compile(r"^\[Pages? (\d+)", re.MULTILINE)
_SECTION = re.compile(r"^\[(Rules and Regulations|Proposed Rules|Notices)\s*\]", re.MULTILINE)
_HEADER_END = re.compile(r"\n[ \t]*\n[ \t]*\n|\n[ \t]*\n(?=\[\[Page|[A-Z-])")
_PAGE = re.compile(r"\[\[Page (\d+)\]\]")
_DASHES = re.compile(r"(?:-{20,}|={20,})\s*")
_NOTE = re.compile(r"\s{0,8}\\(\d{1,4})\\\s+(.*)", re.DOTALL)
_CALL = re.compile(r"\\(\d{1,4})\\")
_INDENTED = re.compile(r" {4}\S")


def is_register_text(text: str) -> bool:
    """Whether a text begins as the Federal Register's do."""
    return bool(_FIRST_LINE.match(text))


def running_head(text: str) -> str:
    """What the header of the text states, in the words of the running head of its first printed page."""
    found, first, section = _FIRST_LINE.match(text), _FIRST_PAGE.search(text), _SECTION.search(text)
    if not found:
        return ""
    volume, number = found["volume"] or found["old_volume"], found["number"] or found["old_number"]
    try:
        day = datetime.strptime(found["day"] or found["date"], "%B %d, %Y")
    except ValueError:
        return ""
    printed = f"Federal Register / Vol. {volume}, No. {number} / {day:%A, %B} {day.day}, {day.year}"
    return f"{printed} / {section[1]} {first[1]}" if first and section else printed


def register_blocks(text: str) -> Iterator[Block]:
    """Pages, paragraphs and footnotes; the header that the web version adds is furniture."""
    end = _HEADER_END.search(text)
    header, body = (text[: end.end()], text[end.end() :]) if end else ("", text)
    first = _FIRST_PAGE.search(header)
    yield NewPage(first[1] if first else None)
    yield from (Furniture(line.strip()) for line in header.split("\n") if line.strip())
    lines = body.split("\n")
    held: list[str] = []
    note = ""
    for position, line in enumerate(lines):
        opens = bool(_NOTE.match(line)) and (bool(note) or _after_dashes(lines, position))
        page, dashes = _PAGE.fullmatch(line.strip()), _DASHES.fullmatch(line)
        ends = dashes or opens or (not note and (page or not line.strip() or _INDENTED.match(line)))
        if ends:  # a note runs on over blank lines and the page's end
            yield from _block(held, note)
            held, note = [], ""
        if page:
            yield NewPage(page[1])
        elif opens and (start := _NOTE.match(line)):
            note, held = start[1], [start[2]]
        elif not dashes:
            held.append(line)
    yield from _block(held, note)


def _after_dashes(lines: Sequence[str], position: int) -> bool:
    """Whether a line of dashes is the last thing before this line, blank lines and page marks aside."""
    for line in reversed(lines[max(position - 8, 0) : position]):
        if line.strip() and not _PAGE.fullmatch(line.strip()):
            return bool(_DASHES.fullmatch(line))
    return False


def _block(lines: Sequence[str], note: str) -> Iterator[Block]:
    inlines = tuple(_inlines("\n".join(lines).strip()))
    if note:
        yield Note(note, inlines)
    elif inlines:
        yield Paragraph(inlines)


def _inlines(text: str) -> Iterator[Inline]:
    low = 0
    for call in _CALL.finditer(text):
        yield text[low : call.start()]
        yield Call(call[1])
        low = call.end()
    if text[low:]:
        yield text[low:]
