"""What is known of each candidate passage, by hand, and the order that is learned from it."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.embedding import Embedder, HashEmbedder
from corpus.library import Library
from corpus.records import Chunk, Voice
from rag import rank
from rag.rank import FEATURES, Candidate, features, learned
from rag.retrieve import RetrievalSettings, Retriever
from tests.made_documents import id_of, parsed

QUESTION = "muffle noon bells under Rule 15l-1"


def chunk(document: str, start: int, section: str, text: str, voice: Voice = Voice.PREAMBLE) -> Chunk:
    return Chunk(document.ljust(16, "0"), start, start + len(text), 1, 1, section, voice, text)


DUTY = chunk("a", 0, "§ 240.15l-1 › Bells", "A dealer shall muffle noon bells.", Voice.RULE_TEXT)
LOG = chunk("a", DUTY.end + 2, "§ 240.15l-1 › Bells", "Dealers muffle old noon logs.", Voice.RULE_TEXT)
NOTE = chunk("b", 0, "II › Rule 15l-1", "17 Rule 15l-1 is discussed in a letter on noon.", Voice.FOOTNOTE)
CANDIDATES = (Candidate(DUTY, 8.0, 0.5, 0.9), Candidate(LOG, 4.0, 0.75, 0.6), Candidate(NOTE, 0.0, 0.25, 0.3))
RARITY = {"muffl": 4.0, "noon": 3.0, "bell": 1.0, "under": 2.0, "rule": 1.0, "15l": 0.5, "1": 0.5}  # 12 in all
BY_HAND = {
    "words": (1, 1 / 2, 0),
    "words_share": (8 / 12, 4 / 12, 0),
    "meaning": (0.5, 0.75, 0.25),
    "meaning_behind": (-0.25, 0, -0.5),
    "coverage": (8 / 12, 7 / 12, 5 / 12),
    # muffle noon 7, noon bells 4, bells under 3, under rule 3, rule 15l 1.5, 15l 1 1: 19.5 in all;
    # a word may stand between, as in "muffle old noon".
    "pairs": (11 / 19.5, 7 / 19.5, 2.5 / 19.5),
    "heading_coverage": (1.5 / 12, 1.5 / 12, 2 / 12),
    "length": (math.log(6), math.log(6), math.log(8)),
    "density": (3 / 5, 2 / 5, 4 / 7),
    "neighbour": (0.6, 0.9, 0),
    "document": (0.5, 0.5, 0.1),
    "references": (0, 0, 1),
    "section_references": (1, 1, 0),
    "footnote": (0, 0, 1),
    "request_for_comment": (0, 0, 0),
    "economic_analysis": (0, 0, 0),
    "paperwork_burden": (0, 0, 0),
}


def column(library: Library, question: str, candidates: Sequence[Candidate], name: str) -> list[float]:
    found: list[float] = features(question, candidates, library)[:, FEATURES.index(name)].tolist()
    return found


@pytest.fixture
def library(empty: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library in which words are as rare as is written above."""
    monkeypatch.setattr(Library, "rarity", lambda _, terms: {term: RARITY.get(term, 1.0) for term in terms})
    return empty


def test_every_feature_is_worked_out_by_hand() -> None:
    assert tuple(BY_HAND) == FEATURES


@pytest.mark.parametrize("name", BY_HAND)
def test_features_by_hand(library: Library, name: str) -> None:
    assert column(library, QUESTION, CANDIDATES, name) == pytest.approx(BY_HAND[name], abs=1e-6)


def test_of_a_paragraph_that_is_named_its_section_has_a_share(library: Library) -> None:
    # Named are 15l-1(b)(2), 15l-1(b) and 15l-1; the heading names the last of them.
    question = "What does Rule 15l-1(b)(2) say?"
    assert column(library, question, CANDIDATES, "section_references") == pytest.approx([1 / 3, 1 / 3, 0])


def test_a_voice_is_that_of_the_candidate(library: Library) -> None:
    voices = (Voice.REQUEST_FOR_COMMENT, Voice.ECONOMIC_ANALYSIS, Voice.PAPERWORK_BURDEN, Voice.PREAMBLE)
    found = features(QUESTION, [Candidate(replace(LOG, voice=v), 1.0, 0.5, 0.5) for v in voices], library)
    assert found[:, -3:].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]


def test_only_what_stands_close_by_in_the_same_section_is_a_neighbour(library: Library) -> None:
    far = replace(LOG, start=LOG.start + 2, end=LOG.end + 2)  # four characters behind
    elsewhere = replace(LOG, section="§ 240.15l-2 › Logs")
    for other in (far, elsewhere):
        pair = (Candidate(DUTY, 8.0, 0.5, 0.9), Candidate(other, 4.0, 0.75, 0.6))
        assert column(library, QUESTION, pair, "neighbour") == [0, 0]


def test_the_shipped_weights_are_of_the_features_and_of_nothing_else() -> None:
    stored = json.loads(files("rag").joinpath("data/ranker.json").read_text("utf-8"))["weights"]
    assert set(stored) == set(FEATURES)
    assert len(FEATURES) == len(set(FEATURES)) == 17
    assert rank.weights().tolist() == pytest.approx([stored[name] for name in FEATURES], rel=1e-5)


def test_candidates_are_ranked_by_the_weighted_sum(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    only = dict.fromkeys(FEATURES, 0.0) | {"meaning": 1.0, "footnote": 0.4}  # sums 0.5, 0.75, 0.65
    monkeypatch.setattr(rank, "weights", lambda: np.array([only[name] for name in FEATURES], dtype=np.float32))
    assert [c.chunk for c in learned(library)(QUESTION, CANDIDATES)] == [LOG, NOTE, DUTY]


def test_ties_stay_as_they_came(library: Library) -> None:
    same = [Candidate(chunk(letter, 0, "", "A dealer shall muffle noon bells."), 2.0, 0.5, 0.5) for letter in "cabd"]
    for order in (same, same[::-1]):
        assert learned(library)(QUESTION, order) == order


def test_nothing_is_ranked_as_nothing(library: Library) -> None:
    assert learned(library)(QUESTION, []) == []
    assert features(QUESTION, [], library).shape == (0, 17)


TEXTS = {
    "a1": "Muffled noon bells please.",
    "b2": "Muffled noon gongs ring in markets.",
    "c3": "Noon ledgers are kept by dealers in a cellar.",
}
ASKED = "muffled noon bells"


def turned(question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Worst first."""
    return list(candidates)[::-1]


def filled(library: Library) -> Library:
    with library.writing():
        library.add([parsed(identity, text) for identity, text in TEXTS.items()])
    return library


@pytest.mark.parametrize(("ranker", "order"), [(False, ["a1", "b2", "c3"]), (True, ["c3", "b2", "a1"])])
def test_the_ranker_is_asked_only_where_the_settings_want_it(empty: Library, ranker: bool, order: list[str]) -> None:
    found = Retriever(filled(empty), RetrievalSettings(ranker=ranker), ranker=turned).search(ASKED, 3).passages
    assert [p.document.id for p in found] == [id_of(identity) for identity in order]
    scores = [p.score for p in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1.0)  # the best by words and by meaning; a place keeps its score


_DIM = 4096  # so many buckets that no two of the words share one


class Taught(HashEmbedder):
    """Reads every question as one about ledgers."""

    @property
    def questions(self) -> Embedder:
        return _Ledgers(_DIM)


class _Ledgers(HashEmbedder):
    def embed_query(self, text: str) -> NDArray[np.float32]:
        return super().embed_query("ledgers are kept by dealers")


def test_passages_are_found_by_the_taught_vector_and_read_with_the_cosine_of_the_librarys_own(tmp_path: Path) -> None:
    library = filled(Library(tmp_path / "library", Taught(_DIM), create=True))
    found = Retriever(library, RetrievalSettings(ranker=False, meaning_weight=1.0)).search_to_answer(ASKED, 3).passages
    library.close()
    assert found[0].document.id == id_of("c3")
    # Embedded with the line "A rule" in front: 6 words, 3 of them the question's; 8 words, 2 of them;
    # 11 words, 1 of them, with "a" twice: √3 for the question, and √(9 + 2²) for the text.
    cosines = {p.document.id: p.cosine for p in found}
    assert cosines == pytest.approx(
        {
            id_of("a1"): 3 / math.sqrt(3 * 6),
            id_of("b2"): 2 / math.sqrt(3 * 8),
            id_of("c3"): 1 / math.sqrt(3 * 13),
        },
        abs=1e-4,
    )
