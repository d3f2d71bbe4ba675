import csv
import io
from dataclasses import replace

import pytest

from corpus.answers import Citation
from corpus.records import Voice
from rag.compare import Row
from rag.impact import Obligation
from views.rows import filter_obligations, filter_rows, obligation_csv, obligation_table

CITED = Citation(
    document_id="d1",
    title="A rule",
    page=4,
    page_label="iv",
    section="II.A",
    quote="Dealers shall be silent.",
    start=0,
    end=24,
    page_start=0,
    page_end=24,
    verified=True,
    status="proposed",
    voice=Voice.RULE_TEXT,
)
CHANGED = Row("Quiet hours", "changed", (CITED,), (), "From ten to nine.", ())
ADDED = Row("Monthly log", "added", (), (replace(CITED, quote="File Form QH."),), "", ())
SILENCE = Obligation("dealers", "shall", "be silent", None, None, None, "II.A", Voice.RULE_TEXT, CITED)
LOG = Obligation(
    None, "must", "=file a log", "15 days", "5,000 customers", None, "II.B", Voice.PREAMBLE, CITED,
    (replace(CITED, quote="And on paper."),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "words", "kept"),
    [
        ([], "", [CHANGED, ADDED]),
        (["added"], "", [ADDED]),
        ([], "SILENT quiet", [CHANGED]),
        ([], "form qh", [ADDED]),
        (["added"], "silent", []),
    ],
)
def test_rows_are_kept_by_status_and_by_all_words(statuses: list[str], words: str, kept: list[Row]) -> None:
    assert filter_rows([CHANGED, ADDED], statuses, words) == kept


@pytest.mark.parametrize(
    ("actors", "modalities", "facts", "words", "kept"),
    [
        ([], [], [], "", [SILENCE, LOG]),
        (["dealers"], [], [], "", [SILENCE]),
        (["(not named)"], [], [], "", [LOG]),
        ([], ["shall"], [], "", [SILENCE]),
        ([], [], ["deadline", "threshold"], "", [LOG]),
        ([], [], ["deadline", "cost"], "", []),
        ([], [], [], "on PAPER", [LOG]),
    ],
)
def test_obligations_are_kept_by_what_they_state(
    actors: list[str], modalities: list[str], facts: list[str], words: str, kept: list[Obligation]
) -> None:
    assert filter_obligations([SILENCE, LOG], actors, modalities, facts, words) == kept


def test_an_obligation_is_one_line_with_its_page() -> None:
    assert obligation_table([LOG]) == [
        {
            "Who": "(not named)",
            "Force": "must",
            "What": "=file a log",
            "By when": "15 days",
            "Threshold": "5,000 customers",
            "Cost": "",
            "Page": "p. iv (PDF page 4)",
            "Section": "II.B",
            "Voice": "discussion",
        }
    ]


def test_the_csv_holds_whole_quotes_and_no_formula() -> None:
    header, line = csv.reader(io.StringIO(obligation_csv([LOG])))
    assert header[-1] == "Quote"
    assert line[2] == "'=file a log"
    assert line[-1] == "Dealers shall be silent. And on paper."


def test_the_csv_of_nothing_is_a_header() -> None:
    assert obligation_csv([]) == "Quote\r\n"
