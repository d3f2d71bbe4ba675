"""References against labels written by hand: found, with the right target, pointing to the right place.

Labels hold places and facts, no text. Places are counted in letters and digits from the
beginning of a passage, so that line ends and dashes do not move them; a passage whose
letters are no longer the labelled ones is lost, and is listed.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import NotInLibrary, SourceError
from corpus.library import Library
from corpus.pagemap import PageMap
from corpus.structure import Reference, ReferenceKind
from evals.report import rounded
from evals.voices import check_of

LABELS = Path(str(files("evals") / "data" / "reference_labels.jsonl"))
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reference as a person labelled it.

    Attributes:
        start: letters and digits of the passage before it.
        end: those before its end.
        points_to: check of the letters where its target begins in the same document, by
            :func:`evals.voices.check_of`; "" when it points nowhere.
    """

    start: int
    end: int
    kind: ReferenceKind
    target: str
    points_to: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled stretch of one page.

    Attributes:
        document: release number.
        page: physical, from 1.
        offset: where it begins in the stored text of that page.
        letters: how many letters and digits it has.
        check: of them, by :func:`digest`.
        half: "develop" or "check".
    """

    document: str
    page: int
    offset: int
    letters: int
    check: str
    half: str
    references: tuple[Labelled, ...]


_Pair = tuple[Labelled | None, Reference | None, bool]  # a label, what we found there, whether it points right


def load_passages(path: Path = LABELS) -> tuple[Passage, ...]:
    """Read labelled passages, one JSON object a line.

    Raises:
        SourceError: if the file cannot be read, or a line is no such passage; the message names the line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise SourceError(f"cannot read the labels {path}: {error.strerror}", remedy="check the path") from error
    return tuple(_passage(line, f"{path}, line {n}") for n, line in enumerate(lines, start=1) if line.strip())


def _passage(line: str, where: str) -> Passage:
    try:
        values = json.loads(line)
        references = tuple(
            Labelled(start, end, ReferenceKind(kind), target, points_to)
            for start, end, kind, target, points_to in values.pop("references")
        )
        return Passage(**values, references=references)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{where}: {error}",
            remedy="write document, page, offset, letters, check, half; references: [start, end, kind, target, check]",
        ) from error


def digest(letters: str) -> str:
    """Eight hex digits that stand for these letters."""
    return hashlib.sha256(letters.encode()).hexdigest()[:8]


def evaluate_references(library: Library, passages: Sequence[Passage]) -> dict[str, Any]:
    """Compare the library's references in each passage with the labels.

    A reference is *found* when half of the letters of both spans are shared; it is *right*
    when kind and target agree too.

    Returns:
        Precision and recall of what was found and what was right, by kind as well; how many
        point within their document, and how many of them right; ``wrong``, each as (document,
        letter, label, ours); and ``lost`` passages.
    """
    pairs: list[_Pair] = []
    wrong: list[list[Any]] = []
    lost = []
    for passage in passages:
        try:
            page_map, references = _document(library, passage.document)
        except NotInLibrary:
            lost.append(f"{passage.document}: not in the library")
            continue
        place = _place(page_map, passage)
        if place is None:
            lost.append(f"{passage.document}, page {passage.page}, {passage.offset}")
            continue
        here = _matched(page_map.text, place, passage, references)
        pairs += here
        wrong += [[passage.document, *row] for row in _faults(here)]
    return _report(pairs) | {"wrong": wrong, "lost": lost, "n_passages": len(passages) - len(lost)}


def _document(library: Library, name: str) -> tuple[PageMap, list[Reference]]:
    identity = library.find(name).id
    return library.page_map(identity), library.references(identity)


def _place(page_map: PageMap, passage: Passage) -> list[int] | None:
    """Offsets in the document of the passage's letters; None when they no longer stand there."""
    if not 1 <= passage.page <= len(page_map.pages):
        return None
    text = page_map.page(passage.page).text
    letters = [i for i in range(len(text)) if text[i].isalnum()]
    joined = "".join(text[i] for i in letters)
    first = next((n for n, i in enumerate(letters) if i >= passage.offset), 0)
    for begin in sorted(range(len(letters) - passage.letters + 1), key=lambda n: abs(n - first)):
        if digest(joined[begin : begin + passage.letters]) == passage.check:
            span = letters[begin : begin + passage.letters]
            base = page_map.offset_on_page(passage.page, span[0])
            return [base + i - span[0] for i in span]
    return None


def _matched(text: str, place: Sequence[int], passage: Passage, references: Sequence[Reference]) -> list[_Pair]:
    """Each label with the reference that covers it, and each other reference alone; with whether it points right."""
    inside = {r: _letters(r, place) for r in references if place[0] <= r.start and r.end <= place[-1] + 1}
    pairs: list[_Pair] = []
    for label in passage.references:
        best = max(inside, key=lambda r: _shared((label.start, label.end), inside[r]), default=None)
        if best is None or _shared((label.start, label.end), inside[best]) < _OVERLAP:
            pairs.append((label, None, False))
            continue
        points = check_of(text, best.points_to) if best.points_to is not None else ""
        pairs.append((label, best, points == label.points_to))
        del inside[best]
    return pairs + [(None, reference, False) for reference in inside]


def _letters(reference: Reference, place: Sequence[int]) -> tuple[int, int]:
    return sum(i < reference.start for i in place), sum(i < reference.end for i in place)


def _shared(a: tuple[int, int], b: tuple[int, int]) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(common, 0) / max(max(a[1], b[1]) - min(a[0], b[0]), 1)


def _report(pairs: Sequence[_Pair]) -> dict[str, Any]:
    tests: dict[str, Callable[[_Pair], bool]] = {
        "found": lambda p: p[0] is not None and p[1] is not None,
        "right": lambda p: p[0] is not None and p[1] is not None and _same(p[0], p[1]),
    }
    report: dict[str, Any] = {name: _rates(pairs, test) for name, test in tests.items()}
    report["by_kind"] = {
        kind.value: _rates([p for p in pairs if (p[0] or p[1]).kind is kind], tests["right"])  # type: ignore[union-attr]
        for kind in ReferenceKind
    }
    pointing = [p for p in pairs if (p[0] and p[0].points_to) or (p[1] and p[1].points_to is not None)]
    report["points_to"] = {
        "n_labelled": sum(p[0] is not None and p[0].points_to != "" for p in pointing),
        "n_ours": sum(p[1] is not None and p[1].points_to is not None for p in pointing),
        "n_right": sum(p[2] for p in pointing),
    }
    return report


def _same(label: Labelled, reference: Reference) -> bool:
    return label.kind is reference.kind and label.target == reference.target


def _rates(pairs: Sequence[_Pair], test: Callable[[_Pair], bool]) -> dict[str, Any]:
    labelled, ours = sum(p[0] is not None for p in pairs), sum(p[1] is not None for p in pairs)
    hits = sum(test(p) for p in pairs)
    return {
        "n_labelled": labelled,
        "n_ours": ours,
        "precision": rounded(hits / ours) if ours else None,
        "recall": rounded(hits / labelled) if labelled else None,
    }


def _faults(pairs: Sequence[_Pair]) -> Iterator[list[Any]]:
    """(letter, labelled kind and target, our kind and target) of what is not right."""
    for label, reference, points in pairs:
        if label is None or reference is None or not _same(label, reference) or not points:
            yield [
                label.start if label else None,
                [label.kind.value, label.target] if label else None,
                [reference.kind.value, reference.target] if reference else None,
            ]
