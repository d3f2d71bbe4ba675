"""Small banks about baking bread, and what tests do with them."""

import re
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import SourceError
from corpus.questions import PointKind, Question
from ingest.banks.reading import read_person_bank

BREAD = """Baking Prep
Sourdough Interview Questions
4 practical questions on bread.
Beginner
1 questionDescribe how wild yeast raises dough, how lactic bacteria sour it, and why a warm room speeds both.
Scenario-Based
2 questionsThe loaf is flat: check the starter; weigh salt, flour, and water again.
Look for calm work under time pressure. Bonus for naming the oven's steam setting.

AI Workflow & Tools
1 questions
Log the dough's temperature (probe, camera, room) and plot it.
"""


def bank(tmp_path: Path, text: str | bytes, name: str = "bread.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(tmp_path: Path, text: str | bytes, name: str = "bread.txt") -> tuple[Question, ...]:
    return read_person_bank(bank(tmp_path, text, name)).questions


def refused(tmp_path: Path, text: str | bytes, name: str = "bread.txt") -> SourceError:
    with pytest.raises(SourceError) as error:
        read_person_bank(bank(tmp_path, text, name))
    assert error.value.remedy
    return error.value


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def texts(question: Question, kind: PointKind = PointKind.MUST) -> list[str]:
    return [point.text for point in question.of_kind(kind)]


POINT = {"id": "must-1", "kind": "must", "text": "Steam keeps the skin soft.", "terms": [["steam"], ["soft", "moist"]]}
OWN: dict[str, Any] = {"id": "s1", "level": "oven", "topic": "steam", "question": "Why steam?", "points": [POINT]}
