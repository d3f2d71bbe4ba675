"""Where a named place begins and ends in a chunk that holds some of it."""

from dataclasses import dataclass

from corpus.records import Chunk


@dataclass(frozen=True, slots=True)
class Spot:
    """A chunk and the part of it that was asked for.

    Attributes:
        start: offset in the document's text; ``end`` is one past the last character. An empty
            span says that the chunk speaks of the place without being it.
    """

    chunk: Chunk
    start: int
    end: int


def whole(chunk: Chunk) -> Spot:
    """All of a chunk."""
    return Spot(chunk, chunk.start, chunk.end)


def part(chunk: Chunk, start: int, end: int) -> Spot:
    """What of ``[start, end)`` lies in a chunk."""
    return Spot(chunk, max(start, chunk.start), min(end, chunk.end))


def beside(chunk: Chunk) -> Spot:
    """None of a chunk: it only speaks of what was asked for."""
    return Spot(chunk, chunk.start, chunk.start)
