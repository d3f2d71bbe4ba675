from dataclasses import replace

import pytest

from corpus.answers import Answer, Citation
from corpus.errors import LibraryError
from corpus.records import Document, Kind, Voice
from rag.exports import shown_only
from views.words import (
    counted,
    document_name,
    given_name,
    page_name,
    place,
    plain,
    problem,
    searched,
    shortened,
    status_colour,
    voice_name,
)

CITED = Citation(
    document_id="d1",
    title="A rule",
    page=83,
    page_label="83",
    section="II.A",
    quote="shall",
    start=0,
    end=5,
    page_start=0,
    page_end=5,
    verified=True,
    status="proposed",
    voice=Voice.PREAMBLE,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>", r"\<script\>"),
        ("a $5 fee, $x$", r"a \$5 fee, \$x\$"),
        ("[here](b)", r"\[here\]\(b\)"),
        ("![p](b)", r"\!\[p\]\(b\)"),
        ("**loud**  _low_", r"\*\*loud\*\* \_low\_"),
        ("# Heading\n- item", r"\# Heading \- item"),
        ("`code`", r"\`code\`"),
        ("a\\", "a\\\\"),
        ("§ 240", "§ 240"),
    ],
)
def test_markup_is_shown_as_its_characters(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "told_apart"),
    [
        ("http://sec.gov", "http:\u2060"),
        ("www.sec.gov", "www\u2060"),
        ("WWW.SEC.GOV", "WWW\u2060"),
        ("a@sec.gov", "a@\u2060"),
        (":smile:", ":\u2060smile"),
        (":material/bolt:", ":\u2060material"),
        (":red[loud]", ":\u2060red"),
    ],
)
def test_addresses_and_named_icons_are_broken_up(text: str, told_apart: str) -> None:
    """Markdown recognises these even where their marks are escaped."""
    assert told_apart in plain(text).replace("\\", "")
    assert plain(text).replace("\\", "").replace("\u2060", "") == text


@pytest.mark.parametrize(
    ("page", "label", "line", "shown"),
    [
        (83, "83", None, "p. 83 (PDF page 83)"),
        (4, "iv", None, "p. iv (PDF page 4)"),
        (4, None, None, "PDF page 4"),
        (1, None, 120, "text file, line 120"),
        (3, None, 7, "text file, page 3, line 7"),
    ],
)
def test_a_place_names_the_printed_and_the_physical_page(page: int, label: str | None, line: int, shown: str) -> None:
    assert place(replace(CITED, page=page, page_label=label, line=line)) == shown


def test_a_page_can_be_counted_of_all() -> None:
    assert page_name(4, "iv", of=28) == "p. iv (PDF page 4 of 28)"


def test_a_long_title_is_cut_between_words() -> None:
    assert shortened("Regulation  Best Interest", 16) == "Regulation Best…"
    assert shortened("Regulation Best Interest", 24) == "Regulation Best Interest"
    assert shortened("x" * 50, 10) == "x" * 9 + "…"


def test_a_document_is_named_by_title_number_and_kind() -> None:
    document = Document("d1", "0", "a.pdf", "A rule", Kind.SRO_FILING, "pdf", release_numbers=("34-1", "IA-2"))
    assert document_name(document) == "A rule · 34-1 · exchange filing"


def test_a_commenters_view_is_never_shown_as_the_agencys() -> None:
    said = replace(CITED, voice=Voice.COMMENTER_VIEW)
    assert voice_name(said, Kind.PROPOSED_RULE) == "a commenter's view"
    assert voice_name(CITED, Kind.PROPOSED_RULE) == "discussion"


def test_our_own_notes_are_marked_as_ours() -> None:
    assert voice_name(CITED, Kind.NOTE) == "reglens' own text"


def test_adopted_and_proposed_have_different_colours() -> None:
    assert status_colour("proposed; adopted in 34-86031") == "orange"
    assert status_colour("adopted") == "green"
    assert status_colour("comment letter") == "gray"


def test_the_account_of_a_search_says_what_was_narrowed_and_relaxed() -> None:
    found = {"documents": 1, "passages_read": 20, "filters": {"from_question": "release 34-1"}, "relaxed": []}
    answer = Answer("q", (), True, found, (), "extractive", timings_ms={"total": 1234.0})
    assert searched(answer) == "Searched 1 document, read 20 passages in 1.2 s; narrowed to: release 34-1."
    answer = replace(
        answer,
        searched={
            "documents": 2,
            "passages_read": 1,
            "relaxed": ["nothing was found for company Acme; searched the other documents"],
        },
    )
    assert searched(answer) == (
        "Searched 2 documents, read 1 passage in 1.2 s; "
        "nothing was found for company Acme; searched the other documents."
    )


def test_nouns_follow_their_numbers() -> None:
    assert [counted(n, "page") for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]


def test_commands_in_a_remedy_stay_marked_and_the_rest_is_plain() -> None:
    error = LibraryError("no library in <b>", remedy="run `reglens ingest PATH...` first")
    assert problem(error) == "no library in \\<b\\>\n\n→ run `reglens ingest PATH...` first"


def test_a_stray_backtick_marks_nothing() -> None:
    assert problem(LibraryError("a ` b", remedy="x")) == "a \\` b\n\n→ x"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\a.pdf", "a.pdf"),
        ("a\x00b\n.pdf", "a b .pdf"),
        ("", "unnamed file"),
    ],
)
def test_a_given_name_is_only_a_label(name: str, label: str) -> None:
    assert given_name(name) == label


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@sum", "\t=1"])
def test_a_spreadsheet_computes_nothing(value: str) -> None:
    assert shown_only(value) == f"'{value}"


def test_other_cells_stay_as_they_are() -> None:
    assert shown_only("5 days") == "5 days"
