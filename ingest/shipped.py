"""The texts that come with reglens: answer notes, rule cards and the question bank."""

from pathlib import Path

import corpus
from ingest.sources import Source, find_sources


def shipped_sources() -> list[Source]:
    """Files of the shipped library."""
    data = Path(corpus.__file__).parent / "data"
    return find_sources([data / "notes", data / "rules", data / "question_bank.jsonl"])[0]
