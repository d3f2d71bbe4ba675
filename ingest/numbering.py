"""Heading numbers ("II.", "A.", "3.", "b.", "(i)") and whether one continues the numbering so far. Pure."""

import re
from dataclasses import dataclass

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_PRINTED = re.compile(r"^(?:(?P<open>[A-Z]{1,7}|[a-z]{1,5}|\d{1,2})\.|\((?P<closed>[A-Za-z]{1,5}|\d{1,2})\))\s+(?=\S)")
_MISSED = 2  # headings that may have been overlooked between two accepted ones


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed and the ways it can be read.

    Attributes:
        printed: "II.", "a.", "(1)".
        length: of the number and the blanks after it, in characters.
        readings: (rank of the style, value); rank 0 is the outermost style, "I.".
    """

    printed: str
    length: int
    readings: tuple[tuple[int, int], ...]


def read_number(text: str) -> Number | None:
    """The number that ``text`` begins with, or None."""
    match = _PRINTED.match(text)
    if not match:
        return None
    symbol, base = match["open"] or match["closed"], 0 if match["open"] else 4
    readings = _readings(symbol, base)
    return Number(match[0].strip(), match.end(), tuple(readings)) if readings else None


def _readings(symbol: str, base: int) -> list[tuple[int, int]]:
    """Ranks: I. 0, A. 1, 1. 2, a. 3, then (1) 4, (a) 5, (i) 6; "i." reads as 6 too."""
    if symbol.isdigit():
        return [(2 if base == 0 else 4, int(symbol))]
    found = []
    if _ROMAN.fullmatch(symbol):
        found.append((0 if symbol.isupper() and base == 0 else 6, _roman_value(symbol)))
    if len(symbol) == 1:
        rank = (1 if symbol.isupper() else 3) if base == 0 else 5
        found.append((rank, ord(symbol.lower()) - ord("a") + 1))
    return found


def _roman_value(symbol: str) -> int:
    values = [_ROMAN_VALUES[c] for c in symbol.lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


class Numbering:
    """The numbers accepted so far, one for each style that is open."""

    def __init__(self) -> None:
        self._open: dict[int, int] = {}

    def accept(self, number: Number, *, listed: bool) -> int | None:
        """Take the number if it continues the numbering; its level from 1, or None.

        Args:
            number: as read.
            listed: the table of contents names this heading, so its number may jump.
        """
        for rank, value in sorted(number.readings, key=lambda r: self._distance(*r)):
            before = self._open.get(rank, 0)
            if before < value <= before + 1 + _MISSED * (before > 0) or listed or (before == 0 and value == 2):
                self._open = {r: v for r, v in self._open.items() if r < rank} | {rank: value}
                return sorted(self._open).index(rank) + 1
        return None

    def _distance(self, rank: int, value: int) -> int:
        """How far a reading is from what is expected next; 0 is exactly next."""
        return abs(value - self._open.get(rank, 0) - 1)
