"""What became of a text, in plain words: which words, numbers and modal verbs took whose place. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\$?\d[\d,.:/-]*\d%?|\$?\d%?|[A-Za-z][A-Za-z’'-]*|§+|[^\w\s]")
_NOISE = re.compile(r"^[^\w§$]+$")
_NUMBER = re.compile(r"\d")
_MODAL = frozenset(("shall", "must", "may", "should", "will", "would", "can", "could", "not", "required", "prohibited"))
_COUNTED = frozenset((
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "eighteen", "twenty", "thirty", "sixty", "ninety", "day", "days", "month", "months", "year", "years",
    "hour", "hours",
))  # fmt: skip

_UNITS = frozenset((
    "day", "days", "month", "months", "year", "years", "hour", "hours", "percent", "million", "billion",
    "cents", "business", "calendar",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that took the place of others; one of the two is empty for an addition or a removal."""

    old: str
    new: str

    @property
    def weighty(self) -> bool:
        """Whether a number, a date, a length of time or the force of a duty is touched."""
        words = set(f"{self.old} {self.new}".lower().split())
        return bool(_NUMBER.search(self.old + self.new) or words & _MODAL or words & _COUNTED)

    def __str__(self) -> str:
        if not self.old:
            return f"adds “{_shortened(self.new)}”"
        if not self.new:
            return f"drops “{_shortened(self.old)}”"
        return f"“{_shortened(self.old)}” became “{_shortened(self.new)}”"


def edits(old: str, new: str) -> list[Edit]:
    """The edits that turn one text into the other, in order; case, white space and punctuation do not count.

    Edits with a single small word between them are told as one.
    """
    before, after = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(None, [t[0] for t in before], [t[0] for t in after], autojunk=False)
    spans: list[list[int]] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if spans and a1 - spans[-1][1] <= 1 and b1 - spans[-1][3] <= 1 and _one_is_small(before[spans[-1][1] : a1]):
            spans[-1][1], spans[-1][3] = a2, b2
        else:
            spans.append([a1, a2, b1, b2])
    return [_edit(old, new, before, after, span) for span in spans]


def _edit(
    old: str, new: str, before: Sequence[tuple[str, int, int]], after: Sequence[tuple[str, int, int]], span: list[int]
) -> Edit:
    """An edit; a number keeps the unit behind it: "six months" became "twelve months"."""
    a1, a2, b1, b2 = span
    if a1 < a2 < len(before) and b1 < b2 < len(after) and before[a2][0] == after[b2][0] and before[a2][0] in _UNITS:
        a2, b2 = a2 + 1, b2 + 1
    return Edit(_words(old, before, a1, a2), _words(new, after, b1, b2))


def describe(old: str, new: str, most: int = 6) -> str:
    """Up to ``most`` edits in words; those that touch a number, a date or a modal verb come through first.

    Returns:
        "" when nothing but case, white space and punctuation differs.
    """
    found = edits(old, new)
    kept = sorted(sorted(range(len(found)), key=lambda i: not found[i].weighty)[:most])
    rest = len(found) - len(kept)
    told = [str(found[i]) for i in kept] + ([f"and {rest} more" if rest > 1 else "and one more"] if rest else [])
    return "; ".join(told)


def number_edits(old: str, new: str) -> list[Edit]:
    """The edits in which a number of one text took the place of a number of the other."""
    return [e for e in edits(old, new) if _NUMBER.search(e.old) and _NUMBER.search(e.new)]


def likeness(old: str, new: str) -> float:
    """Share of the words that the two texts have in common in the same order, 0 to 1."""
    return SequenceMatcher(None, [t[0] for t in _tokens(old)], [t[0] for t in _tokens(new)], autojunk=False).ratio()


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [
        (m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text) if not _NOISE.match(m[0])
    ]


def _one_is_small(between: Sequence[tuple[str, int, int]]) -> bool:
    return all(len(word) <= 3 and not _NUMBER.search(word) for word, _, _ in between)


def _words(text: str, tokens: Sequence[tuple[str, int, int]], low: int, high: int) -> str:
    return " ".join(text[tokens[low][1] : tokens[high - 1][2]].split()) if low < high else ""


def _shortened(words: str, most: int = 30) -> str:
    return " ".join(_ends(words.split(), most))


def _ends(words: Sequence[str], most: int) -> Iterator[str]:
    if len(words) <= most:
        yield from words
    else:
        yield from words[: most - 8]
        yield "…"
        yield from words[-8:]
