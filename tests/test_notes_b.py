"""Formulas and worked numbers of notes on prediction, surveillance and monitoring, computed a second way."""

from math import exp, log, sqrt

import numpy as np
import pytest

from tests.note_numbers import N, assert_formula, matched, note


def test_weighted_midpoint_lies_imbalance_times_half_the_spread_above_the_midpoint() -> None:
    assert_formula("order-book-features", "I = (q_b − q_a) / (q_b + q_a)")
    assert_formula("order-book-features", "W = (P_a × q_b + P_b × q_a) / (q_b + q_a)")
    q_b, bid, q_a, ask, imbalance, weighted = matched(
        "order-book-features",
        rf"{N} shares bid at \${N} and {N} shares offered at \${N}, the imbalance is {N} and .* midpoint is \${N},",
    )
    assert imbalance == pytest.approx((q_b - q_a) / (q_b + q_a))
    assert weighted == pytest.approx((ask * q_b + bid * q_a) / (q_b + q_a))
    assert weighted - (bid + ask) / 2 == pytest.approx(imbalance * (ask - bid) / 2)


def test_order_flow_imbalance_of_one_event() -> None:
    assert_formula(
        "order-book-features", "e = 1(P_b ≥ P_b') q_b − 1(P_b ≤ P_b') q_b' − 1(P_a ≤ P_a') q_a + 1(P_a ≥ P_a') q_a'"
    )
    bid_from, bid_to, ask_from, ask_to, total = matched(
        "order-book-features",
        rf"bid queue that grows from {N} to {N} shares and an ask queue that shrinks from {N} to {N} shares add \+{N}",
    )

    def event(was: tuple[int, float, int, float], now: tuple[int, float, int, float]) -> float:
        (b0, qb0, a0, qa0), (b1, qb1, a1, qa1) = was, now
        return (b1 >= b0) * qb1 - (b1 <= b0) * qb0 - (a1 <= a0) * qa1 + (a1 >= a0) * qa0

    assert event((2000, bid_from, 2001, ask_from), (2000, bid_to, 2001, ask_to)) == total
    assert event((2000, 500, 2001, 300), (2001, 400, 2002, 600)) == 400 + 300  # both quotes move up
    assert event((2000, 500, 2001, 300), (1999, 700, 2000, 200)) == -500 - 200  # both quotes move down


def test_fading_weight_halves_after_every_half_life() -> None:
    assert_formula("order-book-features", "w(s) = 2^(−s / h)")
    age, weight, half_life = matched("order-book-features", rf"event {N} seconds old has weight {N} .* is {N} seconds")
    assert weight == pytest.approx(exp(-age * log(2) / half_life), abs=5e-4)


def test_deeplob_label_and_break_even() -> None:
    assert_formula("deeplob", "l = (m₊ − m₋) / m₋")
    past, future, threshold, move = matched(
        "deeplob", rf"m₋ = \${N}, m₊ = \${N} and a threshold α of {N} basis points, l is {N} basis points"
    )
    assert move == pytest.approx(1e4 * (future / past - 1))
    assert move > threshold
    assert_formula("deeplob", "p* = (1 + c / m) / 2")
    cost, size, percent = matched("deeplob", rf"a cost of {N} and a move of {N} need a hit rate of {N}%")
    hit_rates = np.linspace(0, 1, 10_001)
    profits = hit_rates * size - (1 - hit_rates) * size - cost
    assert hit_rates[np.argmin(np.abs(profits))] == pytest.approx(percent / 100)


def test_deeplob_counts_of_weights_and_of_states_seen() -> None:
    assert_formula("deeplob", "4 × (d_in + d_h + 1) × d_h")
    (lstm,) = matched("deeplob", rf"gives {N} weights for 96 inputs and 64 units")
    gates = [[np.zeros((64, 96)), np.zeros((64, 64)), np.zeros(64)] for _ in ("input", "forget", "cell", "output")]
    assert lstm == sum(array.size for gate in gates for array in gate)

    blocks = [(1, 2, 1, 16), (4, 1, 16, 16), (4, 1, 16, 16), (1, 2, 16, 16), (4, 1, 16, 16), (4, 1, 16, 16)]
    blocks += [(1, 10, 16, 16), (4, 1, 16, 16), (4, 1, 16, 16)]
    inception = [(1, 1, 16, 32), (3, 1, 32, 32), (1, 1, 16, 32), (5, 1, 32, 32), (1, 1, 16, 32)]
    shapes = blocks + inception
    convolutions = sum(np.zeros(shape).size + shape[-1] for shape in shapes)
    (total,) = matched("deeplob", rf"DeepLOB has {N} weights in all")
    assert total == convolutions + lstm + 64 * 3 + 3

    columns, *after = matched("deeplob", rf"so the {N} columns shrink to {N}, then to {N} and finally to {N}\.")
    book = np.zeros(int(columns))
    for width, left in zip((2, 2, 10), after, strict=True):
        book = book.reshape(-1, width).sum(axis=1)  # a filter as wide as its stride
        assert book.size == left

    (states,) = matched("deeplob", rf"cover {N} consecutive book states")
    seen = np.zeros(101)
    seen[50] = 1
    for length in [4] * 6 + [5]:
        seen = np.convolve(seen, np.ones(length))
    assert states == np.count_nonzero(seen)


def test_attention_weights() -> None:
    assert_formula("transformers-on-order-books", "Attention(Q, K, V) = softmax(Q Kᵀ / √d) V")
    assert_formula("transformers-on-order-books", "w_i = exp(s_i) / Σ_j exp(s_j)")
    found = matched(
        "transformers-on-order-books",
        rf"with d = {N} and dot products of {N}, {N} and {N}, the scaled scores are {N}, {N} and {N} "
        rf"and the attention weights are {N}, {N} and {N}\.",
    )
    d, dots, scaled, weights = found[0], np.array(found[1:4]), found[4:7], np.array(found[7:])
    assert dots / sqrt(d) == pytest.approx(scaled)
    assert weights == pytest.approx(np.exp(dots / 2) / np.exp(dots / 2).sum(), abs=5e-4)


def test_dot_products_spread_with_the_root_of_their_length() -> None:
    deviation, length = matched("transformers-on-order-books", rf"deviation √d, which is {N} for d = {N}\.")
    rng = np.random.default_rng(1)
    products = (rng.standard_normal((20_000, int(length))) * rng.standard_normal((20_000, int(length)))).sum(axis=1)
    assert products.std() == pytest.approx(deviation, rel=0.03)
    assert_formula("transformers-on-order-books", "N = T²")
    few, tokens, many, more = matched(
        "transformers-on-order-books", rf"{N} scores for {N} tokens and {N} .* {N} tokens"
    )
    assert (few, many) == (tokens**2, more**2)


def test_spoofing_imbalance_and_precision_of_rare_alerts() -> None:
    assert_formula("spoofing-and-layering-detection", "I = (Q_b − Q_a) / (Q_b + Q_a)")
    each, layer = matched(
        "spoofing-and-layering-detection", rf"with {N} contracts on each side .* layer of {N} contracts"
    )
    assert "the imbalance to −0.80." in note("spoofing-and-layering-detection")
    assert (each - (each + layer)) / (each + each + layer) == pytest.approx(-0.80)
    assert_formula("spoofing-and-layering-detection", "precision = TP / (TP + FP), recall = TP / (TP + FN)")
    episodes, base, recall, false_rate, true, false, precision = matched(
        "spoofing-and-layering-detection",
        rf"among {N} episodes of which {N}% .* recall of {N}% and a false-positive rate of {N}% "
        rf"give {N} true and {N} false alerts, a precision of {N}%",
    )
    assert true == pytest.approx(episodes * base / 100 * recall / 100)
    assert false == pytest.approx(episodes * (1 - base / 100) * false_rate / 100)
    odds = base / (100 - base) * recall / false_rate  # Bayes, by odds
    assert precision == pytest.approx(100 * odds / (1 + odds), abs=0.05)


def test_markout_and_threshold_of_toxicity() -> None:
    assert_formula("toxic-flow-detection-in-production", "MO = D × (P − M_τ)")
    millions, price, later, loss = matched(
        "toxic-flow-detection-in-production",
        rf"sells €{N} million at {N} dollars and the midpoint 5 seconds later is {N}, .* a loss of \${N}\.",
    )
    assert loss == pytest.approx(millions * 1e6 * (later - price))
    assert "the markout is −1.5 pips" in note("toxic-flow-detection-in-production")
    assert (price - later) / 0.0001 == pytest.approx(-1.5)

    assert_formula("toxic-flow-detection-in-production", "p* = g / (g + l)")
    gain, lost, threshold = matched(
        "toxic-flow-detection-in-production",
        rf"gain of \${N} from a benign trade and a loss of \${N} from a toxic one, .* probability of {N}\.",
    )
    assert threshold * lost == pytest.approx((1 - threshold) * gain)
    rng = np.random.default_rng(2)
    chance = rng.random(200_000)
    profit = np.where(rng.random(chance.size) < chance, -lost, gain)
    order = np.argsort(chance)
    best = chance[order][np.argmax(np.cumsum(profit[order]))]
    assert threshold == pytest.approx(best, abs=0.02)


def test_stability_index() -> None:
    assert_formula("drift-and-model-monitoring", "PSI = Σ (a_i − e_i) × ln(a_i / e_i)")
    expected, *actual, index = matched(
        "drift-and-model-monitoring",
        rf"four expected shares of {N} and live shares of {N}, {N}, {N} and {N}, the PSI is {N}\.",
    )
    assert sum(actual) == pytest.approx(1)
    both_ways = sum(a * log(a / expected) for a in actual) + sum(expected * log(expected / a) for a in actual)
    assert index == pytest.approx(both_ways, abs=5e-4)  # the sum of the two Kullback-Leibler divergences


def test_stability_index_without_drift() -> None:
    assert_formula("drift-and-model-monitoring", "E[PSI] = (B − 1) × (1/n + 1/m)")
    assert "ten bins with 1,000 observations each give 0.018." in note("drift-and-model-monitoring")
    rng = np.random.default_rng(3)
    reference, live = (rng.multinomial(1000, [0.1] * 10, size=5000) / 1000 for _ in range(2))
    assert ((live - reference) * np.log(live / reference)).sum(axis=1).mean() == pytest.approx(0.018, rel=0.03)


def test_critical_gap_of_two_samples() -> None:
    assert_formula("drift-and-model-monitoring", "D_crit = 1.358 × √((n + m) / (n × m))")
    size, gap = matched("drift-and-model-monitoring", rf"two samples of {N} independent .* critical gap of {N}\.")
    assert gap == pytest.approx(1.358 * sqrt(2 / size), abs=5e-4)
    exceeds = 2 * sum((-1) ** (j - 1) * exp(-2 * j**2 * 1.358**2) for j in range(1, 20))  # Kolmogorov's series
    assert exceeds == pytest.approx(0.05, abs=5e-4)


def run_length(shift: float, *, allowance: float, limit: float, cells: int = 400) -> float:
    """Mean run length of a one-sided CUSUM by a Markov chain over a grid of its values (Brook and Evans 1972)."""
    width = 2 * limit / (2 * cells - 1)
    values = np.arange(cells) * width
    steps = np.linspace(-12, 12, 200_001)
    density = np.exp(-(steps**2) / 2) / sqrt(2 * np.pi)
    cumulative = np.cumsum(density) * (steps[1] - steps[0])
    upper = values[None, :] + width / 2 - values[:, None] + allowance - shift
    below = np.interp(upper, steps, cumulative)
    moves = np.diff(below, axis=1, prepend=0)
    return float(np.linalg.solve(np.eye(cells) - moves, np.ones(cells))[0])


def test_losing_months_of_a_good_strategy() -> None:
    assert "a true Sharpe ratio of one has a losing month with a probability of almost 40%." in note(
        "drift-and-model-monitoring"
    )
    months = np.random.default_rng(4).normal(1 / 12, 1 / sqrt(12), 200_000)
    assert 0.38 < (months < 0).mean() < 0.40


def test_cusum_run_lengths() -> None:
    assert_formula("drift-and-model-monitoring", "S_t = max(0, S_(t−1) + z_t − k)")
    allowance, limit, detection, false_alarm = matched(
        "drift-and-model-monitoring",
        rf"With k = {N}, h = {N} .* needs {N} observations .* false alarm every {N} observations",
    )
    assert run_length(1.0, allowance=allowance, limit=limit) == pytest.approx(detection, abs=0.05)
    assert run_length(0.0, allowance=allowance, limit=limit) == pytest.approx(false_alarm, rel=0.005)
