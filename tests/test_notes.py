"""The form of every shipped note: what can be quoted sentence by sentence, and where it is from."""

import re
from pathlib import Path

import pytest
import yaml

from corpus.sentences import split_sentences

NOTES = sorted((Path(__file__).parents[1] / "corpus" / "data" / "notes").glob("*.md"))
POINTING = re.compile(r"(?:It|Its|This|These|They|Their|He|Such|Those|That|The former|The latter)\b")


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_a_note_names_its_topic_and_sources_and_is_neither_a_stub_nor_an_essay(path: Path) -> None:
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    assert (front["kind"], front["topic"]) == ("note", path.stem)
    assert len(front["sources"]) >= 2
    assert 700 <= len(body.split()) <= 1250
    assert {"## Definition", "## Use in practice"} & set(body.splitlines())


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_every_sentence_can_be_quoted_alone(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").split("---\n", 2)[2].splitlines() if line and line[0] != "#"]
    for line in lines:
        assert not POINTING.match(line), line
        assert len(list(split_sentences(line))) == 1, line
