"""Agreement of verdicts with labels, by hand and beside a second implementation."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from corpus.embedding import HashEmbedder
from corpus.errors import SourceError
from corpus.questions import Point, PointKind, Question, load_questions
from evals.rubric.agreement import agreement, kappa, kappa_interval, verdicts
from evals.rubric.choosing import choose_weights
from evals.rubric.labels import Label, load_labels
from evals.rubric.scorer import Scorer, Verdict, Weights

RISE = Point("must-1", PointKind.MUST, "Prices rise.", (("price",), ("rise",)), ("Quotes go up.",))
FALL = Point("contradiction-1", PointKind.CONTRADICTION, "Prices fall.", (("prices fall",),), ("Quotes go down.",))
QUESTION = Question("q1", "beginner", "prices", "What do prices do?", (RISE, FALL))


def label(number: int, text: str, stated: bool, point: Point = RISE, half: str = "check") -> Label:
    return Label(f"l{number}", QUESTION, point, text, "candidate", stated, (stated, stated), half)


def test_kappa_of_cohens_kind_by_hand() -> None:
    """Both say yes 20 times and no 15 times of 50; one says yes 25 times, the other 30: (0.7 - 0.5) / (1 - 0.5)."""
    a = [True] * 20 + [True] * 5 + [False] * 10 + [False] * 15
    b = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert kappa(a, b) == pytest.approx(0.4)


def test_kappa_at_its_ends() -> None:
    assert kappa([True, False], [True, False]) == 1.0
    assert kappa([True, False], [False, True]) == -1.0
    assert kappa([True, True], [True, True]) == 1.0
    with pytest.raises(ValueError, match="0 answers"):
        kappa([], [])


def test_the_interval_of_kappa_holds_it_and_narrows_with_more_pairs() -> None:
    lot = random.Random(5)
    truth = [lot.random() < 0.5 for _ in range(400)]
    ours = [t if lot.random() < 0.85 else not t for t in truth]
    wide, narrow = kappa_interval(truth[:50], ours[:50]), kappa_interval(truth, ours)
    assert narrow.low < kappa(truth, ours) < narrow.high
    assert narrow.high - narrow.low < wide.high - wide.low


def test_points_and_contradictions_are_reported_apart() -> None:
    labels = [
        label(1, "Prices rise.", True),
        label(2, "Bonds.", False),
        label(3, "Quotes go up.", True),
        label(4, "Prices fall.", True, FALL),
        label(5, "Fine.", False, FALL),
    ]
    said = [Verdict(lab.point, i in (0, 1), 0.0, "", i == 3) for i, lab in enumerate(labels)]
    report = agreement(labels, said)
    assert {k: report["points"][k] for k in ("n", "n_stated", "precision", "recall")} == {
        "n": 3, "n_stated": 2, "precision": 0.5, "recall": 0.5,
    }  # fmt: skip
    assert report["contradiction"]["recall"] == 0.0
    assert report["contradiction or suspicion"]["recall"] == report["contradiction or suspicion"]["precision"] == 1.0
    assert report["readers"] == {"n": 5, "kappa": 1.0}


def test_weights_are_chosen_that_agree_with_the_labels() -> None:
    texts = [
        ("Prices rise.", True),
        ("Quotes go up today.", True),
        ("Bonds are dull.", False),
        ("Dinner is ready.", False),
    ]
    labels = [label(n, text, stated) for n, (text, stated) in enumerate(texts)]
    labels += [label(9, "Prices fall.", True, FALL), label(10, "Prices rise.", False, FALL)]
    start = Weights(groups=0.0, alignment=0.0, words=0.0, threshold=1.0, wrong=1.0, apart=1.0)
    scorer = Scorer(HashEmbedder(), start, [text for text, _ in texts])
    chosen = choose_weights(scorer, labels)
    again = Scorer(HashEmbedder(), chosen, [text for text, _ in texts])
    assert [v.expressed for v in verdicts(again, labels)] == [lab.stated for lab in labels]
    assert chosen.groups + chosen.alignment + chosen.words == pytest.approx(1.0)


def test_the_shipped_labels_are_enough_and_no_question_is_in_both_halves() -> None:
    labels = load_labels(load_questions())
    halves = {half: {lab.question.id for lab in labels if lab.half == half} for half in ("choose", "check")}
    assert not halves["choose"] & halves["check"]
    counts = {half: sum(lab.half == half for lab in labels) for half in ("choose", "check", "fresh")}
    assert min(counts.values()) >= 200
    assert len({lab.id for lab in labels}) == len(labels)
    assert all(len(lab.readers) == 2 and lab.stated in lab.readers for lab in labels)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [({"point": "must-99"}, "has no point"), ({"half": "third"}, '"half"'), ({"stated": "yes"}, '"half"')],
)
def test_a_line_that_is_no_label_is_refused(tmp_path: Path, changed: dict[str, Any], problem: str) -> None:
    row = {"id": "l1", "half": "check", "question": "q1", "point": "must-1", "source": "answer", "stated": True,
           "readers": [True, True], "text": "Prices rise."}  # fmt: skip
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps(row | changed), "utf-8")
    with pytest.raises(SourceError, match=problem):
        load_labels([QUESTION], file)
