"""Rule cards and the facts that they state. Pure but for reading the files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import corpus
from corpus.errors import SourceError
from evals.cards.cited import CITATION_DATE, REGISTER, as_iso
from evals.datasets import read_file

CARDS = Path(corpus.__file__).parent / "data" / "rules"
"""The cards that come with reglens."""

RELEASE = re.compile(r"(?<![\w-])(?:33|34|IA|IC|39)-\d{2,6}[A-Z]?(?![\w-])")
LISTED = re.compile(r"(?<![\w-])(?:20\d\d|E\d)-\d{4,5}(?![\w-])")
NAMED = re.compile(rf"{RELEASE.pattern}|{LISTED.pattern}")
_LISTS = {"release_numbers": "release", "file_numbers": "file_number", "rin": "rin", "cfr": "cfr"}
_DATES = (
    ("proposal_published", "published"),
    ("proposed", "issued"),
    ("reproposed", "issued"),
    ("comment_deadline", "comment_deadline"),
    ("adopted", "issued"),
    ("published", "published"),
    ("effective", "effective"),
    ("compliance", "compliance"),
)
_OF_PROPOSALS = ("proposal_published", "proposed", "reproposed", "comment_deadline")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a card states, to be looked for.

    Attributes:
        name: as a reader of the report should see it, e.g. ``"dates.effective"``.
        kind: what the value is: a field of :class:`evals.cards.evidence.Statement`.
        value: dates as YYYY-MM-DD.
        subjects: the numbers of the documents that can speak of it.
        together: every value that the card gives of this kind to these subjects.
    """

    name: str
    kind: str
    value: str
    subjects: tuple[str, ...]
    together: frozenset[str]


@dataclass(frozen=True, slots=True)
class Card:
    """A rule card as written: its front matter, its body and its whole text."""

    name: str
    front: Mapping[str, Any]
    body: str
    text: str

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases that the card is about."""
        return tuple(str(number) for number in self.front.get("release_numbers") or ())

    @property
    def named(self) -> frozenset[str]:
        """Every release and every document of the Federal Register that the card names anywhere."""
        return frozenset(match[0] for match in NAMED.finditer(self.text))

    @property
    def rulemaking(self) -> tuple[str, ...]:
        """Its releases, those of its lineage, and the documents of the Federal Register among its sources."""
        related = [number for _, release, target in self.lineage for number in (release, target)]
        listed = [number for line in self.front.get("sources") or () for number in LISTED.findall(str(line))]
        return tuple(dict.fromkeys((*self.releases, *related, *listed)))

    @property
    def lineage(self) -> tuple[tuple[str, str, str], ...]:
        """(relation, release, target) as stated."""
        rows = self.front.get("lineage") or ()
        return tuple((str(r["relation"]), str(r["release"]), str(r["target"])) for r in rows)


def load_cards(folder: Path) -> tuple[Card, ...]:
    """The cards in a folder, by name.

    Raises:
        SourceError: where there is none, or one has no front matter.
    """
    cards = tuple(_card(path) for path in sorted(folder.glob("*.md")))
    if not cards:
        raise SourceError(f"{folder} holds no cards", remedy="name a folder of .md files")
    return cards


def _card(path: Path) -> Card:
    whole = read_file(path)
    _, opening, rest = whole.partition("---\n")
    front, closing, body = rest.partition("\n---\n")
    try:
        values = yaml.safe_load(front) if opening and closing else None
    except yaml.YAMLError as error:
        raise SourceError(f"{path}: its front matter is no YAML ({error})", remedy="mend it") from None
    if not isinstance(values, dict):
        raise SourceError(f"{path} has no front matter", remedy="begin it with a block between two lines of ---")
    return Card(path.stem, values, body, whole)


def facts_of(card: Card) -> Iterator[Fact]:
    """What the front matter states, one fact for each value."""
    for key, kind in _LISTS.items():
        values = [str(value) for value in card.front.get(key) or ()]
        for value in values:
            subjects = (value,) if kind == "release" else card.releases
            together = {value} if kind == "release" else set(values)
            yield Fact(key, kind, value, subjects, frozenset(together))
    yield from _dates(card)
    for relation, release, target in card.lineage:
        alike = {t for r, s, t in card.lineage if (r, s) == (relation, release)}
        yield Fact(f"lineage.{relation}", relation, target, (release,), frozenset(alike))
    for line in card.front.get("sources") or ():
        yield from _cited(str(line))


def _dates(card: Card) -> Iterator[Fact]:
    dates = {str(key): str(value) for key, value in dict(card.front.get("dates") or {}).items()}
    placed = {key: _place(card, key) for key in dates}
    for key, value in dates.items():
        kind, subjects = placed[key]
        together = {dates[other] for other, place in placed.items() if place == (kind, subjects)}
        yield Fact(f"dates.{key}", kind, value, subjects, frozenset(together))


def _place(card: Card, key: str) -> tuple[str, tuple[str, ...]]:
    """Which field of which releases a date is; a key may end in the number of one ("effective_34-58775")."""
    base, kind = next(((base, kind) for base, kind in _DATES if key.startswith(base)), (key, "other"))
    if named := RELEASE.search(key.replace("_", " ")):
        return kind, (named[0],)
    again = tuple(dict.fromkeys(source for relation, source, _ in card.lineage if relation == "reproposes"))
    if base == "reproposed":
        return kind, again
    acts = {
        source for relation, source, _ in card.lineage if relation not in ("proposes", "reproposes")
    } & {*card.releases}  # fmt: skip
    proposals = [target for relation, source, target in card.lineage if relation == "adopts" and source in acts]
    proposals += [source for relation, source, _ in card.lineage if relation == "proposes" and source in card.releases]
    if base in _OF_PROPOSALS:
        return kind, tuple(p for p in dict.fromkeys(proposals) if p not in again) or card.releases
    return kind, tuple(r for r in card.releases if r in acts or r not in proposals) or card.releases


def _cited(line: str) -> Iterator[Fact]:
    """What a line of sources says of each document that it names: where it is printed, and when."""
    named = list(NAMED.finditer(line))
    ends = [*(match.start() for match in named[1:]), len(line)][: len(named)]
    for match, end in zip(named, ends, strict=True):
        said = line[match.end() : end]
        printed = REGISTER.search(said)
        if printed:
            value = f"{printed[1]} FR {printed[2]}"
            yield Fact("sources.federal_register", "federal_register", value, (match[0],), frozenset((value,)))
        date = CITATION_DATE.search(said, printed.end() if printed else 0)
        if date and (printed or LISTED.fullmatch(match[0])):
            value = as_iso(date[1])
            yield Fact("sources.published", "published", value, (match[0],), frozenset((value,)))
        if printed and (before := CITATION_DATE.search(said, 0, printed.start())):
            value = as_iso(before[1])
            yield Fact("sources.issued", "issued", value, (match[0],), frozenset((value,)))
