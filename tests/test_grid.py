"""Tables of filings: which cells make a figure, which columns a column, and which tables are tables."""

import pytest

from ingest.formats.grid import Cell, Shape, read_rows, shape_of


def cells(*row: str | tuple[str, int]) -> list[Cell]:
    return [Cell(*value) if isinstance(value, tuple) else Cell(value) for value in row]


def test_signs_and_brackets_belong_to_their_figures() -> None:
    rows = read_rows([
        cells("", "", ("2023", 3), "", ("2022", 3)),
        cells("Sales", "", "$", "1,234", "", "", "US$", "980", ""),
        cells("Loss", "", ("(12", 2), ")", "", ("(9", 2), ")"),
        cells("Margin", "", "", "12", "%", "", "", "(3", ")%"),
    ])  # fmt: skip
    assert rows == (
        ("", "2023", "2022"),
        ("Sales", "$1,234", "US$980"),
        ("Loss", "(12)", "(9)"),
        ("Margin", "12%", "(3)%"),
    )


def test_columns_that_never_meet_in_a_row_stay_apart() -> None:
    rows = read_rows([cells("Oil bought", "40", ""), cells("Oil sold", "", "35")])
    assert rows == (("Oil bought", "40", ""), ("Oil sold", "", "35"))


def test_a_head_over_two_years_stands_in_the_first_of_them() -> None:
    rows = read_rows([cells("", ("Year ended", 2)), cells("", "2023", "2022"), cells("Sales", "7", "6")])
    assert rows == (("", "Year ended", ""), ("", "2023", "2022"), ("Sales", "7", "6"))


def test_a_cell_over_two_rows_keeps_its_column() -> None:
    rows = read_rows([[Cell("Bells", rows=2), Cell("large"), Cell("7")], cells("small", "9")])
    assert rows == (("Bells", "large", "7"), ("", "small", "9"))


def test_a_span_beyond_reason_costs_nothing_and_loses_nothing() -> None:
    rows = read_rows([[Cell("a", 100_000_000, 100_000_000), Cell("b")], cells("c")])
    assert " ".join(cell for row in rows for cell in row if cell) == "a b c"


@pytest.mark.parametrize(
    ("rows", "shape"),
    [
        ([["one column"], ["of prose"]], Shape.PROSE),
        ([["•", "A bell rings."]], Shape.LINES),
        ([["(a)", "A bell rings."], ["(b)", "A gong booms."]], Shape.LINES),
        ([["Item 1A.", "Risk Factors"]], Shape.LINES),
        ([["Lantern Works", "2023 Form 10-K", "12"]], Shape.LINES),
        ([["Sales", "$1,234"], ["Loss", "(12)"]], Shape.DATA),
        ([["Vera Wick", "Director"], ["Ada Wick", "Secretary"]], Shape.DATA),
        ([["Left " * 90, "Right " * 90], ["Left " * 90, "Right " * 90]], Shape.PROSE),
    ],
)
def test_shapes(rows: list[list[str]], shape: Shape) -> None:
    assert shape_of(rows, headed=False) is shape


def test_header_cells_make_a_table_of_data() -> None:
    rows = [["Rule", "What it says " * 40], ["15z-1", "Be quiet. " * 40]]
    assert (shape_of(rows, headed=True), shape_of(rows, headed=False)) == (Shape.DATA, Shape.PROSE)
