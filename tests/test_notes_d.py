"""The formulas and worked numbers of the notes on tools, each computed a second time."""

import re
from fractions import Fraction
from itertools import combinations
from math import exp, sqrt

import numpy as np
import pytest

from tests.note_numbers import note, numbers

FORMULAS = [
    ("retrieval-augmented-generation-over-filings", "RRF(d) = Σ 1 / (k + rank_r(d))"),
    ("retrieval-augmented-generation-over-filings", "w = IDF × f × (k₁ + 1) / (f + k₁ × (1 − b + b × L / L̄))"),
    ("machine-learning-pipelines-on-sagemaker", "n = 15.7 × p̄ × (1 − p̄) / (p₂ − p₁)²"),
    ("experiment-tracking-with-mlflow", "t = (m₁ − m₂) / sqrt(s₁² / n₁ + s₂² / n₂)"),
    ("streaming-features-with-kafka-and-flink", "v ← v × exp(−Δt / τ) + x"),
    ("streaming-features-with-kafka-and-flink", "T_catch = T_out × λ / (μ − λ)"),
    ("feature-stores", "row(t) = the row with the largest e among those with e ≤ t, a ≤ t and t − e ≤ TTL"),
    ("pytorch-lightning-and-weights-and-biases", "B_eff = B × D × A"),
    ("pytorch-lightning-and-weights-and-biases", "P = 1 − (1 − q)^n"),
    ("parameterized-notebooks", "p(i) ≤ i × q / m"),
    ("news-sentiment-features", "S(t) = Σ w_i × s_i / Σ w_i, with w_i = 2^(−(t − t_i) / h)"),
    ("news-sentiment-features", "P_i = exp(z_i / T) / Σ_j exp(z_j / T)"),
    ("coding-assistants-in-quantitative-research", "G = 1 / (1 − f + f / s)"),
    ("coding-assistants-in-quantitative-research", "pass@k = 1 − C(n − c, k) / C(n, k)"),
]


@pytest.mark.parametrize(("name", "formula"), FORMULAS)
def test_the_formula_checked_below_stands_on_its_own_line(name: str, formula: str) -> None:
    assert [line for line in note(name).splitlines() if line.startswith(formula)]


def softmax(logits: tuple[float, ...], temperature: float) -> list[float]:
    weights = [exp(logit / temperature) for logit in logits]
    return [weight / sum(weights) for weight in weights]


def test_reciprocal_ranks_add_up() -> None:
    k, words, meaning, a, b, both, c, alone = numbers(
        "retrieval-augmented-generation-over-filings",
        "With k = #, a passage ranked # by BM25 and # by embeddings scores 1/# + 1/# = #, "
        "and a passage ranked 1 by one retriever only scores 1/# = #",
    )
    assert (a, b, c) == (k + words, k + meaning, k + 1)
    assert both == round(float(Fraction(1, int(a)) + Fraction(1, int(b))), 5)
    assert alone == round(1 / c, 5)


def test_bm25_saturates() -> None:
    (k1, ratio) = numbers("retrieval-augmented-generation-over-filings", "With k₁ = # and a passage of average length, "
                          "a term that occurs three times has # times the weight")  # fmt: skip
    # At average length the bracket is 1, so once weighs (k1 + 1) / (1 + k1) = 1 and three times 3 (k1 + 1) / (3 + k1).
    assert ratio == round(3 * (k1 + 1) / (3 + k1), 2)
    assert 3 * 1e6 * (k1 + 1) / (3e6 + k1) < k1 + 1


def test_the_canary_has_the_power_it_claims() -> None:
    before, after, requests = numbers(
        "machine-learning-pipelines-on-sagemaker",
        "a rise in the error rate from # to # percent needs about # requests in each arm",
    )
    n = int(requests)
    mean = (before + after) / 200
    assert n == round(15.7 * mean * (1 - mean) / ((after - before) / 100) ** 2, -2)
    rng = np.random.default_rng(1)
    old, new = (rng.binomial(n, rate / 100, 20_000) / n for rate in (before, after))
    pooled = (old + new) / 2
    detected = np.abs(new - old) > 1.96 * np.sqrt(2 * pooled * (1 - pooled) / n)
    assert detected.mean() == pytest.approx(0.80, abs=0.015)
    assert 3.5 < n / 3600 < 4


def test_five_seeds_each_do_not_settle_the_difference() -> None:
    m1, m2, s1, s2, n, error, t, p = numbers(
        "experiment-tracking-with-mlflow",
        "means of # and # with standard deviations of # and # over # seeds each give a standard error of #, "
        "t = # and a two-sided p-value of #",
    )
    assert error == round(sqrt(s1**2 / n + s2**2 / n), 4)
    assert t == round((m1 - m2) / sqrt(s1**2 / n + s2**2 / n), 2)
    rng = np.random.default_rng(2)
    a, b = (rng.normal(0, s, (200_000, int(n))) for s in (s1, s2))
    null = (a.mean(1) - b.mean(1)) / np.sqrt(a.var(1, ddof=1) / n + b.var(1, ddof=1) / n)
    assert (np.abs(null) >= t).mean() == pytest.approx(p, abs=0.005)


def test_the_decayed_sum_is_the_sum_of_decayed_trades() -> None:
    tau, x0, t0, x1, t1, x2, t2, v = numbers(
        "streaming-features-with-kafka-and-flink",
        "with τ = # s, signed trades of # shares at # s, # shares at # s and # shares at # s leave v at # shares",
    )
    assert v == round(sum(x * exp(-(t2 - t) / tau) for x, t in ((x0, t0), (x1, t1), (x2, t2))), 1)


def test_a_backlog_is_worked_off_second_by_second() -> None:
    outage, arriving, capacity, claimed = numbers(
        "streaming-features-with-kafka-and-flink",
        "after an outage of # s with λ = # and μ = # events per second, catching up takes # s",
    )
    backlog, seconds = outage * arriving, 0
    while backlog > 0:
        backlog += arriving - capacity
        seconds += 1
    assert seconds == claimed


def test_three_joins_of_the_same_rows_give_three_values() -> None:
    text = note("feature-stores")
    rows = re.findall(r"(\d\.\d) with event time ([\d:]+) and available ([\d:]+)", text)
    told = re.search(r"decision at ([\d:]+) is ([\d.]+), .* returns ([\d.]+), .* returns ([\d.]+)\.\n", text)
    assert len(rows) == 3
    assert told
    now, correct, by_event, latest = told.groups()
    # Times of one day in one format sort as text.
    assert max((e, value) for value, e, a in rows if e <= now and a <= now)[1] == correct
    assert max((e, value) for value, e, a in rows if e <= now)[1] == by_event
    assert max((e, value) for value, e, a in rows)[1] == latest


def test_batches_multiply() -> None:
    batch, devices, batches, effective = numbers(
        "pytorch-lightning-and-weights-and-biases",
        "# samples per device on # devices with accumulation over # batches give an effective batch of # samples",
    )
    assert effective == sum(batch for _ in range(int(devices)) for _ in range(int(batches)))


def test_random_trials_find_the_best_share() -> None:
    trials, share, chance, fewest, level = numbers(
        "pytorch-lightning-and-weights-and-biases",
        "# random trials hit the best # percent of the space with a probability of # percent, "
        "and # are the fewest that exceed # percent",
    )
    hits = (np.random.default_rng(3).random((50_000, int(trials))) < share / 100).any(axis=1)
    assert 100 * hits.mean() == pytest.approx(chance, abs=0.4)
    assert chance == round(100 - 100 * (1 - share / 100) ** trials, 1)
    assert fewest == next(n for n in range(1, 999) if 1 - (1 - share / 100) ** n > level / 100)


def test_successive_halving_costs_what_is_said() -> None:
    *told, halving, full = numbers(
        "pytorch-lightning-and-weights-and-biases",
        "trains #, #, # and # trials up to epochs #, #, # and #, and needs at most # epochs if every rung restarts, "
        "against # for full training",
    )
    trials, epochs, cost, rungs = 27, 1, 0, []
    while trials >= 1:
        rungs.append((trials, epochs))
        cost += trials * epochs
        trials, epochs = trials // 3, epochs * 3
    assert list(zip(told[:4], told[4:], strict=True)) == rungs
    assert (halving, full) == (cost, 27 * 27)


def test_the_step_up_rule_rejects_three_and_bonferroni_one() -> None:
    *values, q, by_rank, level, tests, limit, by_limit = numbers(
        "parameterized-notebooks",
        "for p-values #, #, #, # and # with q = #, the procedure rejects the first #, "
        "while the Bonferroni limit of #/# = # rejects only #",
    )
    # The adjusted value of a rank is the least m p(j) / j of the ranks from it on.
    adjusted = [min(len(values) * p / j for j, p in enumerate(values, 1) if j >= i) for i in range(1, 6)]
    assert by_rank == sum(value <= q for value in adjusted)
    assert (level, tests) == (q, len(values))
    assert limit == pytest.approx(level / tests)
    assert by_limit == sum(p <= limit for p in values)


def test_the_step_up_rule_keeps_its_level_when_nothing_is_there() -> None:
    null = np.sort(np.random.default_rng(4).random((200_000, 5)), axis=1)
    assert (null <= np.arange(1, 6) * 0.05 / 5).any(axis=1).mean() == pytest.approx(0.05, abs=0.002)


def test_false_alarms_of_many_tickers() -> None:
    tickers, level, alarms = numbers("parameterized-notebooks", "With # tickers and a # percent test, # false alarms")
    assert alarms == tickers * level / 100


def test_old_news_counts_less() -> None:
    *told, mean, half_life = numbers(
        "news-sentiment-features",
        "scores #, # and # that are #, # and # minutes old give S = # with a half-life of # minutes",
    )
    scores, ages = np.array(told[:3]), np.array(told[3:])
    weights = np.exp(-np.log(2) * ages / half_life)
    assert mean == round(float(np.average(scores, weights=weights)), 2)


def test_temperature_softens_the_probability_and_keeps_the_class() -> None:
    a, b, c, first, t1, second, t2 = numbers(
        "news-sentiment-features",
        "logits #, # and # for positive, negative and neutral give a positive probability of # with T = # "
        "and # with T = #",
    )
    for told, temperature in ((first, t1), (second, t2)):
        probabilities = softmax((a, b, c), temperature)
        assert told == round(probabilities[0], 3)
        assert probabilities[0] == max(probabilities)


def test_the_latency_budget_adds_up() -> None:
    *parts, total = numbers(
        "news-sentiment-features",
        "a budget of # ms parsing, # ms linking, # ms inference, # ms aggregation and # ms transport sums to # ms",
    )
    assert sum(parts) == total


def test_faster_coding_saves_a_fifth_of_the_time() -> None:
    share, faster, gain, saved = numbers(
        "coding-assistants-in-quantitative-research",
        "with f = # and s = # the overall gain is #, so a doubled coding speed saves # percent",
    )
    hours = 100 * (1 - share) + 100 * share / faster
    assert (gain, saved) == (100 / hours, 100 - hours)


def test_pass_at_k_counts_the_draws_with_a_pass() -> None:
    n, c, k, estimate, rate, tries, naive = numbers(
        "coding-assistants-in-quantitative-research",
        "with n = #, c = # and k = # the estimate is #, while 1 − (1 − #)^# = # understates it",
    )
    draws = list(combinations(range(int(n)), int(k)))
    assert estimate == round(sum(min(draw) < c for draw in draws) / len(draws), 3)
    assert (rate, tries) == (c / n, k)
    assert naive == round(1 - (1 - rate) ** tries, 3)
