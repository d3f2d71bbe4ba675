"""Whether what was found repeats the rubric. Pure."""

from collections.abc import Iterator, Sequence

from corpus.questions import PointKind, Question
from evals.rubric.terms import stems

_WORDS = 8  # in a row: by chance, two texts on one subject hardly ever share as many


def leaks(question: Question, texts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Texts that repeat eight words in a row of a point that an answer should state.

    Args:
        question: whose points must not be found.
        texts: title and text of each passage that was found.

    Yields:
        The title and the repeated words, once a text.
    """
    runs = {run for point in question.points if point.kind is not PointKind.CONTRADICTION for run in _runs(point.text)}
    for title, text in texts:
        repeated = next((run for run in _runs(text) if run in runs), None)
        if repeated:
            yield f"{title}: … {' '.join(repeated)} …"


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = stems(text)
    for first in range(len(words) - _WORDS + 1):
        yield words[first : first + _WORDS]
