"""Text of a PDF page that nobody sees: too small, in the colour of the paper, or not drawn at all. Pure.

White letters on a dark bar and the invisible text layer of a scan are seen all the same, so
colour and way of drawing only raise a doubt; what the drawn page shows in their boxes settles it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

_SMALLEST = 1.0  # points; smaller letters are seen by nobody
_PALE = 245  # of 255 in all three colours
_FAINTEST = 40  # of 255 in opacity
_NOT_FILLED = (1, 2, 3, 5, 6, 7)  # PDF text rendering modes that do not fill the letters, or also outline or clip


@dataclass(frozen=True, slots=True)
class Ink:
    """How characters are drawn.

    Attributes:
        size: of the font as drawn, in points.
        colour: red, green, blue and opacity of the fill, 0 to 255.
        mode: text rendering mode of the PDF; 0 fills.
    """

    size: float
    colour: tuple[int, int, int, int]
    mode: int = 0

    @property
    def too_small(self) -> bool:
        """Whether nobody can see it, whatever its colour."""
        return self.size < _SMALLEST

    @property
    def doubtful(self) -> bool:
        """Whether it may be unseen."""
        *light, opacity = self.colour
        return self.too_small or min(light) >= _PALE or opacity <= _FAINTEST or self.mode in _NOT_FILLED


def unseen(inks: Iterable[tuple[int, Ink]], shows: Callable[[int], bool]) -> Iterator[int]:
    """Indexes of the characters that are not seen.

    Args:
        inks: characters in order, and how they are drawn.
        shows: whether the drawn page shows anything in a character's box; asked only in doubt.
    """
    for (_, ink), run in groupby(((index, ink) for index, ink in inks if ink.doubtful), key=_Runs()):
        there = [index for index, _ in run]
        if ink.too_small or 2 * sum(shows(index) for index in there) < len(there):
            yield from there


class _Runs:
    """Numbers characters by the run that they belong to: neighbours of the same ink."""

    def __init__(self) -> None:
        self._number, self._last, self._ink = 0, -2, Ink(0, (0, 0, 0, 0))

    def __call__(self, item: tuple[int, Ink]) -> tuple[int, Ink]:
        index, ink = item
        if index != self._last + 1 or ink != self._ink:
            self._number += 1
        self._last, self._ink = index, ink
        return self._number, ink
