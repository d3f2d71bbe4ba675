import pytest

from corpus.questions import Point, PointKind, load_questions
from evals.rubric import score, stem

MUST, BONUS, CONTRADICTION = PointKind.MUST, PointKind.BONUS, PointKind.CONTRADICTION

TAKES = Point("must-1", MUST, "", (("market order", "marketable order"), ("take", "consume"), ("liquidity",)))
RISK = Point("bonus-1", BONUS, "", (("limit order",), ("not be filled", "unfilled")))
SUPPLIES = Point("contradiction-1", CONTRADICTION, "", (("market order",), ("market orders supply liquidity",)))


def expressed(point: Point, *sentences: str) -> bool:
    return score([point], sentences).verdicts[0].expressed


def test_one_alternative_of_every_group_expresses_a_point() -> None:
    assert expressed(TAKES, "A market order takes liquidity from the book.")
    assert not expressed(TAKES, "A market order crosses the spread, which is a matter of liquidity.")


def test_case_inflection_articles_and_marks_do_not_count() -> None:
    assert expressed(TAKES, "Marketable ORDERS: consuming the liquidity.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quotes", "quoting"), ("splitting", "split"), ("carries", "carry"), ("hedged", "hedge"),
        ("processes", "process"), ("reverse", "reverses"), ("directly", "direct"), ("sells", "selling"),
    ],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("trade", "trader"), ("inform", "information"), ("bid", "bed"), ("less", "les")]
)
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_term_is_matched_by_whole_words_side_by_side() -> None:
    assert not expressed(TAKES, "The market and the order of events take liquidity as given.")
    assert not expressed(RISK, "Limit orders are always refilled.")


def test_not_and_no_are_words_like_others() -> None:
    assert expressed(RISK, "A limit order may not be filled.")
    assert not expressed(RISK, "A limit order will be filled.")


def test_two_neighbouring_sentences_may_share_a_point_three_may_not() -> None:
    first, middle, last = "Consider a market order.", "It arrives.", "It takes liquidity."
    verdict = score([TAKES], [middle, first, last]).verdicts[0]
    assert (verdict.expressed, verdict.evidence) == (True, f"{first} {last}")
    assert not expressed(TAKES, first, middle, last)


def test_the_shortest_evidence_is_named() -> None:
    whole = "Market orders take liquidity."
    verdict = score([TAKES], ["Market orders arrive.", "Some take liquidity.", whole]).verdicts[0]
    assert verdict.evidence == whole


def test_a_sentence_that_contradicts_earns_nothing_else() -> None:
    wrong = "Market orders supply liquidity and never take liquidity."
    verdicts = {v.point.id: v for v in score([TAKES, SUPPLIES], [wrong]).verdicts}
    assert verdicts["contradiction-1"].evidence == wrong
    assert not verdicts["must-1"].expressed
    right = "Market orders take liquidity."
    again = score([TAKES, SUPPLIES], [wrong, "Prices move.", right])
    assert [v.expressed for v in again.verdicts] == [True, True]
    assert again.verdicts[0].evidence == right


def test_a_contradiction_that_is_denied_is_none() -> None:
    assert score([SUPPLIES], ["Market orders supply liquidity."]).contradictions
    assert not score([SUPPLIES], ["It is not true that market orders supply liquidity."]).contradictions


def test_coverage_counts_points_of_one_kind() -> None:
    judged = score([TAKES, RISK, SUPPLIES], ["Market orders take liquidity."])
    assert (judged.coverage(MUST), judged.coverage(BONUS)) == (1.0, 0.0)
    assert score([TAKES], []).coverage(BONUS) is None


def test_an_empty_answer_expresses_nothing() -> None:
    assert not any(v.expressed for v in score([TAKES, RISK, SUPPLIES], []).verdicts)


def test_the_banks_own_words_are_understood() -> None:
    """A check of the terms, not of the scorer: what the bank says in its own words must be seen as said."""
    points = [(q, p) for q in load_questions() for p in q.points if p.kind is not CONTRADICTION]
    said = [(q, p, text) for q, p in points for text in (p.text, *p.paraphrases)]
    missed = [(q.id, p.id, text) for q, p, text in said if not _earned(q.points, p, text)]
    assert len(missed) <= 0.03 * len(said), missed


def test_what_contradicts_the_bank_is_seen_and_what_it_says_is_no_contradiction() -> None:
    for question in load_questions():
        for point in question.points:
            texts = (point.text,) if point.kind is CONTRADICTION else (point.text, *point.paraphrases)
            for text in texts:
                found = [v.point.id for v in score(question.points, [text]).contradictions]
                assert (point.id in found) if point.kind is CONTRADICTION else not found, (question.id, text)


def _earned(points: tuple[Point, ...], point: Point, text: str) -> bool:
    return any(v.expressed for v in score(points, [text]).verdicts if v.point.id == point.id)
