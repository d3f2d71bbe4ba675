"""Formulas and worked numbers of the notes on the book, the tick, auctions and speed, computed a second way."""

from collections.abc import Iterator
from math import atan, ceil, exp, pi

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.note_numbers import assert_formula, matched, note

Array = NDArray[np.float64]
QUEUE, MICRO, TICK = "queue-position-and-fill-probability", "micro-price", "tick-size"
AUCTION, FAST = "opening-and-closing-auctions", "high-frequency-market-making"


def test_the_race_of_two_queues_has_the_stated_chances() -> None:
    assert_formula(MICRO, "P(up) = (q_b + H) / (q_b + q_a + 2H)")
    total, hidden = 10, 3
    size = total + 2 * hidden
    inner = np.eye(size - 1) - 0.5 * (np.eye(size - 1, k=1) + np.eye(size - 1, k=-1))
    chances = np.linalg.solve(inner, np.array([0.0] * (size - 2) + [0.5]))  # by bid size plus hidden, 1 to size − 1
    for bid in range(total + 1):
        assert chances[bid + hidden - 1] == pytest.approx((bid + hidden) / (total + 2 * hidden))


def test_independent_queues_give_an_arctangent() -> None:
    assert_formula(MICRO, "P(up) = (2/π) × arctan(q_b / q_a)")
    rng = np.random.default_rng(4)
    places = np.tile([3.0, 1.0], (40_000, 1))  # bid and ask queue; Brownian exit by jumps on circles
    for _ in range(60):
        angles = rng.uniform(0, 2 * pi, len(places))
        places += places.min(axis=1, keepdims=True) * np.column_stack([np.cos(angles), np.sin(angles)])
    up = float((places[:, 1] < places[:, 0]).mean())
    assert up == pytest.approx(2 / pi * atan(3), abs=0.01)


def long_run_change(stay: Array, enter: Array, gain: Array, steps: int = 3000) -> Array:
    """Expected midpoint change over many events, event by event."""
    chances, total = np.eye(len(stay)), np.zeros(len(stay))
    for _ in range(steps):
        total += chances @ gain
        chances = chances @ (stay + enter)
    return total


def test_the_micro_price_series_is_the_long_run_expectation() -> None:
    assert_formula(MICRO, "G_1 = (1 − Q)^(−1) × R × K")
    assert_formula(MICRO, "B = (1 − Q)^(−1) × T, P_micro = M + G_1 + B × G_1 + B² × G_1 + …")
    stay = np.array([[0.50, 0.30, 0.05], [0.20, 0.50, 0.20], [0.05, 0.30, 0.50]])
    enter = np.array([[0.08, 0.05, 0.02], [0.03, 0.04, 0.03], [0.02, 0.05, 0.08]])
    moves, amounts = np.array([[0.12, 0.03], [0.05, 0.05], [0.03, 0.12]]), np.array([-0.01, 0.01])
    first = np.linalg.solve(np.eye(3) - stay, moves @ amounts)
    after = np.linalg.solve(np.eye(3) - stay, enter)
    series = sum((np.linalg.matrix_power(after, n) @ first for n in range(200)), np.zeros(3))
    assert series == pytest.approx(long_run_change(stay, enter, moves @ amounts), abs=1e-9)
    assert series[2] > first[2] > 0


def test_micro_price_worked_numbers() -> None:
    assert_formula(MICRO, "G = k × (p_u − p_d) / (p_u + p_d + 2 × p_f)")
    bid, bid_size, ask, ask_size, middle, share, weighted = matched(
        MICRO, r"bid of \$# for # shares and an ask of \$# for # shares: .* is \$#, the bid share is # and .* is \$#\."
    )
    assert (bid + ask) / 2 == pytest.approx(middle)
    assert bid_size / (bid_size + ask_size) == pytest.approx(share)
    assert (bid_size * ask + ask_size * bid) / (bid_size + ask_size) == pytest.approx(weighted)
    linear, pulled, hidden, angle = matched(MICRO, "is # in the linear race, # with H = # .* and # in the arctangent")
    assert linear == share
    assert (bid_size + hidden) / (bid_size + ask_size + 2 * hidden) == pytest.approx(pulled, abs=0.005)
    assert 2 / pi * atan(bid_size / ask_size) == pytest.approx(angle, abs=0.005)
    tick, up, down, flip, cents, price = matched(
        MICRO, r"k = \$#, p_u = #, p_d = # and p_f = # .* is # cents and the micro-price of .* is \$#\."
    )
    calm = 1 - up - down - flip
    stay, enter = np.array([[calm, flip], [flip, calm]]), np.full((2, 2), (up + down) / 2)
    change = long_run_change(stay, enter, np.array([down - up, up - down]) * tick)[1]
    assert (100 * change, middle + change) == pytest.approx((cents, price))


def filled(rng: np.random.Generator, ahead: int, trades: float, cancels: float, away: float) -> bool:
    """One order's life by the clock: whether a trade reaches it before the price moves away."""
    gone = rng.exponential(1 / cancels, ahead) if cancels else np.full(ahead, np.inf)
    limit = rng.exponential(1 / away)
    queue = list(gone)
    for now in clock(rng, trades):
        if now > limit:
            return False
        queue = [leaves for leaves in queue if leaves > now]
        if not queue:
            return True
        del queue[0]
    raise AssertionError("the clock stopped")


def clock(rng: np.random.Generator, rate: float) -> Iterator[float]:
    now = 0.0
    while True:
        now += rng.exponential(1 / rate)
        yield now


def test_fill_probability_is_a_product_of_races() -> None:
    assert_formula(QUEUE, "P(fill) = Π (m + i × θ) / (m + i × θ + ν), multiplied over i from 0 to n")
    trades, cancels, away, front, ten, twenty, alone = matched(
        QUEUE,
        "m = #, θ = # and ν = # .* is # at the front, # behind 10 .* # behind 20 orders; .* behind 20 orders is #[.]",
    )
    rng = np.random.default_rng(5)
    for ahead, told in [(0, front), (10, ten)]:
        share = np.mean([filled(rng, ahead, trades, cancels, away) for _ in range(5000)])
        assert share == pytest.approx(told, abs=0.02)
    steps = [(trades + i * cancels) / (trades + i * cancels + away) for i in range(21)]
    for ahead, told in [(0, front), (10, ten), (20, twenty)]:
        assert float(np.prod(steps[: ahead + 1])) == pytest.approx(told, abs=0.005)
    assert (trades / (trades + away)) ** 21 == pytest.approx(alone, abs=0.0005)


def test_fill_by_time_and_the_value_of_posting() -> None:
    rate, near, likely, far, unlikely = matched(
        QUEUE, "m = # per minute and no cancellations, .* place # fills .* probability #, .* place # with probability #"
    )
    rng = np.random.default_rng(6)
    for place, told in [(near, likely), (far, unlikely)]:
        waits = rng.exponential(1 / rate, (60_000, int(place))).sum(axis=1)
        assert float((waits <= 1).mean()) == pytest.approx(told, abs=0.005)
    assert matched(QUEUE, r"at the back with P\(fill\) = #") == matched(
        QUEUE, "at the front, .* and # behind 20 orders;"
    )
    for words, sign in [("is worth", 1), ("loses", -1)]:
        half, rebate, chance, adverse, value = matched(
            QUEUE, rf"h = # and r = # cents, .* P\(fill\) = # and A = # {words} # cents"
        )
        assert chance * (half + rebate - adverse) == pytest.approx(sign * value, abs=0.003)


def test_continuations_and_alternations_measure_the_uncertainty_zone() -> None:
    """The trade price follows only when the efficient price has gone past the mid-tick by η ticks."""
    assert_formula(TICK, "η = N_c / (2 × N_a)")
    tick, zone = 10, 3  # in steps of the efficient price, so that η = 0.3
    rng = np.random.default_rng(7)
    trade, last, counts = 0, 0, {True: 0, False: 0}
    for efficient in np.cumsum(rng.choice([-1, 1], 500_000)).tolist():
        if abs(efficient - trade) >= tick // 2 + zone:
            move = 1 if efficient > trade else -1
            trade += move * tick
            if last:
                counts[move == last] += 1
            last = move
    assert counts[True] / (2 * counts[False]) == pytest.approx(zone / tick, rel=0.05)


def test_tick_size_worked_numbers() -> None:
    assert_formula(TICK, "S = α × ⌈s* / α⌉")
    tick, much, low, little, high = matched(TICK, r"of \$# is # basis points of a \$# stock and # .* of a \$# stock")
    assert (10_000 * tick / low, 10_000 * tick / high) == pytest.approx((much, little))
    wanted, wide, narrow, rent, less = matched(
        TICK, r"s\* = # cents .* is # cent at a tick of 1 cent and # cents at .* falls from # to # cents"
    )
    assert [step * ceil(wanted / step) for step in (1.0, 0.5)] == [wide, narrow]
    assert (wide - wanted, narrow - wanted) == pytest.approx((rent, less))
    fee, cost, lower_fee, lower_cost = matched(TICK, "fee of # cents .* costs # cents .* fee of # cents the cost is #")
    assert (wide + 2 * fee, narrow + 2 * lower_fee) == pytest.approx((cost, lower_cost))
    same, reverse, eta, ticks = matched(TICK, "N_c = # and N_a = # .* η = #, so the implicit spread is # ticks")
    assert (same / (2 * reverse), 2 * eta) == pytest.approx((eta, ticks))


def orders_of(side: str) -> tuple[int, dict[float, int]]:
    """Market size and limit sizes by price, as the auction note's example lists them."""
    (line,) = [row for row in note(AUCTION).splitlines() if row.startswith(f"Suppose {side} orders")]
    words = line.replace(",", "").replace("$", "").rstrip(".").split()
    sizes = [(words[i - 1], words[i + 1]) for i, word in enumerate(words) if word == "at" and words[i + 1] != "market"]
    (market,) = [int(words[i - 2]) for i, word in enumerate(words) if word == "at" and words[i + 1] == "market"]
    return market, {float(price): int(size) for size, price in sizes}


def paired(price: float, market_sell: int = 0) -> tuple[int, int]:
    """Shares that trade at a price, and what is left over, by pairing one willing share after the other."""
    (buy_market, buys), (sell_market, sells) = orders_of("buy"), orders_of("sell")
    demand = buy_market + sum(size for limit, size in buys.items() if limit >= price)
    supply = sell_market + market_sell + sum(size for limit, size in sells.items() if limit <= price)
    traded = 0
    while demand and supply:
        demand, supply, traded = demand - 1, supply - 1, traded + 1
    return traded, demand - supply


def test_the_auction_clears_where_the_note_says() -> None:
    assert_formula(AUCTION, "V(p) = min(D(p), S(p))")
    best, left = matched(AUCTION, r"and the clearing price is \$# with # shares to buy left over")
    low, high, top = matched(AUCTION, r"volumes at \$19.99, \$20.01 and \$20.02 are #, # and #, and")
    assert [paired(price)[0] for price in (19.99, 20.01, 20.02)] == [low, high, top]
    again, demand, supply, traded = matched(AUCTION, r"Demand at \$# is # shares and supply is #, so # shares trade")
    assert (again, paired(best)) == (best, (traded, left))
    assert (demand, supply) == (traded + left, traded)
    assert best == max((19.98, 19.99, 20.0, 20.01, 20.02), key=lambda price: paired(price)[0])
    extra, volume, over, short = matched(
        AUCTION, r"sell of # shares raises .* to # at \$19.99 and at \$20.00, .* of # and #, so"
    )
    assert [paired(price, int(extra)) for price in (19.99, 20.0)] == [(volume, over), (volume, short)]
    assert all(paired(price, int(extra))[0] < volume for price in (19.98, 20.01, 20.02))
    assert abs(short) < abs(over)
    assert matched(AUCTION, r"the smaller imbalance keeps the price at \$#\.") == (20.0,)


def test_a_batch_leaves_little_news_to_the_fastest() -> None:
    fast, percent, batch = matched(AUCTION, "advantage of # milliseconds matters for # percent .* of # milliseconds")
    news = np.random.default_rng(8).uniform(0, batch, 1_000_000)
    assert 100 * float((news > batch - fast).mean()) == pytest.approx(percent, rel=0.1)


def test_the_margin_of_a_market_maker() -> None:
    half, rebate, adverse, cost, margin, millions, dollars, limit = matched(
        FAST, r"h = #, r = #, A = # and c = # cents .* is # cents .* # million shares a day earn \$#; .* to # cents"
    )
    assert half + rebate - adverse - cost == pytest.approx(margin)
    assert margin / 100 * millions * 1e6 == pytest.approx(dollars)
    assert half + rebate - limit - cost == pytest.approx(0)
    mean, deviation, ratio, trades = matched(
        FAST, r"mean of \$# and .* deviation of \$# per trade give a daily ratio of # for # independent"
    )
    days = np.random.default_rng(9).normal(mean, deviation, (4000, int(trades) // 25)).sum(axis=1)
    assert 5 * float(days.mean() / days.std()) == pytest.approx(ratio, rel=0.05)


def test_quoting_and_sniping_pay_the_same_at_the_stated_spread() -> None:
    assert_formula(FAST, "a × h = b × E[max(J − h, 0)]")
    investors, jumps, mean, half = matched(
        FAST, "a = # and b = # per minute and m = # cent, the half-spread is # cents"
    )
    firms, minutes = 5, 100_000
    rng = np.random.default_rng(10)
    sizes = rng.exponential(mean, int(jumps * minutes))
    first = rng.integers(0, firms, sizes.size)  # firm 0 quotes; whoever comes first cancels or trades
    worth = np.maximum(sizes - half, 0)
    quoting = investors * half - float(worth[first != 0].sum()) / minutes
    sniping = float(worth[first == 1].sum()) / minutes
    assert quoting == pytest.approx(sniping, abs=0.03)
    assert investors * half == pytest.approx(jumps * mean * exp(-half / mean), rel=0.01)
