import numpy as np
import pytest

from evals.metrics import (
    MEASURES,
    average_precision_at_k,
    bootstrap_interval,
    ndcg_at_k,
    paired_difference,
    per_query,
    recall_at_k,
    reciprocal_rank_at_k,
)

GRADED = {"c1": 2.0, "c2": 1.0}
THREE = {"a": 1.0, "b": 1.0, "c": 1.0, "never": 0.0}


def test_recall_counts_the_relevant_among_the_first_k() -> None:
    assert recall_at_k(["a", "x", "b", "c"], THREE, k=3) == pytest.approx(2 / 3)


def test_a_grade_of_zero_is_not_relevant() -> None:
    assert recall_at_k(["never"], THREE, k=10) == 0.0
    assert reciprocal_rank_at_k(["never", "a"], THREE, k=10) == 0.5


def test_average_precision_by_hand() -> None:
    # Relevant at ranks 1, 3 and 4: (1/1 + 2/3 + 3/4) / 3 = 0.805556
    assert average_precision_at_k(["a", "x", "b", "c"], THREE, k=10) == pytest.approx(0.805556, abs=1e-6)


def test_average_precision_divides_by_all_that_is_relevant_even_beyond_k() -> None:
    # Both of the first two are relevant, the third is out of reach: (1 + 1) / 3
    assert average_precision_at_k(["a", "b", "c"], THREE, k=2) == pytest.approx(2 / 3)


def test_ndcg_of_a_swapped_pair_with_linear_gain() -> None:
    # DCG 1/log2(2) + 2/log2(3) = 2.26186; ideal 2/log2(2) + 1/log2(3) = 2.63093
    assert ndcg_at_k(["c2", "c1"], GRADED, k=10) == pytest.approx(0.859719, abs=1e-6)


def test_ndcg_ignores_what_comes_after_k() -> None:
    assert ndcg_at_k(["x", "c1"], GRADED, k=1) == 0.0


def test_ndcg_of_the_best_order_is_one_even_when_k_is_small() -> None:
    assert ndcg_at_k(["a"], THREE, k=1) == 1.0


def test_reciprocal_rank_is_of_the_first_relevant_id_and_stops_at_k() -> None:
    assert reciprocal_rank_at_k(["x", "y", "b", "a"], THREE, k=10) == pytest.approx(1 / 3)
    assert reciprocal_rank_at_k(["x", "y", "b"], THREE, k=2) == 0.0


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
def test_a_query_to_which_nothing_is_relevant_has_no_value(measure: object) -> None:
    with pytest.raises(ValueError, match="nothing is relevant"):
        measure(["a"], {"a": 0.0})  # type: ignore[operator]


def test_a_judged_query_without_a_ranking_pulls_the_mean_down() -> None:
    values = per_query({"q1": ["c1", "c2"]}, {"q1": GRADED, "q2": GRADED}, MEASURES["ndcg@10"])
    assert values.tolist() == [1.0, 0.0]


def test_a_query_that_was_not_judged_does_not_count() -> None:
    values = per_query({"q1": ["c1"], "stray": ["c1"]}, {"q1": GRADED}, MEASURES["recall@10"])
    assert values.tolist() == [0.5]


def test_an_interval_holds_the_mean_and_is_the_same_twice() -> None:
    values = [0.0] * 50 + [1.0] * 50
    first = bootstrap_interval(values)
    # Standard error of 100 coin flips is 0.05, so the interval is about 0.5 +- 0.098.
    assert first.low == pytest.approx(0.402, abs=0.02)
    assert first.high == pytest.approx(0.598, abs=0.02)
    assert bootstrap_interval(values) == first


def test_values_that_do_not_differ_have_no_width() -> None:
    assert bootstrap_interval([0.25, 0.25, 0.25]).as_json() == [0.25, 0.25]


def test_nothing_judged_has_no_interval() -> None:
    with pytest.raises(ValueError, match="nothing was judged"):
        bootstrap_interval([])


def test_pairing_sees_a_small_loss_that_separate_intervals_would_not() -> None:
    before = np.linspace(0.0, 1.0, 40)
    now = before - 0.02
    assert bootstrap_interval(now).high > bootstrap_interval(before).low
    difference = paired_difference(now, before)
    assert difference.mean == pytest.approx(-0.02)
    assert difference.is_loss


def test_a_loss_on_one_question_and_a_gain_on_another_is_no_loss() -> None:
    assert not paired_difference([0.0, 1.0, 0.5], [1.0, 0.0, 0.5]).is_loss


def test_only_the_same_queries_can_be_paired() -> None:
    with pytest.raises(ValueError, match="2 values cannot be paired with 1"):
        paired_difference([0.1, 0.2], [0.1])
