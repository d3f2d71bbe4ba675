"""The formulas and worked numbers of the notes on evidence and judgement, each computed a second time."""

from math import exp, sqrt
from statistics import NormalDist, median

import numpy as np
import pytest

from tests.note_numbers import note, numbers

NORMAL = NormalDist()

FORMULAS = [
    ("backtest-pitfalls", "SR₀ = s × ((1 − γ) × Φ⁻¹(1 − 1/N) + γ × Φ⁻¹(1 − 1/(N × e)))"),
    ("backtest-pitfalls", "DSR = Φ((SR − SR₀) × sqrt(T − 1) / sqrt(1 − g₃ × SR + (g₄ − 1) / 4 × SR²))"),
    ("backtest-pitfalls", "I = Y × σ × sqrt(Q / V)"),
    ("decisions-under-uncertainty", "p* = L / (G + L)"),
    ("market-data-validation", "F_split = old shares / new shares, and F_dividend = 1 − D / P"),
    ("market-data-validation", "score = 0.6745 × |p_i − median| / MAD"),
    ("keeping-up-with-the-field", "PPV = (1 − β) × R / ((1 − β) × R + α)"),
]


@pytest.mark.parametrize(("name", "formula"), FORMULAS)
def test_the_formula_checked_below_stands_on_its_own_line(name: str, formula: str) -> None:
    assert [line for line in note(name).splitlines() if line.startswith(formula)]


def luck(trials: float, spread: float) -> float:
    gamma, e = 0.5772156649, exp(1)
    return spread * ((1 - gamma) * NORMAL.inv_cdf(1 - 1 / trials) + gamma * NORMAL.inv_cdf(1 - 1 / (trials * e)))


def test_the_best_of_many_trials_without_skill() -> None:
    trials, spread, best = numbers(
        "backtest-pitfalls",
        "for N = # trials with s = # per year, the best Sharpe ratio expected by luck alone is SR₀ = # per year",
    )
    assert best == round(luck(trials, spread), 2)
    simulated = np.random.default_rng(5).normal(0, spread, (20_000, int(trials))).max(axis=1).mean()
    assert best == pytest.approx(simulated, abs=0.02)


def test_a_high_sharpe_ratio_is_deflated() -> None:
    annual, days, skew, kurtosis, deflated, trials, spread, alone = numbers(
        "backtest-pitfalls",
        "an annual Sharpe ratio of # over T = # days with g₃ = # and g₄ = # has DSR = # after # trials with s = #, "
        "against # when the trials are ignored",
    )
    daily = annual / sqrt(252)
    error = sqrt((1 - skew * daily + (kurtosis - 1) / 4 * daily**2) / (days - 1))
    assert deflated == round(NORMAL.cdf((daily - luck(trials, spread) / sqrt(252)) / error), 3)
    assert alone == round(NORMAL.cdf(daily / error), 4)


def test_skewed_returns_widen_the_error_of_a_sharpe_ratio() -> None:
    """Returns 1.5 − exponential have mean 0.5, deviation 1, skewness −2 and kurtosis 9."""
    returns = 1.5 - np.random.default_rng(6).exponential(size=(4_000, 1_000))
    ratios = returns.mean(axis=1) / returns.std(axis=1, ddof=1)
    assert ratios.var() * 999 == pytest.approx(1 + 2 * 0.5 + (9 - 1) / 4 * 0.5**2, rel=0.08)


def test_impact_grows_with_the_root_of_size() -> None:
    y, volatility, share, impact = numbers(
        "backtest-pitfalls",
        "with Y = #, σ = # basis points and an order of # percent of daily volume, the impact is # basis points",
    )
    assert (impact / (y * volatility)) ** 2 == pytest.approx(share / 100)


def test_basis_points_become_dollars() -> None:
    points, millions, dollars = numbers(
        "communicating-research-to-other-audiences",
        "saving # basis points on a traded value of $# million a day is worth $# a day",
    )
    assert dollars == millions * 1_000_000 * points / 10_000


def test_most_alerts_on_a_rare_fault_are_false() -> None:
    accounts, guilty, caught, rate, others, flagged, again, alerts, precision = numbers(
        "communicating-research-to-other-audiences",
        "of # accounts # manipulate, an alert catches # of them and also flags # percent of the # others, about #, "
        "so only # of about # alerts, or # percent, are true",
    )
    assert others == accounts - guilty
    assert flagged == round(others * rate / 100)
    assert (again, alerts) == (caught, caught + flagged)
    assert precision == round(100 * caught / (caught + others * rate / 100))


def root(low: float, high: float, share: float, trials: float) -> float:
    """Where a true rate between the bounds is just rejected by the score test, by bisection."""

    def excess(rate: float) -> float:
        return (share - rate) ** 2 - 1.96**2 * rate * (1 - rate) / trials

    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) * excess(low) > 0 else (low, middle)
    return low


def test_the_wilson_interval_holds_the_rates_that_the_score_test_accepts() -> None:
    name = "decisions-under-uncertainty"
    assert "half-width = z × sqrt(p × (1 − p) / n + z² / (4n²)) / (1 + z² / n)" in note(name)
    hits, trials, low, high = numbers(name, "# successes in # trials give a Wilson interval from # to #")
    share = hits / trials
    assert (low, high) == (round(root(0.0, share, share, trials), 3), round(root(share, 1.0, share, trials), 3))
    centre = (share + 1.96**2 / (2 * trials)) / (1 + 1.96**2 / trials)
    half = 1.96 * sqrt(share * (1 - share) / trials + 1.96**2 / (4 * trials**2)) / (1 + 1.96**2 / trials)
    assert (low, high) == (round(centre - half, 3), round(centre + half, 3))
    textbook = 1.96 * sqrt(share * (1 - share) / trials)
    assert numbers(name, "p ± z × sqrt(p × (1 − p) / n) runs from # to #") == (
        round(share - textbook, 3),
        round(share + textbook, 3),
    )
    without, most = numbers(name, "no failure in # trials still allows a failure rate of up to #")
    assert without == 50
    assert most == round(root(1e-9, 1.0, 0.0, without), 3)


def test_the_value_of_knowing() -> None:
    name = "decisions-under-uncertainty"
    p, gain, loss, act, know, value = numbers(
        name,
        "with a success probability of #, a gain of # and a loss of # in $ million, acting is worth #, "
        "knowing the state would be worth #, and EVPI is $# million",
    )
    states = ((p, (gain, 0.0)), (1 - p, (-loss, 0.0)))
    expected = [sum(chance * outcomes[action] for chance, outcomes in states) for action in (0, 1)]
    informed = sum(chance * max(outcomes) for chance, outcomes in states)
    assert (act, know, value) == pytest.approx((expected[0], informed, informed - max(expected)))
    gain, loss, even = numbers(
        name, "with a gain of $# million and a loss of $# million the break-even probability is #"
    )
    assert even * gain == pytest.approx((1 - even) * loss, abs=0.02)


def test_one_bad_price_stands_out() -> None:
    *prices, middle, spread, score_of, score, limit = numbers(
        "market-data-validation",
        "for the prices #, #, #, #, #, # and # the median is #, the MAD is #, and the score of # is #, "
        "far above a usual limit of #",
    )
    assert median(prices) == middle
    assert score_of in prices
    deviation = median(abs(price - middle) for price in prices)
    assert deviation == pytest.approx(spread)
    assert score == round(0.6745 * (score_of - middle) / deviation, 1) > limit


def test_a_split_leaves_the_holder_no_poorer() -> None:
    new, before, after, raw, factor, adjusted = numbers(
        "market-data-validation",
        "a #-for-1 split takes a price from $# to $#; the raw return is # percent, and with F_split = # "
        "the adjusted return is # percent",
    )
    assert raw == round(100 * (after / before - 1), 2)
    assert factor == 1 / new
    assert adjusted == pytest.approx(100 * (new * after / before - 1))
    assert adjusted == pytest.approx(100 * (after / (before * factor) - 1))


def test_a_dividend_counts_as_return() -> None:
    before, paid, after, total, factor, by_factor = numbers(
        "market-data-validation",
        "after a close of $# a dividend of $# goes ex and the stock closes at $#, so the total return is # percent, "
        "and the factor # gives # percent",
    )
    assert total == round(100 * ((after + paid) / before - 1), 2)
    assert factor == 1 - paid / before
    shares = 1 + paid / (before - paid)
    assert by_factor == round(100 * (shares * after / before - 1), 2)


def test_half_of_the_findings_are_false() -> None:
    power, level, ppv = numbers(
        "keeping-up-with-the-field",
        "with one true hypothesis for every nine false ones, power of # and α = #, PPV is #",
    )
    true, false = 100 * power, 900 * level
    assert ppv == round(true / (true + false), 2)
