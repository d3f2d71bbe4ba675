"""Sentences with their offsets. Pure.

Regulators write "U.S.C.", "Rel. No.", "Sept. 1" and put footnote numbers behind the full
stop; none of these ends, or hides the end of, a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Rel|Sec|Secs|Art|Inc|Corp|Co|Ltd|LLC|v|vs|cf|Cf|eg|ie|al|Fed|Reg|Stat|Cong|Rep|Sess|Pub|Mr|Ms|Mrs|Dr"
    r"|Jr|Sr|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|est|pp|p|n|nn|ch|Ch|App|Ex|Exch|Comm|Assoc|Ass"
    r"|Dep|Dept|Div|para|paras|pt|vol|Vol|ed|Supp|seq|id)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])$"
)
_END = re.compile(r"[.?!]+[”’\"')\]]*(?:\s?\d{1,4}(?=\s+[A-Z“\"(]|\s*$))?(?=\s|$)|\n\s*\n|\n(?=\s*[•●▪])|\n(?=#{1,6} )")
_NOTE_CALL = re.compile(
    r"(?<=[a-z”’)\]][.?!]) \d{1,4}$|(?<=[a-z”’)\]][.,;:?”’])\d{1,4}(?=\s|$|[—–])|(?<=[a-z][)”’][.,;])\d{1,4}(?=\s|$)"
    r"|(?<=[a-z][.,;][)”’])\d{1,4}(?=\s|$)"
)
_ITEM = re.compile(r"[•●▪–—]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2}|[A-Z])[).]\s")
_GOES_ON = re.compile(r"(?:[:;,—]|[;,] (?:and|or))$")
MAX_STATEMENT_CHARS = 900
_BULLET = re.compile(r"^(?:[•●▪–—-]|#{1,6})\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` of the text that was split, without white space at its ends."""

    start: int
    end: int


def split_sentences(text: str) -> Iterator[Sentence]:
    """Sentences in order; a paragraph's end and a bullet always end one."""
    low = 0
    for match in _END.finditer(text):
        if match[0][0] in ".?!" and not _ends_sentence(text, match):
            continue
        if (sentence := _trimmed(text, low, match.end())) is not None:
            yield sentence
        low = match.end()
    if (sentence := _trimmed(text, low, len(text))) is not None:
        yield sentence


def split_statements(text: str) -> Iterator[Sentence]:
    """Sentences, a list kept with the words that lead to it ("… shall disclose: (1) …; and (2) …")."""
    waiting: Sentence | None = None
    for sentence in split_sentences(text):
        words = text[sentence.start : sentence.end]
        if waiting is not None and _ITEM.match(words) and sentence.end - waiting.start <= MAX_STATEMENT_CHARS:
            waiting = Sentence(waiting.start, sentence.end)
        else:
            if waiting is not None:
                yield waiting
            waiting = sentence
        if not _GOES_ON.search(words):
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match[0][0] != ".":
        return True
    if re.search(r"\d", match[0]) and _ABBREVIATION.search(text[max(match.start() - 12, 0) : match.start()]):
        return False  # "Rule No. 12 The": the number belongs to the abbreviation
    if re.fullmatch(r"\.\d+", match[0]) and text[match.start() - 1 : match.start()].isdigit():
        return False  # "$1.00 (section III)" is an amount, not a full stop and a footnote
    before = text[max(match.start() - 12, 0) : match.start()]
    following = text[match.end() : match.end() + 40].lstrip()
    if re.match(r"\.\s*\.", text[match.start() : match.start() + 3]) or before.endswith((" .", ". ")):
        return False  # an ellipsis, ". . ."
    if _ABBREVIATION.search(before) and match[0] == ".":
        return not following or (before[-3:] == "U.S" and following.startswith(("The ", "This ", "In ")))
    return not following or not following[0].islower()


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end) if start < end else None


def readable(quote: str) -> str:
    """A quote as a reader wants it: on one line, without bullet and footnote numbers."""
    folded = " ".join(quote.split())
    return _NOTE_CALL.sub("", _BULLET.sub("", folded))
