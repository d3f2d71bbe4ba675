"""Formulas and worked numbers of the notes on quotes and optimal execution, computed a second way."""

from math import cosh, exp, log, sinh, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.note_numbers import assert_formula, matched, note

Array = NDArray[np.float64]
GLOSTEN, ROLL = "glosten-milgrom-1985", "roll-1984-spread-estimator"
ALMGREN, OBIZHAEVA = "almgren-chriss-optimal-execution", "obizhaeva-wang-transient-impact"


def first_trade(high: float, low: float, theta: float, informed: float) -> dict[str, tuple[float, float]]:
    """Probability of each order and expected value after it, from a list of everything that can happen."""
    cases = [
        (chance * kind, value, side)
        for chance, value, side_of_informed in [(theta, high, "buy"), (1 - theta, low, "sell")]
        for kind, side in [(informed, side_of_informed), ((1 - informed) / 2, "buy"), ((1 - informed) / 2, "sell")]
    ]
    told = {side: [(chance, value) for chance, value, s in cases if s == side] for side in ("buy", "sell")}
    mass = {side: sum(chance for chance, _ in rows) for side, rows in told.items()}
    return {side: (mass[side], sum(c * v for c, v in rows) / mass[side]) for side, rows in told.items()}


@pytest.mark.parametrize(("theta", "informed"), [(0.5, 0.25), (0.9, 0.25), (0.2, 0.7)])
def test_glosten_milgrom_quotes_are_expectations_given_the_order(theta: float, informed: float) -> None:
    assert_formula(GLOSTEN, "ask − bid = 4 × μ × θ × (1 − θ) × (V_H − V_L) / (1 − μ² × (2θ − 1)²)")
    assert_formula(GLOSTEN, "θ_buy = θ × (1 + μ) / (θ × (1 + μ) + (1 − θ) × (1 − μ))")
    orders = first_trade(52, 48, theta, informed)
    (_, ask), (_, bid) = orders["buy"], orders["sell"]
    theta_buy = theta * (1 + informed) / (theta * (1 + informed) + (1 - theta) * (1 - informed))
    assert 48 + 4 * theta_buy == pytest.approx(ask)
    spread = 4 * informed * theta * (1 - theta) * 4 / (1 - informed**2 * (2 * theta - 1) ** 2)
    assert spread == pytest.approx(ask - bid)
    assert log(theta_buy / (1 - theta_buy)) == pytest.approx(
        log(theta / (1 - theta)) + log((1 + informed) / (1 - informed))
    )


def test_glosten_milgrom_worked_numbers() -> None:
    high, low, informed, theta, ask, bid, spread = matched(
        GLOSTEN, r"V_H = \$#, V_L = \$#, μ = # and θ = #: the ask is \$#, the bid is \$# and the spread is \$#\."
    )
    orders = first_trade(high, low, theta, informed)
    assert (orders["buy"][1], orders["sell"][1], ask - bid) == pytest.approx((ask, bid, spread))
    later = matched(GLOSTEN, r"θ rises to #, the next ask is \$#, the next bid is \$# and the spread narrows to \$#\.")
    after = (ask - low) / (high - low)
    orders = first_trade(high, low, after, informed)
    told = (after, orders["buy"][1], orders["sell"][1], orders["buy"][1] - orders["sell"][1])
    assert told == pytest.approx(later, abs=0.005)
    assert f"from θ = {theta} with μ = {informed} the probability θ rises" in note(GLOSTEN)
    assert f"a first buy at ${ask:.2f} with values of ${high:.0f} and ${low:.0f}:" in note(GLOSTEN)
    share, loss, lost, others, gain, gained = matched(GLOSTEN, r"costs # × # = \$# and .* pay # × # = \$#\.")
    assert (share, loss, others, gain) == (informed, high - ask, 1 - informed, ask - (high + low) / 2)
    assert share * loss == lost == gained == others * gain
    step, drift, odds, goal, trades = matched(
        GLOSTEN,
        r"adds # to the log odds, .* is # per trade, so expected log odds of #, or .* of #, take about # trades",
    )
    assert f"With μ = {informed} each buy adds" in note(GLOSTEN)
    exact = log((1 + informed) / (1 - informed))
    assert (exact, informed * exact, log(goal / (1 - goal))) == pytest.approx((step, drift, odds), abs=0.01)
    assert trades == round(log(goal / (1 - goal)) / (informed * exact))


def roll_estimate(prices: Array) -> float:
    return 2 * sqrt(-serial_covariance(prices))


def serial_covariance(prices: Array) -> float:
    changes = np.diff(prices)
    return float(np.cov(changes[1:], changes[:-1])[0, 1])


def persistent_signs(rng: np.random.Generator, count: int, correlation: float) -> Array:
    """Signs whose neighbours have the given correlation: each repeats the last with probability (1 + ρ)/2."""
    flips = np.where(rng.random(count) < (1 + correlation) / 2, 1.0, -1.0)
    return np.asarray(np.cumprod(flips), dtype=np.float64)


@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_roll_on_simulated_prices_and_its_bias_when_signs_persist(correlation: float) -> None:
    assert_formula(ROLL, "s = 2 × √(−Cov(Δp(t), Δp(t−1)))")
    assert "so that the Roll estimate equals s × (1 − ρ)" in note(ROLL)
    rng = np.random.default_rng(1)
    signs = persistent_signs(rng, 400_000, correlation)
    prices = 50 + np.cumsum(rng.normal(0, 0.02, signs.size)) + 0.025 * signs
    assert roll_estimate(prices) == pytest.approx(0.05 * (1 - correlation), rel=0.03)
    assert matched(ROLL, "with ρ = # a true spread of # cents shows up as # cents") == (0.6, 5, 2)
    variance = 0.02**2 + 2 * 0.025**2 * (1 - correlation)
    assert float(np.var(np.diff(prices))) == pytest.approx(variance, rel=0.02)


@pytest.mark.parametrize(("fixed", "informative"), [(0.02, 0.01), (0.0, 0.02)])
def test_roll_misses_the_part_of_the_spread_that_is_information(fixed: float, informative: float) -> None:
    assert_formula(ROLL, "Cov(Δp(t), Δp(t−1)) = −c × (c + λ)")
    rng = np.random.default_rng(2)
    signs = persistent_signs(rng, 400_000, 0.0)
    value = np.cumsum(informative * signs + rng.normal(0, 0.01, signs.size))
    expected = -fixed * (fixed + informative)
    assert serial_covariance(value + fixed * signs) == pytest.approx(expected, abs=6e-6)
    assert expected > -((fixed + informative) ** 2)


def test_a_year_of_daily_prices_often_gives_a_positive_covariance() -> None:
    variance, volatility, days, again, of, error, spread = matched(
        ROLL, r"variance # \(a volatility of # percent\) and # days, .* about #/√# = #, .* for a spread of # percent"
    )
    assert (again, of, volatility) == pytest.approx((variance, days, 100 * sqrt(variance)))
    assert matched(ROLL, "A true spread of # percent is thus only one standard error") == (spread,)
    assert variance / sqrt(days) == pytest.approx(error, rel=0.02)
    assert (spread / 100) ** 2 / 4 == pytest.approx(error)
    rng = np.random.default_rng(3)
    shape = (3000, int(days) + 1)
    half = spread / 200
    prices = np.cumsum(rng.normal(0, sqrt(variance - 2 * half**2), shape), axis=1) + half * rng.choice([-1, 1], shape)
    changes = np.diff(prices, axis=1)
    positive = (changes[:, 1:] * changes[:, :-1]).sum(axis=1) > 0
    assert positive.mean() == pytest.approx(1 / 6, abs=0.03)
    assert "one sample in six shows a positive covariance" in note(ROLL)


def test_roll_worked_numbers() -> None:
    covariance, root, dollars, cents = matched(ROLL, r"of # dollars squared gives .* 2 × √# = \$#, or # cents")
    assert (-covariance, 2 * sqrt(root), 100 * dollars) == pytest.approx((root, dollars, cents))
    covariance, half, whole, points = matched(ROLL, "log price changes of # gives .* 2 × # = #, or # basis points")
    assert (sqrt(-covariance), 2 * half, 10_000 * whole) == pytest.approx((half, whole, points))


def test_almgren_chriss_path_is_the_numerical_optimum() -> None:
    assert_formula(ALMGREN, "x_j = X × sinh(κ × (T − t_j)) / sinh(κ × T)")
    shares, slices, tau, sigma, eta, gamma, aversion = 1e5, 20, 0.05, 1.0, 5e-6, 1e-6, 2e-5
    effective = eta - gamma * tau / 2
    remaining = np.tril(np.ones((slices, slices))) * -1.0  # x_j = X − n_1 − … − n_j
    hessian = 2 * effective / tau * np.eye(slices) + 2 * aversion * sigma**2 * tau * remaining.T @ remaining
    linear = 2 * aversion * sigma**2 * tau * remaining.T @ np.full(slices, shares)
    system = np.block([[hessian, np.ones((slices, 1))], [np.ones((1, slices)), np.zeros((1, 1))]])
    sizes = np.linalg.solve(system, np.concatenate([-linear, [shares]]))[:slices]
    optimum = shares - np.cumsum(sizes)
    kappa = np.arccosh(1 + aversion * sigma**2 / effective * tau**2 / 2) / tau
    assert 2 * (cosh(kappa * tau) - 1) / tau**2 == pytest.approx(aversion * sigma**2 / effective)
    times = tau * np.arange(1, slices + 1)
    assert optimum == pytest.approx(shares * np.sinh(kappa * (1 - times)) / sinh(kappa), abs=1e-4)


def test_almgren_chriss_worked_numbers_by_integration_of_the_path() -> None:
    shares, days, sigma, eta, aversion = matched(ALMGREN, r"X = # shares, T = # day, σ = \$# .* η = # .* λ = # per")
    cost, risk, flat_cost, flat_risk = matched(
        ALMGREN, r"temporary cost of \$# and .* deviation of \$#, .* rate costs \$# with .* deviation of \$#\."
    )
    again, top, bottom, kappa, left = matched(ALMGREN, r"with σ = \$# is κ = √\(#/#\) = # per day, so # percent of")
    assert (again, top, bottom) == (sigma, aversion, eta)
    assert (
        matched(ALMGREN, "schedule for those # shares") == matched(ALMGREN, "cost of the # shares falls") == (shares,)
    )
    assert kappa == pytest.approx(sqrt(aversion * sigma**2 / eta))
    times = np.linspace(0, days, 20_001)
    for path, told in [
        (shares * np.sinh(kappa * (days - times)) / sinh(kappa * days), (cost, risk)),
        (shares * (1 - times / days), (flat_cost, flat_risk)),
    ]:
        rates = np.diff(path) / np.diff(times)
        spent = eta * float((rates**2 * np.diff(times)).sum())
        deviation = sigma * sqrt(float(np.trapezoid(path**2, times)))
        assert (spent, deviation) == pytest.approx(told, abs=1)
    assert sinh(kappa * days / 2) / sinh(kappa * days) == pytest.approx(left / 100, abs=0.0005)
    worse, better = matched(ALMGREN, r"falls from \$# for the constant rate to \$#")
    assert (flat_cost + aversion * flat_risk**2, cost + aversion * risk**2) == pytest.approx((worse, better), abs=3)


def test_almgren_chriss_cost_formulas_of_the_continuous_path() -> None:
    assert_formula(ALMGREN, "temporary cost = η × X² × κ² × (T/2 + sinh(2κT)/(4κ)) / sinh²(κT)")
    assert_formula(ALMGREN, "standard deviation = σ × X × √(sinh(2κT)/(4κ) − T/2) / sinh(κT)")
    kappa, horizon = 3.0, 0.7
    times = np.linspace(0, horizon, 20_001)
    path = np.sinh(kappa * (horizon - times)) / sinh(kappa * horizon)
    spent = float((np.diff(path) ** 2 / np.diff(times)).sum())
    wave = sinh(2 * kappa * horizon) / (4 * kappa)
    assert kappa**2 * (horizon / 2 + wave) / sinh(kappa * horizon) ** 2 == pytest.approx(spent, rel=1e-5)
    deviation = sqrt(float(np.trapezoid(path**2, times)))
    assert sqrt(wave - horizon / 2) / sinh(kappa * horizon) == pytest.approx(deviation, rel=1e-5)


def walk_the_book(trades: Array, gap: float, depth: float, permanent: float, recovery: float) -> float:
    """Dollars paid above the first price when each trade eats a block-shaped book that then refills."""
    paid = lasting = deviation = 0.0
    for size in trades:
        paid += size * (lasting + deviation + size / (2 * depth))
        lasting += permanent * size
        deviation = (deviation + (1 / depth - permanent) * size) * exp(-recovery * gap)
    return paid


def block_schedule(shares: float, count: int, gap: float, recovery: float) -> Array:
    """The note's discrete schedule of ``count + 1`` trades."""
    faded = exp(-recovery * gap)
    ends = shares / (2 + (count - 1) * (1 - faded))
    return np.array([ends, *[(1 - faded) * ends] * (count - 1), ends])


def test_obizhaeva_wang_blocks_are_the_numerical_optimum() -> None:
    assert_formula(OBIZHAEVA, "x_0 = x_N = X / (2 + (N − 1) × (1 − a)), x_i = (1 − a) × x_0 in between")
    gap, count, recovery = 0.1, 10, 10.0
    times = gap * np.arange(count + 1)
    kernel = np.exp(-recovery * np.abs(times[:, None] - times[None, :]))
    system = np.block([[kernel, np.ones((count + 1, 1))], [np.ones((1, count + 1)), np.zeros((1, 1))]])
    optimum = np.linalg.solve(system, np.concatenate([np.zeros(count + 1), [1e5]]))[: count + 1]
    assert optimum == pytest.approx(block_schedule(1e5, count, gap, recovery))
    formula = 0.5 * 5e-7 * 1e10 + 0.5 * 1.5e-6 * float(optimum @ kernel @ optimum)
    assert walk_the_book(optimum, gap, 5e5, 5e-7, recovery) == pytest.approx(formula)


def test_obizhaeva_wang_worked_numbers_by_walking_the_book() -> None:
    assert_formula(OBIZHAEVA, "x_0 = x_T = X / (ρ × T + 2), rate = ρ × X / (ρ × T + 2)")
    shares, depth, permanent, recovery, days, gross, transient = matched(
        OBIZHAEVA, "X = # shares, q = # .* λ = #, ρ = # per day and T = # day, so that 1/q = # and K = #[.]"
    )
    assert (1 / depth, gross - permanent) == pytest.approx((gross, transient))
    count = 4000
    gap = days / count
    best = block_schedule(shares, count, gap, recovery)
    again, product, divided, by, block, rate = matched(
        OBIZHAEVA, "blocks for # shares with ρ × T = # are #/# = # shares each, and the rate in between is # shares"
    )
    assert (again, product, divided, by) == (shares, recovery * days, shares, recovery * days + 2)
    assert (best[0], best[1] / gap) == pytest.approx((block, rate), rel=0.002)
    again, of, lasting, by, least, flat, single = matched(
        OBIZHAEVA,
        r"the # shares with λ = # is \$# for any .* with K = # is \$# at the optimum, \$# at .* and \$# for a",
    )
    assert (again, of, by) == (shares, permanent, transient)
    schedules = [best, np.full(count + 1, shares / (count + 1)), np.array([shares])]
    paid = [walk_the_book(schedule, gap, depth, permanent, recovery) - lasting for schedule in schedules]
    assert paid == pytest.approx([least, flat, single], rel=0.002)
    again, half_life, minutes, hours = matched(OBIZHAEVA, r"ρ = # per day is # days, or # minutes .* day of # hours")
    assert again == recovery
    assert (log(2) / recovery, log(2) / recovery * hours * 60) == pytest.approx((half_life, minutes), rel=0.01)


def test_obizhaeva_wang_cost_formulas() -> None:
    assert_formula(OBIZHAEVA, "minimal transient cost = K × X² / (ρ × T + 2)")
    assert_formula(OBIZHAEVA, "constant-rate cost = K × X² × (ρT − 1 + exp(−ρT)) / (ρT)²")
    for strength in (0.5, 4.0):
        count = 4000
        best = block_schedule(1.0, count, 1 / count, strength)
        flat = np.full(count + 1, 1 / (count + 1))
        assert walk_the_book(best, 1 / count, 1.0, 0.0, strength) == pytest.approx(1 / (strength + 2), rel=0.002)
        closed = (strength - 1 + exp(-strength)) / strength**2
        assert walk_the_book(flat, 1 / count, 1.0, 0.0, strength) == pytest.approx(closed, rel=0.002)
