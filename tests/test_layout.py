"""Pages laid out from lines whose places are written down by hand."""

from ingest.formats.pdf import RawPdf
from ingest.layout.hyphens import Words
from ingest.layout.pages import LaidOut, lay_out
from ingest.layout.printed import Line, RawPage
from ingest.layout.readingorder import in_reading_order
from tests.printed_pages import line, row


def laid_out(*pages: list[Line]) -> LaidOut:
    raw = tuple(RawPage(number, 612, 792, tuple(lines)) for number, lines in enumerate(pages, start=1))
    return lay_out(RawPdf(raw, (), (), {}, ()))


def body(number: int) -> list[Line]:
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return [line(f"Words of page {words[number]} in line {words[i]}, long enough.", 72, 700 - 12 * i) for i in range(9)]


def test_a_row_of_a_table_is_one_line_of_the_text_and_its_offsets_are_exact() -> None:
    page = [
        line("Statement of Cash", 72, 700, first_char=0),
        row(676, (410, "2023"), (510, "2022"), first_char=20),
        row(664, (405, "1,204"), (505, "1,110"), first_char=40),
        line("Cash and cash", 72, 664, first_char=60),
        line("equivalents", 82, 653, first_char=80),
        row(641, (72, "Receivables"), (415, "310"), (515, "298"), first_char=100),
    ]
    found = laid_out(page)
    (text,) = (page.text for page in found.pages)
    assert text == "Statement of Cash\n\n2023 2022\nCash and cash equivalents 1,204 1,110\nReceivables 310 298"
    (table,) = found.tables
    assert text[table.start : table.end] == text[19:]
    assert table.rows[1] == ("Cash and cash equivalents", "1,204", "1,110")
    printed = {made.first_char + i: character for made in page for i, character in enumerate(made.text)}
    runs = found.pages[0].runs
    ends = [offset for offset, _ in runs[1:]] + [len(text)]
    for (offset, char), end in zip(runs, ends, strict=True):
        words = text[offset:end].rstrip()
        assert words == "".join(printed[char + i] for i in range(len(words)))


def test_calls_are_those_of_the_body_at_their_offsets() -> None:
    page = [
        line("Customers were asked.12 Others", 72, 700, calls=((21, "12"),)),
        line("were not.", 72, 688),
        line("13", 117, 692, height=6.0, top=698.0),
        line("12 See the letter.", 72, 100, raised="12", height=8.0, top=108.0),
        line("13 See infra.", 72, 90, raised="13", height=8.0, top=98.0),
    ]
    (made,) = laid_out(page).pages
    assert made.text[: made.body_chars] == "Customers were asked.12 Others\nwere not.13"
    assert [(number, made.text[at : at + 2]) for at, number in made.calls] == [("12", "12"), ("13", "13")]


def test_a_foot_at_varying_height_is_furniture_and_a_date_there_is_not() -> None:
    pages = [
        [*body(n), line("February 8, 2023", 72, 300 - 40 * n), line(f"ID-77-v4 {n}", 72, 200 - 20 * n)]
        for n in range(1, 5)
    ]
    for page in laid_out(*pages).pages:
        assert page.furniture == (f"ID-77-v4 {page.number}",)
        assert page.text.endswith("February 8, 2023")


def test_a_label_with_a_prefix_counts_by_its_last_number() -> None:
    pages = [[*body(n), line(f"APP-2-{n}", 280, 40)] for n in range(1, 5)]
    assert [page.label for page in laid_out(*pages).pages] == ["APP-2-1", "APP-2-2", "APP-2-3", "APP-2-4"]


def test_the_first_page_of_an_issue_carries_its_bare_number() -> None:
    first = [line("47698", 50, 760), *body(1)]
    others = [
        [line(f"Federal Register / Vol. 85 / Proposed Rules {47697 + n}", 50, 760), *body(n)] for n in range(2, 6)
    ]
    pages = laid_out(first, *others).pages
    assert [page.label for page in pages] == ["47698", "47699", "47700", "47701", "47702"]
    assert pages[0].furniture == ("47698",)


def test_words_along_the_side_of_a_page_are_furniture() -> None:
    page = [*body(1), line("jbell with PROPOSALS", 18, 100, top=200.0, right=23.0, height=3.3)]
    (made,) = laid_out(page).pages
    assert made.furniture == ("jbell with PROPOSALS",)


def test_notes_in_the_margin_stand_behind_the_body_from_top_to_bottom() -> None:
    pages = [
        [
            *body(n),
            line("12 USC 5381.", 10, 652, height=7.0, top=659.0, right=52.0),
            line("Deadline.", 10, 688, height=7.0, top=695.0, right=42.0),
        ]
        for n in range(1, 7)
    ]
    for page in laid_out(*pages).pages:
        assert page.text[page.body_chars :].split() == ["Deadline.", "12", "USC", "5381."]
        assert page.text[: page.body_chars].endswith("long enough.")


def test_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    left = [f"left column line {i} is full" for i in range(9)]
    right = [f"right column line {i} is full" for i in range(9)]
    drawn = [line("A headline over both columns of the page", 72, 720)]
    drawn += [row(700 - 12 * i, (72, a), (320, b)) for i, (a, b) in enumerate(zip(left, right, strict=True))]
    assert [made.text for made in in_reading_order(drawn)] == [drawn[0].text, *left, *right]


def test_the_left_column_comes_first_when_the_file_draws_it_last() -> None:
    left = [line(f"left column line {i} is full", 72, 700 - 12 * i) for i in range(9)]
    right = [line(f"right column line {i} is full", 320, 700 - 12 * i) for i in range(9)]
    assert in_reading_order([*right, *left]) == [*left, *right]


def test_cells_of_words_side_by_side_are_not_taken_for_columns() -> None:
    drawn = [row(700 - 12 * i, (72, "name of the office"), (320, "held since the year")) for i in range(4)]
    assert in_reading_order(drawn) == drawn


def test_a_hyphen_is_the_compounds_own_unless_the_document_breaks_words() -> None:
    known = frozenset({"consolidated", "broker-dealer", "write", "down"})
    broken, whole = Words(known, broken=True), Words(known, broken=False)
    assert broken.mend("the consoli", "dated assets") == ""
    assert broken.mend("a broker", "dealer") == broken.mend("a write", "down") == "-"
    assert broken.mend("undiscov", "ered") == ""
    assert whole.mend("thirty", "six") == whole.mend("self", "insurance") == "-"


def test_notes_stand_at_the_foot_of_each_of_two_columns() -> None:
    def column(left: float, name: str, note: str) -> list[Line]:
        lines = [line(f"{name} column line {i} of prose", left, 700 - 12 * i) for i in range(10)]
        mark = line(f"{note} See the {name} letter of", left, 560, raised=note, height=8.0, top=568.0)
        return [*lines, mark, line("its date", left, 550, height=8.0, top=558.0)]

    (page,) = laid_out([*column(72, "left", "1"), *column(320, "right", "2")]).pages
    assert page.text[page.body_chars :].split("\n\n")[1:] == [
        "1 See the left letter of\nits date",
        "2 See the right letter of\nits date",
    ]
    assert page.text[: page.body_chars].count("column line") == 20
