"""EDGAR filings: inline XBRL, HTML of old editors, plain text, and the wrapper around all documents of a filing."""

from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.pagemap import PageMap
from corpus.records import Kind, ParsedDocument
from tests.edgar_files import OLD_HTML, PLAIN_TEN_K, SEC_RELEASE_PAGE, TEN_K, submission
from tests.reading import body, called, notes, read_as


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    return read_as(tmp_path_factory.mktemp("edgar"), "lntn-20231230.htm", TEN_K)


def test_the_cover_is_understood(report: ParsedDocument) -> None:
    document = report.document
    assert document.kind is Kind.COMPANY_REPORT
    assert (document.form, document.fiscal_period) == ("10-K", "fiscal year ended 2023-12-30")
    assert (document.company or "").startswith("Lantern Works, Inc")


def test_pages_are_the_printed_ones_and_their_furniture_is_no_text(report: ParsedDocument) -> None:
    assert [page.label for page in report.pages] == [None, None, "1", "2", "3", None]
    assert report.pages[2].furniture == ("Table of Contents", "1")
    assert "Table of Contents" not in PageMap(report.pages).text


def test_what_a_browser_hides_is_no_text(report: ParsedDocument) -> None:
    text = PageMap(report.pages).text
    for hidden in ("Not to be seen", "Nor this", "alert", "0000999999", "false", "color:#000", "chart.jpg"):
        assert hidden not in text


def test_bold_paragraphs_and_layout_tables_are_lines_of_their_own(report: ParsedDocument) -> None:
    assert body(report.pages[2]) == [
        "PART I",
        "Item 1. Business",
        "We make lanterns1 for the company’s customers. Each burns 10⁶ hours.",
        "• Oil lanterns, which are quiet;",
        "• Gas lanterns.",
    ]
    assert body(report.pages[3]) == ["Item 1A. Risk Factors", "Night may end."]


def test_a_note_below_the_text_is_a_note_and_one_below_a_table_stays_there(report: ParsedDocument) -> None:
    assert notes(report.pages[2]) == ["1 A lantern is a lamp with a handle."]
    assert called(report.pages[2]) == [("ake lanterns", "1")]
    assert body(report.pages[4])[-1] == "(1) Without oil."
    assert report.pages[4].calls == ()


def test_a_statement_keeps_label_and_figures_together(report: ParsedDocument) -> None:
    table = report.tables[-1]
    assert table.page == 5
    assert table.rows == (
        ("", "Fiscal year ended", ""),
        ("", "2023", "2022"),
        ("Net sales (1)", "$94,680", "$81,462"),
        ("Operating loss", "(1,204)", "(990)"),
        ("Change in sales", "16%", "—"),
    )
    lines = report.pages[4].text[table.start : table.end].split("\n")
    assert lines[2:] == [
        "Net sales (1)  $94,680  $81,462",
        "Operating loss  (1,204)  (990)",
        "Change in sales  16%  —",
    ]


def test_headings_are_left_to_the_outline_where_the_page_marks_none(report: ParsedDocument) -> None:
    assert [s.path for s in report.sections if s.first_page > 2] == [
        "Part I",
        "Part I, Item 1 › Business",
        "Part I, Item 1A › Risk Factors",
    ]


def test_pictures_are_counted(report: ParsedDocument) -> None:
    assert report.document.notes == ("pictures in it that were not read: 1",)


def test_tags_state_what_the_cover_does_not(tmp_path: Path) -> None:
    """A cover set as pictures, as some issuers do: only the tagged facts are left."""
    tagged = (
        '<html><body><div style="display:none"><ix:header><ix:hidden>'
        '<ix:nonNumeric name="dei:EntityRegistrantName">Lantern Works, Inc.</ix:nonNumeric>'
        '<ix:nonNumeric name="dei:DocumentType">10-Q</ix:nonNumeric>'
        '<ix:nonNumeric name="dei:DocumentFiscalYearFocus">2023</ix:nonNumeric>'
        '<ix:nonNumeric name="dei:DocumentFiscalPeriodFocus">Q3</ix:nonNumeric>'
        "</ix:hidden></ix:header></div><p>Oil was dear.</p></body></html>"
    )
    document = read_as(tmp_path, "q3.htm", tagged).document
    assert document.title == "Lantern Works, Inc., Form 10-Q"
    assert (document.kind, document.form, document.fiscal_period) == (Kind.COMPANY_REPORT, "10-Q", "Q3 FY2023")


def test_old_html_of_windows_editors_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    parsed = read_as(tmp_path, "q.htm", OLD_HTML)
    assert [(page.label, page.furniture) for page in parsed.pages] == [("2", ("- 2 -",)), ("3", ("- 3 -",)), (None, ())]
    assert body(parsed.pages[0])[3:6] == [
        "The company’s “quiet” lanterns – all of them — burn.",
        "Second paragraph.",
        "An item <script> of &c.",
    ]
    assert parsed.tables[0].rows == (("Cash", "$ 1,200"), ("Oil", "(35)"))
    assert parsed.document.notes == ("the text is not UTF-8; it was read as Windows-1252",)


@pytest.mark.parametrize(
    ("data", "text", "noted"),
    [
        ("<p>§ 1 — “a”</p>".encode(), "§ 1 — “a”", 0),
        ("\ufeff<p>§ 1</p>".encode("utf-16-le"), "§ 1", 0),
        (b"\xef\xbb\xbf<p>\xc2\xa7 1</p>", "§ 1", 0),
        (b'<meta charset="iso-8859-1"><p>\x93a\x94 \xa7</p>', "“a” §", 0),
        ('<meta charset="iso-8859-1"><p>“a” §</p>'.encode(), "“a” §", 0),
        (b'<meta charset="utf-8"><p>\xa7 1</p>', "§ 1", 1),
        (b'<meta charset="koi8-r"><p>\xf1\xd7</p>', "яв".title(), 1),
        (b'<meta charset="klingon"><p>\xa7 1</p>', "§ 1", 1),
    ],
)
def test_encodings(data: bytes, text: str, noted: int, tmp_path: Path) -> None:
    parsed = read_as(tmp_path, "e.html", data)
    assert (parsed.pages[0].text.lower(), len(parsed.document.notes)) == (text.lower(), noted)


def test_a_release_page_of_sec_gov(tmp_path: Path) -> None:
    parsed = read_as(tmp_path, "34-99002.htm", SEC_RELEASE_PAGE)
    document = parsed.document
    assert (document.kind, document.release_numbers) == (Kind.FINAL_RULE, ("34-99002",))
    (page,) = parsed.pages
    assert "Dealers ring bells.1 They ring in 2024.2" in body(page)
    assert "The area is 9 m² wide on the 19th day." in body(page)
    assert called(page) == [(" ring bells.", "1"), ("ing in 2024.", "2")]
    assert notes(page)[0] == "1 See the Bell Report.\nIt is long."
    assert notes(page)[1].startswith("2 Id. at 3.")
    assert [s.heading for s in parsed.sections][-2:] == ["Introduction", "Discussion"]


def test_headings_that_a_page_marks_throughout_are_believed(tmp_path: Path) -> None:
    paragraphs = "".join(f"<h2>{title}</h2><p>{'Bells ring. ' * 9}</p>" for title in ("II. Bells", "Gongs", "IV. Oil"))
    parsed = read_as(tmp_path, "page.html", f"<body><h1>On Bells</h1>{paragraphs}</body>")
    assert [(s.level, s.number, s.heading) for s in parsed.sections] == [
        (1, "", "On Bells"),
        (2, "II", "Bells"),
        (2, "", "Gongs"),
        (2, "IV", "Oil"),
    ]


def test_a_title_alone_does_not_keep_the_outline_from_looking(tmp_path: Path) -> None:
    bold = "".join(f"<p><b>{n}. {t}</b></p><p>Bells ring.</p>" for n, t in (("I", "Bells"), ("II", "Gongs")))
    parsed = read_as(tmp_path, "page.html", f"<body><h1>On Bells</h1>{bold}</body>")
    assert [s.heading for s in parsed.sections] == ["Bells", "Gongs"]


def test_plain_text_of_the_nineties(tmp_path: Path) -> None:
    parsed = read_as(tmp_path, "10k.txt", PLAIN_TEN_K)
    assert [(page.label, page.furniture) for page in parsed.pages] == [
        (None, ()),
        ("2", ("2",)),
        ("3", ("3",)),
        ("4", ("4",)),
    ]
    assert body(parsed.pages[1])[:2] == ["ITEM 1. BUSINESS", "The Company makes lanterns & oil. Sales fell\nlast year."]
    (table,) = parsed.tables
    assert table.rows == (("Net sales", "$ 1,200", "$ 980"), ("Operating loss", "(35)", "-"))
    assert "<S>" not in PageMap(parsed.pages).text


@pytest.mark.parametrize(("main", "wrapper", "pages"), [(TEN_K, "XBRL", 6), (PLAIN_TEN_K, "", 4)])
def test_of_a_submission_the_main_document_is_read_and_the_rest_counted(
    main: str, wrapper: str, pages: int, tmp_path: Path
) -> None:
    parsed = read_as(tmp_path, "0000999999-24-000012.txt", submission("10-K", main, wrapper=wrapper))
    assert len(parsed.pages) == pages
    assert parsed.document.notes[-1] == (
        "the submission holds 3 documents: 10-K lntn.htm was read, 2 were not (EX-21.1, GRAPHIC)"
    )
    assert "Subsidiaries" not in PageMap(parsed.pages).text


def test_the_header_of_a_submission_states_what_the_document_does_not(tmp_path: Path) -> None:
    document = read_as(tmp_path, "s.txt", submission("10-K/A", "<html><body>Amended oil.</body></html>")).document
    assert (document.company, document.form, document.kind) == ("LANTERN WORKS INC", "10-K/A", Kind.COMPANY_REPORT)
    assert document.fiscal_period == "fiscal year ended 2023-12-30"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            submission("4", "<XML>\n<?xml version='1.0'?>\n<ownershipDocument></ownershipDocument>\n</XML>"),
            "is not text",
        ),
        (submission("10-K", "<PDF>\nbegin 644 a.pdf\nM\nend\n</PDF>"), "is not text"),
        ("<SEC-DOCUMENT>0000999999-24-000012.txt : 20240214\n<SEC-HEADER>\n", "holds no document"),
    ],
)
def test_a_submission_without_text_says_so(content: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read_as(tmp_path, "s.txt", content)
    assert caught.value.remedy


def test_deeply_nested_markup_loses_nothing(tmp_path: Path) -> None:
    deep = "<div>" * 3000 + "<font>" * 50 + "Deep down" + "<p>After all"
    text = PageMap(read_as(tmp_path, "deep.htm", f"<html><body>{deep}").pages).text
    assert text == "Deep down\n\nAfter all"


def test_a_page_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no text in it"):
        read_as(tmp_path, "empty.htm", "<html><body><script>x()</script><img src=a.gif></body></html>")
