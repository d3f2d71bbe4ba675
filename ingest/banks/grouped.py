"""Banks whose groups state how many questions they have. Pure.

A group's name stands on its own line, under it "10 questions" (the first hint may follow without
a blank), then one hint a line. A line may carry its question ("What is a tick? — The smallest …"),
or a line "Q: …" is followed by one with "A: …" or "Hint: …". What stands before the first group
is the bank's title; a line there that begins with a number of questions states them all.
"""

import re
from collections.abc import Sequence

from ingest.banks.entries import Entry, Flaws, level_name
from ingest.banks.lines import Line, Mark, question_and_hint

_COUNT = re.compile(r"(\d{1,4}) +questions?(?::?$|(?=[\w\"'“‘(]))", re.IGNORECASE)
_NAME_WORDS = 8
_TOTAL = re.compile(r"(\d{1,5})(?: [\w-]+){0,2} questions?\b", re.IGNORECASE)


def states_counts(lines: Sequence[Line]) -> bool:
    """Whether a bank is of this form."""
    return any(_count(line) is not None for line in lines)


def read_grouped(lines: Sequence[Line], flaws: Flaws) -> list[Entry]:
    """The questions of a bank of this form; what is wrong with its lines is noted in ``flaws``."""
    counts = [at for at, line in enumerate(lines) if _count(line) is not None]
    names = [at - 1 if at and at - 1 not in counts and _is_short(lines[at - 1]) else at for at in counts]
    entries: list[Entry] = []
    total = 0
    for at, name_at, end in zip(counts, names, [*names[1:], len(lines)], strict=True):
        name = lines[name_at].text if name_at < at else ""
        if not level_name(name):
            flaws.add(lines[at].number, "no name of a group stands above it", "write it on a line of its own")
        found, size = _group(lines[at], lines[at + 1 : end], level_name(name), flaws)
        entries += found
        total += size
        stated = _count(lines[at])
        if stated != size:
            hints = "1 hint" if size == 1 else f"{size} hints"
            problem = f'"{stated} questions" but {hints} under "{name}"'
            flaws.add(lines[at].number, problem, "correct the number, or write one hint a line")
    if not flaws:
        _check_total(lines[: names[0]], total, flaws)
    return entries


def _count(line: Line) -> int | None:
    """The number of questions that a line states, with or without a hint behind it."""
    count = _COUNT.match(line.text) if line.mark is Mark.NONE else None
    return int(count[1]) if count else None


def _is_short(line: Line) -> bool:
    return len(line.text.split()) <= _NAME_WORDS


def _group(count: Line, following: Sequence[Line], level: str, flaws: Flaws) -> tuple[list[Entry], int]:
    """The sound entries of a group, and how many there are with those that are not."""
    first = _COUNT.sub("", count.text, count=1)
    lines = [Line(count.number, first), *following] if first else following
    entries: list[Entry] = []
    asked: Line | None = None
    size = 0
    for line in lines:
        if line.mark is Mark.HEADING:
            flaws.add(line.number, f'no "N questions" stands under the heading "{line.text}"', "write how many follow")
            break
        if line.mark is Mark.QUESTION:
            size += _left_open(asked, flaws)
            asked = line
            continue
        size += 1
        entries += _entry(asked, line, level, flaws)
        asked = None
    return entries, size + _left_open(asked, flaws)


def _left_open(asked: Line | None, flaws: Flaws) -> int:
    """1 for a question without an answer, which is noted."""
    if asked is None:
        return 0
    flaws.add(asked.number, "no answer follows the question", 'write "A: …" or "Hint: …" on the next line')
    return 1


def _entry(asked: Line | None, line: Line, level: str, flaws: Flaws) -> list[Entry]:
    if asked is not None and line.mark is Mark.HINT:
        return [Entry(asked.number, line.text, asked.text, level=level)]
    if asked is not None:
        flaws.add(line.number, 'the question above it is not followed by "A: …" or "Hint: …"', 'write "A: " before it')
        return []
    question, hint = question_and_hint(line.text) or ("", line.text)
    return [Entry(line.number, hint, question, level=level)]


def _check_total(head: Sequence[Line], total: int, flaws: Flaws) -> None:
    for line in head:
        stated = _TOTAL.match(line.text)
        if stated and int(stated[1]) != total:
            flaws.add(line.number, f'"{stated[0]}" but the groups have {total} in all', "correct the number")
