import pytest

from corpus.pagemap import PageMap, Piece
from corpus.records import Page

PAGES = (
    Page(1, "i", "One two\n\n1 A note.", 7),
    Page(2, "ii", "", 0),
    Page(3, "1", "three four.\n\n2 Another.", 11),
)


def test_footnotes_follow_the_whole_body_so_that_a_sentence_over_a_page_break_stays_whole() -> None:
    page_map = PageMap(PAGES)
    assert page_map.text == "One two\n\nthree four.\n\n1 A note.\n2 Another."
    assert page_map.notes_start == 22


def test_a_span_over_a_page_break_is_cut_into_one_piece_a_page() -> None:
    page_map = PageMap(PAGES)
    assert page_map.pieces(4, 14) == (Piece(1, 4, 7, 4, 7), Piece(3, 9, 14, 0, 5))
    assert [page_map.page(p.page).text[p.page_start : p.page_end] for p in page_map.pieces(4, 14)] == ["two", "three"]


def test_a_footnote_stands_on_its_own_page() -> None:
    page_map = PageMap(PAGES)
    start = page_map.text.index("Another")
    assert page_map.page_of(start) == 3
    (piece,) = page_map.pieces(start, start + 7)
    assert page_map.page(3).text[piece.page_start : piece.page_end] == "Another"


def test_page_offsets_come_back_as_document_offsets() -> None:
    page_map = PageMap(PAGES)
    assert page_map.text[page_map.offset_on_page(3, 6)] == "f"
    with pytest.raises(ValueError, match="page 2 has no character 0"):
        page_map.offset_on_page(2, 0)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 3), (0, 999)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not inside"):
        PageMap(PAGES).pieces(start, end)
