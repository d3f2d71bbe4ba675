"""Two releases on one rule, without a proposal between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.embedding import HashEmbedder
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from rag.compare import Comparison, Row, compare
from tests.lamp_rules import FIRST, SECOND


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    folder: Path = tmp_path_factory.mktemp("lamps")
    for name, text in (("34-99101.txt", FIRST), ("34-99102.txt", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    library = Library(folder / "library", HashEmbedder(), create=True)
    ingest(library, find_sources([folder / "34-99101.txt", folder / "34-99102.txt"])[0], ChunkSettings())
    yield compare(library, library.find("34-99101"), library.find("34-99102"))
    library.close()


def _showing(comparison: Comparison, words: str) -> list[Row]:
    return [r for r in comparison.rows if words in " ".join(c.quote for c in (*r.a, *r.b))]


def test_adopted_as_proposed_is_a_change_of_the_rule_in_force_and_shows_what_was_proposed(
    comparison: Comparison,
) -> None:
    (row,) = _showing(comparison, "adopting the amendment to the testing period as proposed")

    assert row.status == "changed"
    assert "within 10 days after the lamp was bought" in row.a[0].quote
    assert row.b[0].quote.startswith("We proposed to lengthen the testing period")
    assert "because lamps have become harder to test" in row.reason[0].quote


def test_what_is_no_longer_so_was_removed(comparison: Comparison) -> None:
    (row,) = _showing(comparison, "will no longer be excepted")

    assert row.status == "removed"
    assert "excepts candle makers from the testing requirement" in row.a[0].quote


def test_what_is_not_amended_is_unchanged(comparison: Comparison) -> None:
    (row,) = _showing(comparison, "not amending the definition of a small dealer")

    assert row.status == "unchanged"


def test_the_dates_stand_beside_each_other(comparison: Comparison) -> None:
    (row,) = _showing(comparison, "EFFECTIVE DATE")

    assert row.status == "changed"
    assert row.difference == "Dates: “March 3, 2004” became “June 1, 2010”."


def test_a_silent_chapter_is_one_row(comparison: Comparison) -> None:
    (row,) = [r for r in comparison.rows if r.status == "not_addressed"]

    assert [c.quote.split(" must")[0] for c in row.a] == ["Oil", "Carts that bring oil"]
    assert "“Transport of Oil”" in row.difference


def test_a_number_is_found_again_in_a_section_of_another_name(comparison: Comparison) -> None:
    (row,) = [r for r in comparison.rows if r.difference.startswith("Numbers")]

    assert row.difference == "Numbers: “90 days” became “60 days”."
    assert "needs a second door" in row.a[0].quote
    assert "needs a second door" in row.b[0].quote


def test_history_and_comments_are_no_rows(comparison: Comparison) -> None:
    assert _showing(comparison, "In 2004, we adopted") == []
    assert _showing(comparison, "recommended a testing period of 90 days") == []
