"""The questions within a question: "What is X and when does Y?", "compare A with B", "(a) … (b) …". Pure."""

import re
from collections.abc import Sequence

from rag.genericwords import telling

_ASKING = (
    r"(?:what|when|where|who|whom|whose|why|how|which|does|do|did|is|are|was|were|must|may|can|could|should|would|will)"
)
_WH = r"(?:what|when|where|who|whom|whose|why|how|which)"
_SENTENCE_END = re.compile(r"(?<=\?)\s+")
_ITEM = re.compile(r"(?:^|(?<=[\s,;:]))\(?(?P<mark>[a-h]|[ivx]{1,4}|\d)\)\s+")
_BEFORE_WH = r"(?:(?:for|by|to|from|in|at|on|under|with|since|until)\s+)?"
_JOINT = re.compile(
    rf"\s*(?:[,;]\s*(?:and|or|but)\s+(?:also\s+)?(?={_BEFORE_WH}{_ASKING}\b)|[,;]\s*(?=(?:what|how|why)\b)"
    rf"|\s(?:and|or)\s+(?:also\s+)?(?={_BEFORE_WH}{_WH}\b))",
    re.IGNORECASE,
)
_NO_JOINT = re.compile(
    r"\b(?:if|if\s+so|if\s+not|and|or|when|whether|who|that|which|of|with|between|to|in|for|by|on)\s*$", re.IGNORECASE
)
_COMPARED = (
    re.compile(r"\b(?:compare|contrast)\s+(?P<a>.+?)\s+(?:with|to|and|against)\s+(?P<b>.+)", re.IGNORECASE),
    re.compile(r"\bdifferences?\s+between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", re.IGNORECASE),
    re.compile(r"\bdistinguish(?:es)?\s+(?P<a>.+?)\s+from\s+(?P<b>.+)", re.IGNORECASE),
    re.compile(
        r"\bhow\s+(?:does|do|did|is|are)\s+(?P<a>.+?)\s+(?:differ(?:ent)?|compared?)\s+(?:from|to|with)\s+(?P<b>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<a>.+?)\s+(?:versus|vs\.?|as\s+opposed\s+to)\s+(?P<b>.+)", re.IGNORECASE),
)
_TAIL = re.compile(
    r"\s+(?P<tail>(?:under|in|for|regarding|concerning|as\s+to|with\s+respect\s+to)\s+.+)$", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|this|these|those|he|she|one|ones|such|the\s+same)\b", re.IGNORECASE)
_WORD = re.compile(r"\S*\w\S*")
_MIN_TELLING, _STANDS_ALONE = 2, 4
_LENT_WORDS = 8
_MOST = 4
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


def parts(question: str) -> tuple[str, ...]:
    """The sub-questions of a question, in order; none when it is one question.

    Each says something of its own (at least two words that are not generic). A part that
    leans on the first ("… and when must it be filed?") gets that one's words.
    """
    text = " ".join(question.split())
    for split, alone in ((_items, True), (_questions, False), (_compared, True)):
        found = tuple(part.strip(" ,;:") for part in split(text))
        if 2 <= len(found) <= _MOST and all(_tells(part) for part in found):
            return found if alone else _leaning(found)
    return ()


def _tells(part: str) -> bool:
    return len(_WORD.findall(telling(_PRONOUN.sub(" ", part)))) >= _MIN_TELLING


def _items(text: str) -> list[str]:
    """Of "Under the rule, (a) what … (b) when …", each item behind the words that lead to them."""
    marks = list(_ITEM.finditer(text))
    if len(marks) < 2 or not _in_order([mark["mark"] for mark in marks]):
        return []
    lead = text[: marks[0].start()].strip(" ,;:")
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = [
        re.sub(r"[,;]?\s*(?:and|or)\s*$", "", text[m.end() : end].strip()) for m, end in zip(marks, ends, strict=True)
    ]
    if not all(_tells(item) for item in items):
        return []
    return [f"{lead}: {item}" if telling(lead) else item for item in items]


def _in_order(marks: Sequence[str]) -> bool:
    scales = ("abcdefgh", _ROMAN, "123456789")
    return any(list(scale[: len(marks)]) == list(marks) for scale in scales)


def _questions(text: str) -> list[str]:
    """Question sentences, and the questions that one sentence joins; other sentences lead to each of them."""
    sentences = _SENTENCE_END.split(text)
    return [part for sentence in sentences for part in _joined(sentence)]


def _joined(sentence: str) -> list[str]:
    found, low = [], 0
    for match in _JOINT.finditer(sentence):
        before = sentence[low : match.start()]
        if re.search(rf"\b{_ASKING}\b", before, re.IGNORECASE) and not _NO_JOINT.search(before):
            found.append(before)
            low = match.end()
    return [*found, sentence[low:]]


def _compared(text: str) -> list[str]:
    for pattern in _COMPARED:
        if match := pattern.search(text.rstrip("?. ")):
            a, b = match["a"], match["b"]
            tail = _TAIL.search(b)
            shared = f" {tail['tail']}" if tail and not _TAIL.search(a) and _tells(b[: tail.start()]) else ""
            return [a + shared, b]
    return []


def _leaning(found: Sequence[str]) -> tuple[str, ...]:
    """Each part; one that says "it", or little, with the telling words of the first."""
    lent = " ".join(telling(found[0]).split()[:_LENT_WORDS])
    return found[0], *(f"{part} ({lent})" if _leans(part) else part for part in found[1:])


def _leans(part: str) -> bool:
    return bool(_PRONOUN.search(part)) or len(telling(part).split()) < _STANDS_ALONE
