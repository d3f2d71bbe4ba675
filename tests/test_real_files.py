"""What is read from real filings, where they are at hand: expectations were written from the printed pages."""

from pathlib import Path

from corpus.pagemap import PageMap, fold
from corpus.records import Kind, ParsedDocument
from ingest.chunks import ChunkSettings
from ingest.reading import read_document
from ingest.sources import MEDIA, Source
from tests.conftest import real


def read(path: str) -> ParsedDocument:
    found: Path = real(path)
    parsed = read_document(Source(found, MEDIA[found.suffix]), ChunkSettings())
    text = PageMap(parsed.pages).text
    assert all(text[c.start : c.end] == c.text for c in parsed.chunks)
    return parsed


def test_the_best_interest_proposal() -> None:
    parsed = read("sec_pdfs/34-83062-regulation-best-interest-proposed.pdf")
    document = parsed.document
    assert (document.kind, document.title) == (Kind.PROPOSED_RULE, "Regulation Best Interest")
    assert (document.release_numbers, document.file_numbers) == (("34-83062",), ("S7-07-18",))
    assert (document.comment_deadline, document.effective) == ("2018-08-07", None)
    assert [page.label for page in parsed.pages] == [None, *map(str, range(2, 409))]
    (section,) = [s for s in parsed.sections if s.path == "II.C.4 › Retail Customer"]
    assert section.first_page == 83
    assert "legal representative of such person" in fold(parsed.pages[82].text)
    assert parsed.pages[43].text[parsed.pages[43].body_chars :].lstrip().startswith("90 See Proposed Commission")
    assert [number for page in parsed.pages for _, number in page.calls] == [str(n) for n in range(1, 727)]
    assert "businesses listed on Form BD" in parsed.pages[229].text[parsed.pages[229].body_chars :]  # from page 229


def test_three_columns_of_the_federal_register() -> None:
    parsed = read("sec_pdfs/federal-register-2020-17221.pdf")
    assert [page.label for page in parsed.pages[:4]] == ["47698", "47699", "47700", "47701"]
    assert [number for page in parsed.pages for _, number in page.calls] == [str(n) for n in range(1, 16)]
    note = fold(parsed.pages[2].text[parsed.pages[2].body_chars :])  # over the foot of two columns
    assert "such as the airplane’s altitude and airspeed, and would be limited such that" in note
    assert not any("VerDate" in page.text for page in parsed.pages)
    assert "page 8" in parsed.document.notes[0]
    assert parsed.document.published == "2020-08-06"


def test_a_file_on_which_the_structure_reader_gives_up_is_read_all_the_same() -> None:
    parsed = read("hard_pdfs/msft-2023q1-10q.pdf")
    assert len(parsed.pages) == 72
    assert any("could not be read" in note for note in parsed.document.notes)


def test_a_long_statute() -> None:
    parsed = read("hard_pdfs/dodd-frank-849-pages.pdf")
    assert (parsed.document.kind, len(parsed.pages), parsed.pages[29].label) == (Kind.STATUTE, 849, "1404")
    page = parsed.pages[67]
    margin = page.text[page.body_chars :].split("\n\n")
    assert margin[1:] == ["Consultation.", "12 USC 5373.", "12 USC 5374.", "12 USC 5381."]


def test_regulation_nms_as_text() -> None:
    parsed = read("sec_final_rules/34-51808.txt")
    assert (parsed.document.release_numbers, parsed.document.rins) == (("34-51808",), ("3235-AJ18",))
    headings = {s.path for s in parsed.sections}
    assert {"I.C.2 › Access Rule", "III.A.2 › Limitation on Access Fees"} <= headings
