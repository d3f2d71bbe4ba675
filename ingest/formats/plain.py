"""Text, Markdown and question banks: files that are text already."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import SourceError
from corpus.questions import PointKind, load_questions
from corpus.records import Kind, Page
from ingest.citing.tags import without_tags
from ingest.facts.metadata import Facts, front_matter_facts, read_facts
from ingest.formats.decoding import decode_text, has_mark
from ingest.readout import Mark, Readout

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_FOOTNOTES = re.compile(r"^\s*FOOTNOTES\s*$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)


def read_text(data: bytes) -> Readout:
    """A release as text; form feeds begin pages, and what follows a line FOOTNOTES are footnotes.

    Raises:
        SourceError: if it holds binary data.
    """
    text, notes = decode(data)
    pages = tuple(_tagged_page(number, page) for number, page in enumerate(text.split("\f"), start=1))
    return Readout(pages, read_facts(_body(pages), "", {}), notes=notes)


def read_markdown(data: bytes) -> Readout:
    """Markdown, with or without front matter.

    Raises:
        SourceError: if it holds binary data, or its front matter is not YAML.
    """
    text, notes = decode(data)
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :].lstrip("\n")
    pages = tuple(_page(number, page) for number, page in enumerate(text.split("\f"), start=1))
    facts = front_matter_facts(_yaml(front[1]), _body(pages)) if front else Facts(_title(_body(pages)), Kind.OTHER)
    return Readout(pages, facts, marks=_marks(pages), notes=notes)


def read_bank(path: Path) -> Readout:
    """A question bank: each question a heading, under it what a good answer says, not what it must not.

    Raises:
        SourceError: if it is no question bank.
    """
    parts = []
    for question in load_questions(path):
        points = [point.text for point in question.points if point.kind is not PointKind.CONTRADICTION]
        parts.append(f"## {question.question}\n\n" + "\n".join(points))
    text = "\n\n".join(parts)
    pages = (Page(1, None, text, len(text)),)
    return Readout(pages, Facts(None, Kind.QUESTION), marks=_marks(pages))


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text with its line ends as newlines, and what was odd about it.

    Raises:
        SourceError: if it holds binary data.
    """
    if b"\0" in data[:4096] and not has_mark(data):
        raise SourceError("the file is named as text but holds binary data", remedy="give it its right name")
    return decode_text(data)


def _page(number: int, text: str) -> Page:
    marks = list(_FOOTNOTES.finditer(text))
    return Page(number, None, text, marks[-1].start() if marks else len(text))


def _tagged_page(number: int, printed: str) -> Page:
    text, calls = without_tags(printed)
    page = _page(number, text)
    return replace(page, calls=tuple(call for call in calls if call[0] < page.body_chars))


def _body(pages: tuple[Page, ...]) -> str:
    return "\n".join(page.text[: page.body_chars] for page in pages)


def _marks(pages: tuple[Page, ...]) -> tuple[Mark, ...]:
    return tuple(
        Mark(page.number, match.start(), match.end(), match[2], len(match[1]))
        for page in pages
        for match in _HEADING.finditer(page.text, 0, page.body_chars)
    )


def _yaml(text: str) -> dict[str, Any]:
    try:
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SourceError(
            f"the front matter is not valid YAML: {error}", remedy="mend the lines between the ---"
        ) from error
    return values if isinstance(values, dict) else {}


def _title(body: str) -> str | None:
    match = re.search(r"^#\s+(.+)$", body, re.MULTILINE)
    return match[1].strip() if match else None
