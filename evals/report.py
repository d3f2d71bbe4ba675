"""How numbers are written in a report."""

from typing import SupportsFloat

_DIGITS = 4


def rounded(value: SupportsFloat) -> float:
    """A fraction as reports show it: four digits."""
    return round(float(value), _DIGITS)
