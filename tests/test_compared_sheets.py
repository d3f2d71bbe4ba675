"""What every format is made of: quotes cut at their marks, and characters that can be shown; the looks of the page."""

import re

import pytest

from rag.compared.sheets import Piece, Quote, clean
from rag.compared.style import STYLE


def test_marks_of_several_kinds_a_space_apart_are_shown_as_one() -> None:
    cut: tuple[Piece, ...] = (
        ("The ", None),
        ("Rules", "word"),
        (" ", None),
        ("200", "number"),
        (" ", None),
        ("must", "modal"),
        (" go", None),
    )
    quote = Quote(cut, "page 1", "page 1", "preamble")

    assert quote.runs == (("The ", False), ("Rules 200 must", True), (" go", False))


@pytest.mark.parametrize("unseen", ["\x00", "\x0b", "\x1b", "\x7f", "\x9b", "\u202e", "\ud800", "\uffff"])
def test_a_character_that_cannot_be_shown_becomes_one_sign(unseen: str) -> None:
    assert clean(f"a{unseen}b\tc\n") == "a�b\tc\n"


def _colours(block: str) -> dict[str, str]:
    return {
        name: "".join(2 * c for c in value) if len(value) == 3 else value
        for name, value in re.findall(r"--([a-z-]+): #([0-9a-f]{3}|[0-9a-f]{6});", block)
    }


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, after WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("block", re.findall(r":root \{([^}]*)\}", STYLE), ids=["light", "dark", "paper"])
def test_every_colour_of_words_has_a_contrast_of_four_and_a_half(block: str) -> None:
    colours = _colours(block)
    pairs = [(word, ground) for word in ("text", "soft", "link", "old", "new", "mark") for ground in ("back", "tint")]
    pairs += [(word, f"{word}-back") for word in ("old", "new", "mark")]
    for word, ground in pairs:
        low, high = sorted((_luminance(colours[word]), _luminance(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (word, ground)
