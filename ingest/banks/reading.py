"""A person's own bank: a file in, questions with points out."""

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from corpus.questions import Question
from ingest.banks.answered import read_answered
from ingest.banks.assembling import questions_of
from ingest.banks.entries import Entry, Flaws
from ingest.banks.grouped import read_grouped, states_counts
from ingest.banks.lines import lines_of
from ingest.banks.tables import read_json_lines, read_table
from ingest.banks.words import has_words
from ingest.formats.plain import decode

TEXT, JSON_LINES, TABLE = (".txt", ".text", ".md", ".markdown"), (".jsonl",), (".csv", ".tsv")
_FORMS = {
    **dict.fromkeys(
        TEXT, 'write "N questions" under the name of each group and one hint a line, or lines "Q: …" and "A: …"'
    ),
    **dict.fromkeys(JSON_LINES, 'write {"question": "…", "hint": "…"} on each line'),
    **dict.fromkeys(TABLE, "write a header with question and hint, and under it one row for each question"),
}


@dataclass(frozen=True, slots=True)
class ImportedBank:
    """What was read.

    Attributes:
        notes: what was odd about the file, in words for the user.
    """

    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()


def read_person_bank(path: Path) -> ImportedBank:
    """Read a bank: hints as text, JSON lines, or a table.

    Raises:
        SourceError: if it cannot be read, holds no questions, or lines of it are wrong; the
            message names the lines.
    """
    suffix = path.suffix.lower()
    if suffix not in _FORMS:
        raise SourceError(f"{path} is not of a kind that a bank is read from", remedy=f"give {', '.join(_FORMS)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be opened: {error.strerror}", remedy="check the path") from error
    text, notes = _decoded(path, data)
    if not text.strip():
        raise SourceError(f"{path} is empty", remedy=_FORMS[suffix])
    flaws = Flaws()
    _note_lost(text, flaws)
    entries, passed_over = _entries(text, suffix, flaws)
    if not entries and not flaws:
        raise SourceError(f"{path} holds no questions", remedy=_FORMS[suffix])
    questions = questions_of([entry for entry in entries if _has_words(entry, flaws)], flaws)
    flaws.refuse(path)
    if passed_over:
        notes = (*notes, f"passed over: {', '.join(passed_over)}")
    return ImportedBank(questions, notes)


def _decoded(path: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        text, notes = decode(data)
    except SourceError as error:
        raise SourceError(f"{path}: {error.problem}", remedy=error.remedy) from error
    return text, notes


def _note_lost(text: str, flaws: Flaws) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\ufffd" in line:
            flaws.add(number, "a character of it cannot be read", "save the file as UTF-8")


def _entries(text: str, suffix: str, flaws: Flaws) -> tuple[list[Entry], tuple[str, ...]]:
    if suffix in JSON_LINES:
        return read_json_lines(text, flaws)
    if suffix in TABLE:
        return read_table(text, flaws)
    lines = list(lines_of(text))
    return (read_grouped if states_counts(lines) else read_answered)(lines, flaws), ()


def _has_words(entry: Entry, flaws: Flaws) -> bool:
    texts = [text for text in (entry.hint, *entry.must, *entry.bonus, *entry.contradiction) if text]
    if entry.ready or (texts and all(has_words(text) for text in texts)):
        return True
    flaws.add(entry.line, "there are no words in the hint", "write what a good answer says")
    return False
