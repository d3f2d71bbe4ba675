"""Heading numbers ("II.", "A.", "3.", "b.", "(i)") and the ways in which they can be read. Pure."""

import re
from dataclasses import dataclass

STYLES = ("I.", "A.", "1.", "a.", "i.", "(I)", "(A)", "(1)", "(a)", "(i)")  # usual order, outermost first
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_SYMBOL = r"[IVXLC]{1,7}|[A-Z]|[ivxlc]{1,7}|[a-z]|[1-9]\d?"
_PRINTED = re.compile(
    rf"(?:(?P<open>{_SYMBOL})(?:(?:(?<=[A-Z]) )?\.(?:\s+(?=\S)|(?=[“\"‘\[(]|[A-Z][A-Za-z]{{2}}))|\t\s*(?=[A-Z]))"
    rf"|\((?P<closed>{_SYMBOL})\)\s*(?=\S))"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a number: "i." is the first of "i. ii. iii." and the ninth of "a. b. c."."""

    style: str
    value: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed and the ways it can be read.

    Attributes:
        printed: "II.", "a.", "(1)".
        symbol: without dots and brackets, "II".
        length: of the number and the blanks after it, in characters.
    """

    printed: str
    symbol: str
    length: int
    readings: tuple[Reading, ...]


def read_number(text: str, start: int = 0) -> Number | None:
    """The number that stands at ``start``, with a heading's first word after it, or None."""
    match = _PRINTED.match(text, start)
    if not match:
        return None
    symbol = match["open"] or match["closed"]
    readings = _readings(symbol, closed=match["closed"] is not None)
    return Number(match[0].strip(), symbol, match.end() - start, readings) if readings else None


def _readings(symbol: str, *, closed: bool) -> tuple[Reading, ...]:
    found = []
    if symbol.isdigit():
        found.append(("1", int(symbol)))
    elif _ROMAN.fullmatch(symbol):
        found.append(("I" if symbol.isupper() else "i", _roman_value(symbol)))
    if len(symbol) == 1 and symbol.isalpha():
        found.append(("A" if symbol.isupper() else "a", ord(symbol.lower()) - ord("a") + 1))
    return tuple(Reading(f"({s})" if closed else f"{s}.", value) for s, value in found if value > 0)


def _roman_value(symbol: str) -> int:
    values = [_ROMAN_VALUES[c] for c in symbol.lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
