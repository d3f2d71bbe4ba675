"""Whether two sentences say the same of one thing and differ in a number, a date or the force of a duty. Pure.

A conflict that is none does more harm than one that is missed: nearly all other words must be the same.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.answers import Disputed
from corpus.sentences import readable

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:{_MONTH})\s+\d{{1,2}},\s+\d{{4}}\b")
# fmt: off
_UP_TO_FIFTEEN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen",
)
# fmt: on
_WORD_NUMBERS = {word: str(n) for n, word in enumerate(_UP_TO_FIFTEEN)} | {
    "twenty": "20",
    "thirty": "30",
    "sixty": "60",
    "ninety": "90",
}
_UNIT = (
    r"percent|%|basis\s+points?|cents?|dollars?|(?:million|billion)(?:\s+dollars?)?|(?:(?:consecutive|settlement|business"
    r"|calendar|trading)\s+)*days?|hours?|minutes?|seconds?|milliseconds?|weeks?|months?|years?|shares?|firms?|customers?"
)
_NUMBER = re.compile(
    rf"(?P<money>\$)?\s?(?P<value>\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_WORD_NUMBERS)})\b)(?:[\s-](?P<unit>{_UNIT})\b|(?P<sign>%))?",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:Rules?|Sections?|paragraphs?|Parts?|Items?|Release(?:\s+No\.)?|No\.|footnotes?|notes?|\d+\s+CFR)\s*"
    r"[\w.-]*\d[\w.-]*(?:\(\w+\))*|(?:\(\w{1,4}\))+|\b\d{2,3}-\d{4,6}\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_FORCES = (
    ("prohibited", r"\b(?:may|must|shall|should|can|could)\s*not\b|\bprohibit\w*|\bforbid\w*|\bbarred\b"),
    ("required", r"\b(?:must|shall)\b|\brequire[sd]?\b|\bobligated\b"),
    ("recommended", r"\bshould\b|\brecommended\b"),
    ("permitted", r"\bmay\b|\bpermit(?:s|ted)?\b|\ballow(?:s|ed)?\b"),
)
# fmt: off
_PLAIN = frozenset((
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is", "are", "was",
    "were", "be", "been", "would", "will", "has", "have", "had", "it", "its", "that", "this", "these", "those",
    "which", "who", "any", "each", "such", "and", "or", "we", "our", "commission", "sec", "propose", "proposed",
    "proposes", "proposing", "proposal", "adopt", "adopted", "adopts", "adopting", "adoption", "final", "rule",
    "rules", "amended", "amendment", "amendments", "new", "preliminarily", "believe", "under", "than",
    "therefore", "accordingly", "however", "specifically",
))
# fmt: on
_SAME, _SAME_FOR_FORCE = 0.85, 0.9  # share of all words of both that both have
_LEAST_SHARED = 5
_MOST_OF_ITS_OWN = 3  # words that one of the two has and the other not
_MOST_ABOUT = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """In what two sentences differ that say the same otherwise.

    Attributes:
        about: the longest run of words that both have.
        one: what the first says: "13 consecutive settlement days".
        other: what the second says.
    """

    kind: Disputed
    about: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence taken apart: its plain words, and what it states by unit."""

    words: Counter[str]
    numbers: dict[str, list[tuple[str, str]]]
    dates: list[str]
    forces: list[tuple[str, str]]


def difference(one: str, other: str) -> Difference | None:
    """The one number, date or force in which two sentences differ; None where they differ in more, or in nothing."""
    a, b = _taken_apart(one), _taken_apart(other)
    shared = (a.words & b.words).total()
    alike = shared / max((a.words | b.words).total(), 1)
    own = max((a.words - b.words).total(), (b.words - a.words).total())
    if shared < _LEAST_SHARED or alike < _SAME or own > _MOST_OF_ITS_OWN or ("not" in a.words) != ("not" in b.words):
        return None
    numbers = _differing(a.numbers, b.numbers)
    dates_differ = a.dates != b.dates
    forces = {f for f, _ in a.forces}, {f for f, _ in b.forces}
    if numbers is None or len(a.dates) != len(b.dates):
        return None
    about = _about(one, other)
    if len(numbers) == 1 and not dates_differ and forces[0] == forces[1]:
        return Difference(Disputed.NUMBER, about, *numbers[0])
    if dates_differ and len(a.dates) == 1 and not numbers and forces[0] == forces[1]:
        return Difference(Disputed.DATE, about, a.dates[0], b.dates[0])
    one_force = len(a.forces) == len(b.forces) == 1 and forces[0] != forces[1]
    if one_force and not dates_differ and not numbers and alike >= _SAME_FOR_FORCE:
        return Difference(Disputed.MODALITY, about, a.forces[0][1], b.forces[0][1])
    return None


def states_a_value(text: str) -> bool:
    """Whether a sentence states a number with its unit, a date or a duty, in which another could differ."""
    said = _taken_apart(text)
    return bool(said.numbers or said.dates or said.forces)


def _taken_apart(text: str) -> _Said:
    rest = readable(text)
    dates = _DATE.findall(rest)
    rest = _DATE.sub(" ", rest)
    rest = _REFERENCE.sub(" ", rest)
    numbers: dict[str, list[tuple[str, str]]] = {}
    for match in _NUMBER.finditer(rest):
        if unit := _unit(match):
            value = _WORD_NUMBERS.get(match["value"].lower(), match["value"].replace(",", "").rstrip("."))
            numbers.setdefault(unit, []).append((value, " ".join(match[0].split())))
    rest = _NUMBER.sub(lambda match: " " if _unit(match) else match[0], rest)
    forces = []
    for name, pattern in _FORCES:
        forces += [(name, match[0]) for match in re.finditer(pattern, rest, re.IGNORECASE)]
        rest = re.sub(pattern, " ", rest, flags=re.IGNORECASE)
    words = Counter(word.rstrip("s") for word in re.findall(r"[a-z][a-z-]+|\d+", rest.lower()) if word not in _PLAIN)
    return _Said(words, numbers, dates, forces)


def _unit(match: re.Match[str]) -> str:
    if match["money"]:
        return "$ " + " ".join((match["unit"] or "").lower().split())
    unit = (match["unit"] or match["sign"] or "").lower()
    return {"%": "percent"}.get(unit, " ".join(unit.split()).removesuffix("s"))


def _differing(
    a: dict[str, list[tuple[str, str]]], b: dict[str, list[tuple[str, str]]]
) -> list[tuple[str, str]] | None:
    """The numbers of one unit that differ, as printed; None where the two cannot be set against each other."""
    found = []
    for unit in a.keys() | b.keys():
        ours, theirs = a.get(unit, []), b.get(unit, [])
        if len(ours) != len(theirs):
            return None
        pairs = [(x[1], y[1]) for x, y in zip(ours, theirs, strict=True) if _number(x[0]) != _number(y[0])]
        if pairs and len(ours) > 1:
            return None
        found += pairs
    return found


def _number(value: str) -> float:
    return float(value)


def _about(one: str, other: str) -> str:
    a, b = readable(one).split(), readable(other).split()
    match = SequenceMatcher(None, [w.lower() for w in a], [w.lower() for w in b], autojunk=False).find_longest_match()
    return " ".join(a[match.a : match.a + min(match.size, _MOST_ABOUT)]).strip(' ,;:.“”"()')
