"""Banks of questions with their answers, under headings or not. Pure.

"Q: …" begins a question and "A: …", "Answer: …" or "Hint: …" its answer; both may go on over several
lines. Where no line begins with "Q:", lines of the form "Question? — hint" are the questions. The
nearest heading above gives the level: a line with "#", or a short line after a blank one and right
before a question. What else stands before the first question is the bank's title.
"""

from collections.abc import Sequence

from ingest.banks.entries import GENERAL, Entry, Flaws, level_name
from ingest.banks.lines import Line, Mark, question_and_hint

_NAME_WORDS = 6


def read_answered(lines: Sequence[Line], flaws: Flaws) -> list[Entry]:
    """The questions of a bank of this form; what is wrong with its lines is noted in ``flaws``."""
    reader = _Reader(lines, flaws)
    for at in range(len(lines)):
        reader.take(at)
    reader.close()
    return reader.entries


class _Reader:
    def __init__(self, lines: Sequence[Line], flaws: Flaws) -> None:
        self._lines, self._flaws = lines, flaws
        self._marked = any(line.mark is Mark.QUESTION for line in lines)
        self._level, self._begun = GENERAL, False
        self._asked: Line | None = None
        self._question: list[str] = []
        self._answer: list[str] = []
        self.entries: list[Entry] = []

    def take(self, at: int) -> None:
        """Read the next line."""
        line = self._lines[at]
        if self._is_name(at):
            self.close()
            self._level = level_name(line.text)
            if not self._level:
                self._flaws.add(line.number, "the heading has no words", "write the name of the group")
        elif self._starts(at):
            self.close()
            self._asked, self._begun = line, True
            question, hint = (line.text, "") if self._marked else question_and_hint(line.text) or ("", "")
            self._question, self._answer = [question], [hint] if hint else []
        elif self._asked is None:
            if self._begun or line.mark is Mark.HINT:
                self._flaws.add(line.number, "it belongs to no question", 'write "Q: …" on a line above it')
        elif line.mark is Mark.HINT or self._answer:
            self._answer.append(line.text)
        else:
            self._question.append(line.text)

    def close(self) -> None:
        """End the question that is open, if one is."""
        if self._asked is not None:
            question, answer = " ".join(self._question).strip(), " ".join(self._answer).strip()
            if not question:
                self._flaws.add(self._asked.number, 'nothing stands behind "Q:"', "write the question there")
            elif not answer:
                remedy = 'write "A: …" or "Hint: …" on the next line'
                self._flaws.add(self._asked.number, "no answer follows the question", remedy)
            else:
                self.entries.append(Entry(self._asked.number, answer, question, level=self._level))
        self._asked = None

    def _starts(self, at: int) -> bool:
        line = self._lines[at]
        if self._marked:
            return line.mark is Mark.QUESTION
        return line.mark is Mark.NONE and question_and_hint(line.text) is not None

    def _is_name(self, at: int) -> bool:
        """Whether a line names a group."""
        line = self._lines[at]
        if line.mark is Mark.HEADING:
            return True
        short = len(line.text.split()) <= _NAME_WORDS and line.text[-1:] not in ".?!;,"
        before_question = at + 1 < len(self._lines) and self._starts(at + 1)
        return line.mark is Mark.NONE and line.after_blank and short and before_question and not self._starts(at)
