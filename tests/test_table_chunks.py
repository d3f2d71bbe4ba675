"""Chunks of text that holds tables."""

from corpus.pagemap import PageMap
from corpus.records import Kind, Page
from corpus.structure import Table
from ingest.chunks import ChunkSettings, cut_chunks

ROWS = [f"Row {number:02d} of the table 1,2{number:02d} (3,4{number:02d})" for number in range(12)]
TABLE = "\n".join(ROWS)
BEFORE = "The sentence before the table ends on this page."
AFTER = "The sentence after the table. " * 8


def cut(*pages: str, tables: tuple[Table, ...], max_chars: int) -> list[str]:
    page_map = PageMap([Page(number, None, text, len(text)) for number, text in enumerate(pages, start=1)])
    settings = ChunkSettings(max_chars=max_chars, min_chars=0)
    chunks = list(cut_chunks("doc", page_map, [], (), Kind.COMPANY_REPORT, settings, tables))
    assert all(page_map.text[chunk.start : chunk.end] == chunk.text for chunk in chunks)
    return [chunk.text for chunk in chunks]


def test_a_table_that_fits_is_not_cut() -> None:
    text = f"{AFTER}\n\n{TABLE}\n\n{AFTER}"
    start = len(AFTER) + 2
    chunks = cut(text, tables=(Table(1, start, start + len(TABLE), ()),), max_chars=len(TABLE) + 5)
    assert TABLE in chunks


def test_a_long_table_is_cut_between_its_rows() -> None:
    text = f"{AFTER}\n\n{TABLE}\n\n{AFTER}"
    start = len(AFTER) + 2
    chunks = cut(text, tables=(Table(1, start, start + len(TABLE), ()),), max_chars=200)
    rows = [line for chunk in chunks for line in chunk.split("\n") if line.startswith("Row")]
    assert rows == ROWS


def test_a_table_at_the_top_of_a_page_is_no_part_of_the_paragraph_before_it() -> None:
    chunks = cut(BEFORE, TABLE, tables=(Table(2, 0, len(TABLE), ()),), max_chars=200)
    assert chunks[0].split("\n")[0] == BEFORE
    assert [line for chunk in chunks for line in chunk.split("\n")] == [BEFORE, *ROWS]
