"""Formulas and worked numbers as they stand in a reference note."""

import re
from pathlib import Path

NOTES = Path(__file__).parents[1] / "corpus" / "data" / "notes"
N = r"([−+-]?\d[\d,]*(?:\.\d+)?(?:e-\d+)?)"


def note(name: str) -> str:
    """The text of a note."""
    return (NOTES / f"{name}.md").read_text("utf-8")


def assert_formula(name: str, line: str) -> None:
    """The formula stands in the note, on a line of its own."""
    assert line in note(name).splitlines(), f"{name} has no line {line!r}"


def numbers(name: str, form: str) -> tuple[float, ...]:
    """The numbers of a note's one sentence of this form; in the form each ``#`` is a number."""
    return matched(name, re.escape(form).replace(r"\#", "#").replace(r"\ ", " "))


def matched(name: str, pattern: str) -> tuple[float, ...]:
    """The numbers that the groups of a pattern catch in the one place of the note that fits; ``#`` is a number."""
    found = [match.groups() for match in re.finditer(pattern.replace("#", N), note(name))]
    assert len(found) == 1, f"{pattern!r} fits {len(found)} times in {name}"
    return tuple(float(text.replace(",", "").replace("−", "-")) for text in found[0])
