"""Whether an answer states the points of a question: no language model, the same verdict every time.

Each sentence of the answer is held against each point by three signs: the groups of the
point's terms that stand in it; how well the point, or the ways to say it that come nearest,
can be aligned with it word by word in meaning (``alignment.py``); and the share of their
words that stand in it. The signs are weighed and the best sentence decides. Weights and
thresholds were chosen on one half of ``evals/data/point_labels.jsonl`` and are measured on
the other (``reglens eval scorer``).

What it cannot see: an answer that uses a point's words to deny it earns the point, unless the
denial is one of the question's contradictions; nor does it follow an argument that is spread
over several sentences.
"""

import json
from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.embedding import Embedder, HashEmbedder, SentenceEmbedder, TokenEmbedder
from corpus.errors import ConfigError
from corpus.questions import Point, PointKind, load_questions
from corpus.settings import CorpusSettings
from evals.rubric.alignment import Aligner
from evals.rubric.terms import Rarity, groups_stated, share_stated, stems, telling

SHIPPED = Path(__file__).parents[1] / "data" / "scorer.json"
_NEAREST = 3  # ways to say a point that count


@dataclass(frozen=True, slots=True)
class Weights:
    """How signs become a verdict; all values from 0 to 1.

    Attributes:
        groups: weight of the share of the point's groups of terms.
        alignment: weight of the likeness in meaning, word by word.
        words: weight of the share of the point's words.
        threshold: weighted sum from which a point counts as stated.
        wrong: weighted sum from which a contradiction is suspected, if besides ...
        apart: ... it is nearer in meaning than every true point of the question by this much.
    """

    groups: float
    alignment: float
    words: float
    threshold: float
    wrong: float
    apart: float

    def as_json(self) -> dict[str, float]:
        """Every value under its name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer states a point.

    Attributes:
        strength: the weighted sum of the best sentence, 0 to 1.
        evidence: that sentence; "" when the point is neither stated nor suspected.
        suspected: a contradiction that is near in meaning but not in the words that only a
            wrong answer has; for a person to look at, and not counted.
    """

    point: Point
    expressed: bool
    strength: float
    evidence: str
    suspected: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts on one answer, in the order of the points."""

    verdicts: tuple[Verdict, ...]

    def coverage(self, kind: PointKind) -> float | None:
        """Share of the points of a kind that are stated, 0 to 1; None when there are none."""
        of_kind = [v.expressed for v in self.verdicts if v.point.kind is kind]
        return sum(of_kind) / len(of_kind) if of_kind else None

    @property
    def contradictions(self) -> tuple[Verdict, ...]:
        """The contradictions that the answer states."""
        return tuple(v for v in self.verdicts if v.point.kind is PointKind.CONTRADICTION and v.expressed)

    @property
    def suspicions(self) -> tuple[Verdict, ...]:
        """The contradictions that it may state."""
        return tuple(v for v in self.verdicts if v.suspected)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one point in one sentence of an answer, each from 0 to 1.

    Attributes:
        apart: the alignment less that of the nearest true point of the question, -1 to 1;
            0 for a point that is true itself.
    """

    groups: float
    alignment: float
    words: float
    apart: float = 0.0

    def strength(self, weights: Weights) -> float:
        """The weighted sum."""
        return weights.groups * self.groups + weights.alignment * self.alignment + weights.words * self.words

    def states(self, point: Point, weights: Weights) -> bool:
        """The verdict on this sentence alone; a contradiction is stated in so many words or not at all."""
        if point.kind is PointKind.CONTRADICTION:
            return self.groups == 1.0
        return self.strength(weights) >= weights.threshold

    def suspects(self, weights: Weights) -> bool:
        """Whether this sentence comes near the point, a contradiction, without saying it in so many words."""
        return self.groups < 1.0 and self.strength(weights) >= weights.wrong and self.apart >= weights.apart


class Scorer:
    """Holds answers against rubric points.

    Args:
        embedder: aligns words; the one that the weights were chosen with.
        weights: see :class:`Weights`.
        background: statements by which it is judged how telling a word is.
    """

    def __init__(self, embedder: TokenEmbedder, weights: Weights, background: Sequence[str]) -> None:
        self.weights = weights
        self._name = embedder.name
        self._aligner = Aligner(embedder, background)
        self._rarity = Rarity(telling(stems(text)) for text in background)

    @property
    def made_with(self) -> dict[str, object]:
        """What its verdicts depend on."""
        return {"embedder": self._name, "weights": self.weights.as_json()}

    def score(self, points: Sequence[Point], sentences: Sequence[str]) -> Score:
        """Judge an answer; a sentence that states a contradiction earns no other point.

        Args:
            points: of one question.
            sentences: of the answer, in its order.
        """
        signs = self.signs(points, sentences)
        tainted = {
            n
            for point in points
            if point.kind is PointKind.CONTRADICTION
            for n, sign in enumerate(signs[point.id])
            if sign.states(point, self.weights)
        }
        return Score(tuple(self._verdict(point, signs[point.id], sentences, tainted) for point in points))

    def _verdict(
        self, point: Point, signs: Sequence[Signs], sentences: Sequence[str], tainted: Container[int]
    ) -> Verdict:
        wrong = point.kind is PointKind.CONTRADICTION
        usable = [n for n in range(len(signs)) if wrong or n not in tainted]
        stating = [n for n in usable if signs[n].states(point, self.weights)]
        suspect = [n for n in usable if wrong and not stating and signs[n].suspects(self.weights)]
        best = max(stating or suspect or usable, key=lambda n: round(signs[n].strength(self.weights), 6), default=None)
        strength = signs[best].strength(self.weights) if best is not None else 0.0
        evidence = sentences[best] if best is not None and (stating or suspect) else ""
        return Verdict(point, bool(stating), strength, evidence, bool(suspect))

    def signs(self, points: Sequence[Point], sentences: Sequence[str]) -> dict[str, list[Signs]]:
        """The signs of every sentence, by point."""
        self._aligner.learn([*sentences, *(text for point in points for text in _statements(point))])
        aligned = {point.id: [self._alignment(point, sentence) for sentence in sentences] for point in points}
        true = [aligned[p.id] for p in points if p.kind is not PointKind.CONTRADICTION]
        nearest = [max((row[n] for row in true), default=0.0) for n in range(len(sentences))]
        said = [stems(sentence) for sentence in sentences]
        return {
            point.id: [
                Signs(
                    groups_stated(point, said[n]),
                    aligned[point.id][n],
                    max((share_stated(stems(t), said[n], self._rarity) for t in _statements(point)), default=0.0),
                    aligned[point.id][n] - nearest[n] if point.kind is PointKind.CONTRADICTION else 0.0,
                )
                for n in range(len(sentences))
            ]
            for point in points
        }

    def _alignment(self, point: Point, sentence: str) -> float:
        """The mean of the nearest ways to say the point."""
        nearest = sorted((self._aligner.recall(text, sentence) for text in _statements(point)), reverse=True)[:_NEAREST]
        return sum(nearest) / len(nearest) if nearest else 0.0


def _statements(point: Point) -> tuple[str, ...]:
    return tuple(text for text in (point.text, *point.paraphrases) if text)


def bank_statements() -> list[str]:
    """Every way of saying every point of the shipped bank."""
    return [text for question in load_questions() for point in question.points for text in _statements(point)]


def default_scorer(file: Path = SHIPPED) -> Scorer:
    """The scorer with its own model, in float32 so that no machine's arithmetic changes a verdict.

    Raises:
        ConfigError: if the weights were chosen with another model than the one at hand.
    """
    embedder = scoring_model()
    chosen_with = json.loads(file.read_text("utf-8"))["embedder"]
    if chosen_with != embedder.name:
        raise ConfigError(
            f"the scorer's weights were chosen with the model {chosen_with}, not {embedder.name}",
            remedy="choose them anew: reglens eval scorer --choose FILE",
        )
    return Scorer(embedder, read_weights(file), bank_statements())


def scoring_model() -> SentenceEmbedder:
    """The model that aligns words, whatever model the library has."""
    return SentenceEmbedder(CorpusSettings(precision="float32"))


def scorer_beside(embedder: Embedder) -> Scorer:
    """The scorer for a library of this model: one of its own, or hashed words where the library's are."""
    if isinstance(embedder, HashEmbedder):
        return Scorer(embedder, read_weights(), bank_statements())
    return default_scorer()


def read_weights(file: Path = SHIPPED) -> Weights:
    """Weights that ``reglens eval scorer --choose`` wrote."""
    return Weights(**json.loads(file.read_text("utf-8"))["weights"])
