"""Texts to unit vectors. sentence-transformers lives here and is imported on first use."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.adapter import QUESTION_ADAPTER, apply
from corpus.errors import ModelError
from corpus.models import DEFAULT_EMBEDDER, checked_folder
from corpus.settings import CorpusSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors and what their model could not read.

    Attributes:
        vectors: shape ``(n, dim)``, float32, each row of length 1 (or 0 for an empty text).
        truncated: how many texts were longer than the model reads.
    """

    vectors: NDArray[np.float32]
    truncated: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words, or pieces of words, of one text, punctuation left out.

    Attributes:
        vectors: of each piece in its sentence, shape ``(len(pieces), dim)``, float32, each row of length 1.
    """

    pieces: tuple[str, ...]
    vectors: NDArray[np.float32]


class TokenEmbedder(Protocol):
    """Anything that maps the words of a text to unit vectors, each in the light of its sentence."""

    @property
    def name(self) -> str:
        """Of the model."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text, as far as the model reads."""
        ...

    def pieces(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """The same pieces without their vectors, which is much faster."""
        ...


class Embedder(Protocol):
    """Anything that maps texts to unit vectors."""

    @property
    def name(self) -> str:
        """Written into the library; a library answers only the embedder that built it."""
        ...

    @property
    def questions(self) -> "Embedder":
        """The embedder for what is searched for: itself, or one taught to lay questions near their answers."""
        ...

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Embedded:
        """Embed texts to be found; ``progress`` is told how many more are done."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Embed a question, shape ``(dim,)``."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed many questions at once, shape ``(n, dim)``, at least one."""
        ...


class SentenceEmbedder:
    """A sentence-transformers model on the CPU.

    The precision is part of nothing's name: bfloat16 moves a cosine by about 0.001
    (measured in benchmarks/), so a library may be built on one machine and asked on another.
    """

    def __init__(self, settings: CorpusSettings) -> None:
        self._settings = settings
        default = settings.embedding_model == "default"
        self.name = DEFAULT_EMBEDDER.name if default else settings.embedding_model
        self._source = "" if default else settings.embedding_model
        self._known = lru_cache(maxsize=64)(self._question)  # one question is asked for several times in one answer

    @property
    def is_local(self) -> bool:
        """Whether the model is read from this machine's disk."""
        return not self._source or Path(self._source).is_dir()

    @cached_property
    def questions(self) -> "Embedder":
        """See :class:`Embedder`."""
        taught = self._settings.question_model == "default" and self.name == QUESTION_ADAPTER.base
        return QuestionEmbedder(self._settings) if taught else self

    @cached_property
    def precision(self) -> str:
        """The precision in use: "float32" or "bfloat16"."""
        if self._settings.precision != "auto":
            return self._settings.precision
        import torch

        native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
        return "bfloat16" if native else "float32"

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        if self.is_local:
            os.environ["HF_HUB_OFFLINE"] = "1"
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        source = str(checked_folder(DEFAULT_EMBEDDER)) if not self._source else self._source
        try:
            model = SentenceTransformer(source, device="cpu", local_files_only=self.is_local)
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the embedding model {source!r} cannot be loaded: {str(error).splitlines()[0]}",
                remedy='name a sentence-transformers folder or hub model in [corpus] embedding_model, or "default"',
            ) from error
        self._teach(model)
        return model.bfloat16() if self.precision == "bfloat16" else model

    def _teach(self, model: "SentenceTransformer") -> None:
        """Change the model's weights before it is used; this one's stay as published."""

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Embedded:
        """See :class:`Embedder`. Texts of like length are embedded together, so little is padded."""
        if not texts:
            return Embedded(np.zeros((0, 0), dtype=np.float32), 0)
        return Embedded(self._embed(self._model.encode_document, texts, progress), self._count_truncated(texts))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        return self._known(text)

    def _question(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self._encode(self._model.encode_query, [text])[0]
        row.flags.writeable = False
        return row

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        return self._embed(self._model.encode_query, texts)

    def embed_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """See :class:`TokenEmbedder`."""
        pieces = self._all_pieces(texts)
        found: dict[int, Tokens] = {}
        for batch in self._batches(texts):
            rows = self._model.encode(
                [texts[i] for i in batch],
                output_value="token_embeddings",
                batch_size=len(batch),
                show_progress_bar=False,
            )
            for i, row in zip(batch, rows, strict=True):
                kept = [n for n, piece in enumerate(pieces[i]) if _is_word(piece)]
                vectors: NDArray[np.float32] = row.float().numpy()[kept]
                vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
                found[i] = Tokens(tuple(pieces[i][n] for n in kept), vectors)
        return [found[i] for i in range(len(texts))]

    def pieces(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """See :class:`TokenEmbedder`."""
        return [tuple(piece for piece in row if _is_word(piece)) for row in self._all_pieces(texts)]

    def _all_pieces(self, texts: Sequence[str]) -> list[list[str]]:
        tokenizer = self._model.tokenizer
        limit = self._model.max_seq_length
        rows = tokenizer(list(texts), truncation=True, max_length=limit, padding=False, verbose=False)["input_ids"]
        return [tokenizer.convert_ids_to_tokens(row) for row in rows]

    def _embed(
        self, encode: Any, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        batches = list(self._batches(texts))
        rows: list[NDArray[np.float32]] = []
        for batch in batches:
            rows.append(self._encode(encode, [texts[i] for i in batch]))
            if progress:
                progress(len(batch))
        vectors = np.empty((len(texts), rows[0].shape[1]), dtype=np.float32)
        vectors[[i for batch in batches for i in batch]] = np.concatenate(rows)
        return vectors

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Positions of texts, those of like length together."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        size = self._settings.batch_size
        for low in range(0, len(order), size):
            yield order[low : low + size]

    def _encode(self, encode: Any, texts: list[str]) -> NDArray[np.float32]:
        tensor = encode(texts, batch_size=len(texts), convert_to_tensor=True, show_progress_bar=False)
        rows: NDArray[np.float32] = tensor.float().numpy()
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
        return unit

    def _count_truncated(self, texts: Sequence[str]) -> int:
        limit = self._model.max_seq_length
        if limit is None:
            return 0
        longest = [text for text in texts if len(text) > limit]  # a token is at least one character
        if not longest:
            return 0
        ids = self._model.tokenizer(longest, truncation=False, padding=False, verbose=False)["input_ids"]
        return sum(len(row) > limit for row in ids)


class QuestionEmbedder(SentenceEmbedder):
    """The default model with the adapter that was taught on regulation: for questions only."""

    def _teach(self, model: "SentenceTransformer") -> None:
        apply(QUESTION_ADAPTER, model[0].get_submodule("auto_model"))


class HashEmbedder:
    """Words hashed into ``dim`` buckets. No download and no model: for tests; it matches words, not meaning."""

    def __init__(self, dim: int = 256) -> None:
        self._dim = dim
        self.name = f"hash-{dim}"

    @property
    def questions(self) -> "Embedder":
        """See :class:`Embedder`."""
        return self

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Embedded:
        """See :class:`Embedder`."""
        rows = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _bare_words(text):
                row[crc32(word.encode()) % self._dim] += 1.0
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, norms, out=rows, where=norms > 0)
        if progress:
            progress(len(texts))
        return Embedded(rows, 0)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        row: NDArray[np.float32] = self.embed_documents([text]).vectors[0]
        return row

    def embed_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """See :class:`TokenEmbedder`."""
        rows = self.pieces(texts)
        return [
            Tokens(row, self.embed_documents(row).vectors if row else np.zeros((0, self._dim), np.float32))
            for row in rows
        ]

    def pieces(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """See :class:`TokenEmbedder`."""
        return [tuple(word for word in _bare_words(text) if word) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        return self.embed_documents(texts).vectors


def _bare_words(text: str) -> list[str]:
    return [word.strip(".,;:?!()") for word in text.lower().split()]


def _is_word(piece: str) -> bool:
    return any(c.isalnum() for c in piece) and not (piece.startswith("[") and piece.endswith("]"))


def load_embedder(settings: CorpusSettings) -> Embedder:
    """The embedder that the settings name; ``hash-256`` is the one of the tests."""
    if settings.embedding_model.startswith("hash-"):
        return HashEmbedder(int(settings.embedding_model.removeprefix("hash-")))
    return SentenceEmbedder(settings)
