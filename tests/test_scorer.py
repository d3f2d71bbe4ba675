import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.embedding import HashEmbedder
from corpus.errors import ConfigError
from corpus.questions import Point, PointKind, load_questions
from evals.rubric.scorer import Score, Scorer, Weights, default_scorer
from evals.rubric.terms import groups_stated, stem, stems

MUST, BONUS, CONTRADICTION = PointKind.MUST, PointKind.BONUS, PointKind.CONTRADICTION

TAKES = Point("must-1", MUST, "", (("market order", "marketable order"), ("take", "consume"), ("liquidity",)))
RISK = Point("bonus-1", BONUS, "", (("limit order",), ("not be filled", "unfilled")))
SUPPLIES = Point("contradiction-1", CONTRADICTION, "", (("market order",), ("market orders supply liquidity",)))


BACKGROUND = [text for question in load_questions()[:3] for point in question.points for text in point.paraphrases]
BY_TERMS = Weights(groups=1.0, alignment=0.0, words=0.0, threshold=1.0, wrong=2.0, apart=1.0)
BY_WORDS = Weights(groups=0.0, alignment=0.0, words=1.0, threshold=0.7, wrong=2.0, apart=1.0)
BY_MEANING = Weights(groups=0.0, alignment=1.0, words=0.0, threshold=0.8, wrong=0.8, apart=0.1)


def score(points: Sequence[Point], sentences: Sequence[str], weights: Weights = BY_TERMS) -> Score:
    return Scorer(HashEmbedder(), weights, BACKGROUND).score(points, sentences)


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


def test_a_point_must_stand_in_one_sentence() -> None:
    assert expressed(TAKES, "It arrives.", "A market order takes liquidity.")
    assert not expressed(TAKES, "Consider a market order.", "It takes liquidity.")


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


PARAPHRASED = replace(RISK, paraphrases=("Patient orders can end the day untraded.",))


def test_a_paraphrase_earns_a_point_by_its_words_and_by_its_meaning() -> None:
    said = "Patient orders often end their day untraded."
    assert not score([PARAPHRASED], [said]).verdicts[0].expressed
    for weights in (BY_WORDS, replace(BY_MEANING, threshold=0.7)):
        verdict = score([PARAPHRASED], ["Prices move.", said], weights).verdicts[0]
        assert (verdict.expressed, verdict.evidence) == (True, said)
        assert not score([RISK], [said], weights).verdicts[0].expressed, "without the paraphrase nothing is alike"


def test_what_is_nearer_to_a_contradiction_than_to_every_true_point_is_suspected() -> None:
    true = replace(TAKES, paraphrases=("Market orders take liquidity from the book at once.",))
    wrong = Point(
        "contradiction-1", CONTRADICTION, "Market orders add liquidity to the book at once.", (("never said",),)
    )
    said = ["Market orders add liquidity to the book at once."]
    assert score([true, wrong], said, BY_MEANING).suspicions
    assert not score([true, wrong], said, BY_MEANING).contradictions, "only its very words convict"
    assert not score([true, wrong], [true.paraphrases[0]], BY_MEANING).suspicions
    assert not score([true, wrong], said, replace(BY_MEANING, apart=0.9)).suspicions


def test_strength_is_told_of_points_that_are_not_stated() -> None:
    verdict = score([TAKES], ["A market order arrives."], BY_TERMS).verdicts[0]
    assert (verdict.expressed, verdict.evidence) == (False, "")
    assert verdict.strength == pytest.approx(1 / 3)


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "scorer.json"
    file.write_text(json.dumps({"embedder": "another", "weights": BY_TERMS.as_json()}), "utf-8")
    with pytest.raises(ConfigError, match="chosen with the model another"):
        default_scorer(file)


def test_what_contradicts_the_bank_is_seen_and_what_it_says_is_no_contradiction() -> None:
    for question in load_questions():
        true = [p for p in question.points if p.kind is not CONTRADICTION]
        for denied in question.of_kind(CONTRADICTION):
            assert groups_stated(denied, stems(denied.text)) == 1.0, (question.id, denied.id)
            accused = [t for p in true for t in ways_to_say(p) if groups_stated(denied, stems(t)) == 1.0]
            assert not accused, (question.id, denied.id)


def ways_to_say(point: Point) -> tuple[str, ...]:
    return (point.text, *point.paraphrases)
