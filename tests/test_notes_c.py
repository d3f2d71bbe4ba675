"""Formulas and worked numbers of the notes on execution, liquidity and market structure, computed a second way."""

import math
import re
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.sentences import split_sentences

Vector = NDArray[np.float64]
NOTES = Path(__file__).parents[1] / "corpus" / "data" / "notes"
NAMES = VENUES, TCA, ORDERS, LIQUIDITY, CRASH, CHANGES, OVERNIGHT, FLOW, LATENCY, BOOK = (
    "dark-pools-and-venue-analysis", "transaction-cost-analysis", "executing-large-orders", "liquidity-measurement",
    "flash-crash-and-stress-response", "evaluating-market-structure-changes",
    "forecasting-spreads-and-volatility-overnight", "payment-for-order-flow-and-execution-quality",
    "latency-and-time-stamps", "market-data-and-order-book-reconstruction",
)  # fmt: skip


def note(name: str) -> str:
    return (NOTES / f"{name}.md").read_text("utf-8").split("---\n", 2)[2]


def line(name: str, lead: str) -> str:
    """The one line of the note that begins so, without its beginning."""
    (found,) = (text for text in note(name).splitlines() if text.startswith(lead))
    return found.removeprefix(lead)


def numbers(name: str, lead: str) -> list[float]:
    found = re.findall(r"[−]?\d+(?:,\d{3})*(?:\.\d+)?", line(name, lead))
    return [float(text.replace(",", "").replace("−", "-")) for text in found]


def states(name: str, *formulas: str) -> None:
    missing = set(formulas) - set(note(name).splitlines())
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_one_sentence_that_names_its_subject(name: str) -> None:
    lines = [text for text in note(name).splitlines() if text and not text.startswith("#")]
    assert 800 <= sum(len(text.split()) for text in lines) <= 1200
    for text in lines:
        assert len(list(split_sentences(text))) == 1, text
        assert not re.match(r"(?:It|This|These|They|That|Those|Such|The former|The latter)\b", text), text
        assert not text.endswith(".") or 12 <= len(text.split()) <= 40, text


def test_markout_its_error_and_cost_of_trying_a_venue_first() -> None:
    states(VENUES, "MO_τ = 10,000 × D × (M_τ − P) / P", "C = f × a + (1 − f) × k")
    price, later, markout = numbers(VENUES, "Worked example of a markout: ")
    assert 10_000 * (later - price) / price == pytest.approx(markout)
    k, f_1, a_1, cost_1, f_2, a_2, cost_2 = numbers(VENUES, "Worked example of venue cost: ")
    for f, a, cost in ((f_1, a_1, cost_1), (f_2, a_2, cost_2)):
        shares = np.where(np.arange(1000) < 1000 * f, a, k)
        assert shares.mean() == pytest.approx(cost)
    fills, deviation, error = numbers(VENUES, "The standard error of an average markout ")
    rng = np.random.default_rng(1)
    averages = rng.normal(0.0, deviation, (500, int(fills))).mean(axis=1)
    assert averages.std() == pytest.approx(error, rel=0.1)


def test_shortfall_is_paper_gain_less_actual_gain() -> None:
    states(
        TCA,
        "IS = X × (P_T − P_d) − [Σ x_j × (P_T − p_j) − F]",
        "IS = Σ x_j × (P_0 − P_d) + Σ x_j × (p_j − P_0) + (X − Σ x_j) × (P_T − P_d) + F",
    )
    size, decision, arrival, x_1, p_1, x_2, p_2, fees, end = numbers(TCA, "Worked example of the shortfall: ")
    delay, trading, opportunity, paid, total, points, paper = numbers(TCA, "The shortfall of the worked example is ")
    cash = -(x_1 * p_1 + x_2 * p_2) - fees
    assert size * end - size * decision - ((x_1 + x_2) * end + cash) == pytest.approx(total)
    assert delay == pytest.approx((x_1 + x_2) * (arrival - decision))
    assert trading == pytest.approx(x_1 * (p_1 - arrival) + x_2 * (p_2 - arrival))
    assert opportunity == pytest.approx((size - x_1 - x_2) * (end - decision))
    assert (paid, paper) == (fees, size * decision)
    assert delay + trading + opportunity + paid == total == pytest.approx(points * paper / 10_000)


def test_change_of_average_cost_is_mix_and_worse_trading() -> None:
    states(TCA, "Δ = Σ (w₁ − w₀) × c₀ + Σ w₁ × (c₁ − c₀)")
    values = numbers(TCA, "Worked example of the split: ")
    c_0, w_0, c_1, w_1 = (np.array(values[i : i + 2]) for i in range(0, 8, 2))
    before, after, mix, within = numbers(TCA, "The average cost of the worked split ")
    assert (w_0 @ c_0, w_1 @ c_1) == pytest.approx((before, after))
    assert (w_1 @ c_0 - w_0 @ c_0, w_1 @ c_1 - w_1 @ c_0) == pytest.approx((mix, within))
    assert mix + within == pytest.approx(after - before)


def test_stated_sample_finds_the_difference_four_times_in_five() -> None:
    states(TCA, "n = 2 × (1.96 + 0.84)² × s² / d²")
    s, d, n = numbers(TCA, "Worked example of sample size: ")
    assert n == round(2 * 2.8**2 * s**2 / d**2)
    means = np.random.default_rng(2).normal((0.0, d), s / math.sqrt(n), (40_000, 2))
    z = (means[:, 1] - means[:, 0]) / (s * math.sqrt(2 / n))
    assert (np.abs(z) > 1.96).mean() == pytest.approx(0.80, abs=0.01)


def test_vwap_and_pov_schedules() -> None:
    states(ORDERS, "x_k = X × v_k / Σ v", "x = ρ / (1 − ρ) × V_o")
    total, *rest = numbers(ORDERS, "Worked example of a VWAP schedule: with X = ")
    profile, shares = rest[:4], rest[4:]
    assert sum(profile) == 100
    assert sum(shares) == total
    assert [share * 100 / total for share in shares] == profile
    rho, others, own, percent, volume = numbers(ORDERS, "Worked example of a POV schedule: at ρ = ")
    traded = 0.0
    for _ in range(60):
        traded = rho * (others + traded)
    assert (traded, others + traded, 100 * rho) == pytest.approx((own, volume, percent))


@pytest.mark.parametrize("size", [1_000, 1_000_000])
def test_best_constant_rate_horizon(size: int) -> None:
    states(ORDERS, "cost(T) = η × X² / T + κ × σ² × X² × T / 3", "T* = √(3 × η / (κ × σ²))")
    eta, _, sigma, kappa, _, stated = numbers(ORDERS, "Worked example of the horizon: with η = ")
    eta, kappa = eta * 1e-6, kappa * 1e-5
    steps = 400
    left = size * (1 - (np.arange(steps) + 0.5) / steps)
    horizons = np.arange(0.05, 2.0, 0.01)
    costs = [eta * (size / t) ** 2 * t + kappa * sigma**2 * (left**2).sum() * t / steps for t in horizons]
    assert horizons[np.argmin(costs)] == pytest.approx(stated)


def test_depth_and_cost_of_walking_the_worked_book() -> None:
    states(LIQUIDITY, "D(k) = Σ q_i × [|p_i − m| ≤ k × m / 10,000]", "CT(Q) = (1 / Q) × Σ x_i × |p_i − m|")
    levels = np.array(numbers(LIQUIDITY, "Worked book: ")).reshape(-1, 2)
    middle, near, depth, wanted, cents, points = numbers(LIQUIDITY, "The worked book has ")
    bids, asks = levels[:3], levels[3:]
    assert (bids[0, 1] + asks[0, 1]) / 2 == pytest.approx(middle)
    assert sum(q for q, p in levels if abs(p / middle - 1) <= near / 10_000) == depth
    each = np.repeat(asks[:, 1], asks[:, 0].astype(int))[: int(wanted)]
    assert 100 * (each.mean() - middle) == pytest.approx(cents)
    assert 10_000 * (each.mean() / middle - 1) == pytest.approx(points)
    states(LIQUIDITY, "D_eff = (1 − c) × D + H")
    shown, vanishing, hidden, effective = numbers(LIQUIDITY, "Worked example of effective depth: ")
    assert shown - shown * vanishing + hidden == effective
    assert shown == depth


def test_amihud_and_half_life() -> None:
    states(LIQUIDITY, "ILLIQ = (1 / N) × Σ |r_d| / DVOL_d", "half-life = ln 0.5 / ln φ")
    *pairs, stated = numbers(LIQUIDITY, "Worked example of Amihud: ")
    per_million = [100 * percent / millions for percent, millions in zip(pairs[:3], pairs[3:], strict=True)]
    assert sum(per_million) / 3 == pytest.approx(stated, abs=0.05)
    phi, seconds = numbers(LIQUIDITY, "Worked example of resiliency: with φ = ")
    gap = np.cumprod(np.full(20, phi))
    assert np.interp(-0.5, -gap, np.arange(1, 21)) == pytest.approx(seconds, abs=0.05)


def test_price_band_and_volume_loop() -> None:
    states(CRASH, "band = reference × (1 ± percentage)")
    _, reference, low, high = numbers(CRASH, "Worked example of a band: ")
    assert "5 for tier 1" in note(CRASH)
    assert (reference * 0.95, reference * 1.05) == pytest.approx((low, high))
    share, before, after, slow, fast = numbers(CRASH, "Worked example of the volume loop: ")
    assert (before * share / 100, after * share / 100) == pytest.approx((slow, fast))


def two_way_effect(outcomes: Vector, treated: NDArray[np.bool_]) -> float:
    """The coefficient of ``treated`` with a dummy for every row (unit) and every column (time)."""
    units, times = outcomes.shape
    dummies = [np.kron(np.eye(units), np.ones((times, 1))), np.kron(np.ones((units, 1)), np.eye(times))]
    design = np.hstack([treated.reshape(-1, 1), *dummies])
    return float(np.linalg.lstsq(design, outcomes.ravel(), rcond=None)[0][0])


def test_difference_in_differences_and_its_power() -> None:
    states(CHANGES, "DiD = (Y_T,after − Y_T,before) − (Y_C,after − Y_C,before)", "MDE = 2.8 × s × √(1 / n_T + 1 / n_C)")
    *cells, effect = numbers(CHANGES, "Worked example of DiD: ")
    assert two_way_effect(np.reshape(cells, (2, 2)), np.array([[False, True], [False, False]])) == pytest.approx(effect)
    s, stocks, smallest = numbers(CHANGES, "Worked example of power: ")
    error = math.hypot(s / math.sqrt(stocks), s / math.sqrt(stocks))
    assert 2.8 * error == pytest.approx(smallest, abs=0.005)
    assert 1 - NormalDist(2.8, 1).cdf(1.96) == pytest.approx(0.80, abs=0.001)


def test_staggered_treatment_misleads_the_two_way_regression() -> None:
    first, second, *_, late, _ = numbers(CHANGES, "Worked example of the staggered bias: an early group has effects ")
    outcomes = np.array([[0, first, second], [0, 0, late]])
    treated = outcomes > 0
    a, b, difference, regression, truth = numbers(CHANGES, "In the staggered example ")[2:]
    early_change, late_change = outcomes[0, 2] - outcomes[0, 1], outcomes[1, 2] - outcomes[1, 1]
    assert (late_change, early_change, late_change - early_change) == (a, b, difference)
    assert two_way_effect(outcomes, treated) == pytest.approx(regression)
    assert outcomes[treated].mean() == pytest.approx(truth, abs=0.005)


def test_forecasts_of_a_mean_from_a_log_model_and_of_variance() -> None:
    states(OVERNIGHT, "mean = exp(μ + s² / 2)")
    median, s, mean = numbers(OVERNIGHT, "Worked example of the correction: ")
    draws = median * np.exp(np.random.default_rng(3).normal(0, s, 400_000))
    assert draws.mean() == pytest.approx(mean, rel=0.005)
    assert median * math.exp(s**2 / 2) == pytest.approx(mean, abs=0.005)
    states(OVERNIGHT, "RV_next = β₀ + β_d × RV_d + β_w × RV_w + β_m × RV_m")
    base, *rest, forecast = numbers(OVERNIGHT, "Worked example of the HAR forecast: with β₀ = ")
    assert np.dot([1, *rest[:3]], [base, *rest[3:]]) == pytest.approx(forecast)


def test_losses_are_least_at_what_they_ask_for() -> None:
    states(OVERNIGHT, "pinball = q × (y − f) if y ≥ f, else (1 − q) × (f − y)", "QLIKE = y / f − ln(y / f) − 1")
    outcomes = np.random.default_rng(4).gamma(2.0, 1.0, 2001)

    def pinball(y: Vector, f: float, q: float) -> Vector:
        return np.where(y >= f, q * (y - f), (1 - q) * (f - y))

    def qlike(y: Vector, f: float) -> Vector:
        return y / f - np.log(y / f) - 1

    grid = np.arange(0.5, 8.0, 0.01)
    assert grid[np.argmin([qlike(outcomes, f).mean() for f in grid])] == pytest.approx(outcomes.mean(), abs=0.01)
    best = grid[np.argmin([pinball(outcomes, f, 0.9).mean() for f in grid])]
    assert best == pytest.approx(np.quantile(outcomes, 0.9), abs=0.03)
    q, forecast, over, y_high, under, y_low = numbers(OVERNIGHT, "Worked example of pinball loss at q = ")
    assert pinball(np.array([y_high, y_low]), forecast, q) == pytest.approx([over, under])
    y, low, loss_low, high, loss_high = numbers(OVERNIGHT, "Worked example of QLIKE: ")
    assert qlike(np.array([y]), low)[0] == pytest.approx(loss_low, abs=0.0005)
    assert qlike(np.array([y]), high)[0] == pytest.approx(loss_high, abs=0.0005)


def test_price_improvement_and_who_gets_it() -> None:
    states(FLOW, "PI = D × (Q − P)", "E/Q = 2 × D × (P − M) / (ask − bid)")
    bid, ask, price, improvement, ratio = numbers(FLOW, "Worked example of price improvement: ")
    paid, kept, half_spread = numbers(FLOW, "A payment of ")
    middle = (bid + ask) / 2
    assert 100 * (ask - price) == pytest.approx(improvement)
    assert (price - middle) / (ask - middle) == pytest.approx(ratio)
    assert 100 * (price - middle) == pytest.approx(half_spread) == kept + paid
    part, whole, customer, broker = numbers(FLOW, "The customer's share of the concession ")
    assert (part, whole) == (improvement, improvement + paid)
    assert (100 * part / whole, 100 * paid / whole) == pytest.approx((customer, broker))


def test_propagation_and_serialisation() -> None:
    states(LATENCY, "t = d × n / c")
    distance, air, _, glass, index = numbers(LATENCY, "Worked example of propagation: over ")
    assert 1000 * distance / 299_792 == pytest.approx(air, abs=0.005)
    assert 1000 * distance / (299_792 / index) == pytest.approx(glass, abs=0.005)
    size, microseconds, gigabits = numbers(LATENCY, "Serialisation delay ")
    assert size * 8 / (gigabits * 1e9) == pytest.approx(microseconds * 1e-6)


def test_queueing_and_staleness_by_simulation() -> None:
    states(LATENCY, "W = 1 / (μ − λ)", "p = 1 − exp(−λ × L)")
    served, short, calm, long, busy = numbers(LATENCY, "Worked example of queueing: ")
    rng = np.random.default_rng(5)
    for microseconds, arrivals, tolerance in ((short, calm, 0.02), (long, busy, 0.1)):
        service, gaps = rng.exponential(1 / served, 1_000_000), rng.exponential(1 / arrivals, 1_000_000)
        walk = np.concatenate([[0.0], np.cumsum(service[:-1] - gaps[1:])])
        waits = walk - np.minimum.accumulate(walk)
        assert (waits + service).mean() * 1e6 == pytest.approx(microseconds, rel=tolerance)
    changes, delay, percent = numbers(LATENCY, "Worked example of staleness: ")
    assert 100 * (rng.exponential(1 / changes, 2_000_000) < delay / 1000).mean() == pytest.approx(percent, abs=0.1)


def test_clock_offset_and_its_error() -> None:
    states(LATENCY, "θ = ((t₂ − t₁) + (t₃ − t₄)) / 2", "δ = (t₄ − t₁) − (t₃ − t₂)")
    t_1, t_2, t_3, t_4, offset, delay = numbers(LATENCY, "Worked example of the offset: ")
    for out, back in ((delay / 2, delay / 2), (3.0, 5.0), (6.0, 2.0)):
        received = t_1 + out + offset
        answered = received + (t_3 - t_2)
        home = answered - offset + back
        assert (home - t_1) - (answered - received) == pytest.approx(delay)
        assert ((received - t_1) + (answered - home)) / 2 - offset == pytest.approx((out - back) / 2)
        assert out != back or (received, answered, home) == pytest.approx((t_2, t_3, t_4))


def test_replay_of_the_worked_feed() -> None:
    states(BOOK, "depth = added − executed − cancelled", "gap = s − s_last − 1")
    orders: dict[str, tuple[str, int, str]] = {}
    feed = next(text for text in note(BOOK).splitlines() if text.startswith("1 A "))
    messages = [message.split() for message in feed.split("; ")]
    assert [int(message[0]) for message in messages] == list(range(1, len(messages) + 1))
    for _, kind, reference, side, size, price in messages:
        if kind == "A":
            orders[reference] = (side, int(size), price)
        elif kind == "U":
            old, new = reference.split(">")
            del orders[old]
            orders[new] = (side, int(size), price)
        elif kind == "D":
            del orders[reference]
        else:
            orders[reference] = (side, orders[reference][1] - int(size), price)
    shown: dict[tuple[str, str], int] = {}
    for side, left_over, price in orders.values():
        shown[side, price] = shown.get((side, price), 0) + left_over
    last, bid_size, bid, offer_size, offer, middle = numbers(BOOK, "After message ")
    assert last == len(messages)
    assert shown == {("B", f"{bid:.2f}"): bid_size, ("S", f"{offer:.2f}"): offer_size}
    assert (bid + offer) / 2 == pytest.approx(middle)
    added, executed, cancelled, left = numbers(BOOK, "The bid level of the worked feed ")
    assert added - executed - cancelled == left == bid_size
