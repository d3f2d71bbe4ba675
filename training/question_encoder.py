"""Teach the questions, and only them, to lie near the passages that answer them.

    python -m training.question_encoder --out FOLDER --task LIBRARY:PAIRS[:EPOCHS] ...

The vectors of the passages stay as they are, so a library need not be embedded again, every
passage of it is a wrong answer to learn from, and an epoch costs what its questions cost. The
loss is the cross-entropy over all passages of the library of the mass that lies on the right
ones (multiple positives in the numerator, as in Khattab et al. 2021, section 3), at a scale of 20.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from torch import Tensor, nn

from corpus.access import open_library
from corpus.adapter import differences
from corpus.models import DEFAULT_EMBEDDER, checked_folder, sha256_of

SCALE = 20.0
MOST_PASSAGES = 24_000  # of one library that a question is told from; others are left out by chance


class AmongAll(nn.Module):
    """Cross-entropy of a question's right passages among all of a library's.

    Args:
        model: gives a question its vector.
        passages: their vectors, shape ``(n, dim)``, of length 1.
        right: rows of ``passages`` that answer each pair's question.
    """

    def __init__(self, model: SentenceTransformer, passages: NDArray[np.float32], right: Sequence[list[int]]) -> None:
        super().__init__()
        self.model = model
        self.right = right
        self.register_buffer("passages", torch.from_numpy(passages), persistent=False)

    def forward(self, sentence_features: Sequence[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Mean loss of a batch; ``labels`` number its pairs."""
        questions = nn.functional.normalize(self.model(sentence_features[0])["sentence_embedding"], dim=-1)
        scores = SCALE * questions @ self.passages.T  # type: ignore[operator]
        own = torch.stack(
            [torch.logsumexp(row[self.right[n]], 0) for row, n in zip(scores, labels.tolist(), strict=True)]
        )
        return (torch.logsumexp(scores, 1) - own).mean()

    def get_config_dict(self) -> dict[str, Any]:
        """For the model card."""
        return {"scale": SCALE}


def load_task(library: Path, pairs: Path, seed: int) -> tuple[list[str], NDArray[np.float32], list[list[int]]]:
    """Questions, passage vectors of shape ``(n, dim)`` and the right rows of each question."""
    opened = open_library(library)
    ids: list[str] = []
    rows: list[NDArray[np.float32]] = []
    for some, vectors in opened.catalog.vectors.each():
        ids += some
        rows.append(vectors)
    opened.close()
    matrix = np.concatenate(rows)
    lines = [json.loads(line) for line in pairs.read_text("utf-8").splitlines()]
    needed = {chunk for line in lines for chunk in line["chunks"]}
    others = np.array([n for n, chunk in enumerate(ids) if chunk not in needed])
    room = max(MOST_PASSAGES - len(needed), 0)
    drawn = set(np.random.default_rng(seed).choice(others, min(room, len(others)), replace=False).tolist())
    kept = [n for n, chunk in enumerate(ids) if chunk in needed or n in drawn]
    place = {ids[n]: row for row, n in enumerate(kept)}
    found = [(line["question"], [place[c] for c in line["chunks"] if c in place]) for line in lines]
    found = [(question, right) for question, right in found if right]
    return [question for question, _ in found], matrix[kept], [right for _, right in found]


def train(tasks: Sequence[tuple[Path, Path, int]], out: Path, *, rate: float, batch: int, seed: int) -> None:
    """Train on all tasks at once, each repeated as often as its epochs say, and save the model."""
    model = SentenceTransformer(str(checked_folder(DEFAULT_EMBEDDER)), device="cpu", local_files_only=True)
    for parameter in model[0].get_submodule("auto_model.embeddings").parameters():
        parameter.requires_grad = False  # 12 of its 23 million weights, and what most words mean is known
    data: dict[str, Dataset] = {}
    losses: dict[str, nn.Module] = {}
    for number, (library, pairs, epochs) in enumerate(tasks):
        questions, passages, right = load_task(library, pairs, seed)
        name = f"task{number}"
        order = list(range(len(questions))) * epochs
        data[name] = Dataset.from_dict({"question": [questions[n] for n in order], "label": order})
        losses[name] = AmongAll(model, passages, right)
        print(f"{pairs.name}: {len(questions)} questions, {len(passages)} passages, {epochs} epochs", flush=True)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(out / "work"),
        num_train_epochs=1,
        per_device_train_batch_size=batch,
        learning_rate=rate,
        weight_decay=0.01,
        warmup_steps=0.1,
        lr_scheduler_type="linear",
        multi_dataset_batch_sampler="proportional",
        save_strategy="no",
        report_to="none",
        logging_steps=50,
        disable_tqdm=True,
        seed=seed,
        use_cpu=True,
    )
    SentenceTransformerTrainer(model=model, args=arguments, train_dataset=data, loss=losses).train()
    model.save(str(out))
    pack(model, out / "adapter.safetensors")


def pack(taught: SentenceTransformer, path: Path) -> None:
    """Write what was learned as differences from the base model, and say what the file is to be known by."""
    base = SentenceTransformer(str(checked_folder(DEFAULT_EMBEDDER)), device="cpu", local_files_only=True)
    save_file(differences(_weights(base), _weights(taught)), path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, sha256 {sha256_of(path)}")


def _weights(model: SentenceTransformer) -> dict[str, Any]:
    return model[0].get_submodule("auto_model").state_dict()


def main() -> None:
    """Read the tasks from the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--task", action="append", required=True, help="LIBRARY:PAIRS[:EPOCHS]")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tasks = [(Path(a), Path(b), int(rest[0]) if rest else 1) for a, b, *rest in (t.split(":") for t in options.task)]
    train(tasks, options.out, rate=options.rate, batch=options.batch, seed=options.seed)


if __name__ == "__main__":
    main()
