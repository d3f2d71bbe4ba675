"""Printed lines made by hand, every character 5 points wide and 10 high, for tests of the layout."""

from ingest.printed import Gap, Line

WIDTH, HEIGHT = 5.0, 10.0


def row(bottom: float, *cells: tuple[float, str], first_char: int = 0, height: float = HEIGHT) -> Line:
    """A line of cells, each given by its left edge and its words; white space inside a cell is 5 points wide."""
    text, gaps = "", []
    for number, (left, words) in enumerate(cells):
        if number:
            before, last = cells[number - 1]
            gaps.append(Gap(len(text), len(text) + 1, before + WIDTH * len(last), left))
            text += " "
        start = len(text)
        gaps += [
            Gap(start + i, start + i + 1, left + WIDTH * i, left + WIDTH * (i + 1))
            for i, character in enumerate(words)
            if character == " "
        ]
        text += words
    last_left, last_words = cells[-1]
    wide = tuple(sorted(gaps, key=lambda gap: gap.start)) if len(cells) > 1 else ()
    return Line(
        text, first_char, cells[0][0], bottom, last_left + WIDTH * len(last_words), bottom + height, height,
        font="Times", raised="", broken=False, gaps=wide,
    )  # fmt: skip


def line(text: str, left: float, bottom: float, **changes: object) -> Line:
    """A line without cells."""
    made = row(bottom, (left, text))
    values = {name: getattr(made, name) for name in made.__dataclass_fields__} | changes
    return Line(**values)  # type: ignore[arg-type]
