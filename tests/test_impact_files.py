import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from rag.impactfiles import also_on, by_actor, impact_csv, impact_markdown, impact_xlsx, neutral


def cited(quote: str, page: int = 4) -> dict[str, Any]:
    return {"quote": quote, "page": page, "page_label": "iv"}


def obligation(actor: str | None, action: str, **facts: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "actor": actor, "modality": "shall", "action": action, "condition": None, "deadline": None, "threshold": None,
        "cost": None, "cost_source": None, "kind": "duty", "proposed": True, "section": "II.A", "voice": "preamble",
        "wording": f"would be required to {action}", "citation": cited(f"Dealers shall {action}."), "continued": [],
        "also": [],
    }  # fmt: skip
    return plain | facts


IMPACT: dict[str, Any] = {
    "title": "Quiet *hours*",
    "obligations": [
        obligation("owner", "close the door"),
        obligation("Each dealer", "=SUM(A1)", deadline="monthly", cost_source=cited("It takes 3 hours.")),
        obligation("dealers", "ring no bell", continued=[cited("At night.", 5)], also=[cited("x", 12), cited("y", 40)]),
    ],
    "sections": [{"section": "IV", "page": 9, "page_label": "9", "quote": "It costs $40."}],
    "requests": [{"number": 2, "text": "+Why?", "section": "III", "citation": cited("Why?", 7), "continued": []}],
}


def test_the_lines_have_a_header_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(impact_csv(IMPACT))))

    assert rows[0][:5] == ["No.", "Who", "Kind", "Force", "What"]
    assert rows[2][4] == "'=SUM(A1)"
    assert rows[2][9] == "It takes 3 hours."
    assert rows[3][-1] == "Dealers shall ring no bell. At night."


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@cmd", "\tx", "\rx"])
def test_what_a_spreadsheet_would_compute_is_text(value: str) -> None:
    assert neutral(value) == f"'{value}"


def test_numbers_stay_numbers_and_unprintable_characters_become_blanks() -> None:
    assert neutral(-3) == -3
    assert neutral("a\x00b") == "a b"
    assert neutral(None) is None


def test_the_workbook_has_a_sheet_for_each_part_with_filters_and_headers_in_sight(tmp_path: Path) -> None:
    file = tmp_path / "impact.xlsx"
    file.write_bytes(impact_xlsx(IMPACT))
    book = load_workbook(file)

    assert book.sheetnames == ["Obligations", "Sections", "Requests"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref is not None
        assert sheet["A2"].alignment.wrap_text
    first = book["Obligations"]
    assert (first["A3"].value, first["M3"].value, first["E3"].value) == (2, 4, "'=SUM(A1)")
    assert first["E3"].data_type == "s"
    assert (book["Requests"]["B2"].value, book["Requests"]["C2"].value) == (2, "'+Why?")


def test_who_is_bound_most_comes_first_and_number_and_article_do_not_part_them() -> None:
    assert [(name, len(rows)) for name, rows in by_actor(IMPACT["obligations"])] == [("Each dealer", 2), ("owner", 1)]


def test_markdown_of_a_document_is_text_and_not_markup() -> None:
    text = impact_markdown(IMPACT)

    assert text.startswith("# What it would make whom do: Quiet \\*hours\\*\n")
    assert "## Each dealer (2)" in text
    assert "- **duty**: would be required to close the door (page 4, II.A)" in text
    assert "- 2. +Why? (page 7, III)" in text


def test_where_a_duty_stands_again_is_told_by_page_and_in_text_files_by_line() -> None:
    row = list(csv.DictReader(io.StringIO(impact_csv(IMPACT))))[2]

    assert (row["Page"], row["Also on"]) == ("4", "pages 12, 40")
    assert "(page 4, II.A, also on pages 12, 40)" in impact_markdown(IMPACT)
    assert also_on(obligation("dealer", "ring", also=[cited("x", 12), cited("y", 12)])) == "page 12"
    assert also_on(obligation("dealer", "ring", also=[cited("x") | {"line": 7}, cited("y") | {"line": 9}])) == (
        "lines 7, 9"
    )
    assert also_on(obligation("dealer", "ring")) == ""
