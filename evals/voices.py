"""Who speaks: the voice of passages against labels written by hand.

A label names a place, not a text: a document, a page, an offset in the page's stored text,
and a check of the letters that stand there. The passage that holds the place is judged; a
place that cannot be found again counts as wrong, and is listed.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

from corpus.errors import NotInLibrary, SourceError
from corpus.library import Library
from corpus.pagemap import PageMap
from corpus.records import Chunk, Voice
from evals.metrics import bootstrap_interval
from evals.report import rounded

LABELS = Path(str(files("evals") / "data" / "voice_labels.jsonl"))
CHECKED_LETTERS = 40


@dataclass(frozen=True, slots=True)
class VoiceLabel:
    """The voice that a person gave to a passage.

    Attributes:
        document: release number.
        page: physical, from 1.
        offset: in the stored text of that page.
        check: of the letters from there on, by :func:`check_of`.
    """

    document: str
    page: int
    offset: int
    check: str
    voice: Voice


def load_labels(path: Path = LABELS) -> tuple[VoiceLabel, ...]:
    """Read labels, one JSON object a line.

    Raises:
        SourceError: if the file cannot be read or holds no label, or a line is none; the message names the line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise SourceError(f"cannot read the labels {path}: {error.strerror}", remedy="check the path") from error
    labels = tuple(_label(line, f"{path}, line {number}") for number, line in enumerate(lines, start=1) if line.strip())
    if not labels:
        raise SourceError(f"{path} holds no label", remedy="write one JSON object a line")
    return labels


def _label(line: str, where: str) -> VoiceLabel:
    try:
        values = json.loads(line)
        return VoiceLabel(
            str(values["document"]), int(values["page"]), int(values["offset"]), str(values["check"]),
            Voice(values["voice"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        voices = ", ".join(voice.value for voice in Voice)
        raise SourceError(
            f"{where}: {error}", remedy=f"write document, page, offset, check and a voice of: {voices}"
        ) from error


def check_of(text: str, offset: int) -> str:
    """Eight hex digits that stand for the letters and digits of ``text`` from ``offset`` on."""
    letters = [c for c in text[offset : offset + 3 * CHECKED_LETTERS] if c.isalnum()]
    return hashlib.sha256("".join(letters[:CHECKED_LETTERS]).encode()).hexdigest()[:8]


def evaluate_voices(library: Library, labels: Sequence[VoiceLabel]) -> dict[str, Any]:
    """Compare each label with the voice of the passage at its place.

    Returns:
        ``accuracy`` with its interval, the same by document and by voice (precision, recall),
        ``confusions`` as (label, ours, count), ``missing_documents``, and ``lost``: labels whose
        place was not found in their document. Both count as wrong.
    """
    documents = {name: _read(library, name) for name in dict.fromkeys(label.document for label in labels)}
    judged = [(label, _voice_at(documents[label.document], label)) for label in labels]
    right = [float(ours is label.voice) for label, ours in judged]
    confusions = Counter((label.voice.value, ours.value if ours else "") for label, ours in judged)
    return {
        "accuracy": rounded(sum(right) / len(right)),
        "ci95": bootstrap_interval(right).as_json(),
        "n_labels": len(labels),
        "by_document": {
            name: rounded(sum(hits) / len(hits))
            for name in documents
            if (hits := [r for r, (label, _) in zip(right, judged, strict=True) if label.document == name])
        },
        "by_voice": {voice.value: _share(confusions, voice.value) for voice in Voice},
        "confusions": [[a, b, n] for (a, b), n in confusions.most_common() if a != b],
        "missing_documents": [name for name, read in documents.items() if read is None],
        "lost": [
            f"{label.document}, page {label.page}, {label.offset}"
            for label, ours in judged
            if ours is None and documents[label.document]
        ],
    }


def _share(confusions: Counter[tuple[str, str]], voice: str) -> dict[str, float | int | None]:
    hits = confusions[voice, voice]
    labelled = sum(n for (label, _), n in confusions.items() if label == voice)
    given = sum(n for (_, ours), n in confusions.items() if ours == voice)
    return {
        "n": labelled,
        "precision": rounded(hits / given) if given else None,
        "recall": rounded(hits / labelled) if labelled else None,
    }


def _read(library: Library, name: str) -> tuple[PageMap, list[Chunk]] | None:
    try:
        document = library.find(name)
    except NotInLibrary:
        return None
    return library.page_map(document.id), library.chunks(document.id)


def _voice_at(document: tuple[PageMap, list[Chunk]] | None, label: VoiceLabel) -> Voice | None:
    if document is None:
        return None
    page_map, chunks = document
    if not 1 <= label.page <= len(page_map.pages):
        return None
    place = find_place(page_map.page(label.page).text, label)
    if place is None:
        return None
    offset = page_map.offset_on_page(label.page, place)
    return next((c.voice for c in chunks if c.start <= offset < c.end), None)


def find_place(text: str, label: VoiceLabel) -> int | None:
    """Where the labelled letters stand today: at their offset, else at the nearest place where the check holds."""
    if check_of(text, label.offset) == label.check:
        return label.offset
    nearest_first = sorted(range(len(text)), key=lambda offset: abs(offset - label.offset))
    words = (offset for offset in nearest_first if text[offset].isalnum())
    return next((offset for offset in words if check_of(text, offset) == label.check), None)


def draw_sheet(library: Library, document: str, *, bodies: int, notes: int, seed: int) -> list[dict[str, Any]]:
    """Passages for a person to label: place, section, text, and an empty voice; ours is not told.

    Args:
        library: holds the document.
        document: its release number.
        bodies: how many passages of the body to draw, without replacement, each equally likely.
        notes: how many of the footnotes.
        seed: of the draw.
    """
    identity = library.find(document).id
    page_map, random = library.page_map(identity), Random(seed)
    chunks = library.chunks(identity)
    groups = (
        [c for c in chunks if c.start < page_map.notes_start],
        [c for c in chunks if c.start >= page_map.notes_start],
    )
    drawn = [
        c for group, n in zip(groups, (bodies, notes), strict=True) for c in random.sample(group, min(n, len(group)))
    ]
    random.shuffle(drawn)
    sheet = []
    for chunk in drawn:
        place = page_map.pieces(chunk.start, chunk.end)[0]
        text = page_map.page(place.page).text
        check = check_of(text, place.page_start)
        where = {"document": document, "page": place.page, "offset": place.page_start, "check": check, "voice": ""}
        sheet.append(where | {"section": chunk.section, "text": chunk.text})
    return sheet
