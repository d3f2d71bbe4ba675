"""What a later release tells about the time since the earlier one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.embedding import HashEmbedder
from corpus.library import Library
from ingest.chunks import ChunkSettings
from ingest.pipeline import ingest
from ingest.sources import find_sources
from rag.compare import Comparison, Row, compare
from tests.bell_rules import FIRST, SECOND


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Comparison]:
    folder: Path = tmp_path_factory.mktemp("bells")
    paths = [folder / "34-99201.txt", folder / "34-99202.txt"]
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text, encoding="utf-8")
    library = Library(folder / "library", HashEmbedder(), create=True)
    ingest(library, find_sources(paths)[0], ChunkSettings())
    yield compare(library, library.find("34-99201"), library.find("34-99202"))
    library.close()


def _showing(comparison: Comparison, words: str) -> list[Row]:
    return [r for r in comparison.rows if words in " ".join(" ".join(c.quote.split()) for c in (*r.a, *r.b))]


def test_what_was_ended_in_between_is_found_by_the_words_that_explain_it(comparison: Comparison) -> None:
    (row,) = _showing(comparison, "On May 4, 2006")

    assert row.status in ("removed", "changed")
    assert "does not apply to carts that were bought" in " ".join(row.a[0].quote.split())
    assert row.b[0].quote.startswith("It was the “old cart” provision")


def test_words_that_lost_their_space_are_read_and_the_draft_is_shown(comparison: Comparison) -> None:
    (row,) = _showing(comparison, "isadopting the amendment to the weight of bells")

    assert row.status in ("changed", "added")
    assert "be more than nine pounds" in row.b[0].quote


def test_new_figures_of_a_section_are_one_row(comparison: Comparison) -> None:
    (row,) = _showing(comparison, "declined by 41.5%")

    assert row.status == "added"
    assert row.a == ()
    assert [c.quote.split(" ")[0] for c in row.b] == ["Accidents", "Accidents", "The"]
    assert row.difference == "34-99202 tells figures that 34-99201 does not have."


def test_duties_to_collect_information_stand_beside_none(comparison: Comparison) -> None:
    (row,) = _showing(comparison, "do not contain a collection of information")

    assert row.status == "changed"
    assert row.a[0].quote.startswith("The rule on bells contains collection of information requirements")
    assert row.difference == "34-99201 brings such duties; 34-99202 brings no such duties."


def test_numbers_are_found_in_the_sections_under_the_one_that_corresponds(comparison: Comparison) -> None:
    (row,) = [r for r in comparison.rows if r.difference.startswith("Numbers")]

    assert "“300 carters” became “450 carters”" in row.difference or "“300” became “450”" in row.difference
    assert "“600 hours” became “900 hours”" in row.difference or "“600” became “900”" in row.difference
