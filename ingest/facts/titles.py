"""A document's title as a person would write it. Pure."""

import re
from collections import Counter
from collections.abc import Mapping

from corpus.pagemap import fold
from ingest.facts.captions import Caption
from ingest.facts.releases import identifiers_end

_BODY_CHARS = 150_000
_LONGEST = 400
_MOST_PIECES = 6
_STAGE = re.compile(r"^(?:(?:Joint|Interim|Final|Proposed)\s+)+Rules?\s*:\s*", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|[A-Z]\.[A-Z])\.$", re.IGNORECASE)
_MACHINE_MADE = re.compile(
    r"^microsoft word|\.(docx?|pdf|ps|htm|html|qxd|indd|txt)$|^untitled|^[\W\d]*$|^united states securities",
    re.IGNORECASE,
)
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "per", "the",
     "to", "under", "upon", "via", "with", "within"}
)  # fmt: skip
_NO_TITLE = re.compile(
    r"(?:final|proposed) rules?:?$|(?:securities and exchange|commodity futures trading) commission|united states"
    r"|conformed to|washington,? d\.?c|table of contents|form \d|\W*$",
    re.IGNORECASE,
)


def release_title(caption: Caption, body: str, metadata: Mapping[str, str]) -> str | None:
    """The title printed above "AGENCY:", else the one in the file's properties."""
    printed = _printed(caption.masthead)
    return (as_written(printed, body) if printed else None) or file_title(metadata)


def _printed(masthead: str) -> str | None:
    """What follows the numbers: all of it, or where a text follows, its first paragraph."""
    rest = masthead[identifiers_end(masthead) :].strip(" \n];,-")
    title = fold(rest if len(rest) < _LONGEST else rest.split("\n\n")[0])
    title = _STAGE.sub("", title).strip(" ];,-")
    if title.endswith(".") and not _ABBREVIATED.search(title):
        title = title.rstrip(".")
    return title if 3 < len(title) < _LONGEST else None


def file_title(metadata: Mapping[str, str]) -> str | None:
    """The title in a file's properties, unless a program put a name or number of the file there."""
    title = _STAGE.sub("", fold(metadata.get("title", "")))
    return title if len(title) > 5 and not _MACHINE_MADE.search(title) else None


def first_line(head: str) -> str | None:
    """The first line that could be a title."""
    lines = (fold(line)[:160] for line in head.split("\n"))
    return next((line for line in lines if len(line) > 3 and not _NO_TITLE.match(line)), None)


def as_written(title: str, body: str) -> str:
    """A title in the words of the body: out of capitals ("BATS", "EDGAR", "of", "Form"), its broken words mended."""
    written = Counter(re.findall(r"[A-Za-z][A-Za-z’'-]*[A-Za-z’']|[A-Za-z]", _running_text(body)))
    title = _mended(re.sub(r"(?<=\w)- (?!and\b|or\b)(?=\w)", "-", title), written)
    return "; ".join(_lowered(clause, written) for clause in title.split("; "))


def _lowered(clause: str, written: Counter[str]) -> str:
    """A clause in capitals in small letters; the "g" of "12(g)" and the "and" of "FORMS and RULES" make none mixed."""
    telling = " ".join(word for word in clause.split() if word not in _SMALL)
    if any(character.islower() for character in re.sub(r"\(\w+\)", "", telling)):
        return clause
    words = re.split(r"(\s+)", clause)
    return "".join(_word(word, written, first=n == 0) for n, word in enumerate(words))


def _running_text(body: str) -> str:
    """Lines with more small letters than capitals."""
    lines = body[:_BODY_CHARS].split("\n")
    return "\n".join(line for line in lines if sum(map(str.islower, line)) > sum(map(str.isupper, line)))


def _mended(title: str, written: Counter[str]) -> str:
    """Letters that blanks set apart, joined where the body has the whole word and not every part of it."""
    known: Counter[str] = Counter()
    for word, count in written.items():
        known[word.lower()] += count
    parts, mended = title.split(" "), []
    while parts:
        joins = [
            (known["".join(parts[:n]).strip(".,;:()").lower()], n) for n in range(2, min(len(parts), _MOST_PIECES) + 1)
        ]
        times, pieces = max(joins, default=(0, 1))
        if times < 2 or all(known[part.lower()] >= times for part in parts[:pieces]) or known[parts[0].lower()] > times:
            pieces = 1
        mended.append("".join(parts[:pieces]))
        del parts[:pieces]
    return " ".join(mended)


def _word(word: str, written: Counter[str], *, first: bool) -> str:
    """One word and the marks around it; hyphens and slashes join several."""
    if re.search(r"\d|\.\w", word):
        return word
    small = word.lower()
    if small in _SMALL and not first:
        return small
    return re.sub(r"[A-Z][A-Z’']*", lambda part: _cased(part[0], written), word)


def _cased(part: str, written: Counter[str]) -> str:
    ordinary = written[part.lower()] + written[part.capitalize()]
    return part if len(part) > 1 and written[part] and not ordinary else part.capitalize()
