"""What a question about a company's figures needs: which statements, and what reports call it. Pure."""

import re
from dataclasses import dataclass

from rag.statements import Statement
from rag.vocabulary import ENTRIES, NAMES


@dataclass(frozen=True, slots=True)
class Needs:
    """What a question about a company needs.

    Attributes:
        named: statements that it names ("using the balance sheet").
        implied: statements that hold what it asks for.
        words: what reports call it.
        headings: what the section is headed that holds it.
        narrative: whether it asks for reasons, which stand in the discussion and not in a table.
        detail: whether it asks about a part ("by segment"), an adjusted figure or a subject of the notes.
    """

    named: tuple[Statement, ...]
    implied: tuple[Statement, ...]
    words: str
    headings: tuple[re.Pattern[str], ...]
    narrative: bool
    detail: bool

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Those named; if none is, those implied."""
        return self.named or self.implied

    @property
    def leads(self) -> bool:
        """Whether the statements themselves are the likeliest evidence."""
        return bool(self.named) or not (self.narrative or self.detail)


_REASONS = re.compile(
    r"\bwhy\b|\bwhat\s+(?:\w+\s+)?(?:drove|drives|caused|led|explains?|contributed|impacted|affected)\b"
    r"|\b(?:drivers?|reasons?|causes?)\s+(?:were|was|are|is|of|for|behind)\b|\bdue\s+to\s+what\b",
    re.IGNORECASE,
)
_REASON_WORDS = (
    "increase decrease compared to prior year primarily due to driven by attributable to results of operations"
)
_ABOUT_THE_ANSWER = re.compile(
    r"^(?:please\s+)?(?:answer|round|give|state|respond|express|report|provide|assume|approach|calculate|compute)\b"
    r"(?=.*\b(?:answer|respon(?:se|d)|decimals?|rounded|units?|(?:m|b)illions|thousands|asked|analyst|question)\b)"
    r"|^if\b.*\b(?:not|n[o']t)\b.*\b(?:state|explain|say|mention)\b|^assume\b",
    re.IGNORECASE,
)


def needs(question: str) -> Needs:
    """Read a question about a company."""
    plain = without_instructions(question)
    entries = [entry for entry in ENTRIES if entry.asked.search(plain)]
    narrative = bool(_REASONS.search(plain))
    words = [*(entry.words for entry in entries), *([_REASON_WORDS] if narrative else [])]
    implied = dict.fromkeys(statement for entry in entries for statement in entry.statements)
    return Needs(
        tuple(statement for statement, pattern in NAMES if pattern.search(question)),
        tuple(implied),
        " ".join(dict.fromkeys(" ".join(words).split())),
        tuple(entry.heading for entry in entries if entry.heading),
        narrative,
        any(entry.heading and not entry.statements for entry in entries),
    )


def without_instructions(question: str) -> str:
    """The question without sentences on the form of the answer ("Round to one decimal place."), if anything is left."""
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z])", " ".join(question.split()))
    kept = [sentence for sentence in sentences if not _ABOUT_THE_ANSWER.search(sentence)]
    return " ".join(kept) or question
