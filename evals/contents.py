"""The sections of a document against the table of contents that it prints itself.

The table is read here once more, from the stored text of the pages and by another rule than
the one ingest goes by: an entry is a line that ends in dotted leaders and a page number, or
begins with a heading's number and ends in a page's, with the lines without them that stand
above it. So the table can be held against sections that were found with its help, and
against sections that were found without bookmarks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import SourceError
from corpus.library import Library
from corpus.records import Page, Section
from evals.headings import PrintedHeading, common_subsequence, letters
from evals.report import rounded

_TITLE = re.compile(r"^\s*table of contents\s*:?\s*$", re.IGNORECASE)
_MARK = r"(?:\(\w{1,5}\)|[A-Z]{1,7}\.|[a-z]{1,5}\.|\d{1,2}\.)"
_ENTRY = re.compile(rf"^(.*?)\s*(?:\.\s?){{2,}}\s*([ivxlc]+|[A-Z]?-?\d+)\s*$|^({_MARK}\s.*\S)\s+(\d{{1,3}})$")
_NUMBER = re.compile(rf"^\s*({_MARK})\s+")
_LONGEST_WRAP = 5
_PAGES_READ = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table: a heading and the printed number of its page."""

    heading: PrintedHeading
    label: str


def read_contents(pages: Sequence[Page]) -> tuple[Entry, ...]:
    """The entries of the first table of contents; none when there is no such table with dotted leaders."""
    lines = [line for page in pages[:_PAGES_READ] for line in page.text[: page.body_chars].split("\n") if line.strip()]
    begin = next((n for n, line in enumerate(lines) if _TITLE.match(line)), len(lines))
    entries: list[Entry] = []
    held: list[str] = []
    for line in lines[begin + 1 :]:
        if match := _ENTRY.match(line):
            words, label = (match[1], match[2]) if match[2] else (match[3], match[4])
            entries.append(Entry(_heading(" ".join([*held, words])), label))
            held = []
        elif held and line.strip().isdigit() and len(held) <= _LONGEST_WRAP:  # the leaders were lost at a line's end
            entries.append(Entry(_heading(" ".join(held)), line.strip()))
            held = []
        else:
            held.append(line.strip())
            if len(held) > _LONGEST_WRAP:
                break
    return tuple(entries)


def evaluate_outline(library: Library, document_id: str) -> dict[str, Any]:
    """Compare the sections of a document in the library with its printed table of contents.

    A section is found when its number and words are those of an entry, in the table's order;
    it is on the right page when the page on which it begins bears the number that is listed.
    Sections deeper than any that was found are not held against the table, and neither are
    those without number when every entry has one: captions and rule text.

    Raises:
        SourceError: if the document prints no table of contents with dotted leaders.
    """
    pages = library.pages(document_id)
    entries = read_contents(pages)
    if not entries:
        raise SourceError(
            "the document prints no table of contents with dotted leaders and page numbers",
            remedy="name one that does; `reglens show DOC` lists the sections of any document",
        )
    labels = {page.number: page.label for page in pages}
    sections = library.sections(document_id)
    listed = [letters(entry.heading.text) for entry in entries]
    pairs = common_subsequence(listed, [letters(f"{s.number} {s.heading}") for s in sections])
    wrong = [
        f"{entries[i].heading.text}: listed on {entries[i].label}, found on {labels[sections[j].first_page]}"
        for i, j in pairs
        if labels[sections[j].first_page] != entries[i].label
    ]
    found = {i for i, _ in pairs}
    false = _false(sections, [j for _, j in pairs], all_numbered=all(entry.heading.number for entry in entries))
    return {
        "document_id": document_id,
        "n_listed": len(entries),
        "n_found": len(pairs),
        "n_on_page": len(pairs) - len(wrong),
        "recall": rounded(len(pairs) / len(entries)),
        "precision": rounded(len(pairs) / (len(pairs) + len(false))) if pairs or false else 0.0,
        "missed": [entry.heading.text for i, entry in enumerate(entries) if i not in found],
        "wrong_page": wrong,
        "false": false,
        "n_deeper": sum(s.level > _deepest(sections, pairs) for s in sections),
    }


def _heading(words: str) -> PrintedHeading:
    words = " ".join(words.split())
    number = match[1] if (match := _NUMBER.match(words)) else ""
    return PrintedHeading(number, words[len(number) :].strip())


def _deepest(sections: Sequence[Section], pairs: Sequence[tuple[int, int]]) -> int:
    return max((sections[j].level for _, j in pairs), default=0)


def _false(sections: Sequence[Section], found: Sequence[int], *, all_numbered: bool) -> list[str]:
    deepest = max((sections[j].level for j in found), default=0)
    return [
        f"{section.number} {section.heading}".strip()
        for j, section in enumerate(sections)
        if j not in found
        and section.level <= deepest
        and (section.number or not all_numbered)
        and not PrintedHeading(section.number, section.heading).is_left_out
    ]
