"""The question encoder that ships, as differences from the model that it was taught from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file
from torch import nn

from corpus.adapter import QUESTION_ADAPTER, Adapter, apply, differences
from corpus.embedding import HashEmbedder, QuestionEmbedder, SentenceEmbedder
from corpus.errors import ConfigError, ModelError
from corpus.models import sha256_of
from corpus.settings import CorpusSettings

QUESTION = "Which duties does a broker owe to its customers?"


class Tiny(nn.Module):
    """A matrix of three rows, a vector and a matrix that stays as it is, all of them made by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), requires_grad=False)
        self.bias = nn.Parameter(torch.tensor([0.5, -0.5, 0.25]), requires_grad=False)
        self.still = nn.Parameter(torch.tensor([[7.0, 8.0]]), requires_grad=False)


def taught() -> Tiny:
    """Moves by up to 1.27, 0.0127 and 0 in the rows of the matrix, and by up to 2.54 in the vector."""
    model = Tiny()
    model.rows.add_(torch.tensor([[1.27, -0.5], [0.0127, 0.004], [0.0, 0.0]]))
    model.bias.add_(torch.tensor([2.54, -1.0, 0.0]))
    return model


def packed(path: Path) -> Adapter:
    save_file(differences(Tiny().state_dict(), taught().state_dict()), path)
    return Adapter("tiny-1", "tiny", path, sha256_of(path), "Apache-2.0")


def test_each_row_has_steps_of_its_own_size() -> None:
    found = differences(Tiny().state_dict(), taught().state_dict())
    assert found["rows"].dtype == found["bias"].dtype == np.int8
    assert found["rows"].tolist() == [[127, -50], [127, 40], [0, 0]]
    assert found["rows.scale"].dtype == np.float32
    assert found["rows.scale"][:2].tolist() == pytest.approx([0.01, 0.0001], rel=1e-3)
    assert found["bias"].tolist() == [127, -50, 0]
    assert found["bias.scale"].tolist() == pytest.approx([0.02], rel=1e-5)


def test_a_weight_that_did_not_move_is_not_kept() -> None:
    found = differences(Tiny().state_dict(), taught().state_dict())
    assert set(found) == {"rows", "rows.scale", "bias", "bias.scale"}
    assert differences(Tiny().state_dict(), Tiny().state_dict()) == {}


def test_what_was_taught_comes_back_within_half_a_step(tmp_path: Path) -> None:
    model, wanted = Tiny(), taught()
    apply(packed(tmp_path / "tiny.safetensors"), model)
    steps = torch.tensor([[0.01], [0.0001], [0.0]])
    assert bool(((model.rows - wanted.rows).abs() <= steps / 2 + 1e-6).all())
    assert bool(((model.bias - wanted.bias).abs() <= 0.01 + 1e-6).all())
    assert model.rows[2].tolist() == [5.0, 6.0]
    assert model.still.tolist() == [[7.0, 8.0]]
    assert model.rows[0].tolist() == pytest.approx([2.27, 1.5], abs=1e-5)


def test_a_file_that_is_not_the_published_one_is_refused(tmp_path: Path) -> None:
    adapter, model = packed(tmp_path / "tiny.safetensors"), Tiny()
    with pytest.raises(ModelError, match=r"is not the published tiny-1: .*expected 000000000000") as caught:
        apply(replace(adapter, sha256="0" * 64), model)
    assert 'question_model = "plain"' in caught.value.remedy
    assert model.rows.tolist() == Tiny().rows.tolist()


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no file") as caught:
        apply(replace(QUESTION_ADAPTER, path=tmp_path / "none.safetensors"), Tiny())
    assert 'question_model = "plain"' in caught.value.remedy


def test_the_shipped_file_is_the_published_one_and_small() -> None:
    assert sha256_of(QUESTION_ADAPTER.path) == QUESTION_ADAPTER.sha256
    assert QUESTION_ADAPTER.path.stat().st_size < 30_000_000


def test_questions_are_read_by_the_taught_model_and_passages_by_the_base() -> None:
    base = SentenceEmbedder(CorpusSettings(precision="float32"))
    assert isinstance(base.questions, QuestionEmbedder)
    assert base.questions is base.questions
    plain, learned = base.embed_query(QUESTION), base.questions.embed_query(QUESTION)
    assert learned.shape == plain.shape == (384,)
    assert float(np.linalg.norm(learned)) == pytest.approx(1, abs=1e-5)
    assert 0.3 < float(plain @ learned) < 0.999
    assert base.embed_documents([QUESTION]).vectors[0] @ plain == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    "settings", [CorpusSettings(question_model="plain"), CorpusSettings(embedding_model="another/model")]
)
def test_other_embedders_read_questions_themselves(settings: CorpusSettings) -> None:
    embedder = SentenceEmbedder(settings)
    assert embedder.questions is embedder


def test_hashed_words_are_their_own_questions() -> None:
    embedder = HashEmbedder()
    assert embedder.questions is embedder


def test_an_unknown_question_model_is_refused() -> None:
    with pytest.raises(ConfigError, match="question_model='clever'") as caught:
        CorpusSettings(question_model="clever")
    assert caught.value.remedy == "use one of: default, plain"
