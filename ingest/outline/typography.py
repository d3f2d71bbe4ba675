"""How much a piece of text looks like a heading, by its letters alone. Pure."""

import re

_SMALL_WORDS = frozenset((
    "a", "an", "the", "and", "or", "nor", "but", "of", "in", "on", "at", "to", "for", "from", "by", "with",
    "without", "within", "as", "into", "upon", "over", "under", "between", "among", "through", "during",
    "after", "before", "while", "about", "than", "via", "per", "is", "are", "be", "been", "not", "no", "its",
    "their", "that", "which", "who", "when", "if", "whether", "de", "minimis", "v", "vs", "e", "g", "i", "et",
    "al", "seq", "re",
))  # fmt: skip
_OPENERS = frozenset((
    "The", "This", "These", "Those", "That", "We", "Our", "It", "They", "In", "On", "At", "As", "For", "To",
    "From", "By", "With", "Under", "Upon", "After", "Before", "While", "When", "Although", "Because", "Since",
    "If", "Several", "Some", "Most", "Many", "Few", "Two", "Three", "Four", "One", "Each", "All", "Both", "No",
    "A", "An", "Congress", "Commenters", "Commentators", "Currently", "Today", "Pursuant", "Based",
    "Given", "Finally", "First", "Additionally", "Moreover", "However", "Generally", "Specifically", "There",
    "Other", "Another",
))  # fmt: skip
_WEAK_OPENERS = frozenset(
    ("Rule", "Rules", "Section", "Sections", "Proposed", "Exchange", "Certain")
)  # titles hold them too
_MARKS = "“”\"‘’'(),.;:?![]—–-/"
_BOUNDARY = re.compile(r"(?<=[a-z)\]”\"’\d])[.?!][”\"’)]?\s+(?=[A-Z“\"(\[])")
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|vs?|[Nn]os?|Inc|Corp|Co|Ltd|Mr|Ms|Mrs|Dr|Jr|St|Fed|Reg|Stat|Sec|[Cc]f|[Ii]d|al|seq|e\.g|i\.e"
    r"|\d*[ap]\.m)|\d)$"
)
_CITES = re.compile(
    r"\b(?:[Ss]upra|[Ii]nfra|[Ii]bid|Id\.|et seq|F\.\s?[23]d|U\.S\.C|\d+ FR \d+|See\b|see also"
    r"|available at|dated\b|Esq\.|Releases? Nos?\b|https?:)"
)
_LISTS = re.compile(r"[;,] ?\d{0,4} (?:and|or)$|;[^;]{0,12}\(\w{1,4}\)")
_LETTER_PAIR = re.compile(r"[A-Za-z]{2}")


def capital_share(text: str) -> float:
    """Share of the words that begin with a capital among those that a title would give one; 0 without words."""
    words = [word.strip(_MARKS) for word in text.split() if not any(c.isdigit() for c in word)]
    words = [word for word in words if word[:1].isalpha() and word.lower() not in _SMALL_WORDS]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def is_capitals(text: str) -> bool:
    """Whether it is set in capitals, a few words ("of", "v.") aside."""
    cased = [c for c in text if c.isalpha()]
    return len(cased) > 3 and sum(c.isupper() for c in cased) >= 0.9 * len(cased)


def heading_weight(title: str) -> float:
    """Evidence that ``title``, which stands where a heading could, is one: above 0 for, below 0 against."""
    words = title.split()
    if not words or not _LETTER_PAIR.search(title) or len(title) > 450:
        return -9.0
    share = capital_share(title)
    weight = 3.0 if share >= 0.7 or is_capitals(title) else 1.5 if share >= 0.5 else _sentence_weight(len(words))
    if not (title[0].isupper() or title[0] in "“\"‘'[(§" or title[0].isdigit()):
        weight -= 4.0
    if sum(c.isdigit() for c in title) > 2 * sum(c.isalpha() for c in title):
        weight -= 5.0
    if _CITES.search(title):
        weight -= 4.0
    if first_sentence(title) is not None:
        weight -= 3.0
    if "OMB Control" in title:  # most stand in lists of collections of information
        weight -= 2.0
    return weight - _ending_cost(title, share, len(words))


def _sentence_weight(words: int) -> float:
    """Of what is not in title case: the longer, the likelier it is a sentence."""
    return 1.0 if words <= 10 else 0.5 if words <= 25 else -1.0


def _ending_cost(title: str, share: float, words: int) -> float:
    """What the last character says against it."""
    last = title.rstrip('”"’)')[-1:]
    if last in (";", ",") or _LISTS.search(title):
        return 5.0
    if last == ":":
        return 2.0
    if last == "?":
        return 0.0 if share >= 0.7 else 2.5
    if last == ".":
        return 0.5 if share >= 0.7 and words <= 16 else 1.0 if words <= 8 else 3.0
    return 0.0


def first_sentence(text: str) -> int | None:
    """Length of the first sentence of several, with its full stop; None if there is only one."""
    for match in _BOUNDARY.finditer(text):
        if not _NO_END.search(text[: match.start()]):
            return match.start() + 1
    return None


def run_on_title(text: str, *, sure: bool = False) -> int | None:
    """Length of a title after which a sentence begins without any mark between, or None.

    "Executive Summary Under Rule 102(e) the Commission can ..." is a title of 17 characters:
    a word that opens sentences stands in capitals, and what follows it is not in title case.

    Args:
        text: that begins with a title.
        sure: leave out the words that open sentences and stand in titles as well ("Rule").
    """
    words = list(re.finditer(r"\S+", text[:400]))
    plain = next((n for n, word in enumerate(words) if _is_plain(word[0])), None)
    if plain is None:
        return None
    for openers in (_OPENERS,) if sure else (_OPENERS, _WEAK_OPENERS):
        opening = [n for n in range(1, plain) if words[n][0].strip('“"(,') in openers]
        if opening:
            title = text[: words[opening[-1]].start()].rstrip()
            ends_well = title[-1].isalnum() and words[opening[-1] - 1][0].lower() not in _SMALL_WORDS
            return len(title) if ends_well and " " in title and capital_share(title) >= 0.9 else None
    return _end_of_capitals(text, words)


def _is_plain(word: str) -> bool:
    """A word in small letters that a title would print with a capital."""
    bare = word.strip(_MARKS)
    return bool(bare) and bare[0].islower() and bare.lower() not in _SMALL_WORDS


def _end_of_capitals(text: str, words: list[re.Match[str]]) -> int | None:
    """Length of the words in capitals at the beginning, where others follow."""
    count = 0
    while count < len(words) and words[count][0].upper() == words[count][0]:
        count += 1
    if not 0 < count < len(words) or len(words[count - 1][0]) < 3:
        return None
    title = text[: words[count - 1].end()]
    return len(title) if is_capitals(title) and len(title) > 6 else None
