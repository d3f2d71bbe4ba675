"""Headings against releases whose headings were corrected by hand, and against printed contents.

Truth is the sequence of headings, so a heading that was found at the wrong place does not
count: gold and found are aligned by their longest common subsequence, each heading reduced
to the letters and digits of its number and title.

Two kinds of heading are outside the gold by construction and are left out on both sides:
the captions at a release's front (AGENCY, SUMMARY, ...) and sections of rule text ("§ ...").
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from corpus.library import Library
from evals.metrics import bootstrap_ratio
from evals.pages import documents_by_stem
from evals.report import rounded

LEFT_OUT = "captions at the front (AGENCY, SUMMARY, ...) and sections of rule text (§ ...) are left out on both sides"
FLOOR = (
    "upper bound of the floor: the best F1 that an uncorrected detection of the listed size could have,"
    " if all it found were right or nothing were missed"
)
_TAGGED = re.compile(r"<h>(.*?)</h>", re.DOTALL)
_NUMBER = re.compile(r"\s*(?:\(\w{1,5}\)|(?:[A-Z]{1,7}|[a-z]{1,5}|\d{1,2})[.\t])\s*")
_CAPTIONS = {
    "agency", "action", "summary", "date", "dates", "effectivedate", "effectivedates", "compliancedate",
    "compliancedates", "addresses", "forfurtherinformation", "forfurtherinformationcontact", "supplementaryinformation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """A heading as it stands in a document: "II.", "Discussion"; the number is "" where there is none."""

    number: str
    title: str

    @property
    def text(self) -> str:
        """Number and title, as a reader sees them."""
        return f"{self.number} {self.title}".strip()

    @property
    def is_left_out(self) -> bool:
        """Whether it is of a kind that the gold does not hold."""
        return "§" in self.text[:2] or letters(self.title) in _CAPTIONS


@dataclass(frozen=True, slots=True)
class Outcome:
    """The headings of one release, gold and found, and which of them pair off.

    Attributes:
        pairs: (position in ``gold``, position in ``found``), in order.
    """

    release: str
    gold: tuple[PrintedHeading, ...]
    found: tuple[PrintedHeading, ...]
    pairs: tuple[tuple[int, int], ...]


def letters(text: str) -> str:
    """A heading reduced to its letters and digits, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def load_gold(folder: Path, only: Sequence[str] | None = None) -> dict[str, tuple[PrintedHeading, ...]]:
    """Headings by release, from files ``<release>.txt`` that tag them ``<h>...</h>``.

    Args:
        folder: of the files.
        only: releases to load, all by default.

    Raises:
        SourceError: if there are none, or none of a release asked for.
    """
    paths = [path for path in sorted(folder.glob("*.txt")) if not only or path.stem in only]
    found = {path.stem: tagged_headings(path.read_text("utf-8")) for path in paths}
    found = {release: headings for release, headings in found.items() if headings}
    if strange := sorted(set(only or ()) - found.keys()):
        raise SourceError(
            f"no headings of {', '.join(strange)} in {folder}", remedy="name releases as their files are named there"
        )
    if not found:
        raise SourceError(
            f"no file in {folder} holds a heading", remedy="name a folder of .txt files with <h>…</h> tags"
        )
    return found


def tagged_headings(text: str) -> tuple[PrintedHeading, ...]:
    """What stands between heading tags, without the kinds that are left out."""
    headings = []
    for tagged in _TAGGED.findall(text):
        printed = re.sub(r"<[^>]+>", "", tagged)
        number = match[0] if (match := _NUMBER.match(printed)) else ""
        headings.append(PrintedHeading(number.strip(), " ".join(printed[len(number) :].split())))
    return tuple(heading for heading in headings if not heading.is_left_out)


def load_counts(index: Path) -> dict[str, int]:
    """How many headings an uncorrected detection found, by release: columns ``release`` and ``headings``.

    Raises:
        SourceError: if the file cannot be read, or has no such columns.
    """
    try:
        rows = list(csv.DictReader(index.read_text("utf-8").splitlines(), delimiter="\t"))
    except OSError as error:
        raise SourceError(f"cannot read the index {index}: {error.strerror}", remedy="check the path") from error
    try:
        return {row["release"]: int(row["headings"]) for row in rows}
    except (KeyError, ValueError) as error:
        raise SourceError(
            f"{index} is no index: {error}", remedy="give a tab-separated file with columns release and headings"
        ) from error


def evaluate_headings(
    library: Library, gold: Mapping[str, Sequence[PrintedHeading]], counts: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """Compare the sections of each release in the library with its gold headings.

    Args:
        library: holds the releases, under the names of their files.
        gold: by release; one that is not in the library counts as found without any heading,
            and is listed under ``missing_documents``.
        counts: headings in an uncorrected detection, by release, for the floor.

    Returns:
        Precision, recall and F1 over all headings with 95 % intervals over releases, the same
        for titles without their numbers and for numbered headings only, and each release with
        its missed and false headings.
    """
    stored = documents_by_stem(library)
    documents = {release: stored[name] for release in gold if (name := f"{release.lower()}.txt") in stored}
    found = {release: found_headings(library, documents[release]) if release in documents else () for release in gold}
    outcomes = [_outcome(release, gold[release], found[release]) for release in gold]
    titles = [_outcome(r, _titles(gold[r]), _titles(found[r])) for r in gold]
    numbered = [_outcome(r, _numbered(gold[r]), _numbered(found[r])) for r in gold]
    report = _scores(outcomes) | {
        "n_releases": len(outcomes),
        "titles_only": _scores(titles),
        "numbered_only": _scores(numbered),
        "missing_documents": [release for release in gold if release not in documents],
        "releases": [_row(outcome) for outcome in outcomes],
        "left_out": LEFT_OUT,
    }
    return report if counts is None else report | {"floor": _floor(outcomes, counts)}


def found_headings(library: Library, document_id: str) -> tuple[PrintedHeading, ...]:
    """The sections of a document as headings, without the kinds that are left out."""
    sections = (PrintedHeading(section.number, section.heading) for section in library.sections(document_id))
    return tuple(heading for heading in sections if not heading.is_left_out)


def common_subsequence(a: Sequence[str], b: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Positions of a longest common subsequence, in order (Wagner & Fischer 1974)."""
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            same = a[i] == b[j]
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if same else max(lengths[i + 1][j], lengths[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return tuple(pairs)


def _titles(headings: Sequence[PrintedHeading]) -> list[PrintedHeading]:
    return [PrintedHeading("", heading.title) for heading in headings]


def _numbered(headings: Sequence[PrintedHeading]) -> list[PrintedHeading]:
    return [heading for heading in headings if heading.number]


def _outcome(release: str, gold: Sequence[PrintedHeading], found: Sequence[PrintedHeading]) -> Outcome:
    pairs = common_subsequence([letters(h.text) for h in gold], [letters(h.text) for h in found])
    return Outcome(release, tuple(gold), tuple(found), pairs)


def _scores(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Each measure is a ratio of sums over releases."""
    hits = [len(o.pairs) for o in outcomes]
    gold, found = [len(o.gold) for o in outcomes], [len(o.found) for o in outcomes]
    ratios = {
        "precision": (hits, found),
        "recall": (hits, gold),
        "f1": ([2 * hit for hit in hits], [g + f for g, f in zip(gold, found, strict=True)]),
    }
    return {
        **{name: _ratio(sum(above), sum(below)) for name, (above, below) in ratios.items()},
        "ci95": {name: bootstrap_ratio(above, below).as_json() for name, (above, below) in ratios.items()},
        "n_matched": sum(hits),
        "n_gold": sum(gold),
        "n_found": sum(found),
    }


def _ratio(above: int, below: int) -> float:
    return rounded(above / below) if below else 0.0


def _row(outcome: Outcome) -> dict[str, Any]:
    matched, gold, found = len(outcome.pairs), len(outcome.gold), len(outcome.found)
    in_gold, in_found = {i for i, _ in outcome.pairs}, {j for _, j in outcome.pairs}
    return {
        "release": outcome.release,
        "precision": _ratio(matched, found),
        "recall": _ratio(matched, gold),
        "f1": _ratio(2 * matched, gold + found),
        "n_matched": matched,
        "n_gold": gold,
        "n_found": found,
        "missed": [heading.text for i, heading in enumerate(outcome.gold) if i not in in_gold],
        "false": [heading.text for j, heading in enumerate(outcome.found) if j not in in_found],
    }


def _floor(outcomes: Sequence[Outcome], counts: Mapping[str, int]) -> dict[str, Any]:
    """2·min(n, gold) / (n + gold), where n is the size of the uncorrected detection."""
    listed = [(o.release, len(o.gold), counts[o.release]) for o in outcomes if o.release in counts]
    best = sum(min(gold, count) for _, gold, count in listed)
    return {
        "what": FLOOR,
        "f1_at_most": _ratio(2 * best, sum(gold + count for _, gold, count in listed)),
        "releases": {
            release: {"n_detected": count, "f1_at_most": _ratio(2 * min(gold, count), gold + count)}
            for release, gold, count in listed
        },
        "not_listed": [o.release for o in outcomes if o.release not in counts],
    }
