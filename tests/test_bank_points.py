"""Hints cut into points."""

import pytest

from ingest.banks.points import hint_points, stated
from ingest.banks.words import terms
from tests.person_bank import words


@pytest.mark.parametrize(
    ("hint", "parts"),
    [
        ("Yeast needs warmth, while salt slows it.", ["Yeast needs warmth, while salt slows it."]),
        ("In 2010, after the flood, flour prices rose.", ["In 2010, after the flood, flour prices rose."]),
        ("A crust of 1,000 folds; 2 kg of rye.", ["A crust of 1,000 folds", "2 kg of rye."]),
        (
            "Stone mills (slow, cool), steel rollers, and how gluten depends on heat, water, and salt",
            ["Stone mills (slow, cool)", "steel rollers", "and how gluten depends on heat, water, and salt"],
        ),
        ('She says "knead, fold, and rest; repeat" daily.', ['She says "knead, fold, and rest; repeat" daily.']),
        ("Rye flour, which is dark, its ash, and spelt.", ["Rye flour, which is dark, its ash, and spelt."]),
        (
            "Rye flour, which is dark, its ash content, and hulled spelt.",
            ["Rye flour, which is dark", "its ash content", "and hulled spelt."],
        ),
        ("Starter care, on-site milling, spelt", ["Starter care", "on-site milling, spelt"]),
        ("Cover pH, oven humidity, and crust colour.", ["Cover pH", "oven humidity", "and crust colour."]),
        ("Use vs. misuse of malt. It is so; that is it.", ["Use vs. misuse of malt. It is so; that is it."]),
    ],
)
def test_a_hint_is_cut_where_its_pieces_stand_alone(hint: str, parts: list[str]) -> None:
    assert [text for _, text in hint_points(hint)] == parts


@pytest.mark.parametrize(
    "hint", ["a, b, c", ", , and;", "(open, never; closed, x", "and", "e.g., rye, wheat; or: barley.", "Bonus. Steam."]
)
def test_no_word_of_a_hint_is_lost(hint: str) -> None:
    assert [word for _, text in hint_points(hint) for word in words(text)] == words(hint)


def test_a_point_asks_for_its_rarest_and_longest_words() -> None:
    hints_with = {"temperature": 9, "dough": 2, "camera": 1, "probe": 1, "log": 1}
    assert terms("Describe the dough's temperature log: probe, camera", hints_with) == (
        ("log",),
        ("probe",),
        ("camera",),
    )
    assert terms("crusts and a crust", {}) == (("crusts",),)
    assert terms("so be it", {}) == (("so",), ("be",), ("it",))


def test_a_point_as_a_sentence() -> None:
    assert stated("and describe the crumb") == "The crumb."
    assert stated("Discuss.") == "Discuss."
