"""A person's own bank, from its file to questions and into the library."""

import json
import re
from pathlib import Path

import pytest

import reglens
from corpus.errors import ConfigError, ReglensError
from corpus.questions import PointKind, load_questions, question_json
from evals.bank.exam import load_exam
from ingest.banks.reading import read_person_bank
from tests.calling import RUN, call
from tests.person_bank import BREAD, OWN, bank, read, refused, texts, words

SEED = Path(__file__).parents[2] / "shared" / "seeds" / "interview-question-bank.txt"


def test_groups_of_hints_become_levels_points_and_drafts(tmp_path: Path) -> None:
    first, flat, calm, log = read(tmp_path, BREAD)
    assert [q.id for q in (first, flat, calm, log)] == ["beginner-01", "scenario-01", "scenario-02", "workflow-01"]
    assert all(q.draft and q.topic == "general" for q in (first, flat, calm, log))
    assert texts(first) == [
        "Describe how wild yeast raises dough",
        "how lactic bacteria sour it",
        "and why a warm room speeds both.",
    ]
    assert first.points[0].paraphrases == ("How wild yeast raises dough.",)
    assert first.points[2].paraphrases == ("Why a warm room speeds both.",)
    assert first.question == "What can you say about wild yeast raises dough?"
    assert texts(flat) == ["The loaf is flat: check the starter", "weigh salt, flour, and water again."]
    assert texts(calm) == ["Look for calm work under time pressure."]
    assert texts(calm, PointKind.BONUS) == ["Bonus for naming the oven's steam setting."]
    assert calm.of_kind(PointKind.BONUS)[0].paraphrases == ("Naming the oven's steam setting.",)
    assert texts(log) == ["Log the dough's temperature (probe, camera, room) and plot it."]


def test_a_hint_may_carry_its_question(tmp_path: Path) -> None:
    text = "Beginner\n3 questions\nQ: What is a poolish?\nA: A wet starter of flour and water.\n"
    text += "What is a biga? — A stiff starter from Italy.\nHint: Cover the levain's feeding.\n"
    poolish, biga, levain = read(tmp_path, text)
    assert (poolish.question, texts(poolish)) == ("What is a poolish?", ["A wet starter of flour and water."])
    assert (biga.question, texts(biga)) == ("What is a biga?", ["A stiff starter from Italy."])
    assert (poolish.draft, biga.draft, levain.draft) == (False, False, True)


def test_questions_with_answers_in_markdown(tmp_path: Path) -> None:
    text = """# Bread

Some questions of my own.

## Advanced

**Q1:** What does steam do?
**A:** It keeps the skin soft;
the loaf can rise.

It also gives shine.

## AI Workflow & Tools
- Question: Why log heat?
- Hint: Faults are found sooner.
"""
    steam, heat = read(tmp_path, text, "bread.md")
    assert (steam.id, steam.question) == ("advanced-01", "What does steam do?")
    assert texts(steam) == ["It keeps the skin soft", "the loaf can rise.", "It also gives shine."]
    assert (heat.level, heat.draft) == ("workflow", False)


def test_plain_lines_before_a_question_name_its_group(tmp_path: Path) -> None:
    text = "Crust\n\nQ: Why steam?\nA: For shine.\n\nCrumb\nQ: Why fold?\nA: For strength.\n"
    assert [q.level for q in read(tmp_path, text)] == ["crust", "crumb"]
    one_line = "My bread\nWhy steam? — For shine.\nWhy fold? -- For strength.\n"
    assert [(q.level, q.question) for q in read(tmp_path, one_line)] == [
        ("my-bread", "Why steam?"),
        ("my-bread", "Why fold?"),
    ]


def test_all_errors_are_named_at_once_by_line(tmp_path: Path) -> None:
    text = "Bread\n5 questions\nBeginner\n3 questionsWeigh the flour.\nRest the dough.\n"
    text += "Advanced\n3 questions\nQ: Why rye?\nQ: Why malt?\nMalt feeds yeast.\nWeigh the flour.\n"
    error = refused(tmp_path, text)
    assert error.problem.splitlines() == [
        f"{tmp_path / 'bread.txt'} has 5 errors, and nothing was written:",
        '  line 2: "5 questions" but 0 hints under "Bread" → correct the number, or write one hint a line',
        '  line 4: "3 questions" but 2 hints under "Beginner" → correct the number, or write one hint a line',
        '  line 8: no answer follows the question → write "A: …" or "Hint: …" on the next line',
        '  line 10: the question above it is not followed by "A: …" or "Hint: …" → write "A: " before it',
        "  line 11: this hint without a question is there already, in line 4 → take one of them out, or change it",
    ]


def test_a_total_that_does_not_fit_is_named(tmp_path: Path) -> None:
    problem = refused(tmp_path, BREAD.replace("4 practical", "5 practical")).problem
    assert 'line 3: "5 practical questions" but the groups have 4 in all' in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\ufeff \n\n", "is empty"),
        ("Some thoughts.\nMore of them.\n", "holds no questions"),
        ("2 questions\nRye.\nMalt.\n", "line 1: no name of a group stands above it"),
        ("Beginner\n1 question\n???\n", "line 3: there are no words in the hint"),
        ("Two\n1 question\nRye.\n## Three\nMalt.\n", 'line 4: no "N questions" stands under the heading "Three"'),
        ("Beginner\n1 question\nBonus for steam.\n", "line 3: nothing in it is a must"),
        ("Q: Why rye?\nQ: Why malt?\nA: It feeds yeast.\n", "line 1: no answer follows the question"),
        ("A: It feeds yeast.\nQ: Why malt?\nA: It feeds yeast.\n", "line 1: it belongs to no question"),
        ("Q: Why malt?\nA: It feeds.\n\n# Two\nStray.\nQ: Why rye?\nA: Taste.\n", "line 5: it belongs to no question"),
        ("Q: Why malt?\nA: It feeds.\nQ: why  MALT\nA: Sugar.\n", "line 3: the question is there already, in line 1"),
        (b"\x00\x01\x02", "holds binary data"),
        (b"\xef\xbb\xbfQ: Why malt?\nA: It \xff feeds.\n", "line 2: a character of it cannot be read"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_bank_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert said in refused(tmp_path, text).problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, line_end: str) -> None:
    text = "Beginner\n1 question\nCrème pâtissière needs eggs – and “patience”.\n".replace("\n", line_end)
    read_bank = read_person_bank(bank(tmp_path, text.encode(encoding)))
    assert texts(read_bank.questions[0]) == ["Crème pâtissière needs eggs – and “patience”."]
    assert bool(read_bank.notes) is (encoding == "cp1252")


def test_twenty_errors_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    problem = refused(tmp_path, "{\n" * 23, "bread.jsonl").problem
    assert problem.splitlines()[0].endswith("has 23 errors, and nothing was written:")
    assert problem.count("\n  line ") == 20
    assert problem.endswith("  … and 3 more")


def test_a_question_is_written_and_read_back_as_it_was(tmp_path: Path) -> None:
    odd = json.dumps(OWN | {"id": "s\u2028\x852", "question": "Why\u2028steam\x85?", "draft": True})
    for questions in ((*read(tmp_path, BREAD), *read(tmp_path, odd, "odd.jsonl")), load_questions()):
        path = bank(tmp_path, "".join(f"{question_json(question)}\n" for question in questions), "all.jsonl")
        assert load_questions(path) == questions
        assert read_person_bank(path).questions == questions


@pytest.fixture
def _offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "reglens.toml"
    config.write_text('[corpus]\nembedding_model = "hash-256"\n')
    monkeypatch.setenv("REGLENS_CONFIG", str(config))
    monkeypatch.setenv("REGLENS_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_offline")
def test_a_bank_is_imported_into_the_library(tmp_path: Path) -> None:
    bank(tmp_path, BREAD)
    found = call("bank", "import", "bread.txt")
    assert found["out"] == "bread.bank.jsonl"
    assert (found["questions"], found["points"], found["drafts"]) == (4, 8, 4)
    assert found["by_level"] == {"beginner": 1, "scenario": 2, "workflow": 1}
    assert found["by_kind"] == {"must": 7, "bonus": 1}
    assert len(found["ingested"]["new"]) == 1
    assert load_questions(tmp_path / "bread.bank.jsonl") == read_person_bank(tmp_path / "bread.txt").questions
    (listed,) = call("list")["documents"]
    assert (listed["kind"], listed["title"]) == ("question", "bread.bank")
    with pytest.raises(ConfigError, match="4 of 4 questions are drafts"):
        load_exam(tmp_path / "bread.bank.jsonl")


@pytest.mark.usefixtures("_offline")
def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    bank(tmp_path, BREAD)
    (tmp_path / "out.jsonl").write_text("mine")
    command = ["bank", "import", "bread.txt", "--out", "out.jsonl", "--no-ingest"]
    result = RUN.invoke(reglens.app, command)
    assert isinstance(result.exception, ReglensError)
    assert result.exception.problem == "out.jsonl is there already"
    assert (tmp_path / "out.jsonl").read_text() == "mine"
    assert call(*command, "--force")["ingested"] is None
    assert len(load_questions(tmp_path / "out.jsonl")) == 4
    assert not (tmp_path / "library").exists()


@pytest.mark.usefixtures("_offline")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["none.txt"], "none.txt cannot be opened"),
        (["bread.docx"], "is not of a kind that a bank is read from"),
        (["flawed.txt"], "flawed.txt has 1 error"),
        (["own.jsonl", "--out", "own.jsonl", "--force"], "is the file that is to be imported"),
        (["own.jsonl", "--out", "bank.txt"], "does not end in .jsonl"),
        (["own.jsonl", "--out", "none/bank.jsonl"], "none/bank.jsonl cannot be written"),
    ],
)
def test_a_mistake_is_one_clear_error_and_writes_nothing(tmp_path: Path, command: list[str], said: str) -> None:
    bank(tmp_path, "x", "bread.docx")
    bank(tmp_path, BREAD.replace("1 questionDescribe", "2 questionsDescribe"), "flawed.txt")
    bank(tmp_path, json.dumps(OWN), "own.jsonl")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    result = RUN.invoke(reglens.app, ["bank", "import", *command, "--no-ingest"])
    assert isinstance(result.exception, ReglensError)
    assert said in result.exception.problem
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.usefixtures("_offline")
def test_people_are_told_what_to_do_with_drafts(tmp_path: Path) -> None:
    bank(tmp_path, BREAD)
    said = RUN.invoke(reglens.app, ["bank", "import", "bread.txt", "--no-ingest"]).stdout
    assert "4 questions (1 beginner, 2 scenario, 1 workflow) with points: 7 must, 1 bonus" in said
    assert "4 questions without a wording" in said
    assert '"draft": true, then `reglens eval bank --questions bread.bank.jsonl`' in said
    bank(tmp_path, "Q: Why malt?\nA: It feeds yeast.\n", "asked.txt")
    said = RUN.invoke(reglens.app, ["bank", "import", "asked.txt", "--no-ingest"]).stdout
    assert said == "1 question (1 general) with points: 1 must; in asked.bank.jsonl\n"


def test_the_seed(tmp_path: Path) -> None:
    if not SEED.exists():
        pytest.skip("the seed of the question bank is not at hand")
    questions = read_person_bank(SEED).questions
    levels = [question.level for question in questions]
    counts = {"beginner": 5, "intermediate": 10, "advanced": 10, "scenario": 10, "workflow": 10, "behavioral": 5}
    assert levels == [level for level, count in counts.items() for _ in range(count)]
    assert len({question.question for question in questions}) == 50
    hints = [re.sub(r"^\d+ questions", "", line) for line in SEED.read_text("utf-8").split("\n") if len(line) > 120]
    hints = [hint for hint in hints if not hint.startswith("50 expert")]
    assert len(hints) == 50
    for hint, question in zip(hints, questions, strict=True):
        assert [word for point in question.points for word in words(point.text)] == words(hint)
