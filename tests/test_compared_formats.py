"""Formats of a comparison, read back by other readers and held against what a person expects."""

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from rag.compared.brief import cell
from rag.compared.markdown import escaped, to_markdown
from rag.compared.page import to_html
from rag.compared.sheets import Quote, TopicLine, read_report
from rag.compared.table import COLUMNS, to_csv
from rag.compared.terminal import to_text
from rag.compared.word import to_docx
from tests.made_comparison import three, two


def test_text_shows_counts_quotes_pages_marks_and_reason() -> None:
    text = to_text(read_report(two(), "log"), width=100)

    assert text.startswith("34-1 → 34-2: log\n")
    assert "3 rows: 1 changed, 1 added, 1 removed\n" in text
    assert "1. CHANGED  Log of calls\n   “shall” became “must”\n   34-1, page 4, II.A › Log\n" in text
    assert "     “A dealer [-shall-] keep it for [-30-] days.”\n   34-2, page 7" in text
    assert "     “A dealer {+must+} keep it for {+60+} days.”\n" in text
    assert "   Why (34-2, page 8, II.A › Log (a commenter's view)):\n     “Thirty days were too few.”\n" in text


def test_text_joins_a_sentence_over_a_pages_end_and_says_nothing_twice() -> None:
    text = to_text(read_report(two()), width=100)

    assert "34-1, pages 5 and 6, II.A › Log\n     “A notice *would* be sent within *10* days.”" in text
    assert text.count("We are not adopting the notice.") == 1
    assert "Removed, as 34-2 says in the words quoted." in text
    assert "3. ADDED  =SUM(1) _topic_\n   34-1: no quote\n" in text


def test_a_terminal_gets_styles_and_no_code_of_a_document() -> None:
    text = to_text(read_report(two()), styled=True, width=100)

    assert "\x1b[1;9;31mshall\x1b[0m" in text
    assert "\x1b[1;32mmust\x1b[0m" in text
    assert "�[31m�" in text
    assert "\x07" not in text


@pytest.mark.parametrize("styled", [False, True])
def test_every_line_of_a_place_and_a_quote_is_indented_and_fits(styled: bool) -> None:
    found = two()
    found["rows"] = found["rows"][:1]
    found["rows"][0]["a"][0]["section"] = "II.C.2.a › " + "Diligence, care and skill " * 6
    lines = [re.sub(r"\x1b\[[\d;]*m", "", x) for x in to_text(read_report(found), styled=styled, width=60).split("\n")]
    at = next(n for n, line in enumerate(lines) if line.startswith("   34-1, page 4"))

    assert all(line.startswith("   Diligence") or line.startswith("   care") for line in lines[at + 1 : at + 3])
    assert max(len(line) for line in lines) <= 60


def test_what_was_left_out_is_counted() -> None:
    found = {**two(), "left_out": 2, "rows": two()["rows"][:1]}
    text = to_text(read_report(found), width=100)

    assert "3 rows: 1 changed, 1 added, 1 removed; shown: 1, 2 more left out by the limit\n" in text
    assert text.endswith("2 more rows were left out by the limit.\n")


def test_markdown_has_a_section_for_each_row_with_struck_and_bold_words() -> None:
    told = to_markdown(read_report(two(), "log"))

    assert told.startswith("# 34-1 → 34-2: log\n")
    assert "\n## 1. Log of calls\n\n**Changed**: “shall” became “must”\n" in told
    assert "34-1, page 4, II.A › Log:\n\n> “A dealer ~~shall~~ keep it for ~~30~~ days.”\n" in told
    assert "34-2, page 7, II.A › Log:\n\n> “A dealer **must** keep it for **60** days.”\n" in told


def test_markdown_shows_hostile_words_as_they_stand() -> None:
    told = to_markdown(read_report(two()))

    assert "\n## 3. =SUM(1) \\_topic\\_\n" in told
    assert (
        "> “&lt;script&gt;alert(1)&lt;/script&gt; =HYPERLINK(1) �\\[31m� \\!\\[x\\](http\\://x.example/y) \\|”\n"
        in told
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12. first", "12\\. first"),
        ("- item", "\\- item"),
        ("a*b*c", "a\\*b\\*c"),
        ("www.x.example", "www\\.x.example"),
        ("a\n\n# b", "a \\# b"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_markdown_escapes(text: str, shown: str) -> None:
    assert escaped(text) == shown


class _Outline(HTMLParser):
    """Tags with their attributes, and the words within some of them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self.unclosed_void = {"meta", "input", "br"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.unclosed_void:
            self.open.append(tag)
            self.words.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.words[tag][-1] += data


def _read(page: str) -> _Outline:
    outline = _Outline()
    outline.feed(page)
    outline.close()
    assert outline.open == []
    return outline


def test_the_page_is_whole_with_headings_columns_and_marks() -> None:
    found = _read(to_html(read_report(two(), "log")))

    assert ("html", {"lang": "en"}) in found.tags
    assert found.words["title"] == ["34-1 → 34-2: log"]
    assert found.words["h1"] == ["34-1 → 34-2: log"]
    assert found.words["h2"] == ["34-1 → 34-2"]
    assert found.words["h3"] == ["1. Log of calls", "2. Notice", "3. =SUM(1) _topic_"]
    assert found.words["h4"] == ["34-1", "34-2"] * 3
    assert found.words["del"] == ["Struck", "shall", "30"]
    assert found.words["ins"] == ["Underlined", "must", "60"]
    assert found.words["mark"] == ["Highlighted", "would", "10"]
    assert found.words["figcaption"][:2] == ["page 4, II.A › Log", "page 7, II.A › Log"]
    assert [a["class"] for tag, a in found.tags if tag == "article"] == ["row-changed", "row-removed", "row-added"]


def test_the_page_has_a_box_for_each_status_that_occurs_and_a_rule_that_hides_its_rows() -> None:
    page = to_html(read_report(two()))

    boxes = [a["id"] for tag, a in _read(page).tags if tag == "input"]
    assert boxes == ["show-changed", "show-added", "show-removed"]
    assert "body:has(#show-added:not(:checked)) article.row-added { display: none; }" in page


def test_the_page_runs_and_fetches_nothing() -> None:
    page = to_html(read_report(two(), '"><img src=x onerror=alert(1)>'))
    found = _read(page)

    assert not {"script", "img", "a", "link", "iframe", "form", "object"} & {tag for tag, _ in found.tags}
    assert not {"src", "href", "onerror", "style"} & {name for _, attributes in found.tags for name in attributes}
    policy = next(a["content"] for tag, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert found.words["h1"] == ['34-1 → 34-2: "><img src=x onerror=alert(1)>']
    assert "“<script>alert(1)</script> =HYPERLINK(1) �[31m� ![x](http://x.example/y) |”" in found.words["blockquote"]


def test_csv_has_a_line_for_each_row_with_pages() -> None:
    lines = list(csv.DictReader(io.StringIO(to_csv(read_report(two())))))

    assert list(lines[0]) == list(COLUMNS)
    assert lines[0] == {
        "row": "1", "topic": "Log of calls", "status": "changed",
        "a_document": "34-1", "a_pages": "page 4", "a_quote": "A dealer shall keep it for 30 days.",
        "a_marked": "shall; 30",
        "b_document": "34-2", "b_pages": "page 7", "b_quote": "A dealer must keep it for 60 days.",
        "b_marked": "must; 60",
        "difference": "“shall” became “must”", "reason": "Thirty days were too few.", "reason_pages": "page 8",
    }  # fmt: skip
    assert lines[1]["a_pages"] == "pages 5 and 6"
    assert lines[1]["a_quote"] == "A notice would be sent within 10 days."


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "  =", "\r"])
def test_no_cell_of_the_csv_is_a_formula(begin: str) -> None:
    found = two()
    found["rows"][0]["topic"] = f"{begin}1+1"
    line = next(csv.DictReader(io.StringIO(to_csv(read_report(found)), newline="")))

    assert line["topic"] == f"'{begin}1+1"


def _document(found: dict[str, Any]) -> Any:
    return docx.Document(io.BytesIO(to_docx(read_report(found))))


def test_word_has_headings_and_a_table_for_each_row() -> None:
    found = _document(two())

    headings = [(p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        ("Title", "34-1 → 34-2"),
        ("Heading 1", "34-1 → 34-2"),
        ("Heading 2", "1. Log of calls"),
        ("Heading 2", "2. Notice"),
        ("Heading 2", "3. =SUM(1) _topic_"),
    ]
    table = found.tables[0]
    assert table.cell(0, 0).text == "Changed: “shall” became “must”"
    assert [table.cell(1, c).text for c in (0, 1)] == ["34-1", "34-2"]
    assert table.cell(2, 0).text == "“A dealer shall keep it for 30 days.”\npage 4, II.A › Log"
    assert table.cell(3, 0).text == (
        "Why, in the words of 34-2\n“Thirty days were too few.”\npage 8, II.A › Log (a commenter's view)"
    )
    assert table.cell(0, 0)._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "FFF4D6"


def test_word_strikes_in_red_and_underlines_in_blue() -> None:
    table = _document(two()).tables[0]
    struck = [r for r in table.cell(2, 0).paragraphs[0].runs if r.font.strike]
    inserted = [r for r in table.cell(2, 1).paragraphs[0].runs if r.underline]

    assert [(r.text, str(r.font.color.rgb)) for r in struck] == [("shall", "B3261E"), ("30", "B3261E")]
    assert [(r.text, str(r.font.color.rgb)) for r in inserted] == [("must", "1F4E9E"), ("60", "1F4E9E")]


def test_word_says_in_its_footer_what_was_compared_and_checked() -> None:
    found = _document(two())

    assert found.sections[0].footer.paragraphs[0].text == (
        "Compared: 34-1 → 34-2. Every quote was checked, character by character, against the stored page "
        "it is cited from."
    )
    assert (found.core_properties.title, found.core_properties.author) == ("34-1 → 34-2", "reglens")


def test_word_takes_hostile_words_as_words() -> None:
    cell = _document(two()).tables[2].cell(2, 1)

    assert cell.paragraphs[0].text == "“<script>alert(1)</script> =HYPERLINK(1) �[31m� ![x](http://x.example/y) |”"


def test_three_documents_have_a_table_by_topic_in_every_format() -> None:
    report = read_report(three())
    first = "“Kept for 30 days.” (page 4)"
    second = "“Kept for 60 days.” (page 7; 1 more quote)"

    text = to_text(report, width=100)
    assert f"   34-1: {first}\n   34-2: changed, {second}\n   34-3: not addressed\n" in text
    told = to_markdown(report)
    assert f"| Log of calls | {first} | **changed** {second} | **not addressed** |" in told
    assert _read(to_html(report)).words["td"] == [first, f"changed{second}", "not addressed"]
    cells = docx.Document(io.BytesIO(to_docx(report))).tables[0].rows[1].cells
    assert [c.text for c in cells] == ["Log of calls", first, f"changed {second}", "not addressed"]
    lines = list(csv.DictReader(io.StringIO(to_csv(report))))
    assert [(x["a_document"], x["b_document"]) for x in lines] == [("34-1", "34-2")] * 3 + [("34-2", "34-3")] * 3


@pytest.mark.parametrize(
    ("statuses", "filled", "told"),
    [
        (("changed", "removed"), (True, True, False), ["", "changed", "removed"]),
        (("not_addressed", "added"), (False, False, True), ["not addressed", "not addressed", "added"]),
        (("not_addressed", "changed"), (False, True, True), ["not addressed", "", "changed"]),
        (("added", "not_addressed"), (False, True, False), ["not addressed", "added", "not addressed"]),
    ],
)
def test_a_cell_tells_what_became_of_it_and_no_quote_is_called_not_addressed(
    statuses: tuple[str, ...], filled: tuple[bool, ...], told: list[str]
) -> None:
    quote = Quote((("Kept.", None),), "page 1", "page 1", "preamble")
    line = TopicLine("Log", statuses, tuple((quote,) if full else () for full in filled))

    assert [cell(line, column)[1] for column in range(3)] == told
    assert [bool(cell(line, column)[2]) for column in range(3)] == list(filled)
