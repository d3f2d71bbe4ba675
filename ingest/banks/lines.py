"""The lines of a bank that is written as text, and what each begins with. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_MARK = re.compile(r"\**(?:(?P<question>q|question)|a|answer|hint)(?: ?\d+)?\**:\**(?:\s+|$)", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"#{1,6}\s+(?P<name>.*?)\s*#*$")
_RULE = re.compile(r"[-*_=]{3,}$")
_BOTH = re.compile(r"(?P<question>.+?\?)\s+(?:[—–]|--)\s+(?P<hint>.+)")


class Mark(Enum):
    """What a line begins with."""

    QUESTION = "Q:"
    HINT = "A:"
    HEADING = "#"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it.

    Attributes:
        number: 1-based.
        text: without bullet and mark.
        after_blank: whether a blank line, or the file's beginning, stands before it.
    """

    number: int
    text: str
    mark: Mark = Mark.NONE
    after_blank: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """The lines that are neither blank nor a rule."""
    after_blank = True
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        blank = not line or bool(_RULE.match(line))
        if not blank:
            yield _line(number, line, after_blank=after_blank)
        after_blank = blank


def question_and_hint(text: str) -> tuple[str, str] | None:
    """The two halves of "Question? — hint"; None where a line is not of that form."""
    both = _BOTH.fullmatch(text)
    return (both["question"], both["hint"]) if both else None


def _line(number: int, text: str, *, after_blank: bool) -> Line:
    if heading := _HEADING.match(text):
        return Line(number, heading["name"], Mark.HEADING, after_blank)
    bullet = _BULLET.match(text)
    bare = text[bullet.end() :] if bullet else text
    mark = _MARK.match(bare)
    if mark is None:
        return Line(number, bare, Mark.NONE, after_blank)
    return Line(number, bare[mark.end() :], Mark.QUESTION if mark["question"] else Mark.HINT, after_blank)
