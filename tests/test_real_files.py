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
    pages = {s.path: s.first_page for s in parsed.sections}
    assert pages["II.D.1.a.1 › Capacity"] == 104
    assert pages["V.B.2.c.1.i › Initial Burdens and Costs"] == 357
    assert pages["VII.F.3 › Enhanced Standards Akin to BIC Exemption"] == 402
    long = "Reasonable Basis to Believe the Recommendation is in the Best Interest of a Particular Retail Customer"
    assert pages[f"II.D.2.b › {long}"] == 140
    assert [s.path for s in parsed.sections[-3:]] == [
        "§ 240.15l-1 › Regulation Best Interest",
        "§ 240.17a-3 › Records to be made by certain exchange members, brokers and dealers",
        "§ 240.17a-4 › Records to be preserved by certain exchange members, brokers and dealers",
    ]
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
    found = [(s.first_page, s.heading) for s in parsed.sections]
    assert {
        (1, "Background"), (3, "Proposed Design Changes"), (4, "Related Service Information Under 1 CFR Part 51"),
        (6, "Regulatory Findings"), (6, "List of Subjects in 14 CFR Part 39"), (6, "PART 39—AIRWORTHINESS DIRECTIVES"),
        (13, "Minimum Equipment List (MEL) Provisions for Inoperative Flight Control System Functions"),
    } <= set(found)  # fmt: skip
    assert not any("COSTS" in heading for _, heading in found), "tables are not parts of the preamble"


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
    pages = {s.path: s.first_page for s in parsed.sections}
    assert pages["TITLE I, Subtitle A › Financial Stability Oversight Council"] == 18
    required = "AUTHORITY TO REQUIRE SUPERVISION AND REGULATION OF CERTAIN NONBANK FINANCIAL COMPANIES"
    assert pages[f"SEC. 113 › {required}"] == 24
    assert pages["SEC. 1502 › CONFLICT MINERALS"] == 839
    assert not any("920" in path for path in pages), "an amendment inserts it into another law"


def test_items_of_an_annual_report_on_the_pages_that_it_lists() -> None:
    sections = read("financebench_dev/pdfs/BESTBUY_2023_10K.pdf").sections
    items = [(s.number.split("Item ")[1], s.first_page) for s in sections if "Item" in s.number]
    assert items == [
        ("1", 4), ("1A", 8), ("1B", 18), ("2", 19), ("3", 20), ("4", 20), ("5", 21), ("6", 22), ("7", 23), ("7A", 33),
        ("8", 35), ("9", 64), ("9A", 64), ("9B", 64), ("9C", 64), ("10", 64), ("11", 64), ("12", 65), ("13", 65),
        ("14", 65), ("15", 65), ("16", 67),
    ]  # fmt: skip


def test_headings_that_a_text_glues_to_its_paragraphs() -> None:
    paths = [s.path for s in read("sec_final_rules/34-43590.txt").sections]
    assert "II › Disclosure as Minimum Step Necessary to Address Market Fragmentation" in paths
    assert "III.B.2.b › Market Opening Orders" in paths
    assert "IX.D.1 › Reporting Requirements under Rule 11Ac1-5" in paths
    assert paths[-1] == "X › Statutory Authority"


def test_regulation_nms_as_text() -> None:
    parsed = read("sec_final_rules/34-51808.txt")
    assert (parsed.document.release_numbers, parsed.document.rins) == (("34-51808",), ("3235-AJ18",))
    headings = {s.path for s in parsed.sections}
    assert {"I.C.2 › Access Rule", "III.A.2 › Limitation on Access Fees"} <= headings
