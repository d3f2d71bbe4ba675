from evals.fusion import reciprocal_rank_fusion


def test_an_id_scores_the_sum_of_its_reciprocal_ranks() -> None:
    # a: 1/61 + 1/63 = .032266; b: 1/62 + 1/61 = .032522; c: 1/62 = .016129; d: 1/63 = .015873
    assert reciprocal_rank_fusion([["a", "b", "d"], ["b", "c", "a"]]) == ["b", "a", "c", "d"]


def test_a_small_k_lets_first_ranks_stand_out() -> None:
    rankings = [["a", "b"], ["c", "b"]]
    assert reciprocal_rank_fusion(rankings) == ["b", "a", "c"]  # 2/62 against 1/61
    assert reciprocal_rank_fusion(rankings, k=0) == ["a", "b", "c"]  # all 1, in id order


def test_nothing_fused_is_nothing() -> None:
    assert reciprocal_rank_fusion([]) == reciprocal_rank_fusion([[], []]) == []
