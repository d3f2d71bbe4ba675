"""Tables found in lines whose places are written down by hand."""

from ingest.layout.hyphens import Words
from ingest.layout.pagetext import cell_text
from ingest.layout.printed import Line
from ingest.layout.tables import find_tables
from tests.printed_pages import line, row

WORDS = Words(frozenset(), broken=False)


def cells(lines: list[Line]) -> list[list[list[str]]]:
    return [[[cell_text(cell, WORDS) for cell in r] for r in grid.rows] for grid in find_tables(lines)]


BALANCE_SHEET = [
    line("Quiet Harbor Corp.", 250, 740),
    line("Consolidated Balance Sheets", 230, 728),
    row(712, (50, "(In millions)"), (410, "2023"), (510, "2022")),
    line("Assets", 50, 700),
    row(688, (60, "Cash and cash equivalents"), (380, "$"), (405, "1,204"), (480, "$"), (505, "1,110")),
    row(676, (60, "Receivables, net of allowance of $5 and $4"), (415, "310"), (510, "(298)")),
    line("Common stock, par value $0.01; 500 shares authorized and", 60, 664),
    row(653, (70, "300 issued"), (425, "3"), (525, "—")),
    row(641, (405, "1,517"), (510, "812")),
    row(629, (60, "Margin"), (410, "21.4%"), (510, "20.0"), (532, "%")),
    line("The notes are part of these statements.", 50, 600),
]


def test_a_statement_keeps_label_and_figures_of_a_row_together() -> None:
    (rows,) = cells(BALANCE_SHEET)
    assert rows == [
        ["(In millions)", "2023", "2022"],
        ["Assets", "", ""],
        ["Cash and cash equivalents", "$ 1,204", "$ 1,110"],
        ["Receivables, net of allowance of $5 and $4", "310", "(298)"],
        ["Common stock, par value $0.01; 500 shares authorized and 300 issued", "3", "—"],
        ["", "1,517", "812"],
        ["Margin", "21.4%", "20.0 %"],
    ]


def test_its_title_is_its_caption_and_what_stands_below_is_not_of_it() -> None:
    (grid,) = find_tables(BALANCE_SHEET)
    assert grid.caption == "Quiet Harbor Corp. Consolidated Balance Sheets"
    assert BALANCE_SHEET[-1] not in grid.lines


def test_the_order_in_which_the_file_draws_the_cells_does_not_matter() -> None:
    drawn = [
        row(700, (410, "2023"), (510, "2022")),
        row(688, (405, "1,204"), (505, "1,110")),
        row(676, (415, "310"), (515, "298")),
        line("Cash", 50, 688),
        line("Receivables", 50, 676),
    ]
    assert cells(drawn) == [[["", "2023", "2022"], ["Cash", "1,204", "1,110"], ["Receivables", "310", "298"]]]


def test_a_head_over_several_columns_heads_each_of_them() -> None:
    drawn = [
        row(712, (277, "Three months ended"), (482, "Nine months ended")),
        row(700, (260, "2023"), (360, "2022"), (460, "2023"), (560, "2022")),
        row(688, (50, "Revenue"), (265, "10"), (365, "9"), (465, "31"), (565, "28")),
        row(676, (50, "Costs"), (265, "(7)"), (365, "(6)"), (465, "(21)"), (565, "(19)")),
    ]
    (rows,) = cells(drawn)
    assert rows[0] == ["", "Three months ended", "Three months ended", "Nine months ended", "Nine months ended"]
    assert rows[1] == ["", "2023", "2022", "2023", "2022"]


def test_lines_of_one_head_are_one_cell() -> None:
    drawn = [
        row(721, (50, "Size of the"), (240, "Number"), (340, "Number of")),
        row(710, (50, "firm"), (240, "of BDs"), (340, "accounts")),
        row(690, (50, "> $50 million"), (250, "16"), (345, "4,096")),
        row(676, (50, "$1 million to $50 million"), (250, "102"), (345, "8,161")),
    ]
    assert cells(drawn)[0][0] == ["Size of the firm", "Number of BDs", "Number of accounts"]


def test_figures_between_the_two_lines_of_their_label_are_its_figures() -> None:
    drawn = [
        row(700, (50, "Mutual fund retailer"), (300, "1,549"), (400, "54.2%")),
        line("Non-exchange member arranging for", 50, 684),
        row(678, (305, "797"), (400, "27.9%")),
        line("transactions by a member", 60, 672),
        row(656, (50, "Prime broker"), (310, "21"), (405, "0.7%")),
    ]
    assert cells(drawn)[0][1] == ["Non-exchange member arranging for transactions by a member", "797", "27.9%"]


def test_one_row_below_the_heads_of_its_columns_is_a_table() -> None:
    drawn = [row(700, (50, "For"), (250, "Against")), row(688, (50, "57,172,731"), (250, "13,324,080"))]
    assert cells(drawn) == [[["For", "Against"], ["57,172,731", "13,324,080"]]]


def test_dots_lead_to_a_figure_and_are_no_part_of_a_cell() -> None:
    years = [(str(2012 + i), f"${425 + 30 * i},000,000") for i in range(4)]
    drawn = [
        row(700 - 12 * i, (50, f"{year} ...................."), (180, amount)) for i, (year, amount) in enumerate(years)
    ]
    assert cells(drawn) == [[list(pair) for pair in years]]


def test_a_table_of_contents_is_left_as_text() -> None:
    titles = [("Item 1.", "Business", "4"), ("Item 1A.", "Risk factors", "9"), ("Item 2.", "Properties", "17")]
    drawn = [row(700 - 12 * i, (50, a), (110, b), (540, c)) for i, (a, b, c) in enumerate(titles)]
    dotted = [row(700 - 12 * i, (50, f"{t} ............"), (540, str(3 * i + 2))) for i, t in enumerate("ABCDE")]
    assert cells(drawn) == cells(dotted) == []


def test_a_list_of_exhibits_is_left_as_text() -> None:
    drawn = [
        row(700 - 12 * i, (50, f"10.{i}"), (100, "Form of agreement"), (400, "8-K"), (460, f"10.{i + 3}"))
        for i in range(1, 6)
    ]
    assert cells(drawn) == []


def test_the_axes_of_a_chart_are_left_as_text() -> None:
    scale = [line(f"{n},000", 50, 700 - 20 * i) for i, n in enumerate((14, 12, 10, 8))]
    years = row(610, *((80 + 60 * i, str(2010 + i)) for i in range(6)))
    assert cells([*scale, years]) == []


def test_prose_in_columns_and_justified_prose_are_left_as_text() -> None:
    columns = [
        row(700 - 12 * i, (50, "prose of the left column, 12 U.S.C."), (310, "prose of the right column 1841"))
        for i in range(6)
    ]
    words = ["of", "the", "Act", "(12", "U.S.C.", "1841"]
    justified = [row(500 - 12 * i, *((50 + 60 * n, word) for n, word in enumerate(words))) for i in range(4)]
    assert cells(columns) == cells(justified) == []


def test_two_tables_are_parted_by_the_sentence_between_them() -> None:
    def table(top: float) -> list[Line]:
        head = row(top, (410, "2023"), (510, "2022"))
        body = [row(top - 12 * (i + 1), (50, "Land"), (412, "10"), (512, "20")) for i in range(3)]
        return [head, *body]

    prose = line("The Company recorded its share of the income as follows:", 80, 630)
    grids = find_tables([*table(700), prose, *table(606)])
    assert [len(grid.rows) for grid in grids] == [4, 4]
    assert grids[1].caption == prose.text
