"""Formulas and worked numbers of notes on execution, evaluation, options and crypto, computed a second way."""

from math import erf, exp, log, pi, sqrt

import numpy as np
import pytest

from tests.note_numbers import N, assert_formula, matched, note

RL = "reinforcement-learning-for-execution"
FAST = "low-latency-machine-learning"
EVALUATING = "evaluating-trading-classifiers"
OPTIONS = "options-market-microstructure"
CRYPTO = "crypto-market-microstructure"


def test_rewards_of_a_sale_add_up_to_minus_the_shortfall() -> None:
    assert_formula(RL, "r_t = q_t × (P_t − P_0) − φ × x_t²")
    arrival, fills = 50.0, [(300, 49.98), (500, 50.01), (200, 49.90)]
    rewards = sum(shares * (price - arrival) for shares, price in fills)
    shortfall = 1000 * arrival - sum(shares * price for shares, price in fills)
    assert rewards == pytest.approx(-shortfall)


def test_one_step_of_q_learning_and_where_many_lead() -> None:
    assert_formula(RL, "Q(s, a) = E[r + γ × max Q(s', a')]")
    assert_formula(RL, "Q ← Q + α × (r + γ × max Q' − Q)")
    old, reward, following, rate, discount, new = matched(
        RL, rf"with Q = {N}, reward {N}, best next value {N}, α = {N} and γ = {N}, the update gives Q = {N} dollars"
    )
    assert new == pytest.approx((1 - rate) * old + rate * (reward + discount * following))

    unit, together, evenly = matched(
        RL, rf"costs {N} × n² dollars, two lots .* cost \${N} at once and \${N} split evenly"
    )
    values = np.zeros(3)  # of selling 0, 1 or 2 of two lots first; the rest must be sold second
    rng = np.random.default_rng(1)
    for _ in range(400):
        first = int(rng.integers(3))
        last = -unit * (2 - first) ** 2
        values[first] += 0.2 * (-unit * first**2 + last - values[first])
    assert values.argmax() == 1
    assert values == pytest.approx([-together, -evenly, -together], abs=0.01)


def test_weights_of_importance_sampling() -> None:
    assert_formula(RL, "w = Π π(a_t | s_t) / b(a_t | s_t)")
    new, old, weight = matched(RL, rf"three steps with π = {N} and b = {N} give a weight of {N},")
    assert weight == pytest.approx((new / old) ** 3)
    went_on = np.random.default_rng(5).random((200_000, 3)) < old
    weights = np.where(went_on, new / old, (1 - new) / (1 - old)).prod(axis=1)
    assert weights.max() == pytest.approx(weight)
    assert (weights * went_on.sum(axis=1)).mean() == pytest.approx(3 * new, rel=0.02)


def test_mean_queue_of_the_birth_and_death_process() -> None:
    name = "order-book-simulators"
    assert_formula(name, "π_n ∝ λⁿ / Π_(k=1..n) (μ + k × θ)")
    arrivals, cancels, market, alone, together = matched(
        name, rf"with λ = {N} and θ = {N}, market orders at μ = {N} per second reduce .* from {N} to {N} orders"
    )
    assert alone == arrivals / cancels
    assert matched(name, rf"so λ = {N} and θ = {N} per second give {N} orders") == (arrivals, cancels, alone)
    states = 200
    rates = np.zeros((states, states))
    for n in range(states - 1):
        rates[n, n + 1], rates[n + 1, n] = arrivals, market + (n + 1) * cancels
    rates -= np.diag(rates.sum(axis=1))
    balance = np.vstack([rates.T, np.ones(states)])
    share = np.linalg.lstsq(balance, np.append(np.zeros(states), 1.0), rcond=None)[0]
    assert share @ np.arange(states) == pytest.approx(together, abs=0.05)
    weights = np.cumprod([1.0] + [arrivals / (market + k * cancels) for k in range(1, states)])
    assert weights / weights.sum() == pytest.approx(share, abs=1e-9)


def test_value_of_a_signal_after_a_delay() -> None:
    assert_formula(FAST, "V(L) = V_0 × 2^(−L / h)")
    start, half_life, soon, early, late, delay = matched(
        FAST,
        rf"worth {N} basis point with .* half-life of {N} .* worth {N} .* after {N} .* and {N} .* after {N} milli",
    )
    assert soon == pytest.approx(start * exp(-log(2) * early / half_life), abs=5e-3)
    assert late == pytest.approx(start * exp(-log(2) * delay / half_life))


def test_slow_parts_and_busy_servers() -> None:
    assert_formula(FAST, "P = 1 − (1 − p)^N")
    parts, chance, delayed = matched(FAST, rf"{N} parts with a {N}% chance each delay {N}% of all requests")
    rng = np.random.default_rng(2)
    slow = (rng.random((100_000, int(parts))) < chance / 100).any(axis=1).mean()
    assert 100 * slow == pytest.approx(delayed, abs=0.5)
    assert delayed == pytest.approx(100 * (1 - (1 - chance / 100) ** parts), abs=0.05)

    assert_formula(FAST, "T = 1 / (μ − a)")
    served, calm, calm_rate, busy, busy_rate = matched(
        FAST, rf"served at {N} per second takes {N} .* at {N} events per second and {N} microseconds at {N}\."
    )
    assert (calm, busy) == pytest.approx((1e6 / (served - calm_rate), 1e6 / (served - busy_rate)))
    arrive = np.cumsum(rng.exponential(1e6 / calm_rate, 60_000))
    done, waits = 0.0, []
    for moment, work in zip(arrive, rng.exponential(1e6 / served, arrive.size), strict=True):
        done = max(done, moment) + work
        waits.append(done - moment)
    assert np.mean(waits) == pytest.approx(calm, rel=0.05)


def test_rounding_of_eight_bits() -> None:
    assert_formula(FAST, "x ≈ s × (k − z)")
    low, high, step, worst = matched(
        FAST, rf"range from {N} to {N} give a step of {N} and a largest rounding error of {N}\."
    )
    levels = np.linspace(low, high, 256)
    assert step == pytest.approx(levels[1] - levels[0], abs=5e-5)
    points = np.linspace(low, high, 50_001)
    nearest = np.abs(points[:, None] - levels[None, :]).min(axis=1)
    assert nearest.max() == pytest.approx(worst, abs=5e-5)


def test_precision_recall_and_accuracy() -> None:
    line = "precision = TP / (TP + FP), recall = TP / (TP + FN), F1 = 2 × precision × recall / (precision + recall)"
    assert_formula(EVALUATING, line)
    tp, fp, fn, tn, precision, recall, f1 = matched(
        EVALUATING,
        rf"TP = {N}, FP = {N}, FN = {N} and TN = {N} give a precision of {N}, a recall of {N} and an F1 of {N}\.",
    )
    assert (precision, recall) == pytest.approx((tp / (tp + fp), tp / (tp + fn)), abs=5e-4)
    assert f1 == pytest.approx(2 * tp / (2 * tp + fp + fn), abs=5e-4)
    true, false, cases, positive, accuracy, always = matched(
        EVALUATING, rf"{N} true and {N} false positives among {N} cases of which {N} .* of {N}, while .* reaches {N},"
    )
    assert (true, false, cases, positive) == (tp, fp, tp + fp + fn + tn, tp + fn)
    assert (accuracy, always) == pytest.approx(((tp + tn) / cases, (cases - positive) / cases))


def test_brier_score_and_area_under_the_curve() -> None:
    assert_formula(EVALUATING, "BS = (1/N) × Σ (p_i − y_i)²")
    found = matched(
        EVALUATING,
        rf"forecasts of {N}, {N}, {N} and {N} with outcomes {N}, {N}, {N} and {N} have .* of {N} and .* of {N}\.",
    )
    forecasts, outcomes, brier, area = found[:4], found[4:8], found[8], found[9]
    assert brier == pytest.approx(np.mean((np.array(forecasts) - outcomes) ** 2))
    pairs = [(p > q) + (p == q) / 2 for p, y in zip(forecasts, outcomes, strict=True) if y
             for q, z in zip(forecasts, outcomes, strict=True) if not z]  # fmt: skip
    assert area == np.mean(pairs)


def test_three_parts_of_the_brier_score() -> None:
    assert_formula(EVALUATING, "BS = reliability − resolution + uncertainty")
    rng = np.random.default_rng(3)
    forecasts = rng.choice([0.1, 0.4, 0.8], size=500)
    outcomes = (rng.random(500) < forecasts**2).astype(float)
    base = outcomes.mean()
    frequency = np.array([outcomes[forecasts == p].mean() for p in forecasts])
    parts = np.mean((forecasts - frequency) ** 2) - np.mean((frequency - base) ** 2) + base * (1 - base)
    assert parts == pytest.approx(np.mean((forecasts - outcomes) ** 2))


def test_break_even_probability_and_profit_of_signals() -> None:
    assert_formula(EVALUATING, "p* = (l + c) / (g + l)")
    gain, loss, cost, even = matched(EVALUATING, rf"a gain of {N}, a loss of {N} and a cost of {N} .* give .* of {N}\.")
    assert even * gain - (1 - even) * loss - cost == pytest.approx(0)
    signals, precision, *same, total, each = matched(
        EVALUATING,
        rf"{N} signals with a precision of {N}, a gain of {N}, a loss of {N} and a cost of {N} .* = {N} .* or {N} b",
    )
    assert same == [gain, loss, cost]
    right, per_right, wrong, per_wrong, trades, per_trade = matched(
        EVALUATING, rf"earn {N} × {N} − {N} × {N} − {N} × {N} ="
    )
    assert (right, wrong, trades) == pytest.approx((signals * precision, signals * (1 - precision), signals))
    assert (per_right, per_wrong, per_trade) == (gain, loss, cost)
    assert total == pytest.approx(signals * each) == pytest.approx(signals * (precision - even) * (gain + loss))


def call(price: float, strike: float, volatility: float, years: float) -> float:
    """Black-Scholes value of a call at zero rates."""
    d1 = log(price / strike) / (volatility * sqrt(years)) + volatility * sqrt(years) / 2
    below = [(1 + erf(d / sqrt(2))) / 2 for d in (d1, d1 - volatility * sqrt(years))]
    return price * below[0] - strike * below[1]


def test_value_hedge_and_decay_of_a_call() -> None:
    price, strike, percent, value, delta, gamma = matched(
        OPTIONS,
        rf"price {N}, strike {N}, volatility {N}%, three .* value of \${N}, a delta of {N} and a gamma of {N}",
    )
    volatility = percent / 100

    def worth(spot: float, years: float = 0.25) -> float:
        return call(spot, strike, volatility, years)

    assert value == pytest.approx(worth(price), abs=5e-3)
    assert delta == pytest.approx((worth(price + 0.01) - worth(price - 0.01)) / 0.02, abs=5e-4)
    assert gamma == pytest.approx((worth(price + 0.1) - 2 * worth(price) + worth(price - 0.1)) / 0.01, abs=5e-5)

    assert_formula(OPTIONS, "H = |Δ| × s")
    contracts, size, hedge, cost = matched(
        OPTIONS, rf"sells {N} such contracts on {N} shares each buys {N} .* cost \${N}\."
    )
    assert hedge == pytest.approx(contracts * size * delta)
    assert cost == pytest.approx(hedge * 0.01)

    assert_formula(OPTIONS, "PnL = −½ × Γ × (ΔS)² + ½ × Γ × σ² × S² × Δt")
    again, move, short, lost, earned = matched(
        OPTIONS,
        rf"gamma of {N} per dollar, a move of \${N} costs a short .* of {N} contracts about \${N}, .* about \${N}\.",
    )
    assert (again, short) == (gamma, contracts)
    hedged = [worth(price + step) - worth(price) - step * delta for step in (move, -move)]
    assert lost == pytest.approx(contracts * size * np.mean(hedged), rel=0.01)
    assert earned == pytest.approx(contracts * size * (worth(price) - worth(price, 0.25 - 1 / 365)), rel=0.01)


def test_leland_volatility_pays_for_rehedging() -> None:
    assert_formula(OPTIONS, "σ_L² = σ² × (1 + √(2/π) × k / (σ × √Δt))")
    cost, days, percent, adjusted = matched(
        OPTIONS, rf"with k = {N}, daily re-hedging of 1/{N} year and a volatility of {N}%, .* volatility is {N}%"
    )
    volatility, step, price, gamma = percent / 100, 1 / days, 100.0, 0.0398
    raised = volatility**2 * (1 + sqrt(2 / pi) * cost / (volatility * sqrt(step)))
    assert adjusted == pytest.approx(100 * sqrt(raised), abs=5e-3)
    moves = np.random.default_rng(4).normal(0, volatility * sqrt(step) * price, 400_000)
    paid = (cost / 2 * price * gamma * np.abs(moves)).mean()  # half the round trip per share that is traded
    assert 0.5 * gamma * price**2 * (raised - volatility**2) * step == pytest.approx(paid, rel=0.01)


def test_funding_and_liquidation() -> None:
    rate, daily, yearly = matched(
        CRYPTO, rf"a rate of {N}% every eight hours costs a long position {N}% per day, or {N}%"
    )
    assert (daily, yearly) == pytest.approx((rate * 24 / 8, rate * 24 / 8 * 365))
    assert_formula(CRYPTO, "P_liq = P_0 × (1 − 1/L) / (1 − m)")
    maintenance, percent = matched(
        CRYPTO, rf"ten times leverage and a maintenance margin of {N}% put .* at {N}% of the entry"
    )
    prices = np.linspace(0.8, 1.0, 200_001)
    alive = 1 / 10 + prices - 1 >= maintenance / 100 * prices
    assert prices[alive][0] * 100 == pytest.approx(percent, abs=5e-3)


def test_constant_product_pool() -> None:
    assert_formula(CRYPTO, "x × y = k")
    assert_formula(CRYPTO, "Δx = x × γ × Δy / (y + γ × Δy)")
    ether, dollars, fee, received, paid, average, marginal = matched(
        CRYPTO, rf"pool of {N} ether and {N} .* fee of {N}% sells {N} ether for {N} dollars, .* of \${N} .* of \${N}\."
    )
    left = ether * dollars / (dollars + paid * (1 - fee / 100))
    assert received == pytest.approx(ether - left, abs=5e-4)
    assert average == pytest.approx(paid / (ether - left), abs=5e-3)
    assert marginal == dollars / ether
    assert average / marginal - 1 - fee / 100 == pytest.approx(0.010, abs=1e-3)


def test_impermanent_loss_and_loss_versus_rebalancing() -> None:
    assert_formula(CRYPTO, "IL = 2 × √r / (1 + r) − 1")
    fourfold, rise, small = matched(CRYPTO, rf"a fourfold price gives a loss of {N}% and a rise of {N}% a loss of {N}%")
    for ratio, loss in ((4.0, fourfold), (1 + rise / 100, small)):
        x, y = 1 / sqrt(ratio), sqrt(ratio)  # reserves on the curve x × y = 1 where y/x is the new price
        assert loss == pytest.approx(100 * (1 - (x * ratio + y) / (ratio + 1)), abs=5e-3)
    assert_formula(CRYPTO, "LVR = σ² / 8")
    percent, cost = matched(CRYPTO, rf"a daily volatility of {N}% costs {N} basis points a day")
    step = percent / 100 / sqrt(1000)  # a thousand moves a day; the pool against a holder of the same tokens
    ratio = np.exp(np.array([step, -step]))
    lost = np.mean((ratio + 1) / 2 - np.sqrt(ratio))
    assert 1e4 * 1000 * lost == pytest.approx(cost, abs=0.05)
    assert "about 1.0% beyond the fee" in note(CRYPTO)
