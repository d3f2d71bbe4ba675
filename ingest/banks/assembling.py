"""Entries of a bank's file to questions. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from corpus.questions import PointKind, Question
from ingest.banks.entries import Entry, Flaws
from ingest.banks.points import points_of, stated
from ingest.banks.words import WORD, is_telling, telling

_MORE_WORDS = 2


def questions_of(entries: Sequence[Entry], flaws: Flaws) -> tuple[Question, ...]:
    """The questions of a bank, in its order; what is wrong with them is noted in ``flaws``.

    Those without an id are numbered within their level. Those without a wording get a draft, made
    from the first words of their hint: it gives a part of the answer away, and no two are the same.
    """
    hints_with = Counter(word for entry in entries for word in set(telling(" ".join(_texts(entry)))))
    numbered = _ids(entries)
    questions: list[Question] = []
    ids: dict[str, int] = {}
    wordings: dict[str, int] = {}
    hints: dict[str, int] = {}
    for entry, identity in zip(entries, numbered, strict=True):
        question = entry.ready or _question(entry, identity, hints_with, wordings)
        if not question.of_kind(PointKind.MUST):
            flaws.add(
                entry.line, "nothing in it is a must, so no answer could be scored", "write what an answer must say"
            )
        _note_twice(entry.line, f"the id {question.id!r}", question.id, ids, flaws)
        if not entry.ready and question.draft:
            _note_twice(entry.line, "this hint without a question", _folded(" ".join(_texts(entry))), hints, flaws)
            wordings[_folded(question.question)] = entry.line
        else:
            _note_twice(entry.line, "the question", _folded(question.question), wordings, flaws)
        questions.append(question)
    return tuple(questions)


def _texts(entry: Entry) -> tuple[str, ...]:
    return entry.hint, *entry.must, *entry.bonus, *entry.contradiction


def _ids(entries: Sequence[Entry]) -> Iterator[str]:
    """Their own ids, else "level-01" and so on, without those that another has for its own."""
    taken = {entry.ready.id if entry.ready else entry.id for entry in entries}
    numbers = {entry.level: count(1) for entry in entries}
    for entry in entries:
        if entry.id or entry.ready:
            yield entry.id
        else:
            free = (f"{entry.level}-{number:02}" for number in numbers[entry.level])
            yield next(identity for identity in free if identity not in taken)


def _question(entry: Entry, identity: str, hints_with: Mapping[str, int], wordings: Mapping[str, int]) -> Question:
    return Question(
        id=identity,
        level=entry.level,
        topic=entry.topic,
        question=entry.question or _draft(entry, wordings),
        points=points_of(entry, hints_with),
        draft=not entry.question,
    )


def _draft(entry: Entry, taken: Mapping[str, int]) -> str:
    """A question from the first telling words of a hint, from so many that no other question has them."""
    hint = next(text for text in _texts(entry) if text)
    drafts = [f"What can you say about {subject}?" for subject in (*_subjects(stated(hint)), hint)]
    return next((draft for draft in drafts if _folded(draft) not in taken), drafts[-1])


def _subjects(hint: str) -> Iterator[str]:
    """The first words of a hint from the first telling one on: two telling words or a few more, then ever more."""
    words = list(WORD.finditer(hint))
    first = next((at for at, word in enumerate(words) if is_telling(word[0])), 0)
    opening = words[first][0]
    spoken = [opening if opening[1:] != opening[1:].lower() else opening.lower()]
    tellings = 1
    for before, word in zip(words[first:], words[first + 1 :], strict=False):
        between = hint[before.end() : word.start()]
        apart = between.strip() not in ("", "/") or not is_telling(word[0])
        if tellings >= _MORE_WORDS and (apart or tellings >= 2 * _MORE_WORDS):
            yield "".join(spoken)
        spoken.append(f"{'/' if between == '/' else ' '}{word[0]}")
        tellings += is_telling(word[0])
    yield "".join(spoken)


def _note_twice(line: int, what: str, key: str, seen: dict[str, int], flaws: Flaws) -> None:
    if key in seen:
        flaws.add(line, f"{what} is there already, in line {seen[key]}", "take one of them out, or change it")
    seen.setdefault(key, line)


def _folded(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))
