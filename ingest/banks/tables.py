"""Banks as JSON lines or as a table (CSV). Pure."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.questions import Flaw, question_of
from ingest.banks.entries import GENERAL, Entry, Flaws, level_name

FIELDS = ("id", "level", "topic", "question", "hint", "answer", "must", "bonus", "contradiction")
_LISTS = FIELDS[6:]
_OWN = ("id", "level", "topic", "question", "points", "notes", "draft")
_BETWEEN = "|"


def read_json_lines(text: str, flaws: Flaws) -> tuple[list[Entry], tuple[str, ...]]:
    """The questions of a file of JSON lines, in our own form or with a hint or an answer each.

    Returns:
        The questions, and the names that were passed over.
    """
    entries: list[Entry] = []
    unknown: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            json.dumps(values, ensure_ascii=False).encode()
        except (json.JSONDecodeError, RecursionError, UnicodeEncodeError) as error:
            flaws.add(number, f"it is no JSON that can be read ({error})", "write one JSON object on it")
            continue
        if not isinstance(values, dict):
            flaws.add(number, "it is not a JSON object", 'write {"question": "…", "hint": "…"}')
            continue
        own = "points" in values
        unknown |= dict.fromkeys(name for name in values if name not in (_OWN if own else FIELDS))
        entries += _own(number, values, flaws) if own else _entry(number, values, flaws)
    return entries, tuple(unknown)


def read_table(text: str, flaws: Flaws) -> tuple[list[Entry], tuple[str, ...]]:
    """The questions of a table with a header; commas, semicolons or tabs stand between its cells.

    Returns:
        The questions, and the columns that were passed over.
    """
    rows = _rows(text, flaws)
    number, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    if not _sound_header(number, names, flaws):
        return [], ()
    entries: list[Entry] = []
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(names) :]):
            problem = f"{len(cells)} cells, but the header has {len(names)}"
            flaws.add(line, problem, "put a text that has the separator in it between quotation marks")
        elif any(cell.strip() for cell in cells):
            entries += _entry(line, dict(zip(names, cells, strict=False)), flaws)
    return entries, tuple(name for name in names if name and name not in FIELDS)


def _rows(text: str, flaws: Flaws) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line where each begins; a row may go on over several lines."""
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        flaws.add(begins, f"it cannot be told where its cells end ({error})", "see to its quotation marks")


def _sound_header(line: int, names: Sequence[str], flaws: Flaws) -> bool:
    if twice := [name for name in FIELDS if names.count(name) > 1]:
        flaws.add(line, f"the header has {', '.join(twice)} twice", "name every column once")
    elif not {"hint", "answer", "must"}.intersection(names):
        problem = f"the header has no column hint, answer or must: {', '.join(names) or 'it is empty'}"
        flaws.add(line, problem, f"name the columns in the first line; known are {', '.join(FIELDS)}")
    else:
        return True
    return False


def _own(line: int, values: Mapping[str, Any], flaws: Flaws) -> list[Entry]:
    try:
        return [Entry(line, ready=question_of(values))]
    except Flaw as flaw:
        flaws.add(line, str(flaw), "mend the line")
        return []


def _entry(line: int, values: Mapping[str, Any], flaws: Flaws) -> list[Entry]:
    """A question with a hint, an answer or points given one by one; none if that is not what it is."""
    if wrong := [name for name in FIELDS if not _is_sound(name, values.get(name))]:
        flaws.add(line, f'"{wrong[0]}" is not a text', "write it between quotation marks")
        return []
    texts = {name: " ".join((values.get(name) or "").split()) for name in FIELDS if name not in _LISTS}
    points = {name: _texts(values.get(name)) for name in _LISTS}
    level = level_name(texts["level"]) if texts["level"] else GENERAL
    if texts["hint"] and texts["answer"]:
        flaws.add(line, "it has both a hint and an answer", "keep one of the two")
    elif not texts["hint"] and not texts["answer"] and not points["must"]:
        flaws.add(line, "it has neither a hint nor an answer", "write what a good answer says")
    elif not level:
        flaws.add(line, f"the level {texts['level']!r} has no words", "name it, or leave it out")
    else:
        hint, topic = texts["hint"] or texts["answer"], texts["topic"] or GENERAL
        given = points["must"], points["bonus"], points["contradiction"]
        return [Entry(line, hint, texts["question"], texts["id"], level, topic, *given)]
    return []


def _is_sound(name: str, value: object) -> bool:
    """A text, nothing, or for points also a list of texts."""
    if isinstance(value, list) and name in _LISTS:
        return all(isinstance(text, str) for text in value)
    return value is None or isinstance(value, str)


def _texts(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else (value or "").split(_BETWEEN)
    return tuple(text for part in parts if (text := " ".join(part.split())))
