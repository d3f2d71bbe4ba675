"""Printed tables of contents, found in small texts."""

from corpus.pagemap import PageMap
from corpus.records import Page
from ingest.outline.blocks import body_blocks, without_span
from ingest.outline.contents import Contents, find_contents

PROSE = "The Commission received many comments on this point, and considered each of them.\n" * 3


def found(*pages: str) -> tuple[Contents | None, str]:
    page_map = PageMap([Page(n, None, text, len(text)) for n, text in enumerate(pages, start=1)])
    return find_contents(page_map.text, body_blocks(page_map)), page_map.text


def test_leaders_page_numbers_and_wrapped_lines() -> None:
    table = (
        "TABLE OF CONTENTS\n\nI. INTRODUCTION ........................ 6\n\n"
        "A. Introduction, Primary Goals and Broad Economic\n\nConsiderations ........................ 214\n"
        "1. Evaluation of Standards.. 22\n2. At Time Recommendation is Made 72\n"
        "D. Requirements for Small Entities\n\n........................ 382\nII. CONCLUSION........ 403"
    )
    body = f"I. INTRODUCTION\n\n{PROSE}\n\nII. CONCLUSION\n\n{PROSE}\n\n1. Evaluation of Standards\n\n{PROSE}"
    contents, text = found(table, body)
    assert contents is not None
    assert [(name.symbol, name.title) for name in contents.names] == [
        ("I", "INTRODUCTION"),
        ("A", "Introduction, Primary Goals and Broad Economic Considerations"),
        ("1", "Evaluation of Standards"),
        ("2", "At Time Recommendation is Made"),
        ("D", "Requirements for Small Entities"),
        ("II", "CONCLUSION"),
    ]
    assert text[contents.start : contents.end] == table


def test_without_page_numbers_it_ends_where_its_first_heading_is_printed_again() -> None:
    contents, text = found(
        f"Summary\n\nTable of Contents\n\nIntroduction\n\nCosts\n\nConclusion\n\nI. Introduction\n\n{PROSE}\n\n"
        f"II. Costs\n\n{PROSE}"
    )
    assert contents is not None
    assert [name.title for name in contents.names] == ["Introduction", "Costs", "Conclusion"]
    assert text[contents.end :].lstrip().startswith("I. Introduction")


def test_it_ends_where_its_first_two_headings_are_printed_again_above_a_statement() -> None:
    entries = [
        "PART I. FIGURES",
        "Item 1. Statements",
        "a) Income 3",
        "b) Cash 4",
        "Item 2. Controls 9",
        "SIGNATURE 12",
    ]
    table = "\n\n".join(["INDEX", *entries])
    statement = "INCOME\n\nRevenue 410 398\nExpenses 310 311\nIncome 100 87"
    body = f"PART I. FIGURES\n\nITEM 1. STATEMENTS\n\n{statement}\n\nITEM 2. CONTROLS\n\n{PROSE}"
    contents, text = found(table, body)
    assert contents is not None
    assert text[contents.start : contents.end] == table


def test_a_title_that_the_table_lists_twice_does_not_end_it() -> None:
    titles = ["Introduction", "Rules", "Costs", "Introduction", "Benefits", "Effects", "Burden", "Hours", "Authority"]
    table = "\n\n".join(["Table of Contents", *titles])
    contents, text = found(table + "".join(f"\n\n{title}\n\n{PROSE}" for title in titles))
    assert contents is not None
    assert text[contents.start : contents.end] == table


def test_the_first_heading_of_the_text_is_not_an_entry_when_it_reads_otherwise_than_listed() -> None:
    contents, text = found(
        "Table of Contents\n\nIntroduction and Summary\n\nCosts\n\nConclusion\n\n"
        f"I. Introduction\n\n{PROSE}\n\nCosts\n\n{PROSE}"
    )
    assert contents is not None
    assert [name.title for name in contents.names] == ["Introduction and Summary", "Costs", "Conclusion"]
    assert text[contents.end :].lstrip().startswith("I. Introduction")


def test_a_cover_page_under_the_words_is_no_table() -> None:
    cover = "Table of Contents\n\nUNITED STATES\n\nFORM 10-K\n\nCORNING INCORPORATED\n\nNew York 16-0393470"
    assert found(cover, PROSE)[0] is None


def test_a_statutes_table_is_announced_in_a_sentence() -> None:
    contents, _ = found(
        "SECTION 1. SHORT TITLE; TABLE OF CONTENTS.\n\n(b) TABLE OF CONTENTS.—The table of contents for this Act\n"
        "is as follows:\n\nSec. 1. Short title; table of contents.\n\nSec. 2. Definitions.\n\n"
        "TITLE I—FINANCIAL STABILITY\nSec. 101. Short\n\ntitle.\n\n"
        f"SEC. 2. DEFINITIONS.\n\n{PROSE}\n\nTITLE I—FINANCIAL STABILITY\n\nSEC. 101. SHORT TITLE.\n\n{PROSE}"
    )
    assert contents is not None
    assert [name.title for name in contents.names] == [
        "Sec. 1. Short title; table of contents.",
        "Sec. 2. Definitions.",
        "TITLE I—FINANCIAL STABILITY",
        "Sec. 101. Short title.",
    ]


def test_lines_of_the_table_are_cut_out_of_a_paragraph_that_goes_on() -> None:
    page_map = PageMap([Page(1, None, "one\ntwo\nthree\n\nfour", 19)])
    blocks = without_span(body_blocks(page_map), 0, 7)
    assert [page_map.text[b.start : b.end] for b in blocks] == ["three", "four"]
