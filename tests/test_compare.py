from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.answers import Citation
from corpus.embedding import HashEmbedder
from corpus.library import Library
from corpus.records import Voice
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from rag.compare import Comparison, Row, compare, comparison_json
from rag.phrases import classify
from rag.provisions import split_rule
from rag.redline import describe, edits
from rag.stated import lines_of, statements
from tests.quiet_hours_gold import CHANGES, RuleChange
from tests.release_factory import draw_release


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("compare")
    draw_release(folder / "proposed.pdf", proposal=True)
    draw_release(folder / "adopted.pdf", proposal=False)
    found = Library(folder / "library", HashEmbedder(), create=True)
    ingest(found, find_sources([folder / "proposed.pdf", folder / "adopted.pdf"])[0], ChunkSettings())
    yield found
    found.close()


@pytest.fixture(scope="module")
def comparison(library: Library) -> Comparison:
    return compare(library, library.find("34-99001"), library.find("34-99002"))


def _shows(citations: tuple[Citation, ...], words: str) -> bool:
    return words.lower() in " ".join(c.quote for c in citations).lower()


def _tells(row: Row, change: RuleChange) -> bool:
    sides = (row.a, change.proposed), (row.b, change.adopted), (row.reason, change.reason)
    return row.status == change.status and all(_shows(quotes, words) for quotes, words in sides if words)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.topic)
def test_a_row_tells_each_known_change_with_quotes_and_reason(comparison: Comparison, change: RuleChange) -> None:
    assert [row for row in comparison.rows if _tells(row, change)]


def test_turned_round_what_was_added_was_removed(library: Library, comparison: Comparison) -> None:
    turned = compare(library, comparison.b, comparison.a)
    log = [r for r in turned.rows if r.topic == "§ 240.99z-1(e): Monthly log"]
    request = [r for r in turned.rows if r.topic == "§ 240.99z-1(e): Written request"]

    assert [r.status for r in log] == ["added"]
    assert [r.status for r in request] == ["removed"]
    assert _shows(request[0].a, "asked in writing")


def test_each_quote_is_verified_and_from_its_own_document(comparison: Comparison) -> None:
    for row in comparison.rows:
        assert all(c.verified for c in (*row.a, *row.b, *row.reason))
        assert {c.document_id for c in row.a} <= {comparison.a.id}
        assert {c.document_id for c in (*row.b, *row.reason)} <= {comparison.b.id}


def test_changed_and_unchanged_rows_quote_both_sides(comparison: Comparison) -> None:
    assert all(row.a and row.b for row in comparison.rows if row.status in ("changed", "unchanged"))


def test_a_commenters_reason_is_marked_as_a_commenters(comparison: Comparison) -> None:
    reasons = [c for row in comparison.rows for c in row.reason if c.quote.startswith("Commenters pointed out")]

    assert reasons
    assert {c.voice for c in reasons} == {Voice.COMMENTER_VIEW}


def test_a_topic_keeps_the_rows_that_fit_it_best_first(library: Library, comparison: Comparison) -> None:
    found = compare(library, comparison.a, comparison.b, topic="monthly log on Form QH")

    assert 0 < len(found.rows) < len(comparison.rows)
    assert _shows(found.rows[0].a, "Form QH")


def test_a_topic_that_neither_document_has_is_not_addressed(library: Library, comparison: Comparison) -> None:
    found = compare(library, comparison.a, comparison.b, topic="xylophone zebra")

    assert [row.status for row in found.rows] == ["not_addressed"]


def test_a_document_compared_with_itself_has_no_changes(library: Library, comparison: Comparison) -> None:
    found = compare(library, comparison.a, comparison.a)

    assert {row.status for row in found.rows} <= {"unchanged"}


def test_the_json_has_the_promised_keys(comparison: Comparison) -> None:
    told = comparison_json(comparison)

    assert (told["a"], told["b"]) == (comparison.a.id, comparison.b.id)
    assert set(told["rows"][0]) == {"topic", "status", "a", "b", "difference", "reason", "marks"}
    assert told["rows"][0]["a"][0]["verified"] is True


def test_a_redline_names_numbers_modal_verbs_and_additions() -> None:
    told = describe("A dealer shall file within 30 days.", "A dealer must file a log within 60 days.")

    assert told == "“shall” became “must”; adds “a log”; “30 days” became “60 days”"


def test_a_redline_does_not_mind_case_space_and_punctuation() -> None:
    assert edits("The dealer, shall file.", "the  dealer shall file") == []


def test_a_long_redline_keeps_the_edit_of_a_number() -> None:
    old = "alpha one1 beta two2 gamma three3 delta 5 epsilon"
    new = "ALPHA uno beta dos gamma tres delta 6 epsilon"

    assert "“5” became “6”" in describe(old, new, most=4)


def test_paragraph_marks_nest_and_a_reference_begins_nothing() -> None:
    text = (
        "(a) Definitions. For this rule:\n(1) Dealer means a firm under paragraph\n(a)(2) of another rule;\n"
        "(i) with an office; or\n(ii) without any office.\n(2) Night means the dark.\n(b) Silence. Be quiet at night."
    )
    labels = [p.label for p in split_rule(text, 0, len(text), "§ 1.1")]

    assert labels == ["(a)", "(a)(1)", "(a)(1)(i)", "(a)(1)(ii)", "(a)(2)", "(b)"]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("We are adopting the definition of quiet hours as proposed.", "unchanged"),
        ("We are adopting the notice substantially as proposed, with one addition.", "changed"),
        ("In response to comments, we are revising the rule to remove the term “prompt.”", "removed"),
        ("After considering the comments, we are not adopting the monthly log.", "removed"),
        ("We are expressly adding cost to the rule text as a factor.", "added"),
        ("We are modifying the threshold in response to comments.", "changed"),
        ("The Commission is declining to define the term in the rule text.", "unchanged"),
    ],
)
def test_set_phrases_tell_the_status(sentence: str, status: str) -> None:
    found = classify(sentence)

    assert found is not None
    assert found[0] == status


@pytest.mark.parametrize(
    "sentence",
    [
        "Several commenters recommended that the Commission remove the term from the rule.",
        "As proposed, the first component would have required a firm to keep records of that.",
        "Should we modify the threshold in the rule as proposed?",
        "The dealer keeps records of the messages that it sends.",
    ],
)
def test_requests_recaps_and_questions_state_no_change(sentence: str) -> None:
    assert classify(sentence) is None


def test_a_statement_brings_the_sentence_that_spells_it_out_and_its_reason() -> None:
    text = (
        "The log would cost each firm a month of work because of the form. We are modifying the log. "
        "As adopted, the log is due once a year. Owls are birds that live in the woods nearby."
    )
    (statement,) = statements(lines_of(text, 0, len(text)))

    assert [line.text for line in statement.lines] == [
        "We are modifying the log.",
        "As adopted, the log is due once a year.",
    ]
    assert statement.reasons[0].text.startswith("The log would cost")
