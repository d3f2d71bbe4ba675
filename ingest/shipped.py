"""The texts that come with reglens: answer notes, rule cards and the question bank."""

from pathlib import Path

import corpus
from ingest.sources import Source, find_sources


def shipped_sources() -> list[Source]:
    """Files of the shipped library."""
    data = Path(corpus.__file__).parent / "data"
    texts, _ = find_sources([data / "notes", data / "rules"])
    return [*texts, Source(data / "question_bank.jsonl", "jsonl", label="Question bank on market microstructure")]
