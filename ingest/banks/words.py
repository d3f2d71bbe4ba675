"""Which words of a hint tell something. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

WORD = re.compile(r"[^\W_]+(?:[-–.'’&][^\W_]+)*")
"""Words that a hyphen joins are one word; words on both sides of a slash are two."""
MAX_TERMS = 3
_MIN_CHARS = 3
_NAME = re.compile(r"^.+[A-Z]|\d")
_POSSESSIVE = re.compile(r"['’]s$")
_INSTRUCTIONS = frozenset({
    "address", "analyse", "analyze", "assess", "compare", "consider", "contrast", "cover", "define", "describe",
    "discuss", "evaluate", "examine", "expect", "explain", "give", "identify", "include", "including", "investigate",
    "look", "looking", "mention", "outline", "say", "show", "talk", "tell",
})  # fmt: skip
_EMPTY = _INSTRUCTIONS | frozenset({
    "ability", "about", "across", "after", "again", "against", "all", "alongside", "also", "although", "always", "and",
    "any", "are", "aren't", "around", "as", "at", "away", "be", "because", "been", "before", "being", "between",
    "bonus", "both", "but", "by", "can", "can't", "cannot", "could", "did", "different", "do", "does", "doesn't",
    "don't", "during", "e.g", "each", "either", "etc", "even", "every", "following", "for", "from", "had", "has",
    "have", "here", "how", "however", "i.e", "if", "importance", "important", "in", "into", "involve", "involves",
    "involving", "is", "isn't", "it", "its", "itself", "just", "like", "likely", "made", "make", "makes", "many", "may",
    "might", "more", "most", "much", "must", "need", "needs", "no", "nor", "not", "of", "off", "often", "on", "one",
    "only", "or", "other", "others", "our", "out", "over", "own", "particular", "per", "point", "points", "possible",
    "potentially", "rather", "same", "several", "shall", "should", "so", "some", "specific", "such", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too", "toward",
    "towards", "two", "under", "until", "up", "upon", "use", "used", "uses", "using", "various", "versus", "very",
    "via", "vs", "was", "well", "were", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose",
    "why", "will", "with", "within", "without", "would", "you", "your",
})  # fmt: skip


def telling(text: str) -> tuple[str, ...]:
    """The telling words of a text, in small letters, in order and once each."""
    return tuple(dict.fromkeys(w for match in WORD.finditer(text) if (w := _telling(match[0]))))


def is_telling(word: str) -> bool:
    """Whether a word says what a text is about."""
    return bool(_telling(word))


def has_words(text: str) -> bool:
    """Whether a text has any word, telling or not."""
    return bool(WORD.search(text))


def has_name(text: str) -> bool:
    """Whether an abbreviation or the like stands in it, "VPIN", which says something by itself."""
    return any(_telling(match[0]) and _NAME.search(match[0]) for match in WORD.finditer(text))


def _telling(word: str) -> str:
    """The word as a term; "" if it tells nothing. A possessive ending is no part of a term."""
    bare = _POSSESSIVE.sub("", word)
    lower = bare.lower().replace("’", "'")
    long_enough = len(bare) >= _MIN_CHARS or bare[1:] != bare[1:].lower() or not bare.isascii()
    return lower if long_enough and re.search(r"[^\W\d_]", bare) and lower not in _EMPTY else ""


def terms(text: str, hints_with: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Groups of terms of a point: its words that fewest hints have, the longest first, three at most.

    An answer that has them all, in whatever inflection, has all the point's groups. One alternative
    a group is little: an answer in other words depends on its likeness to the point's text.

    Args:
        text: has a word.
        hints_with: by word, how many hints of the bank have it.
    """
    words = telling(text) or tuple(dict.fromkeys(match[0].lower() for match in WORD.finditer(text)))
    ranked = sorted(words, key=lambda word: (hints_with.get(word, 0), -len(word)))
    chosen = _unlike(ranked)[:MAX_TERMS]
    return tuple((word,) for word in words if word in chosen)


def _unlike(words: Iterable[str]) -> Sequence[str]:
    """The words without those that differ from an earlier one only by a plural's ending."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(word.removesuffix("s"), word)
    return list(first.values())
