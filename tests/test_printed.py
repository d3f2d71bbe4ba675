"""Printed lines read from characters whose boxes are written down by hand."""

from dataclasses import dataclass, field

from ingest.layout.printed import Line, Rectangle, printed_lines


@dataclass
class Drawn:
    """Characters on a page: 5 points wide and 10 high unless smaller; lines end where :meth:`end` is called."""

    text: str = ""
    boxes: list[Rectangle] = field(default_factory=list)

    def write(self, words: str, left: float, bottom: float, height: float = 10.0) -> "Drawn":
        for _ in words:
            self.boxes.append((left, bottom, left + height / 2, bottom + height))
            left += height / 2
        self.text += words
        return self

    def upwards(self, words: str, left: float, bottom: float) -> "Drawn":
        for number, _ in enumerate(words):
            self.boxes.append((left, bottom + 5 * number, left + 10, bottom + 5 * number + 5))
        self.text += words
        return self

    def end(self) -> "Drawn":
        self.text += "\r\n"
        self.boxes += [(0, 0, 0, 0)] * 2
        return self

    def box(self, index: int) -> Rectangle:
        return self.boxes[index]

    def font(self, index: int) -> str:
        return "Times"


def read(drawn: Drawn) -> list[Line]:
    return printed_lines(drawn)


def test_a_raised_number_behind_a_word_is_a_call() -> None:
    drawn = Drawn().write("In 2017.", 50, 700).write("65", 90, 704, 6).write(" Compliance", 96, 700)
    (line,) = read(drawn)
    assert line.text == "In 2017.65 Compliance"
    assert line.calls == ((8, "65"),)


def test_numbers_on_the_line_and_fractions_are_no_calls() -> None:
    small = Drawn().write("Rule 12b", 50, 700).write("2", 90, 700.2, 8).write(" of it", 94, 700)
    fraction = Drawn().write("not fewer than ", 50, 700).write("2⁄3", 125, 704, 6).write(" of them", 134, 700)
    assert [line.calls for line in (*read(small), *read(fraction))] == [(), ()]


def test_the_number_of_a_note_is_raised_before_its_words() -> None:
    (line,) = read(Drawn().write("12", 50, 704, 6).write(" See the letter.", 56, 700))
    assert (line.raised, line.calls, line.height) == ("12", (), 10)


def test_a_line_end_that_the_file_does_not_mark_is_one_all_the_same() -> None:
    down = Drawn().write("the first line ends", 50, 700).write(" and the second", 50, 688).end().write("third", 50, 676)
    assert [line.text for line in read(down)] == ["the first line ends", "and the second", "third"]
    up = Drawn().write("a loss of $20 million.", 50, 700).write("57", 300, 740).end()
    assert [(line.text, line.first_char) for line in read(up)] == [("a loss of $20 million.", 0), ("57", 22)]


def test_a_word_that_is_broken_there_goes_on_in_the_next_line() -> None:
    lines = read(Drawn().write("total consoli-", 50, 700).write(" dated assets", 50, 688))
    assert [(line.text, line.broken) for line in lines] == [("total consoli", True), ("dated assets", False)]


def test_words_that_run_up_the_page_are_one_line() -> None:
    (line,) = read(Drawn().upwards("jbell with PROPOSALS", 20, 100))
    assert line.text == "jbell with PROPOSALS"


def test_white_space_is_measured_in_a_line_that_may_be_a_row_of_cells() -> None:
    (line,) = read(Drawn().write("Cash on hand", 50, 700).write(" ", 110, 700).write("1,204", 300, 700))
    assert [(gap.start, gap.end, gap.left, gap.right) for gap in line.gaps] == [
        (4, 5, 70, 75), (7, 8, 85, 90), (12, 13, 110, 300),
    ]  # fmt: skip
    (prose,) = read(Drawn().write("no figures and no wide gaps in it", 50, 700))
    assert prose.gaps == ()
