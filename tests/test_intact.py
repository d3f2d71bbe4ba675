"""Formulas are quoted whole."""

import pytest

from rag.intact import is_formula, with_formula

TEXT = """The evening price is computed as follows:

P = (a × b) / c
Q = P − 2 × d

where a is the bell count. The lantern burns from 4 to 6."""


@pytest.mark.parametrize("quoted", ["The evening price is computed as follows:", "P = (a × b)", "Q = P − 2 × d"])
def test_a_sentence_and_the_formula_it_leads_to_go_together(quoted: str) -> None:
    low = TEXT.index(quoted)
    low, high = with_formula(TEXT, low, low + len(quoted))
    shown = TEXT[low:high]
    assert "Q = P − 2 × d" in shown
    assert "lantern" not in shown
    assert ("P = (a × b) / c" in shown) == (not quoted.startswith("Q"))


def test_other_sentences_stay_as_they_are() -> None:
    low = TEXT.index("The lantern")
    assert with_formula(TEXT, low, len(TEXT)) == (low, len(TEXT))


def test_a_sentence_that_holds_an_equation_is_no_formula() -> None:
    assert is_formula("x = a + b")
    assert not is_formula(
        "With a risk aversion of zero the trader has k = 0 and trades at a constant rate until evening"
    )
    assert not is_formula("The dealer keeps the notice.")
