"""`reglens impact` as a user and a program see it."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

import reglens
from tests.calling import RUN, call
from tests.release_factory import draw_release


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library of one drawn proposal, read by the commands of this process."""
    folder = tmp_path_factory.mktemp("impact-command")
    config = folder / "reglens.toml"
    config.write_text('[corpus]\nembedding_model = "hash-256"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REGLENS_CONFIG", str(config))
        patch.setenv("REGLENS_LIBRARY", str(folder / "library"))
        draw_release(folder / "proposed.pdf")
        call("ingest", str(folder / "proposed.pdf"))
        yield folder


def test_the_terminal_shows_who_is_bound_and_ends_with_how_many(folder: Path) -> None:
    result = RUN.invoke(reglens.app, ["impact", "34-99001"])
    lines = result.stdout.splitlines()

    assert any(line.startswith("quiet-hours dealer (") for line in lines)
    assert "would not be permitted to send a prompt message" in result.stdout
    assert "duties" in lines[-1]
    assert "for comment." in lines[-1]


def test_several_actors_may_be_named(folder: Path) -> None:
    found = call("impact", "34-99001", "--for", "respondents", "--for", "quiet-hours dealers")["obligations"]
    actors = {o["actor"] for o in found}

    assert {"each of 40 respondents", "quiet-hours dealer"} <= actors
    assert all("dealer" in actor or "respondent" in actor for actor in actors)


def test_the_json_tells_kind_and_standing_of_every_obligation(folder: Path) -> None:
    silence = next(o for o in call("impact", "34-99001")["obligations"] if o["section"] == "§ 240.99z-1(b)")

    assert (silence["kind"], silence["proposed"], silence["condition"]) == ("prohibition", True, None)
    assert silence["cost_source"] is None


def test_a_file_is_written_in_the_form_its_name_says(folder: Path) -> None:
    told = call("impact", "34-99001")
    for name in ("i.csv", "i.xlsx", "i.json", "i.md"):
        result = RUN.invoke(reglens.app, ["impact", "34-99001", "--out", str(folder / name)])
        assert result.exit_code == 0, result.output
        assert result.stdout == ""

    assert json.loads((folder / "i.json").read_text("utf-8")) == told
    assert load_workbook(folder / "i.xlsx")["Obligations"].max_row == 1 + len(told["obligations"])
    assert len((folder / "i.csv").read_text("utf-8").splitlines()) > len(told["obligations"])
    assert (folder / "i.md").read_text("utf-8").startswith("# What it would make whom do: ")


def test_lines_go_to_the_terminal_where_no_file_is_named(folder: Path) -> None:
    result = RUN.invoke(reglens.app, ["impact", "34-99001", "--format", "csv"])
    assert next(csv.reader(io.StringIO(result.stdout)))[1] == "Who"


@pytest.mark.parametrize("options", [["--format", "xlsx"], ["--out", "report.docx"]])
def test_what_cannot_be_written_is_refused_with_a_remedy(folder: Path, options: list[str]) -> None:
    result = RUN.invoke(reglens.app, ["impact", "34-99001", *options])
    assert result.exit_code != 0
    assert "--out" in str(result.exception.remedy) or "--format" in str(result.exception.remedy)  # type: ignore[union-attr]
