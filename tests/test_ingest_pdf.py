"""What ingest reads in drawn releases, against what was drawn."""

from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.pagemap import PageMap, fold
from corpus.records import Kind, Page, ParsedDocument, Voice
from ingest.chunks import ChunkSettings
from ingest.formats.pdf import draw_page, quote_boxes, read_pdf
from ingest.layout.pages import lay_out
from ingest.reading import read_document
from ingest.sources import Source
from tests.printed_pages import printed_text, turned_pdf
from tests.release_factory import (
    DrawnRelease,
    draw_company_report,
    draw_release,
    encrypted_pdf,
    image_only_pdf,
    truncated_pdf,
    zero_bytes,
    zip_named_pdf,
)


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def words(text: str) -> str:
    """Letters without digits: footnote calls stand in the text that was read, not in the truth."""
    return "".join(c for c in letters(text) if c.isalpha())


def read(path: Path) -> ParsedDocument:
    return read_document(Source(path, "pdf"), ChunkSettings())


@pytest.fixture(scope="module")
def pages(proposal: DrawnRelease) -> tuple[Page, ...]:
    return lay_out(read_pdf(proposal.path)).pages


def test_every_page_carries_its_printed_label(proposal: DrawnRelease, pages: tuple[Page, ...]) -> None:
    assert [page.label for page in pages] == [page.label for page in proposal.pages]


def test_running_heads_and_page_numbers_are_not_in_the_text(proposal: DrawnRelease, pages: tuple[Page, ...]) -> None:
    for drawn, page in zip(proposal.pages, pages, strict=True):
        if drawn.running_head:
            assert drawn.running_head not in page.text
            assert drawn.running_head in page.furniture
        if drawn.footer:
            assert drawn.footer in page.furniture


def test_body_and_footnotes_are_told_apart(proposal: DrawnRelease, pages: tuple[Page, ...]) -> None:
    for drawn, page in zip(proposal.pages, pages, strict=True):
        body, notes = words(page.text[: page.body_chars]), letters(page.text[page.body_chars :])
        assert letters("".join(drawn.notes)) == notes
        for call in drawn.calls:
            assert str(call) in page.text[: page.body_chars]
        for paragraph in drawn.body:
            assert words(" ".join(paragraph.split()[:4])) in body


def test_a_sentence_over_a_page_break_is_whole_in_the_documents_text(proposal: DrawnRelease) -> None:
    text = fold(PageMap(read(proposal.path).pages).text)
    crossing = [p for p in proposal.paragraphs if p.first_page != p.last_page and p.kind == "para"]
    assert crossing
    for paragraph in crossing:
        assert words(" ".join(paragraph.text.split()[-12:])) in words(text)


def test_headings_are_found_with_their_paths_by_bookmarks(proposal: DrawnRelease) -> None:
    found = {(section.heading, section.first_page) for section in read(proposal.path).sections}
    missing = [h for h in proposal.headings if h.in_bookmarks and (h.text, h.page) not in found]
    assert missing == []


@pytest.mark.parametrize("bookmarks", [True, False])
def test_headings_are_found_with_and_without_bookmarks_and_traps_are_not(bookmarks: bool, tmp_path: Path) -> None:
    drawn = draw_release(tmp_path / "plain.pdf", bookmarks=bookmarks)
    numbered = [s for s in read(drawn.path).sections if s.number and not s.number.startswith("§")]
    found = [(s.number, letters(s.heading), s.level, s.first_page) for s in numbered]
    assert found == [(h.number.strip("."), letters(h.text), h.level, h.page) for h in drawn.headings]


def test_facts_are_read_from_the_caption(proposal: DrawnRelease, adoption: DrawnRelease) -> None:
    proposed, adopted = read(proposal.path).document, read(adoption.path).document
    assert (proposed.kind, adopted.kind) == (Kind.PROPOSED_RULE, Kind.FINAL_RULE)
    assert (proposed.release_numbers, adopted.release_numbers) == (("34-99001",), ("34-99002",))
    assert proposed.file_numbers == adopted.file_numbers == ("S7-99-24",)
    assert proposed.rins == ("3235-ZZ01",)
    assert proposed.cfr_parts == ("17 CFR 240",)
    assert "Quiet Hours" in proposed.title
    assert proposed.comment_deadline is not None
    assert proposed.effective is None
    assert adopted.effective is not None


def test_voices_follow_headings_and_wording(proposal: DrawnRelease) -> None:
    chunks = read(proposal.path).chunks
    by_voice = {voice: " ".join(c.text for c in chunks if c.voice is voice) for voice in Voice}
    assert "shall" in by_voice[Voice.RULE_TEXT]
    assert "SUMMARY" in by_voice[Voice.FRONT_MATTER]
    for note in proposal.notes:
        assert letters(note.text.split(".")[0]) in letters(by_voice[Voice.FOOTNOTE])
    assert by_voice[Voice.PAPERWORK_BURDEN]
    assert by_voice[Voice.ECONOMIC_ANALYSIS]


def test_chunks_stay_within_a_section_and_name_their_pages(proposal: DrawnRelease) -> None:
    parsed = read(proposal.path)
    page_map = PageMap(parsed.pages)
    starts = [section.start for section in parsed.sections]
    for chunk in parsed.chunks:
        assert chunk.text == page_map.text[chunk.start : chunk.end]
        assert not any(chunk.start < start < chunk.end for start in starts)
        assert (chunk.first_page, chunk.last_page) == (page_map.page_of(chunk.start), page_map.page_of(chunk.end - 1))


def test_three_columns_are_read_column_by_column(tmp_path: Path) -> None:
    drawn = draw_release(tmp_path / "register.pdf", columns=3)
    parsed = read(drawn.path)
    assert [page.label for page in parsed.pages] == [page.label for page in drawn.pages]
    assert not any("VerDate" in page.text for page in parsed.pages)
    body = letters(" ".join(page.text[: page.body_chars] for page in parsed.pages))
    whole = [p.text for p in drawn.paragraphs if p.kind == "para" and p.first_page == p.last_page]
    assert sum(letters(text)[:60] in body for text in whole) >= 0.9 * len(whole)


def test_a_company_report_is_known_by_company_form_and_period(tmp_path: Path) -> None:
    drawn = draw_company_report(tmp_path / "report.pdf")
    document = read(drawn.path).document
    assert document.kind is Kind.COMPANY_REPORT
    assert document.company is not None
    assert document.company.lower() == drawn.company.lower().rstrip(".")
    assert document.form == "10-K"
    assert document.fiscal_period is not None
    table = read(drawn.path).pages[drawn.cash_flow_page - 1].text
    for label, this_year, _ in drawn.cash_flows:
        if this_year:
            assert any(label in line and this_year in line for line in table.split("\n")), label


def test_a_quote_is_boxed_where_it_is_printed(proposal: DrawnRelease, pages: tuple[Page, ...]) -> None:
    page = pages[4]
    start = page.text.index("\n", 200) + 1
    end = page.text.index(" ", start + 20)
    boxes = quote_boxes(proposal.path, page.number, page.runs, start, end)
    assert len(boxes) == 1
    picture = draw_page(proposal.path, page.number, width_pixels=800).convert("L")
    (box,) = boxes
    inside = picture.crop(
        (int(box.left * 800), int(box.top * picture.height), int(box.right * 800), int(box.bottom * picture.height))
    )
    darkest, _ = inside.getextrema()
    assert isinstance(darkest, int | float)
    assert darkest < 100
    assert 0 < box.left < box.right < 1
    assert 0 < box.top < box.bottom < 1


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turned: int, tmp_path: Path) -> None:
    path = turned_pdf(tmp_path / "turned.pdf", turned, ["Upper line", "Lower line"])
    (raw,) = read_pdf(path).pages
    assert [(line.text, round(line.left)) for line in raw.lines] == [("Upper line", 72), ("Lower line", 72)]
    assert raw.lines[0].bottom > raw.lines[1].top
    (page,) = lay_out(read_pdf(path)).pages
    (box,) = quote_boxes(path, 1, page.runs, 0, len("Upper line"))
    assert 0 < box.left < box.right < 0.5
    assert 0 < box.top < box.bottom < 0.5


def test_every_character_of_a_page_is_known_in_the_file(tmp_path: Path) -> None:
    drawn = draw_company_report(tmp_path / "report.pdf")
    for page in lay_out(read_pdf(drawn.path)).pages:
        ends = [offset for offset, _ in page.runs[1:]] + [len(page.text)]
        for (offset, char), end in zip(page.runs, ends, strict=True):
            words = page.text[offset:end].rstrip()
            assert printed_text(drawn.path, page.number, char, len(words)) == words


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (lambda path: encrypted_pdf(path, "secret"), "encrypted"),
        (truncated_pdf, "not a readable PDF"),
        (image_only_pdf, "no text in any of its"),
        (zero_bytes, "zero bytes"),
        (zip_named_pdf, "zip archive"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    draw: object, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.formats.ocr.is_installed", lambda: False)
    path = tmp_path / "bad.pdf"
    draw(path)  # type: ignore[operator]
    with pytest.raises(SourceError, match=reason) as caught:
        read(path)
    assert caught.value.remedy
