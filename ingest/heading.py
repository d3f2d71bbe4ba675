"""A heading that was found, before it becomes a section."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """Offsets in the document's text, number as printed, title, and level from 1 for the outermost."""

    start: int
    end: int
    number: str
    text: str
    level: int
