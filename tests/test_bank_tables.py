"""Banks as tables and as lines of JSON."""

import json
import re
from pathlib import Path

import pytest

from corpus.questions import Point, PointKind, Question
from ingest.banks.reading import read_person_bank
from tests.person_bank import OWN, bank, read, refused, texts

TABLE = """id,Level,topic,Question,Answer,must,bonus,contradiction,author
b1,Beginner,starters,What is a poolish?,"A wet starter,
of flour and water.",,It is Polish.|It is old,"A poolish is dry.",Kim

,Scenario-Based,,,Weigh the rye flour again.,,,,
,,,Why fold?,,Strength|Trapped air,,,
"""


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_table(tmp_path: Path, between: str) -> None:
    table = re.sub(r'("[^"]*")|,', lambda m: m[1] or between, TABLE)
    found = read_person_bank(bank(tmp_path, table, "bread.csv"))
    poolish, rye, fold = found.questions
    assert (poolish.id, poolish.level, poolish.topic) == ("b1", "beginner", "starters")
    assert texts(poolish) == ["A wet starter, of flour and water."]
    assert texts(poolish, PointKind.BONUS) == ["It is Polish.", "It is old"]
    (wrong,) = poolish.of_kind(PointKind.CONTRADICTION)
    assert wrong.terms == (("A poolish is dry.",),), "its words by themselves stand in right answers too"
    assert (rye.id, rye.draft, rye.question) == ("scenario-01", True, "What can you say about weigh the rye flour?")
    assert (fold.id, texts(fold)) == ("general-01", ["Strength", "Trapped air"])
    assert found.notes == ("passed over: author",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("question,hnit\nWhy?,Rye.\n", "line 1: the header has no column hint, answer or must: question, hnit"),
        ("hint,question,Hint\nRye,Why?,Malt\n", "line 1: the header has hint twice"),
        ('question,hint\nWhy?,"Rye,\nmalt"\nHow?,\n', "line 4: it has neither a hint nor an answer"),
        ("question,hint\nWhy?,Rye, malt\n", "line 2: 3 cells, but the header has 2"),
        ("question,hint,answer\nWhy?,Rye,Malt\n", "line 2: it has both a hint and an answer"),
        ('question,hint\nWhy?,Rye\nHow?,"Malt\n', "line 3: it cannot be told where its cells end"),
        ("id,hint\nx,Rye\nx,Malt\n", "line 3: the id 'x' is there already, in line 2"),
        ("question,hint\n", "holds no questions"),
    ],
)
def test_a_flaw_of_a_table_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text, "bread.csv").problem


def test_json_lines_in_our_own_form_and_in_a_simpler_one(tmp_path: Path) -> None:
    simple = {"question": "Why fold?", "answer": "For strength.", "level": "Behavioral", "bonus": ["It traps air."]}
    lines = [OWN | {"notes": ["steam"]}, simple, {"hint": "Rye ferments faster."}]
    own, fold, rye = read(tmp_path, "\n".join(map(json.dumps, lines)), "bread.jsonl")
    point = Point("must-1", PointKind.MUST, "Steam keeps the skin soft.", (("steam",), ("soft", "moist")))
    assert own == Question("s1", "oven", "steam", "Why steam?", (point,), ("steam",))
    assert (fold.id, texts(fold), texts(fold, PointKind.BONUS)) == (
        "behavioral-01",
        ["For strength."],
        ["It traps air."],
    )
    assert (rye.id, rye.draft) == ("general-01", True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{no", "line 2: it is no JSON"),
        ('"\\ud800"', "line 2: it is no JSON"),
        ("[]", "line 2: it is not a JSON object"),
        ('{"question": "Why fold?"}', "line 2: it has neither a hint nor an answer"),
        ('{"question": 3, "hint": "Rye."}', 'line 2: "question" is not a text'),
        ('{"hint": "Rye.", "level": "–"}', "line 2: the level '–' has no words"),
        (
            json.dumps(OWN | {"id": "s2", "question": "Why?", "points": []}),
            "line 2: question 's2' has no point of kind",
        ),
        (json.dumps(OWN | {"question": "Why not?"}), "line 2: the id 's1' is there already, in line 1"),
    ],
)
def test_a_flaw_of_json_lines_is_named_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    assert said in refused(tmp_path, f"{json.dumps(OWN)}\n{line}\n", "bread.jsonl").problem
