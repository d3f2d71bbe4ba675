"""Hand labels of obligations: which sentences bind someone, and to what.

A label names a place, not a text: offsets in the document's text, a check of the sentence
there, and its first and last four words, by which it is found again after the text moved.

What the fields hold, all as printed and cut to a few words: ``deadline`` any time for the act,
the start of its clock and how long a record is kept; ``threshold`` a degree, an amount or a
condition (if, unless, when, so long as) without which the duty does not arise.
"""

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from evals.datasets import json_lines, text

LABELS = Path(str(files("evals") / "data" / "impact_labels.jsonl"))
PARTS = ("dev", "check")


@dataclass(frozen=True, slots=True)
class ImpactLabel:
    """What a person read in one sentence.

    Attributes:
        document: release number.
        start: of the sentence in the document's text; ``end`` is past it.
        check: of the sentence, by :func:`check_of`.
        first: its first words; ``last`` are its last.
        binding: whether it lays a duty, a prohibition, a permission or advice on someone.
        modality: as worded, such as "would be required to"; "" for a sentence that does not bind.
        action_words: words that tell the act.
        thresholds: any of them is right; none is labelled where this is empty.
        part: "dev" is developed on, "check" is not.
    """

    id: str
    document: str
    start: int
    end: int
    check: str
    first: str
    last: str
    binding: bool
    actor: str | None
    modality: str
    action_words: tuple[str, ...]
    deadline: str | None
    thresholds: tuple[str, ...]
    part: str


def load_impact_labels(path: Path = LABELS) -> tuple[ImpactLabel, ...]:
    """Read labels, one JSON object a line.

    Raises:
        SourceError: if the file cannot be read or holds no label, or a line is none; the message names the line.
    """
    labels = tuple(_label(row, where) for where, row in json_lines(path))
    if not labels:
        raise SourceError(f"{path} holds no label", remedy="write one JSON object a line")
    return labels


def _label(row: dict[str, Any], where: str) -> ImpactLabel:
    identity, document, check, first, last, part = (
        text(row, name, where) for name in ("id", "document", "sha1", "first", "last", "part")
    )
    start, end, binding = row.get("start"), row.get("end"), row.get("binding")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise SourceError(f'{where} has no span from "start" to "end"', remedy="mend that line")
    if not isinstance(binding, bool):
        raise SourceError(f'{where} does not say whether it is "binding"', remedy="write true or false")
    if part not in PARTS:
        raise SourceError(f"{where} belongs to no part", remedy=f'write one of {", ".join(PARTS)} under "part"')
    modality = text(row, "modality", where) if binding else ""
    thresholds = _texts(row.get("threshold"), "threshold", where)
    words = _texts(row.get("action_words"), "action_words", where)
    actor, deadline = (_optional(row, name, where) for name in ("actor", "deadline"))
    return ImpactLabel(
        identity, document, start, end, check, first, last, binding, actor, modality, words, deadline, thresholds, part
    )


def _optional(row: dict[str, Any], name: str, where: str) -> str | None:
    return None if row.get(name) is None else text(row, name, where)


def _texts(value: object, name: str, where: str) -> tuple[str, ...]:
    """None, one text or a list of them, as a tuple."""
    values = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) and item.strip() for item in values):
        raise SourceError(f'{where} has something else than text under "{name}"', remedy="mend that line")
    return tuple(values)


def check_of(sentence: str) -> str:
    """SHA-1 of a sentence, white space folded."""
    return hashlib.sha1(" ".join(sentence.split()).encode(), usedforsecurity=False).hexdigest()


def find_sentence(document_text: str, label: ImpactLabel) -> tuple[int, int] | None:
    """Where the labelled sentence stands today: at its offsets, else between its first and last words.

    Returns:
        Start and end, half-open, of the nearest place where the check holds; None if there is none.
    """
    if check_of(document_text[label.start : label.end]) == label.check:
        return label.start, label.end
    reach = 2 * (label.end - label.start)
    last = re.compile(_folded(label.last))
    starts = (match.start() for match in re.finditer(_folded(label.first), document_text))
    for start in sorted(starts, key=lambda offset: abs(offset - label.start)):
        for match in last.finditer(document_text, start, start + reach):
            if check_of(document_text[start : match.end()]) == label.check:
                return start, match.end()
    return None


def _folded(words: str) -> str:
    """A pattern of the words, whatever white space is between them."""
    return r"\s+".join(re.escape(word) for word in words.split())
