"""Judged questions of a benchmark: a part to teach the encoder, a part to fit the ranker, a part kept apart.

    python -m training.judged FOLDER --library LIBRARY --out FOLDER

FOLDER is in BEIR form and LIBRARY was filled from it by ``reglens eval retrieval FOLDER --library
LIBRARY``. Writes ``encoder.jsonl`` (pairs, as ``training.pairs`` does) and the ids of the other
two parts, ``ranker.txt`` and ``held_out.txt``, as ``eval retrieval --queries`` takes them.
"""

import argparse
import json
from pathlib import Path
from random import Random

from corpus.access import open_library
from evals.datasets import json_lines, load_beir
from evals.retrieval import document_id

HELD, FOR_RANKER = 560, 200


def split(ids: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Ids of the questions for the encoder, for the ranker and of those kept apart; the same ids split alike."""
    order = list(range(len(ids)))
    Random(11).shuffle(order)
    held = sorted(ids[n] for n in order[:HELD])
    chosen = list(range(len(held)))
    Random(5).shuffle(chosen)
    ranker = sorted(held[n] for n in chosen[:FOR_RANKER])
    return [ids[n] for n in sorted(order[HELD:])], ranker, sorted(set(held) - set(ranker))


def main() -> None:
    """Split, and write the three parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    benchmark = load_beir(options.folder)
    asked = [row["_id"] for _, row in json_lines(options.folder / "queries.jsonl") if row["_id"] in benchmark.qrels]
    encoder, ranker, kept = split(asked)
    library = open_library(options.library)
    chunks = {p.id: [chunk.id for chunk in library.chunks(document_id(p))] for p in benchmark.passages}
    library.close()
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "encoder.jsonl").open("w", encoding="utf-8") as file:
        for query in encoder:
            right = [chunk for passage in benchmark.qrels[query] for chunk in chunks.get(passage, ())]
            if right:
                file.write(json.dumps({"kind": "judged", "question": benchmark.queries[query], "chunks": right}) + "\n")
    (options.out / "ranker.txt").write_text("\n".join(ranker) + "\n", "utf-8")
    (options.out / "held_out.txt").write_text("\n".join(kept) + "\n", "utf-8")
    print(f"{len(encoder)} questions for the encoder, {len(ranker)} for the ranker, {len(kept)} kept apart")


if __name__ == "__main__":
    main()
