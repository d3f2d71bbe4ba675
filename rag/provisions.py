"""The paragraphs of a rule: "(a)(2)(ii)(A)" and what it says, with offsets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.library import Library
from corpus.records import Document, Voice

_MARKS = re.compile(
    r"(?m)(?:^|(?<=[.;:] ))[ \t]*((?:\([A-Za-z]{1,5}\)|\(\d{1,2}\))(?:\s?\((?:[a-z]{1,5}|[A-Z]|\d{1,2})\))*)(?=\s|\*)"
)
_MARK = re.compile(r"\((\w+)\)")
_TAIL = re.compile(
    r"\n\s*(?:\d{1,2}\.\s+(?:Amend|Add|Revis|Remov|Section|§|The authority|By )|By the Commission|Dated:"
    r"|\*\s?\*\s?\*|PART \d)"
)
_ENDS = re.compile(r"(?:[.;:—–)*\]]|\b(?:and|or))\s*$")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_RULE = re.compile(r"§§?\s*(\d+\.[\w–-]+)")
_RULE_LINE = re.compile(r"(?m)^[ \t]*§§?\s*\d+\.[\w–-]+\s+[A-Z\[]")
_MIN_CHARS = 12


@dataclass(frozen=True, slots=True)
class Provision:
    """One paragraph of a rule, without the paragraphs under it.

    Attributes:
        rule: "§ 240.15l-1", or "" where the text does not name it.
        label: "(a)(2)(i)", or "" for the text before the first paragraph mark.
        section: path of the section it stands in.
        start: offset in the document's text; ``end`` is one past the last character.
    """

    rule: str
    label: str
    section: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """How a lawyer cites it: "§ 240.15l-1(a)(2)(i)"."""
        return f"{self.rule}{self.label}" or "rule text"


def provisions(library: Library, document: Document) -> list[Provision]:
    """Every paragraph of the rule text that a document holds, in order."""
    text = library.page_map(document.id).text
    found: list[Provision] = []
    for section, low, high in rule_spans(library, document):
        for rule, start, end in _rules(text, low, high, _number(section)):
            paragraphs = list(split_rule(text, start, end, rule, section))
            if rule or any(p.label == "(a)" for p in paragraphs):
                found += paragraphs
    return found


def rule_spans(library: Library, document: Document) -> list[tuple[str, int, int]]:
    """Runs of rule text: section path, start and end, chunks of one section joined."""
    spans: list[tuple[str, int, int]] = []
    for chunk in library.chunks(document.id):
        if chunk.voice is not Voice.RULE_TEXT:
            continue
        if spans and spans[-1][0] == chunk.section:
            spans[-1] = (chunk.section, spans[-1][1], chunk.end)
        else:
            spans.append((chunk.section, chunk.start, chunk.end))
    return spans


def split_rule(text: str, start: int, end: int, rule: str, section: str = "") -> Iterator[Provision]:
    r"""Cut the text of one rule at its paragraph marks.

    A mark counts at the beginning of a line or behind a full stop, and only where the
    sentence before it has ended: "paragraph\n(a)(2) of this section" begins nothing.
    """
    tail = _TAIL.search(text, start + 1, end)
    found = [m for m in _MARKS.finditer(text, start, end) if _begins(text, start, m.start(1))]
    stack: list[str] = []
    low, label = start, ""
    for match in [*found, None]:
        high = match.start(1) if match else end
        if tail and low < tail.start() < high:
            high = tail.start()
        if (span := _trimmed(text, low, high)) and span[1] - span[0] >= _MIN_CHARS and label:
            yield Provision(rule, label, section, *span)
        if match is None:
            return
        if tail and tail.start() < match.start(1):
            tail = _TAIL.search(text, match.end(1), end)
        for mark in _MARK.findall(match[1]):
            stack = _placed(stack, mark)
        low, label = match.start(1), "".join(f"({mark})" for mark in stack)


def _begins(text: str, start: int, at: int) -> bool:
    before = text[start:at]
    return not before.strip() or "\n\n" in before[-3:] or _ENDS.search(before) is not None


def _placed(stack: Sequence[str], mark: str) -> list[str]:
    """The paragraph path after one more mark: the next of some open level, or the first of a deeper one."""
    for depth in range(len(stack) - 1, -1, -1):
        if mark in _successors(stack[depth]):
            return [*stack[:depth], mark]
    if mark in ("a", "1", "i", "A"):
        return [*stack, mark]
    kinds = [_kind(m) for m in stack]
    if _kind(mark) in kinds:
        return [*stack[: kinds.index(_kind(mark))], mark]
    return [*stack, mark]


def _successors(mark: str) -> set[str]:
    """What may follow a mark on its level; "(i)" follows "(h)" and also begins roman numbers."""
    if mark.isdigit():
        return {str(int(mark) + 1)}
    after = {chr(ord(mark) + 1)} if len(mark) == 1 and mark not in "zZ" else set()
    if mark in _ROMAN[:-1]:
        after.add(_ROMAN[_ROMAN.index(mark) + 1])
    return after


def _kind(mark: str) -> str:
    if mark.isdigit():
        return "digit"
    if mark in _ROMAN and mark not in ("v", "x"):
        return "roman"
    return "upper" if mark.isupper() else "lower"


def _rules(text: str, start: int, end: int, rule: str) -> Iterator[tuple[str, int, int]]:
    """The rules of one run of rule text; a line "§ 240.15l-1 Title." begins one."""
    low = start
    for match in _RULE_LINE.finditer(text, start, end):
        if low < match.start():
            yield rule, low, match.start()
        rule, low = _number(match[0]), match.start()
    yield rule, low, end


def _number(text: str) -> str:
    return f"§ {match[1].replace('–', '-')}" if (match := _RULE.search(text)) else ""


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
